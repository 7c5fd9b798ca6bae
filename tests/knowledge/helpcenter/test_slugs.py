"""What is not even looked up."""

import pytest

from knowledge.helpcenter.slugs import SLUG_CHARACTERS, is_slug


@pytest.mark.parametrize("text", ["", "a\0b", "\ud800", "a\nb", "x" * (SLUG_CHARACTERS + 1)])
def test_what_no_database_can_look_up_is_no_name_of_a_page(text: str) -> None:
    assert not is_slug(text)


def test_any_words_may_be_one() -> None:
    assert is_slug("send-it-back")
    assert is_slug("退货")
