"""What a button means, as it is kept in the message that offered it; only opaque ids travel. Pure."""

from typing import assert_never

from bot.contract import ChoseArticle, ChoseGone, ChoseHelped, Chosen, ChosePerson
from core.ids import ArticleId

_PERSON, _HELPED, _NOT_HELPED, _ARTICLE = "person", "helped", "not-helped", "article"


def meaning_of(chosen: Chosen) -> str:
    """The form that ``core.message.Option.meaning`` keeps."""
    match chosen:
        case ChosePerson():
            return _PERSON
        case ChoseHelped(helped):
            return _HELPED if helped else _NOT_HELPED
        case ChoseArticle(article, language, _):
            return f"{_ARTICLE} {language} {article}"
        case ChoseGone():
            return "gone"
        case _:
            assert_never(chosen)


def chosen_by(meaning: str, label: str) -> Chosen:
    """Back again; ``ChoseGone`` for what an older or newer version meant."""
    match meaning.split(" "):
        case [word] if word == _PERSON:
            return ChosePerson()
        case [word] if word in {_HELPED, _NOT_HELPED}:
            return ChoseHelped(word == _HELPED)
        case [word, language, article] if word == _ARTICLE:
            return ChoseArticle(ArticleId(article), language, label)
        case _:
            return ChoseGone()
