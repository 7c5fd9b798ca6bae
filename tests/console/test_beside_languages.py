"""An article is suggested and inserted beside a conversation in one and the same language, the customer's where it can be."""

import pytest

from core.ids import ArticleId
from core.store.tx import Tx
from knowledge import library
from knowledge.article import Content
from tests.console.beside import PLAIN, a_talk, finder, published_returns
from tests.console.conftest import Office


@pytest.fixture
async def returns(office: Office) -> ArticleId:
    return await published_returns(office)


async def _also_in_chinese(office: Office, article: ArticleId) -> None:
    def translate(tx: Tx) -> None:
        edit = library.Edit(Content("退货", "请在**三十天**内寄回。"), 0)
        library.edit(tx, article, "zh", edit)
        library.publish(tx, article, "zh", 1)

    await office.world.db.run(translate)


@pytest.mark.parametrize(
    ("said", "found_in", "language", "text"),
    [
        ("怎么退货？我的台灯坏了", "en", "zh", "请在三十天内寄回。"),
        ("How do I return the lamp?", "zh", "en", PLAIN),
    ],
)
async def test_what_is_shown_is_in_the_customers_language_and_is_what_goes_into_the_reply(
    office: Office, returns: ArticleId, said: str, found_in: str, language: str, text: str
) -> None:
    await _also_in_chinese(office, returns)
    finder(office).language = found_in
    ada, talk = await office.browser(), await a_talk(office, said)
    conversation = talk.rpartition("/")[2]
    suggested = await ada.get(f"{talk}/articles")
    searched = await ada.get(f"/api/knowledge/search?q=lamp&conversation={conversation}")
    assert suggested["language"] == language
    for (item,) in (suggested["items"], searched["items"]):
        assert (item["language"], item["title"]) == (language, {"en": "Returns", "zh": "退货"}[language])
        assert item["excerpt"] == " ".join(text.split())
        ask = {"article": returns, "language": item["language"], "how": "text"}
        taken = await ada.post(f"{talk}/insertions", ask, status=201)
        assert (taken["text"], taken["language"], taken["revision"]) == (text, language, item["revision"])


async def test_an_article_that_lacks_the_customers_language_goes_in_as_it_was_shown(
    office: Office, returns: ArticleId
) -> None:
    """Not in whichever of its languages comes first."""

    def german(tx: Tx) -> None:
        library.edit(tx, returns, "de", library.Edit(Content("Rückgabe", "Bitte zurück."), 0))
        library.publish(tx, returns, "de", 1)

    await office.world.db.run(german)
    finder(office).language = "en"
    ada, talk = await office.browser(), await a_talk(office, "怎么退货？我的台灯坏了")
    (item,) = (await ada.get(f"{talk}/articles"))["items"]
    assert (item["language"], item["title"]) == ("en", "Returns")
    ask = {"article": returns, "language": item["language"], "how": "text"}
    taken = await ada.post(f"{talk}/insertions", ask, status=201)
    assert (taken["text"], taken["language"]) == (PLAIN, "en")


@pytest.mark.parametrize(("asked", "given"), [("zh-CN", "zh"), ("en-US", "en"), ("fr", "en")])
async def test_a_region_is_no_other_language_and_one_it_lacks_is_the_customers(
    office: Office, returns: ArticleId, asked: str, given: str
) -> None:
    await _also_in_chinese(office, returns)
    ada, talk = await office.browser(), await a_talk(office)
    ask = {"article": returns, "language": asked, "how": "link"}
    taken = await ada.post(f"{talk}/insertions", ask, status=201)
    assert taken["language"] == given
