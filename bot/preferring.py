"""Which of several Rasa servers a conversation goes to: the same one each time, and another while that is away; pure."""

import hashlib
from collections.abc import Iterable

_DIGEST_BYTES = 8


def preferred(servers: Iterable[str], conversation: str) -> list[str]:
    """All of them, the conversation's own first (rendezvous hashing): one that comes or goes moves only its own share."""
    return sorted(servers, key=lambda server: _weight(server, conversation), reverse=True)


def _weight(server: str, conversation: str) -> bytes:
    return hashlib.blake2b(f"{server} {conversation}".encode(), digest_size=_DIGEST_BYTES).digest()
