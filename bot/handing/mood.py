"""How a customer seems to feel, by their words, capitals, exclamation marks and repetition; pure, without a model."""

import re
from collections.abc import Sequence
from enum import StrEnum

from bot.text import plain, same_question

_LONGEST = 1000
_LOUD_LETTERS, _LOUD_SHARE, _LOUD_WORDS = 8, 0.7, 3
_MANY_MARKS = 3
_SURE = 2


class Mood(StrEnum):
    """From the calmest to what needs a person first."""

    CALM = "calm"
    UNHAPPY = "unhappy"
    URGENT = "urgent"
    ANGRY = "angry"


_ANGRY = re.compile(
    r"\b(?:furious|outrag(?:ed|eous)|livid|enraged|fuming|pissed(?: off)?|disgust(?:ed|ing)|disgrace(?:ful)?|appalling"
    r"|unacceptable|shame on you|rip(?:ped)?[- ]?off|scam(?:mers?|med|ming)?|fraud(?:sters?)?|thie(?:f|ves)|crooks?|liars?|lying to me"
    r"|idiots?|morons?|incompeten(?:t|ce)|wtf|bullshit|bloody hell|goddamn|damn (?:you|it)|what the (?:hell|heck|f\w*)|f+u+c+k\w*|sh[i*]t(?:ty|show)?"
    r"|fed up|sick (?:and tired )?of (?:this|you|your|waiting|it)|had enough of (?:this|you|your)|how dare you|screw you|go to hell"
    r"|my lawyer|lawsuit|legal action|sue (?:you|your)|consumer protection|worst (?:\w+ ){0,2}(?:service|company|shop|experience|support|store|ever)"
    r"|never (?:buy|order|shop)\w*.{0,20}again)\b"
    r"|\b(?:i am|i'm|im|so|very|really|extremely|getting) (?:so |very |really |extremely )*(?:angry|mad at)\b"
    r"|\bthis is (?:ridiculous|insane|a joke|a disaster|absurd)\b"
    r"|骗子|骗人|骗钱|诈骗|坑人|坑爹|黑店|奸商|垃圾(?!桶|袋|分类|箱)|气死|生气|愤怒|火大|恼火|太过分|过分了|离谱|不要脸|无耻|恶心|忍无可忍|受够"
    r"|他妈|妈的|tmd|卧槽|我靠|滚(?:蛋|开)?(?:$|[!！。,，])|去死|白痴|傻[逼b子]|智障|投诉|举报|曝光你|消协|12315|起诉|律师|什么破|破(?:店|公司|服务|客服)|再也不(?:会)?(?:买(?=$|[了你您这东任!！。,， ])|来|光顾)|无法接受|不能接受|不可接受"
)
_UNHAPPY = re.compile(
    r"\b(?:disappoint(?:ed|ing|ment)|unhappy|dissatisfied|frustrat(?:ed|ing)|annoy(?:ed|ing)|upset|irritat(?:ed|ing)|terrible|awful|horrible"
    r"|useless|pathetic|poor (?:service|quality|support|experience)|bad (?:service|experience|quality|support)|waste of (?:time|money)|let down|rude"
    r"|(?:this|it) makes no sense|nobody (?:cares|answers|replies|helps)|no ?one (?:cares|answers|replies|helps)|(?:you|it|this|that|bot) (?:is|are|'re|s)? ?(?:so |really |completely )?stupid"
    r"|still (?:no(?:thing|t)?|hasn't|haven't|waiting|broken|doesn't|isn't)|keeps? (?:happening|failing|breaking)|not (?:happy|satisfied|good enough|pleased|impressed|ok with)"
    r"|isn't good enough|for (?:weeks|days|ages|hours) (?:now)?|(?:third|fourth|fifth|second|3rd|4th|5th) time|yet again|same problem again|already (?:told|asked|said|wrote))\b|\bugh+\b"
    r"|失望|不满|不爽|郁闷|无语|心烦|烦死|好烦|无奈|糟糕|糟透|差劲|太差|很差|太慢|太烂|好烂|不开心|不高兴|受不了|怎么还(?:没|不|是)|还是(?:没|不行)|一直(?:没|不)"
    r"|等了(?:好|这么|那么|很|两|三|半|一|几|\d)|(?:没|无)人(?:管|理|回|答|处理)|浪费(?:时间|钱)|第[二三四五]次|又(?:坏|错|没|出问题)|说了(?:几|多少|好几|很多)(?:遍|次)|没用|态度.{0,3}(?:差|不好)|搞什么|怎么回事啊|什么情况啊"
)
_URGENT = re.compile(
    r"\b(?:urgent(?:ly)?|asap|a\.s\.a\.p|emergency|immediately|right (?:now|away)|at once|as soon as possible|time[- ]sensitive|time[- ]critical"
    r"|running out of time|can(?:not|'t) wait|need (?:it|this|that|them|an answer|help) (?:today|now|tonight|by (?:today|tonight|tomorrow))|before it is too late|before it's too late"
    r"|(?:leav|travell?|fly)ing (?:today|tonight|tomorrow)|hurry(?: up)?|deadline is (?:today|tomorrow))\b"
    r"|紧急|十万火急|火急|急急|很急|好急|着急|特急|加急处理|急用|急需|急(?:[!！]|$)|马上(?:给|处理|解决|要|就要|回|帮|退|取消)|立刻|立即|尽快|赶紧|快点|赶时间|来不及|越快越好|今天(?:必须|就要|一定)"
)
# What only looks like it: denied, or asked about as a thing that one can buy.
_TAKEN_OUT = re.compile(
    r"\b(?:not|isn't|aren't|wasn't|never|no longer|no|without being|don't be|hardly) (?:so |too |very |that |really |at all |feeling |an? |any )*(?:angry|mad|furious|upset|annoyed|disappointed|frustrated"
    r"|urgent|emergency|hurry|rush|bad|terrible|awful|useless|scam|fraud|unhappy|stupid|rude)\b"
    r"|\b(?:can|could|do|does|may) (?:i|you|we) (?:\w+ )?(?:pay|ship|deliver|send|offer|cancel) (?:\w+ )*(?:immediately|right away|at once)\b"
    r"|\bfraud (?:protection|prevention|check)|\b(?:urgent|emergency) (?:delivery|shipping|orders?|lights?|lamps?|number|contact)\b"
    r"|\bsorry (?:for|about|to) [^.!?]*|\bsh[i*]t happens\b|\bawful(?:ly)? (?:lot|good|nice)\b|\bnever (?:buy|order|shop)[^.!?？！]{0,40} again ?[?？]"
    r"|\brip(?:ped)?[- ]?off (?:the |this |that |my )?(?:\w+ )?(?:tape|label|foil|film|sticker|paper|wrapping|cover|lid|seal|tag)s?\b"
    r"|不着急|不急|不用急|不生气|没生气|别生气|不失望|没(?:有)?不满|不是投诉|怎么投诉|如何投诉|投诉(?:流程|渠道|电话|邮箱|入口)|防诈骗|不紧急|应急灯|气死[风鬼]灯|紧急(?:照明|灯|出口|联系)|加急(?:配送|服务|费)"
)
_LETTER = re.compile(r"[A-Za-z]")
_LATIN_WORD = re.compile(r"[A-Za-z]{2,}")
_MARKS = re.compile(r"[!！]")
_MIXED_MARKS = re.compile(r"[?？!！]{3,}|[!！][?？]|[?？][!！]")
_DRAWN_OUT = re.compile(r"([a-z])\1{3,}|(啊|呀|了|吗|呢|快|急|滚|喂){1}\2{2,}")


def mood_of(text: str, before: Sequence[str] = ()) -> Mood:
    """Of one message; ``before`` are the same customer's earlier ones, newest last."""
    heard = _TAKEN_OUT.sub(" ", plain(text[:_LONGEST]))
    loudness = _loudness(text[:_LONGEST], before)
    if _ANGRY.search(heard):
        return Mood.ANGRY
    unhappy = _UNHAPPY.search(heard) is not None
    if unhappy and loudness >= _SURE:
        return Mood.ANGRY
    if _URGENT.search(heard):
        return Mood.URGENT
    return Mood.UNHAPPY if unhappy or loudness >= _SURE else Mood.CALM


def _loudness(text: str, before: Sequence[str]) -> int:
    """How many signs of a raised voice there are: capitals, many marks, drawn-out words, the same once more."""
    marks = len(_MARKS.findall(text)) >= _MANY_MARKS or _MIXED_MARKS.search(text) is not None
    drawn = _DRAWN_OUT.search(plain(text)) is not None
    again = bool(before) and same_question(text, before[-1])
    return sum((_shouts(text), marks, drawn, again))


def _shouts(text: str) -> bool:
    letters = _LETTER.findall(text)
    words = _LATIN_WORD.findall(text)
    if len(letters) < _LOUD_LETTERS or len(words) < _LOUD_WORDS:
        return False
    return sum(map(str.isupper, letters)) >= _LOUD_SHARE * len(letters)
