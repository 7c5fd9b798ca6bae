"""What an update does, in one transaction: a message, a change of one, a choice, a block, a move."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import bindparam, or_, select

from channels.media.library import Prepared
from channels.telegram import callback
from channels.telegram.chats import follow
from channels.telegram.receiving.boxes import Box
from channels.telegram.receiving.told import Answered, Moved, Person, Press, Reach, Said, Wanted
from channels.telegram.sending.presses import Fate
from channels.telegram.wire import KIND
from core.claims import PHONE, claim
from core.contact import Sender
from core.edit import edit_message, set_reachable
from core.errors import NotFound
from core.ids import InboxId, MessageId
from core.message import Attachment, Choice, Exact, Inbound, Option, Part, Quoted, Text, in_brief
from core.receive import Received, receive_message
from core.store.codec import load_parts
from core.store.conversations import find_point, peek_conversation
from core.store.messages import find_inbound, get_message
from core.store.tables.conversation import conversation, message
from core.store.tables.intake import delivered_piece
from core.store.tx import Tx

_QUOTED_CHARACTERS = 300
_PIECES = select(delivered_piece.c.message_id).where(delivered_piece.c.external_id == bindparam("external"))
_REPLY = (
    select(message.c.id, message.c.parts)
    .join(conversation, conversation.c.id == message.c.conversation_id)
    .where(
        conversation.c.inbox_id == bindparam("inbox"),
        conversation.c.thread_key == bindparam("thread"),
        conversation.c.status != "closed",
        message.c.kind == "reply",
        or_(message.c.external_id == bindparam("external"), message.c.id.in_(_PIECES)),
    )
    .limit(1)
)


@dataclass(frozen=True, slots=True)
class Furnished:
    """The parts of a message, and the files among them that it will take."""

    parts: tuple[Part, ...]
    files: tuple[Prepared, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a press, which Telegram waits to hear."""

    press: Press
    fate: Fate
    label: str = ""


class Desk:
    """``take`` makes stored files the message's own."""

    def __init__(self, take: Callable[[Tx, Sequence[Prepared]], None]) -> None:
        self._take = take

    def said(self, tx: Tx, box: Box, said: Said, made: Furnished) -> None:
        """A new message, or what has become of one; nothing where it is known or, edited, unknown."""
        if said.edited_at is not None:
            self._edited(tx, box.inbox, said, made)
            return
        quoted = _quoted(tx, box.inbox, said)
        inbound = Inbound(
            inbox=box.inbox,
            external_id=said.external,
            sender=_sender(said.person),
            parts=made.parts if quoted is None else (quoted, *made.parts),
            thread=Exact(said.where.key),
            sent_at=said.sent_at,
            language=box.config.language_of(said.person.language),
            context={} if said.start is None else {"start": said.start},
            public=said.where.group,
        )
        received = receive_message(tx, inbound)
        if received.duplicate:
            return
        if made.files:
            self._take(tx, made.files)
        if said.card is not None:
            _claim_phone(tx, received, said.card)
        if _begins(said) and (point := find_point(tx, KIND, str(said.person.id))) is not None:
            set_reachable(tx, point, reachable=True)

    def _edited(self, tx: Tx, inbox: InboxId, said: Said, made: Furnished) -> None:
        external, row = said.external, find_inbound(tx, inbox, said.external)
        if row is None and said.alone != said.external:
            external, row = said.alone, find_inbound(tx, inbox, said.alone)
        if row is None or said.edited_at is None:
            return
        before = load_parts(row.parts)
        parts = made.parts
        if said.bundle is not None and external == said.external:
            parts = of_album(before, parts)
        elif (quoted := _quoted(tx, inbox, said)) is not None:
            parts = (quoted, *parts)
        edit_message(tx, inbox, external, parts, said.edited_at)
        if made.files:
            self._take(tx, made.files)

    def pressed(self, tx: Tx, box: Box, press: Press) -> Outcome:
        """Refused is what nobody offered in that conversation. Pressing the same again says nothing more."""
        if press.data == callback.CHOSEN:
            return Outcome(press, Fate.NOTHING)
        option = _offered(tx, box, press)
        if option is None:
            return Outcome(press, Fate.REFUSED)
        message, number, chosen = option
        inbound = Inbound(
            inbox=box.inbox,
            external_id=f"choice:{message}-{number}",
            sender=_sender(press.person),
            parts=(Choice(message, chosen.id, chosen.label),),
            thread=Exact(press.where.key),
            sent_at=press.at,
            language=box.config.language_of(press.person.language),
            public=press.where.group,
        )
        receive_message(tx, inbound)
        return Outcome(press, Fate.CHOSEN, chosen.label)

    def reach(self, tx: Tx, reach: Reach) -> None:
        """Somebody who never wrote is nobody to remember."""
        point = find_point(tx, KIND, str(reach.person.id))
        if point is not None:
            set_reachable(tx, point, reachable=reach.reachable)

    def moved(self, tx: Tx, box: Box, moved: Moved) -> None:
        follow(tx, box.inbox, moved.old, moved.new)


def known_files(tx: Tx, inbox: InboxId, said: Said) -> dict[str, Attachment]:
    """The files of an edited message that we have already, by Telegram's name: those of just the same size."""
    row = find_inbound(tx, inbox, said.external) or find_inbound(tx, inbox, said.alone)
    if row is None:
        return {}
    ours = [part for part in load_parts(row.parts) if isinstance(part, Attachment)]
    found: dict[str, Attachment] = {}
    for wanted in said.wanted:
        same = next((each for each in ours if each.size == wanted.size), None)
        if same is not None:
            found[wanted.file] = same
    return found


def furnished(said: Said, known: dict[str, Attachment]) -> Furnished | None:
    """Without fetching anything; None when something must be fetched."""
    parts: list[Part] = []
    for piece in said.pieces:
        if not isinstance(piece, Wanted):
            parts.append(piece)
        elif (have := known.get(piece.file)) is not None:
            parts.append(have)
        else:
            return None
    return Furnished(tuple(parts))


def of_album(before: Sequence[Part], changed: Sequence[Part]) -> tuple[Part, ...]:
    """An album after one of its messages changed: only one of several captions can be told apart from the others."""
    texts = [part for part in before if isinstance(part, Text)]
    new_texts = [part for part in changed if isinstance(part, Text) and part not in texts]
    new_files = [part for part in changed if isinstance(part, Attachment) and part not in before]
    if len(texts) > 1:
        return (*before, *new_texts, *new_files)
    said = [part for part in changed if isinstance(part, Text)] or (texts if new_files else [])
    first = [part for part in before if isinstance(part, Quoted)]
    rest = [part for part in before if not isinstance(part, Text | Quoted)]
    return (*first, *said, *rest, *new_files)


def _offered(tx: Tx, box: Box, press: Press) -> tuple[MessageId, int, Option] | None:
    meant = callback.pressed(press.data)
    if meant is None:
        return None
    try:
        offered = get_message(tx, meant.message)
        place = peek_conversation(tx, offered.conversation)
    except NotFound:
        return None
    if (place.inbox, place.thread_key) != (box.inbox, press.where.key):
        return None
    option = callback.option_at(offered.parts, meant.number)
    return None if option is None else (offered.id, meant.number, option)


def _begins(said: Said) -> bool:
    """Whoever starts the bot can be written to, whatever was before."""
    started = said.start is not None or said.pieces[:1] == (Text("/start"),)
    return started and not said.where.group


def _sender(person: Person) -> Sender:
    return Sender(KIND, str(person.id), verified=True, name=person.name, language=person.language)


def _claim_phone(tx: Tx, received: Received, number: str) -> None:
    """Their own card says so: Telegram vouches for who sent it, but nobody for the number still being theirs."""
    contact = peek_conversation(tx, received.conversation).contact
    claim(tx, contact, PHONE, number if number.startswith("+") else f"+{number}", source=KIND)


def _quoted(tx: Tx, inbox: InboxId, said: Said) -> Quoted | None:
    answers = said.answers
    if answers is None:
        return None
    found = _theirs(tx, inbox, answers) or _ours(tx, inbox, said.where.key, answers)
    if found is None:
        return Quoted(answers.text) if answers.text else None
    known, words = found
    return Quoted((answers.text or words)[:_QUOTED_CHARACTERS], known)


def _theirs(tx: Tx, inbox: InboxId, answers: Answered) -> tuple[MessageId, str] | None:
    for external in answers.theirs:
        row = find_inbound(tx, inbox, external)
        if row is not None:
            return MessageId(row.id), in_brief(load_parts(row.parts))
    return None


def _ours(tx: Tx, inbox: InboxId, thread: str, answers: Answered) -> tuple[MessageId, str] | None:
    """By its own name, or by that of any of its pieces; looked for among those of the same conversation."""
    asked = {"inbox": inbox, "thread": thread, "external": answers.ours}
    row = None if answers.ours is None else tx.conn.execute(_REPLY, asked).first()
    return None if row is None else (MessageId(row.id), in_brief(load_parts(row.parts)))
