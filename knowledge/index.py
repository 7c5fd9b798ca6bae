"""A search index in memory, built whole and never changed: one BM25 index of Tantivy's for each language.

Titles and questions are entries of their own (the best one counts), and so are the passages of the body.
"""

import operator
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import tantivy

from knowledge.article import Content
from knowledge.markdown import paragraphs
from knowledge.ranking import Evidence, Found, Weights, leads, overlap, probability
from knowledge.store import Key
from knowledge.text import tokens, words

PASSAGE_CHARACTERS = 600
QUERY_CHARACTERS = 500
QUERY_TOKENS = 64
COMPLETIONS = 16
SHORTEST_PREFIX = 2
ENTRIES = 30
RANKED = 20

_FIELDS = ("question", "article", "passage")
_WRITER_BYTES = 15_000_000


@dataclass(frozen=True, slots=True)
class Prepared:
    """An article ready to be indexed; the slow part of building, kept from one index to the next."""

    key: Key
    title: str
    text: str
    passages: tuple[str, ...]
    asked: tuple[tuple[str, ...], ...]
    passage_tokens: tuple[tuple[str, ...], ...]
    words: frozenset[str]

    @property
    def all_tokens(self) -> list[str]:
        return [token for part in (*self.asked, *self.passage_tokens) for token in part]


@dataclass(frozen=True, slots=True)
class Hit:
    """An article that was found, its best passage, and the evidence behind ``probability``."""

    document: Prepared
    passage: str
    evidence: Evidence
    probability: float


def prepare(key: Key, content: Content) -> Prepared:
    blocks = paragraphs(content.body)
    passages = tuple(_passages(blocks))
    asked = (content.title, *content.questions)
    everything = "\n".join((*asked, *blocks))
    return Prepared(
        key=key,
        title=content.title,
        text="\n\n".join(blocks),
        passages=passages,
        asked=tuple(tuple(tokens(text)) for text in asked),
        passage_tokens=tuple(tuple(tokens(passage)) for passage in passages),
        words=frozenset(words(everything)),
    )


def _passages(blocks: Iterable[str]) -> Iterable[str]:
    """Blocks of text; a short one (a heading, a lead-in) goes with what follows."""
    waiting = ""
    for block in blocks:
        joined = f"{waiting}\n{block}" if waiting else block
        if len(joined) < PASSAGE_CHARACTERS // 4:
            waiting = joined
        else:
            yield joined[:PASSAGE_CHARACTERS]
            waiting = ""
    if waiting:
        yield waiting


@dataclass(slots=True)
class _Found:
    """The best BM25 score of each field, and which passage had the passages' one."""

    best: dict[str, float] = field(default_factory=dict)
    passage: int = 0


class LanguageIndex:
    """The articles of one language; safe to search from any number of threads."""

    def __init__(self, documents: Sequence[Prepared]) -> None:
        self._documents = tuple(documents)
        self._tokens = [frozenset(document.all_tokens) for document in documents]
        self._weights = Weights(self._tokens)
        self._phrases = [[self._weights.phrase(asked) for asked in document.asked] for document in documents]
        self._schema = _schema()
        self._searcher = self._build()

    def _build(self) -> tantivy.Searcher:
        index = tantivy.Index(self._schema)
        writer = index.writer(_WRITER_BYTES, 1)
        for number, document in enumerate(self._documents):
            _add(writer, "article", number, 0, document.all_tokens)
            for part, asked in enumerate(document.asked):
                _add(writer, "question", number, part, asked)
            for part, passage in enumerate(document.passage_tokens):
                _add(writer, "passage", number, part, passage)
        writer.commit()
        writer.wait_merging_threads()
        index.reload()
        return index.searcher()

    def holds(self, documents: Sequence[Prepared]) -> bool:
        """Whether it was built of exactly these."""
        return len(documents) == len(self._documents) and all(map(operator.is_, documents, self._documents))

    def find(self, question: str, limit: int, *, complete: bool = False) -> list[Hit]:
        """The articles that may answer, likeliest first; ``complete``: the last word may be only begun."""
        asked = list(dict.fromkeys(tokens(question[:QUERY_CHARACTERS])))[:QUERY_TOKENS]
        endings = self._completions(question) if complete else []
        found = self._search(dict.fromkeys((*asked, *endings)))
        likely = sorted(found, key=lambda number: -sum(found[number].best.values()))[:RANKED]
        evidence = [
            (number, self._evidence(number, found[number], _completed(asked, endings, self._tokens[number])))
            for number in likely
        ]
        evidence.sort(key=lambda pair: -pair[1].score)
        ahead = leads([one.score for _, one in evidence])
        return [
            self._hit(number, found[number].passage, replace(one, lead=lead))
            for (number, one), lead in zip(evidence[:limit], ahead, strict=False)
        ]

    def _search(self, asked: Iterable[str]) -> dict[int, _Found]:
        """The best entries of each field, by the number of their article."""
        found: dict[int, _Found] = defaultdict(_Found)
        for name in _FIELDS:
            query = tantivy.Query.boolean_query([self._term(name, token) for token in asked])
            for score, address in self._searcher.search(query, ENTRIES, count=False).hits:
                entry = self._searcher.doc(address).to_dict()
                best = found[entry["number"][0]]
                if score > best.best.get(name, 0.0):
                    best.best[name] = score
                    if name == "passage":
                        best.passage = entry["part"][0]
        return found

    def _term(self, name: str, token: str) -> tuple[tantivy.Occur, tantivy.Query]:
        term = tantivy.Query.term_query(self._schema, name, token, "freq")
        return tantivy.Occur.Should, term

    def _evidence(self, number: int, found: _Found, asked: Sequence[str]) -> Evidence:
        weights = {token: self._weights.of(token) for token in asked}
        most = sum(weights.values()) or 1.0
        shares = Found(**{name: value / most for name, value in found.best.items()})
        return Evidence(shares, overlap(weights, self._phrases[number], self._tokens[number]))

    def _hit(self, number: int, passage: int, evidence: Evidence) -> Hit:
        document = self._documents[number]
        text = document.passages[passage] if document.passages else document.title
        return Hit(document, text, evidence, probability(evidence.overlap, evidence.lead))

    def _completions(self, question: str) -> list[str]:
        """The tokens of the words that begin with the question's last word, unless a space ends it."""
        typed = words(question[:QUERY_CHARACTERS])
        if not typed or question[-1:].isspace() or len(typed[-1]) < SHORTEST_PREFIX:
            return []
        start = bisect_left(self._vocabulary, typed[-1])
        some = self._vocabulary[start : start + COMPLETIONS]
        return [token for word in some if word.startswith(typed[-1]) for token in tokens(word)]

    @cached_property
    def _vocabulary(self) -> list[str]:
        return sorted(frozenset[str]().union(*(document.words for document in self._documents)))


class Index:
    """Every published article, by language; a language in which nothing changed is taken over from ``before``."""

    def __init__(self, documents: Mapping[Key, Prepared], before: "Index | None" = None) -> None:
        self.documents = dict(documents)
        by_language: dict[str, list[Prepared]] = defaultdict(list)
        for key in sorted(documents, key=lambda key: (key.language, key.article)):
            by_language[key.language].append(documents[key])
        self._languages: dict[str, LanguageIndex] = {}
        for tag, some in by_language.items():
            old = None if before is None else before.of(tag)
            self._languages[tag] = old if old is not None and old.holds(some) else LanguageIndex(some)

    def of(self, language: str) -> LanguageIndex | None:
        return self._languages.get(language)

    def find(self, question: str, language: str, limit: int, *, complete: bool = False) -> list[Hit]:
        """In the articles of this language; in all of them when there is none in it."""
        own = self.of(language)
        if own is not None:
            return own.find(question, limit, complete=complete)
        hits = [
            hit for some in self._languages.values() for hit in some.find(question, limit, complete=complete)
        ]
        return sorted(hits, key=lambda hit: -hit.probability)[:limit]


def _completed(asked: Sequence[str], endings: Sequence[str], everything: Collection[str]) -> Sequence[str]:
    """The question with its last, only begun word as the article has it."""
    ending = next((token for token in endings if token in everything), None)
    return asked if ending is None else [*asked[:-1], ending]


def _add(writer: tantivy.IndexWriter, name: str, number: int, part: int, found: Iterable[str]) -> None:
    entry = tantivy.Document()
    entry.add_text(name, " ".join(found))
    entry.add_unsigned("number", number)
    entry.add_unsigned("part", part)
    writer.add_document(entry)


def _schema() -> tantivy.Schema:
    """Fields hold tokens of our own, apart by spaces; only words and how often they occur are kept."""
    builder = tantivy.SchemaBuilder()
    for name in _FIELDS:
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
    builder.add_unsigned_field("number", stored=True)
    builder.add_unsigned_field("part", stored=True)
    return builder.build()
