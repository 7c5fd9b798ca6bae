"""Searching, voting, being counted, and asking a person: what readers do beside reading."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import insert

from core.answer import Reader
from core.store.tables.loop import article_use, article_vote, gap
from core.store.tx import Tx
from knowledge.helpcenter.contract import Ways
from knowledge.index.finding import Finding
from knowledge.ranking import Evidence, Found, Overlap
from tests.knowledge.helpcenter.conftest import Site, rows

pytestmark = pytest.mark.served

VOTE = {"helpful": "no", "number": "1"}


async def test_a_search_shows_where_the_answer_stands_and_goes_on_by_pages(site: Site) -> None:
    for number in range(5):
        await site.write(f"Lamp number {number}", f"Turn lamp {number} off at the wall.")
    page = await site.get("/help/en/search?q=lamp+wall")
    assert page.count('class="result"') == 3
    assert "<mark>wall</mark>" in page
    assert 'href="/help/en/search?q=lamp+wall&amp;page=2"' in page
    second = await site.get("/help/en/search?q=lamp+wall&page=2")
    assert second.count('class="result"') == 2
    assert "&amp;page=3" not in second
    assert "noindex" in page


@pytest.fixture
async def meaning(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is nearest by meaning is found for anything, as with real models."""
    look = site.search.look

    async def nearest(q: str, language: str, limit: int, reader: Reader) -> Finding:
        found = await look("return", language, limit, reader)
        near = 0.8 if q == "send back" else 0.2
        hits = (
            replace(hit, asked=frozenset({q}), probability=0.01, evidence=Evidence(Found(), Overlap(), near))
            for hit in found.hits
        )
        return Finding(tuple(hits))

    monkeypatch.setattr(site.search, "look", nearest)


@pytest.mark.usefixtures("meaning")
async def test_what_is_nearest_to_nonsense_is_not_shown_as_an_answer(site: Site) -> None:
    await site.write("Return something")
    page = await site.get("/help/en/search?q=zzzz")
    assert "Nothing was found" in page
    assert 'class="result"' not in page
    assert json.loads(await site.get("/help/en/suggest?q=zzzz")) == {"items": []}
    assert 'class="result"' in await site.get("/help/en/search?q=send+back")


async def test_suggestions_come_while_the_last_word_is_only_begun(site: Site) -> None:
    await site.write("Return something")
    found = json.loads(await site.get("/help/en/suggest?q=retu"))
    assert found["items"] == [
        {"title": "Return something", "href": "/help/en/articles/return-something?q=retu", "language": "en"}
    ]
    assert json.loads(await site.get("/help/en/suggest?q=")) == {"items": []}


async def test_a_search_that_found_nothing_good_is_kept_without_what_names_a_person(site: Site) -> None:
    await site.write("Return something")
    await site.get("/help/en/search?q=quantum+entanglement+for+jane@example.org")
    await site.get("/help/en/search?q=return+something")
    kept = await site.world.db.read(rows, gap)
    assert [each["text"] for each in kept] == ["quantum entanglement for [✉]"]
    assert kept[0]["asked_in"] == "help"


async def test_a_vote_is_taken_by_a_plain_form_and_may_say_why(site: Site) -> None:
    await site.write("Return something")
    response = await site.post("/help/en/articles/return-something/votes", VOTE)
    assert (response.status, response.headers["Location"]) == (
        303,
        "/help/en/articles/return-something?voted=no#vote",
    )
    assert "What was wrong with it?" in await site.get("/help/en/articles/return-something?voted=no")
    why = VOTE | {"reason": "missing", "comment": "Call me: +49 170 1234567, jane@example.org " + "x" * 99}
    assert (
        "voted=done" in (await site.post("/help/en/articles/return-something/votes", why)).headers["Location"]
    )
    (kept,) = await site.world.db.read(rows, article_vote)
    assert (kept["helpful"], kept["reason"], kept["number"]) == (False, "missing", 1)
    assert "1234567" not in str(kept["comment"])
    assert "jane" not in str(kept["comment"])
    assert len(str(kept["comment"])) <= 50


async def test_each_visitor_has_one_vote_a_day_and_is_nobody_the_next(site: Site) -> None:
    await site.write("Return something")
    path = "/help/en/articles/return-something/votes"
    for helpful in ("yes", "no", "yes"):
        await site.post(path, VOTE | {"helpful": helpful}, User_Agent="one")
    await site.post(path, VOTE, User_Agent="two")
    kept = await site.world.db.read(rows, article_vote)
    assert sorted(bool(each["helpful"]) for each in kept) == [False, True]
    assert all("127.0.0.1" not in str(each) for each in kept)
    site.world.clock.forward(timedelta(days=1).total_seconds())
    await site.post(path, VOTE, User_Agent="one")
    assert len({each["visitor"] for each in await site.world.db.read(rows, article_vote)}) == 3


@pytest.mark.parametrize(
    "headers",
    [{"Origin": "https://evil.example"}, {"Origin": "null"}, {"Sec_Fetch_Site": "cross-site"}],
)
async def test_nobody_votes_through_another_site_s_page(site: Site, headers: dict[str, str]) -> None:
    await site.write("Return something")
    assert (await site.post("/help/en/articles/return-something/votes", VOTE, **headers)).status == 403
    assert await site.world.db.read(rows, article_vote) == []


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"helpful": "maybe", "number": "1"},
        {"helpful": "no", "number": "x"},
        {"helpful": "no"},
        VOTE | {"reason": "because"},
        VOTE | {"comment": "x" * 20_000},
    ],
)
async def test_a_form_that_is_none_of_ours_is_refused(site: Site, wrong: dict[str, str]) -> None:
    await site.write("Return something")
    assert (await site.post("/help/en/articles/return-something/votes", wrong)).status == 400


async def test_views_are_counted_without_a_write_for_each(site: Site) -> None:
    await site.write("Return something")
    for _ in range(3):
        await site.get("/help/en/articles/return-something")
    await site.get("/help/en/articles/return-something?voted=yes")
    await site.get("/help/en/articles/return-something", Sec_Purpose="prefetch")
    assert await site.world.db.read(rows, article_use) == []
    await site.center.views.flush()
    await site.get("/help/en/articles/return-something")
    await site.center.views.flush()
    (kept,) = await site.world.db.read(rows, article_use)
    assert (kept["kind"], kept["count"], kept["number"]) == ("viewed", 4, 1)


async def test_what_is_read_most_comes_first(site: Site) -> None:
    first = await site.write("First")
    await site.write("Second")

    def read_often(tx: Tx) -> None:
        row = {"article_id": first, "language": "en", "number": 1, "kind": "viewed", "count": 9}
        tx.conn.execute(insert(article_use).values(day=tx.now.date(), **row))

    await site.world.db.run(read_often)
    page = await site.get("/help/en")
    assert page.index("/articles/first") < page.index("/articles/second")


async def test_asking_a_person_carries_what_was_read_and_searched_for(site: Site) -> None:
    await site.write("Return something")
    assert "Contact us" not in await site.get("/help/en")
    site.ways[None] = Ways("/talk.js", "web", "/talk/web", "help@example.org")
    await site.write("Another")
    page = await site.get("/help/en/articles/return-something?q=send+back")
    assert 'href="/help/en/contact?article=return-something&amp;q=send+back"' in page
    assert '<script src="/talk.js" data-inbox="web"' in page
    contact = await site.get("/help/en/contact?article=return-something&q=send+back")
    assert "Return something" in contact
    assert "send back" in contact
    assert (
        'href="/talk/web?lang=en&amp;article=https%3A%2F%2Fhelp.example%2Fhelp%2Fen%2Farticles%2Freturn-something&amp;q=send+back"'
        in contact
    )
    assert 'href="mailto:help@example.org?subject=Return%20something&amp;body=https%3A%2F%2F' in contact
