"""How IMAP is written: names, sets of numbers, and what of an answer is taken; pure."""

import re
from base64 import b64encode
from binascii import Error as Base64Error
from binascii import a2b_base64
from collections.abc import Iterable, Sequence

LAST_UID = 4_294_967_295
Lines = Sequence[bytes | bytearray]
"""An answer as aioimaplib keeps it: lines are bytes, literals are bytearrays, the last line is the tagged one."""

_STARTS = re.compile(rb"(?:\* )?\d+ FETCH \(", re.IGNORECASE)
_UID = re.compile(rb"[( ]UID (\d+)", re.IGNORECASE)
_SIZE = re.compile(rb"[( ]RFC822\.SIZE (\d+)", re.IGNORECASE)
_LITERAL = re.compile(rb"BODY\[[A-Z]*\](?:<\d+>)? \{\d+\}$", re.IGNORECASE)
_QUOTED = re.compile(rb'BODY\[[A-Z]*\](?:<\d+>)? "((?:[^"\\]|\\.)*)"', re.IGNORECASE)
_STRING = re.compile(rb'"(?:[^"\\]|\\.)*"')
_CODE = re.compile(r"\[([A-Z][A-Z0-9-]*)[^\]]*\]\s*")
_NUMBER = {name: re.compile(rb"\[%s (\d+)\]" % name, re.IGNORECASE) for name in (b"UIDVALIDITY", b"UIDNEXT")}
_EXISTS = re.compile(rb"(\d+) EXISTS$", re.IGNORECASE)


def quoted(text: str) -> str:
    """A quoted string; line breaks and NUL cannot be said in one."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def folder_name(name: str) -> str:
    """As a mailbox name goes over the wire: modified UTF-7 (RFC 3501, section 5.1.3), quoted.

    >>> folder_name("客户 & Co")
    '"&W6JiNw- &- Co"'
    """
    return quoted("".join(_encoded(run) for run in re.findall(r"[\x20-\x7e]+|[^\x20-\x7e]+", name)))


def _encoded(run: str) -> str:
    if " " <= run[0] <= "~":
        return run.replace("&", "&-")
    return "&" + b64encode(run.encode("utf-16-be")).decode().rstrip("=").replace("/", ",") + "-"


def uid_set(uids: Iterable[int]) -> str:
    """``1:3,7`` for 1, 2, 3 and 7."""
    runs: list[list[int]] = []
    for uid in sorted(set(uids)):
        if runs and runs[-1][1] == uid - 1:
            runs[-1][1] = uid
        else:
            runs.append([uid, uid])
    return ",".join(str(first) if first == last else f"{first}:{last}" for first, last in runs)


def depth(line: bytes) -> int:
    """How many more brackets a line opens than it closes; those in quoted strings are text."""
    if b'"' in line:
        line = _STRING.sub(b"", line)
    return line.count(b"(") - line.count(b")")


def starts_a_mail(line: bytes) -> bool:
    return _STARTS.match(line) is not None


def found_uids(lines: Lines, after: int) -> list[int]:
    """Of a SEARCH, in rising order. ``n:*`` always finds the last mail, even one before n."""
    words = [word for line in lines[:-1] if isinstance(line, bytes) for word in line.split()]
    return sorted({int(word) for word in words if word.isdigit() and after < int(word) <= LAST_UID})


def sizes(lines: Lines) -> dict[int, int]:
    """RFC822.SIZE by UID."""
    found: dict[int, int] = {}
    for texts, _ in _mails(lines):
        told = b" ".join(texts)
        uid, size = _UID.search(told), _SIZE.search(told)
        if uid and size:
            found[int(uid[1])] = int(size[1])
    return found


def bodies(lines: Lines) -> dict[int, bytes]:
    """What was asked for with ``BODY.PEEK[…]`` by UID; a mail whose body the server does not tell is left out."""
    found: dict[int, bytes] = {}
    for texts, body in _mails(lines):
        uid = _UID.search(_STRING.sub(b'""', b" ".join(texts)))
        if uid and (content := body if body is not None else _short_body(texts)) is not None:
            found[int(uid[1])] = content
    return found


def _mails(lines: Lines) -> Iterable[tuple[list[bytes], bytes | None]]:
    """Each mail of an answer: its lines without the literals, and the literal that is its body."""
    texts: list[bytes] = []
    body: bytes | None = None
    for line in lines[:-1]:
        if isinstance(line, bytearray):
            if texts and _LITERAL.search(texts[-1]):
                body = bytes(line)
        elif starts_a_mail(line):
            if texts:
                yield texts, body
            texts, body = [line], None
        elif texts:
            texts.append(line)
    if texts:
        yield texts, body


def _short_body(texts: Iterable[bytes]) -> bytes | None:
    """Some servers write an empty or tiny mail as a quoted string."""
    for line in texts:
        if quoted_body := _QUOTED.search(line):
            return re.sub(rb"\\(.)", rb"\1", quoted_body[1])
    return None


def number(name: bytes, lines: Lines) -> int | None:
    """UIDVALIDITY or UIDNEXT, as an opened folder tells it."""
    for line in lines:
        if isinstance(line, bytes) and (told := _NUMBER[name].search(line)):
            return int(told[1])
    return None


def exists(line: bytes) -> int | None:
    """How many mails there are, where a line says so."""
    told = _EXISTS.match(line.removeprefix(b"* "))
    return int(told[1]) if told else None


def capabilities(lines: Lines) -> frozenset[str]:
    """In upper case."""
    return frozenset(
        word.upper()
        for line in lines[:-1]
        if isinstance(line, bytes)
        for word in line.decode("ascii", "replace").split()
    )


def words(line: bytes) -> str:
    """The server's own words, without its codes, short enough to show."""
    return _CODE.sub("", line.decode("utf-8", "replace")).strip()[:300]


def codes(line: bytes) -> frozenset[str]:
    """Response codes (RFC 5530), such as AUTHENTICATIONFAILED."""
    return frozenset(_CODE.findall(line.decode("utf-8", "replace").upper()))


def from_base64(text: bytes) -> bytes:
    """Empty where it is not base64."""
    try:
        return a2b_base64(text)
    except Base64Error:
        return b""
