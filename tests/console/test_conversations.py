"""Lists, one conversation, and what is written into it."""

from typing import Any

from core.cases import number_of, numbered
from core.receive import Received
from tests.console.conftest import DEEP, Browser, Office


async def _taken(office: Office, browser: Browser, text: str = "Where is my parcel?") -> Received:
    received = await office.visitor_says(text)
    await browser.post(f"/api/conversations/{received.conversation}/take")
    return received


async def _ids(browser: Browser, query: str) -> list[str]:
    page = await browser.get(f"/api/conversations?{query}")
    return [item["id"] for item in page["items"]]


async def test_each_list_shows_what_belongs_in_it_with_the_counts_of_all(office: Office) -> None:
    ada = await office.browser("ada")
    held = await _taken(office, ada)
    office.world.clock.forward(1)
    waiting = await office.visitor_says("Hi", visitor="v2")
    assert await _ids(ada, "list=mine") == [held.conversation]
    assert await _ids(ada, "list=queue") == [waiting.conversation]
    page = await ada.get("/api/conversations?list=all")
    assert [item["id"] for item in page["items"]] == [waiting.conversation, held.conversation]
    assert page["counts"] == {"mine": 1, "queue": 1, "all": 2}
    line = page["items"][1]
    assert line["handler"] == {"kind": "agent", "id": "ada", "name": "Ada"}
    assert line["inbox"] == {"id": "web", "name": "Web", "kind": "widget"}
    assert line["last"]["text"] == "Where is my parcel?"
    assert line["unread"] == 1


async def test_lists_are_filtered_by_status_and_queue(office: Office) -> None:
    ada = await office.browser("ada")
    done = await _taken(office, ada)
    await ada.post(f"/api/conversations/{done.conversation}/resolve")
    waiting = await office.visitor_says("Hi", visitor="v2")
    assert await _ids(ada, "list=all&status=resolved,closed") == [done.conversation]
    assert await _ids(ada, "list=all") == [waiting.conversation]
    assert await _ids(ada, "list=queue&queue=general") == [waiting.conversation]
    assert await _ids(ada, "list=queue&queue=other") == []


async def test_a_list_that_makes_no_sense_is_refused_with_what_was_expected(office: Office) -> None:
    ada = await office.browser("ada")
    for query, field in (
        ("list=yours", "list"),
        ("status=lost", "status"),
        ("cursor=made-up", "cursor"),
        (f"cursor={DEEP}", "cursor"),
        (f"q={'x' * 300}", "q"),
    ):
        response = await ada.call("GET", f"/api/conversations?{query}")
        assert response.status == 422
        assert (await response.json())["error"]["field"] == field


async def test_pages_hold_still_while_new_conversations_come_in(office: Office) -> None:
    ada = await office.browser("ada")
    for number in range(60):
        office.world.clock.forward(1)
        await office.visitor_says(f"number {number}", visitor=f"v{number}")
    first = await ada.get("/api/conversations?list=all")
    assert len(first["items"]) == 50
    for number in range(60, 70):
        office.world.clock.forward(1)
        await office.visitor_says(f"number {number}", visitor=f"v{number}")
    second = await ada.get(f"/api/conversations?list=all&cursor={first['next']}")
    seen = [item["last"]["text"] for item in first["items"] + second["items"]]
    assert seen == [f"number {number}" for number in range(59, -1, -1)]
    assert second["next"] is None


async def test_conversations_of_one_instant_are_not_lost_between_pages(office: Office) -> None:
    ada = await office.browser("ada")
    for number in range(60):
        await office.visitor_says("at once", visitor=f"v{number}")
    first = await ada.get("/api/conversations?list=all")
    second = await ada.get(f"/api/conversations?list=all&cursor={first['next']}")
    assert len({item["id"] for item in first["items"] + second["items"]}) == 60


async def test_the_search_finds_texts_notes_and_addresses_and_takes_no_wildcards(office: Office) -> None:
    ada = await office.browser("ada")
    parcel = await _taken(office, ada, "My parcel is 100% lost")
    note = {"key": "n1", "kind": "note", "text": "asked the Depot"}
    await ada.post(f"/api/conversations/{parcel.conversation}/messages", note, status=201)
    other = await office.visitor_says("Good morning", visitor="visitor-two")
    assert await _ids(ada, "q=PARCEL") == [parcel.conversation]
    assert await _ids(ada, "q=depot") == [parcel.conversation]
    assert await _ids(ada, "q=visitor-two") == [other.conversation]
    assert await _ids(ada, "q=100%25") == [parcel.conversation]
    assert await _ids(ada, "q=g_od") == []


async def test_a_conversation_is_shown_with_its_messages_what_happened_and_what_came_before(
    office: Office,
) -> None:
    ada = await office.browser("ada")
    received = await _taken(office, ada)
    await ada.post(
        f"/api/conversations/{received.conversation}/messages",
        {"key": "k1", "kind": "reply", "text": "On its way"},
        status=201,
    )
    detail = await ada.get(f"/api/conversations/{received.conversation}")
    assert [message["kind"] for message in detail["messages"]] == ["inbound", "reply"]
    assert detail["messages"][1]["author"] == {"kind": "agent", "id": "ada", "name": "Ada"}
    assert detail["messages"][1]["delivery"] == {"state": "queued", "reason": None}
    handler = [event["facts"] for event in detail["events"] if event["kind"] == "handler"]
    assert [(each["handler"], each["cause"]) for each in handler] == [("queue", "no_bot"), ("agent", "taken")]
    assert detail["why"]["code"] == "taken"
    assert detail["contact"]["points"] == [
        {"kind": "widget", "address": "v1", "verified": True, "unreachable_since": None}
    ]
    assert detail["position"] == detail["summary"]["n"]
    assert detail["earlier"] == []


async def test_opening_what_one_holds_reads_it_and_opening_what_others_hold_does_not(office: Office) -> None:
    ada, bob = await office.browser("ada"), await office.browser("bob")
    received = await _taken(office, ada)
    path = f"/api/conversations/{received.conversation}"
    assert (await bob.get(path))["summary"]["unread"] == 1
    assert (await ada.get(path))["summary"]["unread"] == 0
    assert (await bob.get(path))["summary"]["unread"] == 0


async def test_html_in_a_message_comes_back_as_the_text_it_is(office: Office) -> None:
    ada = await office.browser("ada")
    html = "<img src=x onerror=alert(1)> & <b>bold</b>"
    received = await _taken(office, ada, html)
    detail = await ada.get(f"/api/conversations/{received.conversation}")
    assert detail["messages"][0]["parts"] == [{"type": "text", "text": html}]
    response = await ada.call("GET", f"/api/conversations/{received.conversation}")
    assert response.content_type == "application/json"


async def test_a_reply_is_stored_once_for_its_key(office: Office) -> None:
    ada = await office.browser("ada")
    received = await _taken(office, ada)
    path = f"/api/conversations/{received.conversation}/messages"
    reply = {"key": "k1", "kind": "reply", "text": "On its way"}
    first = await ada.post(path, reply, status=201)
    assert await ada.post(path, reply, status=201) == first
    assert len((await ada.get(path.removesuffix("/messages")))["messages"]) == 2


async def test_a_reply_by_somebody_who_does_not_hold_it_is_refused_but_a_note_is_not(office: Office) -> None:
    ada, bob = await office.browser("ada"), await office.browser("bob")
    received = await _taken(office, ada)
    path = f"/api/conversations/{received.conversation}/messages"
    refused = await bob.post(path, {"key": "k1", "kind": "reply", "text": "Hi"}, status=409)
    assert refused["error"]["code"] == "not_yours"
    note = await bob.post(path, {"key": "k2", "kind": "note", "text": "I know them"}, status=201)
    assert (note["kind"], note["delivery"]) == ("note", None)


async def test_empty_oversized_and_malformed_replies_name_the_field(office: Office) -> None:
    ada = await office.browser("ada")
    received = await _taken(office, ada)
    path = f"/api/conversations/{received.conversation}/messages"
    bodies: list[tuple[dict[str, Any], str]] = [
        ({"key": "k", "kind": "reply", "text": "  "}, "text"),
        ({"key": "k", "kind": "reply", "text": "x" * 16_385}, "text"),
        ({"key": "", "kind": "reply", "text": "x"}, "key"),
        ({"key": "k", "kind": "shout", "text": "x"}, "kind"),
        ({"key": "k", "kind": "reply", "text": "x", "uploads": ["not mine"]}, "uploads"),
    ]
    for body, field in bodies:
        assert (await ada.post(path, body, status=422))["error"]["field"] == field
    response = await ada.call("POST", path, data=b"{", headers={"Content-Type": "application/json"})
    assert response.status == 422


async def test_an_uploaded_file_goes_with_a_reply_once_and_only_with_its_owners(office: Office) -> None:
    ada, bob = await office.browser("ada"), await office.browser("bob")
    received = await _taken(office, ada)
    named = {"X-File-Name": "caf%C3%A9.txt", "Content-Type": "text/plain"}
    response = await ada.call("POST", "/api/uploads", data=b"hello", headers=named)
    upload = await response.json()
    assert (response.status, upload["name"], upload["size"]) == (201, "café.txt", 5)
    large = await ada.call("POST", "/api/uploads", data=b"x" * 1001, headers=named)
    assert (large.status, (await large.json())["error"]["code"]) == (413, "too_large")
    empty = await ada.call("POST", "/api/uploads", data=b"", headers=named)
    assert (empty.status, (await empty.json())["error"]["field"]) == (422, "file")
    path = f"/api/conversations/{received.conversation}/messages"
    note = {"key": "k0", "kind": "note", "uploads": [upload["id"]]}
    assert (await bob.post(path, note, status=422))["error"]["field"] == "uploads"
    reply = {"key": "k1", "kind": "reply", "text": "", "uploads": [upload["id"]]}
    stored = await ada.post(path, reply, status=201)
    assert stored["parts"][0]["url"] == f"/media/{upload['id']}?t=signed"
    assert await ada.post(path, reply, status=201) == stored


async def test_an_agent_writes_first_to_somebody_they_know(office: Office) -> None:
    ada = await office.browser("ada")
    received = await office.visitor_says("Hi")
    contact = (await ada.get(f"/api/conversations/{received.conversation}"))["contact"]["id"]
    ask = {"contact": contact, "inbox": "web", "text": "Your parcel has come"}
    open_already = await ada.post("/api/conversations", ask, status=409)
    assert open_already["error"]["code"] == "already_open"
    missing = await ada.post("/api/conversations", ask | {"contact": "nobody"}, status=422)
    assert missing["error"]["field"] == "contact"


async def test_contacts_are_found_by_address_and_shown(office: Office) -> None:
    ada = await office.browser("ada")
    await office.visitor_says("Hi", visitor="carol@example.org")
    await office.visitor_says("Hi", visitor="dave@example.org")
    found = (await ada.get("/api/contacts?q=carol"))["items"]
    assert [contact["points"][0]["address"] for contact in found] == ["carol@example.org"]
    assert await ada.get(f"/api/contacts/{found[0]['id']}") == found[0]
    assert len((await ada.get("/api/contacts"))["items"]) == 2


async def test_what_does_not_exist_is_not_found(office: Office) -> None:
    ada = await office.browser("ada")
    for path in ("/api/conversations/none", "/api/contacts/none", "/api/articles/none"):
        response = await ada.call("GET", path)
        assert response.status == 404
        assert (await response.json())["error"]["code"] == "not_found"


async def test_what_an_agent_has_answered_or_finished_is_not_unread(office: Office) -> None:
    ada, bob = await office.browser("ada"), await office.browser("bob")
    received = await _taken(office, ada)
    path = f"/api/conversations/{received.conversation}"
    reply = {"key": "k1", "kind": "reply", "text": "On its way"}
    await ada.post(f"{path}/messages", reply, status=201)
    assert (await bob.get(path))["summary"]["unread"] == 0
    await office.visitor_says("Thanks", key="m2")
    assert (await bob.get(path))["summary"]["unread"] == 1
    await ada.post(f"{path}/resolve")
    assert (await bob.get(path))["summary"]["unread"] == 0


async def test_a_conversation_is_found_by_the_number_that_its_customer_was_told(office: Office) -> None:
    ada = await office.browser("ada")
    one, other = await office.visitor_says(), await office.visitor_says(visitor="v2")
    for each in (one, other):
        await office.world.db.run(numbered, each.conversation)
    number = await office.world.db.read(number_of, other.conversation)
    assert await _ids(ada, f"q=%23{number}") == [other.conversation]
    assert await _ids(ada, f"q=%23{number}000") == []
