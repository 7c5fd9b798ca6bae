"""The sample company, as a first start makes it."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from sqlalchemy import func, select

from app.cli.serve import sample_people, seed_and_keep
from app.sample.company import SignIn, seed
from app.sample.inboxes import TELEGRAM, WEB
from app.sample.people import LINES, PEOPLE, SKILLS
from core.inbox import BotMode
from core.store.codec import load_parts
from core.store.conversations import get_inbox
from core.store.tables import metadata, people
from core.store.tables.conversation import conversation, message
from core.store.tables.knowledge import article, published
from core.store.tx import Tx
from routing.calendar import BusinessHours, Interval, parse_time
from routing.rulebook.outcome import usable
from routing.rulebook.reach import unreachable
from routing.rulebook.rule import Rule
from routing.rulebook.store import known, stored_rules
from tests.builders import World, a_world, sqlite_url

pytestmark = pytest.mark.served


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
async def world(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[World]:
    """An empty installation."""
    url = sqlite_url(tmp_path) if request.param == "sqlite" else request.getfixturevalue("postgres_url")
    async with a_world(url) as made:
        yield made


def passwords() -> Iterator[str]:
    for number in range(1, 100):
        yield f"password-{number}"


def seeded(tx: Tx) -> tuple[SignIn, ...]:
    made = passwords()
    return seed(tx, lambda password: f"hash of {password}", lambda: next(made))


def rows(tx: Tx) -> dict[str, int]:
    """How many rows each table has."""
    return {
        name: tx.conn.execute(select(func.count()).select_from(table)).scalar_one()
        for name, table in metadata.tables.items()
    }


async def test_everybody_gets_a_password_of_their_own_and_only_its_hash_is_stored(world: World) -> None:
    sign_ins = await world.db.run(seeded)
    assert [each.name for each in sign_ins] == [person.name for person in PEOPLE]
    assert len({each.password for each in sign_ins}) == len(PEOPLE)
    assert {role for each in sign_ins for role in each.roles} == {
        "agent",
        "publisher",
        "supervisor",
        "administrator",
    }
    stored = await world.db.read(
        lambda tx: tx.conn.execute(select(people.agent.c.email, people.agent.c.password_hash)).all()
    )
    assert dict(map(tuple, stored)) == {each.email: f"hash of {each.password}" for each in sign_ins}


async def test_seeding_twice_adds_nothing_and_tells_no_password_again(world: World) -> None:
    await world.db.run(seeded)
    before = await world.db.read(rows)
    assert await world.db.run(seeded) == ()
    assert await world.db.read(rows) == before


async def test_every_queue_has_members_who_can_do_its_work(world: World) -> None:
    skills = {person.name: dict(person.skills) for person in PEOPLE}
    assert {name for person in skills.values() for name in person} == set(SKILLS)
    for line in LINES:
        able = [
            name
            for name in line.members
            if all(skills[name].get(needed, 0) >= level for needed, level, _ in line.needs)
        ]
        assert len(able) > 1, line.name


async def test_the_widget_has_a_bot_a_greeting_in_both_languages_and_a_queue(world: World) -> None:
    await world.db.run(seeded)
    inbox = await world.db.read(get_inbox, WEB)
    assert (inbox.kind, inbox.enabled, inbox.bot) == ("widget", True, BotMode.ANSWER)
    greeting = inbox.config["greeting"]
    assert isinstance(greeting, dict)
    assert set(greeting) == {"en", "zh"}


async def test_the_telegram_bot_waits_switched_off_for_a_token(world: World) -> None:
    await world.db.run(seeded)
    inbox = await world.db.read(get_inbox, TELEGRAM)
    assert (inbox.kind, inbox.enabled, inbox.config) == ("telegram", False, {})


async def test_talks_show_what_telegram_and_the_chat_page_bring(world: World) -> None:
    await world.db.run(seeded)
    counts = await world.db.read(rows)
    assert counts["message_edit"] == 1
    assert counts["rating"] == 3
    assert counts["contact_claim"] == 2
    assert counts["media"] == counts["media_content"] > 3
    said = await world.db.read(lambda tx: tx.conn.execute(select(message.c.parts, message.c.delivery)).all())
    parts = {type(part).__name__ for row in said for part in load_parts(row.parts)}
    assert {"Text", "Attachment", "Quoted", "Location", "SharedContact"} <= parts
    assert {"failed", "uncertain"} <= {row.delivery for row in said}


async def test_every_article_is_published_in_both_languages(world: World) -> None:
    await world.db.run(seeded)
    counts = await world.db.read(rows)
    assert counts[published.name] == 2 * counts[article.name]
    assert counts[article.name] >= 24


async def test_business_hours_are_valid_and_know_the_holidays_of_berlin(world: World) -> None:
    await world.db.run(seeded)
    row = await world.db.read(lambda tx: tx.conn.execute(select(people.business_hours)).one())
    week = tuple(
        tuple(Interval(parse_time(start, "week"), parse_time(end, "week")) for start, end in day)
        for day in row.week.days
    )
    BusinessHours(row.zone, week)
    names = {holiday.date: holiday.name for holiday in row.holidays}
    assert names["2026-04-03"] == "Good Friday"
    assert names["2027-05-17"] == "Pentecost Monday"


async def test_past_conversations_are_settled_so_that_nothing_is_offered_or_sent_again(world: World) -> None:
    await world.db.run(seeded)
    held = await world.db.read(lambda tx: tx.conn.execute(select(conversation)).all())
    assert {row.status for row in held} == {"resolved", "waiting"}
    assert all(row.created_at < world.clock.now() for row in held)
    waiting = select(func.count()).where(message.c.delivery.in_(["queued", "sending"]))
    assert await world.db.read(lambda tx: tx.conn.execute(waiting).scalar_one()) == 0
    loads = await world.db.read(lambda tx: tx.conn.execute(select(people.agent.c.load)).scalars().all())
    assert set(loads) == {0}


async def test_the_printed_passwords_are_those_of_the_people_whenever_the_first_start_was_cut_off(
    world: World, tmp_path: Path
) -> None:
    def cut_off(tx: Tx) -> None:
        seed_and_keep(tx, tmp_path)
        raise InterruptedError

    with pytest.raises(InterruptedError):
        await world.db.run(cut_off)
    await world.db.run(seed_and_keep, tmp_path)
    await world.db.run(seed_and_keep, tmp_path)
    hashes = await world.db.read(
        lambda tx: dict(
            map(tuple, tx.conn.execute(select(people.agent.c.email, people.agent.c.password_hash)).all())
        )
    )
    printed = sample_people(tmp_path)
    assert len(printed) == len(PEOPLE)
    assert all(PasswordHasher().verify(hashes[one.email], one.password) for one in printed)
    assert (tmp_path / "sample-sign-ins.json").stat().st_mode & 0o077 == 0


async def test_each_routing_rule_can_decide_and_names_only_what_there_is(world: World) -> None:
    await world.db.run(seeded)

    def look(tx: Tx) -> tuple[list[Rule], list[Rule]]:
        there = known(tx)
        rules = stored_rules(tx)
        return rules, [usable(rule, there) for rule in rules]

    rules, left = await world.db.read(look)
    assert len(rules) == 5
    assert left == rules
    assert unreachable(rules) == ()
