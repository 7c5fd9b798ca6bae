"""What the loopback channel takes for a message from outside."""

import msgspec

from core.errors import Invalid
from core.web import invalid


class LoopbackMessage(msgspec.Struct, frozen=True):
    """``id`` is the sender's own, the same in each repeat; ``thread`` is by default the sender's address."""

    id: str
    sender: str
    text: str
    name: str | None = None
    thread: str | None = None
    language: str | None = None


def decode(payload: bytes) -> LoopbackMessage:
    """Raises Invalid, naming the field."""
    try:
        message = msgspec.json.decode(payload, type=LoopbackMessage)
    except msgspec.ValidationError as error:
        raise invalid(error, LoopbackMessage) from None
    except (msgspec.DecodeError, UnicodeError):
        raise Invalid("body", "a JSON object", code="malformed") from None
    if not message.text.strip():
        raise Invalid("text", "something to say", code="empty")
    return message
