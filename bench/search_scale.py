"""What finding costs at 100, 10,000 and 100,000 articles, beside the bare engine: `python -m bench search --scale`.

Each size is built once and kept on disk; a process of its own then opens it and is asked by words, so that memory is its
own. Beside it stands what the nearest of as many vectors cost, and the vector of a question.
"""

import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import ParamSpec, TypeVar

import numpy as np
import tantivy

from bench.harness import Aim, Options, Result, percentile
from bench.search_world import Asked, Company
from core.answer import PUBLIC_READER
from core.ids import ArticleId
from knowledge.embedding.models import Models
from knowledge.embedding.settings import EmbeddingSettings
from knowledge.index.document import prepare
from knowledge.index.finding import Finder
from knowledge.index.keeping import IndexStore
from knowledge.index.nearest import Nearest, Vectors, rows_of
from knowledge.store import Key

SIZES = (100, 10_000, 100_000)
QUICK = (100, 3_000)
QUESTIONS = 300
WARM = 20
FOUND = 3
P95_MS = 15.0
GROWTH = 3.0
ROWS, QUICK_ROWS = (500, 50_000, 500_000), (500, 25_000)
DIMENSIONS = 384
_ROWS_AN_ARTICLE = 5
_CANDIDATES = 20
_LANGUAGE = "en"
_MIB = 1024 * 1024

P = ParamSpec("P")
T = TypeVar("T")


def measure(options: Options) -> Result:
    sizes = QUICK if options.quick else SIZES
    figures: dict[str, object] = {}
    aims: dict[str, Aim] = {}
    p95: dict[int, float] = {}
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            ours, bare = _alone(_built, Path(folder), size), _alone(_bare, size)
            asked = _alone(_asked, Path(folder), size)
        figures[str(size)] = {"ours": {**ours, **asked}, "bare": bare}
        p95[size] = float(asked["p95_ms"])
    figures["vectors"] = {
        str(rows): _alone(_nearest, rows) for rows in (QUICK_ROWS if options.quick else ROWS)
    }
    figures["a_questions_vector"] = _alone(_vector)
    middle, large = sizes[-2:]
    long_enough = not options.quick
    aims[f"p95 at {middle} articles"] = Aim.at_most(p95[middle], P95_MS, " ms", long_enough=long_enough)
    aims["p95, times from the second to the largest"] = Aim.at_most(
        p95[large] / p95[middle], GROWTH, long_enough=long_enough
    )
    return Result({"sizes": list(sizes), "questions": QUESTIONS, "quick": options.quick}, figures, aims)


def _alone(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """In a new process, whose memory is all its own."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(work, *args, **kwargs).result()


def _built(folder: Path, size: int) -> dict[str, float]:
    company = Company(size)
    began = time.perf_counter()
    keeper = IndexStore(folder)
    holding = keeper.open()
    for number, content in enumerate(company.contents):
        holding.add([prepare(Key(ArticleId(str(number)), _LANGUAGE, 1), content)])
    holding.commit()
    holding.settle()
    built = time.perf_counter()
    keeper.keep(holding)
    kept = time.perf_counter()
    one = company.contents[0]
    changed = [prepare(Key(ArticleId("0"), _LANGUAGE, 2), one)]
    changes = []
    for _ in range(5):
        start = time.perf_counter()
        holding.delete(changed[0].shelf.room, [changed[0].place])
        holding.add(changed)
        holding.commit()
        Finder(holding.snapshot())
        changes.append(time.perf_counter() - start)
    keeper.close()
    return {
        "build_s": round(built - began, 1),
        "keep_s": round(kept - built, 2),
        "one_change_ms": round(sorted(changes)[2] * 1000, 1),
    }


def _asked(folder: Path, size: int) -> dict[str, float]:
    """``open_s`` from nothing to the first answer; memory before and after what is asked."""
    asked = list(Company(size).asked(QUESTIONS + WARM))
    before = _memory_mib()
    began = time.perf_counter()
    keeper = IndexStore(folder)
    finder = Finder(keeper.open().snapshot())
    finder.find("anything", _LANGUAGE, FOUND, PUBLIC_READER)
    opened = time.perf_counter() - began

    def find(text: str) -> list[str]:
        hits = finder.find(text, _LANGUAGE, FOUND, PUBLIC_READER, complete=False).hits
        return [hit.document.article for hit in hits]

    times = _times(asked, find)
    sizes = [
        path.stat().st_size for kept in folder.glob("kept-*") for path in kept.rglob("*") if path.is_file()
    ]
    keeper.close()
    return {
        "open_s": round(opened, 2),
        **times,
        "memory_mib": round(_memory_mib() - before),
        "disk_mib": round(sum(sizes) / _MIB),
    }


def _nearest(rows: int) -> dict[str, float]:
    """The nearest of so many vectors, around points as texts of one matter are; five rows an article."""
    random = np.random.default_rng(1)
    centres = random.standard_normal((max(1, rows // _ROWS_AN_ARTICLE), DIMENSIONS)).astype(np.float32)

    def some(count: int) -> Vectors:
        around = centres[random.integers(0, len(centres), count)]
        made: Vectors = around + 0.5 * random.standard_normal((count, DIMENSIONS)).astype(np.float32)
        made /= np.linalg.norm(made, axis=1, keepdims=True)
        return made

    vectors, asked = some(rows), some(QUESTIONS)
    places = np.repeat(np.arange(rows // _ROWS_AN_ARTICLE + 1, dtype=np.uint64), _ROWS_AN_ARTICLE)[:rows]
    before, began = _memory_mib(), time.perf_counter()
    nearest = Nearest(rows_of(places, vectors))
    built = time.perf_counter() - began
    took: list[float] = []
    right = 0
    for each in asked:
        began = time.thread_time()
        found = nearest.best(each, _CANDIDATES)
        _ = [nearest.cosine(each, place) for place in found]
        took.append((time.thread_time() - began) * 1000)
        right += int(places[int((vectors @ each).argmax())]) in found
    return {
        "build_s": round(built, 1),
        "cpu_p50_ms": round(percentile(took, 0.5), 2),
        "cpu_p95_ms": round(percentile(took, 0.95), 2),
        "nearest_among_found": round(right / len(asked), 3),
        "memory_mib": round(_memory_mib() - before),
    }


def _vector() -> dict[str, object]:
    """What the vector of a question costs by the model for English; it comes on top of all other figures."""
    model = Models(EmbeddingSettings()).of(_LANGUAGE)
    if model is None:
        return {"model": "none"}
    took: list[float] = []
    for each in Company(100).asked(WARM + 100):
        began = time.thread_time()
        model.questions([each.text])
        took.append((time.thread_time() - began) * 1000)
    took = took[WARM:]
    return {
        "model": model.name,
        "cpu_p50_ms": round(percentile(took, 0.5), 1),
        "cpu_p95_ms": round(percentile(took, 0.95), 1),
    }


def _times(asked: Sequence[Asked], find: Callable[[str], Sequence[str]]) -> dict[str, float]:
    wall: list[float] = []
    cpu: list[float] = []
    right = 0
    for number, each in enumerate(asked):
        began, worked = time.perf_counter(), time.thread_time()
        found = find(each.text)
        if number >= WARM:
            wall.append((time.perf_counter() - began) * 1000)
            cpu.append((time.thread_time() - worked) * 1000)
            right += str(each.article) in found
    return {
        "p50_ms": round(percentile(wall, 0.5), 2),
        "p95_ms": round(percentile(wall, 0.95), 2),
        "cpu_p95_ms": round(percentile(cpu, 0.95), 2),
        "hit3": round(right / len(wall), 3),
    }


def _bare(size: int) -> dict[str, float]:
    """Tantivy as it comes: title with questions and body as two fields, its own tokenizer and stemmer, in memory."""
    company = Company(size)
    asked = list(company.asked(QUESTIONS + WARM))
    before = _memory_mib()
    began = time.perf_counter()
    stems = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple()).filter(tantivy.Filter.lowercase())
    analyzer = stems.filter(tantivy.Filter.stemmer("english")).build()
    builder = tantivy.SchemaBuilder()
    for name in ("question", "answer"):
        builder.add_text_field(name, tokenizer_name="own", index_option="freq")
    builder.add_text_field("id", stored=True, tokenizer_name="raw")
    schema = builder.build()
    index = tantivy.Index(schema)
    index.register_tokenizer("own", analyzer)
    writer = index.writer(64_000_000, 1)
    for number, each in enumerate(company.contents):
        question = "\n".join((each.title, *each.questions))
        writer.add_document(tantivy.Document(id=str(number), question=question, answer=each.body))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()
    built = time.perf_counter() - began

    def find(text: str) -> list[str]:
        terms = [
            (tantivy.Occur.Should, tantivy.Query.term_query(schema, name, token, "freq"))
            for token in dict.fromkeys(analyzer.analyze(text))
            for name in ("question", "answer")
        ]
        hits = searcher.search(tantivy.Query.boolean_query(terms), FOUND, count=False).hits
        return [searcher.doc(address).to_dict()["id"][0] for _, address in hits]

    times = _times(asked, find)
    return {"build_s": round(built, 1), **times, "memory_mib": round(_memory_mib() - before)}


def _memory_mib() -> float:
    """What this process takes now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096 / _MIB
