"""What the help center reads out of the database, on SQLite and PostgreSQL alike."""

import pytest

from core.answer import Audience, Reader
from core.ids import ArticleId
from core.store.tx import Tx
from knowledge.article import Content
from knowledge.helpcenter import reading, voting
from knowledge.helpcenter.reading import Shown
from knowledge.helpcenter.voting import Vote
from tests.builders import World
from tests.knowledge.helpcenter.conftest import translated, written

pytestmark = pytest.mark.served

PUBLIC = Reader()


def filled(tx: Tx) -> list[ArticleId]:
    """``a`` has a tag with ``b``, a category with ``c``, nothing with ``d``; ``e`` is for agents."""
    made = []
    for slug, category, tags, audience in (
        ("a", "Lamps", ("power",), Audience.PUBLIC),
        ("b", "Plants", ("power",), Audience.PUBLIC),
        ("c", "Lamps", (), Audience.PUBLIC),
        ("d", "Orders", (), Audience.PUBLIC),
        ("e", "Lamps", ("power",), Audience.AGENTS),
    ):
        more = {"slug": slug, "category": category, "tags": tags}
        made.append(written(tx, Content(slug.upper(), f"About {slug}."), audience, (), more))
    translated(tx, made[0], "zh", "甲")
    return made


async def test_articles_are_related_by_tags_likeness_and_category(world: World) -> None:
    made = await world.db.run(filled)

    def related(tx: Tx, *alike: int) -> str:
        shown = reading.find(tx, PUBLIC, "en", "a")
        assert isinstance(shown, Shown)
        lines = reading.related(tx, PUBLIC, shown, [made[each] for each in alike], 4)
        return "".join(line.slug for line in lines)

    assert await world.db.read(related) == "bc"
    assert await world.db.read(related, 4, 3) == "bdc"
    assert await world.db.read(related, 3, 2) == "bcd"


async def test_the_map_the_feed_and_the_subjects_say_what_is_there(world: World) -> None:
    made = await world.db.run(filled)
    listed = await world.db.read(reading.list_for_sitemap, PUBLIC, ("en", "zh"), 0, 2)
    assert [(each.slug, each.language, each.languages) for each in listed] == [
        ("a", "en", ("en", "zh")),
        ("a", "zh", ("en", "zh")),
        ("b", "en", ("en",)),
    ]
    assert await world.db.read(reading.count_listed, PUBLIC, ("en", "zh")) == 4
    assert await world.db.read(reading.filled_categories, PUBLIC, ("en", "zh")) == (
        ("lamps", ("en", "zh")),
        ("plants", ("en",)),
        ("orders", ("en",)),
    )
    newest = await world.db.read(reading.newest, PUBLIC, "en", 10)
    assert sorted(each.slug for each in newest) == ["a", "b", "c", "d"]
    assert all(each.first_at == each.published_at for each in newest)
    assert made[4] not in {each.id for each in newest}


async def test_reasons_and_comments_are_counted_and_paged(world: World) -> None:
    made = await world.db.run(filled)

    def vote(tx: Tx, visitor: str, reason: str, comment: str | None) -> None:
        given = Vote(helpful=False, number=1, visitor=visitor, reason=reason, comment=comment)
        assert voting.record(tx, PUBLIC, "en", "a", given) is not None

    for number in range(3):
        await world.db.run(vote, str(number), "wrong" if number else "missing", f"Comment {number}")
    assert await world.db.read(voting.reasons, made[0]) == {"wrong": 2, "missing": 1}
    (newest, middle) = await world.db.read(voting.comments, made[0], None, 2)
    (oldest,) = await world.db.read(voting.comments, made[0], middle.id, 2)
    assert [newest.text, middle.text, oldest.text] == ["Comment 2", "Comment 1", "Comment 0"]
