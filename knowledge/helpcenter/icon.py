"""The small picture in a browser's tab: a brand's logo where it fits into a square, else a speech bubble in its colour."""

import io
from typing import Final

from PIL import Image, ImageDraw, UnidentifiedImageError

from knowledge.helpcenter.colour import light

TYPE: Final = "image/x-icon"
_SIZES = ((16, 16), (32, 32), (48, 48))
_SIDE = 192
_SQUARE = 1.25
"""So much wider than high, or higher than wide, a logo may be."""


def bubble(colour: str) -> bytes:
    """An ICO of three sizes."""
    theme = light(colour)
    image = Image.new("RGBA", (_SIDE, _SIDE), (0, 0, 0, 0))
    draw = ImageDraw.Draw(image)
    draw.rounded_rectangle((0, 0, _SIDE - 1, _SIDE - 1), radius=44, fill=theme.fill)
    draw.rounded_rectangle((34, 40, 158, 126), radius=26, fill=theme.on_fill)
    draw.polygon(((60, 118), (60, 160), (104, 118)), fill=theme.on_fill)
    for left in (62, 88, 114):
        draw.ellipse((left, 75, left + 16, 91), fill=theme.fill)
    return _written(image)


def of_logo(data: bytes) -> bytes | None:
    """The same of a picture that was stored by us; None where it is far from square, or cannot be read."""
    try:
        with Image.open(io.BytesIO(data), formats=("PNG", "JPEG", "WEBP")) as logo:
            if max(logo.size) > _SQUARE * min(logo.size):
                return None
            logo.thumbnail((_SIDE, _SIDE))
            image = Image.new("RGBA", (max(logo.size), max(logo.size)), (0, 0, 0, 0))
            image.paste(logo, ((image.width - logo.width) // 2, (image.height - logo.height) // 2))
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError):
        return None
    return _written(image)


def _written(image: Image.Image) -> bytes:
    side = (_SIZES[-1][0],) * 2
    out = io.BytesIO()
    image.resize(side, Image.Resampling.LANCZOS).save(out, format="ICO", sizes=_SIZES)
    return out.getvalue()
