"""The project in bot/project/ keeps its own rules: tools of its own, names instead of texts, a README that says what is there."""

import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from bot.contract import Intent
from bot.rasa_files import INPUTS, RasaConfig, fingerprint
from deploy.setup.places import ROOT
from tests.bot.kept import LANGUAGES, bare, examples, held_back, kept

PROJECT = ROOT / "bot" / "project"
README = (PROJECT / "README.md").read_text()
DOMAIN = (PROJECT / "domain.yml").read_text()


def section(name: str) -> list[str]:
    """The lines below one top-level key of domain.yml, without their indentation."""
    lines = DOMAIN.split(f"\n{name}:\n")[1].splitlines()
    ends = next((index for index, line in enumerate(lines) if line and line[0].isalpha()), len(lines))
    return [line.strip() for line in lines[:ends] if line.strip() and not line.strip().startswith("#")]


def listed(name: str) -> set[str]:
    return {line.removeprefix("- ").rstrip(":") for line in section(name) if line.startswith("- ")}


@pytest.mark.parametrize("tool", [["ruff", "check"], ["ruff", "format", "--check"], ["mypy"]], ids="-".join)
def test_its_own_tools_are_content(tool: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", *tool], cwd=PROJECT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_each_intent_is_known_to_the_bot_and_has_examples_in_both_languages() -> None:
    assert listed("intents") | {"nlu_fallback"} == {intent.value for intent in Intent}
    for intent in listed("intents"):
        for language in ("en", "zh"):
            data = "".join(path.read_text() for path in (PROJECT / "data").glob(f"*.{language}.yml"))
            count = data.split(f"- intent: {intent}\n")[1].split("- intent:")[0].count("\n    - ")
            assert count >= 30, f"{intent} has {count} examples in {language}"


def test_no_sentence_is_an_example_of_two_intents() -> None:
    for language in LANGUAGES:
        found: dict[str, set[str]] = {}
        for intent, text in examples(language):
            found.setdefault(bare(text), set()).add(intent)
        assert {text: intents for text, intents in found.items() if len(intents) > 1} == {}


def test_what_is_kept_for_judging_is_no_example_and_covers_every_intent() -> None:
    for language in LANGUAGES:
        trained = {bare(text) for _, text in examples(language)}
        assert [text for _, text in held_back(language) if bare(text) in trained] == []
        counts = Counter(intent for intent, _ in kept(language))
        assert {intent for intent in listed("intents") if counts[intent] < 8} == set()


def test_responses_name_texts_and_hold_none() -> None:
    responses = [line for line in section("responses") if not line.startswith("utter_")]
    assert [line for line in responses if not line.startswith("- custom: {kind: ")] == []


def test_the_readme_lists_every_action_and_every_variable(tmp_path: Path) -> None:
    config = RasaConfig(ROOT, tmp_path, "http://127.0.0.1:1/webhook", "a", "s")
    names = {name for name in config.child_environment(1) if name.startswith("PARLEY_")}
    assert [name for name in listed("actions") | names if f"`{name}`" not in README] == []


def test_a_model_depends_on_the_project_s_inputs_and_on_nothing_else(tmp_path: Path) -> None:
    for name in INPUTS:
        assert (PROJECT / name).exists(), name
    project = tmp_path / "project"
    (project / "data").mkdir(parents=True)
    (project / "data" / "rules.yml").write_text("rules: []")
    before = fingerprint(project)
    (project / "README.md").write_text("more words")
    (project / "data" / "__pycache__").mkdir()
    (project / "data" / "__pycache__" / "x.pyc").write_text("")
    assert fingerprint(project) == before
    (project / "data" / "rules.yml").rename(project / "data" / "others.yml")
    assert fingerprint(project) != before
