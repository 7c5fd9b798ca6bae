"""How much of a mail is read, and how long and how large that may get."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ParseLimits:
    """Past ``mail_bytes``, ``seconds`` (of CPU) or ``memory_bytes`` (above an idle worker's) a mail is not parsed.

    Past the others it is read as far as the limit goes, and says so among its problems; HTML nested deeper than
    ``html_nesting`` is read as text only. ``header_bytes`` and
    ``headers`` hold for one header block, ``header_characters`` for one header. ``parts``, ``nesting``, ``files`` and
    ``file_bytes`` hold for the whole mail; what is nested deeper stays a file. ``text_characters`` and
    ``html_characters`` hold for all its texts together, ``addresses`` and ``references`` for one header.
    """

    mail_bytes: int = 40_000_000
    header_bytes: int = 256_000
    headers: int = 1_000
    header_characters: int = 64_000
    addresses: int = 500
    references: int = 200
    parts: int = 500
    nesting: int = 20
    files: int = 200
    file_bytes: int = 40_000_000
    text_characters: int = 500_000
    html_characters: int = 1_000_000
    html_nesting: int = 200
    seconds: float = 5.0
    memory_bytes: int = 300_000_000


@dataclass(frozen=True, slots=True)
class PoolLimits:
    """``batch_seconds`` passes on the clock while one batch is parsed, before its worker is ended.

    A batch has at most ``batch_mails`` and, unless one mail alone is larger, ``batch_bytes``. A worker is replaced
    after ``worker_batches``.
    """

    workers: int = 1
    batch_mails: int = 32
    batch_bytes: int = 4_000_000
    batch_seconds: float = 30.0
    worker_batches: int = 1_000
