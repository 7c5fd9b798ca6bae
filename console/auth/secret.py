"""Secrets that we hand out once: made here, and stored as a hash only."""

import hashlib
import hmac
import secrets

_BYTES = 32


def new_secret() -> str:
    """256 random bits in characters that fit into an address and a cookie."""
    return secrets.token_urlsafe(_BYTES)


def hash_of(secret: str) -> str:
    """What is stored; a fast hash will do, for the secret is random and long."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def same(one: str, other: str) -> bool:
    """Compared in constant time."""
    return hmac.compare_digest(one.encode("utf-8", "surrogatepass"), other.encode("utf-8", "surrogatepass"))
