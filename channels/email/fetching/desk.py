"""Settles one parsed mail: a message, a notice, a changed delivery, or put aside with a reason; in one transaction."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import bindparam, func, select

from channels.contract import TakenState
from channels.email.authentication import proof_of
from channels.email.fetching import verdict
from channels.email.fetching.reports import settle_report
from channels.email.fetching.verdict import Verdict
from channels.email.inbound import Ours, Told, answers_go_to, customer, is_form, thread_of, to_inbound
from channels.email.mail import KIND, Address, Nature, ParsedMail, Unparsable
from channels.email.signing import Signer
from channels.email.wire import EmailConfig
from channels.media.library import Prepared
from core.conversation import LinkKind
from core.ids import InboxId
from core.message import Inbound, Part, Proof
from core.participants import is_participant, note_others
from core.receive import Place, Received, Resolve, receive_message
from core.store.conversations import get_conversation
from core.store.messages import get_messages
from core.store.tables.mail import mail
from core.store.tx import Tx

_HOUR = timedelta(hours=1)
_TAKEN = select(func.count()).where(
    mail.c.inbox_id == bindparam("inbox"),
    mail.c.sender == bindparam("sender"),
    mail.c.received_at > bindparam("since"),
    mail.c.state == TakenState.DONE,
)


@dataclass(frozen=True, slots=True)
class Box:
    """An inbox as it is configured now."""

    inbox: InboxId
    config: EmailConfig
    ours: Ours


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a mail lay, and where its inbox began to take mail from that folder."""

    uid_validity: int
    uid: int
    began_validity: int
    began_uid: int
    began_at: datetime


@dataclass(frozen=True, slots=True)
class Item:
    """One mail to be settled. ``forced``: a person wants it taken whatever the rules say."""

    id: str
    origin: Origin
    digest: str
    received_at: datetime
    attempts: int
    forced: bool
    parsed: ParsedMail | Unparsable
    parts: tuple[Part, ...] = ()
    files: tuple[Prepared, ...] = ()


class Desk:
    """``resolve`` weighs the evidence of where a mail belongs; ``take`` makes stored files the message's own."""

    def __init__(
        self,
        signer: Signer,
        resolve: Resolve,
        take: Callable[[Tx, tuple[Prepared, ...]], None],
        most_others: int,
    ) -> None:
        self._signer = signer
        self._resolve = resolve
        self._take = take
        self._most_others = most_others

    def settle(self, tx: Tx, box: Box, item: Item) -> Verdict:
        """Raises whatever goes wrong on the way; nothing is written then."""
        parsed = item.parsed
        if isinstance(parsed, Unparsable):
            return verdict.quarantined(parsed.code, str(parsed))
        told = self._told(box, item)
        if not item.forced and (aside := self._aside(box, item, parsed)) is not None:
            return aside
        if parsed.bounce is not None and parsed.nature is Nature.BOUNCE:
            reported = settle_report(tx, self._signer, parsed, parsed.bounce, told)
            if reported is not verdict.REPORT or not item.forced:
                return reported
        sender = customer(parsed, box.config)
        if sender is None:
            return verdict.NO_SENDER
        return replace(self._settle(tx, item, parsed, sender, told), sender=sender)

    def _settle(self, tx: Tx, item: Item, parsed: ParsedMail, sender: Address, told: Told) -> Verdict:
        token = not is_form(parsed, told.config) and self._has_token(tx, parsed, sender.address)
        told = replace(told, proof=proof_of(parsed, told.config, token))
        if (
            parsed.nature is Nature.LIST
            and told.config.lists == "set_aside"
            and not token
            and not item.forced
        ):
            return verdict.LIST
        if parsed.nature in {Nature.AUTO_REPLY, Nature.BOUNCE} and not item.forced:
            told = replace(told, automatic=parsed.nature.value)
        inbound = to_inbound(parsed, item.parts, sender, told)
        if told.automatic is not None:
            return self._notice(tx, item, inbound)
        limit = told.config.per_sender_hour
        if told.to_bot and not item.forced and self._too_many(tx, told.inbox, sender.address, limit):
            return verdict.held(limit)
        received = self._receive(tx, item, inbound, self._resolve)
        elsewhere = answers_go_to(parsed, told)
        if elsewhere and not received.duplicate:
            note_others(tx, get_conversation(tx, received.conversation), elsewhere, joined=False)
        return verdict.done(received.message)

    def _told(self, box: Box, item: Item) -> Told:
        """The bot answers only what came since the inbox began, and nothing that a person had to let in."""
        return Told(
            box.inbox,
            box.config,
            box.ours,
            item.digest,
            item.received_at,
            to_bot=not item.forced and not _was_there(item.origin),
            most_others=self._most_others,
        )

    def _aside(self, box: Box, item: Item, parsed: ParsedMail) -> Verdict | None:
        """What is nobody's message, whatever it says."""
        if parsed.message_id is not None and self._signer.read_message_id(parsed.message_id) is not None:
            return verdict.OWN
        ours = parsed.sender is not None and parsed.sender.address in box.ours
        if ours and not is_form(parsed, box.config):
            return verdict.OWN
        if box.config.imap.take == "new" and _was_there(item.origin, parsed.sent_at):
            return verdict.BEFORE_START
        return None

    def _has_token(self, tx: Tx, parsed: ParsedMail, sender: str) -> bool:
        """It carries an address or a Message-ID that we signed, for a conversation that its sender takes part in."""
        thread = thread_of(parsed, sender)
        signed = [self._signer.read_reply_address(each) for each in thread.ours]
        named = {
            found[1]
            for each in (*thread.in_reply_to, *thread.references)
            if (found := self._signer.read_message_id(each)) is not None
        }
        if named:
            signed += [each.conversation for each in get_messages(tx, sorted(named)).values()]
        return any(is_participant(tx, each, KIND, sender) for each in signed if each is not None)

    def _notice(self, tx: Tx, item: Item, inbound: Inbound) -> Verdict:
        """What a machine answered is shown where it belongs and wakes nobody; it begins nothing."""
        place = self._resolve(tx, inbound)
        if place.conversation is None and place.link is LinkKind.NEW_SUBJECT:
            # Out-of-office replies have subjects of their own.
            place = Place(place.linked, place.why)
        if place.conversation is None or inbound.envelope is None or inbound.envelope.proof is Proof.FAILED:
            return verdict.AUTO_REPLY
        return verdict.done(self._receive(tx, item, inbound, lambda _tx, _inbound: place).message)

    def _receive(self, tx: Tx, item: Item, inbound: Inbound, resolve: Resolve) -> Received:
        received = receive_message(tx, inbound, resolve)
        if not received.duplicate:
            self._take(tx, item.files)
        return received

    def _too_many(self, tx: Tx, inbox: InboxId, sender: str, limit: int) -> bool:
        asked = {"inbox": inbox, "sender": sender, "since": tx.now - _HOUR}
        return bool(tx.conn.execute(_TAKEN, asked).scalar_one() >= limit)


def _was_there(origin: Origin, sent_at: datetime | None = None) -> bool:
    """Whether it lay in the mailbox when the inbox began.

    By its number; once the server has numbered anew, only its date is left to go by.
    """
    if origin.uid_validity == origin.began_validity:
        return origin.uid <= origin.began_uid
    return sent_at is not None and sent_at < origin.began_at
