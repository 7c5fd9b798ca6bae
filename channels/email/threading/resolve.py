"""Where a mail belongs: looks for conversations that it may mean, weighs the evidence, and keeps to the rules."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from channels.email.mail import MailThread
from channels.email.signing import Signer
from channels.email.threading import lookup
from channels.email.threading.evidence import Known, named_ids, total, weigh
from channels.email.threading.lookup import Found, Hits, Seen
from channels.email.threading.rules import (
    Candidate,
    Claim,
    Decision,
    decide,
    fits,
    may_enter,
    names_it,
    ranked,
)
from channels.email.threading.settings import ThreadingSettings
from channels.email.threading.subjects import read_subject
from core.ids import ConversationId
from core.message import Inbound, Proof
from core.receive import Place
from core.store.tx import Tx


@dataclass(frozen=True, slots=True)
class _Mail:
    """One mail while it is being placed; ``named`` are the Message-IDs it names, nearest first."""

    inbound: Inbound
    thread: MailThread
    named: tuple[str, ...]
    claim: Claim


class MailThreads:
    """``resolve`` is given to ``core.receive.receive_message``."""

    def __init__(self, signer: Signer, settings: ThreadingSettings | None = None) -> None:
        self._signer = signer
        self._settings = ThreadingSettings() if settings is None else settings

    def resolve(self, tx: Tx, inbound: Inbound) -> Place:
        """The conversation, or a new one, with the reasons; what the mail is known by is written down for later ones."""
        mail = self._read(inbound)
        lookup.remember(tx, inbound, mail.thread.message_id, mail.named[: self._settings.kept])
        candidates = self._weighed(tx, mail, self._named(tx, mail))
        if not _settled(mail, candidates):
            candidates += self._weighed(tx, mail, self._further(tx, mail, candidates))
        return _place(mail.claim.proof, decide(mail.claim, ranked(candidates)))

    def _read(self, inbound: Inbound) -> _Mail:
        thread = inbound.thread
        if not isinstance(thread, MailThread):
            raise TypeError(f"{type(thread).__name__} is not what a mail says about its thread")
        envelope = inbound.envelope
        claim = Claim(
            Proof.NONE if envelope is None else envelope.proof,
            read_subject(thread.subject),
            automatic=envelope is not None and envelope.automatic is not None,
        )
        return _Mail(inbound, thread, named_ids(thread, self._settings.named), claim)

    def _named(self, tx: Tx, mail: _Mail) -> Found:
        """Conversations that the mail names by an address or a Message-ID, followed to where they went."""
        read = {each: self._signer.read_message_id(each) for each in mail.named}
        signed = {named: found for named, found in read.items() if found is not None}
        unsigned = [each for each in mail.named if each not in signed]
        found = lookup.by_mails(tx, mail.inbound, unsigned, self._settings.candidates)
        for conversation, hits in lookup.by_signed(tx, signed).items():
            found.setdefault(conversation, Hits()).add(hits)
        for address in mail.thread.ours:
            addressed = self._signer.read_reply_address(address)
            if addressed is not None:
                found.setdefault(addressed, Hits()).add(Hits(by_address=True))
        return dict(sorted(found.items(), key=_by_strength)[: self._settings.candidates])

    def _further(self, tx: Tx, mail: _Mail, known: list[Candidate]) -> Found:
        """Conversations that name the same mails, and for an answer those of its sender."""
        itself = () if mail.thread.message_id is None else (mail.thread.message_id,)
        found = lookup.by_mentions(tx, mail.inbound, (*mail.named, *itself), self._settings.candidates)
        if mail.claim.subject.key and (mail.claim.subject.reply or known):
            for recent in lookup.of_sender(tx, mail.inbound, self._settings.recent):
                found.setdefault(recent, Hits())
        for each in known:
            found.pop(each.conversation, None)
        return found

    def _weighed(self, tx: Tx, mail: _Mail, found: Found) -> list[Candidate]:
        """Those with evidence enough."""
        seen = lookup.as_seen(tx, mail.inbound, found)
        policy = self._policy(tx, mail, seen)
        seen, found = self._followed(tx, mail, seen, found, policy)
        weights = self._settings.weights
        candidates = []
        for id, hits in found.items():
            if id not in seen:
                continue
            candidate = self._candidate(mail, seen[id], hits, policy)
            if total(candidate.evidence) >= weights.enough:
                candidates.append(self._with_subjects(tx, mail, candidate, hits))
        return candidates

    def _policy(self, tx: Tx, mail: _Mail, seen: Mapping[ConversationId, Seen]) -> frozenset[str]:
        """The states in which a conversation takes no more mail."""
        if not any(each.status in {"resolved", "closed"} for each in seen.values()):
            return frozenset({"closed"})
        links = lookup.config_of(tx, mail.inbound.inbox).get("resolved") == "link"
        return frozenset({"closed", "resolved"}) if links else frozenset({"closed"})

    def _followed(
        self, tx: Tx, mail: _Mail, seen: dict[ConversationId, Seen], found: Found, over: frozenset[str]
    ) -> tuple[dict[ConversationId, Seen], Found]:
        """What was named, where it went: merged ones always, those that are over to where the sender went on."""
        for _ in range(self._settings.hops):
            ended = [id for id in found if id in seen and seen[id].status in over]
            merged = lookup.merged_into(tx, ended)
            went_on = {**lookup.followed_by(tx, ended), **merged}
            new = lookup.as_seen(tx, mail.inbound, [id for id in went_on.values() if id not in seen])
            seen = {**seen, **new}
            moves = {
                old: to
                for old, to in went_on.items()
                if to in seen and (old in merged or seen[to].takes_part)
            }
            if not moves:
                break
            found = _moved(found, moves)
        return seen, found

    def _candidate(self, mail: _Mail, seen: Seen, hits: Hits, over: frozenset[str]) -> Candidate:
        subjects = () if seen.subject is None else (read_subject(seen.subject),)
        known = Known(
            subjects=subjects,
            by_address=hits.by_address,
            signed=frozenset(hits.signed),
            mails=frozenset(hits.mails),
            mentions=frozenset(hits.mentions),
            last_at=seen.updated_at,
            takes_part=seen.takes_part,
        )
        evidence = weigh(mail.thread, mail.claim.subject, mail.named, known, self._settings.weights)
        return Candidate(seen.id, seen.takes_part, seen.status in over, subjects, evidence)

    def _with_subjects(self, tx: Tx, mail: _Mail, candidate: Candidate, hits: Hits) -> Candidate:
        """Its mails may have other subjects than the conversation, which agents rename and merge."""
        if not names_it(candidate) or fits(mail.claim, candidate):
            return candidate
        found = lookup.subjects_of(tx, candidate.conversation, hits.messages, self._settings.subjects)
        return replace(candidate, subjects=(*candidate.subjects, *map(read_subject, found)))


def _settled(mail: _Mail, candidates: list[Candidate]) -> bool:
    """It names a conversation that it may enter and that is about the same: nothing else could be meant."""
    claim = mail.claim
    return any(
        may_enter(claim, each) and names_it(each) and (claim.automatic or fits(claim, each))
        for each in candidates
    )


def _by_strength(found: tuple[ConversationId, Hits]) -> tuple[int, str]:
    """Of too many conversations those stay that are named most surely; of equals the newest."""
    id, hits = found
    strength = 4 if hits.by_address else 3 if hits.signed else 2 if hits.mails else 1
    return -strength, "".join(chr(0x10FFFF - ord(each)) for each in id)


def _moved(found: Found, moves: Mapping[ConversationId, ConversationId]) -> Found:
    after: Found = {}
    for id, hits in found.items():
        after.setdefault(moves.get(id, id), Hits()).add(hits)
    return after


def _place(proof: Proof, decision: Decision | None) -> Place:
    if decision is None:
        return Place(None, others_join=proof is Proof.AUTHENTICATED)
    candidate, join = decision.candidate, decision.others_join(proof)
    if decision.link is None:
        return Place(candidate.conversation, candidate.evidence, others_join=join)
    return Place(None, candidate.evidence, candidate.conversation, decision.link, others_join=join)
