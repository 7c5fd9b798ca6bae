"""Tells a message that leaves an e-mail address for us from one that only mentions one."""

import re

from channels.addresses import mail_address
from core.errors import Invalid

_ADDRESS = re.compile(r"<?(?:mailto:)?([A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)>?")
_LONGEST = 320

_BEFORE = re.compile(
    r"""
    (?:(?:hi|hello|hey|ok|okay|yes|sure|thanks|thank\ you)[\s,.!]+)*
    (?:
        (?:(?:here\ is|here's)\ )?(?:(?:my|the|our)\s+)?(?:e-?mail|mail)(?:\s+address)?(?:\s+is|\s*[:=])?
      | (?:it\ is|it's|that\ is|that's)
      | (?:(?:please|you\ can|you\ may|just)\s+)*(?:write|reply|answer|e-?mail|mail|contact|reach|send\ it|send)
        (?:\s+(?:back|to|me|us|it))*(?:\s+(?:an?\s+)?(?:e-?mail|mail))?(?:\s+(?:at|to|on|under))?\s*:?
    )?
    |
    (?:(?:您好|你好|好的|好|可以|谢谢)[\s，,。.!！]*)*
    (?:
        (?:这是)?(?:我|我们)?的?(?:电子)?(?:邮箱|邮件|邮件地址|邮箱地址|e-?mail|mail)(?:地址)?\s*(?:是|为|：|:)?
      | (?:请|麻烦|可以)*(?:把?(?:回复|答复|邮件)|发|联系我?|写信?|回复我?)*(?:邮件|信)?(?:给我)?(?:发)?(?:到|至|给)?\s*[:：]?
    )
    """,
    re.IGNORECASE | re.VERBOSE,
)
_AFTER = re.compile(
    r"[\s,.!。！，]*(?:please|thanks|thank\s+you|thx|谢谢|多谢|谢谢您|就行|就可以|即可)?[\s.!。！~]*",
    re.IGNORECASE,
)


def left_address(text: str) -> str | None:
    """The address, when the whole message is one, or says only that this is theirs."""
    if "@" not in text or len(text) > _LONGEST:
        return None
    plain = " ".join(text.split())
    found = _ADDRESS.search(plain)
    if found is None or "@" in plain[: found.start()] + plain[found.end() :]:
        return None
    before, after = plain[: found.start()].strip(), plain[found.end() :]
    if not _BEFORE.fullmatch(before) or not _AFTER.fullmatch(after):
        return None
    try:
        return mail_address(found[1])
    except Invalid:
        return None
