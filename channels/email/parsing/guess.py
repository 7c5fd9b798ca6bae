"""Which charset bytes are in when nothing says so: a few that mails really come in, told apart by their letters."""

import re
from collections.abc import Callable
from typing import Final

from charset_normalizer import from_bytes

_SAMPLE = 4_096
_CONVINCING = 0.6
_ENOUGH = 12
"""Bytes beyond ASCII below which letters say nothing about other charsets than those told apart here."""
_FOREIGN: Final = re.compile(rb"[\x80-\xff]")
_OTHERS: Final = [
    "cp1250",
    "cp1252",
    "cp1253",
    "cp1254",
    "cp1255",
    "cp1256",
    "cp1257",
    "cp1258",
    "cp874",
    "iso8859_2",
]


def _share(pattern: str) -> Callable[[str], float]:
    """How much of the text that is not ASCII is in these characters."""
    found = re.compile(pattern)

    def share(text: str) -> float:
        foreign = sum(1 for each in text if each > "\x7f")
        return sum(map(len, found.findall(text))) / foreign if foreign else 0.0

    return share


_PAIRS: Final = re.compile(rb"[\x81-\xfe][\x40-\xfe]")
_GB_EVERYDAY: Final = re.compile(rb"[\xb0-\xd7\xa1\xa3][\xa1-\xfe]")
_BIG5_EVERYDAY: Final = re.compile(rb"[\xa4-\xc6\xa1][\x40-\xfe]")
_LOW: Final = re.compile(rb".[\x40-\x7e]", re.DOTALL)
_LOW_SHARE = 1 / 8
"""Big5 uses low second bytes for two characters in five, GB 2312 for none."""


def _gb2312(data: bytes) -> float:
    """The share of pairs that are everyday characters or punctuation of GB 2312."""
    pairs = _PAIRS.findall(data)
    return sum(1 for pair in pairs if _GB_EVERYDAY.match(pair)) / len(pairs) if pairs else 0.0


def _big5(data: bytes) -> float:
    """The share of pairs that are everyday characters or punctuation of Big5."""
    pairs = _PAIRS.findall(data)
    if sum(1 for pair in pairs if _LOW.match(pair)) < _LOW_SHARE * len(pairs):
        return 0.0
    return sum(1 for pair in pairs if _BIG5_EVERYDAY.match(pair)) / len(pairs) if pairs else 0.0


def guess(data: bytes) -> str | None:
    """The codec of the text in ``data`` that is not UTF-8; None where nothing fits."""
    sample = data[:_SAMPLE]
    scores = {codec: score for codec in _CANDIDATES if (score := _score(sample, codec)) >= _CONVINCING}
    if scores:
        return max(scores, key=lambda codec: scores[codec])
    if len(_FOREIGN.findall(sample)) < _ENOUGH:
        return None
    best = from_bytes(sample, cp_isolation=_OTHERS, enable_fallback=False).best()
    return best.encoding if best is not None else None


def _score(sample: bytes, codec: str) -> float:
    try:
        text = sample.decode(codec)
    except UnicodeDecodeError as error:
        if error.start < len(sample) - 4:
            return 0.0
        text = sample[: error.start].decode(codec)
    return _CANDIDATES[codec](sample, text)


_KANA = _share(r"[ぁ-んァ-ヶー]")
_HANGUL = _share(r"[가-힣]")
_CYRILLIC = _share(r"[А-Яа-яЁё][а-яё]{2,}")
_CANDIDATES: Final[dict[str, Callable[[bytes, str], float]]] = {
    "gb18030": lambda data, _: 0.95 * _gb2312(data),
    "big5hkscs": lambda data, _: _big5(data),
    "euc_jp": lambda _, text: min(1.0, 2.5 * _KANA(text)),
    "cp932": lambda _, text: min(1.0, 2.5 * _KANA(text)),
    "cp949": lambda data, text: _HANGUL(text) * (1.0 if b" " in data and len(text) > _ENOUGH else 0.9),
    "koi8-r": lambda _, text: _CYRILLIC(text),
    "cp1251": lambda _, text: _CYRILLIC(text),
}
