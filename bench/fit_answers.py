"""`python -m bench.fit_answers DIR`: works out the numbers in knowledge/ranking.py that say how likely an answer is.

Logistic regression on whether the first article found is right. From the sample articles: each of their questions asked
with itself taken out, and half of them with the whole article taken out; from DIR (as `--data` of the benches): the
validation rows of covidfaq with half of the entries taken out, and out-of-scope requests of clinc150.
"""

import math
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

import msgspec

from bench.search import SAMPLE, Entry, Query, is_test, ours, rows, split_key
from core.ids import ArticleId
from knowledge.importer import read_folder
from knowledge.index import Hit, Index, Prepared, prepare
from knowledge.ranking import features
from knowledge.store import Key

NAMES = ("bias", "asked", "elsewhere", "echoed", "lead")
# How much a case counts: as many questions that have an answer as have none, the near misses of our own above the rest.
ITSELF_OUT, ARTICLE_OUT, FAQ, OUT_OF_SCOPE = 2.5, 0.8, 0.8, 1.0
FAR_REQUESTS = 120
FAQ_QUERIES = 200
STEPS = 60
RIDGE = 1.0


class Request(msgspec.Struct):
    text: str
    oos: bool
    split: str


@dataclass(frozen=True, slots=True)
class Case:
    """The features of the first article found, whether it is right, and how much this counts."""

    features: tuple[float, ...]
    right: bool
    weight: float


def main(arguments: Sequence[str]) -> int:
    if len(arguments) != 1:
        print(__doc__, file=sys.stderr)
        return 2
    cases = [*_of_sample(Random(7)), *_of_data(Path(arguments[0]), Random(7))]
    for name, value in zip(NAMES, fit(cases), strict=True):
        print(f"{name:10} {value:6.2f}")
    return 0


def _case(hits: Sequence[Hit], right: Sequence[str], weight: float) -> Iterator[Case]:
    if hits:
        first = hits[0]
        found = features(first.evidence.overlap, first.evidence.lead)
        yield Case((1.0, *found), first.document.key.article in right, weight)


def _of_sample(random: Random) -> Iterator[Case]:
    documents: dict[Key, Prepared] = {}
    questions: dict[Key, tuple[str, ...]] = {}
    for source in read_folder(SAMPLE):
        key = Key(ArticleId(source.slug), source.language, 1)
        documents[key], questions[key] = prepare(key, source.content), source.content.questions
    for key, document in documents.items():
        others = {
            other: each
            for other, each in documents.items()
            if other != key and other.language == key.language
        }
        without = Index(others)
        for place, question in enumerate(questions[key], start=1):
            asked = (*document.asked[:place], *document.asked[place + 1 :])
            index = Index({**others, key: replace(document, asked=asked)})
            yield from _case(index.find(question, key.language, 1), [key.article], ITSELF_OUT)
            if random.random() < 0.5:
                yield from _case(without.find(question, key.language, 1), [], ARTICLE_OUT)


def _of_data(folder: Path, random: Random) -> Iterator[Case]:
    sample = Index(
        {
            Key(ArticleId(each.slug), "en", 1): prepare(Key(ArticleId(each.slug), "en", 1), each.content)
            for each in read_folder(SAMPLE)
            if each.language == "en"
        }
    )
    requests = rows(folder / "intent" / "clinc150.jsonl", Request)
    far = [each.text for each in requests if each.oos and each.split != "test"]
    for text in random.sample(far, FAR_REQUESTS):
        yield from _case(sample.find(text, "en", 1), [], OUT_OF_SCOPE)
    entries = rows(folder / "faq" / "covidfaq.corpus.jsonl", Entry)
    index = ours(sorted(entries, key=lambda entry: split_key(entry.id))[::2])
    queries = [
        each for each in rows(folder / "faq" / "covidfaq.queries.jsonl", Query) if not is_test(each.id)
    ]
    for query in random.sample(queries, FAQ_QUERIES):
        yield from _case(index.find(query.text, "en", 1), query.relevant, FAQ)


def fit(cases: Sequence[Case]) -> list[float]:
    """Newton's method with a small penalty on every coefficient but the bias."""
    size = len(NAMES)
    found = [0.0] * size
    for _ in range(STEPS):
        gradient = [RIDGE * value if place else 0.0 for place, value in enumerate(found)]
        hessian = [[RIDGE if row == column and row else 0.0 for column in range(size)] for row in range(size)]
        for case in cases:
            z = sum(value * feature for value, feature in zip(found, case.features, strict=True))
            likely = 1 / (1 + math.exp(-z))
            for row in range(size):
                gradient[row] += case.weight * (likely - case.right) * case.features[row]
                bend = case.weight * likely * (1 - likely) * case.features[row]
                for column in range(size):
                    hessian[row][column] += bend * case.features[column]
        found = [value - step for value, step in zip(found, _solved(hessian, gradient), strict=True)]
    return found


def _solved(matrix: Sequence[Sequence[float]], vector: Sequence[float]) -> list[float]:
    """``x`` of ``matrix x = vector``, by Gauss and Jordan; the matrix is positive definite."""
    table = [[*row, value] for row, value in zip(matrix, vector, strict=True)]
    for pivot, line in enumerate(table):
        line[:] = [value / line[pivot] for value in line]
        for other in table:
            if other is not line:
                factor = other[pivot]
                other[:] = [value - factor * mine for value, mine in zip(other, line, strict=True)]
    return [line[-1] for line in table]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
