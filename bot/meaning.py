"""What a button means, as it is kept in the message that offered it; only opaque ids travel. Pure."""

from typing import assert_never

from bot.contract import (
    ChoseArticle,
    ChoseConfirm,
    ChoseGone,
    ChoseHelped,
    ChoseMore,
    Chosen,
    ChoseOrder,
    ChosePerson,
    ChoseTopic,
    ChoseWay,
)
from core.ids import ArticleId

_PERSON, _HELPED, _NOT_HELPED, _ARTICLE, _MORE = "person", "helped", "not-helped", "article", "more"
_YES, _NO, _ORDER, _TOPIC = "yes", "no", "order", "topic"
_ACCOUNT, _MAIL = "code-to-account", "code-by-mail"


def meaning_of(chosen: Chosen) -> str:
    """The form that ``core.message.Option.meaning`` keeps."""
    match chosen:
        case ChosePerson():
            return _PERSON
        case ChoseHelped(helped):
            return _HELPED if helped else _NOT_HELPED
        case ChoseArticle(article, language, _):
            return f"{_ARTICLE} {language} {article}"
        case ChoseMore(article, language, _):
            return f"{_MORE} {language} {article}"
        case ChoseConfirm(yes, mark):
            return f"{_YES if yes else _NO} {mark}"
        case ChoseOrder(number):
            return f"{_ORDER} {number}"
        case ChoseTopic():
            return _TOPIC
        case ChoseWay(account):
            return _ACCOUNT if account else _MAIL
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
        case [word] if word in {_ACCOUNT, _MAIL}:
            return ChoseWay(word == _ACCOUNT)
        case [word, language, article] if word == _ARTICLE:
            return ChoseArticle(ArticleId(article), language, label)
        case [word] if word == _TOPIC:
            return ChoseTopic(label)
        case [word, language, article] if word == _MORE:
            return ChoseMore(ArticleId(article), language, "")
        case [word, mark] if word in {_YES, _NO}:
            return ChoseConfirm(word == _YES, mark)
        case [word, number] if word == _ORDER:
            return ChoseOrder(number)
        case _:
            return ChoseGone()
