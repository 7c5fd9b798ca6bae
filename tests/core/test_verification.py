"""Proving that an address is one's own: the code goes there and is typed here, few times and soon."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from core.contact import Sender
from core.contact_events import VerificationAsked
from core.ids import InboxId, VerificationId
from core.merging import Proof
from core.store.conversations import find_point
from core.store.messages import read_events
from core.store.tables.people import verification
from core.store.tx import Tx
from core.verification import (
    Asked,
    Asking,
    Attempt,
    Limited,
    Over,
    Proven,
    Proving,
    VerificationSettings,
    Wrong,
    ask,
    forget_old,
    letter,
    link_opened,
    try_code,
    verification_topic,
)
from tests.builders import World, an_inbox
from tests.core.people import secrets_in_order

WEB, MAIL, BOT = InboxId("web"), InboxId("mail"), InboxId("bot")
PROVING = Proving(secrets_in_order())
BY_MAIL = Asking(WEB, "v1", "email", MAIL, "ann@example.org", "en")


def visitor(name: str = "v1") -> Sender:
    return Sender("widget", name, verified=True)


@pytest.fixture
async def doors(world: World) -> World:
    """Beside the widget a mailbox and a bot."""
    await world.db.run(an_inbox, "mail", kind="email")
    await world.db.run(an_inbox, "bot", kind="telegram")
    return world


async def asked(world: World, asking: Asking = BY_MAIL) -> VerificationId:
    found = await world.db.run(ask, asking, PROVING)
    assert isinstance(found, Asked)
    return found.verification


async def code_of(world: World, verification: VerificationId) -> str:
    told = await world.db.run(letter, verification, PROVING)
    assert told is not None
    return told.code


async def typed(
    world: World, verification: VerificationId, code: str, *, by: str = "v1", inbox: InboxId = WEB
) -> Proven | Wrong | Over:
    attempt = Attempt(inbox, by, verification, code)
    return await world.db.run(try_code, attempt, visitor(by), PROVING)


def other_than(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06}"


async def test_who_types_the_code_that_came_has_proven_the_address(doors: World) -> None:
    verification = await asked(doors)
    code = await code_of(doors, verification)
    assert len(code) == 6
    assert code.isdigit()
    found = await typed(doors, verification, f" {code[:3]} {code[3:]} ")
    assert isinstance(found, Proven)
    assert (found.kind, found.address) == ("email", "ann@example.org")
    assert found.how is Proof.ADDED

    def verified(tx: Tx) -> bool:
        point = find_point(tx, "email", "ann@example.org")
        return point is not None and point.verified and point.contact == found.contact

    assert await doors.db.read(verified)


async def test_the_mailbox_hears_that_a_code_is_to_be_sent_and_nothing_of_the_address(doors: World) -> None:
    verification = await asked(doors)

    def told(tx: Tx) -> list[object]:
        return [each.event for each in read_events(tx, verification_topic(verification), 0, 10)]

    assert await doors.db.read(told) == [VerificationAsked(MAIL, verification)]


async def test_a_letter_that_is_written_again_says_the_same(doors: World) -> None:
    verification = await asked(doors)
    assert await code_of(doors, verification) == await code_of(doors, verification)


async def test_five_wrong_guesses_end_it_even_if_the_sixth_is_right(doors: World) -> None:
    verification = await asked(doors)
    code = await code_of(doors, verification)
    for left in (4, 3, 2, 1, 0):
        assert await typed(doors, verification, other_than(code)) == Wrong(left)
    assert await typed(doors, verification, code) == Over()


async def test_a_code_is_good_once_and_for_ten_minutes(doors: World) -> None:
    first = await asked(doors)
    code = await code_of(doors, first)
    assert isinstance(await typed(doors, first, code), Proven)
    assert await typed(doors, first, code) == Over()
    second = await asked(doors)
    code = await code_of(doors, second)
    doors.clock.forward(600)
    assert await typed(doors, second, code) == Over()


async def test_nobody_elses_code_counts_nor_a_code_of_another_inbox(doors: World) -> None:
    verification = await asked(doors)
    code = await code_of(doors, verification)
    assert await typed(doors, verification, code, by="v2") == Over()
    assert await typed(doors, verification, code, inbox=MAIL) == Over()
    assert await typed(doors, VerificationId("unknown"), code) == Over()
    assert isinstance(await typed(doors, verification, code), Proven)


async def test_asking_again_ends_the_code_before(doors: World) -> None:
    first = await asked(doors)
    code = await code_of(doors, first)
    await asked(doors)
    assert await typed(doors, first, code) == Over()
    assert await doors.db.run(letter, first, PROVING) is None


@pytest.mark.parametrize(
    ("settings", "asking"),
    [
        (VerificationSettings(visitor=2), replace(BY_MAIL, address="other@example.org")),
        (VerificationSettings(address=2), replace(BY_MAIL, visitor="v2")),
        (VerificationSettings(address_day=2), replace(BY_MAIL, visitor="v2")),
        (VerificationSettings(inbox=2), replace(BY_MAIL, visitor="v2", address="other@example.org")),
    ],
    ids=["visitor", "address", "address in a day", "inbox"],
)
async def test_too_many_are_told_when_to_come_again(
    doors: World, settings: VerificationSettings, asking: Asking
) -> None:
    proving = Proving(secrets_in_order(), settings)
    await doors.db.run(ask, BY_MAIL, proving)
    doors.clock.forward(60)
    await doors.db.run(ask, BY_MAIL, proving)
    doors.clock.forward(60)
    found = await doors.db.run(ask, asking, proving)
    assert isinstance(found, Limited)
    doors.clock.forward(found.retry_after_s - 1)
    assert isinstance(await doors.db.run(ask, asking, proving), Limited)
    doors.clock.forward(1)
    assert isinstance(await doors.db.run(ask, asking, proving), Asked)


async def test_what_was_asked_is_forgotten_once_no_limit_counts_it(doors: World) -> None:
    await asked(doors)
    doors.clock.forward(86_399)
    await asked(doors, replace(BY_MAIL, visitor="v2"))

    def left(tx: Tx) -> int:
        return len(tx.conn.execute(select(verification)).all())

    await doors.db.run(forget_old, PROVING.settings)
    assert await doors.db.read(left) == 2
    doors.clock.forward(2)
    await doors.db.run(forget_old, PROVING.settings)
    assert await doors.db.read(left) == 1


async def test_of_what_was_proven_only_the_address_is_forgotten(doors: World) -> None:
    known = await asked(doors)
    await typed(doors, known, await code_of(doors, known))
    doors.clock.forward(86_401)
    await doors.db.run(forget_old, PROVING.settings)

    def left(tx: Tx) -> list[tuple[str, str | None]]:
        rows = tx.conn.execute(select(verification.c.state, verification.c.address))
        return [(row.state, row.address) for row in rows]

    assert await doors.db.read(left) == [("proven", None)]


async def test_a_link_tells_the_code_to_the_first_who_opens_it(doors: World) -> None:
    asking = Asking(WEB, "v1", "telegram", BOT)
    found = await doors.db.run(ask, asking, PROVING)
    assert isinstance(found, Asked)
    assert found.token is not None
    assert await typed(doors, found.verification, "000000") == Over()
    told = await doors.db.run(link_opened, BOT, found.token, "4711", PROVING)
    assert told is not None
    assert await doors.db.run(link_opened, BOT, found.token, "666", PROVING) is None
    assert await doors.db.run(link_opened, MAIL, found.token, "4711", PROVING) is None
    assert await doors.db.run(link_opened, BOT, "guessed", "4711", PROVING) is None
    assert await doors.db.run(link_opened, BOT, found.token, "4711", PROVING) == told
    proven = await typed(doors, found.verification, told.code)
    assert isinstance(proven, Proven)
    assert proven.address == "4711"


async def test_what_is_answered_says_nothing_of_whether_the_address_is_known(doors: World) -> None:
    known = await doors.db.run(ask, BY_MAIL, PROVING)
    stranger = await doors.db.run(ask, replace(BY_MAIL, address="nobody@example.org"), PROVING)
    assert isinstance(known, Asked)
    assert isinstance(stranger, Asked)
    assert (known.token, known.expires_in_s) == (stranger.token, stranger.expires_in_s)
