"""Taking, passing on, finishing and putting away; offers accepted and declined."""

from core.ids import AgentId, ConversationId
from core.store.conversations import get_conversation
from core.store.tx import Tx
from routing import lease, ledger, roster, store
from tests.builders import a_queue
from tests.console.conftest import Office


def _offered(tx: Tx, conversation: ConversationId, agent: AgentId) -> str:
    """As the router does it."""
    store.put_item(tx, get_conversation(tx, conversation))
    state = roster.read_agent(tx, agent)
    assert state is not None
    generation = get_conversation(tx, conversation).generation
    reason = {
        "code": "only_one",
        "candidates": [{"agent": agent, "index": 0.0, "skills": {}}],
    }
    claim = ledger.Claim(conversation, generation, agent, state.version, reason)
    epoch = lease.hold(tx, "router", 60)
    assert epoch is not None
    return ledger.reserve(tx, claim, epoch=epoch, offer_s=30).id


def _billing(tx: Tx) -> None:
    a_queue(tx, "billing")


async def test_who_takes_first_holds_it(office: Office) -> None:
    ada, bob = await office.browser("ada"), await office.browser("bob")
    path = f"/api/conversations/{(await office.visitor_says()).conversation}"
    taken = await ada.post(f"{path}/take")
    assert taken["handler"]["id"] == "ada"
    assert (await bob.post(f"{path}/take", status=409))["error"]["code"] == "held"
    assert (await ada.get("/api/session"))["agent"]["load"] == 1


async def test_an_accepted_offer_is_the_agents_and_an_expired_one_is_not(office: Office) -> None:
    ada, bob = await office.browser("ada"), await office.browser("bob")
    first = (await office.visitor_says()).conversation
    offer = await office.world.db.run(_offered, first, AgentId("ada"))
    assert (await bob.post(f"/api/reservations/{offer}/accept", status=404))["error"]["code"] == "not_found"
    assert await ada.post(f"/api/reservations/{offer}/accept") == {"conversation": first}
    second = (await office.visitor_says(visitor="v2")).conversation
    late = await office.world.db.run(_offered, second, AgentId("bob"))
    office.world.clock.forward(31)
    assert (await bob.post(f"/api/reservations/{late}/accept", status=409))["error"]["code"] == "expired"


async def test_a_declined_offer_leaves_it_waiting(office: Office) -> None:
    ada = await office.browser("ada")
    conversation = (await office.visitor_says()).conversation
    offer = await office.world.db.run(_offered, conversation, AgentId("ada"))
    await ada.post(f"/api/reservations/{offer}/decline", {"reason": "lunch"})
    detail = await ada.get(f"/api/conversations/{conversation}")
    assert detail["summary"]["handler"]["kind"] == "queue"


async def test_a_console_that_begins_afresh_still_gets_the_offer_that_stands(office: Office) -> None:
    conversation = (await office.visitor_says()).conversation
    await office.world.db.run(_offered, conversation, AgentId("ada"))
    ada = await office.browser("ada")
    again = await office.browser("ada")
    assert again.session["position"] == ada.session["position"]
    socket = await again.live()
    while (frame := await socket.receive_json(timeout=30))["type"] != "event":
        pass
    assert frame["event"]["kind"] == "offer"
    assert frame["event"]["conversation"]["id"] == conversation
    assert frame["event"]["reason"]["code"] == "only_one"
    assert frame["event"]["conversation"]["last"]["text"] == "Hello"
    await socket.close()


async def test_who_holds_it_resolves_it_and_others_do_not(office: Office) -> None:
    ada, bob, sue = await office.browser("ada"), await office.browser("bob"), await office.browser("sue")
    path = f"/api/conversations/{(await office.visitor_says()).conversation}"
    await ada.post(f"{path}/take")
    assert (await bob.post(f"{path}/resolve", status=409))["error"]["code"] == "not_yours"
    resolved = await sue.post(f"{path}/resolve")
    assert resolved["status"]["state"] == "resolved"
    assert resolved["handler"]["kind"] == "nobody"


async def test_whoever_opens_a_resolved_one_again_holds_it(office: Office) -> None:
    ada, bob = await office.browser("ada"), await office.browser("bob")
    path = f"/api/conversations/{(await office.visitor_says()).conversation}"
    await ada.post(f"{path}/take")
    await ada.post(f"{path}/resolve")
    opened = await bob.post(f"{path}/reopen")
    assert (opened["status"]["state"], opened["handler"]["id"]) == ("open", "bob")


async def test_a_conversation_waits_and_sleeps_and_wakes(office: Office) -> None:
    ada = await office.browser("ada")
    path = f"/api/conversations/{(await office.visitor_says()).conversation}"
    await ada.post(f"{path}/take")
    assert (await ada.post(f"{path}/wait"))["status"]["state"] == "waiting"
    until = "2026-03-03T09:00:00Z"
    assert (await ada.post(f"{path}/snooze", {"until": until}))["status"]["until"] == until
    past = await ada.post(f"{path}/snooze", {"until": "2020-01-01T00:00:00Z"}, status=422)
    assert past["error"]["field"] == "until"
    assert (await ada.post(f"{path}/reopen"))["status"]["state"] == "open"


async def test_a_conversation_is_passed_to_another_queue_with_a_note(office: Office) -> None:
    ada = await office.browser("ada")
    await office.world.db.run(_billing)
    path = f"/api/conversations/{(await office.visitor_says()).conversation}"
    await ada.post(f"{path}/take")
    moved = await ada.post(f"{path}/transfer", {"to": {"queue": "billing"}, "note": "about an invoice"})
    assert moved["handler"] == {"kind": "queue", "id": "billing", "name": "Billing"}
    note = (await ada.get(path))["messages"][-1]
    assert (note["kind"], note["parts"][0]["text"]) == ("note", "about an invoice")


async def test_passing_to_a_colleague_offers_it_to_them(office: Office) -> None:
    ada = await office.browser("ada")
    path = f"/api/conversations/{(await office.visitor_says()).conversation}"
    await ada.post(f"{path}/take")
    await ada.post(f"{path}/transfer", {"to": {"agent": "bob"}})
    bob = await office.browser("bob")
    socket = await bob.live()
    while (frame := await socket.receive_json(timeout=30))["type"] != "event":
        pass
    offer = frame["event"]
    await bob.post(f"/api/reservations/{offer['reservation']}/accept")
    assert (await ada.get(path))["summary"]["handler"]["id"] == "bob"
    await socket.close()


async def test_only_its_holder_or_a_supervisor_passes_it_on_and_to_one_place(office: Office) -> None:
    ada, bob, sue = await office.browser("ada"), await office.browser("bob"), await office.browser("sue")
    await office.world.db.run(_billing)
    path = f"/api/conversations/{(await office.visitor_says()).conversation}/transfer"
    await ada.post(path.replace("transfer", "take"))
    there = {"to": {"queue": "billing"}}
    assert (await bob.post(path, there, status=409))["error"]["code"] == "not_yours"
    for nowhere in ({}, {"queue": "billing", "agent": "bob"}):
        assert (await ada.post(path, {"to": nowhere}, status=422))["error"]["field"] == "to"
    assert (await sue.post(path, there))["handler"]["id"] == "billing"
