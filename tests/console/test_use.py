"""What readers of the help center said of an article, as its authors see it over HTTP."""

import pytest

from core.answer import Reader
from core.ids import ArticleId
from core.store.tx import Tx
from knowledge import library
from knowledge.helpcenter.settings import HelpSettings
from knowledge.helpcenter.voting import Vote, record
from tests.console.beside import published_returns
from tests.console.conftest import Office

pytestmark = pytest.mark.served

A_PAGE = HelpSettings().comments


@pytest.fixture
async def returns(office: Office) -> ArticleId:
    return await published_returns(office)


def vote(tx: Tx, article: ArticleId, vote: Vote) -> None:
    assert record(tx, Reader(), "en", library.get(tx, article).slug, vote) is not None


async def missed(office: Office, returns: ArticleId, number: int, comment: str | None) -> None:
    reason = "missing" if number % 3 else "wrong"
    given = Vote(helpful=False, number=1, visitor=f"visitor {number}", reason=reason, comment=comment)
    await office.world.db.run(vote, returns, given)


async def test_an_articles_use_says_why_it_did_not_help_and_what_readers_missed(
    office: Office, returns: ArticleId
) -> None:
    ada = await office.browser()
    await missed(office, returns, 1, "Where do I send it? Tell ann@example.org, +49 170 1234567")
    await missed(office, returns, 2, None)
    await missed(office, returns, 3, "  ")
    await office.world.db.run(vote, returns, Vote(helpful=True, number=1, visitor="glad"))
    await office.world.db.run(vote, returns, Vote(helpful=False, number=1, visitor="silent"))
    use = await ada.get(f"/api/articles/{returns}/use")
    assert use["reasons"] == [{"reason": "missing", "count": 2}, {"reason": "wrong", "count": 1}]
    (comment,) = use["comments"]["items"]
    assert (comment["language"], comment["number"], comment["reason"]) == ("en", 1, "missing")
    assert comment["text"].startswith("Where do I send it?")
    assert "ann" not in comment["text"]
    assert "1234567" not in comment["text"]
    assert use["comments"]["next"] is None
    assert (use["revisions"][0]["helpful"], use["revisions"][0]["unhelpful"]) == (1, 4)


async def test_the_comments_of_readers_come_by_pages_the_newest_first(
    office: Office, returns: ArticleId
) -> None:
    ada = await office.browser()
    for number in range(A_PAGE + 3):
        await missed(office, returns, number, f"Comment {number} of a reader")
    first = (await ada.get(f"/api/articles/{returns}/use"))["comments"]
    rest = await ada.get(f"/api/articles/{returns}/votes?before={first['next']}")
    texts = [each["text"] for each in (*first["items"], *rest["items"])]
    assert len(first["items"]) == A_PAGE
    assert texts == [f"Comment {number} of a reader" for number in reversed(range(A_PAGE + 3))]
    assert rest["next"] is None


async def test_comments_are_asked_for_of_an_article_that_is_there_and_as_the_page_before_said(
    office: Office, returns: ArticleId
) -> None:
    ada = await office.browser()
    assert (await ada.call("GET", "/api/articles/none/votes")).status == 404
    assert (await ada.call("GET", f"/api/articles/{returns}/votes?before=%00")).status == 422
