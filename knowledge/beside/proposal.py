"""An agent's answer as the text of a draft, without what names a person; pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.article import QUESTION_CHARACTERS, TITLE_CHARACTERS
from knowledge.beside.asking import asks
from knowledge.loop.redacting import cut, redact, redact_lines
from knowledge.text import language_of

_LANGUAGE = "en"


@dataclass(frozen=True, slots=True)
class Answered:
    """What an agent answered to what, as they said it: ``asked`` the newest first; ``names`` of those who talk.

    ``before``: the article that this answer was proposed as already.
    """

    body: str
    asked: tuple[str, ...]
    names: tuple[str, ...]
    language: str | None
    before: str | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a draft would say; ``question`` is empty where the customer asked nothing in words."""

    language: str
    title: str
    question: str
    body: str


def proposal_of(answered: Answered, characters: int) -> Proposal:
    """What could stand in it, at most ``characters`` of the answer."""
    names = answered.names
    body = redact_lines(answered.body, names, characters)
    asked = (redact(each, names, QUESTION_CHARACTERS) for each in answered.asked if asks(each))
    question = next(asked, "")
    language = language_of(body) or answered.language or _LANGUAGE
    return Proposal(language, cut(question or body.partition("\n")[0], TITLE_CHARACTERS), question, body)


def redacted(proposal: Proposal, names: Sequence[str], characters: int) -> Proposal:
    """The same after the agent has written in it: what they added names nobody either."""
    return Proposal(
        proposal.language,
        redact(proposal.title, names, TITLE_CHARACTERS),
        redact(proposal.question, names, QUESTION_CHARACTERS),
        redact_lines(proposal.body, names, characters),
    )
