"""Examples: when texts are the same, what differs between two sets, where they contradict, and Rasa's files of them."""

import pytest
import yaml

from bot.improving.example import Clash, Example, clashes, difference, once
from bot.improving.exchange import exported, read
from bot.improving.sameness import key_of
from bot.improving.training_data import languages, sentences, spoken, without, written
from core.errors import Invalid

PROJECT = """version: "3.1"
nlu:
- regex: order_number
  examples: |
    - \\d{3,12}
- intent: greet
  examples: |
    - hi
    - Hello there!
- intent: order_status
  examples: |
    - where is [10234](order_number)?
"""


def an_example(text: str, intent: str = "greet", language: str = "en") -> Example:
    return Example(key_of(text) or text, text, intent, language)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Hello there!", "hello  THERE"), ("Where is [#]?", "where is"), ("你好！", "你好"), ("ＨＩ", "hi")],
)
def test_case_width_punctuation_and_what_was_taken_out_make_no_other_text(one: str, other: str) -> None:
    assert key_of(one) == key_of(other) is not None


def test_other_words_are_another_text_and_none_is_no_text() -> None:
    assert key_of("hello") != key_of("hallo")
    assert key_of("… [#] !") is None


def test_the_difference_names_what_came_went_and_changed() -> None:
    before = [an_example("hi"), an_example("bye", "goodbye"), an_example("yo")]
    after = [an_example("hi"), an_example("Yo!", "small_talk"), an_example("thanks", "thank")]
    found = difference(before, after)
    assert [each.text for each in found.added] == ["thanks"]
    assert [each.text for each in found.removed] == ["bye"]
    assert found.changed == (Clash("Yo!", "greet", "small_talk"),)


def test_the_same_text_with_two_meanings_is_named() -> None:
    kept, twice = once([an_example("hi"), an_example("Hi.", "goodbye"), an_example("hi")])
    assert [each.intent for each in kept] == ["greet"]
    assert twice == [Clash("Hi.", "greet", "goodbye")]
    assert clashes([an_example("yo")], {key_of("yo") or "": "deny"}) == [Clash("yo", "greet", "deny")]
    assert clashes([an_example("yo")], {key_of("yo") or "": "greet"}) == []


def test_a_projects_own_sentences_are_found_without_patterns_and_marks_of_entities() -> None:
    found = [(each.intent, each.text) for each in sentences(PROJECT)]
    assert found == [("greet", "hi"), ("greet", "Hello there!"), ("order_status", "where is 10234?")]


def test_a_contradicted_sentence_goes_and_the_rest_stays_as_it_was() -> None:
    after = without(PROJECT, {key_of("hello there") or ""})
    assert after == PROJECT.replace("    - Hello there!\n", "")
    assert yaml.safe_load(after)["nlu"][1]["intent"] == "greet"


def test_what_was_taken_out_is_spoken_as_something_like_it() -> None:
    assert spoken("My order [#] to [✉]") == "My order 10234 to me@example.com"


@pytest.mark.parametrize(
    "text",
    [
        "[free](intent) lamps",
        '[x]{"entity": "order_number"}',
        "${HOME}",
        "/restart",
        "two\n- intent: greet",
        "lamp\ufffe\uffff",
        "\ufffe/restart",
        "a\x00b",
    ],
)
def test_nothing_that_a_customer_wrote_is_read_by_rasa_as_anything_but_words(text: str) -> None:
    said = spoken(text)
    assert not set("[]{}$\n") & set(said)
    assert not said.startswith("/")
    whole = yaml.safe_load(written([an_example(text)], "about"))
    assert whole["nlu"] == [{"intent": "greet", "examples": f"- {said}\n"}]
    assert yaml.safe_load(exported([an_example(text)]))["nlu"] == whole["nlu"]


def test_examples_are_written_by_intent_and_language() -> None:
    found = languages([an_example("hi"), an_example("你好", language="zh"), an_example("x", language="../x")])
    assert {name: len(each) for name, each in found.items()} == {"en": 1, "zh": 1, "other": 1}


def test_an_export_is_training_data_and_comes_back_the_same() -> None:
    examples = [an_example("hi: there"), an_example("- yo", "goodbye"), an_example("在吗", language="zh")]
    text = exported(examples)
    back = read(text, ["greet", "goodbye"], lambda line: line)
    assert {(each.key, each.intent, each.language) for each in back} == {
        (each.key, each.intent, each.language) for each in examples
    }


def test_an_import_is_redacted_and_names_an_intent_that_there_is_not() -> None:
    text = "nlu:\n- intent: greet\n  examples: |\n    - hi [Ann](name)\n"
    (found,) = read(text, ["greet"], lambda line: line.replace("Ann", "[…]"))
    assert found.text == "hi […]"
    with pytest.raises(Invalid, match="intent greet: expected one of thank"):
        read(text, ["thank"], lambda line: line)


@pytest.mark.parametrize("text", ["nlu: {", "[]", "version: 3", "nlu: hello"])
def test_what_is_no_training_data_is_refused(text: str) -> None:
    with pytest.raises(Invalid):
        read(text, ["greet"], lambda line: line)
