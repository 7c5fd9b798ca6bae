"""The migrations add up to the tables, and carry what is there along."""

from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, create_engine, inspect, text
from sqlalchemy.ext.asyncio import create_async_engine

from core.store import schema
from core.store.tables import metadata


@pytest.fixture
def empty() -> Iterator[Connection]:
    engine = create_engine("sqlite://")
    with engine.begin() as conn:
        yield conn
    engine.dispose()


def test_the_migrations_add_up_to_the_tables(empty: Connection) -> None:
    schema.upgrade(empty)
    assert beside_what_leaves(compare_metadata(MigrationContext.configure(empty), metadata)) == []


def beside_what_leaves(found: Iterable[Any]) -> list[Any]:
    return [
        each
        for each in found
        if not (each[0] == "remove_column" and (each[2], each[3].name) in schema.LEAVING)
    ]


def test_what_leaves_is_in_no_table_and_has_a_default_for_new_rows(empty: Connection) -> None:
    schema.upgrade(empty)
    for table, column in schema.LEAVING:
        assert column not in metadata.tables[table].columns
        (found,) = [each for each in inspect(empty).get_columns(table) if each["name"] == column]
        assert found["nullable"] or found["default"] is not None


@pytest.mark.postgres
async def test_they_do_on_postgresql(postgres_url: str) -> None:
    engine = create_async_engine(postgres_url)
    async with engine.connect() as conn:
        left = await conn.run_sync(lambda it: compare_metadata(MigrationContext.configure(it), metadata))
    await engine.dispose()
    assert beside_what_leaves(left) == []


def test_articles_from_before_categories_and_reviews_are_filed_and_have_a_stage(empty: Connection) -> None:
    schema.upgrade(empty, "0009_pre_routing")
    empty.execute(
        text(
            "INSERT INTO article (id, slug, category, created_at, updated_at) "
            "VALUES ('a', 'returns', '退货', '2026-01-01', '2026-01-01')"
        )
    )
    for language, number, day in (("zh", 1, "01"), ("zh", 2, "02"), ("en", 1, "03"), ("zh", 3, "04")):
        empty.execute(
            text(
                "INSERT INTO revision (article_id, language, number, title, body, questions, created_at) "
                "VALUES ('a', :language, :number, '退货', '…', '[]', :day)"
            ),
            {"language": language, "number": number, "day": f"2026-01-{day}"},
        )
    empty.execute(text("INSERT INTO published VALUES ('a', 'zh', 1, '2026-01-01')"))
    schema.upgrade(empty)
    article = empty.execute(text("SELECT * FROM article")).one()
    assert (article.audience, article.brands, article.source_language) == ("public", "[]", "zh")
    # Processes of the version before still read it.
    assert article.category == "退货"
    filed = empty.execute(
        text("SELECT names, slug FROM category WHERE id = :id"), {"id": article.category_id}
    )
    assert filed.one() == ('{"zh": "退货"}', "category-1")
    stages = empty.execute(text("SELECT language, number, stage FROM edition ORDER BY language"))
    assert stages.all() == [("en", 1, "draft"), ("zh", 3, "draft")]
    followed = empty.execute(text("SELECT DISTINCT language, source_number FROM revision ORDER BY language"))
    assert followed.all() == [("en", 2), ("zh", None)]
    assert empty.execute(text("SELECT number, until FROM publication")).all() == [(1, None)]
