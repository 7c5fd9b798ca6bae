"""What an editor may store."""

import pytest

from core.errors import Invalid
from knowledge.article import (
    BODY_CHARACTERS,
    QUESTIONS,
    TITLE_CHARACTERS,
    Content,
    checked,
    checked_category,
    checked_language,
    checked_slug,
    slug_of,
)


def test_stray_space_and_empty_or_repeated_questions_are_taken_out() -> None:
    content = checked(Content("  How  to\treturn ", "One\r\nTwo\n", ("Why?", " ", "Why? ", "When?")))
    assert content == Content("How to return", "One\nTwo", ("Why?", "When?"))


@pytest.mark.parametrize(
    ("content", "field", "expected"),
    [
        (Content(" ", "body"), "title", "one line of text"),
        (Content("x" * (TITLE_CHARACTERS + 1), "body"), "title", "at most 200 characters, not 201"),
        (Content("title", " \n"), "body", "the article's text"),
        (Content("title", "x" * (BODY_CHARACTERS + 1)), "body", "at most 50000 characters, not 50001"),
        (Content("title", "zero\0"), "body", "text without control characters, not U+0000"),
        (Content("half \ud800", "body"), "title", "text without control characters, not U+D800"),
        (Content("title", "body", ("x" * 301,)), "questions", "at most 300 characters, not 301"),
        (
            Content("title", "body", tuple(f"question {number}" for number in range(QUESTIONS + 1))),
            "questions",
            "at most 50 questions, not 51",
        ),
    ],
)
def test_an_error_names_the_field_and_what_was_expected(content: Content, field: str, expected: str) -> None:
    with pytest.raises(Invalid) as refused:
        checked(content)
    assert (refused.value.field, refused.value.expected) == (field, expected)


def test_the_limits_themselves_are_allowed() -> None:
    checked(Content("x" * TITLE_CHARACTERS, "x" * BODY_CHARACTERS))


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("When you get your refund", "when-you-get-your-refund"),
        ("What's “E27”? Über Lampen!", "whats-e27-uber-lampen"),
        ("退货", None),
        ("word " * 40, "-".join(["word"] * 16)),
    ],
)
def test_a_title_gives_a_short_plain_name_for_addresses(title: str, slug: str | None) -> None:
    assert slug_of(title) == slug
    if slug is not None:
        assert checked_slug(slug) == slug


@pytest.mark.parametrize("language", ["", "EN", "english", "en_US", "e", "en-", "xx", "xx-klingon"])
def test_a_language_is_the_tag_of_one_that_there_is(language: str) -> None:
    with pytest.raises(Invalid, match="language tag"):
        checked_language(language)


def test_a_category_and_a_slug_are_checked() -> None:
    assert checked_category(" Returns  and refunds ") == "Returns and refunds"
    for slug in ("", "Upper", "double--hyphen", "-edge", "with space", "x" * 81):
        with pytest.raises(Invalid, match="slug"):
            checked_slug(slug)
