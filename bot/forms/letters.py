"""What a letter says between its salutation and its farewell; pure.

A yes changes orders, so a line is left out only where it can hold nothing but courtesy and a name: "Thanks, but only
if not shipped" is no farewell.
"""

import re
import unicodedata

from bot.text import tokens

_SALUTES = re.compile(
    r"(?:hello|hi|hey|dear|good (?:morning|afternoon|evening)|您好|你好|尊敬的|亲爱的)(?![a-z])[,!.:。 ]*",
    re.IGNORECASE,
)
_PARTS = re.compile(
    r"(?:(?:(?:with |and )?(?:my |many |very )?(?:best|kind|kindest|warm) (?:regards|wishes)|regards|best|cheers|sincerely|many thanks|thanks|thank you|thx"
    r"|yours(?: (?:sincerely|faithfully|truly))?)(?: (?:so much|very much|a lot|again|in advance|for (?:your|the) (?:help|time|support|reply|quick reply)))*"
    r"|祝好|顺颂商祺|此致|敬礼|谢谢(?:你们|您|你)?(?:的帮助)?)(?![a-z])[,!.。 ]*",
    re.IGNORECASE,
)
_ALSO_BELOW = re.compile(
    r"(?:(?:https?://|www\.)\S+|\S+@\S+\.\S+|sent from my [a-z]+(?: [a-z]+)?|发自我的.{1,12}|-{2,3}|(?:tel|phone|mobile|电话|手机)?[.: ]*\+?[\d ()/\-]{7,24})\.?",
    re.IGNORECASE,
)
_TITLES = re.compile(r"先生|女士|小姐|客服|团队|老师|敬上|上$")
_GREETED = tokens(
    "there all team everyone everybody guys folks again support service customer shop sir madam or and"
)
_NO_NAME = re.compile(
    r"\b(?:no|not|none|never|nope|nah|nothing|\w+n't|dont|do|does|did|cannot|only|if|unless|until|till|once|when|after|before|but|though|although|however|except"
    r"|instead|rather|else|other|another|wait|stop|hold|hang|on|pause|keep|leave|stay|actually|sorry|wrong|mistake|mind|changed|undo|back|later|soon|tomorrow|tonight|today"
    r"|next|week|maybe|perhaps|\w+day|i|it|this|that|these|those|the|you|your|we|me|is|are|was|were|have|has|had|would|should|could|can|yes|ok|okay|please|cancel|change"
    r"|return|refund|kidding|joking|abort|send|ship|order|want|need|think|decide|let|ask|check|first|then|so|just|also|too|as|or|and)\b"
    r"|[不别没勿未先等但若要改取退再还才慢缓停想看问我你他她它吧了的]|如果|考虑|保留|留着|明天|以后|稍|算|待|只|玩笑",
    re.IGNORECASE,
)
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]{1,4}")
_BETWEEN = tokens("of from at and von van de")
_MOST_NAMES, _MOST_FAREWELL = 4, 4


def bare(text: str) -> str:
    """Without the salutation and the farewell of a letter; the whole text where they hold anything else."""
    written = [each.strip() for each in text.splitlines() if each.strip()]
    lines = [" ".join(unicodedata.normalize("NFKC", each).replace("’", "'").split()) for each in written]
    begins = 1 if len(lines) > 1 and _is_salutation(lines[0]) else 0
    ends = next((at for at in range(begins + 1, len(lines)) if _closes(lines[at:])), len(lines))
    return "\n".join(written[begins:ends])


def _is_salutation(line: str) -> bool:
    found = _SALUTES.match(line)
    return found is not None and _names(line[found.end() :], _GREETED)


def _closes(lines: list[str]) -> bool:
    """Whether a farewell begins here, and nothing but names stands below it."""
    return (
        len(lines) <= _MOST_FAREWELL
        and _is_farewell(lines[0])
        and all(_is_farewell(each) or _names(each) or _ALSO_BELOW.fullmatch(each) for each in lines[1:])
    )


def _is_farewell(line: str) -> bool:
    end = 0
    while (found := _PARTS.match(line, end)) is not None:
        end = found.end()
    return end > 0 and _names(line[end:])


def _names(text: str, greeted: frozenset[str] = frozenset()) -> bool:
    """Whether nothing but names of people or firms stands there: few words, written large where there are several."""
    found = re.findall(r"[^\s,.。!:、&|/]+", _TITLES.sub("", text))
    words = [each for each in found if each.casefold() not in greeted | _BETWEEN]
    if len(words) > _MOST_NAMES or _NO_NAME.search(" ".join(words)):
        return False
    return all(_is_name(each, alone=len(words) == 1) for each in words)


def _is_name(word: str, *, alone: bool) -> bool:
    if _HAN.match(word):
        return bool(_HAN.fullmatch(word))
    return re.sub(r"['\-&]", "", word).isalpha() and (alone or word[0].isupper())
