"""Sends by mail what a visitor who left an address has missed: each reply at most once, and only while it is unread."""

import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from channels.addresses import MAIL, person_by_mail
from channels.continuation import store
from channels.continuation.left import left_address
from channels.continuation.letters import Missed, Plan, envelope_of, head_of, letter_of
from channels.continuation.settings import ContinuationSettings
from channels.continuation.store import TIMER, Continuation, Stage
from channels.email.adapter import Email
from channels.email.fetching.boxes import every_mailbox
from channels.email.inbound import ours_of
from channels.email.mail import KIND
from channels.email.sending.history import agent_name, history
from channels.email.sending.writing import domain_of
from channels.email.wire import EmailConfig, email_config
from channels.live.config import live_config
from channels.pacing import in_turn
from channels.render import ArticleAddress, fit
from core.attempts import Retry
from core.claims import claim
from core.clock import Clock
from core.conversation import Conversation, WithBot
from core.errors import Invalid, NotFound, Unavailable, Undeliverable
from core.events import Event, ParticipantsChanged, Recorded, TimerFired, conversation_topic
from core.ids import ConversationId, InboxId, MessageId
from core.inbox import Inbox
from core.message import Attachment, ByAgent, BySystem, Message, Party, Text
from core.outbox import IoHandler, OutboxHandler, TxHandler
from core.participants import note_others
from core.reply import queue_reply
from core.store.conversations import ensure_point, get_conversation, get_inbox, peek_conversation
from core.store.database import Database
from core.store.messages import set_envelope
from core.store.tx import Tx
from core.texts import Texts

log = logging.getLogger(__name__)

NAME = "continuation"
_NO_ANSWER = "nobody knows whether the mail arrived"
NAME_OF_PARTICIPANTS = "continuation.participants"


@dataclass(frozen=True, slots=True)
class ContinuationGiven:
    """``present`` tells whether this visitor has a socket open, to whichever process; ``kinds`` are those of live visitors."""

    db: Database
    clock: Clock
    texts: Texts
    email: Email
    present: Callable[[str], Awaitable[bool]]
    kinds: frozenset[str]
    media_url: Callable[[Attachment], str]
    article_url: ArticleAddress
    settings: ContinuationSettings


class Continuations:
    """One a process."""

    def __init__(self, given: ContinuationGiven) -> None:
        self._given = given

    def handlers(self) -> Sequence[OutboxHandler]:
        """For the table of listeners."""
        settings = self._given.settings
        return (
            TxHandler(NAME_OF_PARTICIPANTS, (ParticipantsChanged,), self.participants),
            IoHandler(
                NAME,
                (TimerFired,),
                self.run,
                settings.time_limit_s,
                is_ours,
                Retry(settings.first_pause_s, settings.longest_pause_s, settings.horizon_s),
                self.give_up,
            ),
        )

    def heard(
        self, tx: Tx, inbox: Inbox, conversation: ConversationId, message: MessageId, text: str
    ) -> None:
        """A visitor wrote this just now: perhaps they leave an address, which is confirmed in their language."""
        if "@" not in text or (address := left_address(text)) is None:
            return
        known = peek_conversation(tx, conversation)
        if isinstance(known.handler, WithBot) and store.bot_asks(tx, inbox.id, known.thread_key):
            # It is what the bot asked for, and not where to write to them.
            return
        if not self.given(tx, inbox, conversation, address):
            return
        language = known.language
        said = self._given.texts.say("letter-address-noted", language, address=address)
        queue_reply(tx, conversation, BySystem(), (Text(said),), f"left:{message}")

    def leaves(self, tx: Tx, inbox: Inbox, visitor: str, text: str) -> bool:
        """Whether a visitor says nothing but where they can be reached, which ``heard`` answers; the bot did not ask for it."""
        if "@" not in text or (address := left_address(text)) is None:
            return False
        mailbox = self._mailbox(tx, get_inbox(tx, inbox.id))
        if mailbox is None or address in ours_of(every_mailbox(tx).values()):
            return False
        return not store.bot_asks(tx, inbox.id, visitor)

    def wanted(self, tx: Tx, conversation: ConversationId) -> bool:
        """Whether an answer would go there by mail if the visitor left an address, and they have left none."""
        inbox = get_inbox(tx, peek_conversation(tx, conversation).inbox)
        if self._mailbox(tx, inbox) is None:
            return False
        known = store.find(tx, conversation)
        return known is None or known.stage is Stage.OFF

    def given(self, tx: Tx, inbox: Inbox, conversation: ConversationId, address: str) -> bool:
        """A visitor says that they can be reached there, which proves nothing; False where nothing goes on by mail."""
        # As it is configured now: a socket may be older.
        mailbox = self._mailbox(tx, get_inbox(tx, inbox.id))
        if mailbox is None or address in ours_of(every_mailbox(tx).values()):
            return False
        known = get_conversation(tx, conversation)
        _ = claim(tx, known.contact, MAIL, address, source="left")
        sender = person_by_mail(address, language=known.language)
        note_others(tx, known, [sender], joined=True)
        point = ensure_point(tx, sender).id
        store.forget_former(tx, conversation, point)
        store.put(tx, conversation, mailbox[0], point)
        return True

    def participants(self, tx: Tx, recorded: Recorded) -> None:
        """Somebody came in or went out: where the conversation goes on by mail, if anywhere."""
        if not isinstance(recorded.event, ParticipantsChanged):
            return
        conversation = peek_conversation(tx, recorded.event.conversation)
        mailbox = self._mailbox(tx, get_inbox(tx, conversation.inbox))
        if mailbox is None:
            return
        point = store.newest_by_mail(tx, conversation.id)
        if point is None:
            store.rest(tx, conversation.id)
            return
        store.put(tx, conversation.id, mailbox[0], point)
        self.shown(tx, conversation.id)

    def shown(self, tx: Tx, conversation: ConversationId) -> None:
        """A reply is in the visitor's stream: it is looked at again when it has been unread for long enough."""
        known = store.find(tx, conversation)
        if known is None or known.stage is Stage.OFF:
            return
        due = tx.now + timedelta(seconds=self._patience_s(tx, known))
        if not store.timer_is_set(tx, conversation, due):
            tx.set_timer(conversation_topic(conversation), TIMER, due)

    async def run(self, recorded: Recorded) -> None:
        """The time has come: one mail, if there is still something to tell. Raises Unavailable to be run again."""
        given = self._given
        conversation = ConversationId(recorded.topic.partition(":")[2])
        # Whoever has just come or gone is seen the next time.
        there = await given.present(await given.db.read(_visitor_of, conversation))
        plan = await in_turn(lambda: given.db.run(self._take, conversation, there=there))
        if plan is None:
            return
        writer, email = given.email.writer, given.email
        envelope = envelope_of(plan, writer)
        head = head_of(plan, envelope, writer, given.clock.now())
        try:
            enclosures, pictures = await email.enclosed(plan.parts, domain_of(plan.config))
            letter = letter_of(plan, writer, pictures)
            await email.post(plan.inbox, plan.config, head, letter, enclosures)
        except Unavailable:
            await given.db.run(store.move, conversation, Stage.READY, sent_n=plan.before_n)
            raise
        except Undeliverable as error:
            await given.db.run(_ended, plan, Stage.FAILED, str(error))
        except Exception as error:  # noqa: BLE001 - whatever it was, the mail may have left
            log.warning("nobody knows whether a mail of conversation %s arrived: %r", conversation, error)
            await given.db.run(_ended, plan, Stage.UNCERTAIN, str(error) or _NO_ANSWER)
        else:

            def sent(tx: Tx) -> None:
                for each in plan.missed:
                    set_envelope(tx, each.message.id, envelope)
                store.mailed_as(tx, plan.newest.id, head.message_id)
                _ended(tx, plan, Stage.READY, None)

            await given.db.run(sent)

    def give_up(self, tx: Tx, recorded: Recorded) -> None:
        """After the last attempt."""
        known = store.find(tx, ConversationId(recorded.topic.partition(":")[2]))
        if known is not None:
            stage = Stage.UNCERTAIN if known.stage is Stage.SENDING else Stage.FAILED
            store.move(tx, known.conversation, stage, reason="given up")

    def _take(self, tx: Tx, conversation_id: ConversationId, *, there: bool) -> Plan | None:
        """What is to be sent, marked as being on its way; None when there is nothing, or it is too early."""
        conversation = get_conversation(tx, conversation_id)
        known = store.find(tx, conversation_id)
        if known is None or known.stage is Stage.OFF:
            return None
        if known.stage is Stage.SENDING:
            # A time-out, or a process that died: nobody knows whether it arrived, so these replies stay counted.
            store.move(tx, conversation_id, Stage.UNCERTAIN, reason=_NO_ANSWER)
            store.note_at(tx, conversation_id, known.sent_n, f"{known.address}: {_NO_ANSWER}")
        mailbox = self._mailbox(tx, get_inbox(tx, conversation.inbox))
        if mailbox is None or mailbox[0] != known.inbox:
            return None
        if store.newest_by_mail(tx, conversation_id) != known.point:
            # Somebody went out or came in just now; that looks at it again.
            return None
        missed = store.unread(tx, known)
        if not any(isinstance(message.author, ByAgent) for message in missed):
            # What the bot says is said while they are there; a mail is sent for a person's words only.
            return None
        if self._too_early(tx, conversation, missed, self._patience_s(tx, known), there=there):
            return None
        return self._planned(tx, conversation, known, missed, mailbox[1])

    def _too_early(
        self, tx: Tx, conversation: Conversation, missed: Sequence[Message], patience_s: float, *, there: bool
    ) -> bool:
        """True when it will be looked at later; ``there``: the visitor is connected."""
        settings = self._given.settings
        oldest = next(each for each in missed if isinstance(each.author, ByAgent)).created_at
        due = oldest + timedelta(seconds=patience_s)
        if due <= tx.now and there:
            # They are there and do not look: less and less often.
            waited = (tx.now - oldest).total_seconds()
            due = tx.now + timedelta(seconds=min(settings.longest_s, max(settings.away_s, waited)))
        if due <= tx.now:
            return False
        tx.set_timer(conversation_topic(conversation.id), TIMER, due)
        return True

    def _planned(
        self,
        tx: Tx,
        conversation: Conversation,
        known: Continuation,
        missed: Sequence[Message],
        config: EmailConfig,
    ) -> Plan:
        given, newest = self._given, missed[-1]
        mailbox = get_inbox(tx, known.inbox)
        wait_s = given.email.place_s(mailbox, newest.id)
        if wait_s > 0:
            raise Unavailable(f"inbox {mailbox.name} sends no faster", retry_after_s=wait_s)
        name = config.name or mailbox.name
        can = given.email.capabilities
        plan = Plan(
            conversation=conversation.id,
            inbox=known.inbox,
            config=config,
            to=Party(known.address, known.name),
            name=name,
            subject=conversation.subject,
            language=conversation.language or config.language,
            missed=tuple(
                Missed(
                    each,
                    _author(tx, each, name),
                    fit(each.parts, can, article_url=given.article_url, media_url=given.media_url),
                )
                for each in missed
            ),
            known=history(tx, given.email.writer.signer, domain_of(config), conversation.id, missed[0].id),
            before_n=known.sent_n,
        )
        store.move(tx, conversation.id, Stage.SENDING, sent_n=store.number_of(tx, newest.id))
        return plan

    def _patience_s(self, tx: Tx, known: Continuation) -> float:
        settings = self._given.settings
        return settings.by_mail_s if store.wrote_by_mail(tx, known) else settings.away_s

    def _mailbox(self, tx: Tx, inbox: Inbox) -> tuple[InboxId, EmailConfig] | None:
        """Through which mailbox this inbox's conversations go on; None where none is named that works."""
        if inbox.kind not in self._given.kinds:
            return None
        try:
            named = live_config(inbox.config).mail
            if named is None:
                return None
            mailbox = get_inbox(tx, InboxId(named))
            if mailbox.kind != KIND or not mailbox.enabled:
                return None
            return mailbox.id, email_config(mailbox.config)
        except (Invalid, NotFound):
            return None


def is_ours(event: Event) -> bool:
    return isinstance(event, TimerFired) and event.kind == TIMER


def _visitor_of(tx: Tx, conversation: ConversationId) -> str:
    return peek_conversation(tx, conversation).thread_key


def _ended(tx: Tx, plan: Plan, stage: Stage, reason: str | None) -> None:
    """What certainly did not arrive is counted as not sent: it goes to the next address that is left."""
    back = plan.before_n if stage is Stage.FAILED else None
    store.move(tx, plan.conversation, stage, sent_n=back, reason=reason)
    if reason is not None:
        store.note_at(
            tx, plan.conversation, store.number_of(tx, plan.newest.id), f"{plan.to.address}: {reason}"
        )


def _author(tx: Tx, message: Message, ours: str) -> str:
    match message.author:
        case ByAgent(who):
            return agent_name(tx, who) or ours
        case _:
            return ours
