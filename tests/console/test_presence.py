"""Presence: reasons that supervisors keep, set by them, lost by doing nothing; and signing out with work in hand."""

import logging
from functools import partial

import pytest
from sqlalchemy import select

from console.auth.sessions import Signed, find_session
from console.handlers.session import leave
from core.ids import AgentId, ConversationId
from core.store.tables.people import agent_session
from core.store.tx import Tx
from routing import ledger, roster
from tests.console.conftest import Browser, Office, frame_of

ADA = AgentId("ada")


async def presence(office: Office, agent: AgentId = ADA) -> str:
    found = await office.world.db.read(roster.read_agent, agent)
    assert found is not None
    return found.presence.value


async def watched(office: Office) -> None:
    """What the watch does every so often."""
    await office.console.watch.step(office.console.sockets.agents())


async def available(office: Office) -> Browser:
    ada = await office.browser("ada")
    await ada.put("/api/presence", {"state": "available"})
    return ada


async def test_supervisors_keep_the_reasons_that_agents_choose_from(office: Office) -> None:
    sue, ada = await office.browser("sue"), await office.browser("ada")
    lunch = await sue.post("/api/presence-reasons", {"state": "away", "name": "Lunch"}, status=201)
    await sue.post("/api/presence-reasons", {"state": "away", "name": "Training"}, status=201)
    await sue.post("/api/presence-reasons", {"state": "busy", "name": "On the phone"}, status=201)
    twice = await sue.post("/api/presence-reasons", {"state": "away", "name": "Lunch"}, status=422)
    assert (twice["error"]["field"], twice["error"]["code"]) == ("name", "taken")
    await sue.post("/api/presence-reasons", {"state": "not_responding", "name": "No"}, status=422)
    await sue.put(f"/api/presence-reasons/{lunch['id']}", {"state": "away", "name": "Lunch", "position": 9})
    shown = (await ada.get("/api/presence-reasons"))["items"]
    assert [each["name"] for each in shown] == ["Training", "Lunch", "On the phone"]
    assert (await ada.call("POST", "/api/presence-reasons", {"state": "away", "name": "X"})).status == 403
    await sue.delete(f"/api/presence-reasons/{lunch['id']}")
    assert len((await ada.get("/api/presence-reasons"))["items"]) == 2


async def test_a_supervisor_sets_somebodys_presence_who_hears_at_once_from_whom(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    ada, sue = await available(office), await office.browser("sue")
    socket = await ada.live()
    await frame_of(socket, "bot")
    with caplog.at_level(logging.INFO, "audit"):
        ask = {"state": "away", "reason": "Training"}
        shown = await sue.put("/api/agents/ada/presence", ask)
    assert (shown["presence"], shown["presence_reason"], shown["presence_by"]) == ("away", "Training", "sue")
    event = (await frame_of(socket, "event"))["event"]
    while event["kind"] != "presence" or event["presence_by"] != "sue":
        event = (await frame_of(socket, "event"))["event"]
    assert (event["presence"], event["presence_reason"]) == ("away", "Training")
    assert "presence set by=sue agent=ada state=away" in caplog.text
    await socket.close()


async def test_nobody_is_made_available_who_would_not_hear_an_offer(office: Office) -> None:
    sue = await office.browser("sue")
    refused = await sue.put("/api/agents/ada/presence", {"state": "available"}, status=409)
    assert refused["error"]["code"] == "signed_out"
    await sue.put("/api/agents/ada/presence", {"state": "not_responding"}, status=422)
    await sue.put("/api/agents/nobody/presence", {"state": "away"}, status=404)
    assert (await sue.call("PUT", "/api/agents/ada/presence", {"state": "nonsense"})).status == 422


async def test_an_agent_sets_nobody_elses_presence(office: Office) -> None:
    ada = await office.browser("ada")
    assert (await ada.call("PUT", "/api/agents/bob/presence", {"state": "away"})).status == 403


async def test_who_does_nothing_in_any_tab_is_away(office: Office) -> None:
    ada = await available(office)
    one, other = await ada.live(), await ada.live()
    office.world.clock.forward(800)
    await other.send_json({"type": "active"})
    await other.send_json({"type": "ping"})
    await frame_of(other, "pong")
    await watched(office)
    office.world.clock.forward(800)
    await watched(office)
    assert await presence(office) == "available"
    office.world.clock.forward(115)
    await watched(office)
    assert await presence(office) == "away"
    shown = (await ada.get("/api/session"))["agent"]
    assert (shown["presence_reason"], shown["presence_by"]) == ("idle", "system")
    await one.close()
    await other.close()


async def test_changing_something_is_doing_something_and_looking_is_not(office: Office) -> None:
    ada = await available(office)
    socket = await ada.live()
    office.world.clock.forward(800)
    await ada.put("/api/me", {"name": "Ada"})
    await watched(office)
    office.world.clock.forward(800)
    await ada.get("/api/conversations")
    await watched(office)
    assert await presence(office) == "available"
    office.world.clock.forward(200)
    await watched(office)
    assert await presence(office) == "away"
    await socket.close()


async def test_whose_last_tab_is_closed_is_offline_after_a_while(office: Office) -> None:
    ada = await available(office)
    one, other = await ada.live(), await ada.live()
    await frame_of(one, "bot")
    await frame_of(other, "bot")
    await one.close()
    office.world.clock.forward(300)
    await watched(office)
    assert await presence(office) == "available"
    await other.close()
    while office.console.sockets.count:
        await ada.get("/api/session")
    office.world.clock.forward(100)
    await watched(office)
    assert await presence(office) == "available"
    office.world.clock.forward(100)
    await watched(office)
    assert await presence(office) == "offline"


async def test_what_happens_by_itself_is_told_to_supervisors(office: Office) -> None:
    sue = await office.browser("sue")
    rules = await sue.get("/api/presence-rules")
    assert rules == {"missed_offers": 1, "offer_s": 30.0, "idle_s": 900.0, "gone_s": 180.0}


async def held(office: Office, *visitors: str) -> list[ConversationId]:
    """Conversations that ada took, in this order."""
    found = []
    for visitor in visitors:
        received = await office.visitor_says(visitor=visitor)
        office.world.clock.forward(1)
        await office.world.db.run(take, received.conversation)
        found.append(received.conversation)
    return found


def take(tx: Tx, conversation: ConversationId) -> None:
    ledger.take(tx, ADA, conversation)


async def test_signing_out_keeps_work_in_hand_unless_it_is_handed_back(office: Office) -> None:
    ada, sue = await available(office), await office.browser("sue")
    await held(office, "v1", "v2")
    response = await ada.call("DELETE", "/api/session")
    assert response.status == 204
    items = (await sue.get("/api/conversations"))["items"]
    assert {each["handler"]["id"] for each in items} == {"ada"}


async def test_work_in_hand_goes_back_to_its_queue_in_order(office: Office) -> None:
    ada, sue = await available(office), await office.browser("sue")
    mine = await held(office, "v1", "v2", "v3")
    response = await ada.call("DELETE", "/api/session", {"hand_back": True})
    assert response.status == 204
    items = {each["id"]: each for each in (await sue.get("/api/conversations"))["items"]}
    assert {each["handler"]["kind"] for each in items.values()} == {"queue"}
    back = sorted(items, key=lambda each: items[each]["updated_at"])
    assert sorted(back) == sorted(mine)
    assert await presence(office) == "offline"
    found = await office.world.db.read(roster.read_agent, ADA)
    assert found is not None
    assert found.load == 0


async def test_signing_out_of_a_session_that_is_over_changes_nothing(office: Office) -> None:
    ada = await available(office)
    before = await office.world.db.read(only_session)
    assert (await ada.call("DELETE", "/api/session", {"hand_back": True})).status == 204
    await available(office)
    await held(office, "v1")
    for hand_back in (True, False):
        assert await office.world.db.run(partial(leave, hand_back=hand_back), before) == []
    found = await office.world.db.read(roster.read_agent, ADA)
    assert found is not None
    assert (found.presence.value, found.load) == ("available", 1)


def only_session(tx: Tx) -> Signed:
    [key] = tx.conn.execute(select(agent_session.c.token_hash)).scalars()
    found = find_session(tx, key)
    assert found is not None
    return found


async def test_before_giving_it_to_somebody_a_supervisor_sees_what_that_sets_aside(office: Office) -> None:
    sue = await office.browser("sue")
    received = await office.visitor_says()
    await office.world.db.run(take, received.conversation)
    shown = await sue.get(f"/api/conversations/{received.conversation}/assignables")
    assert shown["weight"] == 1
    [bob] = [each for each in shown["items"] if each["agent"] == "bob"]
    assert bob["exceeds"] == ["member"]
    assert not [each for each in shown["items"] if each["agent"] == "ada"]
    ada = await office.browser("ada")
    path = f"/api/conversations/{received.conversation}/assignables"
    assert (await ada.call("GET", path)).status == 403


async def test_a_supervisor_gives_a_conversation_to_somebody_above_their_capacity(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    ada, sue = await available(office), await office.browser("sue")
    await held(office, "v1", "v2", "v3")
    fourth = (await office.visitor_says(visitor="v4")).conversation
    shown = await sue.get(f"/api/conversations/{fourth}/assignables")
    [full] = [each for each in shown["items"] if each["agent"] == "ada"]
    assert "capacity" in full["exceeds"]
    with caplog.at_level(logging.INFO, "audit"):
        given = await sue.post(f"/api/conversations/{fourth}/assign", {"agent": "ada"})
    assert given["handler"]["id"] == "ada"
    assert f"conversation assigned by=sue conversation={fourth} agent=ada" in caplog.text
    me = (await ada.get("/api/session"))["agent"]
    assert (me["load"], me["capacity"]) == (4, 3)
    assert (await ada.call("POST", f"/api/conversations/{fourth}/assign", {"agent": "bob"})).status == 403


async def test_nobody_gets_a_conversation_who_is_deactivated(office: Office) -> None:
    admin = await office.browser("max")
    conversation = (await office.visitor_says()).conversation
    await admin.patch("/api/agents/eve", {"active": False})
    refused = await admin.post(f"/api/conversations/{conversation}/assign", {"agent": "eve"}, status=409)
    assert refused["error"]["code"] == "agent_unavailable"
    await admin.post(f"/api/conversations/{conversation}/assign", {"agent": "nobody"}, status=404)
    await admin.post("/api/conversations/nothing/assign", {"agent": "ada"}, status=404)


async def test_wrapping_up_is_told_live_and_with_the_session_and_ends_when_the_agent_is_done(
    office: Office,
) -> None:
    ada, sue = await available(office), await office.browser("sue")
    await sue.put("/api/queues/general", {"name": "General", "routing": {"wrap_up_s": 60}})
    [mine] = await held(office, "v1")
    socket = await ada.live()
    await ada.post(f"/api/conversations/{mine}/resolve")
    event = (await frame_of(socket, "event"))["event"]
    while event["kind"] != "wrap_up":
        event = (await frame_of(socket, "event"))["event"]
    assert event["conversation"] == mine
    session = await ada.get("/api/session")
    assert [each["id"] for each in session["wrap_ups"]] == [event["id"]]
    assert session["agent"]["load"] == 1
    assert (await sue.call("POST", f"/api/wrap-ups/{event['id']}/end")).status == 404
    assert (await ada.call("POST", f"/api/wrap-ups/{event['id']}/end")).status == 204
    assert (await ada.call("POST", f"/api/wrap-ups/{event['id']}/end")).status == 204
    ended = (await frame_of(socket, "event"))["event"]
    while ended["kind"] != "wrap_up_ended":
        ended = (await frame_of(socket, "event"))["event"]
    assert (ended["wrap_up"], ended["how"]) == (event["id"], "done")
    session = await ada.get("/api/session")
    assert (session["wrap_ups"], session["agent"]["load"]) == ([], 0)
    await socket.close()
