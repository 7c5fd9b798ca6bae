"""A visitor proves an address through their socket: the code comes by mail and is typed where it was asked for."""

import re

import pytest
from sqlalchemy import select

from channels.live.sessions import end_session
from core.store.tables.people import contact_point
from core.store.tx import Tx
from tests.channels.email.sending.standin import StandIn
from tests.channels.shop import Shop, Visitor
from tests.contracts.mail import CONFIG, body_of, read, started


@pytest.fixture
async def post(shop: Shop) -> StandIn:
    """The mailbox through which the widget sends its codes."""
    server = await started(shop)
    await shop.configure("post", **{**CONFIG, "smtp": {**CONFIG["smtp"], "port": server.port}})
    await shop.configure("web", mail="post")
    return server


async def asked(shop: Shop, visitor: Visitor, address: str = "ann@example.net") -> str:
    """The proof that was begun."""
    await visitor.send("prove", kind="email", address=address)
    proving = await visitor.until("proving")
    assert (proving["kind"], proving["link"], proving["expires_in_s"]) == ("email", None, 600)
    await shop.world.relay.drain()
    return str(proving["proof"])


def code_in(post: StandIn) -> str:
    [found] = re.findall(r"^(\d{6})$", body_of(read(post.taken[-1][1])), re.MULTILINE)
    return str(found)


def other_than(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06d}"


async def test_the_code_that_came_by_mail_proves_the_address(shop: Shop, post: StandIn) -> None:
    visitor = await shop.visit()
    proof = await asked(shop, visitor)
    await visitor.send("code", proof=proof, code=f" {code_in(post)} ")
    assert await visitor.until("proven") == {
        "type": "proven",
        "proof": proof,
        "kind": "email",
        "address": "ann@example.net",
    }
    assert await shop.world.db.read(_proven) == ["ann@example.net"]


async def test_who_comes_back_is_told_what_they_have_proven_and_nobody_else_is(
    shop: Shop, post: StandIn
) -> None:
    visitor, other = await shop.visit(), await shop.visit()
    assert visitor.welcome["user"] is None
    await asked(shop, other, "bob@example.net")
    proof = await asked(shop, visitor)
    await visitor.send("code", proof=proof, code=code_in(post))
    await visitor.until("proven")
    again = await shop.visit(session=visitor.session)
    assert again.welcome["user"] == {"name": None, "proven": ["email"]}
    assert (await shop.visit(session=other.session)).welcome["user"] is None


async def test_a_wrong_code_is_counted_and_the_right_one_no_longer_good_after_five(
    shop: Shop, post: StandIn
) -> None:
    visitor = await shop.visit()
    proof = await asked(shop, visitor)
    codes = []
    for _ in range(5):
        await visitor.send("code", proof=proof, code=other_than(code_in(post)))
        codes.append((await visitor.until("error"))["code"])
    await visitor.send("code", proof=proof, code=code_in(post))
    codes.append((await visitor.until("error"))["code"])
    assert codes == ["wrong_code"] * 4 + ["proof_over"] * 2
    assert await shop.world.db.read(_proven) == []
    assert shop.counted["live_wrong_code"] == 4


async def test_a_code_is_good_only_where_it_was_asked_for(shop: Shop, post: StandIn) -> None:
    visitor, thief = await shop.visit(), await shop.visit()
    proof = await asked(shop, visitor)
    await thief.send("code", proof=proof, code=code_in(post))
    assert (await thief.until("error"))["code"] == "proof_over"
    assert await shop.world.db.read(_proven) == []


async def test_an_old_code_is_no_longer_good(shop: Shop, post: StandIn) -> None:
    visitor = await shop.visit()
    proof = await asked(shop, visitor)
    shop.world.clock.forward(601)
    await visitor.send("code", proof=proof, code=code_in(post))
    assert (await visitor.until("error"))["code"] == "proof_over"


async def test_nobody_gets_more_codes_than_the_limit_and_hears_when_to_try_again(
    shop: Shop, post: StandIn
) -> None:
    visitor = await shop.visit()
    for _ in range(5):
        await asked(shop, visitor)
    await visitor.send("prove", kind="email", address="bob@example.net")
    refused = await visitor.until("error")
    assert (refused["code"], refused["retry_after_s"]) == ("rate", 3600)
    assert len(post.taken) == 5


async def test_a_session_that_has_ended_proves_nothing_although_its_socket_is_open(
    shop: Shop, post: StandIn
) -> None:
    visitor = await shop.visit()
    proof = await asked(shop, visitor)
    await shop.world.db.run(end_session, visitor.session.split(".")[1])
    await visitor.send("code", proof=proof, code=code_in(post))
    assert (await visitor.until("error"))["code"] == "session"
    await visitor.send("prove", kind="email", address="bob@example.net")
    assert (await visitor.until("error"))["code"] == "session"
    assert await shop.world.db.read(_proven) == []


@pytest.mark.parametrize("kind", ["email", "telegram"])
async def test_what_the_inbox_has_no_way_to_prove_is_refused(shop: Shop, kind: str) -> None:
    visitor = await shop.visit()
    await visitor.send("prove", kind=kind, address="ann@example.net")
    error = await visitor.until("error")
    assert (error["code"], error["field"]) == ("not_offered", "kind")


async def test_nobody_proves_anything_before_hello(shop: Shop) -> None:
    stranger = await shop.connect()
    await stranger.send("prove", kind="email", address="ann@example.net")
    assert (await stranger.until("error"))["code"] == "hello"
    await stranger.send("code", proof="1", code="123456")
    assert (await stranger.until("error"))["code"] == "hello"


def _proven(tx: Tx) -> list[str]:
    theirs = contact_point.c.kind == "email", contact_point.c.verified
    return [row.address for row in tx.conn.execute(select(contact_point.c.address).where(*theirs))]


async def test_the_same_by_single_requests(shop: Shop, post: StandIn) -> None:
    begun = await shop.client.post("/live/web/sessions", json={})
    headers = {"Authorization": f"Bearer {(await begun.json())['session']}"}
    ask = {"kind": "email", "address": "ann@example.net"}
    proving = await (await shop.client.post("/live/web/proofs", headers=headers, json=ask)).json()
    await shop.world.relay.drain()
    path, right = f"/live/web/proofs/{proving['proof']}", code_in(post)
    wrong = await shop.client.post(path, headers=headers, json={"code": other_than(right)})
    assert (wrong.status, (await wrong.json())["error"]["code"]) == (422, "wrong_code")
    proven = await (await shop.client.post(path, headers=headers, json={"code": right})).json()
    assert (proven["kind"], proven["address"]) == ("email", "ann@example.net")
