"""Every limit of what authors write with, by name."""

from dataclasses import dataclass, field

from core.limits import Rate
from knowledge.rendering.values import Limits


@dataclass(frozen=True, slots=True)
class ImageSettings:
    """An upload has at most so many ``bytes`` and ``pixels`` (over all ``frames`` of one that moves).

    It is made smaller until its longer side has ``side`` pixels; ``quality`` (1 to 95) is for photographs.
    ``per_person``: how often one person may upload.
    """

    bytes: int = 10_000_000
    pixels: int = 40_000_000
    frames: int = 300
    side: int = 2_400
    quality: int = 86
    per_person: Rate = field(default_factory=lambda: Rate(burst=40, per_s=0.5))


@dataclass(frozen=True, slots=True)
class ReusableSettings:
    """How many reusables there may be, and how many characters each has."""

    count: int = 1_000
    snippet_characters: int = 20_000
    variable_characters: int = 300


@dataclass(frozen=True, slots=True)
class WritingSettings:
    """``previews``: how often one person may ask for one; ``found``: how many articles a search for a link shows.

    Of images that readers are shown ``images_kept_bytes`` are kept in memory.
    """

    text: Limits = field(default_factory=Limits)
    images: ImageSettings = field(default_factory=ImageSettings)
    reusables: ReusableSettings = field(default_factory=ReusableSettings)
    previews: Rate = field(default_factory=lambda: Rate(burst=60, per_s=5))
    found: int = 12
    images_kept_bytes: int = 16_777_216
