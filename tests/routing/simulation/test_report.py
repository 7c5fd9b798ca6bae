"""What a simulation tells: the table, the JSON and the page say the same, in both languages, and nothing from outside gets into the page."""

import re
from html.parser import HTMLParser
from typing import Any

import msgspec
import pytest

from app.build import LOCALES
from core.texts import Texts
from routing.simulation.estimate import Figure, difference, quotient, ratio, student
from routing.simulation.plain import plain
from routing.simulation.reading.scenario import read
from routing.simulation.report import page
from routing.simulation.results import Results
from routing.simulation.runner import simulate
from routing.simulation.tables import as_text, saying

TEXTS = Texts(LOCALES)


@pytest.fixture(scope="module")
def results() -> Results:
    form = {
        "name": "<b>shop</b>",
        "types": [{"name": "a & b", "rate": 60, "target": 20}, {"name": "c", "rate": 30, "patience": 300}],
        "agents": [{"name": "all", "count": 8}],
        "policies": ["first_come", "index"],
        "seeds": 2,
        "hours": 4,
    }
    return simulate(read(msgspec.json.encode(form)))


def test_the_table_has_a_line_for_each_type_and_one_for_all(results: Results) -> None:
    lines = as_text(results, saying(TEXTS, "en")).splitlines()
    start = lines.index("== index ==")
    assert lines[start + 1].split()[:2] == ["Type", "Arrived"]
    assert [line.partition("  ")[0].strip() for line in lines[start + 2 : start + 5]] == ["a & b", "c", "all"]
    assert any(line.startswith("first_come - index") for line in lines)


def test_json_holds_the_same_figures(results: Results) -> None:
    told: Any = msgspec.json.decode(msgspec.json.encode(plain(results)))
    first, second = told["policies"]
    assert (first["policy"], second["policy"]) == ("first_come", "index")
    assert first["types"]["c"]["abandonment"]["value"] == results.policies[0].kinds["c"].abandoned.value
    assert first["all"]["arrived"] == sum(each["arrived"] for each in first["types"].values())
    assert first["agents"]["all"]["answered"]["a & b"] == first["types"]["a & b"]["arrived"]
    assert told["comparisons"][0]["cost_ratio"]["value"] > 0
    wait = first["all"]["wait_s"]
    assert wait["low"] < wait["value"] < wait["high"]


class Page(HTMLParser):
    """Collects the tags, what they refer to, and the words."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.refers: list[str | None] = []
        self.words = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.refers += [value for name, value in attrs if name in {"src", "href"}]

    def handle_data(self, data: str) -> None:
        self.words += data


@pytest.mark.parametrize(("language", "words"), [("en", "Mean wait"), ("zh", "平均等待")])
def test_the_page_needs_nothing_else_and_speaks_the_readers_language(
    results: Results, language: str, words: str
) -> None:
    found = Page(page(results, saying(TEXTS, language), language))
    assert words in found.words
    assert "<b>shop</b>" in found.words
    assert "a & b" in found.words
    assert found.tags.count("svg") == 4
    assert not {"script", "link", "img", "b"} & set(found.tags)
    assert found.refers == []


def test_every_drawing_stays_within_its_frame(results: Results) -> None:
    text = page(results, saying(TEXTS, "en"), "en")
    widths = [float(each) for each in re.findall(r'<rect [^>]*width="([\d.]+)"', text)]
    assert widths
    assert max(widths) <= 360
    assert "nan" not in text


def test_students_t_is_near_its_table() -> None:
    table = {1: 12.706, 2: 4.303, 3: 3.182, 5: 2.571, 9: 2.262, 19: 2.093, 99: 1.984}
    for freedom, value in table.items():
        assert student(freedom) == pytest.approx(value, rel=0.01)


def test_a_ratio_of_equal_batches_has_the_error_of_their_mean() -> None:
    found = ratio([1, 2, 3, 4], [1, 1, 1, 1])
    assert found.value == 2.5
    assert found.error == pytest.approx((5 / 3 / 4) ** 0.5)


def test_one_batch_tells_no_error_and_none_at_all_nothing() -> None:
    assert ratio([3], [4]) == Figure(0.75)
    assert ratio([], []) == Figure(0.0)
    assert quotient([1], [0]) is None


def test_a_difference_that_is_always_the_same_is_sure() -> None:
    found = difference([3, 4, 5], [1, 2, 3])
    assert (found.value, found.error) == (2, 0)
