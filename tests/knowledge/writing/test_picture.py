"""Images as they are kept: what they show stays, what they carry along goes, and what is none is refused."""

import io
import zlib

import pytest
from PIL import Image

from core.errors import Invalid
from knowledge.writing.picture import remade
from knowledge.writing.settings import ImageSettings

USUAL = ImageSettings()
SECRET = b"SECRET-PLACE"


def drawn(kind: str, size: tuple[int, int] = (40, 30), mode: str = "RGB", **options: object) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, 128 if mode in {"L", "P"} else (200, 30, 30, 128)[: len(mode)]).save(
        out, kind, **options
    )
    return out.getvalue()


def moving(kind: str, frames: int = 3) -> bytes:
    out = io.BytesIO()
    made = [Image.new("RGB", (20, 10), (count * 60 % 255, 0, 0)) for count in range(frames)]
    made[0].save(out, kind, save_all=True, append_images=made[1:], duration=50, loop=0, comment=SECRET)
    return out.getvalue()


@pytest.mark.parametrize(
    ("kind", "becomes"), [("PNG", "png"), ("JPEG", "jpeg"), ("WEBP", "webp"), ("GIF", "png")]
)
def test_an_image_is_what_its_bytes_say(kind: str, becomes: str) -> None:
    made = remade(drawn(kind), USUAL)
    assert (made.media_type, made.width, made.height) == (f"image/{becomes}", 40, 30)
    assert Image.open(io.BytesIO(made.data)).format == becomes.upper()
    assert len(made.digest) == 64


def test_where_and_with_what_it_was_taken_is_left_behind() -> None:
    exif = Image.Exif()
    exif[0x010F] = SECRET.decode()
    exif[0x0112] = 6
    for kind in ("JPEG", "WEBP", "PNG"):
        data = drawn(kind, exif=exif.tobytes()) + SECRET
        assert SECRET in data
        made = remade(data, USUAL)
        assert SECRET not in made.data
        # It stood on its side, and is shown upright.
        assert (made.width, made.height) == (30, 40)
    assert SECRET not in remade(moving("GIF"), USUAL).data


def test_what_is_see_through_or_moves_stays_so() -> None:
    made = remade(drawn("PNG", mode="RGBA"), USUAL)
    assert Image.open(io.BytesIO(made.data)).mode == "RGBA"
    moved = Image.open(io.BytesIO(remade(moving("GIF"), USUAL).data))
    assert (moved.format, getattr(moved, "n_frames", 1)) == ("WEBP", 3)


def test_a_large_one_is_made_smaller() -> None:
    made = remade(drawn("JPEG", (300, 150)), ImageSettings(side=100))
    assert (made.width, made.height) == (100, 50)


SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"hello",
        SVG,
        b"GIF89a",
        b"<html><script>alert(1)</script>",
        b"%PDF-1.7",
        b"BM" + bytes(60),
        b"\x89PNG\r\n\x1a\n" + SVG,
    ],
)
def test_what_is_no_image_is_refused(data: bytes) -> None:
    with pytest.raises(Invalid) as refused:
        remade(data, USUAL)
    assert refused.value.field == "file"
    assert refused.value.code in {"media_type", "broken"}


@pytest.mark.parametrize("kind", ["BMP", "TIFF", "ICO", "PPM"])
def test_other_kinds_of_images_are_not_even_opened(kind: str) -> None:
    with pytest.raises(Invalid) as refused:
        remade(drawn(kind), USUAL)
    assert refused.value.code == "media_type"


def test_colours_of_printers_become_those_of_screens() -> None:
    made = remade(drawn("JPEG", mode="CMYK"), USUAL)
    assert Image.open(io.BytesIO(made.data)).mode == "RGB"


def test_one_that_ends_early_is_refused() -> None:
    with pytest.raises(Invalid, match="to its end"):
        remade(drawn("PNG", (400, 400), "RGB")[:-30][:200], USUAL)


@pytest.mark.parametrize(
    ("data", "settings"),
    [
        (drawn("PNG"), ImageSettings(bytes=10)),
        (drawn("PNG"), ImageSettings(pixels=1199)),
        (moving("GIF", 5), ImageSettings(frames=4)),
        (moving("GIF", 5), ImageSettings(pixels=999)),
    ],
)
def test_one_that_is_too_large_is_refused_before_it_is_unpacked(data: bytes, settings: ImageSettings) -> None:
    with pytest.raises(Invalid) as refused:
        remade(data, settings)
    assert refused.value.code == "too_large"


def test_a_small_file_that_says_it_is_huge_is_refused() -> None:
    head = (60_000).to_bytes(4, "big") * 2 + b"\x08\x02\x00\x00\x00"
    chunk = b"IHDR" + head
    data = b"\x89PNG\r\n\x1a\n" + len(head).to_bytes(4, "big") + chunk + zlib.crc32(chunk).to_bytes(4, "big")
    with pytest.raises(Invalid) as refused:
        remade(data + drawn("PNG")[33:], USUAL)
    assert refused.value.code in {"too_large", "media_type"}
