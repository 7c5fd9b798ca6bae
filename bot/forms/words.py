"""What customers write into a form, in English and Chinese: yes, no, a code, an address, "back to my order"; pure.

A yes changes orders: it must be the whole text, and whatever denies or asks is none, whichever intent an engine saw.
"""

import re
import unicodedata

from bot.contract import Intent
from bot.forms.letters import bare
from bot.phrases import covering_intent
from bot.proposals import Wish
from bot.text import plain

_MARK = r"[\s.,!;:~…。，！；：、～'\"“”‘’()（）]"
_EDGE = rf"{_MARK}*"
_YES_EN = (
    r"(?:yes|yeah|yep|yup|yea|y|sure(?: thing)?|ok(?:ay)?|correct|right|exactly|absolutely|definitely|of course|indeed"
    r"|(?:i )?confirm(?:ed)?(?: it| that)?|go ahead|do it|do that|do so|please do|proceed|that(?:'s| is) (?:right|correct)|i do|i am sure|i'm sure)"
)
_YES_ZH = r"(?:是|是的|是啊|对|对的|对啊|好|好的|好啊|可以|可以的|行|行的|嗯+|当然|确认|确定|没错|同意|没问题|就这样|办吧|请办|要|要的|正确)"
_POLITE = r"(?:please|thanks|thank you|now|then|so|well|and|just|i want(?: you)? to|i'd like to|谢谢|请|麻烦(?:你|您)?了?|吧|了|啊|呀|的|那|那就|就|帮我)"
_OBJECT = r"(?: (?:it|that|this|(?:(?:the|my|this) )?order(?: please)?|my money))?"
_VERBS: dict[Wish, str] = {
    Wish.CANCEL: r"(?:cancel(?: it| that| this| (?:the|my|this) order)|(?:取消|退掉)(?:这个|该|我的|它|掉)?(?:订单|单)(?:吧|了)?)",
    Wish.CHANGE_ADDRESS: rf"(?:(?:change|send|ship|update)(?! (?:the|my) address){_OBJECT}(?: there)?|(?:改过去|改|修改|更改|寄过去)(?:吧|了)?)",
    Wish.RETURN: rf"(?:(?:return|send back){_OBJECT}(?: back)?|(?:退货|退回|退)(?:吧|了)?)",
    Wish.REFUND: rf"(?:(?:refund){_OBJECT}(?: me)?|(?:退款|退钱)(?:吧|了)?)",
}
_AFTER_YES = {
    Wish.CANCEL: r"cancel\b(?: order)?|取消(?:订单)?",
    Wish.CHANGE_ADDRESS: r"(?:change|update) (?:the|my) address\b",
}
"""What says yes only beside one: to "shall I change the address to this?" the words "change the address" say that it is not right."""
_TOKENS: dict[Wish, re.Pattern[str]] = {
    wish: re.compile(
        rf"(?P<verb>{verbs})|(?P<yes>{_YES_EN}(?![a-z])|{_YES_ZH})|(?P<polite>{_POLITE}(?![a-z]))"
        rf"|(?P<after>{_AFTER_YES.get(wish, '(?!)')})|{_MARK}+"
    )
    for wish, verbs in _VERBS.items()
}
_BARE_CANCEL = re.compile(rf"{_EDGE}(?:please )?(?:cancel|取消)(?: please)?(?:吧|了)?{_EDGE}")
_DECLINES = re.compile(
    rf"{_EDGE}(?:no{_EDGE})*(?:please )?(?:(?:do not|don't|dont)(?: do (?:it|that|so)| cancel.{{0,20}}| change.{{0,20}}| return.{{0,20}}| refund.{{0,20}})?"
    rf"|keep (?:it|the order|my order)|leave it(?: as it is)?|i(?:'ve| have)? changed my mind|wait(?:,? no)?"
    rf"|(?:不|别|不要|先不|不用)(?:取消|改|修改|退|退货|退款|办)(?:了|吧)?|(?:我)?(?:不想|改主意)(?:取消|退|改)?了?|保留(?:订单)?){_EDGE}"
)
_LEAVES = re.compile(
    r"(?:oh |ok |okay |well |ah )*(?:never ?mind|forget (?:it|about it)|no need|don't bother|算了|不用了|不必了)(?![a-z])[^?？\d]{0,80}"
)
_WAITS = re.compile(
    rf"{_EDGE}(?:(?:ok|okay|wait|please|just|give me){_EDGE})*(?:(?:an?|one|1|half an?)? ?(?:sec(?:ond)?s?|moment|minute|min|mins|tick)|wait|hold on|hang on|let me (?:look|check|see|find)(?: it| that)?(?: up)?"
    rf"|i(?:'ll| will)? (?:look|check)(?: it)?(?: up)?|brb|(?:请)?(?:等|稍等|等等|等下|等一下|稍等一下|等我)(?:找|看|查)?(?:一下|下|看)?|我(?:找|看|查)(?:一下|下|找|看)){_EDGE}(?:please|请|谢谢)?{_EDGE}"
)
_CANCELS_IT = re.compile(
    rf"{_EDGE}(?:(?:then|ok|okay|so|please|pls|can you|could you|i want to|i'd like to|那|那就|好的?|请|帮我|麻烦|我要|我想){_EDGE})*"
    rf"(?:cancel (?:it|that one|this one|that order|this order|the order)|(?:把它|把这个)?取消(?:它|掉|了|这个|这单)?吧?){_EDGE}(?:then|please|pls|now|谢谢)?{_EDGE}"
)
_SKIP = re.compile(
    rf"{_EDGE}(?:skip(?: it| this)?|no(?: particular| special)? reason|no|nope|none|nothing|n/?a|(?:i(?:'d| would) )?(?:rather|prefer) not(?: to)?(?: say| tell)?|just because|does ?n[o']t matter"
    rf"|跳过|没有|没有?原因|没什么(?:原因)?|无|不想说|不说|不方便说|不告诉|不用了|没理由|略){_EDGE}"
)
_BACK = re.compile(
    r"\b(?:back|returning|return|go back|come back) to (?:my|the|that|our|what)\b.{0,12}(?:order|cancel|request|refund|address|return|we were)"
    r"|\b(?:continue|carry on|go on|resume|proceed)(?: with)? (?:my|the|that|our)? ?(?:order|cancel\w*|request|refund|return|address|where we)\b"
    r"|^(?:ok(?:ay)?,? |so,? |now,? |let'?s )*(?:continue|carry on|go on|where were we)[ .!?]*$"
    r"|(?:回到|说回|接着说|继续(?:说|办|处理|刚才)?|回头说)(?:我|刚才|之前|刚刚|前面|上面|那个|的|我的)*(?:订单|取消|退货|退款|地址|事|问题)"
    r"|^(?:好的?[，, ]*)?(?:继续|接着来?|接着办)(?:吧)?[。.! ！]*$"
)
_OTHER = re.compile(
    r"\b(?:another|other|different|second|next|wrong)\b (?:one|order|number)\b|\bnot (?:that|this) (?:one|order)\b"
    r"|(?:另|别的|其他|其它|换)(?:外)?(?:一)?(?:个|张|笔)?(?:订单|单号|单)|不是这(?:个|张|笔)(?:订单|单)?"
)
_CORRECTS = re.compile(
    r"\b(?:no|sorry|oops|i meant|i mean|actually|wait|correction|wrong|instead|typo|mistake)\b"
    r"|不对|不是|抱歉|对不起|不好意思|我是说|我说的是|应该是|错了|说错|更正|改成"
)
_NOT_IT = re.compile(
    r"\b(?:wrong|other|another|different|new|not (?:my|the|that))\b.{0,20}\baddress\b|\baddress\b.{0,20}\b(?:wrong|incorrect|not (?:right|correct))\b"
    r"|^\W*(?:please )?(?:change|update) (?:the|my) address(?: please)?\W*$"
    r"|地址.{0,4}(?:不对|错|有误)|(?:换|改|另).{0,4}地址"
)
_MAIL = re.compile(
    r"[^\s@<>()\[\]\"'，。；：,;:、]{1,64}@[^\s@<>()\[\]\"'，。；：,;:、]{1,255}\.[a-z]{2,24}", re.IGNORECASE
)
_NO_FIRST = re.compile(
    r"(?:h+m+|uh|um|er|well|oh|sorry)?[ ,.]*(?:no|nope|nah|not?\b)[ ,.!]|(?:嗯|呃)?[，, ]*(?:不|别)(?!错)"
)
_YES_FIRST = re.compile(rf"{_EDGE}(?:{_YES_EN}(?![a-z])|{_YES_ZH})")
_REFUSES = re.compile(
    r"\b(?:no|not|none|never|without|don'?t|do not|can'?t|cannot|isn'?t|e-?mail|mail)\b|不|没|别|无法|邮"
)
_CODE = re.compile(r"(?<!\d)\d{3}[ \-]?\d{3}(?!\d)")
_RESEND = re.compile(
    r"\b(?:send|resend|re-send|get|need|want)\b.{0,25}\b(?:code|again|new one|another)\b|\bnew code\b|\banother code\b"
    r"|\b(?:did not|didn't|didnt|have not|haven't|havent|never|no)\b.{0,15}\b(?:got|get|received?|arrived?|come|code|mail|e-?mail)\b|\bexpired\b"
    r"|重(?:新)?发|再发|没有?收到|收不到|新的?(?:验证)?码|过期"
)
_BY_MAIL = re.compile(
    r"(?:(?:by|via|with|per|to|use|through|rather|better|the|my|an?|please|send|it|code|instead|no|then|ok(?:ay)?|prefer|i|would|i'd|take)\b[, ]*)*(?:e-?mails?|mail|inbox)(?: address)?(?: (?:please|instead|then|is (?:better|fine)))*[ .!]*"
    r"|(?:不[，, ]*)?(?:请|麻烦)?(?:用|发(?:到|送到)?|通过|改用|还是)?(?:我的)?(?:电子)?(?:邮箱|邮件|电邮)(?:吧|好了|地址)?[ 。！]*"
)
_WAY_LENGTH = 60
_PLACES = {
    "1": 0, "2": 1, "3": 2, "4": 3, "5": 4, "first": 0, "second": 1, "third": 2, "the first": 0, "the second": 1,
    "the third": 2, "the first one": 0, "the second one": 1, "the third one": 2, "first one": 0, "second one": 1,
    "一": 0, "二": 1, "三": 2, "第一个": 0, "第二个": 1, "第三个": 2, "the last": -1, "the last one": -1, "最后一个": -1,
}  # fmt: skip
_LATEST = re.compile(
    rf"{_EDGE}(?:it's |it is )?(?:the |my )?(?:last|latest|newest|most recent)(?: one| order)?(?: please)?{_EDGE}|{_EDGE}(?:就?是)?(?:我的?)?最(?:后|近|新)(?:的|那)?(?:一?[个单笔])?(?:订单)?{_EDGE}"
)
_ALL = re.compile(
    rf"{_EDGE}(?:{_POLITE}{_MARK}*)*(?:both(?: of (?:them|these))?|all(?: of (?:them|these)| three| four)?|each(?: of them)?|the (?:two|both)"
    rf"|(?:这?两[个单笔张]|全部|所有|它们|每[个单])?(?:都|全)?(?:要|是|取消|退|改)?)(?:{_MARK}*(?:please|pls|thanks|thank you|orders|吧|的|了|谢谢))*{_EDGE}"
)
_ASKS = re.compile(
    r"[?？]\s*$|(?:吗|呢|么)[。.！! ]*$"
    r"|^(?:(?:and|but|so|also|by the way|btw|wait|hey|ok|okay|sorry)[, ]+)*(?:how|what|when|where|why|which|who|whose|can|could|do|does|did|is|are|will|would|may|should)\b"
    r"|怎么|怎样|如何|多少钱|多久|多长|什么时候|为什么|能不能|可不可以|是不是|有没有|是否"
)
_LEAD = re.compile(
    r"^(?:(?:no|sorry|oops|actually|wait|oh|hi|hello|please|ok|okay|yes|well|so|but|and|i meant|i mean)\b[,!.:; ]*)*"
    r"(?:(?:(?:it|that)(?:'s| is| should be)|(?:(?:the|my|our|a) )?(?:new |correct |right |full |delivery |shipping |postal )*address(?: is| should be| would be|'s)?"
    r"|(?:please )?(?:send|ship|deliver|change|move)(?: it| the order| my order| them| that| (?:the|my) address)?(?: instead)? to|to"
    r"|(?:i|we)(?:'ve| have)? (?:now )?(?:live|moved|are|am)(?: now)? (?:at|to|in)|(?:my|our|the) (?:new )?(?:flat|home|house|place|office) is (?:at|in)|my name is|(?:please )?use)\b)?[:,. ]*",
    re.IGNORECASE,
)
_LEAD_ZH = re.compile(
    r"^(?:(?:不对|不是|抱歉|对不起|不好意思|更正一下|更正|错了|你好|好的|嗯)[，,。.！! ]*)*"
    r"(?:(?:请|帮我)?(?:把)?(?:我的|我)?(?:新的?|正确的?|收货|送货|配送)*地址(?:是|为|应该是|改成|改为|换成)?|(?:请|帮我)?(?:改)?(?:寄到|送到|改成|改为|改到|换成|发到|寄往|应该是|是)|我们?(?:现在)?(?:住在|搬到了?))[：:，, ]*"
)
_SENTENCE = re.compile(
    r"\b(?:is|are|was|were|has|have|had)\b|\b(?:i|we|you)(?:'(?:m|d|ve|ll|re)\b| (?:just |still |also |now |never )*(?:want|need|live|moved|would|can|could|do|did|don't|ordered|got|bought|think|will)\b)"
    r"|\b\d+ (?:days?|weeks?|months?|hours?|minutes?|questions?|times|kilos?|more)\b(?! square)"
)
"""Says something instead of naming a place."""
_TOWN = re.compile(
    r"\d{4,6} [^\W\d_][^\d]{1,40}|[^\W\d_][^\d]{1,40},? \d{4,6}|[a-z][a-z .-]{1,40},? [a-z]{1,2}\d[a-z\d]? ?\d[a-z]{2}"
)
_NO_TOWN = re.compile(
    r"\b(?:please|pls|instead|too|also|as well|then|now|thanks|rather|again|both|all|order|cancel)\b"
)
_POSTCODE = re.compile(r"(?<!\d)\d{4,6}(?!\d)|\b[a-z]{1,2}\d[a-z\d]? \d[a-z]{2}\b")
_WORD = re.compile(r"[^\W\d_]{2,}")
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
_PLACE_ZH = re.compile(r"[省市区县镇乡村路街巷弄道号栋幢楼室座]")
_STREET = re.compile(
    r"\b(?:street|st|road|rd|avenue|ave|lane|drive|dr|way|square|court|flat|apartment|apt|suite|house|straße|strasse|platz|rue|via|calle|box|building|floor)\b"
)
_TO = re.compile(
    r"(?:^|.*[ ,])(?:to|address(?: is|:))[: ]+(?P<en>.+)$|(?:改成|改为|改到|换成|寄到|送到|发到)[：: ]*(?P<zh>.{6,})$",
    re.IGNORECASE | re.DOTALL,
)
_WHERE = re.compile(r"\bwhere(?:'s|s| is| are)(?: my| the| order| number| no\.?)* #?(?:[a-z]{1,3}[- ]?)?\d")
_SENDS = re.compile(r"\b(?:send|ship|deliver)\b(?!.{0,30}\bback\b)|(?:寄|送|发)(?:到|往)")
_NO_PLACE = re.compile(
    r"\b(?:order|address|change|cancel|return|refund|update|know|ask)\b|订单|地址"
    r"|^(?:send|track|ship|get|have|see|find|check|buy|pay|speak|talk|make|give|keep|be|do|exchange|receive)\b"
)
_BECAUSE = re.compile(
    r"\b(?:because|since|as)\b(?: of)? (?P<en>(?:it|they|the|i|my|this|of|a|one)\b.{3,})$|(?:因为|由于)(?P<zh>.{2,}?)(?:[，,。]?\s*(?:所以)?我?[要想](?:退|换|申请).*)?$",
    re.IGNORECASE | re.DOTALL,
)
_LEAST, _LEAST_ZH, _LONGEST, _LONGEST_ADDRESS = 8, 6, 200, 400


def confirms(text: str, wish: Wish) -> bool:
    """Whether this is a plain yes to what was just said in words."""
    flat = plain(bare(text))
    if len(flat) > _LONGEST:
        return False
    at, said = 0, set[str | None]()
    while at < len(flat):
        # Word by word, never back: a pattern over all of it would try every way to part a long text.
        word = _TOKENS[wish].match(flat, at)
        if word is None or (word.lastgroup == "after" and "yes" not in said):
            return False
        at = word.end()
        said.add(word.lastgroup)
    return not said.isdisjoint({"yes", "verb"})


def declines(text: str, wish: Wish | None) -> bool:
    """Whether this is a plain no, or a wish to stop. To "shall I cancel?" the word "cancel" alone is neither."""
    text = bare(text)
    flat = plain(text)
    if len(flat) > _LONGEST or (wish is Wish.CANCEL and only_cancel(text)):
        return False
    return (
        covering_intent(text) is Intent.DENY
        or bool(_DECLINES.fullmatch(flat))
        or bool(_LEAVES.fullmatch(flat))
    )


def leaves(text: str) -> bool:
    """Whether they give up all of it, as "never mind" does."""
    return bool(_LEAVES.fullmatch(plain(bare(text))[:_LONGEST]))


def only_cancel(text: str) -> bool:
    """Whether the word alone stands there, which may mean the order or what we are at."""
    return bool(_BARE_CANCEL.fullmatch(plain(text)[:_LONGEST]))


def waits(text: str) -> bool:
    """Whether they ask for a moment."""
    return bool(_WAITS.fullmatch(plain(text)[:_LONGEST]))


def cancels_it(text: str) -> bool:
    """Whether what was just spoken of shall be cancelled."""
    return bool(_CANCELS_IT.fullmatch(plain(text)[:_LONGEST]))


def skips(text: str) -> bool:
    """Whether they would rather give no reason."""
    return bool(_SKIP.fullmatch(plain(text)[:_LONGEST]))


def goes_back(text: str) -> bool:
    """Whether they come back to what they were at."""
    return bool(_BACK.search(plain(text)[:_LONGEST]))


def means_another(text: str) -> bool:
    """Whether they speak of another order than the one at hand."""
    return bool(_OTHER.search(plain(text)[:_LONGEST]))


def begins_with_no(text: str) -> bool:
    """Whether a no stands first, whatever follows."""
    return bool(_NO_FIRST.match(plain(text)))


def begins_with_yes(text: str) -> bool:
    """Whether a yes stands first, whatever follows."""
    return bool(_YES_FIRST.match(plain(text)))


def corrects(text: str) -> bool:
    """Whether they take back what was said before."""
    return bool(_CORRECTS.search(plain(text)[:_LONGEST]))


def rejects_address(text: str) -> bool:
    """Whether the address is not right, without saying which is."""
    return bool(_NOT_IT.search(plain(text)[:_LONGEST]))


def wants_code_again(text: str) -> bool:
    return bool(_RESEND.search(plain(text)[:_LONGEST]))


def way_in(text: str, account: str) -> bool | None:
    """Whether the account is meant (True) or mail; ``account``: as it was named, its kind first. None for anything else."""
    flat = plain(text)
    if len(flat) > _WAY_LENGTH or asks_something(text):
        return None
    if _BY_MAIL.fullmatch(flat):
        return False
    kind = plain(account).partition(" ")[0]
    if kind not in flat:
        return None
    return None if _REFUSES.search(flat) else True


def asks_something(text: str) -> bool:
    """Whether this is a question, and so no value."""
    return bool(_ASKS.search(plain(text)[:_LONGEST]))


def names_order(text: str, prefix: str) -> bool:
    """Whether an order is spoken of, by the word or by a whole number."""
    pattern = rf"\border\b|订单|单号|(?<![a-z]){re.escape(prefix.casefold())}[ \-–]?\d"
    return bool(re.search(pattern, plain(text)[:_LONGEST]))


def mail_in(text: str) -> str | None:
    found = _MAIL.search(unicodedata.normalize("NFKC", text[:_LONGEST_ADDRESS]))
    return None if found is None else found.group().strip(".")


def code_in(text: str) -> str | None:
    """Six digits that stand for themselves."""
    found = _CODE.search(unicodedata.normalize("NFKC", text))
    return None if found is None else re.sub(r"\D", "", found.group())


def only_digits(text: str) -> bool:
    """Whether nothing but figures was typed."""
    flat = re.sub(r"[\s\-.,。]", "", unicodedata.normalize("NFKC", text))
    return flat.isascii() and flat.isdigit()


def means_all(text: str) -> bool:
    """Whether all of what was offered is meant."""
    flat = plain(text)[:_LONGEST]
    return bool(_ALL.fullmatch(flat)) and bool(re.search(r"both|all|each|the two|两|全|所有|都|每", flat))


def place_in(text: str, count: int) -> int | None:
    """Which of so many numbered things is meant."""
    place = _PLACES.get(plain(text).strip(" .。)）!！"))
    if place == _PLACES["the last"]:
        place = count - 1
    return place if place is not None and 0 <= place < count else None


def means_latest(text: str) -> bool:
    """Whether their last order is meant, without its number."""
    return bool(_LATEST.fullmatch(plain(text)[:_LONGEST]))


def names_place(text: str) -> bool:
    """Whether a street, a house or a Chinese place is named, so that figures may be a postcode."""
    flat = plain(text)[:_LONGEST_ADDRESS]
    return bool(_STREET.search(flat)) or len(_PLACE_ZH.findall(flat)) > 1


def address_in(text: str) -> str | None:
    """An address to send something to, without the words around it; None when this is none."""
    lines = bare(text.strip()[:_LONGEST_ADDRESS]).splitlines()
    said = [
        each for each in lines if not _SENTENCE.search(plain(_unled(each))) and not each.endswith((":", "："))
    ]
    written = _unled("\n".join(said if len(lines) > 1 else lines))
    flat = plain(written)
    places = len(_PLACE_ZH.findall(flat))
    if asks_something(written) or _SENTENCE.search(flat) or len(flat) < (_LEAST_ZH if places else _LEAST):
        return None
    numbered = (
        any(char.isdigit() for char in flat)
        and bool(_WORD.search(flat))
        and (places > 0 or not _HAN.search(flat))
    )
    parted = len(re.findall(r"[,\n，]", written)) > 1
    return written if numbered or parted or places > 1 or _STREET.search(flat) else None


def _unled(text: str) -> str:
    """Without the words before an address."""
    return _LEAD_ZH.sub("", _LEAD.sub("", text, count=1), count=1).strip(" ,.;，。；")


def with_town(address: str, text: str) -> str | None:
    """The address with the postcode and town that were written after it; None where it has one, or these are none."""
    flat = plain(text).strip(" .,")
    if _POSTCODE.search(plain(address)) or _STREET.search(flat) or not _TOWN.fullmatch(flat):
        return None
    if _NO_TOWN.search(flat) or corrects(flat) or begins_with_no(flat) or begins_with_yes(flat):
        return None
    return f"{address}, {text.strip(' .,，。')}"


def address_beside(text: str) -> str | None:
    """The address in a sentence that asks for something, as in "send it to 12 Hill Road"."""
    found = _TO.search(text[:_LONGEST_ADDRESS])
    written = "" if found is None else found["en"] or found["zh"]
    return None if not written or _NO_PLACE.search(plain(written)) else address_in(written)


def asks_where(text: str) -> bool:
    """Whether they ask where a number is."""
    return bool(_WHERE.search(plain(text)[:_LONGEST]))


def sends(text: str) -> bool:
    """Whether something shall go somewhere."""
    return bool(_SENDS.search(plain(text)[:_LONGEST]))


def reason_beside(text: str) -> str | None:
    """The reason in a sentence that asks for something."""
    found = _BECAUSE.search(text[:_LONGEST_ADDRESS])
    return None if found is None else (found["en"] or found["zh"]).strip(" .。!！")
