"""`bench loop`: whether questions that ask the same are put into one cluster, on the paraphrases of FAQ sets."""

import itertools
import random
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import partial
from math import comb

from bench.faq import SETS, Query, read
from bench.harness import Aim, Options, Result
from knowledge.embedding.models import Models, background
from knowledge.embedding.settings import EmbeddingSettings
from knowledge.loop.clustering import Question, Scale, placed
from knowledge.loop.settings import LoopSettings

_OF_ENTRY = 8
_MOST = 400
_QUICK = 150
_ORDERS = 3
AIMS = {"stackfaq": 0.8, "covidfaq": 0.35, "lcqmc-zh": 0.8}
"""The adjusted Rand index with vectors."""


def measure(options: Options) -> Result:
    """Test rows only; queries of one entry ask the same, entries with one query are left out."""
    if options.data is None:
        raise RuntimeError("--data is needed: the folder with faq/")
    models = Models(EmbeddingSettings())
    figures: dict[str, object] = {}
    aims: dict[str, Aim] = {}
    for name in SETS:
        faq = read(options.data, name)
        queries = _queries(faq.queries, _QUICK if options.quick else _MOST)
        model = models.of(faq.language)
        if model is None:
            raise RuntimeError(f"there is no model for {faq.language}")
        vectors = model.questions([query.text for query in queries])
        with_vectors = [
            Question(each.id, each.text, None, row) for each, row in zip(queries, vectors, strict=True)
        ]
        words = [Question(each.id, each.text) for each in queries]
        scale = Scale(LoopSettings(), background(model))
        found = {"vectors": _scores(with_vectors, queries, scale), "words": _scores(words, queries, scale)}
        figures[name] = {"queries": len(queries), "entries": len({q.relevant[0] for q in queries}), **found}
        aims[f"{name} ari"] = Aim.at_least(found["vectors"]["ari"], AIMS[name], long_enough=not options.quick)
    return Result({"quick": options.quick, "orders": _ORDERS}, figures, aims)


def _queries(queries: Sequence[Query], most: int) -> list[Query]:
    by_entry: defaultdict[str, list[Query]] = defaultdict(list)
    for query in queries:
        by_entry[query.relevant[0]].append(query)
    chosen = [query for group in by_entry.values() if len(group) > 1 for query in group[:_OF_ENTRY]]
    return chosen[:most]


def _scores(questions: Sequence[Question], queries: Sequence[Query], scale: Scale) -> dict[str, float]:
    """The mean over some orders of coming, since each question is placed as it comes."""
    truth = {query.id: query.relevant[0] for query in queries}
    sums: defaultdict[str, float] = defaultdict(float)
    for seed in range(_ORDERS):
        order = random.Random(seed).sample(list(questions), len(questions))
        names = itertools.count()
        began = time.perf_counter()
        found = placed((), order, scale, partial(_next, names))
        sums["ms_each"] += 1000 * (time.perf_counter() - began) / len(order)
        pairs = [(truth[each.id], each.cluster or "") for each in found]
        sums["ari"] += rand_index(pairs)
        sums["purity"] += purity(pairs)
        sums["clusters"] += len({cluster for _, cluster in pairs})
    return {name: round(value / _ORDERS, 3) for name, value in sums.items()}


def _next(names: "itertools.count[int]") -> str:
    return str(next(names))


def rand_index(pairs: Sequence[tuple[str, str]]) -> float:
    """The adjusted Rand index: 1 for the same partition, about 0 for one by chance (Hubert and Arabie, 1985)."""
    both = sum(comb(count, 2) for count in Counter(pairs).values())
    ours = sum(comb(count, 2) for count in Counter(cluster for _, cluster in pairs).values())
    theirs = sum(comb(count, 2) for count in Counter(entry for entry, _ in pairs).values())
    chance = ours * theirs / comb(len(pairs), 2)
    middle = (ours + theirs) / 2
    return 1.0 if middle == chance else (both - chance) / (middle - chance)


def purity(pairs: Sequence[tuple[str, str]]) -> float:
    """The share of questions whose cluster is mostly of their entry."""
    inside: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for entry, cluster in pairs:
        inside[cluster][entry] += 1
    return sum(max(counted.values()) for counted in inside.values()) / len(pairs)
