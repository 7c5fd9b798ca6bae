"""Keys that every process of one installation shares and nobody sees: made once, kept in the database."""

from collections.abc import Callable

from sqlalchemy import select

from core.store.tables.conversation import secret
from core.store.tx import Tx


def shared_secret(tx: Tx, name: str, make: Callable[[], str]) -> str:
    """The secret of this name; ``make`` gives the first one."""
    tx.insert_new(secret, {"name": name, "value": make()})
    value: str = tx.conn.execute(select(secret.c.value).where(secret.c.name == name)).scalar_one()
    return value
