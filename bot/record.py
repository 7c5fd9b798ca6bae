"""Our record of the bot's turns in the database: it is the truth about where a conversation stands."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import bindparam, select

from bot.contract import Asked, ChoseGone, Chosen, GivenArticle, Offered, Outcome, PastTurn, Turn
from bot.handing.deciding import moods_of
from bot.meaning import chosen_by
from bot.proposals import Understanding
from bot.reply import AskBack, BotReply, HandOff, Nothing, Say, Suggest
from bot.surroundings import PAGE, chosen_before, page_language, page_words
from bot.text import tame
from bot.wording import articles_of
from core.conversation import Closed, Conversation, Resolved, WithBot
from core.events import MessageReceived
from core.ids import ArticleId, MessageId, TurnId
from core.inbox import Inbox
from core.message import Attachment, Buttons, ByContact, Choice, Message, Proof, Text
from core.site_users import USER
from core.store.codec import load_message
from core.store.contacts import proven_addresses
from core.store.conversations import get_inbox, peek_conversation
from core.store.forms import StoredGivenArticle
from core.store.learning import StoredGuess
from core.store.messages import find_by_key, get_message
from core.store.prepared import Prepared
from core.store.tables.bot import bot_turn
from core.store.tables.conversation import conversation as conversation_table
from core.store.tables.conversation import message as message_table
from core.store.tx import Tx
from core.store.types import word

ALONE = "policy"
"""The engine of a turn that needed none."""

Letters = Callable[[str], bool]
"""Whether inboxes of this kind go to and fro in letters."""

_PROOFS = (Proof.REPLY_ADDRESS, Proof.AUTHENTICATED)
_ANSWERED = Prepared(select(bot_turn.c.id).where(bot_turn.c.message_id == bindparam("message")))
_CONTEXT = Prepared(
    select(conversation_table.c.context).where(conversation_table.c.id == bindparam("conversation"))
)
_HISTORY = Prepared(
    select(bot_turn, message_table.c.text)
    .join(message_table, message_table.c.id == bot_turn.c.message_id)
    .where(bot_turn.c.conversation_id == bindparam("conversation"), bot_turn.c.turn == bindparam("token"))
    .order_by(bot_turn.c.created_at.desc(), message_table.c.n.desc())
    .limit(bindparam("most"))
)
_WRITTEN = select(message_table.c.n).where(message_table.c.id == bindparam("message")).scalar_subquery()
_UNSEEN = Prepared(
    select(message_table.c.id).where(
        message_table.c.conversation_id == bindparam("conversation"),
        message_table.c.key == bindparam("key"),
        message_table.c.kind != word("inbound"),
        message_table.c.n > _WRITTEN,
    )
)


@dataclass(frozen=True, slots=True)
class RecordSettings:
    """``text`` in characters of a customer's message; ``history`` in earlier turns."""

    text: int = 2000
    history: int = 8


@dataclass(frozen=True, slots=True)
class Thought:
    """What a turn came to before it is committed; ``understood`` None when no engine was asked."""

    reply: BotReply
    understood: Understanding | None
    language: str


def by_hand(_kind: str) -> bool:
    """No kind of inbox goes by letter."""
    return False


def load_turn(
    tx: Tx,
    received: MessageReceived,
    turn_id: TurnId,
    settings: RecordSettings,
    letters: Letters = by_hand,
) -> Turn | Nothing:
    """The turn that answers a message, or why there is none."""
    conversation = peek_conversation(tx, received.conversation)
    why = not_ours(conversation, received)
    if why is None and _answered(tx, received.message):
        why = "answered before"
    if why is not None:
        return Nothing(why)
    turn = _turn(tx, conversation, received.message, turn_id, settings, letters)
    return replace(turn, network=received.network)


def load_suggestion(
    tx: Tx, received: MessageReceived, turn_id: TurnId, settings: RecordSettings
) -> Turn | Nothing:
    """The turn to which an agent may be helped to an answer, without what was said before; or why there is none."""
    conversation = peek_conversation(tx, received.conversation)
    why = not_owed(conversation)
    if why is None and find_by_key(tx, conversation.id, suggestion_key(received)) is not None:
        why = "suggested before"
    if why is not None:
        return Nothing(why)
    return replace(_turn(tx, conversation, received.message, turn_id, settings, by_hand), history=())


def suggestion_key(received: MessageReceived) -> str:
    return f"bot:suggest:{received.message}"


def not_owed(conversation: Conversation) -> str | None:
    """Why no answer needs to be suggested any more; None when one is owed."""
    if isinstance(conversation.status, Closed | Resolved):
        return "the conversation is over"
    return None if conversation.last_author == "contact" else "somebody answered"


def _turn(
    tx: Tx,
    conversation: Conversation,
    message_id: MessageId,
    turn_id: TurnId,
    settings: RecordSettings,
    letters: Letters,
) -> Turn:
    message = get_message(tx, message_id)
    chosen, label = _chosen(tx, message)
    history = _history(tx, conversation, settings)
    proven = _is_proven(conversation, message)
    inbox = get_inbox(tx, conversation.inbox)
    context: Mapping[str, str] = _CONTEXT.one(tx.conn, {"conversation": conversation.id}).context
    addresses = proven_addresses(tx, conversation.contact) if proven else {}
    said = "\n".join(part.text for part in message.parts if isinstance(part, Text))
    return Turn(
        id=turn_id,
        conversation=conversation.id,
        contact=conversation.contact,
        message=message.id,
        token=conversation.turn,
        text=tame(said or label, settings.text),
        language=_primary(conversation.language) or page_language(context.get(PAGE)),
        chosen=chosen,
        attachments=any(isinstance(part, Attachment) for part in message.parts),
        verified=bool(addresses),
        emails=addresses.get("email", ()),
        users=addresses.get(USER, ()),
        proven=proven,
        letter=letters(inbox.kind),
        queue=conversation.queue,
        inbox=conversation.inbox,
        brand=inbox.brand,
        profile=inbox.profile,
        near=_near(inbox, context),
        history=history,
        offered=_offered(tx, conversation, history),
        now=tx.now,
        unseen=_unseen(tx, message, history),
    )


def _unseen(tx: Tx, message: Message, history: Sequence[PastTurn]) -> bool:
    """Whether they cannot have read our last answer when they wrote this."""
    heard = history[-1].message if history else None
    if heard is None:
        return False
    bound = {"conversation": message.conversation, "key": reply_key(heard), "message": message.id}
    return bool(_UNSEEN.rows(tx.conn, bound))


def _near(inbox: Inbox, context: Mapping[str, str]) -> tuple[str, ...]:
    said = (*chosen_before(inbox.config.get("questions"), context), page_words(context.get(PAGE)))
    return tuple(each for each in said if each)


def _is_proven(conversation: Conversation, message: Message) -> bool:
    """Whether this message shows that the contact wrote it, for them alone: a sender's name is no proof, nor is who reads along."""
    if conversation.public:
        return False
    if message.envelope is None:
        return True
    return message.envelope.proof in _PROOFS and message.author == ByContact(conversation.contact)


def _primary(tag: str | None) -> str | None:
    """``zh`` of ``zh-CN``: articles and texts know no regions."""
    return None if tag is None else tag.partition("-")[0].lower() or None


def not_ours(conversation: Conversation, received: MessageReceived) -> str | None:
    """Why the bot has nothing to say to this message now; None when it has."""
    if isinstance(conversation.status, Closed):
        return "the conversation is closed"
    if not isinstance(conversation.handler, WithBot) or conversation.turn != received.turn:
        return "somebody else holds the conversation"
    return None


def save_turn(tx: Tx, turn: Turn, thought: Thought, milliseconds: int) -> bool:
    """False when this message has a record already; then nothing is written."""
    understood, reply = thought.understood, thought.reply
    handed_off = isinstance(reply, HandOff)
    slots = understood.slots if understood else turn.slots
    row = {
        "id": turn.id,
        "conversation_id": turn.conversation,
        "message_id": turn.message,
        "turn": turn.token,
        "engine": understood.engine if understood else ALONE,
        "intent": understood.intent if understood else None,
        "confidence": understood.confidence if understood else None,
        "ranking": _ranking(understood),
        "in_scope": understood.in_scope if understood else None,
        "language": thought.language,
        "active_form": None if handed_off else understood.active_form if understood else turn.active_form,
        "slots": dict(slots),
        "articles": tuple(
            StoredGivenArticle(
                each.article,
                each.revision,
                each.language,
                each.title,
                each.origin,
                each.told,
                each.left,
                each.further,
            )
            for each in articles_of(reply)
        ),
        "outcome": outcome_of(reply).value,
        "asked": asked_by(reply),
        "failures": reply.failures if isinstance(reply, Say | AskBack | Suggest) else 0,
        "reason": reply.reason if isinstance(reply, HandOff) else None,
        "mood": str(moods_of(turn)[-1]),
        "milliseconds": milliseconds,
        "created_at": tx.now,
    }
    return tx.insert_new(bot_turn, row)


def _ranking(understood: Understanding | None) -> tuple[StoredGuess, ...] | None:
    if understood is None:
        return None
    return tuple(StoredGuess(each.intent, each.confidence) for each in understood.ranking)


def outcome_of(reply: BotReply) -> Outcome:
    """What a reply counts as."""
    match reply:
        case Say(outcome=outcome):
            return outcome
        case AskBack():
            return Outcome.ASKED
        case Suggest():
            return Outcome.SUGGESTED
        case HandOff():
            return Outcome.HANDED_OFF
        case Nothing():
            return Outcome.FAILED


def asked_by(reply: BotReply) -> str | None:
    """What a yes or no to this reply would answer."""
    match reply:
        case Suggest():
            return Asked.WHICH.value
        case Say(asked=asked) | AskBack(asked=asked):
            return None if asked is None else asked.value
        case _:
            return None


def _answered(tx: Tx, message: MessageId) -> bool:
    return bool(_ANSWERED.rows(tx.conn, {"message": message}))


def _chosen(tx: Tx, message: Message) -> tuple[Chosen | None, str]:
    """What a pressed button means and says: looked up in the message of this conversation that offered it."""
    choice = next((part for part in message.parts if isinstance(part, Choice)), None)
    if choice is None:
        return None, ""
    offered = tx.conn.execute(
        select(message_table).where(
            message_table.c.id == choice.message,
            message_table.c.conversation_id == message.conversation,
            message_table.c.author == "bot",
        )
    ).one_or_none()
    if offered is not None:
        for part in load_message(offered).parts:
            for option in part.options if isinstance(part, Buttons) else ():
                if option.id == choice.option:
                    return chosen_by(option.meaning, option.label), option.label
    return ChoseGone(), ""


def _offered(tx: Tx, conversation: Conversation, history: Sequence[PastTurn]) -> tuple[Offered, ...]:
    """The choices that the bot's last message showed, in the order of their numbers."""
    heard = history[-1].message if history else None
    said = None if heard is None else find_by_key(tx, conversation.id, reply_key(heard))
    if said is None:
        return ()
    shown = (part.options for part in said.parts if isinstance(part, Buttons))
    return tuple(
        Offered(chosen_by(each.meaning, each.label), each.label) for options in shown for each in options
    )


def reply_key(message: MessageId) -> str:
    """The key of what the bot says to a message."""
    return f"bot:{message}"


def _history(tx: Tx, conversation: Conversation, settings: RecordSettings) -> tuple[PastTurn, ...]:
    """Turns under the present token only: what was before a person took over is over."""
    bound = {"conversation": conversation.id, "token": conversation.turn, "most": settings.history}
    rows: Sequence[Any] = _HISTORY.rows(tx.conn, bound)
    return tuple(_past(row, settings) for row in reversed(rows))


def _past(row: Any, settings: RecordSettings) -> PastTurn:
    return PastTurn(
        id=TurnId(row.id),
        message=MessageId(row.message_id),
        engine=row.engine,
        text=tame(row.text, settings.text),
        intent=row.intent,
        language=row.language,
        outcome=Outcome(row.outcome),
        confidence=row.confidence,
        asked=None if row.asked is None else Asked(row.asked),
        failures=row.failures,
        active_form=row.active_form,
        slots=row.slots,
        articles=tuple(
            GivenArticle(
                ArticleId(each.article),
                each.revision,
                each.language,
                each.title,
                each.origin,
                each.told,
                each.left,
                each.further,
            )
            for each in row.articles
        ),
    )
