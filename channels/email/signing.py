"""What we put on our mails to know the answers by: addresses and Message-IDs that nobody else can make."""

import base64
import hashlib
import hmac
import re

from core.ids import ConversationId, MessageId

_LEAST_SECRET_BYTES = 16
_LONGEST_LOCAL_PART = 64  # RFC 5321, section 4.5.3.1.1
_MARK = "+c-"
_ADDRESS_MAC, _MESSAGE_MAC = 13, 20  # characters of 5 bits
_MAC_ALPHABET = bytes.maketrans(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", b"0123456789abcdefghjkmnpqrstvwxyz")
_SIGNED_LOCAL_PART = re.compile(rf"(.+){re.escape(_MARK)}([0-9a-z]+)([0-9a-z]{{{_ADDRESS_MAC}}})")
_SIGNED_MESSAGE = re.compile(rf"([0-9a-z]+)\.([0-9a-z]+)\.([0-9a-z]{{{_MESSAGE_MAC}}})@([^@\s<>]+)")


class Signer:
    """Everything it makes survives being lower-cased or upper-cased on its way, which some servers do.

    Who holds a signed address or Message-ID has seen a mail of that conversation; it proves no more than that.
    """

    def __init__(self, secret: bytes) -> None:
        if len(secret) < _LEAST_SECRET_BYTES:
            raise ValueError(f"the secret must have at least {_LEAST_SECRET_BYTES} bytes")
        self._secret = secret

    def reply_address(self, mailbox: str, conversation: ConversationId) -> str:
        """``support+c-…@example.com``, good for this mailbox only.

        A mailbox whose name leaves no room for it within 64 characters is returned as it is.
        """
        local, _, domain = mailbox.lower().rpartition("@")
        mac = self._mac("address", _ADDRESS_MAC, local, domain, conversation)
        signed = f"{local}{_MARK}{conversation}{mac}"
        return f"{signed}@{domain}" if len(signed) <= _LONGEST_LOCAL_PART else mailbox

    def read_reply_address(self, address: str) -> ConversationId | None:
        """The conversation it was made for, or None when it is not one of ours."""
        local, _, domain = address.strip().strip("<>").lower().rpartition("@")
        found = _SIGNED_LOCAL_PART.fullmatch(local)
        if found is None:
            return None
        name, conversation, mac = found.groups()
        expected = self._mac("address", _ADDRESS_MAC, name, domain, conversation)
        return ConversationId(conversation) if hmac.compare_digest(mac, expected) else None

    def message_id(self, conversation: ConversationId, message: MessageId, domain: str) -> str:
        """Without angle brackets. The conversation is the one in which the message was written first."""
        domain = domain.lower()
        mac = self._mac("message", _MESSAGE_MAC, conversation, message, domain)
        return f"{conversation}.{message}.{mac}@{domain}"

    def read_message_id(self, message_id: str) -> tuple[ConversationId, MessageId] | None:
        """What it was made for, or None when it is not one of ours; with or without angle brackets."""
        found = _SIGNED_MESSAGE.fullmatch(message_id.strip().strip("<>").lower())
        if found is None:
            return None
        conversation, message, mac, domain = found.groups()
        expected = self._mac("message", _MESSAGE_MAC, conversation, message, domain)
        if not hmac.compare_digest(mac, expected):
            return None
        return ConversationId(conversation), MessageId(message)

    def _mac(self, purpose: str, characters: int, *parts: str) -> str:
        """Parts hold no NUL, so that no two lists of them read alike."""
        said = "\0".join((purpose, *parts)).encode("utf-8", "surrogateescape")
        digest = hmac.digest(self._secret, said, hashlib.sha256)
        return base64.b32encode(digest).translate(_MAC_ALPHABET).decode("ascii")[:characters]
