"""Accounts that proof shows to be a customer's, and that a bot of ours may write to: a code goes there without a link."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from core.ids import ContactId, InboxId
from core.store.tx import Tx


@dataclass(frozen=True, slots=True)
class Account:
    """``address`` as its contact point has it, written to through that inbox; ``name`` as its owner goes by there."""

    kind: str
    through: InboxId
    address: str
    name: str | None


class Accounts(Protocol):
    """The accounts of one kind of channel."""

    @property
    def kind(self) -> str: ...

    def newest(self, tx: Tx, contacts: Sequence[ContactId]) -> Account | None:
        """The one that was used last, of those that are proven to be theirs and can be written to in private.

        None where there is none, they have shut us out, or its inbox is switched off.
        """
        ...

    async def tell(self, through: InboxId, address: str, reference: str, words: str) -> None:
        """Say this once, now or never. Raises Undeliverable where they can be told nothing, Unavailable."""
        ...
