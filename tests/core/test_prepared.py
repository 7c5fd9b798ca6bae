"""Statements handed to the driver as they are: lists of any length, and words that let an index of some rows serve."""

import asyncio
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from typing import Any

import pytest
from sqlalchemy import BindParameter, ColumnElement, Select, bindparam, insert, literal, select
from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateIndex, CreateTable, DDLElement

from core.store.prepared import PreparedForMany
from core.store.tables.conversation import message
from core.store.tables.people import inbox, skill
from core.store.tx import Tx
from core.store.types import word
from tests.builders import World, a_company, a_world


def skills(keys: Sequence[BindParameter[str]]) -> Select[Any]:
    return select(skill.c.id, skill.c.name).where(skill.c.id.in_(keys))


@pytest.mark.parametrize("many", [1, 2, 3, 256, 257, 600])
async def test_a_list_of_any_length_is_asked_for_and_each_comes_once(world: World, many: int) -> None:
    names = {f"skill{at}": f"Skill {at}" for at in range(many)}

    def look(tx: Tx) -> list[Any]:
        tx.conn.execute(
            insert(skill),
            [{"id": id, "name": name} for id, name in names.items()] + [{"id": "x", "name": "X"}],
        )
        return PreparedForMany(skills).rows(tx.conn, [*names, "nobody"])

    found = await world.db.run(look)
    assert len(found) == many
    assert {row.id: row.name for row in found} == names


async def test_no_list_is_no_statement(world: World) -> None:
    assert await world.db.read(lambda tx: PreparedForMany(skills).rows(tx.conn, [])) == []


@pytest.mark.postgres
async def test_who_is_broken_off_in_a_statement_spoils_the_connection_for_nobody_else(
    postgres_url: str,
) -> None:
    async with a_world(postgres_url) as world:
        await world.db.run(a_company)
        for pauses in range(40):
            task = asyncio.ensure_future(world.db.run(a_step))
            for _ in range(pauses):
                await asyncio.sleep(0)
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
            assert await world.db.read(a_step) == 1


def a_step(tx: Tx) -> int:
    return len(PreparedForMany(inboxes).rows(tx.conn, ["web"]))


def inboxes(keys: Sequence[BindParameter[str]]) -> Select[Any]:
    return select(inbox.c.id).where(inbox.c.id.in_(keys))


@pytest.mark.parametrize(("kind", "serves"), [(word("inbound"), True), (literal("inbound"), False)])
def test_only_a_word_in_the_text_lets_an_index_of_some_rows_serve_once_and_for_all(
    kind: ColumnElement[str], *, serves: bool
) -> None:
    ours = message.c.inbox_id == bindparam("inbox"), message.c.external_id == bindparam("external")
    asked = str(select(message.c.id).where(*ours, message.c.kind == kind).compile(dialect=sqlite.dialect()))
    with closing(sqlite3.connect(":memory:")) as database:
        made: list[DDLElement] = [CreateTable(message), *map(CreateIndex, message.indexes)]
        for each in made:
            database.execute(str(each.compile(dialect=sqlite.dialect())))
        plan = database.execute(f"EXPLAIN QUERY PLAN {asked}", [None] * asked.count("?")).fetchall()
    assert ("uq_message_inbound" in str(plan)) is serves


def test_what_is_no_word_of_ours_is_not_put_into_a_statement() -> None:
    with pytest.raises(ValueError, match="not a word of ours"):
        word("closed' or 'a' = 'a")
