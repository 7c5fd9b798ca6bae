"""From bytes to text, whatever the mail claims about its charset."""

import codecs
import re
from functools import lru_cache
from typing import Final

from channels.email.parsing.guess import guess

_WIDER: Final = {
    # A charset under whose name mails really use a wider one.
    "ascii": "cp1252",
    "us-ascii": "cp1252",
    "latin-1": "cp1252",
    "latin1": "cp1252",
    "iso-8859-1": "cp1252",
    "iso8859-1": "cp1252",
    "iso-8859-9": "cp1254",
    "iso-8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gb_2312-80": "gb18030",
    "gb2312-80": "gb18030",
    "x-gbk": "gb18030",
    "gbk": "gb18030",
    "cp936": "gb18030",
    "windows-936": "gb18030",
    "euc-cn": "gb18030",
    "x-euc-cn": "gb18030",
    "hz-gb-2312": "hz",
    "big5": "big5hkscs",
    "x-big5": "big5hkscs",
    "big-5": "big5hkscs",
    "cn-big5": "big5hkscs",
    "cp950": "cp950",
    "x-sjis": "cp932",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "sjis": "cp932",
    "windows-31j": "cp932",
    "x-euc-jp": "euc_jp",
    "iso-2022-jp": "iso2022_jp_ext",
    "iso-2022-jp-ms": "iso2022_jp_ext",
    "cp50220": "iso2022_jp_ext",
    "cp50221": "iso2022_jp_ext",
    "ks_c_5601-1987": "cp949",
    "ks_c_5601": "cp949",
    "ksc5601": "cp949",
    "euc-kr": "cp949",
    "windows-949": "cp949",
    "iso-8859-8-i": "iso-8859-8",
    "x-mac-cyrillic": "mac_cyrillic",
    "macintosh": "mac_roman",
    "x-mac-roman": "mac_roman",
    "utf8": "utf-8",
    "utf8mb4": "utf-8",
    "x-utf-8": "utf-8",
    "unicode-1-1-utf-7": "utf-7",
    "unicode-1-1-utf-8": "utf-8",
    "koi8": "koi8-r",
}
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NO_CHARSETS: Final = frozenset(
    {"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "mbcs", "oem"}
)
_ESCAPING: Final = ("utf-7", "hz")
"""Charsets whose text can be ASCII alone and yet mean something else."""
_MULTIBYTE: Final = re.compile("utf|gb|big5|cp9[34]|euc|iso2022|johab|hz")
_EAST_ASIAN: Final = re.compile("gb|big5|cp9|euc|johab")
"""Charsets in which UTF-8 often decodes too, as other characters."""
_UTF8: Final = re.compile(rb"[\xe0-\xef][\x80-\xbf]{2}")
_FEW: Final = 50
"""One broken character in so many is a slip; more is another charset."""


@lru_cache(maxsize=256)
def known(claimed: str) -> str | None:
    """The codec for a charset's name as mails write it, None for one that nobody knows or that is no charset."""
    name = claimed.strip(" \t\"'<>;:=").lower()
    name = _WIDER.get(name, name)
    try:
        info = codecs.lookup(name)
    except (LookupError, ValueError):
        return None
    # Python's registry also holds rot13, zip and the like, which are no charsets and can unpack bombs.
    if not getattr(info, "_is_text_encoding", False) or info.name.replace("-", "_") in _NO_CHARSETS:
        return None
    return _WIDER.get(info.name, info.name)


def decode(data: bytes, claimed: str | None) -> tuple[str, bool]:
    """The text, and whether the claim was false or missing where it mattered."""
    codec = known(claimed) if claimed else None
    if data.isascii() and b"\x1b" not in data and b"\x00" not in data and codec not in _ESCAPING:
        return data.decode("ascii"), False
    for mark, marked in _MARKS:
        if data.startswith(mark):
            return data.decode(marked, "replace").removeprefix("\ufeff"), codec != marked
    if codec is None:
        return _unclaimed(data), True
    if not _MULTIBYTE.match(codec):
        return _single_byte(data, codec)
    if _EAST_ASIAN.match(codec) and _UTF8.search(data) and (text := _strict(data, "utf-8")) is not None:
        return text, True
    text = _strict(data, codec)
    if text is not None:
        return text, False
    return _broken(data, codec), True


def _single_byte(data: bytes, codec: str) -> tuple[str, bool]:
    """Everything decodes in such a charset, so what is well-formed UTF-8 is taken for that."""
    if b"\x1b$" in data and (text := _strict(data, "iso2022_jp_ext")) is not None:
        return text, True
    text = _strict(data, "utf-8")
    if text is not None:
        return text, True
    return data.decode(codec, "replace"), False


def _broken(data: bytes, codec: str) -> str:
    """A slip in what was claimed keeps the claim; otherwise what it looks like."""
    loose = data.decode(codec, "replace")
    if loose.count("\ufffd") * _FEW <= len(loose) or "\ufffd" not in loose.removesuffix("\ufffd"):
        return loose
    other = _strict(data, "utf-8")
    if other is None:
        guessed = guess(data)
        other = _strict(data, guessed) if guessed else None
    return loose if other is None else other


def _unclaimed(data: bytes) -> str:
    if b"\x1b$" in data and (text := _strict(data, "iso2022_jp_ext")) is not None:
        return text
    text = _strict(data, "utf-8")
    if text is not None:
        return text
    loose = data.decode("utf-8", "replace")
    if loose.count("\ufffd") * _FEW <= len(loose) and not loose.isascii() and _has_utf8(data):
        return loose
    return data.decode(guess(data) or "cp1252", "replace")


def _has_utf8(data: bytes) -> bool:
    return re.search(rb"[\xc3-\xef][\x80-\xbf]", data) is not None


def _strict(data: bytes, codec: str) -> str | None:
    try:
        return data.decode(codec)
    except ValueError:
        return None
