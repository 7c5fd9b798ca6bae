"""A visitor's socket whose session ended elsewhere is let go of, also when no signal told it."""

from sqlalchemy import update

from channels.live.checking import SessionCheck
from channels.live.connection import SIGNED_IN, SIGNED_OUT
from channels.live.sessions import end_session
from core.bus import BUS, StateChanged
from core.store.tables.people import visitor_session
from core.store.tx import Tx
from tests.channels.shop import Shop, Visitor

NEVER_S = 3600.0


def check_of(shop: Shop) -> SessionCheck:
    return SessionCheck(shop.world.db, shop.world.bus, shop.part.live.followers, NEVER_S)


async def closed(visitor: Visitor) -> int | None:
    while not visitor.ws.closed:
        _ = await visitor.ws.receive(timeout=30)
    return visitor.ws.close_code


def session_of(visitor: Visitor) -> str:
    return visitor.session.split(".")[1]


def signed_in(tx: Tx, session: str) -> None:
    tx.conn.execute(
        update(visitor_session).where(visitor_session.c.id == session).values(user_key="u1", secret_hash="x")
    )


async def test_a_session_that_ended_in_another_process_closes_its_socket_and_no_other(shop: Shop) -> None:
    gone, stays = await shop.visit(), await shop.visit()
    await shop.world.db.run(end_session, session_of(gone))
    await check_of(shop).step()
    assert await closed(gone) == SIGNED_OUT.code
    assert await stays.silent()


async def test_who_signed_in_through_another_process_says_hello_again(shop: Shop) -> None:
    visitor = await shop.visit()
    await shop.world.db.run(signed_in, session_of(visitor))
    await check_of(shop).step()
    assert await closed(visitor) == SIGNED_IN.code


async def test_it_is_looked_at_at_once_when_signals_were_lost(shop: Shop) -> None:
    visitor = await shop.visit()
    await shop.world.db.run(end_session, session_of(visitor))
    _ = shop.world.supervisor.service("check", check_of(shop).run)
    assert await visitor.silent()
    shop.world.bus.hear(StateChanged(BUS, {"whole": True}))
    assert await closed(visitor) == SIGNED_OUT.code
