"""Which of several numbered or named choices a text names; pure."""

import re
from collections.abc import Sequence

from bot.text import plain, tokens

_ORDINALS_EN = ("first", "second", "third", "fourth", "fifth", "sixth")
_NUMBERS_EN = ("one", "two", "three", "four", "five", "six")
_HAN = "一二三四五六"
_LEAD = r"(?:(?:i (?:mean|want|choose|pick|take|would like)|give me|show me|please|it is|it's|the|number|no\.?|option|answer|我?(?:要|选|想要|指的是)|选择|是)\s*)*#?\s*"
_TAIL = r"(?:[\s,，]*(?:one|option|answer|please|thanks|个|项|条|种|号|吧|谢谢))*[\s.。!！)）]*"
_NUMBER = re.compile(
    rf"{_LEAD}(?:(?P<digit>[1-9])|(?P<nth>[1-9])(?:st|nd|rd|th)|第\s*(?P<di>[1-9一二三四五六])|(?P<han>[{_HAN}两])"
    rf"|(?P<word>{'|'.join((*_ORDINALS_EN, *_NUMBERS_EN))})|(?P<last>last|最后一?)){_TAIL}"
)
_NONE = re.compile(
    r"(?:no[, ]+)?(?:none(?: of (?:these|those|them|the above|it))?|neither(?: of (?:these|those|them))?|nothing of (?:that|this)"
    r"|(?:something|anything) else|not (?:any of )?(?:these|those|that one)|(?:以上|这些|这几个)?(?:全?都?不是|都不对|都不行|都没有)(?:这些|的)?"
    r"|没有(?:一个(?:是|对)|我要的|合适的)|(?:不是)?(?:其他|别的)(?:问题)?)[\s.。!！]*"
)
_MORE = re.compile(
    r"(?:(?:please|can you|could you|yes|ok|okay)[, ]*)*(?:(?:tell|show|give|read) me )?(?:(?:some |a (?:bit|little) )?more|(?:the )?(?:rest|details|whole (?:article|thing))|more (?:details|about (?:it|this|that))|in (?:more )?detail|continue|go on|read on|read more|keep going|and then)"
    r"(?: please| details| information| info)*[\s.?。!！？]*"
    r"|(?:请|能)?(?:再)?(?:说|讲|介绍|给我|告诉我|看|显示)?(?:得|的)?(?:更|再)?(?:多一?点|详细(?:一?[点些]|的|说明|情况|内容)?|更多(?:内容|信息|详情)?|下去|具体(?:一?[点些])?|全文|完整(?:内容)?|详情|接着说|继续(?:说|讲|看)?|展开(?:说说|讲讲)?|然后呢|还有呢)(?:吗|吧|好吗|一下)?[\s.。!！？?]*"
)
_LONGEST = 80
_FEW_WORDS = 6
_LEAST_STEM = 4


def number_in(text: str, count: int) -> int | None:
    """The place (from 0) that a text like "2", "the second one" or "第二个" names among ``count``; None for anything else."""
    flat = plain(text)
    found = _NUMBER.fullmatch(flat) if len(flat) <= _LONGEST else None
    if found is None:
        return None
    place = _place(found, count)
    return place if 0 <= place < count else None


def means_none(text: str) -> bool:
    """Whether it says that nothing of what is offered is meant."""
    flat = plain(text)
    return len(flat) <= _LONGEST and _NONE.fullmatch(flat) is not None


def means_more(text: str) -> bool:
    """Whether it asks for more of what was told."""
    flat = plain(text)
    return len(flat) <= _LONGEST and _MORE.fullmatch(flat) is not None


def label_of(text: str, labels: Sequence[str], *, loosely: bool) -> int | None:
    """The place of the label that was typed; ``loosely``: also of the only one that has all of the text's few words."""
    flat = plain(text).strip(" .。!！?？")
    for place, label in enumerate(labels):
        if flat and flat == plain(label).strip(" .。!！?？"):
            return place
    words = tokens(text) - _ASIDE
    if not loosely or not words or len(words) > _FEW_WORDS:
        return None
    fitting = [place for place, label in enumerate(labels) if _all_in(words, tokens(label))]
    return fitting[0] if len(fitting) == 1 else None


_ASIDE = frozenset(
    {
        "the",
        "a",
        "an",
        "it",
        "is",
        "i",
        "about",
        "one",
        "please",
        "my",
        "是",
        "的",
        "个",
        "我",
        "那",
        "这",
        "关",
        "于",
    }
)


def _all_in(words: frozenset[str], label: frozenset[str]) -> bool:
    return all(any(_alike(word, other) for other in label) for word in words)


def _alike(word: str, other: str) -> bool:
    """The same but for an ending: return, returns, returned."""
    if word == other:
        return True
    short, long = sorted((word, other), key=len)
    return len(short) >= _LEAST_STEM and long.startswith(short) and len(long) - len(short) <= 2  # noqa: PLR2004


def _place(found: re.Match[str], count: int) -> int:
    said = found.groupdict()
    if said["last"]:
        return count - 1
    digit = said["digit"] or said["nth"] or said["di"] or said["han"]
    if said["word"]:
        names = _ORDINALS_EN if said["word"] in _ORDINALS_EN else _NUMBERS_EN
        return names.index(said["word"])
    if digit.isascii():
        return int(digit) - 1
    return 1 if digit == "两" else _HAN.index(digit)
