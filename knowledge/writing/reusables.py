"""Snippets and variables: what editors do with them, one transaction each, told by ``KnowledgeChanged("reusables")``."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Row, delete, func, insert, select, update

from core.errors import Conflict, Invalid, NotFound
from core.events import KNOWLEDGE_TOPIC
from core.ids import AgentId
from core.knowledge_events import KnowledgeChanged
from core.store.tables.knowledge import reusable
from core.store.tx import Tx
from knowledge.rendering.values import Kind, Piece, Reusables
from knowledge.writing.reusing import New, check_cycle, checked_name, checked_texts, names_in
from knowledge.writing.settings import ReusableSettings
from knowledge.writing.uses import Use, uses_of

_FALLBACK = "en"
_NAMED = 5


@dataclass(frozen=True, slots=True)
class Reusable:
    """``texts`` by language; ``updated_by`` who changed it last."""

    name: str
    kind: Kind
    texts: Mapping[str, str]
    version: int
    updated_by: AgentId | None
    updated_at: datetime


def list_all(tx: Tx) -> list[Reusable]:
    """In the order of their names."""
    return [_reusable(row) for row in tx.conn.execute(select(reusable).order_by(reusable.c.name))]


def in_language(tx: Tx, language: str) -> Reusables:
    """What ``{{name}}`` stands for in this language; in English or another one where it says nothing in this."""
    columns = select(reusable.c.name, reusable.c.kind, reusable.c.texts)
    return {row.name: Piece(Kind(row.kind), said(row.texts, language)) for row in tx.conn.execute(columns)}


def said(texts: Mapping[str, str], language: str) -> str:
    """The text for a reader of ``language``."""
    for tag in (language, language.split("-", 1)[0], _FALLBACK):
        if tag in texts:
            return texts[tag]
    return texts[min(texts)] if texts else ""


def add(
    tx: Tx,
    name: str,
    kind: Kind,
    texts: Mapping[str, str],
    settings: ReusableSettings,
    by: AgentId | None = None,
) -> Reusable:
    """Raises Invalid, and Conflict ``name_taken``."""
    new = New(checked_name(name), kind, texts)
    add_all(tx, [new], settings, by)
    return _reusable(tx.conn.execute(select(reusable).where(reusable.c.name == name)).one())


def add_all(tx: Tx, wanted: Sequence[New], settings: ReusableSettings, by: AgentId | None = None) -> None:
    """All of them, told once. Raises Invalid, which names the first that is not fit, and Conflict ``name_taken``."""
    tx.alone(_THE_REUSABLES)
    known = {each.name: each for each in list_all(tx)}
    inside = _inside(known)
    for each in wanted:
        if each.name in inside or each.name in known:
            raise Conflict(f"there is a reusable {each.name} already", code="name_taken")
        if len(inside) >= settings.count:
            raise Invalid("name", f"at most {settings.count} reusables", code="too_many")
        kept = checked_texts(each.kind, each.texts, settings)
        inside[each.name] = names_in(kept)
        check_cycle(each.name, inside)
        if each.kind is Kind.VARIABLE:
            inside[each.name] = frozenset()
        values = {"name": each.name, "kind": each.kind.value, "texts": kept}
        tx.conn.execute(insert(reusable).values(**values, updated_by_id=by, updated_at=tx.now))
    tx.tell(KNOWLEDGE_TOPIC, KnowledgeChanged("reusables"))


def change(
    tx: Tx,
    name: str,
    texts: Mapping[str, str],
    version: int,
    settings: ReusableSettings,
    by: AgentId | None = None,
) -> Reusable:
    """Raises Invalid, NotFound, and Conflict ``newer_version`` when somebody else changed it after ``version``."""
    tx.alone(_THE_REUSABLES)
    known = {each.name: each for each in list_all(tx)}
    if name not in known:
        raise NotFound(f"there is no reusable {name}")
    if known[name].version != version:
        raise Conflict(f"{name} was changed in the meantime", code="newer_version")
    kind = known[name].kind
    kept = checked_texts(kind, texts, settings)
    check_cycle(name, {**_inside(known), name: names_in(kept)})
    values = {"texts": kept, "version": version + 1, "updated_by_id": by, "updated_at": tx.now}
    tx.conn.execute(update(reusable).where(reusable.c.name == name).values(values))
    return _told(tx, name)


def remove(tx: Tx, name: str) -> None:
    """Raises NotFound, and Conflict ``in_use``, which names the articles and snippets that would lose it."""
    tx.alone(_THE_REUSABLES)
    if tx.conn.execute(select(func.count()).where(reusable.c.name == name)).scalar_one() == 0:
        raise NotFound(f"there is no reusable {name}")
    articles, snippets = where_used(tx).get(name, ((), ()))
    if articles or snippets:
        named = [*(each.title for each in articles), *snippets]
        more = f" and {len(named) - _NAMED} more" if len(named) > _NAMED else ""
        raise Conflict(f"{name} is used in {', '.join(named[:_NAMED])}{more}", code="in_use")
    tx.conn.execute(delete(reusable).where(reusable.c.name == name))
    tx.tell(KNOWLEDGE_TOPIC, KnowledgeChanged("reusables"))


def where_used(tx: Tx) -> dict[str, tuple[tuple[Use, ...], tuple[str, ...]]]:
    """For each name the articles (published, or the newest draft) and the snippets that name it."""
    articles = uses_of(tx)
    snippets: dict[str, list[str]] = {}
    for each in list_all(tx):
        for name in names_in(each.texts):
            snippets.setdefault(name, []).append(each.name)
    return {
        name: (tuple(articles.get(name, ())), tuple(snippets.get(name, ())))
        for name in sorted({*articles, *snippets})
    }


_THE_REUSABLES = "reusables"


def _told(tx: Tx, name: str) -> Reusable:
    tx.tell(KNOWLEDGE_TOPIC, KnowledgeChanged("reusables"))
    return _reusable(tx.conn.execute(select(reusable).where(reusable.c.name == name)).one())


def _inside(known: Mapping[str, Reusable]) -> dict[str, frozenset[str]]:
    """The reusables that each names; a variable is plain words, whatever stands in it."""
    return {
        each.name: names_in(each.texts) if each.kind is Kind.SNIPPET else frozenset()
        for each in known.values()
    }


def _reusable(row: Row[tuple[object, ...]]) -> Reusable:
    by = None if row.updated_by_id is None else AgentId(row.updated_by_id)
    return Reusable(row.name, Kind(row.kind), row.texts, row.version, by, row.updated_at)
