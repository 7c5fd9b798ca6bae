"""What a visitor says, checked and brought into the conversation model."""

from dataclasses import dataclass, replace
from datetime import datetime

from channels.contract import Library
from channels.live.details import NAME, checked_answers
from channels.live.page import KEY as PAGE
from channels.live.protocol import Choice as Pressed
from channels.live.protocol import Say
from channels.live.settings import LiveSettings
from core.contact import Sender
from core.errors import Invalid, NotFound
from core.ids import MediaId, MessageId
from core.inbox import Inbox
from core.message import Buttons, Choice, Exact, Inbound, Part, Text
from core.receive import Received, receive_message
from core.store.conversations import peek_conversation
from core.store.messages import find_inbound, get_message
from core.store.tx import Tx

KEY_CHARACTERS = 64


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who speaks: proven by a ``session`` (its id, not its secret), in the language of their page.

    From this network ``address``; ``page`` is the address of that page, where it is known. ``user`` is their site's
    name for them, where it was proven when they came. ``network``: a name for that of the address, kept with what they say.
    """

    id: str
    language: str
    address: str
    session: str
    page: str | None = None
    user: str | None = None
    network: str | None = None


def check(said: Say, settings: LiveSettings) -> None:
    """Raises Invalid: ``empty``, ``too_large`` or ``malformed``, with the field."""
    if not 0 < len(said.key) <= KEY_CHARACTERS:
        raise Invalid("key", f"1 to {KEY_CHARACTERS} characters", code="malformed")
    if len(said.text) > settings.text_bytes or len(said.text.encode()) > settings.text_bytes:
        raise Invalid("text", f"at most {settings.text_bytes} bytes of UTF-8", code="too_large")
    if len(said.uploads) > settings.uploads:
        raise Invalid("uploads", f"at most {settings.uploads} files", code="too_large")
    if not (said.text.strip("\x00 \t\r\n") or said.uploads or said.choice):
        raise Invalid("text", "something to say", code="empty")


def upload_owner(session: str) -> str:
    """Whose uploads are until a message takes them: the session's, also when it becomes a proven visitor's meanwhile."""
    return f"visitor:{session}"


def to_inbound(inbox: Inbox, visitor: Visitor, said: Say, parts: tuple[Part, ...], at: datetime) -> Inbound:
    """``external_id`` joins session and key, because each client makes its own keys."""
    page = {} if visitor.page is None else {PAGE: visitor.page}
    return Inbound(
        inbox=inbox.id,
        external_id=f"{visitor.session}:{said.key}",
        # The session's secret proves that it is this visitor.
        sender=Sender(inbox.kind, visitor.id, verified=True, language=visitor.language),
        parts=parts,
        thread=Exact(visitor.id),
        sent_at=at,
        language=visitor.language,
        context=page,
        network=visitor.network,
    )


def receive(
    tx: Tx, library: Library, inbox: Inbox, visitor: Visitor, said: Say, *, quiet: bool = False
) -> Received:
    """Store a checked message once. Raises Invalid on ``uploads`` or ``choice`` that are not this visitor's, and ``details``."""
    parts: tuple[Part, ...] = (Text(said.text.replace("\x00", "")),) if said.text.strip() else ()
    bare = _with_answers(tx, inbox, said, to_inbound(inbox, visitor, said, parts, tx.now))
    bare = replace(bare, quiet=quiet)
    if not said.uploads and said.choice is None:
        return receive_message(tx, bare)
    if find_inbound(tx, inbox.id, bare.external_id) is not None:
        # A repeat finds its uploads taken: by itself.
        return receive_message(tx, bare)
    chosen = _choice(tx, inbox, visitor, said.choice)
    files = library.claim(tx, upload_owner(visitor.session), [MediaId(upload) for upload in said.uploads])
    # Whoever presses or sends something says more than how they can be reached.
    return receive_message(tx, replace(bare, parts=(*(chosen or parts), *files), quiet=False))


def _with_answers(tx: Tx, inbox: Inbox, said: Say, bare: Inbound) -> Inbound:
    answers = checked_answers(tx, inbox, bare.sender.address, said)
    if not answers:
        return bare
    sender = replace(bare.sender, name=answers.get(NAME))
    return replace(bare, sender=sender, context={**bare.context, **answers})


def _choice(tx: Tx, inbox: Inbox, visitor: Visitor, pressed: Pressed | None) -> tuple[Part, ...]:
    """A pressed button says its label, whatever text came with it."""
    if pressed is None:
        return ()
    problem = Invalid("choice", "an option of a message in this conversation", code="choice")
    try:
        offered = get_message(tx, MessageId(pressed.message))
        conversation = peek_conversation(tx, offered.conversation)
    except NotFound:
        raise problem from None
    if (conversation.inbox, conversation.thread_key) != (inbox.id, visitor.id):
        raise problem
    options = [option for part in offered.parts if isinstance(part, Buttons) for option in part.options]
    for option in options:
        if option.id == pressed.option:
            return (Choice(offered.id, option.id, option.label),)
    raise problem
