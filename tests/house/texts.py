"""Compares the keys in the catalogues of texts with the keys that code, pages and Rasa's responses name."""

import re
from dataclasses import dataclass

from tests.house.tree import ROOT, files, text

LOCALES = ROOT / "web" / "locales"
WIDGET_SOURCES = "web/src/widget/"
PREFIX = "widget-"
SOURCES = (".py", ".ts", ".tsx", ".html", ".yml", ".yaml")
NOT_SOURCES = ("tests/", "web/tests/", "web/build/", "bench/", "deploy/")

KEY = re.compile(r"^([a-z][\w-]*) *=", re.MULTILINE)
QUOTED = re.compile(
    r"""["'`]((?:console|widget|bot|letter|error|demo|telegram|routing|simulated|help)-[a-z0-9-]*)(["'`]|\$?\{)"""
)
IN_YAML = re.compile(r"\bkey: *((?:bot|error)-[a-z0-9-]+)()")
WIDGET_WORD = re.compile(r"""["'`]([a-z][a-z0-9-]*)(["'`]|\$?\{)""")
STEM = re.compile(r"""\bnameFor\(\s*["']((?:console|error)-[a-z0-9-]+)["']""")
"""A name looked up by a code from outside, which is shown as it is when nobody named it."""
WIDGET_SAID = re.compile(r"""\bsay\(\s*["']([a-z][a-z0-9-]*)(["'])""")


@dataclass(frozen=True, slots=True)
class Named:
    """What the sources name: whole keys, and beginnings that the rest is put to at run time."""

    keys: frozenset[str]
    beginnings: frozenset[str]
    optional: frozenset[str]

    def covers(self, key: str) -> bool:
        return key in self.keys or any(
            key.startswith(beginning) for beginning in self.beginnings | self.optional
        )


def catalogue(tag: str) -> frozenset[str]:
    """The keys of one language."""
    return frozenset(KEY.findall((LOCALES / f"{tag}.ftl").read_text(encoding="utf-8")))


def named() -> Named:
    """Everything that may be a key; of the widget, which names its texts without their prefix, each quoted word."""
    return _collect({False: (QUOTED, IN_YAML), True: (WIDGET_WORD,)})


def certainly_named() -> Named:
    """Everything that must be a key."""
    return _collect({False: (QUOTED, IN_YAML), True: (WIDGET_SAID,)})


def _collect(patterns: dict[bool, tuple[re.Pattern[str], ...]]) -> Named:
    keys: set[str] = set()
    beginnings: set[str] = set()
    optional: set[str] = set()
    for name in files():
        if name.endswith(SOURCES) and not name.startswith(NOT_SOURCES):
            in_widget = name.startswith(WIDGET_SOURCES)
            for pattern in patterns[in_widget]:
                for word, end in pattern.findall(text(name)):
                    whole = beginnings if end.endswith("{") else keys
                    whole.add(PREFIX + word if in_widget else word)
            stems = set(STEM.findall(text(name)))
            keys, optional = keys - stems, optional | {f"{stem}-" for stem in stems}
    return Named(frozenset(keys), frozenset(beginnings), frozenset(optional))
