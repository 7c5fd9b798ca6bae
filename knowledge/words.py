"""Words: which say little, which show that a text is English, and the stems that make forms of one word alike."""

import re
from functools import lru_cache

_ENGLISH_FUNCTION_WORDS = """
a about am an and any are as at be been but by can could did do does for from get had has have how i if in is it its
just like me more much my need not of on or our please should so some tell that the their them then there they this
to us want was we were what when where which who why will with would you your
"""
_CHINESE_FUNCTION_WORDS = """
的 了 吗 呢 啊 吧 我 你 您 们 是 在 有 和 就 都 也 要 会 能 可 以 可以 怎 么 怎么 什 什么 如 何 如何 请 问 请问 想 我想 我的
你们 我们 这 那 个 一 下 一下 还 多 为 哪 里 哪里 把 给 被 着 到 得 不 没 没有 有没 是否 能不 不能 样 么样 需 需要
"""
_OTHER_ENGLISH_WORDS = """
hello hi hey thanks thank order refund return shipping delivery account password help talk person human agent cancel
change track pay payment lamp plant open hours contact gift card broken damaged late long yes no ok
"""

FUNCTION_WORDS = frozenset((_ENGLISH_FUNCTION_WORDS + _CHINESE_FUNCTION_WORDS).split())
ENGLISH_WORDS = frozenset((_ENGLISH_FUNCTION_WORDS + _OTHER_ENGLISH_WORDS).split())

_IRREGULAR = {
    "paid": "pay", "bought": "buy", "sent": "send", "broke": "break", "broken": "break", "forgot": "forget",
    "forgotten": "forget", "lost": "lose", "gave": "give", "given": "give", "chose": "choose", "chosen": "choose",
    "took": "take", "taken": "take", "got": "get", "went": "go", "came": "come", "died": "die", "dying": "die",
    "dies": "die", "left": "leave", "leaves": "leaf", "kept": "keep", "told": "tell", "sold": "sell", "made": "make",
    "men": "man", "women": "woman", "children": "child", "feet": "foot", "news": "news", "lens": "lens",
}  # fmt: skip
_VOWEL = re.compile("[aeiouy]")
_SHORTEST_STEMMED = 4


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """An English word without its ending, so that ``shipped``, ``shipping`` and ``shipment`` are one."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if len(word) < _SHORTEST_STEMMED or not word.isascii() or not word.isalpha():
        return word
    return _without_tail(_without_suffix(_singular(word)))


def _singular(word: str) -> str:
    if word.endswith("ies"):
        return word[:-3] + "y" if len(word) > _SHORTEST_STEMMED else word[:-1]
    if word.endswith(("sses", "xes", "ches", "shes", "zes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def _without_suffix(word: str) -> str:
    for suffix, shortest in (("ation", 3), ("ment", 3), ("ing", 3), ("ied", 2), ("ed", 3), ("ly", 4)):
        rest = word.removesuffix(suffix)
        if rest != word and len(rest) >= shortest and _VOWEL.search(rest):
            return rest + "y" if suffix == "ied" else rest
    return word


def _without_tail(word: str) -> str:
    """Drop what is left different between forms: a silent e, a doubled consonant, a final y."""
    if len(word) >= _SHORTEST_STEMMED and word.endswith("e"):
        word = word[:-1]
    if len(word) >= _SHORTEST_STEMMED and word[-1] == word[-2] and word[-1] not in "aeiou":
        word = word[:-1]
    return word[:-1] if len(word) > _SHORTEST_STEMMED + 1 and word.endswith("y") else word
