"""Finding the right article: ours beside the bare engine, on the FAQ sets of `--data` and on the sample company.

A query counts by where the first relevant entry stands: first (P@1), among three, and 1/place (MRR, ten places).
Rows whose sha1(id) begins with 0 to 7 were for choosing weights; the others are measured here.
"""

import hashlib
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from typing import TypeVar

import msgspec
import tantivy

from bench.harness import Aim, Options, Result, percentile
from core.ids import ArticleId
from knowledge.article import Content
from knowledge.importer import read_folder
from knowledge.index import Index, prepare
from knowledge.store import Key

SETS = ("stackfaq", "covidfaq", "lcqmc-zh")
SAMPLE = Path(__file__).parents[1] / "app" / "sample" / "articles"
PLACES = 10
_BARE_FIELDS = ("question", "answer")
QUICK_QUERIES = 300
PRECISIONS = (0.9, 0.8, 0.7)
MS_A_QUERY = 5.0

T = TypeVar("T")
Find = Callable[[str], Sequence[str]]


class Entry(msgspec.Struct):
    id: str
    question: str
    answer: str
    lang: str


class Query(msgspec.Struct):
    id: str
    text: str
    relevant: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Faq:
    """One set: its entries, the queries measured, and (where there are any) queries that nothing answers."""

    name: str
    entries: Sequence[Entry]
    queries: Sequence[Query]
    unanswerable: Sequence[Query]

    @property
    def language(self) -> str:
        return self.entries[0].lang


def measure(options: Options) -> Result:
    if options.data is None:
        raise RuntimeError("--data DIR is needed, with faq/*.corpus.jsonl and faq/*.queries.jsonl in it")
    sets = [_read(options.data / "faq", name, quick=options.quick) for name in SETS]
    figures: dict[str, object] = {"memory_before_mib": _memory_mib()}
    aims: dict[str, Aim] = {}
    for each in sets:
        index, bare = ours(each.entries), Bare(each.entries)
        found = _quality(each.queries, _finder(index, each.language))
        engine = _quality(each.queries, bare.find)
        figures[each.name] = {"ours": found, "bare": engine, "answers": _answers(each)}
        aims[f"{each.name}: P@1 is not below the bare engine's"] = Aim.at_least(found["p1"], engine["p1"])
        aims[f"{each.name}: CPU a query, p99"] = Aim.at_most(found["cpu_ms_p99"], MS_A_QUERY, " ms")
    figures["sample"] = _sample()
    figures["memory_after_mib"] = _memory_mib()
    return Result({"sets": list(SETS), "quick": options.quick}, figures, aims)


def _read(folder: Path, name: str, *, quick: bool) -> Faq:
    queries = [query for query in rows(folder / f"{name}.queries.jsonl", Query) if is_test(query.id)]
    others = folder / f"{name}.unanswerable.jsonl"
    unanswerable = rows(others, Query) if others.exists() else []
    most = QUICK_QUERIES if quick else None
    entries = rows(folder / f"{name}.corpus.jsonl", Entry)
    return Faq(name, entries, queries[:most], [query for query in unanswerable if is_test(query.id)][:most])


def rows(path: Path, row: type[T]) -> list[T]:
    try:
        lines = path.read_bytes().splitlines()
    except OSError as error:
        raise RuntimeError(f"{path} cannot be read: {error.strerror}") from error
    return [msgspec.json.decode(line, type=row) for line in lines if line]


def is_test(identifier: str) -> bool:
    return split_key(identifier)[0] in "89abcdef"


def split_key(text: str) -> str:
    return hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()


def ours(entries: Iterable[Entry]) -> Index:
    keys = {Key(ArticleId(each.id), each.lang, 1): each for each in entries}
    return Index({key: prepare(key, Content(each.question, each.answer)) for key, each in keys.items()})


def _finder(index: Index, language: str) -> Find:
    return lambda text: [hit.document.key.article for hit in index.find(text, language, PLACES)]


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
        terms = [
            (tantivy.Occur.Should, tantivy.Query.term_query(self._schema, name, token, "freq"))
            for token in dict.fromkeys(self._analyzer.analyze(text))
            for name in _BARE_FIELDS
        ]
        hits = self._searcher.search(tantivy.Query.boolean_query(terms), PLACES, count=False).hits
        return [self._searcher.doc(address).to_dict()["id"][0] for _, address in hits]


def _stems() -> tantivy.TextAnalyzer:
    plain = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple()).filter(tantivy.Filter.lowercase())
    return plain.filter(tantivy.Filter.stemmer("english")).build()


def _pairs() -> tantivy.TextAnalyzer:
    grams = tantivy.Tokenizer.ngram(1, 2, prefix_only=False)
    return tantivy.TextAnalyzerBuilder(grams).filter(tantivy.Filter.lowercase()).build()


def _quality(queries: Sequence[Query], find: Find) -> dict[str, float]:
    first = three = reciprocal = 0.0
    times: list[float] = []
    for query in queries:
        began = time.thread_time()
        found = find(query.text)
        times.append((time.thread_time() - began) * 1000)
        place = next((place for place, each in enumerate(found, 1) if each in query.relevant), None)
        if place is not None:
            first += place == 1
            three += place <= 3
            reciprocal += 1 / place
    count = len(queries)
    return {
        "queries": count,
        "p1": round(first / count, 3),
        "hit3": round(three / count, 3),
        "mrr": round(reciprocal / count, 3),
        "cpu_ms_mean": round(sum(times) / count, 3),
        "cpu_ms_p99": round(percentile(times, 0.99), 3),
    }


def _answers(each: Faq) -> dict[str, object]:
    """Answer or not: half of the entries are taken out, so that about half of the queries have no answer."""
    kept = sorted(each.entries, key=lambda entry: split_key(entry.id))[::2]
    index = ours(kept)
    judged: list[tuple[float, bool]] = []
    for query in (*each.queries, *each.unanswerable):
        hits = index.find(query.text, each.language, 1)
        if hits:
            judged.append((hits[0].probability, hits[0].document.key.article in query.relevant))
    judged.sort(reverse=True)
    curve = {
        f"coverage_at_precision_{precision:.0%}": _coverage(judged, precision) for precision in PRECISIONS
    }
    brier = sum((probability - right) ** 2 for probability, right in judged) / len(judged)
    return {**curve, "brier": round(brier, 3)}


def _coverage(judged: Sequence[tuple[float, bool]], precision: float) -> float:
    """The largest share of all right first answers that is given while so many of those given are right."""
    right = best = 0
    for given, (_, is_right) in enumerate(judged, 1):
        right += is_right
        if right >= precision * given:
            best = right
    return round(best / max(1, sum(is_right for _, is_right in judged)), 3)


def _sample() -> Mapping[str, float]:
    """What the sample company costs at start, and a change of one article afterwards."""
    sources = read_folder(SAMPLE)
    began = time.perf_counter()
    documents = {
        key: prepare(key, source.content)
        for source in sources
        for key in [Key(ArticleId(source.slug), source.language, 1)]
    }
    prepared = time.perf_counter()
    index = Index(documents)
    built = time.perf_counter()
    key = Key(ArticleId("new"), "en", 1)
    Index({**index.documents, key: prepare(key, Content("A new article", "With a text."))})
    return {
        "articles": len(sources),
        "prepare_ms": round((prepared - began) * 1000, 1),
        "build_ms": round((built - prepared) * 1000, 1),
        "one_change_ms": round((time.perf_counter() - built) * 1000, 1),
    }


def _memory_mib() -> int:
    """The most that this process ever took."""
    return getrusage(RUSAGE_SELF).ru_maxrss // 1024
