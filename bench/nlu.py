"""Understanding: Rasa with our pipeline, trained and asked as shipped, beside plain TF-IDF and, in full, Rasa's own pipeline (DIET).

On the intent sets of `--data`: accuracy with nothing rejected; the share of out-of-scope texts that are seen as such where 5 and 10 % of validation texts in
scope are rejected (rows `val`, else five folds of the rows learned from); AUROC; calibration error; CPU a message; time to train. Examples of
what is out of scope, where a set has some to learn from, are the intent `out_of_scope`; `ours_without_strangers` learns without them.
`--quick` takes some intents and rows of each set; `--short` leaves DIET out.
"""

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench import nlu_measures as measures
from bench.harness import Aim, Options, Result
from bench.nlu_measures import Told
from bench.nlu_sets import FOLDS, IntentSet, Trial, read, write
from deploy.setup.places import RASA_PYTHON, ROOT

SETS = ("hint3-curekart", "banking77", "banking77-oos", "clinc150")
WITH_DIET = ("hint3-curekart", "banking77")
AIMS = {"clinc150": 0.962, "banking77": 0.941, "hint3-curekart": 0.887}
STRANGERS_SEEN = {"clinc150": (0.05, 0.85), "hint3-curekart": (0.1, 0.5)}
SHARES = (0.05, 0.1)
QUICK_FOLDS = 1
PROJECT = ROOT / "bot" / "project"
PYTHON = Path(os.environ.get("PARLEY_TEST_RASA_PYTHON", RASA_PYTHON))
DIET = """
recipe: default.v1
pipeline:
- name: WhitespaceTokenizer
- name: RegexFeaturizer
- name: LexicalSyntacticFeaturizer
- name: CountVectorsFeaturizer
- {name: CountVectorsFeaturizer, analyzer: char_wb, min_ngram: 1, max_ngram: 4}
- {name: DIETClassifier, epochs: 100, constrain_similarities: true}
"""
_WIDTH = 24


def measure(options: Options) -> Result:
    if options.data is None:
        raise RuntimeError("--data DIR is needed, with intent/*.jsonl in it")
    if not PYTHON.exists():
        raise RuntimeError("Rasa's environment is not there: python3 -m deploy.setup rasa")
    sets = [read(options.data, name, quick=options.quick) for name in SETS]
    figures: dict[str, object] = {}
    aims: dict[str, Aim] = {}
    for each in sets:
        found = {name: _of(each, used, name, folds) for name, used, folds in _pipelines(each, options)}
        figures[each.name] = found
        aims.update(_aims(each.name, found["ours"], long_enough=not options.quick))
    return Result({"sets": list(SETS), "quick": options.quick, "short": options.short}, figures, aims)


def _pipelines(each: IntentSet, options: Options) -> list[tuple[str, IntentSet, int]]:
    """By name, with what it learns from and how many folds thresholds come from."""
    folds = QUICK_FOLDS if options.quick else FOLDS
    found = [("ours", each, folds), ("words", each, folds)]
    if options.quick:
        return found
    if any(row.oos for row in each.train):
        found.append(("ours_without_strangers", each.without_strangers(), folds))
    if each.name in WITH_DIET and not options.short:
        found.append(("diet", each, QUICK_FOLDS))
    return found


def _of(each: IntentSet, used: IntentSet, pipeline: str, folds: int) -> dict[str, object]:
    trials = used.trials(folds)
    answers = _answers(f"{each.name}, {pipeline}", pipeline, trials)
    told = [_told(trial, answer["told"]) for trial, answer in zip(trials, answers, strict=True)]
    validation = [*told[0][: len(used.val)], *(one for fold in told[1:] for one in fold)]
    test = told[0][len(used.val) :]
    found: dict[str, object] = {
        "learned_from": len(used.train),
        "asked": len(test),
        "accuracy": round(measures.accuracy(test), 4),
        "calibration_error": round(measures.calibration_error(test), 3),
        "cpu_ms_a_message": round(sum(one.ms for one in test) / len(test), 2),
        "train_seconds": round(answers[0]["seconds"], 1),
        "train_cpu_seconds": round(answers[0]["cpu_seconds"], 1),
    }
    return found | (_strangers(validation, test) if used.strangers else {})


def _strangers(validation: Sequence[Told], test: Sequence[Told]) -> dict[str, object]:
    found: dict[str, object] = {"auroc": round(measures.auroc(test), 4)}
    for share in SHARES:
        limit = measures.threshold(validation, share)
        found[f"strangers_seen_at_{share:.0%}"] = round(measures.below(test, limit, strangers=True), 4)
        found[f"really_rejected_at_{share:.0%}"] = round(measures.below(test, limit, strangers=False), 4)
    return found


def _told(trial: Trial, told: Sequence[Sequence[Any]]) -> list[Told]:
    return [Told(row.wanted, *one) for row, one in zip(trial.asked, told, strict=True)]


def _answers(name: str, pipeline: str, trials: Sequence[Trial]) -> list[dict[str, Any]]:
    """In Rasa's environment, by a process of its own; what it does moves a bar on standard error."""
    config = DIET if pipeline == "diet" else (PROJECT / "config.yml").read_text().partition("\npolicies:")[0]
    with TemporaryDirectory(prefix="bench-nlu-") as folder:
        parts = []
        for number, trial in enumerate(trials):
            write(Path(folder, str(number)), trial, config)
            parts.append({"folder": f"{folder}/{number}", "texts": [row.text for row in trial.asked]})
        plan, answers = Path(folder, "plan.json"), Path(folder, "answers.json")
        plan.write_text(json.dumps({"kind": "words" if pipeline == "words" else "rasa", "parts": parts}))
        # Isolated: this folder has a module named as one of the standard library.
        command = [str(PYTHON), "-I", str(Path(__file__).with_name("nlu_rasa.py")), str(plan), str(answers)]
        _run(name, command, len(parts), Path(folder, "log"))
        found: list[dict[str, Any]] = json.loads(answers.read_text())
    return found


def _run(name: str, command: Sequence[str], parts: int, log: Path) -> None:
    """Raises RuntimeError with the last lines that it wrote."""
    part = -1
    with (
        log.open("w") as errors,
        subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.PIPE, stderr=errors, text=True) as child,
    ):
        assert child.stdout is not None
        for line in child.stdout:
            if line.startswith('{"what"'):
                step = json.loads(line)
                part += step["what"] == "training"
                _bar(f"{name}: {step['what']}", (part + step["share"]) / parts)
    _bar(name, 1)
    if child.returncode:
        raise RuntimeError(f"{name}: " + "\n".join(log.read_text().splitlines()[-5:]))


def _bar(text: str, share: float) -> None:
    full = round(share * _WIDTH)
    print(
        f"\r[{'#' * full}{'.' * (_WIDTH - full)}] {text:60s}",
        end="" if share < 1 else "\n",
        file=sys.stderr,
        flush=True,
    )


def _aims(name: str, ours: Mapping[str, Any], *, long_enough: bool) -> dict[str, Aim]:
    found: dict[str, Aim] = {}
    if name in AIMS:
        found[f"{name}: accuracy"] = Aim.at_least(ours["accuracy"], AIMS[name], long_enough=long_enough)
    if name in STRANGERS_SEEN:
        share, least = STRANGERS_SEEN[name]
        value = ours[f"strangers_seen_at_{share:.0%}"]
        found[f"{name}: strangers seen at {share:.0%}"] = Aim.at_least(value, least, long_enough=long_enough)
    return found
