"""Who a contact is, over HTTP: suggestions with what speaks for them, merging, dismissing, undoing, and what is shown of one who was merged."""

from typing import Any

import pytest

from core.claims import claim
from core.ids import ContactId
from core.merging import prove_point
from core.receive import Received
from core.store.conversations import peek_conversation
from tests.console.conftest import Browser, Office
from tests.console.letters import a_mailbox, code, letter


@pytest.fixture
async def ada(office: Office) -> Browser:
    await office.world.db.run(a_mailbox)
    return await office.browser("ada")


async def who_wrote(office: Office, received: Received) -> ContactId:
    return (await office.world.db.read(peek_conversation, received.conversation)).contact


async def scene(office: Office, ada: Browser) -> tuple[ContactId, ContactId, Received]:
    """A visitor who says that Alice's address is theirs, Alice who writes mails, and the visitor's conversation."""
    alice = await who_wrote(office, await letter(office, "m1"))
    said = await office.visitor_says("Hi")
    visitor = await who_wrote(office, said)
    await office.world.db.run(claim, visitor, "email", "alice@example.org", source="left")
    return visitor, alice, said


def points(detail: dict[str, Any]) -> list[tuple[str, str]]:
    return [(each["kind"], each["address"]) for each in detail["points"]]


async def test_what_somebody_says_of_themselves_suggests_who_they_may_be(
    office: Office, ada: Browser
) -> None:
    visitor, alice, said = await scene(office, ada)
    shown = await ada.get(f"/api/conversations/{said.conversation}")
    contact = shown["contact"]
    assert contact["id"] == visitor
    assert [(each["kind"], each["value"], each["source"]) for each in contact["claims"]] == [
        ("email", "alice@example.org", "left")
    ]
    [suggested] = contact["suggestions"]
    assert (suggested["other"]["id"], suggested["other"]["name"]) == (alice, "Alice")
    assert suggested["other"]["points"][0]["verified"]
    assert suggested["matches"] == [
        {"kind": "email", "value": "alice@example.org", "here": "claimed", "there": "proven"}
    ]
    assert shown["earlier"] == []


async def test_merged_contacts_are_one_everywhere_and_two_again_after_undo(
    office: Office, ada: Browser
) -> None:
    visitor, alice, said = await scene(office, ada)
    path = f"/api/conversations/{said.conversation}"
    before = await ada.get(path)
    merged = await ada.post(f"/api/contacts/{alice}/merge", {"source": visitor})
    assert (merged["id"], merged["name"], merged["suggestions"]) == (alice, "Alice", [])
    assert points(merged) == [("email", "alice@example.org"), ("widget", "v1")]
    [merge] = merged["merges"]
    assert (merge["source"]["id"], merge["by"], merge["evidence"]) == (visitor, "Ada", ["claimed:email"])
    shown = await ada.get(path)
    assert shown["summary"]["contact"] == {"id": alice, "name": "Alice"}
    assert shown["messages"][0]["author"]["name"] == "Alice"
    assert [each["subject"] for each in shown["earlier"]] == ["About m1"]
    assert shown["events"][-1]["kind"] == "contact"
    assert (await ada.get(f"/api/contacts/{visitor}"))["id"] == alice
    [found] = (await ada.get("/api/contacts?q=v1"))["items"]
    assert found["id"] == alice
    listed = (await ada.get("/api/conversations?list=all&q=alice"))["items"]
    assert {each["contact"]["id"] for each in listed} == {alice}
    assert len(listed) == 2
    undone = await ada.post(f"/api/merges/{merge['id']}/undo")
    assert (undone["id"], undone["merges"]) == (alice, [])
    after = await ada.get(path)
    assert after["contact"] | {"suggestions": []} == before["contact"] | {"suggestions": []}
    assert after["contact"]["suggestions"] == []
    assert (after["summary"]["contact"], after["earlier"]) == (before["summary"]["contact"], [])


async def test_who_did_it_is_in_the_log_by_ids(
    office: Office, ada: Browser, caplog: pytest.LogCaptureFixture
) -> None:
    visitor, alice, _ = await scene(office, ada)
    with caplog.at_level("INFO", logger="audit"):
        merged = await ada.post(f"/api/contacts/{alice}/merge", {"source": visitor})
        [merge] = merged["merges"]
        await ada.post(f"/api/merges/{merge['id']}/undo")
        await ada.post(f"/api/contacts/{alice}/suggestions/{visitor}/dismiss")
    told = [record.getMessage() for record in caplog.records if record.name == "audit"]
    assert told == [
        f"contacts merged by=ada contact={alice} source={visitor} merge={merge['id']}",
        f"merge undone by=ada contact={alice} source={visitor} merge={merge['id']}",
        f"merge dismissed by=ada contact={alice} other={visitor}",
    ]
    assert "example.org" not in caplog.text


async def test_a_dismissed_suggestion_does_not_come_back(office: Office, ada: Browser) -> None:
    visitor, alice, _ = await scene(office, ada)
    shown = await ada.post(f"/api/contacts/{visitor}/suggestions/{alice}/dismiss")
    assert shown["suggestions"] == []
    assert (await ada.get(f"/api/contacts/{alice}"))["suggestions"] == []


async def test_what_cannot_be_is_refused(office: Office, ada: Browser) -> None:
    visitor, alice, _ = await scene(office, ada)
    merge = f"/api/contacts/{alice}/merge"
    assert await code(ada, "POST", merge, {"source": alice}) == (409, "same")
    assert await code(ada, "POST", merge, {"source": "none"}) == (404, "not_found")
    assert await code(ada, "POST", "/api/contacts/none/merge", {"source": visitor}) == (404, "not_found")
    assert await code(ada, "POST", merge, {}) == (422, "invalid")
    assert await code(ada, "POST", "/api/merges/none/undo") == (404, "not_found")
    done = (await ada.post(merge, {"source": visitor}))["merges"][0]["id"]
    assert await code(ada, "POST", f"/api/contacts/{alice}/suggestions/{visitor}/dismiss") == (
        404,
        "not_found",
    )
    await ada.post(f"/api/merges/{done}/undo")
    assert await code(ada, "POST", f"/api/merges/{done}/undo") == (409, "undone")
    await office.world.db.run(prove_point, alice, "user", "web:1")
    await office.world.db.run(prove_point, visitor, "user", "web:2")
    assert await code(ada, "POST", merge, {"source": visitor}) == (409, "two_users")


async def test_a_merged_contact_is_written_to_where_they_can_be_reached(office: Office, ada: Browser) -> None:
    visitor, alice, _ = await scene(office, ada)
    await ada.post(f"/api/contacts/{visitor}/merge", {"source": alice})
    begun = await ada.post(
        "/api/conversations",
        {"contact": visitor, "inbox": "mail", "subject": "Your lamp", "text": "It is here"},
        status=201,
    )
    assert begun["contact"] == {"id": visitor, "name": "Alice"}
