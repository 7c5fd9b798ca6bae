"""The rules that no evidence overrules: who may be threaded in, and when a mail begins a conversation of its own."""

from collections.abc import Sequence
from dataclasses import dataclass

from channels.email.threading.evidence import Code, total
from channels.email.threading.subjects import Subject, same_matter
from core.conversation import LinkKind
from core.ids import ConversationId
from core.message import Evidence, Proof

_NAMES_IT = frozenset({Code.REPLY_ADDRESS, Code.SIGNED_ID, Code.IN_REPLY_TO, Code.REFERENCES})
"""Evidence that nobody has who never saw a mail of the conversation."""
_SIGNED = frozenset({Code.REPLY_ADDRESS, Code.SIGNED_ID})


@dataclass(frozen=True, slots=True)
class Candidate:
    """A conversation that a mail may belong to, and why.

    ``takes_part``: the mail's sender is its requester or has joined it. ``over``: nothing is added to it any more.
    ``subjects``: what it is about, and what the mails in it that were answered are about.
    """

    conversation: ConversationId
    takes_part: bool
    over: bool
    subjects: tuple[Subject, ...]
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Claim:
    """What a mail brings along: how far its sender is proven, its subject, and whether a machine wrote it."""

    proof: Proof
    subject: Subject
    automatic: bool = False


@dataclass(frozen=True, slots=True)
class Decision:
    """Into ``candidate`` when ``link`` is None; else into a new conversation, linked to it."""

    candidate: Candidate
    link: LinkKind | None = None

    def others_join(self, proof: Proof) -> bool:
        """Whether those who read along with this mail may get replies: what we signed speaks for its own conversation only."""
        if proof is Proof.REPLY_ADDRESS:
            return self.link is None and any(each.code in _SIGNED for each in self.candidate.evidence)
        return proof is Proof.AUTHENTICATED


def decide(claim: Claim, candidates: Sequence[Candidate]) -> Decision | None:
    """``candidates`` have evidence enough, the best first. None: the mail belongs nowhere."""
    open_to = [each for each in candidates if may_enter(claim, each)]
    if not open_to:
        suspected = next((each for each in candidates if _worth_a_look(each)), None)
        return None if suspected is None else Decision(suspected, LinkKind.SUSPECTED)
    best = open_to[0]
    if not claim.automatic:
        fitting = [each for each in open_to if fits(claim, each)]
        if not fitting:
            return Decision(best, LinkKind.NEW_SUBJECT)
        best = fitting[0]
    if best.over and not claim.automatic:
        return Decision(best, LinkKind.FOLLOW_UP)
    return Decision(best)


def may_enter(claim: Claim, candidate: Candidate) -> bool:
    """Only who takes part; never on a proof that failed; on less than a mail of it that is named, only who is proven."""
    if not candidate.takes_part or claim.proof is Proof.FAILED:
        return False
    if names_it(candidate):
        return True
    return claim.proof is Proof.AUTHENTICATED and (claim.subject.reply or _shares_a_mail(candidate))


def names_it(candidate: Candidate) -> bool:
    return any(each.code in _NAMES_IT for each in candidate.evidence)


def _shares_a_mail(candidate: Candidate) -> bool:
    return any(each.code == Code.MENTIONED for each in candidate.evidence)


def _worth_a_look(candidate: Candidate) -> bool:
    """Other people's conversations are suspected only for a Message-ID; a subject is anybody's."""
    return candidate.takes_part or names_it(candidate)


def fits(claim: Claim, candidate: Candidate) -> bool:
    return not candidate.subjects or any(same_matter(claim.subject, each) for each in candidate.subjects)


def ranked(candidates: Sequence[Candidate]) -> list[Candidate]:
    """The strongest first; of equals the newest conversation."""
    newest = sorted(candidates, key=lambda each: each.conversation, reverse=True)
    return sorted(newest, key=lambda each: -total(each.evidence))
