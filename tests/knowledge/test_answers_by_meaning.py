"""With the models that are installed, the sample company's questions are answered at least as well as the figures here."""

from functools import cache

import pytest

from core.ids import ArticleId
from knowledge.embedding.models import Models, background
from knowledge.embedding.settings import EmbeddingSettings
from knowledge.index import Hit, Index, Meanings, prepare
from knowledge.store import Key
from tests.knowledge.sample import read_sample
from tests.knowledge.test_answers import (
    ANSWER_AT,
    LANGUAGES,
    PARAPHRASES,
    UNANSWERABLE,
    own_questions,
)

pytestmark = pytest.mark.served  # loads the real models, for seconds

SUGGEST_AT = 0.1
MODELS = Models(EmbeddingSettings())


@cache
def index(*languages: str) -> Index:
    """Of the articles in these languages; in several, each language has a room of its own."""
    keys = {
        Key(ArticleId(each.slug), each.language, 1): each.content
        for each in read_sample()
        if each.language in languages
    }
    documents = {key: prepare(key, content) for key, content in keys.items()}
    meanings: dict[str, Meanings] = {}
    for language in languages:
        model = MODELS.of(language)
        assert model is not None
        texts = [text for key, each in documents.items() if key.language == language for text in each.meant]
        vectors = dict(zip(texts, model.questions(texts), strict=True))
        meanings[language] = Meanings(vectors, background(model))
    return Index(documents, vectors=meanings)


def found(question: str, language: str) -> list[Hit]:
    model = MODELS.of(language)
    assert model is not None
    return index(language).find(question, language, 3, vector=model.questions([question])[0])


def slugs(question: str, language: str) -> list[str]:
    return [hit.document.article for hit in found(question, language)]


@pytest.mark.parametrize(("language", "first", "in_three"), [("en", 0.93, 1.0), ("zh", 0.96, 1.0)])
def test_paraphrases_find_their_article(language: str, first: float, in_three: float) -> None:
    asked = PARAPHRASES[language]
    places = [slugs(question, language) for question, _ in asked]
    right = [slug for _, slug in asked]
    assert sum(one[:1] == [slug] for one, slug in zip(places, right, strict=True)) >= first * len(asked)
    assert sum(slug in one for one, slug in zip(places, right, strict=True)) >= in_three * len(asked)


@pytest.mark.parametrize(("language", "answered", "right"), [("en", 0.65, 0.97), ("zh", 0.6, 1.0)])
def test_what_is_answered_at_once_is_right(language: str, answered: float, right: float) -> None:
    hits = [(found(question, language)[0], slug) for question, slug in PARAPHRASES[language]]
    sure = [hit.document.article == slug for hit, slug in hits if hit.probability >= ANSWER_AT]
    assert len(sure) >= answered * len(hits)
    assert sum(sure) >= right * len(sure)


@pytest.mark.parametrize(("language", "suggested"), [("en", 0.9), ("zh", 0.93)])
def test_what_is_not_sure_is_suggested(language: str, suggested: float) -> None:
    asked = PARAPHRASES[language]
    likely = [
        {hit.document.article for hit in found(question, language) if hit.probability >= SUGGEST_AT}
        for question, _ in asked
    ]
    assert sum(slug in some for some, (_, slug) in zip(likely, asked, strict=True)) >= suggested * len(asked)


@pytest.mark.parametrize(("language", "answered", "suggested"), [("en", 1, 5), ("zh", 0, 2)])
def test_questions_that_nothing_answers_stay_below(language: str, answered: int, suggested: int) -> None:
    best = [found(question, language)[0].probability for question in UNANSWERABLE[language]]
    assert sum(each >= ANSWER_AT for each in best) <= answered
    assert sum(each >= SUGGEST_AT for each in best) <= suggested


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_articles_own_title_and_questions_find_it_first(language: str) -> None:
    for question, slug in own_questions(language):
        first = found(question, language)[0]
        assert first.document.article == slug, question
        assert first.probability >= ANSWER_AT, question
