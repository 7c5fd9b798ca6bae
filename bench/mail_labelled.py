"""The evidence score alone on labelled threads: everybody may write anywhere, a new subject splits nothing."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from hashlib import sha1
from pathlib import Path

import msgspec

from channels.email.inbound import thread_of
from channels.email.mail import MailThread
from channels.email.parsing.ids import date_of
from channels.email.parsing.limits import ParseLimits
from channels.email.parsing.parse import parse
from channels.email.threading.evidence import Known, Weights, named_ids, total, weigh
from channels.email.threading.subjects import Subject, read_subject

_NAMED, _BY_SUBJECT = 30, 10
_LIST_SHARE = 40
"""An address in so many mails is a list's, as the inbox itself would be."""
_RECEIVED = re.compile(rb"^Received:(.*(?:\n[ \t].*)*)", re.MULTILINE)


class _Row(msgspec.Struct):
    id: str
    path: str
    thread: str


@dataclass(frozen=True, slots=True)
class Labelled:
    """One mail as ``MailThreads`` would see it, when it came, and the thread it is known to belong to."""

    id: str
    thread: str
    mail: MailThread
    subject: Subject


@dataclass(slots=True)
class _Cluster:
    """A conversation in memory."""

    number: int
    subjects: set[Subject] = field(default_factory=set)
    mails: set[str] = field(default_factory=set)
    mentions: set[str] = field(default_factory=set)
    people: set[str] = field(default_factory=set)
    last_writer: str = ""
    last_at: datetime | None = None


def read_labelled(folder: Path) -> list[Labelled]:
    """In the order in which they came."""
    lines = (folder / "threads.jsonl").read_bytes().splitlines()
    rows = [msgspec.json.decode(line, type=_Row) for line in lines if line.strip()]
    read = [(row, *_read(folder / row.path)) for row in rows]
    heard = Counter(each for _, mail, _ in read for each in set(mail.recipients))
    found = []
    for row, mail, came in sorted(read, key=lambda each: (each[2], each[1].sent_at or each[2])):
        people = tuple(each for each in mail.recipients if heard[each] < _LIST_SHARE)
        known = replace(mail, recipients=people, sent_at=came, message_id=mail.message_id or row.id)
        found.append(Labelled(row.id, row.thread, known, read_subject(mail.subject)))
    return found


def _read(path: Path) -> tuple[MailThread, datetime]:
    raw = path.read_bytes()
    parsed = parse(raw, ParseLimits())
    came = next(
        (date for each in _RECEIVED.findall(raw) if (date := date_of(_after_semicolon(each))) is not None),
        parsed.sent_at or datetime(2002, 1, 1, tzinfo=UTC),
    )
    return thread_of(parsed, parsed.sender.address if parsed.sender else ""), came


def _after_semicolon(received: bytes) -> str:
    return " ".join(received.rpartition(b";")[2].decode("ascii", "replace").split())


def without_headers(mails: Iterable[Labelled]) -> list[Labelled]:
    return [replace(each, mail=replace(each.mail, in_reply_to=(), references=())) for each in mails]


def parts(mails: Sequence[Labelled]) -> tuple[list[Labelled], list[Labelled]]:
    """For choosing weights, and for measuring: what shares a thread or a subject stays together."""
    groups = _Groups()
    for each in mails:
        if each.subject.key:
            groups.join(f"s{each.subject.key}", f"t{each.thread}")
    least: dict[str, str] = {}
    for each in mails:
        group = groups.of(f"t{each.thread}")
        least[group] = min(least.get(group, each.thread), each.thread)
    chosen = [
        sha1(least[groups.of(f"t{each.thread}")].encode(), usedforsecurity=False).hexdigest()[0] < "8"
        for each in mails
    ]
    return (
        [each for each, first in zip(mails, chosen, strict=True) if first],
        [each for each, first in zip(mails, chosen, strict=True) if not first],
    )


class _Groups:
    """What was joined belongs to one group."""

    def __init__(self) -> None:
        self._up: dict[str, str] = {}

    def of(self, name: str) -> str:
        while self._up.setdefault(name, name) != name:
            self._up[name] = self._up[self._up[name]]
            name = self._up[name]
        return name

    def join(self, one: str, other: str) -> None:
        self._up[self.of(one)] = self.of(other)


def cluster(mails: Sequence[Labelled], weights: Weights, *, united: bool) -> dict[str, str]:
    """A group for each mail. ``united``: conversations that one mail speaks for, each strongly enough, are one.

    Without it each mail goes into the best one, as the product places it, and nothing is ever brought together.
    """
    state = _State(weights, united)
    for each in mails:
        state.place(each)
    return {id: state.groups.of(str(number)) for id, number in state.placed.items()}


class _State:
    def __init__(self, weights: Weights, united: bool) -> None:  # noqa: FBT001
        self.groups, self.placed = _Groups(), dict[str, int]()
        self._weights, self._united = weights, united
        self._own: dict[str, _Cluster] = {}
        self._mentioned: dict[str, _Cluster] = {}
        self._by_subject: dict[str, list[_Cluster]] = defaultdict(list)
        self._count = self._answers = self._naming = 0

    def place(self, each: Labelled) -> None:
        named = named_ids(each.mail, _NAMED)
        fitting = sorted(self._fitting(each, named), key=lambda found: (-found[0], -found[1].number))
        if fitting:
            best = fitting[0][1]
        else:
            best = _Cluster(self._count)
            self._count += 1
        if self._united:
            for _, other in fitting[1:]:
                self.groups.join(str(other.number), str(best.number))
        self.placed[each.id] = best.number
        self._learn(each, named, best)

    def _fitting(self, each: Labelled, named: tuple[str, ...]) -> list[tuple[float, _Cluster]]:
        found = {}
        for known in self._candidates(each, named):
            evidence = weigh(each.mail, each.subject, named, self._known(each, named, known), self._weights)
            if total(evidence) >= self._weights.enough:
                found[known.number] = (total(evidence), known)
        return list(found.values())

    def _candidates(self, each: Labelled, named: tuple[str, ...]) -> Iterable[_Cluster]:
        for id in (*named, each.mail.message_id or ""):
            for place in (self._own, self._mentioned):
                if id in place and (id in named or place is self._mentioned):
                    yield place[id]
        for key in (each.subject.key, each.subject.was):
            if key:
                yield from self._by_subject[key][-_BY_SUBJECT:]

    def _known(self, each: Labelled, named: tuple[str, ...], known: _Cluster) -> Known:
        ids = {*named, each.mail.message_id or ""}
        return Known(
            tuple(known.subjects),
            mails=frozenset(known.mails & ids),
            mentions=frozenset(known.mentions & ids),
            people=frozenset(known.people),
            last_writer=known.last_writer,
            last_at=known.last_at,
            habit=self._naming / max(1, self._answers),
        )

    def _learn(self, each: Labelled, named: tuple[str, ...], into: _Cluster) -> None:
        mail = each.mail
        into.subjects.add(each.subject)
        into.mails.add(mail.message_id or "")
        into.mentions.update(named)
        into.people.update((mail.sender, *mail.recipients))
        into.last_writer, into.last_at = mail.sender, mail.sent_at
        self._own[mail.message_id or ""] = into
        for id in named:
            self._mentioned.setdefault(id, into)
        if into not in self._by_subject[each.subject.key]:
            self._by_subject[each.subject.key].append(into)
        self._answers += each.subject.reply
        self._naming += each.subject.reply and bool(named)


def by_subject(mails: Sequence[Labelled]) -> dict[str, str]:
    """Cleaned subject alone."""
    return {each.id: each.subject.key or each.id for each in mails}


def pairs(mails: Sequence[Labelled], groups: Mapping[str, str]) -> dict[str, float]:
    """Of pairs of mails that were put together how many belong together, and the other way round."""
    rightly = _pairs(mails, lambda each: (groups[each.id], each.thread))
    together = _pairs(mails, lambda each: groups[each.id])
    belonging = _pairs(mails, lambda each: each.thread)
    return {
        "precision": round(rightly / max(1, together), 4),
        "recall": round(rightly / max(1, belonging), 4),
    }


def _pairs(mails: Sequence[Labelled], group: Callable[[Labelled], object]) -> int:
    return sum(count * (count - 1) // 2 for count in Counter(map(group, mails)).values())
