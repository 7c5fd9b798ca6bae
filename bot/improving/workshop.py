"""Work folders: the installed project with examples added, each a plain Rasa project of its own that Rasa's tools accept."""

import hashlib
import shutil
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bot.contract import Intent
from bot.improving.example import Clash, Example, clashes
from bot.improving.sameness import key_of
from bot.improving.training_data import languages, sentences, without, written
from bot.rasa_files import Choice, RasaConfig, fingerprint
from core.errors import Invalid

LABELLED = "labelled"
"""Files ``data/labelled.LANGUAGE.yml`` hold what people labelled."""
TESTS = "tests"
"""The folder of the project with sentences that nothing is trained with, ``nlu.LANGUAGE.yml``."""

_DIGITS = 16
_COPIED = ("config.yml", "credentials.yml", "domain.yml", "endpoints.yml", "requirements.txt")
_FOLDERS = ("components", "data", TESTS)
_ABOUT = "What customers wrote and people labelled; the console keeps it, and each training writes it anew."


@dataclass(frozen=True, slots=True)
class Workshop:
    """Knows the project's sentences; all of it reads or writes files, so not for the event loop."""

    config: RasaConfig

    @property
    def folder(self) -> Path:
        return self.config.records / "work"

    def project(self) -> str:
        """The hash of what is installed."""
        return fingerprint(self.config.project)

    def intents(self) -> tuple[str, ...]:
        """What a text may be labelled with, in the domain's order."""
        return domain_intents((self.config.project / "domain.yml").read_text(encoding="utf-8"))

    def meanings(self) -> dict[str, str]:
        """What the project's own sentences mean, by key."""
        found: dict[str, str] = {}
        for path in self._data(self.config.project / "data"):
            for each in sentences(path.read_text(encoding="utf-8")):
                key = key_of(each.text)
                if key is not None:
                    found[key] = each.intent
        return found

    def clashes(self, examples: Sequence[Example]) -> list[Clash]:
        """Examples that contradict the project; what people said counts."""
        return clashes(examples, self.meanings())

    def dropped(self, examples: Sequence[Example]) -> list[Example]:
        """Examples of intents that the installed project has no more: nothing is trained with them."""
        known = frozenset(self.intents())
        return [each for each in examples if each.intent not in known]

    def kept(self, examples: Sequence[Example]) -> tuple[Example, ...]:
        """The others."""
        known = frozenset(self.intents())
        return tuple(each for each in examples if each.intent in known)

    def tests(self) -> list[Example]:
        """The kept set, each sentence once."""
        found: dict[str, Example] = {}
        for path in self._data(self.config.project / TESTS):
            language = path.name.split(".")[-2]
            for each in sentences(path.read_text(encoding="utf-8")):
                key = key_of(each.text) or each.text
                found.setdefault(key, Example(key, each.text, each.intent, language))
        return list(found.values())

    def prepare(self, examples: Sequence[Example], release: str | None = None) -> Choice:
        """A folder to train from; made unless it is there. Without examples, but dropped ones, it is the project itself."""
        examples = self.kept(examples)
        if not examples:
            return Choice(self.config.project, self.project(), release)
        name = together(self.project(), examples)
        place = self.folder / name
        if not place.is_dir():
            self._make(place, examples)
        return Choice(place, name, release)

    def tidy(self, keep: int, needed: Collection[Path]) -> None:
        """Leaves the newest work folders, and those that are ``needed`` whatever their age."""
        made = [path for path in self.folder.glob("*") if path.is_dir() and path not in needed]
        made.sort(key=lambda path: path.stat().st_mtime, reverse=True)
        for path in made[keep:]:
            shutil.rmtree(path, ignore_errors=True)

    def clear(self, folders: Collection[Path]) -> None:
        """Removes these work folders; what is none of them, like the project itself, stays."""
        for path in folders:
            if path.parent == self.folder:
                shutil.rmtree(path, ignore_errors=True)

    def _make(self, place: Path, examples: Sequence[Example]) -> None:
        draft = place.with_name(f".{place.name}")
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(parents=True)
        for name in _COPIED:
            shutil.copy(self.config.project / name, draft / name)
        for name in _FOLDERS:
            source = self.config.project / name
            if source.is_dir():
                shutil.copytree(source, draft / name, ignore=shutil.ignore_patterns("__pycache__", ".*"))
        self._correct(draft / "data", examples)
        for language, of_it in languages(examples).items():
            text = written(of_it, _ABOUT)
            (draft / "data" / f"{LABELLED}.{language}.yml").write_text(text, encoding="utf-8")
        draft.replace(place)

    def _correct(self, data: Path, examples: Sequence[Example]) -> None:
        """A sentence of the project that people say means something else goes, so that no two meanings are trained."""
        contradicted = {key_of(each.text) or "" for each in self.clashes(examples)}
        for path in self._data(data):
            before = path.read_text(encoding="utf-8")
            after = without(before, contradicted)
            if after != before:
                path.write_text(after, encoding="utf-8")

    def _data(self, folder: Path) -> list[Path]:
        return sorted(folder.rglob("*.yml"))


def together(project: str, examples: Sequence[Example]) -> str:
    """One hash of the project and what is added to it."""
    whole = hashlib.sha256(project.encode())
    for each in sorted(examples, key=lambda one: one.key):
        for part in (each.key, each.text, each.intent, each.language):
            encoded = part.encode()
            whole.update(len(encoded).to_bytes(8, "big") + encoded)
    return whole.hexdigest()[:_DIGITS]


def domain_intents(domain: str) -> tuple[str, ...]:
    """Those of a domain file but the one that Rasa itself gives to what it does not understand. Raises Invalid."""
    found: Any = yaml.safe_load(domain)
    named = found.get("intents", []) if isinstance(found, dict) else []
    names = [next(iter(each)) if isinstance(each, dict) else each for each in named]
    if not all(isinstance(each, str) for each in names):
        raise Invalid("domain.yml: intents", "a list of names")
    return tuple(each for each in names if each != Intent.FALLBACK.value)
