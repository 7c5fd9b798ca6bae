"""Addresses of articles: they follow titles, leave redirects behind, and never lead round in a circle."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import Conflict, Invalid, NotFound
from core.events import article_topic
from core.ids import ArticleId
from core.knowledge_events import ArticleChanged
from core.store.messages import read_events
from core.store.tx import Tx
from knowledge import library
from knowledge.article import Article, Content
from knowledge.filing import slugs
from knowledge.filing.redirecting import circle, end_of, with_redirect
from knowledge.filing.slugs import Resolved
from knowledge.library import Edit
from tests.builders import World

RETURNS = Content("Return an item", "You have 30 days.")
SENDING = replace(RETURNS, title="Send something back")
MOST = 3
_NAMES = st.sampled_from("abcdefg")


def test_a_circle_is_named_in_the_order_one_goes_round() -> None:
    known = {"b": "c", "c": "d"}
    assert circle(known, "d", "b") == ("d", "b", "c", "d")
    assert circle(known, "a", "b") == ()
    assert circle({}, "a", "a") == ("a", "a")
    with pytest.raises(Invalid, match="d → b → c → d goes round in a circle"):
        with_redirect(known, "d", "b")


def test_a_chain_is_shortened() -> None:
    assert with_redirect({"a": "b"}, "b", "c") == {"a": "c", "b": "c"}
    assert with_redirect({"b": "c"}, "a", "b") == {"a": "c"}


@settings(max_examples=40)
@given(st.lists(st.tuples(_NAMES, _NAMES), max_size=12))
def test_whatever_is_added_leads_to_an_end_in_one_step(pairs: list[tuple[str, str]]) -> None:
    known: dict[str, str] = {}
    for slug, target in pairs:
        try:
            known |= with_redirect(known, slug, target)
        except Invalid:
            assert circle(known, slug, target)
        assert all(end_of(known, each) == at for each, at in known.items())
        assert not set(known) & set(known.values())


async def made(
    world: World, content: Content = RETURNS, language: str = "en", slug: str | None = None
) -> Article:
    def create(tx: Tx) -> Article:
        return library.create(tx, language, content, slug=slug)

    return await world.db.run(create)


async def slug_of(world: World, article: ArticleId) -> str:
    return (await world.db.read(library.get, article)).slug


def renamed(tx: Tx, article: ArticleId, slug: str | None) -> str:
    before = library.get(tx, article)
    return slugs.rename(tx, before, before.version, slug)


async def published(world: World, content: Content = RETURNS) -> ArticleId:
    article = await made(world, content)
    await world.db.run(library.publish, article.id, "en", 1)
    return article.id


async def test_an_address_follows_the_title_on_the_first_publication_and_not_later(world: World) -> None:
    article = await made(world)
    await world.db.run(library.edit, article.id, "en", Edit(SENDING, 1))
    await world.db.run(library.publish, article.id, "en", 2)
    assert await slug_of(world, article.id) == "send-something-back"
    assert await world.db.read(slugs.resolve, "return-an-item") is None
    await world.db.run(library.edit, article.id, "en", Edit(RETURNS, 2))
    await world.db.run(library.publish, article.id, "en", 3)
    assert await slug_of(world, article.id) == "send-something-back"


async def test_an_address_chosen_by_hand_or_given_by_an_import_stays(world: World) -> None:
    article = await made(world, slug="returns")
    await world.db.run(library.publish, article.id, "en", 1)
    assert await slug_of(world, article.id) == "returns"


async def test_an_address_made_without_a_word_follows_the_source_language_when_it_has_one(
    world: World,
) -> None:
    article = await made(world, slug="0" * 26)
    await world.db.run(library.edit, article.id, "zh", Edit(Content("退货 30", "30 天。"), 0))
    await world.db.run(library.publish, article.id, "zh", 1)
    assert await slug_of(world, article.id) == "0" * 26
    other = await made(world, slug="1" * 26)
    await world.db.run(library.publish, other.id, "en", 1)
    assert await slug_of(world, other.id) == "return-an-item"


async def test_a_changed_address_leads_on_however_often_it_changes_and_back(world: World) -> None:
    article = await published(world)
    for slug in ("send-back", "refunds"):
        await world.db.run(renamed, article, slug)
    for old in ("return-an-item", "send-back"):
        assert await world.db.read(slugs.resolve, old) == Resolved(article, "refunds", moved=True)
    assert await world.db.read(slugs.redirects_to, "refunds") == ["return-an-item", "send-back"]
    await world.db.run(renamed, article, None)
    assert await world.db.read(slugs.resolve, "return-an-item") == Resolved(
        article, "return-an-item", moved=False
    )
    assert await world.db.read(slugs.redirects_to, "return-an-item") == ["refunds", "send-back"]
    told = await world.db.read(read_events, article_topic(article), 0, 20)
    assert [each.event for each in told].count(ArticleChanged(article)) == 3


async def test_an_address_that_leads_to_another_article_is_not_taken(world: World) -> None:
    article, other = await published(world), await published(world, Content("Lamps", "They shine."))
    await world.db.run(renamed, article, "send-back")
    for slug, code in (("lamps", "slug_taken"), ("Lamps!", "invalid")):
        with pytest.raises(Invalid) as refused:
            await world.db.run(renamed, article, slug)
        assert (refused.value.field, refused.value.code) == ("slug", code)
    with pytest.raises(Invalid, match="return-an-item leads to send-back") as led:
        await world.db.run(renamed, other, "return-an-item")
    assert led.value.code == "redirected"
    assert (await made(world)).slug == "return-an-item-2"
    with pytest.raises(Conflict):
        await made(world, slug="return-an-item")


async def test_a_stale_wish_for_an_address_is_refused(world: World) -> None:
    article = await made(world)

    def late(tx: Tx) -> str:
        return slugs.rename(tx, library.get(tx, article.id), 7, "send-back")

    with pytest.raises(Conflict) as refused:
        await world.db.run(late)
    assert refused.value.code == "newer_version"


async def test_redirects_by_hand_lead_to_articles_and_never_round(world: World) -> None:
    article = await published(world)
    await world.db.run(slugs.add_redirect, "old-help", "return-an-item", MOST)
    await world.db.run(slugs.add_redirect, "older-help", "old-help", MOST)
    assert await world.db.read(slugs.resolve, "older-help") == Resolved(article, "return-an-item", moved=True)
    for slug, target, code in (
        ("return-an-item", "older-help", "redirect_cycle"),
        ("self", "self", "redirect_cycle"),
        ("return-an-item", "nowhere", "slug_taken"),
        ("x", "nowhere", "target_gone"),
        ("X!", "return-an-item", "invalid"),
    ):
        with pytest.raises(Invalid) as refused:
            await world.db.run(slugs.add_redirect, slug, target, MOST)
        assert refused.value.code == code, slug
    with pytest.raises(Invalid, match="return-an-item → older-help → return-an-item"):
        await world.db.run(slugs.add_redirect, "return-an-item", "older-help", MOST)
    await world.db.run(slugs.add_redirect, "oldest-help", "old-help", MOST)
    with pytest.raises(Invalid, match="at most 3"):
        await world.db.run(slugs.add_redirect, "one-more", "old-help", MOST)
    await world.db.run(slugs.remove_redirect, "older-help")
    assert await world.db.read(slugs.resolve, "older-help") is None
    with pytest.raises(NotFound):
        await world.db.run(slugs.remove_redirect, "older-help")
