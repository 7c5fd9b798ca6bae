"""Articles beside a conversation: what is suggested, what is taken from one, how its revisions did."""

from datetime import date, datetime
from typing import Annotated, Literal

import msgspec

from console.wire.article import CautionName, Found
from console.wire.base import Answer, Ask, Language

Id = Annotated[str, msgspec.Meta(min_length=1, max_length=64)]
VoteReason = Literal["unclear", "missing", "wrong", "unrelated", "other"]
Question = Annotated[str, msgspec.Meta(min_length=1, max_length=500)]


class Suggestions(Answer, frozen=True):
    """``asked``: what was looked for, made of the customer's last messages; empty when they asked nothing.

    ``language`` is the customer's, empty where nobody knows it; ``items`` are in it where an article has it.
    """

    asked: tuple[str, ...]
    language: str
    items: tuple[Found, ...]


class InsertionAsk(Ask, frozen=True):
    """``how``: its words, or where it can be read. ``language`` is that of the item that was shown.

    Where it has that no more, it is inserted in the customer's language, else in one that it has; the answer says which.
    """

    article: Id
    language: Language
    how: Literal["text", "link"]


class Insertion(Answer, frozen=True):
    """``text`` is for the reply, which names ``id`` when it is sent."""

    id: str
    text: str
    language: str
    revision: int
    caution: CautionName | None


class Miss(Ask, frozen=True):
    """What an agent searched for and did not find."""

    q: Question
    language: Language
    conversation: Id | None = None


class Missed(Answer, frozen=True):
    """``kept`` False: there is a good answer after all, or the question says nothing."""

    kept: bool


class RevisionUse(Answer, frozen=True):
    """How often a revision was read in the help center, told or suggested by the bot, shown to agents, and given by them.

    ``edited``: with other words. Of the conversations after it: ``helped`` were resolved and the customer stayed away
    for the window, in ``came_back`` they did not, of ``settling`` nobody knows yet.
    """

    language: str
    number: int
    viewed: int
    helpful: int
    unhelpful: int
    bot_answered: int
    bot_suggested: int
    shown: int
    texts: int
    links: int
    edited: int
    helped: int
    came_back: int
    settling: int


class DayUse(Answer, frozen=True):
    """One day of all languages; days without any use are left out."""

    day: date
    viewed: int
    bot: int
    agents: int


class ReasonUse(Answer, frozen=True):
    """How many readers of the help center gave this reason why it did not help."""

    reason: VoteReason
    count: int


class VoteComment(Answer, frozen=True):
    """What a reader of a revision missed, redacted."""

    id: str
    language: str
    number: int
    reason: VoteReason | None
    text: str
    at: datetime


class VoteComments(Answer, frozen=True):
    """The newest first; ``next``: what to ask for the older ones with, null when there are none."""

    items: tuple[VoteComment, ...]
    next: str | None


class ArticleUse(Answer, frozen=True):
    """``revisions`` by language, the newest first; ``days``: of the last ``use_days``; ``reasons`` the commonest first."""

    revisions: tuple[RevisionUse, ...]
    days: tuple[DayUse, ...]
    since: date
    until: date
    return_days: int
    reasons: tuple[ReasonUse, ...]
    comments: VoteComments
