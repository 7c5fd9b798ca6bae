"""Conversations rearranged over HTTP: by whom, what both of them show at once, and what is refused."""

from typing import Any

import pytest

from core.message import DeliveryState
from tests.console.conftest import Office
from tests.console.letters import a_mailbox, code, delivery, held, letter, replied, texts


@pytest.fixture
async def post(office: Office) -> Office:
    await office.world.db.run(a_mailbox)
    return office


async def test_what_is_split_off_is_held_by_who_split_it(post: Office) -> None:
    ada = await post.browser("ada")
    first = await letter(post, "m1")
    second = await letter(post, "m2")
    path = await held(ada, first)
    split = await ada.post(f"{path}/split", {"messages": [second.message], "subject": "Another lamp"})
    begun = await ada.get(f"/api/conversations/{split['conversation']}")
    assert begun["summary"]["handler"]["id"] == "ada"
    assert (begun["summary"]["subject"], texts(begun)) == ("Another lamp", ["letter m2"])
    [link] = begun["links"]
    assert (link["kind"], link["ours"], link["conversation"]["id"]) == ("split", True, first.conversation)
    source = await ada.get(path)
    assert texts(source) == ["letter m1"]
    assert [(each["kind"], each["ours"]) for each in source["links"]] == [("split", False)]
    [rearranged] = source["rearrangements"]
    assert (rearranged["kind"], rearranged["out"], rearranged["count"], rearranged["undoable"]) == (
        "split",
        True,
        1,
        True,
    )
    assert rearranged["by"] == "Ada"
    assert rearranged["other"] == {"id": split["conversation"], "subject": "Another lamp"}
    kinds = [each["kind"] for each in source["events"]]
    assert kinds[-2:] == ["linked", "moved_out"]
    assert [each["kind"] for each in begun["events"] if each["kind"] == "moved_in"] == ["moved_in"]
    assert await ada.post(f"/api/rearrangements/{rearranged['id']}/undo") == {
        "conversation": first.conversation
    }
    back = await ada.get(path)
    assert (texts(back), back["rearrangements"], back["links"]) == (["letter m1", "letter m2"], [], [])
    closed = await ada.get("/api/conversations?status=closed")
    assert closed["items"] == []


async def test_who_is_full_lets_it_wait_in_the_queue(post: Office) -> None:
    max_, ada = await post.browser("max"), await post.browser("ada")
    await max_.patch("/api/agents/ada", {"capacity": 1})
    first, second = await letter(post, "m1"), await letter(post, "m2")
    path = await held(ada, first)
    await ada.get(path)
    split = await ada.post(f"{path}/split", {"messages": [second.message]})
    begun = await ada.get(f"/api/conversations/{split['conversation']}")
    assert (begun["summary"]["handler"]["kind"], begun["summary"]["unread"]) == ("queue", 0)


async def test_a_merged_conversation_goes_on_in_the_other_one_with_who_held_it(post: Office) -> None:
    ada = await post.browser("ada")
    first, other = await letter(post, "m1"), await letter(post, "m2", thread="u", sender="bea")
    path = await held(ada, first)
    merged = await ada.post(f"{path}/merge", {"into": other.conversation})
    assert merged == {"conversation": other.conversation}
    there = await ada.get(f"/api/conversations/{other.conversation}")
    assert texts(there) == ["letter m1", "letter m2"]
    assert there["summary"]["handler"]["id"] == "ada"
    assert [(each["address"], each["joined"]) for each in there["participants"]] == [
        ("alice@example.org", False),
        ("carl@example.org", False),
    ]
    gone = await ada.get(path)
    assert gone["summary"]["status"]["state"] == "closed"
    assert (await code(ada, "POST", f"{path}/reopen")) == (409, "closed")
    [rearranged] = gone["rearrangements"]
    await ada.post(f"/api/rearrangements/{rearranged['id']}/undo")
    back = await ada.get(path)
    assert (back["summary"]["status"]["state"], back["summary"]["handler"]["id"]) == ("open", "ada")
    assert (await ada.get(f"/api/conversations/{other.conversation}"))["participants"] == []


async def test_undo_lets_what_waited_wait_again(post: Office) -> None:
    ada = await post.browser("ada")
    first, other = await letter(post, "m1"), await letter(post, "m2", thread="u")
    path = await held(ada, first)
    await ada.post(f"{path}/snooze", {"until": "2026-03-09T09:00:00Z"})
    await ada.post(f"{path}/merge", {"into": other.conversation, "keep_people": True})
    [rearranged] = (await ada.get(path))["rearrangements"]
    await ada.post(f"/api/rearrangements/{rearranged['id']}/undo")
    summary = (await ada.get(path))["summary"]
    assert (summary["status"], summary["handler"]["id"]) == (
        {"state": "snoozed", "until": "2026-03-09T09:00:00Z"},
        "ada",
    )


async def test_one_message_is_moved_and_read_in_the_order_in_which_it_was_said(post: Office) -> None:
    ada = await post.browser("ada")
    await letter(post, "m1")
    other = await letter(post, "m2", thread="u")
    second, third = await letter(post, "m3"), await letter(post, "m4", thread="u")
    moved = await ada.post(f"/api/messages/{second.message}/move", {"to": other.conversation})
    assert moved == {"conversation": other.conversation}
    there = await ada.get(f"/api/conversations/{other.conversation}")
    assert texts(there) == ["letter m2", "letter m3", "letter m4"]
    assert there["summary"]["last"]["text"] == "letter m4"
    assert there["summary"]["last"]["at"] == there["messages"][-1]["at"]
    assert third.conversation == other.conversation


async def test_whoever_follows_sees_it_at_once_and_whoever_resumes_sees_the_same(post: Office) -> None:
    ada = await post.browser("ada")
    first, second = await letter(post, "m1"), await letter(post, "m2")
    path = await held(ada, first)
    topic = f"conversation:{first.conversation}"
    split = await ada.post(f"{path}/split", {"messages": [second.message]})
    [rearranged] = (await ada.get(path))["rearrangements"]
    await ada.post(f"/api/rearrangements/{rearranged['id']}/undo")
    position = (await ada.get(path))["position"]
    socket = await ada.live()
    await socket.send_json({"type": "subscribe", "topic": topic, "n": 0})
    events = [(await frame(socket, topic)) for _ in range(position)]
    assert [each["n"] for each in events] == list(range(1, position + 1))
    shown: list[str] = []
    for each in (each["event"] for each in events):
        if each["kind"] in {"message", "note"} and each["message"]["id"] not in shown:
            shown.append(each["message"]["id"])
        elif each["kind"] == "moved_out":
            assert (each["count"], each["conversation"], each["by"]) == (1, split["conversation"], "Ada")
            shown = [id for id in shown if id not in each["messages"]]
    assert shown == [first.message, second.message]
    there = f"conversation:{split['conversation']}"
    position = (await ada.get(f"/api/conversations/{split['conversation']}"))["position"]
    await socket.send_json({"type": "subscribe", "topic": there, "n": 0})
    kinds = [(await frame(socket, there))["event"]["kind"] for _ in range(position)]
    assert "message" not in kinds
    assert kinds.count("moved_in") == kinds.count("moved_out") == 1
    await socket.close()


async def frame(socket: Any, topic: str) -> Any:
    while True:
        received = await socket.receive_json(timeout=30)
        if received["type"] == "event" and received["topic"] == topic:
            return received


async def test_what_another_agent_holds_is_theirs_and_supervisors(post: Office) -> None:
    ada, bob, sue = [await post.browser(name) for name in ("ada", "bob", "sue")]
    first, other = await letter(post, "m1"), await letter(post, "m2", thread="u")
    second = await letter(post, "m3")
    path = await held(ada, first)
    merge = {"into": first.conversation}
    refused = (409, "not_yours")
    assert await code(bob, "POST", f"{path}/split", {"messages": [second.message]}) == refused
    assert await code(bob, "POST", f"{path}/merge", {"into": other.conversation}) == refused
    assert await code(bob, "POST", f"/api/conversations/{other.conversation}/merge", merge) == refused
    assert (
        await code(bob, "POST", f"/api/messages/{second.message}/move", {"to": other.conversation}) == refused
    )
    assert texts(await bob.get(path)) == ["letter m1", "letter m3"]
    await sue.post(f"{path}/split", {"messages": [second.message]})
    [rearranged] = (await ada.get(path))["rearrangements"]
    assert await code(bob, "POST", f"/api/rearrangements/{rearranged['id']}/undo") == refused
    await sue.post(f"/api/rearrangements/{rearranged['id']}/undo")
    assert texts(await ada.get(path)) == ["letter m1", "letter m3"]


async def test_live_conversations_stay_as_they_are(post: Office) -> None:
    ada = await post.browser("ada")
    chat = await post.visitor_says("Hi")
    more = await post.visitor_says("Anybody?", key="m2")
    mail = await letter(post, "m1")
    path = f"/api/conversations/{chat.conversation}"
    refused = (409, "cannot_rearrange")
    assert (await ada.get(path))["can"] == dict.fromkeys(
        ("copies", "participants", "threads", "rearrange"), False
    )
    assert (await ada.get(f"/api/conversations/{mail.conversation}"))["can"] == dict.fromkeys(
        ("copies", "participants", "threads", "rearrange"), True
    )
    assert await code(ada, "POST", f"{path}/split", {"messages": [more.message]}) == refused
    assert await code(ada, "POST", f"{path}/merge", {"into": mail.conversation}) == refused
    merge = {"into": chat.conversation}
    assert await code(ada, "POST", f"/api/conversations/{mail.conversation}/merge", merge) == refused
    assert await code(ada, "POST", f"/api/messages/{more.message}/move", {"to": mail.conversation}) == refused


async def test_nonsense_is_refused_with_its_field(post: Office) -> None:
    ada = await post.browser("ada")
    first = await letter(post, "m1")
    path = f"/api/conversations/{first.conversation}"
    wrong: list[dict[str, Any]] = [
        {},
        {"messages": []},
        {"messages": ["x"] * 501},
        {"messages": ["x"], "subject": "a\nb"},
    ]
    for body in wrong:
        assert (await ada.call("POST", f"{path}/split", body)).status == 422, body
    assert await code(ada, "POST", f"{path}/split", {"messages": ["none"]}) == (409, "not_here")
    assert await code(ada, "POST", f"{path}/merge", {"into": "none"}) == (404, "not_found")
    assert (await ada.post(f"{path}/merge", {"into": first.conversation}, status=422))["error"][
        "field"
    ] == "into"
    assert await code(ada, "POST", "/api/messages/none/move", {"to": first.conversation}) == (
        404,
        "not_found",
    )
    assert await code(ada, "POST", "/api/rearrangements/none/undo") == (404, "not_found")
    assert await code(ada, "POST", "/api/messages/none/delivery", {"decision": "again"}) == (404, "not_found")


async def test_a_reply_said_again_after_it_was_moved_is_said_once(post: Office) -> None:
    ada = await post.browser("ada")
    first, other = await letter(post, "m1"), await letter(post, "m2", thread="u")
    path = await held(ada, first)
    stored = await replied(post, ada, path, "k1")
    await ada.post(f"/api/messages/{stored['id']}/move", {"to": other.conversation})
    again = await ada.post(f"{path}/messages", {"key": "k1", "kind": "reply", "text": "reply k1"}, status=201)
    assert again["id"] == stored["id"]


async def test_a_person_decides_about_a_reply_of_which_nobody_knows(post: Office) -> None:
    ada, bob = await post.browser("ada"), await post.browser("bob")
    first = await letter(post, "m1")
    path = await held(ada, first)
    stored = await replied(post, ada, path, "k1")
    where = f"/api/messages/{stored['id']}/delivery"
    assert (await code(ada, "POST", where, {"decision": "again"}))[0] == 409
    await delivery(post, stored["id"], DeliveryState.UNCERTAIN, "no answer")
    assert (await ada.call("POST", where, {"decision": "perhaps"})).status == 422
    assert await code(bob, "POST", where, {"decision": "again"}) == (409, "not_yours")
    decided = await ada.post(where, {"decision": "arrived"})
    assert decided["delivery"]["state"] == "sent"
    await delivery(post, stored["id"], DeliveryState.FAILED, "550 no such user")
    await ada.post(f"{path}/resolve")
    assert (await bob.post(where, {"decision": "again"}))["delivery"]["state"] == "queued"
    assert await code(ada, "POST", f"/api/messages/{first.message}/delivery", {"decision": "again"}) == (
        404,
        "not_found",
    )
    # The timeline says who decided what, and nothing of what the channel itself did.
    told = [each for each in (await ada.get(path))["events"] if each["kind"] == "delivery"]
    assert [(each["by"], each["facts"]["state"]) for each in told] == [("Ada", "sent"), ("Bob", "queued")]


async def test_a_failed_reply_is_not_sent_again_to_somebody_else(post: Office) -> None:
    ada = await post.browser("ada")
    first, other = await letter(post, "m1"), await letter(post, "m2", thread="u", sender="bea")
    path = await held(ada, first)
    stored = await replied(post, ada, path, "k1")
    await delivery(post, stored["id"], DeliveryState.FAILED, "550 no such user")
    await ada.post(f"{path}/merge", {"into": other.conversation})
    where = f"/api/messages/{stored['id']}/delivery"
    assert await code(ada, "POST", where, {"decision": "again"}) == (409, "moved")
    assert (await ada.post(where, {"decision": "arrived"}))["delivery"]["state"] == "sent"
