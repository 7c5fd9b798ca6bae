"""What Outlook packs into winmail.dat, taken out by tnefparse; what it cannot read stays a file."""

from typing import Final

from tnefparse import TNEF

from channels.email.mail import MailFile
from channels.email.parsing.words import clean

_TYPES: Final = frozenset({"application/ms-tnef", "application/vnd.ms-tnef"})
_SIGNATURE: Final = b"\x78\x9f\x3e\x22"
_NAME = 150


def is_tnef(media_type: str, name: str) -> bool:
    return media_type in _TYPES or name.lower() == "winmail.dat"


def unpacked(content: bytes) -> list[MailFile] | None:
    """The files in it and its formatted text as one, often none at all; None where it cannot be read."""
    if not content.startswith(_SIGNATURE):
        return None
    try:
        opened = TNEF(content, do_checksum=False)
        files = [
            MailFile(
                _name(each.long_filename(), number),
                "application/octet-stream",
                bytes(each.data),
                None,
                inline=False,
            )
            for number, each in enumerate(opened.attachments, start=1)
        ]
        html = opened.htmlbody
    except Exception:  # noqa: BLE001 - the library raises whatever its bytes lead it into
        return None
    if html:
        body = html if isinstance(html, bytes) else html.encode()
        files.append(MailFile("message.html", "text/html", body, None, inline=False))
    return files


def _name(name: object, number: int) -> str:
    text = name.decode("utf-8", "replace") if isinstance(name, bytes) else str(name)
    text = clean(text.replace("/", " ").replace("\\", " ")).strip(" .")[-_NAME:]
    return text or f"file-{number}.bin"
