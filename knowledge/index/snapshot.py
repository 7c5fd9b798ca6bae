"""What the index holds at one moment: never changes, so a question sees all of the old or all of the new."""

from collections.abc import Iterable, Mapping, Sequence

import msgspec
import tantivy

from knowledge.index.document import Compared, Prepared
from knowledge.index.engine import COMPARED, HOLDS, HOME, PART, PLACE, SHELF, STORED, WORD, schema
from knowledge.index.shelf import Shelf, shelf_named

_ALL = tantivy.Query.all_query()
_SCHEMA = schema()
_prepared = msgspec.msgpack.Decoder(Prepared).decode
_compared = msgspec.msgpack.Decoder(Compared).decode


class Entry(msgspec.Struct, frozen=True):
    """Something that was found: its BM25, the place of its article, and which part of it it is."""

    score: float
    place: int
    part: int


class Entered(msgspec.Struct, frozen=True):
    """An article to be compared, and where the rest of it is."""

    compared: Compared
    room: str
    address: tantivy.DocAddress


class Snapshot:
    """One committed state of each room; safe for any number of threads."""

    def __init__(self, searchers: Mapping[str, tantivy.Searcher]) -> None:
        self._searchers = dict(searchers)
        self.shelves: dict[Shelf, int] = {}
        self._entries: dict[Shelf, int] = {}
        for searcher in self._searchers.values():
            self.shelves |= _by_shelf(searcher, HOLDS)
            self._entries |= _by_shelf(searcher, SHELF)

    @property
    def size(self) -> int:
        """How many articles there are, each language counted."""
        return sum(self.shelves.values())

    @property
    def languages(self) -> tuple[str, ...]:
        """In which there is anything, in order."""
        return tuple(sorted({shelf.language for shelf in self.shelves}))

    def rooms(self, language: str) -> tuple[str, ...]:
        """Those that hold a language, in order."""
        return tuple(sorted({shelf.room for shelf in self.shelves if shelf.language == language}))

    def entries(self, shelf: Shelf) -> int:
        """How many entries a shelf has: titles, questions, passages, whole articles."""
        return self._entries[shelf]

    def all_entries(self, room: str) -> int:
        return self._searchers[room].num_docs

    def count(self, field: str, shelf: Shelf, token: str) -> int:
        """In how many entries of the shelf the token stands."""
        return self._searchers[shelf.room].doc_freq(field, f"{shelf.tag}{token}")

    def best(self, field: str, room: str, terms: Mapping[str, float], limit: int) -> list[Entry]:
        """The entries with the best BM25 of these tokens (with their tags), each times its factor."""
        searcher = self._searchers[room]
        wanted = [(tantivy.Occur.Should, _term(field, token, by)) for token, by in terms.items()]
        hits = searcher.search(tantivy.Query.boolean_query(wanted), limit, count=False).hits
        addresses = [address for _, address in hits]
        places = searcher.fast_field_values(PLACE, addresses)
        parts = searcher.fast_field_values(PART, addresses)
        return [
            Entry(score, int(place or 0), int(part or 0))
            for (score, _), place, part in zip(hits, places, parts, strict=True)
        ]

    def read(self, places: Sequence[int], rooms: Iterable[str]) -> dict[int, Entered]:
        """The articles at these places."""
        wanted = [(tantivy.Occur.Should, tantivy.Query.term_query(_SCHEMA, HOME, place)) for place in places]
        query = tantivy.Query.boolean_query(wanted)
        found: dict[int, Entered] = {}
        for room in rooms if places else ():
            searcher = self._searchers[room]
            for _, address in searcher.search(query, len(places), count=False).hits:
                compared = _compared(searcher.doc(address)[COMPARED][0])
                found[compared.place] = Entered(compared, room, address)
        return found

    def whole(self, entered: Entered) -> Prepared:
        return _prepared(self._searchers[entered.room].doc(entered.address)[STORED][0])

    def words(self, shelf: Shelf, beginning: str, limit: int) -> list[tuple[str, int]]:
        """The words of a shelf with this beginning and in how many articles, most first.

        Some may be in articles that are gone: ask ``has_word`` before one of them is used.
        """
        start = len(shelf.tag)
        searcher = self._searchers[shelf.room]
        found = searcher.terms_with_prefix(WORD, f"{shelf.tag}{beginning}", None, limit)
        return [(word[start:], count) for word, count in found]

    def has_word(self, shelf: Shelf, word: str) -> bool:
        query = tantivy.Query.term_query(_SCHEMA, WORD, f"{shelf.tag}{word}", "basic")
        return bool(self._searchers[shelf.room].search(query, 1, count=False).hits)


def _by_shelf(searcher: tantivy.Searcher, field: str) -> dict[Shelf, int]:
    return {shelf_named(name): count for name, count in searcher.terms_with_prefix(field, "", _ALL)}


def _term(field: str, token: str, factor: float) -> tantivy.Query:
    term = tantivy.Query.term_query(_SCHEMA, field, token, "freq")
    return term if factor == 1.0 else tantivy.Query.boost_query(term, factor)
