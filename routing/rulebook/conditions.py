"""What a rule may ask of a conversation, each a value; ``None`` and "not known" never hold."""

from collections.abc import Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from core.errors import Invalid
from routing.calendar import parse_time
from routing.rulebook.words import sought

UNKNOWN_LANGUAGE = "und"
MOST_DEPTH = 4
MOST_CONDITIONS = 60


@dataclass(frozen=True, slots=True)
class ChannelIs:
    """The kind of its inbox, an opaque word here."""

    any_of: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class InboxIs:
    any_of: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LanguageIs:
    """BCP 47: ``zh`` is of ``zh-Hans`` too; ``und`` when it is not known."""

    any_of: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ContactHas:
    """An attribute of the contact with one of these values, or with any where there are none."""

    attribute: str
    any_of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ContextHas:
    """The same of what the site or channel told of the conversation."""

    name: str
    any_of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TextSays:
    """Words or phrases that the contact wrote; ``match`` is any or all."""

    words: tuple[str, ...]
    match: str = "any"


@dataclass(frozen=True, slots=True)
class IntentIs:
    any_of: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ConfidenceIs:
    """From 0 to 1: at least, and below."""

    at_least: float | None = None
    below: float | None = None


@dataclass(frozen=True, slots=True)
class ReasonIs:
    """Why a person is needed."""

    any_of: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MoodIs:
    """How the contact seemed to feel when the bot passed them on."""

    any_of: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HoursAre:
    """Within business hours, or outside."""

    hours: str
    open: bool = True


@dataclass(frozen=True, slots=True)
class TimeIs:
    """Days from 0 for Monday, none for all; ``start`` and ``end`` as ``HH:MM`` of the zone, ``end`` not included."""

    zone: str
    days: tuple[int, ...] = ()
    start: str = "00:00"
    end: str = "24:00"


@dataclass(frozen=True, slots=True)
class Group:
    """``match``: all, any or none of them; all of nothing always holds."""

    match: str = "all"
    of: "tuple[Condition, ...]" = ()


Leaf = (
    ChannelIs
    | InboxIs
    | LanguageIs
    | ContactHas
    | ContextHas
    | TextSays
    | IntentIs
    | ConfidenceIs
    | ReasonIs
    | MoodIs
    | HoursAre
    | TimeIs
)
Condition = Leaf | Group


def check_group(group: Group, field: str = "when") -> None:
    """Raises Invalid that names the place of what makes no sense."""
    if _count(group) > MOST_CONDITIONS:
        raise Invalid(field, f"at most {MOST_CONDITIONS} conditions in one rule, not {_count(group)}")
    _check(group, field, 1)


def leaves(condition: Condition, field: str = "when") -> Iterator[tuple[str, Leaf]]:
    """Every condition that is no group, with its place."""
    if isinstance(condition, Group):
        for at, each in enumerate(condition.of):
            yield from leaves(each, f"{field}.of[{at}]")
    else:
        yield field, condition


def _check(condition: Condition, field: str, depth: int) -> None:
    match condition:
        case Group(match=match, of=of):
            if depth > MOST_DEPTH:
                raise Invalid(field, f"groups within groups at most {MOST_DEPTH} deep")
            if not of and match != "all":
                raise Invalid(f"{field}.of", f"at least one condition: {match} of nothing decides nothing")
            for at, each in enumerate(of):
                _check(each, f"{field}.of[{at}]", depth + 1)
        case TextSays(words=words):
            for at, word in enumerate(words):
                if not sought(word):
                    raise Invalid(f"{field}.words[{at}]", f"a word or a phrase, not {word!r}")
        case ConfidenceIs(at_least=least, below=below):
            _check_confidence(least, below, field)
        case TimeIs(zone=zone, start=start, end=end, days=days):
            _check_time(zone, start, end, field)
            if len(set(days)) != len(days):
                raise Invalid(f"{field}.days", "each day at most once")
        case _:
            pass


def _check_confidence(least: float | None, below: float | None, field: str) -> None:
    if least is None and below is None:
        raise Invalid(field, "at_least, below, or both")
    if least is not None and below is not None and below <= least:
        raise Invalid(f"{field}.below", f"more than at_least, which is {least:g}")


def _check_time(zone: str, start: str, end: str, field: str) -> None:
    check_zone(zone, f"{field}.zone")
    begins, ends = parse_time(start, f"{field}.start"), parse_time(end, f"{field}.end")
    if ends <= begins:
        raise Invalid(
            f"{field}.end", f"a time after {start}; write what goes past midnight as two conditions"
        )


def _count(condition: Condition) -> int:
    if not isinstance(condition, Group):
        return 1
    return 1 + sum(_count(each) for each in condition.of)


def check_zone(zone: str, field: str) -> None:
    """Raises Invalid for what is no IANA zone."""
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise Invalid(field, f"an IANA time zone such as Europe/Berlin, not {zone!r}") from None
