"""What the bot needs of whoever makes codes: one goes to an e-mail address or an account and is typed in the chat."""

from dataclasses import dataclass
from typing import Protocol

from bot.contract import Turn


@dataclass(frozen=True, slots=True)
class Ways:
    """How somebody can prove who they are: by ``mail`` to the address that they name; by ``account``, where one is known
    that is proven to be that of the order's customer, so named that only its owner knows which it is.
    """

    mail: bool = False
    account: str | None = None


@dataclass(frozen=True, slots=True)
class CodeAsked:
    """A code is on its way; ``proof`` names the attempt, and whether an address is known to us nobody learns."""

    proof: str


@dataclass(frozen=True, slots=True)
class CodeRefused:
    """No code goes there: it is no address of a customer (``address``), too many were asked for, or nothing arrives there."""

    address: bool


@dataclass(frozen=True, slots=True)
class CodeIsRight:
    """The address is proven. ``verified``, ``emails``, ``users``: what is proven of the contact now."""

    verified: bool
    emails: tuple[str, ...]
    users: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CodeIsWrong:
    """``left`` more guesses; none: this code is good for nothing any more."""

    left: int


@dataclass(frozen=True, slots=True)
class CodeIsOver:
    """Too late, used, or another conversation's."""


class IdentityProof(Protocol):
    """The proof by a code, for the customer of a conversation; may raise ``core.errors.Unavailable``."""

    async def ways(self, turn: Turn, number: str | None) -> Ways:
        """Those that there are where this conversation is; ``number``: of the order that the customer shall own."""
        ...

    async def send(self, turn: Turn, address: str, language: str | None) -> CodeAsked | CodeRefused: ...

    async def send_to_account(self, turn: Turn, number: str, language: str | None) -> CodeAsked | CodeRefused:
        """To the account that ``ways`` names; nothing else says where it goes."""
        ...

    async def check(self, turn: Turn, proof: str, code: str) -> CodeIsRight | CodeIsWrong | CodeIsOver:
        """What the customer typed; it counts also when it is wrong."""
        ...


class NoProof:
    """Implements ``IdentityProof`` where there is none."""

    async def ways(self, turn: Turn, number: str | None) -> Ways:
        return Ways()

    async def send(self, turn: Turn, address: str, language: str | None) -> CodeAsked | CodeRefused:
        return CodeRefused(address=False)

    async def send_to_account(self, turn: Turn, number: str, language: str | None) -> CodeAsked | CodeRefused:
        return CodeRefused(address=False)

    async def check(self, turn: Turn, proof: str, code: str) -> CodeIsRight | CodeIsWrong | CodeIsOver:
        return CodeIsOver()
