"""Two things in one message: its parts, each of which asks or wants something; pure."""

import re

from bot.text import plain, tokens

_MOST = 3
_LONGEST = 600
_ENDS = re.compile(r"(?<=[?？！!。])\s*|(?<=[.;；])\s+|\n+")
_JOINED = re.compile(
    r"\s*[,，;；]?\s*(?:\b(?:and also|and another (?:question|thing)|another (?:question|thing)|also,|and by the way|by the way|btw|one more (?:question|thing)|apart from that|besides,|furthermore|and secondly|secondly)\b[:,]?\s*"
    r"|(?:另外|此外|还有(?=[，,：:]|我|就是|一个|请问|怎|如何|能|可|是|你|我)|顺便(?:问一下|问下|问)?|再问一下|对了|其次)[，,：:]?\s*)",
    re.IGNORECASE,
)
_ASKS_ANEW = re.compile(
    r"\s*(?:[,，;；]\s*(?:and|or|but)?|\band\b)\s*(?=(?:how|what|when|where|who|why|which|can i|can you|could i|could you|do i|do you|does|is there|are there|will you|may i|i (?:also )?(?:want|need|would like)|i'd like)\b)",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"[?？]|^(?:and |or |but |so |then |please |hi |hello |hey )*(?:how|what|when|where|who|whose|why|which|can|could|do|does|did|is|are|was|will|would|may|should|has|have|am)\b"
    r"|\b(?:i (?:also )?(?:want|need|wish)|i(?:'d| would) like|please|can you|could you|tell me|help me|how (?:do|can|much|long|many)|i wonder|i (?:cannot|can't|could not|couldn't))\b"
    r"|吗|么(?:$|[，。])|呢|怎么|怎样|如何|什么|多少|多久|几[天点个时]|哪|能不能|能否|可否|可不可以|可以|是否|有没有|请|我想|我要|帮我|想问|要不要|谁|为什么|为何"
)
_ASKS_ZH = re.compile(
    r"(?:吗|呢|么)[？?]?$|怎么(?!回事)|怎样|如何|什么|多少|多久|几[天点个时]|哪|谁|为什么|能不能|有没有"
)
_EMPTY = tokens(
    "how what when where who why which can could do does did is are was will would may should i you we it that this them"
    " they my your the a an to for of and or so then work works go please mean know be there here in on me have has help"
    " 怎么如何什吗呢请问可以能我你您们要想这那个的了是办操作"
)

_PRONOUN = re.compile(r"\b(?:it|its|that|this|them|they|these|those|one)\b|它|这个|那个|这些|那些")
_NO_SUBJECT = re.compile(
    r"(?:那么?|还|又|也|请问)*(?:会|能|可以|可不可以|要|需要|得|多少|多久|几天|怎么|如何|谁)"
)
_FEW_WORDS = 2
_HESITATION = tokens(
    "yes yeah yep no nope ok okay well hm hmm oh sorry thanks thank you please but and so wait stop hold on a an one"
    " moment second minute actually just first before that never mind 好的是对不但过等一下算了请稍先可"
)


def parts_of(text: str) -> tuple[str, ...]:
    """The parts of a message that each ask or want something, three at most, in order; all of it where there is one.

    What asks nothing ("I bought a lamp last week.") goes with what follows it, and what names nothing ("How does
    that work?") with what it follows.
    """
    whole = text.strip()
    if len(whole) > _LONGEST:
        return (whole,)
    pieces = [piece for sentence in _ENDS.split(whole) for piece in _within(sentence)]
    parts: list[str] = []
    waiting = ""
    for piece in pieces:
        together = f"{waiting} {piece}".strip()
        if not _ASKS.search(plain(piece)) or _only_hesitates(piece):
            waiting = together
        elif parts and not _names_something(together):
            parts[-1], waiting = f"{parts[-1]} {together}", ""
        else:
            parts.append(together)
            waiting = ""
    if waiting and parts:
        parts[-1] = f"{parts[-1]} {waiting}"
    return tuple(parts) if 1 < len(parts) <= _MOST else (whole,)


def _within(sentence: str) -> list[str]:
    """A sentence, cut where it asks something else; the joining word goes."""
    cut = [piece.strip() for piece in _JOINED.split(sentence) if piece.strip(" ,，.。;；")]
    found: list[str] = []
    for piece in cut:
        halves = [each.strip() for each in _ASKS_ANEW.split(piece) if each.strip()]
        asking = len(halves) > 1 and all(
            _ASKS.search(plain(half)) and _names_something(half) for half in halves
        )
        found += halves if asking else _clauses(piece)
    return found


def _clauses(piece: str) -> list[str]:
    """Chinese puts a comma between two questions: each must ask in so many words and name something."""
    halves = [each for each in re.split(r"\s*[，,]\s*", piece) if each]
    asking = all(_ASKS_ZH.search(half) and _names_something(half) for half in halves)
    return halves if asking else [piece]


def _only_hesitates(text: str) -> bool:
    """As "yes please, but wait": it goes with what they want to know first."""
    return not tokens(text) - _HESITATION


def _names_something(text: str) -> bool:
    return bool(tokens(text) - _EMPTY)


_STEM = 5


def subjects(text: str) -> frozenset[str]:
    """The words that say what it is about, by their beginnings: "returning" is "return"."""
    return frozenset(word[:_STEM] for word in tokens(text) - _EMPTY)


def leans_back(text: str) -> bool:
    """Whether a part of a message says what it is about by what goes before it: "how do I use it?", 会过期吗."""
    flat = plain(text)
    if _PRONOUN.search(flat):
        return True
    return bool(_NO_SUBJECT.match(flat)) and content(text) <= _FEW_WORDS


def content(text: str) -> int:
    """How many words say what it is about; of Chinese, two characters are one."""
    words = tokens(text) - _EMPTY
    han = sum(1 for word in words if len(word) == 1 and not word.isascii())
    return len(words) - han + (han + 1) // 2
