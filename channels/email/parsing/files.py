"""The files of a mail: named safely, counted against the limits, what is nested in them left as it is."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from channels.email.mail import MailFile
from channels.email.parsing.headers import read_headers, split_head
from channels.email.parsing.parts import MimePart, Reader
from channels.email.parsing.tnef import is_tnef, unpacked
from channels.email.parsing.transfer import undo
from channels.email.parsing.words import clean, decoded

_NAME = 150
_UNSAFE: Final = re.compile(r'[/\\:*?"<>|\s]+')
_ENDINGS: Final = {
    "message/rfc822": ".eml",
    "message/global": ".eml",
    "message/delivery-status": ".txt",
    "message/disposition-notification": ".txt",
    "text/rfc822-headers": ".txt",
    "text/plain": ".txt",
    "text/html": ".html",
    "text/calendar": ".ics",
    "text/csv": ".csv",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/gif": ".gif",
    "image/webp": ".webp",
    "application/pdf": ".pdf",
    "application/zip": ".zip",
    "application/pgp-signature": ".asc",
    "application/pgp-encrypted": ".asc",
    "application/pgp-keys": ".asc",
    "application/pkcs7-signature": ".p7s",
    "application/x-pkcs7-signature": ".p7s",
    "application/pkcs7-mime": ".p7m",
    "application/x-pkcs7-mime": ".p7m",
    "application/ms-tnef": ".dat",
}
_WHOLE: Final = frozenset({"message/rfc822", "message/global"})


def read_files(parts: Iterable[MimePart], shown: frozenset[str], reader: Reader) -> tuple[MailFile, ...]:
    """``shown``: the content ids that the HTML names, whose files belong into it."""
    files: list[MailFile] = []
    size = 0
    for file in _files(parts, shown, reader):
        if len(files) >= reader.limits.files or size + len(file.content) > reader.limits.file_bytes:
            reader.note("files")
            break
        size += len(file.content)
        files.append(file)
    return tuple(files)


def _files(parts: Iterable[MimePart], shown: frozenset[str], reader: Reader) -> Iterator[MailFile]:
    for number, part in enumerate(parts, start=1):
        content = content_of(part, reader)
        name = _name(part, content, number, reader)
        if is_tnef(part.media_type, name):
            inside = unpacked(content)
            if inside:
                yield from inside
                continue
            if inside is None:
                reader.note("tnef")
        cid = "".join(clean(part.headers.get("content-id")).split()).strip("<>")[:_NAME] or None
        inline = cid in shown or (
            part.media_type.startswith("image/") and part.disposition[0] == "inline" and not shown
        )
        yield MailFile(name, part.media_type, content, cid, inline)


def content_of(part: MimePart, reader: Reader) -> bytes:
    """Out of its encoding; a mail in a mail stays as it came, where its encoding allows."""
    encoding = part.headers.get("content-transfer-encoding")
    if part.media_type in _WHOLE and encoding.strip().lower() != "base64":
        return part.body
    content, repaired = undo(part.body, encoding)
    if repaired:
        reader.note("encoding")
    return content


def _name(part: MimePart, content: bytes, number: int, reader: Reader) -> str:
    _, parameters = part.disposition
    given = parameters.get("filename") or part.parameters.get("name") or ""
    if not given and part.media_type in _WHOLE:
        given = _subject(content, reader)
        given = f"{given}.eml" if given else ""
    if not given:
        given = part.headers.words("content-description")
        given = given if "." in given else ""
    return safe_name(decoded(given)) or f"file-{number}{_ENDINGS.get(part.media_type, '.bin')}"


def _subject(content: bytes, reader: Reader) -> str:
    head, _ = split_head(content[: reader.limits.header_bytes])
    return read_headers(head, reader.limits)[0].words("subject")[:80]


def safe_name(name: str) -> str:
    """No path, no control characters, no dots at its ends; the ending survives where it is long."""
    name = _UNSAFE.sub(" ", clean(name)).strip(" .")
    if len(name) <= _NAME:
        return name
    stem, dot, ending = name.rpartition(".")
    return f"{stem[: _NAME - 12]}{dot}{ending[:10]}" if dot else name[:_NAME]
