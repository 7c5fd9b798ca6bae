"""What an inbox asks before the first message, and whether what comes back answers it."""

import re
from collections.abc import Mapping, Sequence
from typing import Annotated, Literal

import msgspec

from channels.addresses import mail_address
from channels.live import protocol as wire
from core.errors import Invalid

MOST = 10
_MOST_OPTIONS = 30
_LONGEST_LABEL = 200
_KEY = re.compile(r"[a-z][a-z0-9_]{0,31}")
RESERVED = frozenset({"page", "start"})
"""Keys of a conversation's context that do not come from its requester."""

Label = Annotated[str, msgspec.Meta(min_length=1, max_length=_LONGEST_LABEL)]


class Asked(msgspec.Struct, frozen=True):
    """One question, worded by language, and so is each option of a ``choice``.

    ``key`` names the answer in the conversation's context. An ``email`` is a claim, and where the inbox goes on by mail
    it goes on there.
    """

    key: str
    label: dict[str, Label]
    kind: Literal["text", "email", "choice"] = "text"
    required: bool = False
    options: tuple[dict[str, Label], ...] = ()


def in_language(words: Mapping[str, str], language: str, others: Sequence[str]) -> str:
    """In the visitor's language, else in the first of ``others`` that has it, else in any; empty where there is none."""
    for tag in (language, language.partition("-")[0], *others):
        if tag in words:
            return words[tag]
    return next(iter(words.values()), "")


def check_questions(questions: Sequence[Asked]) -> None:
    """Raises Invalid, naming the field."""
    if len(questions) > MOST:
        raise Invalid("questions", f"at most {MOST} questions")
    seen: set[str] = set()
    for at, asked in enumerate(questions):
        field = f"questions[{at}]"
        if not _KEY.fullmatch(asked.key) or asked.key in RESERVED:
            raise Invalid(f"{field}.key", "a short name of small letters, digits and _, not page or start")
        if asked.key in seen:
            raise Invalid(f"{field}.key", "a name that no other question has")
        seen.add(asked.key)
        _check_words(asked, field)


def _check_words(asked: Asked, field: str) -> None:
    if not asked.label:
        raise Invalid(f"{field}.label", "the question in at least one language")
    if asked.kind != "choice":
        if asked.options:
            raise Invalid(f"{field}.options", "none, unless it is a choice")
        return
    if not 1 < len(asked.options) <= _MOST_OPTIONS:
        raise Invalid(f"{field}.options", f"2 to {_MOST_OPTIONS} options to choose from")
    if not all(asked.options):
        raise Invalid(f"{field}.options", "each option in at least one language")


def shown(questions: Sequence[Asked], language: str, others: Sequence[str]) -> tuple[wire.Question, ...]:
    """As a visitor sees them; ``others`` are the inbox's languages, the first one first."""
    return tuple(
        wire.Question(
            asked.key,
            in_language(asked.label, language, others),
            asked.kind,
            asked.required,
            tuple(in_language(option, language, others) for option in asked.options),
        )
        for asked in questions
    )


def answered(questions: Sequence[Asked], details: Mapping[str, str], others: Sequence[str]) -> dict[str, str]:
    """The answers by their keys; a choice in the words of the inbox's first language, whatever it was chosen in.

    What answers no question is left out: it may have been asked when the page was loaded. Raises Invalid with
    ``details``, naming the field, for an answer that is none.
    """
    known: dict[str, str] = {}
    for asked in questions:
        said = " ".join(details.get(asked.key, "").split())
        if said:
            known[asked.key] = _checked(asked, said, others)
    return known


def check_complete(questions: Sequence[Asked], answers: Mapping[str, str]) -> None:
    """Raises Invalid with ``details`` where a required answer is missing."""
    for asked in questions:
        if asked.required and asked.key not in answers:
            raise Invalid(f"details.{asked.key}", "an answer to this question", code="details")


def addresses(questions: Sequence[Asked], answers: Mapping[str, str]) -> list[str]:
    """The e-mail addresses among the answers, in the order of the questions."""
    return [answers[asked.key] for asked in questions if asked.kind == "email" and asked.key in answers]


def _checked(asked: Asked, said: str, others: Sequence[str]) -> str:
    field = f"details.{asked.key}"
    match asked.kind:
        case "email":
            try:
                return mail_address(said)
            except Invalid as error:
                raise Invalid(field, error.expected, code="details") from None
        case "choice":
            for option in asked.options:
                if said in option.values():
                    return in_language(option, others[0] if others else "", others)
            raise Invalid(field, "one of the options", code="details")
        case "text":
            return said
