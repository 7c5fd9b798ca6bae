"""What is known around a message helps to find and to speak, and nothing more."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.contract import Intent, Outcome
from bot.policy.deciding import decide, decide_alone
from bot.policy.settings import PolicySettings
from bot.proposals import Talk
from bot.reply import AskBack, HandOff, Line, Nothing, Say
from bot.surroundings import chosen_before, page_language, page_words
from bot.text import is_command, tame
from core.inbox import BotProfile
from tests.bot.builders import TEXTS, a_past, a_turn, understood

SETTINGS = PolicySettings()
QUESTIONS = [
    {"key": "topic", "kind": "choice", "options": [{"en": "Returns"}, {"en": "Lamps"}]},
    {"key": "name", "label": {"en": "Name"}},
    {"key": "mail", "kind": "email"},
    "nonsense",
]


def test_what_was_chosen_counts_and_what_says_who_it_is_does_not() -> None:
    known = {"topic": "Returns", "name": "Ann", "mail": "ann@example.org", "page": "https://shop.example/"}
    assert chosen_before(QUESTIONS, known) == ("Returns",)
    assert chosen_before(QUESTIONS, {}) == ()
    assert chosen_before(None, known) == ()


@pytest.mark.parametrize(
    ("address", "language"),
    [
        ("https://shop.example/zh/lamps", "zh"),
        ("https://shop.example/en-GB/", "en"),
        ("https://shop.example/zh_CN", "zh"),
        ("https://shop.example/lamps?lang=zh", "zh"),
        ("https://shop.example/lamps", None),
        ("https://shop.example/zhou/encode", None),
        ("http://[", None),
        (None, None),
    ],
)
def test_an_address_may_name_its_language(address: str | None, language: str | None) -> None:
    assert page_language(address) == language


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("https://shop.example/products/floor-lamp-oslo", "floor lamp oslo"),
        ("https://shop.example/products/floor_lamp.html?x=1", "floor lamp"),
        ("https://shop.example/en/", ""),
        ("https://shop.example/", ""),
        ("https://shop.example/help/en/articles/returns", ""),
        ("https://shop.example/p/12345", ""),
        ("http://[", ""),
        (None, ""),
    ],
)
def test_an_address_may_tell_what_the_page_is_about(address: str | None, words: str) -> None:
    assert page_words(address) == words


@given(st.text(max_size=300))
def test_any_address_is_read(address: str) -> None:
    assert page_language(address) in {None, "en", "zh"}
    assert len(page_words(address)) <= 80


@pytest.mark.parametrize(
    ("text", "command"), [("/start", True), ("/help", True), ("start", False), ("/startle", False)]
)
def test_what_a_messenger_sends_at_the_beginning_is_a_command(text: str, command: bool) -> None:  # noqa: FBT001
    assert is_command(tame(text, 100)) is command


def keys(said: object) -> list[str]:
    assert isinstance(said, Say | AskBack | HandOff | Nothing)
    return [] if isinstance(said, Nothing) else [each.key for each in said.pieces if isinstance(each, Line)]


def test_who_opens_a_chat_is_greeted_and_told_that_it_is_a_bot() -> None:
    said = decide_alone(a_turn("/start"), SETTINGS)
    assert keys(said) == ["bot-greet"]
    assert isinstance(said, Say)
    assert said.outcome is Outcome.TALKED
    named = decide_alone(a_turn("/start", profile=BotProfile(persona="Lumi")), SETTINGS)
    assert isinstance(named, Say)
    assert named.pieces == (Line("bot-greet", {"persona": "Lumi"}),)


@pytest.mark.parametrize(("language", "word"), [("en", "automatic assistant"), ("zh", "自动助手")])
@pytest.mark.parametrize("persona", ["none", "Lumi"])
def test_every_greeting_says_so(language: str, word: str, persona: str) -> None:
    said = TEXTS.say("bot-greet", language, persona=persona)
    assert word in said
    assert ("Lumi" in said) is (persona == "Lumi")


@pytest.mark.parametrize(
    "before",
    [a_past("/start", Outcome.TALKED), a_past("hi", Outcome.TALKED, intent=Intent.GREET)],
)
def test_it_says_so_once(before: object) -> None:
    again = a_turn("hello", history=(before,))
    assert keys(decide(again, understood(Talk("bot-greet"), intent="greet"), SETTINGS)) == ["bot-greet-again"]
    assert keys(decide_alone(a_turn("/start", history=(before,)), SETTINGS)) == ["bot-greet-again"]
