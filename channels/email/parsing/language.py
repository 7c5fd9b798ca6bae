"""The language a mail says it is in, or shows by its script."""

import re
from typing import Final

_TAG: Final = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,2}")
_HAN: Final = re.compile(r"[\u4e00-\u9fff]")
_KANA: Final = re.compile(r"[\u3040-\u30ff]")
_LETTER: Final = re.compile(r"[^\W\d_]")
_SAMPLE = 2_000


def language_of(declared: str, written: str) -> str | None:
    """A tag such as `de` or `zh-CN`; `zh` where Han letters prevail and no kana says Japanese."""
    first = declared.partition(",")[0].strip()
    if _TAG.fullmatch(first):
        return first
    sample = written[:_SAMPLE]
    han = len(_HAN.findall(sample))
    # A Han character says about as much as two letters and a half.
    if han and len(_KANA.findall(sample)) * 10 < han and han * 2.5 >= len(_LETTER.findall(sample)) - han:
        return "zh"
    return None
