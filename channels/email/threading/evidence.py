"""What speaks for a mail's belonging to a conversation, each thing with its weight; the sum decides, the parts are shown."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from channels.email.mail import MailThread
from channels.email.threading.subjects import Subject, equal_subjects
from core.message import Evidence

_DAY = 86_400.0


class Code(StrEnum):
    """The names under which evidence is stored and shown."""

    REPLY_ADDRESS = "reply_address"
    SIGNED_ID = "signed_id"
    IN_REPLY_TO = "in_reply_to"
    REFERENCES = "references"
    MENTIONED = "mentioned"
    SUBJECT = "subject"
    FORMER_SUBJECT = "former_subject"
    PEOPLE = "people"
    TAKES_PART = "takes_part"
    TIME = "time"
    SUBJECT_ANEW = "subject_anew"
    SAME_WRITER = "same_writer"
    OTHER_REFERENCES = "other_references"
    NO_REFERENCES = "no_references"


@dataclass(frozen=True, slots=True)
class Weights:
    """What each thing is worth; a conversation is meant from ``enough`` on.

    Those of words, people and time were chosen on one part of labelled threads and measured on the other
    (the bench ``threading``). Each of the strong ones is enough alone, and the mail that is answered outweighs all that
    speaks for another conversation: messages can be moved, addresses of conversations stay. ``per_week`` is for every
    week since the conversation's last mail, ``longest`` how much of that there can be.
    """

    reply_address: float = 3.0
    signed_id: float = 3.0
    in_reply_to: float = 14.0
    references: float = 7.0
    mentioned: float = 5.0
    subject: float = 2.0
    former_subject: float = 2.0
    people: float = 0.2
    takes_part: float = 3.0
    per_week: float = -0.05
    longest: float = -1.0
    subject_anew: float = -1.0
    same_writer: float = -0.2
    other_references: float = -3.5
    no_references: float = -3.0
    enough: float = 1.0


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a conversation, as far as this mail makes it matter.

    ``ours``: the mail carries a reply address of ours for it, or Message-IDs that we signed in it. ``mails`` are the ids
    of its mails, ``mentions`` the ids that its mails name, both only as far as the mail names them or is named. ``people``
    wrote or were written to; ``last_writer`` wrote last. ``takes_part``: the sender is its requester or has joined it.
    ``habit`` is the share of the inbox's answers that name what they answer, from 0 to 1.
    """

    subjects: tuple[Subject, ...]
    by_address: bool = False
    signed: frozenset[str] = frozenset()
    mails: frozenset[str] = frozenset()
    mentions: frozenset[str] = frozenset()
    people: frozenset[str] = frozenset()
    last_writer: str = ""
    last_at: datetime | None = None
    takes_part: bool = False
    habit: float = 1.0


def named_ids(thread: MailThread, most: int) -> tuple[str, ...]:
    """What the mail names as its forerunners, nearest first; addresses, which old clients put there, left out.

    Of too many, those nearest and the first of all stay: clients cut in the middle.
    """
    people = {thread.sender, *thread.recipients}
    named = (*thread.in_reply_to, *reversed(thread.references))
    ids = [each for each in dict.fromkeys(named) if each.lower() not in people and each != thread.message_id]
    return tuple(ids) if len(ids) <= most else (*ids[: most - 1], ids[-1])


def weigh(
    thread: MailThread, subject: Subject, named: tuple[str, ...], known: Known, weights: Weights
) -> tuple[Evidence, ...]:
    """Everything that speaks for or against, strongest first; nothing when nothing speaks for it."""
    headers = _headers(thread, named, known, weights)
    words = _words(subject, known, weights)
    if not headers and not words:
        return ()
    around = _around(thread, known, weights)
    if words and not headers:
        around += _against(thread, subject, named, known, weights)
    found = [Evidence(code.value, round(weight, 2)) for code, weight in headers + words + around if weight]
    return tuple(sorted(found, key=lambda each: -abs(each.weight)))


def total(evidence: tuple[Evidence, ...]) -> float:
    return sum(each.weight for each in evidence)


_Found = list[tuple[Code, float]]


def _headers(thread: MailThread, named: tuple[str, ...], known: Known, weights: Weights) -> _Found:
    found: _Found = []
    if known.by_address:
        found.append((Code.REPLY_ADDRESS, weights.reply_address))
    if known.signed:
        found.append((Code.SIGNED_ID, weights.signed_id))
    answered = known.mails | known.signed
    if not answered.isdisjoint(thread.in_reply_to):
        found.append((Code.IN_REPLY_TO, weights.in_reply_to))
    elif not answered.isdisjoint(named):
        # Of several conversations the one that was named nearest is meant.
        nearest = next(place for place, each in enumerate(named) if each in answered)
        found.append((Code.REFERENCES, weights.references - nearest / len(named)))
    elif not known.mentions.isdisjoint(named) or thread.message_id in known.mentions:
        found.append((Code.MENTIONED, weights.mentioned))
    return found


def _words(subject: Subject, known: Known, weights: Weights) -> _Found:
    if any(equal_subjects(subject, each) for each in known.subjects):
        return [(Code.SUBJECT, weights.subject)]
    if subject.was is not None and any(subject.was == each.key for each in known.subjects):
        return [(Code.FORMER_SUBJECT, weights.former_subject)]
    return []


def _around(thread: MailThread, known: Known, weights: Weights) -> _Found:
    found: _Found = [(Code.TAKES_PART, weights.takes_part)] if known.takes_part else []
    if thread.sender in known.people or not known.people.isdisjoint(thread.recipients):
        found.append((Code.PEOPLE, weights.people))
    if thread.sent_at is not None and known.last_at is not None:
        weeks = abs((thread.sent_at - known.last_at).total_seconds()) / _DAY / 7
        found.append((Code.TIME, max(weights.longest, weights.per_week * weeks)))
    return found


def _against(
    thread: MailThread, subject: Subject, named: tuple[str, ...], known: Known, weights: Weights
) -> _Found:
    """What makes equal words a coincidence."""
    found: _Found = []
    if not subject.reply and not any(each.reply for each in known.subjects):
        found.append((Code.SUBJECT_ANEW, weights.subject_anew))
    if thread.sender == known.last_writer:
        found.append((Code.SAME_WRITER, weights.same_writer))
    if named:
        found.append((Code.OTHER_REFERENCES, weights.other_references))
    elif subject.reply:
        found.append((Code.NO_REFERENCES, weights.no_references * known.habit))
    return found
