"""Vectors in the database: one of a text and a model, made once and shared by all processes."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import delete, select

from core.store.tables.knowledge import embedding, embedding_model
from core.store.tx import Tx

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_AT_ONCE = 400
_DIGEST_BYTES = 16


def digest(text: str, *, passage: bool = False) -> str:
    """What a text is called in the table; as a passage it is another one, as some models read it differently."""
    kind = b"passage" if passage else b"question"
    return hashlib.blake2b(
        text.encode("utf-8", "replace"), digest_size=_DIGEST_BYTES, person=kind
    ).hexdigest()


def load(tx: Tx, model: str, digests: Sequence[str]) -> "Mapping[str, NDArray[np.float32]]":
    """Those that are there."""
    import numpy as np  # noqa: PLC0415 - see contract.py

    found: dict[str, NDArray[np.float32]] = {}
    for start in range(0, len(digests), _AT_ONCE):
        some = digests[start : start + _AT_ONCE]
        where = (embedding.c.model == model) & embedding.c.digest.in_(some)
        for row in tx.conn.execute(select(embedding.c.digest, embedding.c.vector).where(where)):
            found[row.digest] = np.frombuffer(row.vector, "<f2").astype(np.float32)
    return found


def missing(tx: Tx, model: str, digests: Sequence[str]) -> set[str]:
    """Those that are not there."""
    return set(digests) - set(_there(tx, model, digests))


def save(tx: Tx, model: str, vectors: "Mapping[str, NDArray[np.float32]]") -> None:
    """Half precision, little-endian; what another process was faster with stays as it is."""
    rows = [
        {"model": model, "digest": each, "vector": vectors[each].astype("<f2").tobytes()}
        for each in sorted(vectors)
    ]
    for row in rows:
        _ = tx.insert_new(embedding, row)


def models(tx: Tx) -> list[str]:
    """The fingerprints of all models of which there are vectors."""
    return list(tx.conn.execute(select(embedding.c.model).distinct().order_by(embedding.c.model)).scalars())


def use(tx: Tx, fingerprints: Iterable[str]) -> None:
    """A process has these at work now."""
    for model in sorted(fingerprints):
        put = tx.insert_for(embedding_model).values(model=model, used_at=tx.now)
        tx.conn.execute(put.on_conflict_do_update(index_elements=["model"], set_={"used_at": tx.now}))


def notice(tx: Tx, fingerprints: Iterable[str]) -> None:
    """The time of those that nobody is known to have used begins now."""
    for model in sorted(fingerprints):
        _ = tx.insert_new(embedding_model, {"model": model, "used_at": tx.now})


def unused(tx: Tx, since: datetime) -> list[str]:
    """Those that no process has had at work since then."""
    wanted = select(embedding_model.c.model).where(embedding_model.c.used_at < since)
    return list(tx.conn.execute(wanted.order_by(embedding_model.c.model)).scalars())


def forget(tx: Tx, model: str, most: int) -> int:
    """Delete so many of a model's vectors, and what is known of its use with the last one; how many."""
    some = select(embedding.c.digest).where(embedding.c.model == model).limit(most)
    of_it = embedding.c.model == model, embedding.c.digest.in_(some)
    gone = tx.conn.execute(delete(embedding).where(*of_it)).rowcount
    if gone < most:
        tx.conn.execute(delete(embedding_model).where(embedding_model.c.model == model))
    return gone


def _there(tx: Tx, model: str, digests: Sequence[str]) -> Iterable[str]:
    for start in range(0, len(digests), _AT_ONCE):
        some = digests[start : start + _AT_ONCE]
        where = (embedding.c.model == model) & embedding.c.digest.in_(some)
        yield from tx.conn.execute(select(embedding.c.digest).where(where)).scalars()
