"""What speaks of a wish about an order without having it: denied ("I don't want a refund"), or asked whether it can be; pure.

Such clauses are taken out of ``bot.text.plain`` of a text before wishes are looked for in it. What denies or asks about
cancelling beside these is in ``bot.subjects.NOT_CANCEL``.
"""

import re
from collections.abc import Mapping

from bot.contract import Intent

_VERBS = {
    Intent.ORDER_CANCEL: r"(?:can(?:cel|cle|sel)(?:l?ing)?|call off|withdraw)",
    Intent.ORDER_CHANGE_ADDRESS: r"(?:(?:change|update|correct|edit|modify|chang(?:e|ing)) .{0,25}addr?ess|(?:have|send|ship|deliver) (?:it|this|the \w+|my \w+) (?:sent |delivered |shipped )?(?:somewhere else|to another))",
    Intent.ORDER_RETURN: r"(?:return(?:ing|ed)?|retrun|send(?:ing)? .{0,15}back|giv(?:e|ing) .{0,15}back|exchang(?:e|ing))",
    Intent.ORDER_REFUND: r"(?:refund(?:ed)?|refound|money back|reimburse\w*)",
}
_VERBS_ZH = {
    Intent.ORDER_CANCEL: r"(?:取消|撤单|撤销)",
    Intent.ORDER_CHANGE_ADDRESS: r"(?:(?:改|换|更改|修改)(?:收货|送货)?地址|地址.{0,3}(?:改|换))",
    Intent.ORDER_RETURN: r"(?:退货|退貨|退回|退掉|换货|退(?!款|钱|錢))",
    Intent.ORDER_REFUND: r"(?:退款|退钱|退錢)",
}
_NOT = (
    r"(?:\b(?:not|never|dont|didnt|wont)|n't)\b (?:(?:want|wish|need|like|mean|plan|ask|asking|asked|trying|going|here|intend|looking)"
    r"(?: you| for)? |to |be |have |get |make |start |request |do |receive |a |an |any |the |my |yet |really |even |actually |please )*"
)
_NOT_ZH = (
    r"(?:不要|不想|不是要|不用|不必|不需要|没有?|没想|请勿|勿|别|不)(?:要|再|给我|帮我|想|是)*(?:申请|办理?)?"
)
_WHETHER = (
    r"\b(?:(?:is|was|would|isn't|wasn't) (?:it|this|that)(?: be)?(?: still| already| now| even| too| ever)*(?: too late| possible| allowed| okay| ok| permitted| early enough)(?: for (?:me|us))?(?: now)? (?:to|for)"
    r"|(?:am|are) (?:i|we)(?: still| already| even)* (?:too late|able|allowed|in time|early enough|eligible|entitled) (?:to|for)"
    r"|(?:can|could|may) (?:i|we|one) still|do (?:i|we) (?:still )?(?:have (?:the right|time|to)|need) (?:to|for)?|should (?:i|we)|must (?:i|we))\b"
)
_REST = r"[^.,;!?。，；！？]"
_END_ZH = r"(?:吗|嗎|么|嘛|不|没|[？?])"
_LATE_ZH = r"(?:来得及|来不及|太[晚迟])"
_NUMBER = r"\d{5}"


def _clauses(intent: Intent) -> re.Pattern[str]:
    """Where an order is named, "can I still" and 还能 ask to have it done."""
    verb, verb_zh = _VERBS[intent], _VERBS_ZH[intent]
    whether = rf"{_WHETHER}(?<!still)(?:{_REST}{{0,25}}?{verb})|\bstill(?!{_REST}*{_NUMBER})(?:{_REST}{{0,25}}?{verb})"
    late_zh = rf"{_LATE_ZH}(?!的话|就){_REST}{{0,6}}{verb_zh}|{verb_zh}{_REST}{{0,10}}{_LATE_ZH}(?!的话|就)"
    still_zh = rf"还(?:能|可以|可不可以|能不能|可否)(?!{_REST}*{_NUMBER}){_REST}{{0,8}}{verb_zh}{_REST}{{0,8}}?{_END_ZH}"
    return re.compile(rf"{whether}{_REST}{{0,40}}|{late_zh}|{still_zh}")


_ASKED = {intent: _clauses(intent) for intent in _VERBS}
_DENIED: Mapping[Intent, re.Pattern[str]] = {
    intent: re.compile(rf"{_NOT}{verb}|{_NOT_ZH}{_VERBS_ZH[intent]}")
    for intent, verb in _VERBS.items()
    if intent is not Intent.ORDER_CANCEL
}
_TAKEN_OUT = " … "


def wished(flat: str, intent: Intent) -> str:
    """The text without what denies this wish or asks whether it can be; for other intents as it is."""
    asked, said_no = _ASKED.get(intent), _DENIED.get(intent)
    left = flat if asked is None else asked.sub(_TAKEN_OUT, flat)
    return left if said_no is None else said_no.sub(_TAKEN_OUT, left)


def denied(flat: str, intent: Intent) -> bool:
    """Whether the text says that this is not wanted."""
    said_no = _DENIED.get(intent)
    return said_no is not None and said_no.search(flat) is not None
