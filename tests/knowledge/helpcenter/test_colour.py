"""Whatever colour a brand has, its words can be read."""

from itertools import product

import pytest

from core.errors import Invalid
from knowledge.helpcenter.colour import AA, checked_colour, contrast_of, dark, light, style_sheet

COLOURS = [f"#{red:02x}{green:02x}{blue:02x}" for red, green, blue in product(range(0, 256, 51), repeat=3)]


def test_words_stand_out_in_light_and_dark_whatever_the_colour_is() -> None:
    for colour in COLOURS:
        for theme, grounds in (
            (light(colour), ("#ffffff", "#f6f7f9")),
            (dark(colour), ("#11141a", "#1b1f27")),
        ):
            assert contrast_of(theme.on_fill, theme.fill) >= AA, colour
            for ground in (*grounds, theme.soft):
                assert contrast_of(theme.text, ground) >= AA, (colour, ground)


def test_a_colour_that_can_be_read_is_left_as_it_is() -> None:
    assert light("#0f5f57").fill == "#0f5f57"


def test_contrast_is_reckoned_as_everybody_does() -> None:
    assert round(contrast_of("#000000", "#ffffff"), 2) == 21.0
    assert round(contrast_of("#777777", "#ffffff"), 2) == 4.48


@pytest.mark.parametrize("wrong", ["red", "#12345", "#1234567", "#12345g", "", "#123456;}"])
def test_what_is_no_colour_is_refused(wrong: str) -> None:
    with pytest.raises(Invalid, match="color"):
        checked_colour(wrong)


def test_the_style_sheet_has_both_modes() -> None:
    sheet = style_sheet("#3b5bdb")
    assert sheet.count("--accent:") == 2
    assert "prefers-color-scheme:dark" in sheet
