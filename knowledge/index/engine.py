"""The index of one language: Tantivy, in memory or in a folder, changed by article, each change whole or not at all."""

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import msgspec
import tantivy

from knowledge.index.document import Prepared

FIELDS = ("question", "article", "passage")
WORD = "word"
SHELF = "shelf"
HOLDS = "holds"
PLACE = "place"
HOME = "home"
PART = "part"
STORED = "stored"
COMPARED = "compared"

# Tantivy's writer needs at least 15 MB a thread; more makes fewer, larger segments while much is added.
_WRITER_BYTES = 64_000_000

_encode = msgspec.msgpack.Encoder().encode


def schema() -> tantivy.Schema:
    """Fields hold tokens of our own, apart by spaces; only words and how often they occur are kept.

    An article is one entry with ``article``, ``word``, ``holds``, ``home``, ``stored`` and ``compared``, and one more for each title,
    question and passage. ``shelf`` and ``place`` are in all of them.
    """
    builder = tantivy.SchemaBuilder()
    for name in FIELDS:
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field(WORD, tokenizer_name="whitespace", index_option="basic")
    builder.add_text_field(SHELF, tokenizer_name="raw", index_option="basic")
    builder.add_text_field(HOLDS, tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field(PLACE, indexed=True, fast=True)
    builder.add_unsigned_field(HOME, indexed=True)
    builder.add_unsigned_field(PART, fast=True)
    builder.add_bytes_field(STORED, stored=True)
    builder.add_bytes_field(COMPARED, stored=True)
    return builder.build()


class Engine:
    """One writer and what it has committed; ``folder`` None: in memory. Not safe for several threads at once."""

    def __init__(self, folder: Path | None = None) -> None:
        self.schema = schema()
        self._index = tantivy.Index(self.schema, path=None if folder is None else str(folder))
        self._index.config_reader("manual")
        self._writer: tantivy.IndexWriter | None = None

    def delete(self, place: int) -> None:
        """From the next commit on, nothing is at this place that was there before."""
        # By a query: ``delete_documents_by_term`` takes a number for another type than the field's, and deletes nothing.
        self._writing().delete_documents_by_query(tantivy.Query.term_query(self.schema, PLACE, place))

    def add(self, prepared: Prepared) -> None:
        """From the next commit on, it is there. Raises ValueError when the index cannot be written."""
        _add(self._writing(), prepared)

    def commit(self) -> None:
        """What was taken out and added since the last time is so, on disk too; raises ValueError, and nothing is."""
        self._writing().commit()
        self._index.reload()

    def rollback(self) -> None:
        """Forget what was taken out and added since the last commit; a writer that failed is not used again."""
        if self._writer is not None:
            writer, self._writer = self._writer, None
            with suppress(ValueError):
                writer.rollback()

    def _writing(self) -> tantivy.IndexWriter:
        if self._writer is None:
            self._writer = self._index.writer(_WRITER_BYTES, 1)
        return self._writer

    def settle(self) -> None:
        """Wait until what was committed lies together."""
        if self._writer is not None:
            self._writer.wait_merging_threads()
            self._writer = None
            self._index.reload()

    def searcher(self) -> tantivy.Searcher:
        """All that is committed, and nothing that comes later."""
        return self._index.searcher()


def _add(writer: tantivy.IndexWriter, prepared: Prepared) -> None:
    tag = prepared.shelf.tag
    whole = _entry(prepared, "article", _tagged(tag, (*prepared.asked_tokens, *prepared.passage_tokens)))
    whole.add_text(WORD, _tagged(tag, prepared.words))
    whole.add_text(HOLDS, prepared.shelf.name)
    whole.add_unsigned(HOME, prepared.place)
    whole.add_bytes(STORED, _encode(prepared))
    whole.add_bytes(COMPARED, _encode(prepared.compared))
    writer.add_document(whole)
    for name, parts in (("question", prepared.asked_tokens), ("passage", prepared.passage_tokens)):
        for part, found in enumerate(parts):
            entry = _entry(prepared, name, _tagged(tag, (found,)))
            entry.add_unsigned(PART, part)
            writer.add_document(entry)


def _entry(prepared: Prepared, name: str, text: str) -> tantivy.Document:
    entry = tantivy.Document()
    entry.add_text(SHELF, prepared.shelf.name)
    entry.add_unsigned(PLACE, prepared.place)
    entry.add_text(name, text)
    return entry


def _tagged(tag: str, parts: Sequence[str]) -> str:
    joined = " ".join(part for part in parts if part)
    return tag + joined.replace(" ", f" {tag}") if joined else ""
