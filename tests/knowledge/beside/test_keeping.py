"""Whether a reply still says what an article said, and whom an article is not for."""

import pytest

from core.answer import Audience, Reader
from knowledge.beside.keeping import Caution, Kept, caution, kept

WORDS = "You may return any lamp within thirty days. Send it to our workshop in Leeds."
ANYBODY = Reader(Audience.PUBLIC, "north")


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        (WORDS, Kept.AS_IT_WAS),
        (f"Dear Ann,\n\n{WORDS}\n\nBest, Ada", Kept.AS_IT_WAS),
        (WORDS.replace(". ", ".\n\n"), Kept.AS_IT_WAS),
        (WORDS.replace("thirty", "sixty"), Kept.EDITED),
        ("You may return any lamp within thirty days.", Kept.EDITED),
        ("I will call you tomorrow.", Kept.DROPPED),
        ("", Kept.DROPPED),
    ],
)
def test_what_was_sent_is_compared_by_its_words(sent: str, expected: Kept) -> None:
    assert kept(WORDS, sent) is expected


def test_it_holds_for_chinese() -> None:
    words = "您可以在三十天内退货，请寄到我们的维修中心。"
    assert kept(words, f"您好！{words}") is Kept.AS_IT_WAS
    assert kept(words, "您可以在六十天内退货，请寄到我们的维修中心。") is Kept.EDITED
    assert kept(words, "我明天给您打电话。") is Kept.DROPPED


@pytest.mark.parametrize(
    ("audience", "brands", "customer", "expected"),
    [
        (Audience.PUBLIC, (), ANYBODY, None),
        (Audience.PUBLIC, ("north",), ANYBODY, None),
        (Audience.PUBLIC, ("south",), ANYBODY, Caution.BRAND),
        (Audience.SIGNED_IN, (), ANYBODY, Caution.SIGNED_IN),
        (Audience.SIGNED_IN, (), Reader(Audience.SIGNED_IN), None),
        (Audience.SIGNED_IN, ("south",), ANYBODY, Caution.BRAND),
        (Audience.AGENTS, (), Reader(Audience.SIGNED_IN, "north"), Caution.AGENTS),
        (Audience.AGENTS, ("south",), ANYBODY, Caution.AGENTS),
    ],
)
def test_agents_are_warned_of_what_the_customer_may_not_read(
    audience: Audience, brands: tuple[str, ...], customer: Reader, expected: Caution | None
) -> None:
    assert caution(audience, brands, customer) is expected
