"""An agent's answer, proposed as an article."""

from typing import Annotated

import msgspec

from console.wire.article import Body, Found
from console.wire.base import Answer, Ask, Language, Name


class Proposal(Answer, frozen=True):
    """What a draft would say, without what names a person. ``similar``: articles that may say it already.

    ``before``: the article that this answer was proposed as, null for none.
    """

    language: str
    title: str
    question: str
    body: str
    similar: tuple[Found, ...]
    before: str | None


class ProposalAsk(Ask, frozen=True):
    """``question``: as the customer asked it; it becomes one of the article's questions."""

    language: Language
    title: Name
    body: Body
    question: Annotated[str, msgspec.Meta(max_length=500)] = ""


class Proposed(Answer, frozen=True):
    """The draft."""

    article: str
    language: str
    title: str
