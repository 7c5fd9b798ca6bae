"""The mood of a message is seen by its words, its capitals and marks, and by saying the same again."""

from collections import Counter

import pytest

from bot.handing.mood import Mood, mood_of
from tests.bot.handing.moods import MOODS


def test_moods_are_seen_as_people_labelled_them() -> None:
    wrong = [(text, label, str(mood_of(text))) for text, label in MOODS if mood_of(text) != label]
    assert len(wrong) <= len(MOODS) * 0.04, wrong


def test_nobody_who_is_calm_is_taken_for_angry_and_nobody_angry_for_calm() -> None:
    seen = Counter((label, str(mood_of(text))) for text, label in MOODS)
    assert not seen["calm", "angry"]
    assert not seen["angry", "calm"]


@pytest.mark.parametrize(
    ("text", "before", "mood"),
    [
        ("Where is my order", (), Mood.CALM),
        ("Where is my order", ("where is my order?",), Mood.CALM),
        ("WHERE IS MY ORDER", ("Where is my order?",), Mood.UNHAPPY),
        ("still nothing, and I am waiting!!!", ("still nothing and I am waiting",), Mood.ANGRY),
    ],
)
def test_saying_the_same_again_counts_as_raising_ones_voice(
    text: str, before: tuple[str, ...], mood: Mood
) -> None:
    assert mood_of(text, before) is mood


def test_a_long_message_is_judged_by_its_beginning_and_takes_no_time() -> None:
    assert mood_of("a" * 200_000) is Mood.CALM
    assert mood_of("!" * 200_000) is Mood.CALM
    assert mood_of("") is Mood.CALM
