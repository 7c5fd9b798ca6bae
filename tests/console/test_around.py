"""What the console shows around the words: edits, what else is known of where somebody is, blocking, ratings."""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import insert

from core.contact_events import ConversationRated
from core.edit import edit_message, set_reachable
from core.events import conversation_topic
from core.ids import ConversationId, InboxId, MediaId, MessageId
from core.message import Attachment, Location, Quoted, SharedContact, Text
from core.receive import Received, receive_message
from core.store.conversations import find_point
from core.store.tables.conversation import rating
from core.store.tx import Tx
from tests.builders import MORNING, an_inbound
from tests.console.conftest import Office, frame_of

WEB = InboxId("web")


def _edit(tx: Tx, key: str, text: str, minutes: int) -> MessageId | None:
    return edit_message(tx, WEB, key, (Text(text),), MORNING + timedelta(minutes=minutes))


def _rate(tx: Tx, conversation: ConversationId, resolved_n: int, score: int, comment: str | None) -> None:
    tx.conn.execute(
        insert(rating).values(
            conversation_id=conversation,
            resolved_n=resolved_n,
            agent_id="ada",
            score=score,
            comment=comment,
            created_at=tx.now,
        )
    )
    tx.emit(conversation_topic(conversation), ConversationRated(conversation, score, None))


def _block(tx: Tx, visitor: str, *, reachable: bool) -> None:
    point = find_point(tx, "widget", visitor)
    assert point is not None
    set_reachable(tx, point, reachable=reachable)


async def test_an_edited_message_shows_its_newest_words_and_keeps_those_before(office: Office) -> None:
    ada = await office.browser("ada")
    received = await office.visitor_says("My lapm is brokne")
    for minutes, text in ((1, "My lamp is brokne"), (2, "My lamp is broken")):
        await office.world.db.run(_edit, "v1:m1", text, minutes)
    shown = (await ada.get(f"/api/conversations/{received.conversation}"))["messages"][0]
    assert shown["parts"] == [{"type": "text", "text": "My lamp is broken"}]
    assert shown["edited_at"] == "2026-03-02T09:02:00Z"
    versions = (await ada.get(f"/api/messages/{shown['id']}/versions"))["items"]
    assert [(each["parts"][0]["text"], each["at"]) for each in versions] == [
        ("My lapm is brokne", "2026-03-02T09:00:00Z"),
        ("My lamp is brokne", "2026-03-02T09:01:00Z"),
        ("My lamp is broken", "2026-03-02T09:02:00Z"),
    ]


async def test_versions_are_for_people_of_ours_and_of_messages_that_there_are(office: Office) -> None:
    ada = await office.browser("ada")
    received = await office.visitor_says("Hello")
    path = f"/api/messages/{received.message}/versions"
    assert len((await ada.get(path))["items"]) == 1
    assert (await (await office.client().get(path)).json())["error"]["code"] == "signed_out"
    assert (await ada.call("GET", "/api/messages/none/versions")).status == 404


async def test_who_looks_on_sees_the_edit_in_the_place_of_the_message(office: Office) -> None:
    ada = await office.browser("ada")
    received = await office.visitor_says("Helo")
    socket = await ada.live()
    position = (await ada.get(f"/api/conversations/{received.conversation}"))["position"]
    topic = f"conversation:{received.conversation}"
    await socket.send_json({"type": "subscribe", "topic": topic, "n": position})
    await office.world.db.run(_edit, "v1:m1", "Hello", 1)
    event = (await frame_of(socket, "event", topic=topic))["event"]
    assert (event["kind"], event["message"]["id"]) == ("edited", received.message)
    assert event["message"]["parts"] == [{"type": "text", "text": "Hello"}]


def _said(tx: Tx) -> Received:
    parts = (
        Quoted("Where are you?", MessageId("before")),
        Location(52.52, 13.405, "Alexanderplatz", None),
        SharedContact("Ben Okoye", "+4930123456"),
        Attachment(MediaId("sound"), "voice.ogg", "audio/ogg", 100),
    )
    page = "https://shop.example/lamps"
    inbound = replace(an_inbound(), parts=parts, context={"page": page, "order": "4127"}, public=True)
    return receive_message(tx, inbound)


async def test_places_cards_quotes_and_where_somebody_came_from_are_shown(office: Office) -> None:
    ada = await office.browser("ada")
    received = await office.world.db.run(_said)
    shown = await ada.get(f"/api/conversations/{received.conversation}")
    assert shown["messages"][0]["parts"] == [
        {"type": "quoted", "text": "Where are you?", "message": "before"},
        {
            "type": "location",
            "latitude": 52.52,
            "longitude": 13.405,
            "name": "Alexanderplatz",
            "address": None,
        },
        {"type": "contact", "name": "Ben Okoye", "phone": "+4930123456"},
        {
            "type": "file",
            "url": "/media/sound?t=signed",
            "name": "voice.ogg",
            "size": 100,
            "media_type": "audio/ogg",
        },
    ]
    assert shown["context"] == {"page": "https://shop.example/lamps", "order": "4127"}
    assert shown["public"] is True


async def test_who_blocked_us_is_shown_as_such_until_they_let_us_in_again(office: Office) -> None:
    ada = await office.browser("ada")
    path = f"/api/conversations/{(await office.visitor_says()).conversation}"
    assert (await ada.get(path))["unreachable_since"] is None
    await office.world.db.run(_block, "v1", reachable=False)
    blocked = await ada.get(path)
    assert blocked["unreachable_since"] == "2026-03-02T09:00:00Z"
    assert blocked["contact"]["points"][0]["unreachable_since"] == "2026-03-02T09:00:00Z"
    assert blocked["events"][-1] | {"at": None, "n": None} == {
        "n": None,
        "kind": "reach",
        "at": None,
        "by": None,
        "facts": {"reachable": False},
    }
    await office.world.db.run(_block, "v1", reachable=True)
    assert (await ada.get(path))["unreachable_since"] is None


async def test_ratings_are_in_the_list_in_the_panel_and_in_the_timeline(office: Office) -> None:
    ada = await office.browser("ada")
    conversation = (await office.visitor_says()).conversation
    path = f"/api/conversations/{conversation}"
    await ada.post(f"{path}/take")
    await ada.post(f"{path}/resolve")
    await office.world.db.run(_rate, conversation, 4, 2, "Too slow")
    await office.world.db.run(_rate, conversation, 9, 5, None)
    shown = await ada.get(path)
    assert [(each["score"], each["comment"], each["agent"]) for each in shown["ratings"]] == [
        (5, "", "Ada"),
        (2, "Too slow", "Ada"),
    ]
    assert [each["facts"]["score"] for each in shown["events"] if each["kind"] == "rated"] == [2, 5]
    line = (await ada.get("/api/conversations?status=resolved"))["items"][0]
    assert (line["rating"], shown["summary"]["rating"]) == (5, 5)
