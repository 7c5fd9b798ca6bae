"""Reusables, images, unsaved text and links to articles, on both databases."""

import pytest
from sqlalchemy import insert

from core.answer import AGENT_READER, PUBLIC_READER, Reader
from core.errors import Conflict, Invalid, NotFound
from core.events import KNOWLEDGE_TOPIC
from core.ids import AgentId, ArticleId
from core.knowledge_events import KnowledgeChanged
from core.store.messages import read_events
from core.store.tables.knowledge import article, redirect
from core.store.tx import Tx
from core.tasks import Workers
from core.texts import Texts
from knowledge import library
from knowledge.article import Content
from knowledge.library import Edit
from knowledge.rendering.values import Kind
from knowledge.writing import images, reusables, working
from knowledge.writing.lookup import Asked, addresses
from knowledge.writing.picture import Picture
from knowledge.writing.presenter import Presenter
from knowledge.writing.settings import ReusableSettings
from tests.builders import World
from tests.house.tree import ROOT

USUAL = ReusableSettings()
ADA, BOB = AgentId("ada"), AgentId("bob")


def wrote(tx: Tx, title: str, body: str, *, language: str = "en", publish: bool = True) -> ArticleId:
    made = library.create(tx, language, Content(title, body), category="Help")
    if publish:
        library.publish(tx, made.id, language, 1)
    return made.id


def snippet(tx: Tx, name: str, text: str, kind: Kind = Kind.SNIPPET) -> None:
    reusables.add(tx, name, kind, {"en": text}, USUAL)


async def test_a_reusable_is_said_in_the_reader_s_language_or_in_one_that_it_has(world: World) -> None:
    def work(tx: Tx) -> None:
        texts = {"en": "Mon to Fri", "zh": "周一至周五"}
        reusables.add(tx, "hours", Kind.VARIABLE, texts, USUAL, ADA)
        reusables.add(tx, "name", Kind.VARIABLE, {"zh": "灯"}, USUAL)
        assert reusables.in_language(tx, "zh-TW")["hours"].text == "周一至周五"
        assert reusables.in_language(tx, "fr")["hours"].text == "Mon to Fri"
        assert reusables.in_language(tx, "fr")["name"].text == "灯"

    await world.db.run(work)
    told = await world.db.read(read_events, KNOWLEDGE_TOPIC, 0, 10)
    assert [each.event for each in told] == [KnowledgeChanged("reusables")] * 2


async def test_a_change_on_top_of_somebody_else_s_is_refused(world: World) -> None:
    def work(tx: Tx) -> None:
        snippet(tx, "hours", "Mon")
        assert reusables.change(tx, "hours", {"en": "Tue"}, 1, USUAL, BOB).version == 2
        with pytest.raises(Conflict, match="changed"):
            reusables.change(tx, "hours", {"en": "Wed"}, 1, USUAL)
        with pytest.raises(NotFound):
            reusables.change(tx, "fax", {"en": "Wed"}, 1, USUAL)

    await world.db.run(work)


@pytest.mark.parametrize(
    ("name", "kind", "texts", "field"),
    [
        ("Hours", Kind.VARIABLE, {"en": "x"}, "name"),
        ("{{x}}", Kind.VARIABLE, {"en": "x"}, "name"),
        ("hours", Kind.VARIABLE, {"en": "x\ny"}, "texts.en"),
        ("hours", Kind.VARIABLE, {"en": "x" * 301}, "texts.en"),
        ("hours", Kind.VARIABLE, {"en": " "}, "texts"),
        ("hours", Kind.VARIABLE, {"English": "x"}, "language"),
        ("hours", Kind.SNIPPET, {"en": "a {{hours}}"}, "texts"),
    ],
)
async def test_a_reusable_that_cannot_be_is_refused_by_its_field(
    world: World, name: str, kind: Kind, texts: dict[str, str], field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        await world.db.run(reusables.add, name, kind, texts, USUAL)
    assert refused.value.field == field


async def test_snippets_that_would_contain_themselves_are_refused_with_the_way(world: World) -> None:
    def work(tx: Tx) -> None:
        snippet(tx, "a", "A")
        snippet(tx, "b", "B {{a}}")
        snippet(tx, "c", "C {{b}} `{{d}}`")
        with pytest.raises(Invalid, match="a → c → b → a") as refused:
            reusables.change(tx, "a", {"en": "fine", "zh": "{{c}}"}, 1, USUAL)
        assert refused.value.code == "cycle"

    await world.db.run(work)


async def test_what_is_used_stays_and_says_where(world: World) -> None:
    def work(tx: Tx) -> None:
        for name in ("hours", "phone", "free"):
            snippet(tx, name, "x")
        snippet(tx, "footer", "Call {{phone}}")
        wrote(tx, "Opening", "We are open {{ hours }}", publish=False)
        wrote(tx, "Code", "Write `{{free}}`")
        with pytest.raises(Conflict, match="used in Opening"):
            reusables.remove(tx, "hours")
        with pytest.raises(Conflict, match="used in footer"):
            reusables.remove(tx, "phone")
        reusables.remove(tx, "free")
        with pytest.raises(NotFound):
            reusables.remove(tx, "free")

    await world.db.run(work)


async def test_what_is_published_counts_as_a_use_also_when_the_draft_names_it_no_more(world: World) -> None:
    def work(tx: Tx) -> None:
        snippet(tx, "hours", "x")
        made = wrote(tx, "Opening", "{{hours}}")
        library.edit(tx, made, "en", Edit(Content("Opening", "Later"), 1))
        assert [each.title for each in reusables.where_used(tx)["hours"][0]] == ["Opening"]
        library.publish(tx, made, "en", 2)
        assert "hours" not in reusables.where_used(tx)

    await world.db.run(work)


async def test_the_same_image_is_kept_once(world: World) -> None:
    def work(tx: Tx) -> None:
        picture = Picture("image/png", 1, 1, b"x", "d1")
        first = images.keep(tx, picture, ADA)
        assert images.keep(tx, picture, BOB) == first
        assert images.keep(tx, Picture("image/png", 1, 1, b"y", "d2"), BOB).id != first.id
        assert images.load(tx, first.id) == ("image/png", b"x")
        with pytest.raises(NotFound):
            images.load(tx, "nothing")

    await world.db.run(work)


async def test_each_person_has_a_copy_of_their_own_until_they_drop_it(world: World) -> None:
    def work(tx: Tx) -> None:
        made = wrote(tx, "Returns", "x")
        ada, bob = (working.Desk(made, "en", who) for who in (ADA, BOB))
        working.keep(tx, ada, 1, working.Draft("A", "a"))
        working.keep(tx, bob, 1, working.Draft("B", "b", ("q",), "n"))
        working.keep(tx, ada, 1, working.Draft("A2", "a2"))
        kept = {each.agent: each.draft for each in working.copies(tx, made, "en")}
        assert kept == {ADA: working.Draft("A2", "a2"), BOB: working.Draft("B", "b", ("q",), "n")}
        assert working.copies(tx, made, "zh") == []
        working.drop(tx, ada)
        working.drop(tx, ada)
        assert [each.agent for each in working.copies(tx, made, "en")] == [BOB]
        with pytest.raises(NotFound):
            working.keep(tx, working.Desk(ArticleId("gone"), "en", ADA), 0, working.Draft("", ""))

    await world.db.run(work)


async def test_links_follow_an_article_and_show_nothing_that_is_not_for_the_reader(world: World) -> None:
    def work(tx: Tx) -> None:
        wrote(tx, "Returns", "x")
        wrote(tx, "退货", "x", language="zh")
        hidden = wrote(tx, "Inside", "x")
        wrote(tx, "Later", "x", publish=False)
        gone = wrote(tx, "Gone", "x")
        tx.conn.execute(article.update().where(article.c.id == hidden).values(audience="agents"))
        tx.conn.execute(article.update().where(article.c.id == gone).values(archived_at=tx.now))
        for slug, target in (("old", "older"), ("older", "returns"), ("loop", "pool"), ("pool", "loop")):
            tx.conn.execute(insert(redirect).values(slug=slug, target=target, created_at=tx.now))
        slugs = {"returns", "old", "loop", "inside", "later", "gone", "never"}
        public = addresses(tx, slugs, Asked("en", PUBLIC_READER))
        assert public == {"returns": "/help/en/articles/returns", "old": "/help/en/articles/returns"}
        assert addresses(tx, slugs, Asked("zh", Reader()))["returns"] == "/help/en/articles/returns"
        agents = addresses(tx, slugs, Asked("en", AGENT_READER))
        assert set(agents) == {"returns", "old", "inside"}
        assert set(addresses(tx, slugs, Asked("en", AGENT_READER, editor=True))) == {*agents, "later"}

    await world.db.run(work)


async def test_an_article_is_presented_with_all_that_it_rests_on(world: World, workers: Workers) -> None:
    def work(tx: Tx) -> None:
        reusables.add(tx, "phone", Kind.VARIABLE, {"en": "555"}, USUAL)
        snippet(tx, "more", "See [returns](article:returns).")
        wrote(tx, "Returns", "x")

    await world.db.run(work)
    presenter = Presenter(world.db, workers, Texts(ROOT / "web" / "locales"))
    shown = await presenter.html("> [!NOTE]\n> Call {{phone}}. {{fax}}\n\n{{more}}", "zh")
    assert "Call 555. </p>" in shown.body
    assert 'href="/help/en/articles/returns"' in shown.body
    assert '<p class="callout-title">说明</p>' in shown.body
    assert '<mark class="missing">' in (await presenter.html("{{fax}}", "en", editor=True)).body
    with pytest.raises(Invalid, match="at most 50000 characters"):
        await presenter.html("x" * 50_001, "en")
