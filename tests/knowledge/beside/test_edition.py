"""An article is shown beside a conversation in the language in which it would go into a reply."""

import pytest

from core.answer import Answer
from core.ids import ArticleId
from knowledge.beside.asking import spoken
from knowledge.beside.edition import chosen, foreign, once


def an_answer(article: str, language: str) -> Answer:
    return Answer(ArticleId(article), 1, language, article, "", "", 0.5)


@pytest.mark.parametrize(
    ("wishes", "found"),
    [
        (("zh-CN",), "zh"),
        (("EN-us",), "en"),
        (("fr", "zh"), "zh"),
        ((None, "en-GB"), "en"),
        (("pt-PT",), "pt-BR"),
        (("fr", None), "de"),
    ],
)
def test_the_first_wish_that_can_be_met_counts_and_a_region_is_no_other_language(
    wishes: tuple[str | None, ...], found: str
) -> None:
    assert chosen(["de", "en", "pt-BR", "zh"], *wishes) == found


def test_only_what_stands_in_another_language_than_the_customers_is_looked_up() -> None:
    has = {"both": ["en", "zh"], "english": ["en"]}
    found = [an_answer("both", "en"), an_answer("english", "en"), an_answer("gone", "en")]
    assert foreign(found, has, "zh-CN") == {"both": "zh"}
    assert foreign(found, has, "en-US") == foreign(found, has, None) == {}


def test_an_article_that_was_found_in_two_languages_is_shown_once() -> None:
    found = [an_answer("a", "zh"), an_answer("b", "zh"), an_answer("a", "en")]
    assert once(found) == found[:2]


@pytest.mark.parametrize(
    ("said", "known", "speaks"),
    [
        (("How do I pay?",), "zh-CN", "en"),
        (("怎么退货？", "ok thanks"), "en", "zh"),
        (("怎么退货？",), "zh-TW", "zh-TW"),
        (("Wie geht das?",), "de", "de"),
        (("12345",), None, None),
    ],
)
def test_what_customers_write_says_what_they_speak_before_what_their_browser_does(
    said: tuple[str, ...], known: str | None, speaks: str | None
) -> None:
    assert spoken(said, known) == speaks
