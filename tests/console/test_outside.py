"""The outside of a conversation over HTTP: who takes part, subjects, copies, and the first mail to somebody."""

import pytest
from sqlalchemy import update

from core.contact import Sender
from core.store.conversations import ensure_point, find_point
from core.store.tables.people import inbox
from core.store.tx import Tx
from tests.console.conftest import Office
from tests.console.letters import a_mailbox, code, held, letter


@pytest.fixture
async def post(office: Office) -> Office:
    await office.world.db.run(a_mailbox)
    return office


async def test_people_come_in_and_go_out_by_who_holds_it(post: Office) -> None:
    ada, bob, sue = [await post.browser(name) for name in ("ada", "bob", "sue")]
    path = await held(ada, await letter(post, "m1"))
    people = await ada.post(
        f"{path}/participants", {"address": "Dora@Example.org", "name": "Dora"}, status=201
    )
    assert [(each["address"], each["name"], each["joined"]) for each in people["items"]] == [
        ("carl@example.org", "Carl", True),
        ("dora@example.org", "Dora", True),
    ]
    shown = await ada.get(path)
    assert shown["participants"] == people["items"]
    assert shown["events"][-1]["kind"] == "participants"
    carl = people["items"][0]["id"]
    assert await code(bob, "DELETE", f"{path}/participants/{carl}") == (409, "not_yours")
    assert await code(bob, "POST", f"{path}/participants", {"address": "eve@example.org"}) == (
        409,
        "not_yours",
    )
    await sue.delete(f"{path}/participants/{carl}")
    assert await code(ada, "DELETE", f"{path}/participants/{carl}") == (404, "not_found")
    assert [each["name"] for each in (await ada.get(path))["participants"]] == ["Dora"]


async def test_who_cannot_take_part_is_refused(post: Office) -> None:
    ada = await post.browser("ada")
    path = await held(ada, await letter(post, "m1"))
    for address in (
        "nobody",
        "a@b@c",
        "a b@example.org",
        "x@example.org, y@example.org",
        "x@e\nBcc: y@z",
        "a" * 300,
    ):
        refused = await ada.post(f"{path}/participants", {"address": address}, status=422)
        assert refused["error"]["field"] == "address"
    themselves = await ada.post(f"{path}/participants", {"address": "alice@example.org"}, status=422)
    assert themselves["error"]["code"] == "requester"
    chat = await held(ada, await post.visitor_says("Hi"))
    assert await code(ada, "POST", f"{chat}/participants", {"address": "x@example.org"}) == (
        409,
        "no_participants",
    )
    assert await code(ada, "PUT", f"{chat}/subject", {"subject": "Lamp"}) == (409, "no_subjects")
    missing = "/api/conversations/none/participants"
    assert await code(ada, "POST", missing, {"address": "x@example.org"}) == (404, "not_found")


async def test_only_so_many_take_part(post: Office) -> None:
    ada = await post.browser("ada")
    path = await held(ada, await letter(post, "m1"))
    for number in range(49):
        await ada.post(f"{path}/participants", {"address": f"p{number}@example.org"}, status=201)
    assert await code(ada, "POST", f"{path}/participants", {"address": "more@example.org"}) == (
        409,
        "too_many",
    )
    await ada.post(f"{path}/participants", {"address": "p1@example.org"}, status=201)


async def test_a_subject_is_changed_by_who_holds_it_and_found_by_it(post: Office) -> None:
    ada, bob = await post.browser("ada"), await post.browser("bob")
    path = await held(ada, await letter(post, "m1"))
    changed = await ada.put(f"{path}/subject", {"subject": "  A broken lamp "})
    assert changed["subject"] == "A broken lamp"
    assert await code(bob, "PUT", f"{path}/subject", {"subject": "Mine"}) == (409, "not_yours")
    for subject in ("", "   "):
        assert await code(ada, "PUT", f"{path}/subject", {"subject": subject}) == (422, "empty")
    for subject in ("a\nb", "a\u2028b", "x" * 301):
        refused = await ada.put(f"{path}/subject", {"subject": subject}, status=422)
        assert refused["error"]["field"] == "subject"
    assert [each["id"] for each in (await ada.get("/api/conversations?q=broken"))["items"]] == [changed["id"]]
    found = (await ada.get("/api/conversations?q=carl@example"))["items"]
    assert [each["id"] for each in found] == [changed["id"]]


async def test_an_agent_chooses_who_of_the_participants_reads_along(post: Office) -> None:
    ada = await post.browser("ada")
    path = await held(ada, await letter(post, "m1"))
    ask = {"kind": "reply", "text": "Hello"}
    chosen = await ada.post(
        f"{path}/messages", ask | {"key": "k1", "copies": ["CARL@example.org"]}, status=201
    )
    assert [each["address"] for each in chosen["envelope"]["copies"]] == ["carl@example.org"]
    nobody = await ada.post(f"{path}/messages", ask | {"key": "k2", "copies": []}, status=201)
    assert nobody["envelope"]["copies"] == []
    everybody = await ada.post(f"{path}/messages", ask | {"key": "k3"}, status=201)
    assert everybody["envelope"] is None
    stranger = await ada.post(
        f"{path}/messages", ask | {"key": "k4", "copies": ["x@example.org"]}, status=422
    )
    assert stranger["error"]["code"] == "copies"
    chat = await held(ada, await post.visitor_says("Hi"))
    none_there = await ada.post(
        f"{chat}/messages", ask | {"key": "k5", "copies": ["carl@example.org"]}, status=422
    )
    assert none_there["error"]["field"] == "copies"
    await ada.post(f"{chat}/messages", ask | {"key": "k6", "copies": []}, status=201)


async def test_somebody_new_is_written_to_first(post: Office) -> None:
    ada = await post.browser("ada")
    ask = {"inbox": "mail", "address": "Nora@Example.org", "subject": "Your order", "text": "It is here"}
    begun = await ada.post("/api/conversations", ask, status=201)
    assert (begun["subject"], begun["handler"]["id"]) == ("Your order", "ada")
    shown = await ada.get(f"/api/conversations/{begun['id']}")
    point = {"kind": "email", "address": "nora@example.org", "verified": False, "unreachable_since": None}
    assert shown["contact"]["points"] == [point]
    again = await ada.post("/api/conversations", ask | {"subject": "Another"}, status=201)
    assert again["id"] != begun["id"]
    assert again["contact"]["id"] == begun["contact"]["id"]
    known = {"inbox": "mail", "contact": begun["contact"]["id"], "subject": "A third", "text": "Hello"}
    assert (await ada.post("/api/conversations", known, status=201))["subject"] == "A third"


async def test_a_first_mail_needs_somebody_and_a_subject(post: Office) -> None:
    ada = await post.browser("ada")
    ask = {"inbox": "mail", "address": "nora@example.org", "subject": "Hi", "text": "Hello"}
    for change, field in (
        ({"subject": " "}, "subject"),
        ({"subject": "a\r\nBcc: x@example.org"}, "subject"),
        ({"address": "nora"}, "address"),
        ({"address": None}, "contact"),
        ({"contact": "somebody"}, "contact"),
        ({"address": None, "contact": "nobody"}, "contact"),
        ({"inbox": "web"}, "address"),
        ({"text": " "}, "text"),
    ):
        refused = await ada.post("/api/conversations", ask | change, status=422)
        assert refused["error"]["field"] == field, change
    assert await code(ada, "POST", "/api/conversations", ask | {"inbox": "none"}) == (404, "not_found")


def our_own(tx: Tx) -> None:
    tx.conn.execute(update(inbox).where(inbox.c.id == "mail").values(config={"address": "help@example.org"}))
    ensure_point(tx, Sender("email", "help@example.org", verified=False))


def a_contact_of_ours(tx: Tx) -> str:
    found = find_point(tx, "email", "help@example.org")
    assert found is not None
    return found.contact


async def test_nobody_writes_to_our_own_mailboxes(post: Office) -> None:
    await post.world.db.run(our_own)
    ada = await post.browser("ada")
    first = {"inbox": "mail", "subject": "Hi", "text": "Hello"}
    path = await held(ada, await letter(post, "m1"))
    contact = await post.world.db.read(a_contact_of_ours)
    for where, ask, field in (
        ("/api/conversations", first | {"address": "Help@Example.org"}, "address"),
        ("/api/conversations", first | {"contact": contact}, "contact"),
        (f"{path}/participants", {"address": "Help@Example.org"}, "address"),
    ):
        refused = await ada.post(where, ask, status=422)
        assert (refused["error"]["field"], refused["error"]["code"]) == (field, "own_address")
