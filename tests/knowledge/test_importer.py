"""Markdown files with front matter."""

from pathlib import Path

import pytest

from core.errors import Invalid
from knowledge import library
from knowledge.article import Content, State
from knowledge.importer import Source, import_sources, parse, read_folder
from knowledge.library import Edit, Filter
from tests.builders import World

FILE = """---
title: "Return: how to"
category: Returns
questions:
  - How do I return it?
  - 'Can I?'
---

You have **30 days**.
"""


def a_source(language: str = "en", title: str = "Return an item") -> Source:
    return Source("returns", language, "Returns", Content(title, "You have 30 days."))


def test_a_file_is_an_article() -> None:
    assert parse(FILE, slug="returns", language="en") == Source(
        "returns",
        "en",
        "Returns",
        Content("Return: how to", "You have **30 days**.", ("How do I return it?", "Can I?")),
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("title: x", "en/returns.md: expected front matter"),
        ("---\ntitle: x", "en/returns.md: expected front matter"),
        ("---\ntitle: x\n---\nbody", "en/returns.md: category: expected"),
        ("---\ntitel: x\n---\nbody", "en/returns.md, line 2: expected one of category, questions, title"),
        ("---\ntitle:\n---\nbody", "en/returns.md, line 2"),
        ("---\n- stray\n---\nbody", "en/returns.md, line 2"),
    ],
)
def test_a_mistake_in_a_file_is_named_with_its_line(text: str, message: str) -> None:
    with pytest.raises(Invalid, match=message):
        parse(text, slug="returns", language="en")


def test_a_folder_is_read_by_language(tmp_path: Path) -> None:
    for language in ("zh", "en"):
        (tmp_path / language).mkdir()
        (tmp_path / language / "returns.md").write_text(FILE, encoding="utf-8")
    assert [(each.language, each.slug) for each in read_folder(tmp_path)] == [
        ("en", "returns"),
        ("zh", "returns"),
    ]


async def test_languages_of_one_name_become_one_published_article(world: World) -> None:
    added = await world.db.run(import_sources, [a_source(), a_source("zh", "退货")])
    assert len(added) == 1
    article = await world.db.read(library.get, added[0])
    assert {tag: edition.state for tag, edition in article.editions.items()} == {
        "en": State.PUBLISHED,
        "zh": State.PUBLISHED,
    }


async def test_importing_again_leaves_what_editors_made(world: World) -> None:
    (article,) = await world.db.run(import_sources, [a_source()])
    await world.db.run(library.edit, article, "en", Edit(Content("Ours", "Our own words."), 1))
    assert await world.db.run(import_sources, [a_source()]) == []
    assert [each.title for each in await world.db.read(library.list_articles, Filter())] == ["Ours"]
