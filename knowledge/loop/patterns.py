"""What names or reaches a person in a text, as patterns, each with the mark that stands instead; pure."""

import re

MAIL = "[✉]"
NUMBER = "[#]"
LINK = "[↗]"
NAME = "[…]"
MARKS = (MAIL, NUMBER, LINK, NAME)
"""What stands instead, alike in every language; no search takes them for words."""

_HAN = "\u3400-\u4dbf\u4e00-\u9fff"

_LINK = re.compile(
    r"(?<![a-z0-9])(?:[a-z][a-z0-9+.-]{1,15}://|www\.)[^\s<>\"'，。；！？、（）【】《》]+", re.IGNORECASE
)
_BARE_LINK = re.compile(
    r"(?<![a-z0-9-])(?:[a-z0-9-]{1,63}\.){1,5}[a-z]{2,24}[/?#][^\s<>\"'，。；！？、]+", re.IGNORECASE
)
# What stands before a sign is looked at from its own beginning only and never given back: from each of its characters
# it would cost the square of its length.
_LOCAL = "[a-z0-9.!#$%&'*+/=?^_`{|}~-]"
_AT_HOST = r"@[a-z0-9_-]+(?:\.[a-z0-9_-]+)*"
_MAIL = re.compile(
    rf"(?:(?<!{_LOCAL}){_LOCAL}++)?{_AT_HOST}(?:{_LOCAL}*+{_AT_HOST})*",
    re.IGNORECASE,
)
_OTHER_MAIL = re.compile(r"(?:(?<![^\s@，。；！？、])[^\s@，。；！？、]++)?@[^\s@，。；！？、]+")
_SPACED_MAIL = re.compile(
    r"(?<![\w.+-])[\w.+-]++\s{0,2}(?:@\s{0,2}[\w-]+\.[\w.-]+|[(\[{]\s?at\s?[)\]}]\s{0,2}[\w-]+[\w. -]{0,20}(?:[(\[{]\s?dot\s?[)\]}]\s?)?[\w.-]+"
    r"|\sat\s{1,2}[\w-]+\s{1,2}dot\s{1,2}[\w-]+(?:\s{1,2}dot\s{1,2}[\w-]+)?)",
    re.IGNORECASE,
)
_ACCOUNT = re.compile(
    r"(?:wechat|weixin|微信号?|whats\s?app|skype|telegram|line\s?id|qq号?)\s*(?:id\b|号|账号)?"
    r"(?:\s*(?:[:：=是为]|\bis\b)\s*@?[a-z0-9_.-]{4,}|\s*(?=[a-z0-9_.-]{0,30}[\d_])[a-z][a-z0-9_.-]{4,})",
    re.IGNORECASE,
)

# Five digits and more, with whatever people put between them: telephones, cards, accounts, orders, dates of birth.
_DIGITS = re.compile(r"(?<![+(])[+(]*+\d(?:[^\S\n]{0,2}[().\-–/·]{0,2}[^\S\n]{0,2}\d){4,}")
_HAN_DIGITS = re.compile("[〇零一二三四五六七八九幺两]{6,}")
# A word with letters and four digits or more, and whatever is long, without vowels' rhythm: codes and secrets.
_CODE = re.compile(r"(?<![a-z0-9_-])(?=[0-9_-]*[a-z])(?:[a-z_-]*+\d){4,}[a-z0-9_-]*", re.IGNORECASE)
_SECRET = re.compile(r"(?<![\w-])(?=[a-z_-]*\d|[a-z]*[a-z][A-Z])[A-Za-z0-9_-]{20,}")
# What announces a number says what the question is about, and stays.
_ADDRESSED = re.compile(
    r"(?P<lead>(?i:\b(?:order|invoice|ticket|case|account|customer|reference|ref|booking|parcel|tracking)"
    r"(?:\s+(?:number|no\.?|nr\.?|id|code))?\s*(?:is\s+|:\s*)?))(?:#\s*)?#?(?=[a-z-]{0,40}\d)\b[a-z0-9-]{3,}\b"
    r"|(?P<han>(?:订单|单号|运单|快递|发票|账号|账户|卡号|工单|编号)(?:号码?|编号)?\s*(?:是|为|[:：])?\s*)(?:#\s*)?#?[a-z0-9-]*\d[a-z0-9-]*",
    re.IGNORECASE,
)

_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?:\s?[A-Z0-9]{4}){2,7}(?:\s?[A-Z0-9]{1,4})?\b")
_HASHED = re.compile(r"#\s?\d{3,}")
_EXTENSION = re.compile(r"(?<=\[#\])\s*(?:转|分机|ext(?:ension)?\.?)\s*\d+", re.IGNORECASE)
_EXPIRY = re.compile(
    r"\b(?:exp(?:iry|ires)?\.?|valid\s+(?:thru|until)|有效期)\s*(?:date)?\s*[:：]?\s*\d{1,2}\s?[/-]\s?\d{2,4}",
    re.IGNORECASE,
)
_PASSWORD = re.compile(
    r"(?P<lead>\b(?:password|passcode|passwd|pwd|pin|cvc2?|cvv2?|csc|otp|code)\s*(?:(?:is|was)\s+(?=\S*\d)|[:=]\s*))\S+"
    r"|(?P<word>\b(?:pass\s?(?:word|code|phrase)|passw(?:or)?d|passwort|kennwort|pwd?|pw)\b(?:\s+(?:is|was|to|with|ist|now))*\s*(?:[:=]\s*|\s(?=\S*\d)(?=\S*[a-z])(?=\S{4})))\S+"
    r"|(?P<short>\b(?:cvc2?|cvv2?|csc|pin|otp)\s+)\d{3,8}\b"
    r"|(?P<han>(?:密码|口令|验证码|校验码|安全码)\s*(?:(?:改|换|设)?(?:成|为)|就?是|[:：])?\s*)[a-z0-9!@#$%^&*._-]{3,}",
    re.IGNORECASE,
)
_POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}\b")

_WORD = r"[^\W\d_][\w'’-]*"
_CAPITAL = r"[^\W\d_a-z][\w'’.-]*"
_STOPS = (
    r"(?:and|but|i|my|from|please|can|could|how|what|where|when|why|with|the|a|an|is|to|of|for|so|because)\b"
)
_NAMED = re.compile(
    r"(?i:\b(?:my\s+(?:full\s+|first\s+|last\s+|sur)?name(?:\s+is|['’]s|:)|i\s+am\s+called|i['’]m\s+called|name:))"
    rf"\s+(?P<who>(?!(?i:{_STOPS})){_WORD}\.?(?:\s+(?!(?i:{_STOPS})){_WORD}){{0,3}})"
)
_PRESENTED = re.compile(
    rf"\b(?i:i\s+am|i['’]m|this\s+is|it['’]s|call\s+me)\s+(?P<who>{_CAPITAL}(?:\s+{_CAPITAL}){{0,2}})(?=\s*(?:[,.;:!?)]|$|\b(?i:here|from|and|speaking)\b))"
)
_TITLED = re.compile(rf"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Sir|Madam)\.?\s+{_CAPITAL}(?:\s+{_CAPITAL})?")
_GREETED = re.compile(
    rf"(?:^|(?<=[.!?]\s))(?P<hail>(?i:dear|hi|hello|hey|good\s+(?:morning|afternoon|evening)))\s+"
    rf"(?!(?i:there|all|team|everyone|everybody|sir|madam|customer|again|i|we|is|can|do)\b)"
    rf"{_CAPITAL}(?:\s+{_CAPITAL}){{0,2}}(?=\s*(?:[,!:.]|$))"
)
_CLOSING = re.compile(
    rf"(?i:\b(?:(?:kind|best|warm|many)\s+(?:regards|wishes|thanks)|regards|cheers|sincerely|yours))\s*[,.!\n]\s*{_CAPITAL}(?:\s+{_CAPITAL}){{0,2}}"
)
_STREET = re.compile(
    rf"\b\d+\w?\s+(?:{_CAPITAL}\s+){{1,3}}(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Dr|Court|Ct|Boulevard|Blvd|Way|Square|Close)\b\.?"
)
_SMALL_STREET = re.compile(
    r"\b\d+\w?\s+(?i:(?:[a-z]+\s+){1,2}(?:street|road|avenue|lane|boulevard))\b"
    r"|\b(?i:[^\W\d_]{3,}(?:straße|strasse|str\.|gasse|allee|platz|weg|damm|ufer))\s+\d+\w?\b"
    rf"(?:,?\s*(?:\d{{5}}\s+)?{_CAPITAL})?"
)
_HAN_STREET = re.compile(rf"[{_HAN}]{{1,12}}(?:路|街|巷|弄|大道)\d+\s*[号弄](?:\s*\d+\s*[栋幢号楼单元室]+)*")
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范"
    "金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
)
_SURNAME = rf"(?:欧阳|司马|上官|诸葛|夏侯|皇甫|尉迟|慕容|令狐|司徒|端木|东方|南宫|[{_SURNAMES}])"
_NOT_NAME = "，。；：！？、,.;:!? \t\n想要的是请在有怎能可你您们今不没买收"
_HAN_NAMED = re.compile(
    rf"(?:我的?(?:名字|姓名|全名)(?:是|叫|为|[:：])?|我叫|我名叫|本人叫|姓名(?:是|为|[:：])|收件人(?:是|为|[:：])?|联系人(?:是|为|[:：])?|叫我)\s*"
    rf"(?P<who>[^{_NOT_NAME}a-zA-Z0-9]{{1,4}}|[a-zA-Z][a-zA-Z'·.-]*(?:\s[A-Z][a-zA-Z'·.-]*){{0,2}})"
)
_HAN_PRESENTED = re.compile(rf"(?:我是|我姓)(?P<who>{_SURNAME}[{_HAN}]{{0,2}})(?=[，。；！？、,.;!?\s]|$)")
_HAN_TITLED = re.compile(rf"{_SURNAME}[{_HAN}]{{0,2}}(?=先生|女士|小姐|太太)")
_HAN_AGENT = re.compile(
    rf"(?:客服|专员|顾问|店长|经理)\s*[:：]?\s*(?:{_SURNAME}[{_HAN}]{{1,2}}|小[{_HAN}])(?=[，。；！？、,.;!?\s]|$)"
)

# Before names, which addresses contain.
REACHED = (
    (_LINK, LINK),
    (_MAIL, MAIL),
    (_SPACED_MAIL, MAIL),
    (_OTHER_MAIL, MAIL),
    (_BARE_LINK, LINK),
    (_ACCOUNT, MAIL),
    (_PASSWORD, rf"\g<lead>\g<word>\g<short>\g<han>{NUMBER}"),
    (_EXPIRY, NUMBER),
    (_IBAN, NUMBER),
)
STEPS = (
    (_HAN_STREET, NAME),
    (_STREET, NAME),
    (_SMALL_STREET, NAME),
    (_POSTCODE, NAME),
    (_ADDRESSED, rf"\g<lead>\g<han>{NUMBER}"),
    (_CODE, NUMBER),
    (_DIGITS, NUMBER),
    (_HAN_DIGITS, NUMBER),
    (_HASHED, NUMBER),
    (_EXTENSION, ""),
    (_SECRET, NUMBER),
    (_GREETED, rf"\g<hail> {NAME}"),
    (_NAMED, NAME),
    (_TITLED, NAME),
    (_CLOSING, NAME),
    (_PRESENTED, NAME),
    (_HAN_NAMED, NAME),
    (_HAN_PRESENTED, NAME),
    (_HAN_AGENT, NAME),
    (_HAN_TITLED, NAME),
)
SAYS_WHO = (_NAMED, _PRESENTED, _HAN_NAMED, _HAN_PRESENTED)
"""In which somebody says what they are called, as the group ``who``."""

WHOLE_MAIL = re.compile(
    rf"(?<!{_LOCAL})[a-z0-9._%+-]++@[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{{2,24}}(?![a-z0-9@-])", re.IGNORECASE
)
"""An address as mail servers know it, and nothing that only looks like one."""
CARD = re.compile(r"\d(?:[^\w]{0,3}\d){12,}")
"""Digits enough for a card, whatever stands between them; lines, too."""
SIGNING = re.compile(
    r"(?:(?:with\s+)?(?:best|kind|warm|many|all\s+the)\s+(?:regards|wishes|thanks|best)|regards|cheers|thanks|thank\s+you|sincerely|yours(?:\s+\w+)?"
    r"|all\s+the\s+best|祝好|此致|敬礼|谢谢|多谢|顺祝商祺|祝您\w{2,6})\s*[,.!，。！]?",
    re.IGNORECASE,
)
"""A line above a signature."""
SIGNED = re.compile(rf"[-–—\s]*(?:{_CAPITAL}(?:\s+{_CAPITAL}){{0,2}}|[{_HAN}]{{2,4}})[.,]?\s*")
"""A signature, alone on its line."""
