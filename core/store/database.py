"""What a database promises: plain functions of a Tx, run in one transaction each."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Concatenate, ParamSpec, Protocol, TypeVar

from core.clock import Clock
from core.ids import Ids
from core.store.tx import Outcome, Routes, Tx

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Given:
    """What each transaction is given: the clock, new ids, and which handlers each event goes to.

    ``committed`` is called on the event loop after each commit that others must hear of. ``settings``: what a transaction
    may ask for by its type (``Tx.setting``).
    """

    clock: Clock
    ids: Ids
    routes: Routes
    committed: Callable[[Outcome], None]
    settings: Sequence[object] = ()


class Database(Protocol):
    """SQLite and PostgreSQL alike; ``tests/contracts/test_database.py`` is what both must pass.

    Both raise ``Unavailable`` when the database cannot be reached or is full, and pass on what ``work`` raises
    after undoing everything it did. ``work`` may be run more than once: it must do nothing but its reads and writes.
    """

    async def run(self, work: Callable[Concatenate[Tx, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run it in one transaction that sees the writes of all before it; return once it is on disk."""
        ...

    async def read(self, work: Callable[Concatenate[Tx, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run it against one snapshot; it must not write."""
        ...

    @property
    def large(self) -> "Database":
        """The same one, for what reads or writes thousands of rows: its work never runs on the event loop."""
        ...

    async def close(self) -> None: ...
