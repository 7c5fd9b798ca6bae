"""`python -m bench.fit_answers DIR [--write]`: works out knowledge/coefficients.py, and says how it holds on a set left out.

Two regressions, with vectors and by words alone. The order of articles is fitted on validation rows of the FAQ sets in
DIR (as `--data` of the benches) and on the sample articles, each of their questions asked with itself taken out. How
likely an article answers is fitted on the first three found: the same with half of the entries, or the article, taken
out, and out-of-scope requests of clinc150. Sets count alike; only numbers leave this program.
"""

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random

import msgspec
import numpy as np

from bench.engines import Vectors, documents_of, index_with, meant
from bench.faq import SETS, Faq, halves, read, rows
from bench.fitting import Case, Choice, belief, order
from bench.judging import Judged, curve, meaning
from core.ids import ArticleId
from knowledge import coefficients
from knowledge.embedding.models import Models
from knowledge.embedding.settings import EmbeddingSettings
from knowledge.index import Hit, Index, Prepared, prepare
from knowledge.ranking import Evidence, features, leads, parts
from knowledge.store import Key
from tests.knowledge.sample import read_sample

FOUND = 40
LOOKED_AT = 3
FAR_REQUESTS = 150
STRANGERS = 600
RIDGE_OF_ORDER = 2e-4
RIDGE_OF_BELIEF = 2e-4
ARTICLE_OUT = 0.5
"""How many of the sample's questions are asked with their whole article taken out, too."""

SHAPE_BY_WORDS = (0.3, 0.3, 0.4, 1.0, 0.4, 0.1)
"""By words alone only their scale is fitted: all six freely are better on the sets they saw and worse on one left out."""


class Request(msgspec.Struct):
    text: str
    oos: bool
    split: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A question: the evidence for each article found, which of them are right, and whether any of all would be."""

    evidence: Sequence[Evidence]
    right: Sequence[bool]
    answerable: bool

    @property
    def choice(self) -> Choice:
        return Choice(np.array([parts(one) for one in self.evidence]), np.array(self.right))


@dataclass(frozen=True, slots=True)
class Material:
    """Of one set: questions with everything there, and questions with much taken out."""

    whole: list[Asked] = field(default_factory=list)
    lacking: list[Asked] = field(default_factory=list)


def main(arguments: Sequence[str]) -> int:
    given = [argument for argument in arguments if argument != "--write"]
    if len(given) != 1:
        print(__doc__, file=sys.stderr)
        return 2
    fitted: dict[str, Sequence[float]] = {}
    for name, models in (("", Models(EmbeddingSettings())), ("_BY_WORDS", None)):
        print("by words alone" if models is None else "with vectors")
        chosen, believed = fit(collect(Path(given[0]), models))
        fitted |= {f"ORDER{name}": chosen, f"BELIEF{name}": believed}
    if "--write" in arguments:
        Path(coefficients.__file__).write_text(as_module(fitted))
    return 0


def collect(folder: Path, models: Models | None) -> Mapping[str, Material]:
    found = {name: _of_faq(read(folder, name, test=False), models) for name in SETS}
    found["sample"] = _of_sample(Random(7), models)
    requests = rows(folder / "intent" / "clinc150.jsonl", Request)
    far = [each.text for each in requests if each.oos and each.split != "test"]
    asked = Random(7).sample(far, FAR_REQUESTS)
    known = {
        Key(ArticleId(each.slug), "en", 1): each.content for each in read_sample() if each.language == "en"
    }
    documents = {key: prepare(key, content) for key, content in known.items()}
    vectors = _vectors(models, "en", meant(documents.values()), asked)
    place = Place.of(documents, "en", vectors)
    found["sample"].lacking.extend(place.ask(text, ()) for text in asked)
    return found


def _vectors(
    models: Models | None, language: str, phrases: Iterable[str], asked: Iterable[str]
) -> Vectors | None:
    model = None if models is None else models.of(language)
    return None if model is None else Vectors.made(model, phrases, asked)


@dataclass(frozen=True, slots=True)
class Place:
    """Where questions are asked: an index, the articles in it, and vectors of whatever is asked."""

    index: Index
    language: str
    articles: frozenset[str]
    vectors: Vectors | None

    @classmethod
    def of(cls, documents: Mapping[Key, Prepared], language: str, vectors: Vectors | None) -> "Place":
        articles = frozenset(key.article for key in documents)
        return cls(index_with(documents, vectors), language, articles, vectors)

    def ask(self, text: str, right: Sequence[str]) -> Asked:
        vector = None if self.vectors is None else self.vectors.of[text]
        hits: Sequence[Hit] = self.index.find(text, self.language, FOUND, vector=vector)
        return Asked(
            [hit.evidence for hit in hits],
            [hit.document.key.article in right for hit in hits],
            not self.articles.isdisjoint(right),
        )


def _of_faq(each: Faq, models: Models | None) -> Material:
    strangers = Random(7).sample(each.strangers, min(STRANGERS, len(each.strangers)))
    asked = [query.text for query in (*each.queries, *strangers)]
    documents = documents_of(each.entries)
    vectors = _vectors(models, each.language, meant(documents.values()), asked)
    found = Material()
    whole = Place.of(documents, each.language, vectors)
    found.whole.extend(whole.ask(one.text, one.relevant) for one in each.queries)
    for kept in halves(each.entries, 2):
        half = Place.of(documents_of(kept), each.language, vectors)
        found.lacking.extend(half.ask(one.text, one.relevant) for one in (*each.queries, *strangers))
    return found


def _of_sample(random: Random, models: Models | None) -> Material:
    """Each question of each article, with itself taken out, and some with the whole article taken out."""
    found = Material()
    documents: dict[Key, Prepared] = {}
    for source in read_sample():
        key = Key(ArticleId(source.slug), source.language, 1)
        documents[key] = prepare(key, source.content)
    for language in ("en", "zh"):
        own = {key: each for key, each in documents.items() if key.language == language}
        questions = (text for each in own.values() for text in each.asked)
        vectors = _vectors(models, language, meant(own.values()), questions)
        for key, document in own.items():
            others = {other: each for other, each in own.items() if other != key}
            without = Place.of(others, language, vectors)
            for question, rest in _without_each(document):
                asked = Place.of({**others, key: rest}, language, vectors).ask(question, [key.article])
                found.whole.append(asked)
                found.lacking.append(asked)
                if random.random() < ARTICLE_OUT:
                    found.lacking.append(without.ask(question, [key.article]))
    return found


def _without_each(document: Prepared) -> Iterator[tuple[str, Prepared]]:
    """Each question but the title, and the article without it."""
    for place in range(1, len(document.asked)):
        asked = (*document.asked[:place], *document.asked[place + 1 :])
        tokens = (*document.asked_tokens[:place], *document.asked_tokens[place + 1 :])
        yield document.asked[place], msgspec.structs.replace(document, asked=asked, asked_tokens=tokens)


def fit(material: Mapping[str, Material]) -> tuple[Sequence[float], Sequence[float]]:
    """Order first; belief is fitted on what is found under that order. Says how each holds on a set left out."""
    chosen = _order(material.values())
    print("  order ", *chosen)
    for name, each in material.items():
        others = _order(one for other, one in material.items() if other != name)
        print(f"    {name:9} {_places(each, chosen)}, fitted without it {_places(each, others)}")
    believed = _belief(material.values(), chosen)
    print("  belief", *believed)
    for name, each in material.items():
        others = _belief((one for other, one in material.items() if other != name), chosen)
        print(f"    {name:9} {_worth(each, chosen, believed)}")
        print(f"      fitted without it {_worth(each, chosen, others)}")
    return chosen, believed


def _order(material: Iterable[Material]) -> Sequence[float]:
    sets = [[one.choice for one in each.whole if any(one.right)] for each in material]
    shape = np.array(SHAPE_BY_WORDS)
    if sets[0][0].rows.shape[1] != len(shape):
        return [round(float(value), 2) for value in order(sets, RIDGE_OF_ORDER)]
    along = [[Choice((one.rows @ shape)[:, None], one.right) for one in each] for each in sets]
    (scale,) = order(along, RIDGE_OF_ORDER)
    return [round(float(scale * value), 2) for value in shape]


def _belief(material: Iterable[Material], chosen: Sequence[float]) -> Sequence[float]:
    cases: list[Case] = []
    for each in material:
        some = [case for asked in each.lacking for case in _cases(asked, chosen)]
        cases.extend(Case(features, right, 1 / len(some)) for features, right in some)
    floor = [True] * len(cases[0].features)
    return [round(float(value), 2) for value in belief(cases, RIDGE_OF_BELIEF, floor)]


def _ranked(asked: Asked, chosen: Sequence[float]) -> list[tuple[Evidence, bool]]:
    """Under these weights, with each one's lead."""
    if not asked.evidence:
        return []
    scores = asked.choice.rows @ np.array(chosen)
    ahead = leads(scores.tolist())
    places = np.argsort(-scores, kind="stable")
    return [(replace(asked.evidence[place], lead=ahead[place]), asked.right[place]) for place in places]


def _cases(asked: Asked, chosen: Sequence[float]) -> list[tuple[Sequence[float], bool]]:
    return [(features(one), right) for one, right in _ranked(asked, chosen)[:LOOKED_AT]]


def _places(each: Material, chosen: Sequence[float]) -> str:
    """P@1 and hit in three."""
    ranked = [[right for _, right in _ranked(asked, chosen)] for asked in each.whole]
    first = sum(any(right[:1]) for right in ranked) / len(ranked)
    return f"{first:.3f}/{sum(any(right[:3]) for right in ranked) / len(ranked):.3f}"


def _worth(each: Material, chosen: Sequence[float], believed: Sequence[float]) -> str:
    judged = []
    for asked in each.lacking:
        cases = _cases(asked, chosen)[:1]
        sure = [_likely(believed, features) for features, _ in cases] or [0.0]
        judged.append(Judged(sure[0], right=any(right for _, right in cases), answerable=asked.answerable))
    found = meaning(judged)
    return f"{curve(judged)} calibration error {found['calibration_error']}, Brier {found['brier']}"


def _likely(believed: Sequence[float], found: Sequence[float]) -> float:
    return float(1 / (1 + np.exp(-np.dot(believed, (1.0, *found)))))


def as_module(fitted: Mapping[str, Sequence[float]]) -> str:
    """knowledge/coefficients.py."""
    lines = [
        '"""The numbers of ``ranking``, worked out by ``python -m bench.fit_answers DIR --write``; docs/knowledge.md says how."""',
        "",
    ]
    for name, values in fitted.items():
        lines += [f"{name} = ({', '.join(map(str, values))})", f'"""{_MEANINGS[name]}"""']
    return "\n".join((*lines, ""))


_MEANINGS = {
    "ORDER": "Of words asked, echoed and covered, and of nearness.",
    "BELIEF": "Bias; of words asked, elsewhere in the article and echoed, of the lead, and of nearness as a logarithm.",
    "ORDER_BY_WORDS": "Of words asked, echoed and covered, and of BM25 by question, article and passage.",
    "BELIEF_BY_WORDS": "The same without nearness.",
}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
