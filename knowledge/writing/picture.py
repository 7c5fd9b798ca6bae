"""An uploaded image made anew: what it shows stays, what it carries along (place, camera, anything else) goes."""

import hashlib
import io
import warnings
from dataclasses import dataclass

from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from core.errors import Invalid
from knowledge.writing.settings import ImageSettings

_READ = ("PNG", "JPEG", "GIF", "WEBP")
_TYPES = {"PNG": "image/png", "JPEG": "image/jpeg", "WEBP": "image/webp"}
_EXPECTED = "a PNG, JPEG, GIF or WebP image"
BROKEN = (
    UnidentifiedImageError,
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    IndexError,
    TypeError,
    KeyError,
)
"""What Pillow raises for bytes that only begin like an image."""


@dataclass(frozen=True, slots=True)
class Picture:
    """``digest``: SHA-256 of ``data``, in hex."""

    media_type: str
    width: int
    height: int
    data: bytes
    digest: str


def remade(data: bytes, settings: ImageSettings) -> Picture:
    """What it is follows from its bytes alone. Raises Invalid ``media_type``, ``too_large`` or ``broken``; takes a second."""
    if len(data) > settings.bytes:
        raise Invalid("file", f"at most {settings.bytes} bytes", code="too_large")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            image = Image.open(io.BytesIO(data), formats=_READ)
    except (*BROKEN, Warning, Image.DecompressionBombError) as error:
        raise Invalid("file", _EXPECTED, code="media_type") from error
    # Nothing has been unpacked yet: only the sizes in its head are known.
    frames = getattr(image, "n_frames", 1) if image.format != "PNG" else 1
    checked(image, frames, settings)
    try:
        return _moving(image, settings) if frames > 1 else _still(image, settings)
    except (*BROKEN, Warning, Image.DecompressionBombError) as error:
        raise Invalid("file", "an image that can be read to its end", code="broken") from error


def checked(image: Image.Image, frames: int, settings: ImageSettings) -> None:
    """Before anything is unpacked. Raises Invalid ``too_large``."""
    width, height = image.size
    if frames > settings.frames:
        raise Invalid("file", f"at most {settings.frames} frames, not {frames}", code="too_large")
    if width * height * frames > settings.pixels:
        raise Invalid(
            "file", f"at most {settings.pixels} pixels, not {width * height * frames}", code="too_large"
        )


def _still(image: Image.Image, settings: ImageSettings) -> Picture:
    kind = "PNG" if image.format == "GIF" else str(image.format)
    shown = _plain(ImageOps.exif_transpose(image), kind)
    shown.thumbnail((settings.side, settings.side), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    match kind:
        case "JPEG":
            shown.save(out, kind, quality=settings.quality, optimize=True, progressive=True)
        case "WEBP":
            shown.save(out, kind, quality=settings.quality, exif=b"", xmp=b"", icc_profile=b"")
        case _:
            shown.save(out, kind, optimize=True)
    return _picture(kind, shown.size, out.getvalue())


def _moving(image: Image.Image, settings: ImageSettings) -> Picture:
    """Frame by frame into WebP, which is a fraction of a GIF."""
    shown, lasts = [], []
    for at in range(getattr(image, "n_frames", 1)):
        image.seek(at)
        frame = image.convert("RGBA")
        frame.thumbnail((settings.side, settings.side), Image.Resampling.LANCZOS)
        shown.append(_bare(frame))
        lasts.append(int(image.info.get("duration", 100)) or 100)
    out = io.BytesIO()
    loop = int(image.info.get("loop", 0))
    shown[0].save(
        out,
        "WEBP",
        save_all=True,
        append_images=shown[1:],
        duration=lasts,
        loop=loop,
        quality=settings.quality,
    )
    return _picture("WEBP", shown[0].size, out.getvalue())


def _plain(image: Image.Image, kind: str) -> Image.Image:
    """Its pixels in a colour space that every browser shows alike, without anything beside them."""
    profile = image.info.get("icc_profile")
    see_through = image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info
    shown = image.convert("RGBA" if see_through and kind != "JPEG" else "RGB") if image.mode != "L" else image
    if profile and shown.mode == "RGB":
        shown = _in_common_colours(shown, profile)
    return _bare(shown)


def _in_common_colours(image: Image.Image, profile: bytes) -> Image.Image:
    try:
        changed = ImageCms.profileToProfile(image, io.BytesIO(profile), ImageCms.createProfile("sRGB"))
    except (ImageCms.PyCMSError, *BROKEN):
        # A broken profile costs a shade, not the image.
        return image
    return image if changed is None else changed


def _bare(image: Image.Image) -> Image.Image:
    made = Image.new(image.mode, image.size)
    made.paste(image)
    return made


def _picture(kind: str, size: tuple[int, int], data: bytes) -> Picture:
    return Picture(_TYPES[kind], *size, data, hashlib.sha256(data).hexdigest())
