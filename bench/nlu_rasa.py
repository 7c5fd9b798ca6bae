"""Trains and asks one pipeline in Rasa's environment: `python nlu_rasa.py PLAN ANSWERS`, in the Rasa project's folder.

A plan is `{"kind": "rasa" or "words", "parts": [{"folder", "texts"}, …]}`; each part's folder holds `nlu.json` and, for Rasa, `config.yml` and
`domain.yml`. A line on standard output is a step; the answers are, for each part, the seconds of training and
`[intent, confidence, score, ms of CPU]` for each text.
"""

import asyncio
import importlib
import json
import sys
import time
from pathlib import Path
from typing import Any

STRANGE = ("out_of_scope", "nlu_fallback")
EVERY = 50
NOTHING: dict[str, Any] = {"name": "", "confidence": 0.0}
STRENGTH = 10.0


def main(plan: Path, answers: Path) -> None:
    given = json.loads(plan.read_text(encoding="utf-8"))
    learn = with_words if given["kind"] == "words" else with_rasa
    done = [learn(Path(part["folder"]), part["texts"]) for part in given["parts"]]
    answers.write_text(json.dumps(done), encoding="utf-8")


def say(what: str, share: float) -> None:
    print(json.dumps({"what": what, "share": share}), flush=True)


def with_rasa(folder: Path, texts: list[str]) -> dict[str, Any]:
    """As ``rasa train nlu`` and ``rasa test nlu`` do it: one text after the other through the whole pipeline."""
    sys.path.insert(0, str(Path.cwd()))
    early = importlib.import_module("launcher.early")
    early.prepare()
    early.quiet()
    train_nlu = importlib.import_module("rasa.model_training").train_nlu
    agents = importlib.import_module("rasa.core.agent").Agent
    say("training", 0)
    began, cpu = time.perf_counter(), time.process_time()
    names = {name: str(folder / name) for name in ("config.yml", "domain.yml", "nlu.json")}
    model = train_nlu(names["config.yml"], names["nlu.json"], str(folder), domain=names["domain.yml"])
    spent = {"seconds": time.perf_counter() - began, "cpu_seconds": time.process_time() - cpu}
    if model is None:
        raise RuntimeError("Rasa trained nothing")
    agent = agents.load(model)

    async def ask() -> list[list[Any]]:
        told = []
        for number, text in enumerate(texts):
            if number % EVERY == 0:
                say("asking", number / len(texts))
            before = time.process_time()
            parsed = await agent.parse_message(text)
            told.append([*scored(parsed), (time.process_time() - before) * 1000])
        return told

    return {**spent, "told": asyncio.run(ask())}


def scored(parsed: dict[str, Any]) -> tuple[str, float, float]:
    """The likeliest intent in scope with its confidence, and how much the text belongs: ours, or that confidence."""
    ranking = [each for each in parsed["intent_ranking"] if each["name"] not in STRANGE]
    best = max(ranking, key=lambda each: each["confidence"], default=NOTHING)
    confidence = float(best["confidence"])
    return str(best["name"]), confidence, float(parsed.get("scope", {}).get("score", confidence))


def with_words(folder: Path, texts: list[str]) -> dict[str, Any]:
    """Plain TF-IDF of words and scikit-learn's logistic regression, one text after the other."""
    text_features = importlib.import_module("sklearn.feature_extraction.text")
    linear = importlib.import_module("sklearn.linear_model")
    pipeline = importlib.import_module("sklearn.pipeline")
    examples = json.loads((folder / "nlu.json").read_text(encoding="utf-8"))["rasa_nlu_data"][
        "common_examples"
    ]
    say("training", 0)
    began, cpu = time.perf_counter(), time.process_time()
    model = pipeline.make_pipeline(
        text_features.TfidfVectorizer(), linear.LogisticRegression(C=STRENGTH, max_iter=1000)
    )
    model.fit([each["text"] for each in examples], [each["intent"] for each in examples])
    spent = {"seconds": time.perf_counter() - began, "cpu_seconds": time.process_time() - cpu}
    told = []
    for text in texts:
        before = time.process_time()
        shares = zip(model.predict_proba([text])[0], model.classes_, strict=True)
        share, name = max((share, str(name)) for share, name in shares if name not in STRANGE)
        told.append([name, float(share), float(share), (time.process_time() - before) * 1000])
    return {**spent, "told": told}


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
