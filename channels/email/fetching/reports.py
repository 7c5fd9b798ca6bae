"""Delivery reports about mails of ours: the delivery changes, and the conversation shows the server's words."""

from dataclasses import replace

from sqlalchemy import select

from channels.email.fetching.verdict import REPORT, Verdict, done
from channels.email.inbound import Told, to_inbound
from channels.email.mail import KIND, Address, Bounce, ParsedMail
from channels.email.signing import Signer
from core.errors import NotFound
from core.ids import ConversationId, MessageId
from core.message import Delivery, DeliveryState, Message, Text
from core.participants import participants_of
from core.receive import Place, receive_message
from core.reply import set_delivery
from core.store.messages import get_message
from core.store.tables.conversation import conversation
from core.store.tables.people import contact_point
from core.store.tx import Tx

_MAY_FAIL = frozenset(
    {DeliveryState.SENDING, DeliveryState.SENT, DeliveryState.DELIVERED, DeliveryState.UNCERTAIN}
)
_MAY_ARRIVE = frozenset({DeliveryState.SENT, DeliveryState.UNCERTAIN})
_WORDS_CHARACTERS = 2000
_NOBODY = Address("mailer-daemon@invalid", None)
"""Whoever a report without a sender is from."""


def settle_report(tx: Tx, signer: Signer, parsed: ParsedMail, bounce: Bounce, told: Told) -> Verdict:
    """Only what was signed here counts: a report names our mail by a Message-ID that nobody else can make up."""
    about = _about(tx, signer, parsed, bounce)
    if about is None:
        return REPORT
    words = _words(bounce, parsed)
    match bounce.outcome:
        case "failed" if _is_requester(tx, about.conversation, bounce.recipient):
            set_delivery(tx, about.id, Delivery(DeliveryState.FAILED, words), _MAY_FAIL)
        case "delivered":
            set_delivery(tx, about.id, Delivery(DeliveryState.DELIVERED), _MAY_ARRIVE)
            return done(None, "delivered")
        case _:
            pass  # delayed, or it did not reach somebody who reads along: said in the conversation
    notice = to_inbound(
        parsed,
        (Text(words),),
        parsed.sender or _NOBODY,
        replace(told, automatic=bounce.outcome, to_bot=False),
    )
    received = receive_message(
        tx, replace(notice, others=()), lambda _tx, _inbound: Place(about.conversation)
    )
    return done(received.message, bounce.outcome)


def _about(tx: Tx, signer: Signer, parsed: ParsedMail, bounce: Bounce) -> Message | None:
    """The mail of ours that it reports on, wherever it is now."""
    for named in (bounce.message_id, *parsed.in_reply_to, *parsed.references):
        signed = None if named is None else signer.read_message_id(named)
        if signed is not None:
            return _find(tx, signed[1])
    return None


def _find(tx: Tx, message: MessageId) -> Message | None:
    try:
        return get_message(tx, message)
    except NotFound:
        return None


def _is_requester(tx: Tx, about: ConversationId, recipient: str | None) -> bool:
    """A report that names nobody is about the requester; one about a copy leaves the delivery to them alone."""
    if recipient is None:
        return True
    copies = (
        select(contact_point.c.address)
        .join(conversation, conversation.c.contact_point_id == contact_point.c.id)
        .where(conversation.c.id == about, contact_point.c.kind == KIND)
    )
    address = tx.conn.execute(copies).scalar_one_or_none()
    return address is None or address == recipient.lower() or not _joined(tx, about, recipient)


def _joined(tx: Tx, about: ConversationId, recipient: str) -> bool:
    return recipient.lower() in {each.address for each in participants_of(tx, about)}


def _words(bounce: Bounce, parsed: ParsedMail) -> str:
    """The server's, which tell a person most."""
    said = ": ".join(
        dict.fromkeys(each.strip() for each in (bounce.recipient, bounce.status, bounce.diagnostic) if each)
    )
    return (said if bounce.diagnostic.strip() else parsed.text.strip() or said)[:_WORDS_CHARACTERS]
