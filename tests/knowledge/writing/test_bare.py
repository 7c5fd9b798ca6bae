"""An image of ours comes back as it is; one that carries anything beside its pixels does not."""

import io

import pytest
from PIL import Image, PngImagePlugin

from knowledge.writing.bare import as_it_is
from knowledge.writing.picture import remade
from knowledge.writing.settings import ImageSettings

USUAL = ImageSettings()


def drawn(kind: str, size: tuple[int, int] = (60, 40), **given: object) -> bytes:
    out = io.BytesIO()
    Image.effect_noise(size, 60).convert("RGB").save(out, kind, **given)
    return out.getvalue()


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF"])
def test_what_we_made_stays_to_the_byte(kind: str) -> None:
    made = remade(drawn(kind), USUAL)
    assert as_it_is(made.data, USUAL) == made


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_what_stands_behind_a_picture_or_is_cut_off_it_is_noticed(kind: str) -> None:
    made = remade(drawn(kind), USUAL)
    assert as_it_is(made.data + b"<script>", USUAL) is None
    assert as_it_is(made.data[:-30], USUAL) is None


def test_words_a_place_and_a_profile_are_noticed() -> None:
    words = PngImagePlugin.PngInfo()
    words.add_text("place", "52.5, 13.4")
    assert as_it_is(drawn("PNG", pnginfo=words), USUAL) is None
    place = Image.Exif()
    place[0x010E] = "52.5, 13.4"
    assert as_it_is(drawn("JPEG", exif=place), USUAL) is None
    assert as_it_is(drawn("JPEG", comment=b"52.5"), USUAL) is None
    assert as_it_is(drawn("WEBP", exif=place), USUAL) is None


def test_what_is_too_large_or_no_picture_is_left_to_be_made_anew() -> None:
    assert as_it_is(remade(drawn("PNG"), USUAL).data, ImageSettings(side=50)) is None
    assert as_it_is(remade(drawn("PNG"), USUAL).data, ImageSettings(pixels=50)) is None
    assert as_it_is(b"<svg onload=alert(1)>", USUAL) is None
