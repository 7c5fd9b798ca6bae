"""E-mail addresses as people write them, brought into the one form that contact points have."""

import re
import unicodedata

from core.contact import Sender
from core.errors import Invalid

MAIL = "email"
"""The kind of contact points that are e-mail addresses."""

_LONGEST = 254  # RFC 5321, section 4.5.3.1.3, without the angle brackets
_ADDRESS = re.compile(
    r"(?=.{1,64}@)[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*"
    r"@(?P<domain>(?:[\w](?:[\w-]{0,61}[\w])?\.)+[\w](?:[\w-]{0,61}[\w])?)"
)


def mail_address(written: str) -> str:
    """``local@domain`` in lower case, the domain as mail servers know it. Raises Invalid on ``address``."""
    plain = unicodedata.normalize("NFC", written.strip().removeprefix("<").removesuffix(">")).lower()
    found = _ADDRESS.fullmatch(plain)
    if found is None or len(plain) > _LONGEST:
        raise Invalid("address", "an e-mail address, such as name@example.com")
    local, _, domain = plain.rpartition("@")
    try:
        return f"{local}@{domain.encode('idna').decode('ascii')}"
    except UnicodeError:
        raise Invalid("address", "an e-mail address whose domain exists") from None


def person_by_mail(written: str, name: str | None = None, *, language: str | None = None) -> Sender:
    """Somebody who takes part under an address that nobody has proved. Raises Invalid on ``address``."""
    return Sender(MAIL, mail_address(written), verified=False, name=name, language=language)
