"""What the search bench compares: the bare engine, ours by words alone, vectors alone, and ours."""

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import tantivy
from numpy.typing import NDArray

from bench.faq import Entry
from core.ids import ArticleId
from knowledge.article import Content
from knowledge.embedding.contract import Embedder
from knowledge.embedding.models import background
from knowledge.index import Hit, Index, Meanings, Prepared, prepare
from knowledge.store import Key

PLACES = 10
_BARE_FIELDS = ("question", "answer")

Vector = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Vectors:
    """The vectors of texts by one model, and how long a question's takes (milliseconds of CPU)."""

    model: Embedder
    of: dict[str, Vector]
    ms: list[float]

    @classmethod
    def made(cls, model: Embedder, phrases: Iterable[str], questions: Iterable[str]) -> "Vectors":
        """Phrases in batches, as a running server does it; questions one by one."""
        distinct = list(dict.fromkeys(phrases))
        found = cls(model, dict(zip(distinct, model.questions(distinct), strict=True)), [])
        for text in dict.fromkeys(questions):
            began = time.thread_time()
            (found.of[text],) = model.questions([text])
            found.ms.append((time.thread_time() - began) * 1000)
        return found


def documents_of(entries: Iterable[Entry]) -> Mapping[Key, Prepared]:
    keys = {Key(ArticleId(each.id), each.lang, 1): each for each in entries}
    return {key: prepare(key, Content(each.question, each.answer)) for key, each in keys.items()}


def meant(documents: Iterable[Prepared]) -> Iterator[str]:
    """All texts of these whose vectors an index needs."""
    return (text for each in documents for text in each.meant)


def index_with(documents: Mapping[Key, Prepared], vectors: Vectors | None) -> Index:
    """An index in memory that compares by these vectors, too."""
    if vectors is None:
        return Index(documents)
    meanings = Meanings(vectors.of, background(vectors.model))
    return Index(documents, vectors={key.language: meanings for key in documents})


class Ours:
    """Our index, with vectors or by words alone."""

    def __init__(self, entries: Sequence[Entry], vectors: Vectors | None = None) -> None:
        self._language = entries[0].lang
        self._vectors: Mapping[str, Vector] = {} if vectors is None else vectors.of
        self._index = index_with(documents_of(entries), vectors)

    def hits(self, text: str, count: int) -> list[Hit]:
        return self._index.find(text, self._language, count, vector=self._vectors.get(text))

    def find(self, text: str) -> list[str]:
        return [hit.document.key.article for hit in self.hits(text, PLACES)]

    def best(self, text: str) -> tuple[str, float] | None:
        hits = self.hits(text, 1)
        return (hits[0].document.key.article, hits[0].probability) if hits else None


class Alone:
    """Vectors of the entries' questions by themselves; how sure it is of an answer is its cosine."""

    def __init__(self, entries: Sequence[Entry], vectors: Vectors) -> None:
        self._ids = [each.id for each in entries]
        self._rows = np.stack([vectors.of[each.question] for each in entries])
        self._vectors = vectors.of

    def find(self, text: str) -> list[str]:
        order = np.argsort(-(self._rows @ self._vectors[text]), kind="stable")
        return [self._ids[place] for place in order[:PLACES]]

    def best(self, text: str) -> tuple[str, float] | None:
        cosines = self._rows @ self._vectors[text]
        place = int(cosines.argmax())
        return self._ids[place], float(cosines[place])


class Bare:
    """Tantivy as it comes: question and answer as two fields, its own tokenizers and stemmer, any word may match."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._analyzer = _pairs() if entries[0].lang == "zh" else _stems()
        builder = tantivy.SchemaBuilder()
        for name in _BARE_FIELDS:
            builder.add_text_field(name, tokenizer_name="own", index_option="freq")
        builder.add_text_field("id", stored=True, tokenizer_name="raw")
        self._schema = builder.build()
        index = tantivy.Index(self._schema)
        index.register_tokenizer("own", self._analyzer)
        writer = index.writer(15_000_000, 1)
        for each in entries:
            writer.add_document(tantivy.Document(id=each.id, question=each.question, answer=each.answer))
        writer.commit()
        index.reload()
        self._searcher = index.searcher()

    def find(self, text: str) -> list[str]:
        return [identifier for identifier, _ in self._hits(text, PLACES)]

    def best(self, text: str) -> tuple[str, float] | None:
        return next(iter(self._hits(text, 1)), None)

    def _hits(self, text: str, count: int) -> list[tuple[str, float]]:
        terms = [
            (tantivy.Occur.Should, tantivy.Query.term_query(self._schema, name, token, "freq"))
            for token in dict.fromkeys(self._analyzer.analyze(text))
            for name in _BARE_FIELDS
        ]
        hits = self._searcher.search(tantivy.Query.boolean_query(terms), count, count=False).hits
        return [(self._searcher.doc(address).to_dict()["id"][0], score) for score, address in hits]


def _stems() -> tantivy.TextAnalyzer:
    plain = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple()).filter(tantivy.Filter.lowercase())
    return plain.filter(tantivy.Filter.stemmer("english")).build()


def _pairs() -> tantivy.TextAnalyzer:
    grams = tantivy.Tokenizer.ngram(1, 2, prefix_only=False)
    return tantivy.TextAnalyzerBuilder(grams).filter(tantivy.Filter.lowercase()).build()
