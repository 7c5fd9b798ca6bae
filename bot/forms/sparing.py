"""Which orders a text names only to leave them as they are ("all but 10234", "keep 10877", 别取消10234); pure."""

import re

from bot.orders.contract import OrderFormat
from bot.text import plain

_SPARED = re.compile(
    r"(?:\b(?:except|excluding|other than|apart from|all but|(?<!n't )(?<!not )(?<!n't want to )(?<!not want to )(?:keep|keeping|leave)|(?:do not|don't|dont|never) (?:cancel|return|refund|change|touch|send back))"
    r"|(?:^|[,.;] ?|\bbut |\band )not|除了?|不是|保留|留着|留下|(?:别|勿|不要|不用|不必)(?:取消|退货?|退款|改|动))"
    r"(?: (?:for|the|my|order|number|no\.?))*[ :#]*(?:订单|单号)?$"
)
_SPARED_AFTER = re.compile(
    r"[^,.;!?，。；！？\d]{0,4}(?:保留|留着|除外|以外|之外|(?:别|勿|不要|不用|不必)(?:取消|退|改|动)|不(?:取消|退|改)|(?:stays|remains)\b)"
)
_BESIDES = re.compile(r"除了?(?=[^。！？]{0,20}?[还也])")
"""In addition to these, not without them."""
_AS_BEFORE = re.compile(r"(?: ?(?:,|、|and|or|nor|&|和|跟|与|及)){1,2} ?(?:order )?")


def spared_numbers(text: str, numbers: OrderFormat) -> frozenset[str]:
    """In their normal form."""
    flat, at, spared = _BESIDES.sub("", plain(text)), 0, False
    found = set[str]()
    for written in map(plain, numbers.numbers_in(text)):
        start = flat.find(written, at)
        between, end = flat[at:start], start + len(written)
        goes_on = spared and _AS_BEFORE.fullmatch(between) is not None
        spared = goes_on or bool(
            _SPARED.search(between if at else flat[:start]) or _SPARED_AFTER.match(flat, end)
        )
        normal = numbers.normal_form(written)
        if spared and normal is not None:
            found.add(normal)
        at = end
    return frozenset(found)
