"""Every limit of an import, by name."""

from dataclasses import dataclass, field

from knowledge.filing.settings import FilingSettings
from knowledge.writing.settings import ImageSettings, ReusableSettings


@dataclass(frozen=True, slots=True)
class TransferSettings:
    """How much one import may bring: so many articles and files, of which each has at most ``file_bytes``.

    ``packed_bytes`` is the upload, ``bytes`` all of it unpacked. An article has so many ``revisions`` in all languages, with
    numbers up to ``number``; all snippets together have at most ``reusable_characters``. ``seconds`` and ``memory_bytes`` are what reading an import, or
    packing an export, may take. Who comes while another one is under way is told to come back after ``retry_s``. Of what
    was left out, so many lines are told (``told``). ``images``: of each picture.
    """

    articles: int = 200_000
    files: int = 1_000_000
    file_bytes: int = 64_000_000
    bytes: int = 4_000_000_000
    packed_bytes: int = 2_000_000_000
    revisions: int = 5_000
    number: int = 1_000_000
    redirects: int = 400_000
    reusable_characters: int = 2_000_000
    told: int = 200
    seconds: int = 1800
    memory_bytes: int = 3_000_000_000
    retry_s: float = 10.0
    images: ImageSettings = field(default_factory=ImageSettings)


@dataclass(frozen=True, slots=True)
class Rules:
    """Every limit that an import keeps to: its own, and those of what editors may make; ``brands``: how many there may be."""

    transfer: TransferSettings = field(default_factory=TransferSettings)
    filing: FilingSettings = field(default_factory=FilingSettings)
    reusables: ReusableSettings = field(default_factory=ReusableSettings)
    brands: int = 100
