"""Passwords: argon2id in the worker pool, and the same work for an account that is not there."""

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError, VerifyMismatchError

from core.tasks import Workers

_NOBODYS = "nobody has this password"


def hasher() -> PasswordHasher:
    """argon2id with 19 MiB and two passes. Source: OWASP Password Storage Cheat Sheet."""
    return PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


class Passwords:
    """Hashes and checks off the event loop."""

    def __init__(self, workers: Workers, method: PasswordHasher | None = None) -> None:
        self._workers = workers
        self._method = method or hasher()
        self._nobodys = self._method.hash(_NOBODYS)

    async def hash(self, password: str) -> str:
        return await self._workers.run(self._method.hash, password)

    async def matches(self, stored: str | None, password: str) -> bool:
        """False for None too, after as much work as for a real one."""
        right = await self._workers.run(self._verify, stored or self._nobodys, password)
        return right and stored is not None

    def _verify(self, stored: str, password: str) -> bool:
        try:
            return self._method.verify(stored, password)
        except (VerifyMismatchError, VerificationError, InvalidHashError):
            return False
