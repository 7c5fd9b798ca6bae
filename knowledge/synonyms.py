"""Words that mean the same in searches, as publishers keep them: groups of one language, added, changed, removed."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import delete, func, insert, select, update

from core.errors import Conflict, Invalid, NotFound
from core.events import KNOWLEDGE_TOPIC
from core.knowledge_events import KnowledgeChanged
from core.store.tables.knowledge import synonym
from core.store.tx import Tx
from knowledge.article import checked_language, checked_text
from knowledge.text import tokens

WORD_CHARACTERS = 60
WORDS = 20
GROUPS = 1000
_FEWEST = 2


@dataclass(frozen=True, slots=True)
class SynonymGroup:
    """Each of ``words``, a word or a few that stand together, is looked for where one of the others is asked for."""

    id: str
    language: str
    words: tuple[str, ...]
    version: int


def checked_words(words: Iterable[str]) -> tuple[str, ...]:
    """Without empty ones and such as a search cannot tell apart; raises Invalid on ``words``."""
    given: dict[tuple[str, ...], str] = {}
    for word in words:
        if not word.strip():
            continue
        line = checked_text("words", word, WORD_CHARACTERS)
        found = tuple(tokens(line))
        if not found:
            raise Invalid("words", f"words with letters or digits, not {line}")
        given.setdefault(found, line)
    if not _FEWEST <= len(given) <= WORDS:
        raise Invalid("words", f"{_FEWEST} to {WORDS} words that a search tells apart, not {len(given)}")
    return tuple(given.values())


def list_groups(tx: Tx) -> tuple[SynonymGroup, ...]:
    """By language, and then in the order of their first words."""
    rows = tx.conn.execute(select(synonym)).all()
    groups = [SynonymGroup(row.id, row.language, row.words, row.version) for row in rows]
    return tuple(sorted(groups, key=lambda each: (each.language, each.words[0].casefold(), each.id)))


def save(tx: Tx, id: str | None, language: str, words: Iterable[str], version: int | None = None) -> str:
    """A new group for None. Raises Invalid, NotFound, and Conflict ``newer_version`` when ``version`` is not the newest."""
    language, words = checked_language(language), checked_words(words)
    values = {"language": language, "words": words, "updated_at": tx.now}
    if id is None:
        if tx.conn.execute(select(func.count()).select_from(synonym)).scalar_one() >= GROUPS:
            raise Invalid("words", f"no more than {GROUPS} groups in all", code="too_many")
        id = tx.ids.new()
        tx.conn.execute(insert(synonym).values(id=id, **values))
    else:
        _check_version(tx, id, version)
        tx.conn.execute(
            update(synonym).where(synonym.c.id == id).values(version=synonym.c.version + 1, **values)
        )
    _told(tx)
    return id


def remove(tx: Tx, id: str) -> None:
    """Raises NotFound."""
    if tx.conn.execute(delete(synonym).where(synonym.c.id == id)).rowcount != 1:
        raise NotFound(f"there are no synonyms {id}")
    _told(tx)


def _check_version(tx: Tx, id: str, version: int | None) -> None:
    row = select(synonym.c.version).where(synonym.c.id == id).with_for_update()
    now = tx.conn.execute(row).scalar_one_or_none()
    if now is None:
        raise NotFound(f"there are no synonyms {id}")
    if version is not None and version != now:
        raise Conflict(
            "somebody changed these synonyms in the meantime: look at them again", code="newer_version"
        )


def _told(tx: Tx) -> None:
    tx.tell(KNOWLEDGE_TOPIC, KnowledgeChanged("synonyms"))
