"""The time that all processes of an installation share: the database's, so that no machine's clock decides who holds what."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from core.store.prepared import Prepared
from core.store.tx import Tx


@dataclass(frozen=True, slots=True)
class SharedTime:
    """Given to transactions (``Given.settings``) where the database may be shared; tests that move a clock go without."""

    of_database: bool = False


def shared_now(tx: Tx) -> datetime:
    """For whatever is held for a time and taken by another process afterwards.

    PostgreSQL's clock at this moment, also after a wait for a lock. SQLite's processes are on one machine: ``tx.now``.
    """
    if tx.conn.dialect.name != "postgresql" or not tx.setting(SharedTime).of_database:
        return tx.now
    now: datetime = _NOW.one(tx.conn, {}).now
    return now


_NOW = Prepared(select(func.clock_timestamp().label("now")))
