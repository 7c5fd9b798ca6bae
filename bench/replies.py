"""What a person wrote, apart from quotes and signature: ours beside three libraries, on `--data` and on Chinese layouts.

A row counts where the written part is right to the letter, white space aside. Rows whose sha1(name) begins with 0 to 7
were for developing; the others were held back, their first result is in docs/benchmarks.md. `reply_labels.json` says,
as line numbers, what was written where the data only hold the mail; two rows of the data count the signature as written
and are corrected here (CORRECTED). The Chinese layouts are tests/channels/email/replies/chinese.
"""

import email
import email.policy
import re
import signal
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from types import FrameType

import email_reply_parser
import mailparser_reply
import msgspec
import quotequail
from mailparser_reply.constants import MAIL_LANGUAGES

from bench.faq import is_test, rows
from bench.harness import Aim, Options, Result, percentile
from channels.email.replies.markup import read_html
from channels.email.replies.split import split

LABELS = Path(__file__).parent / "reply_labels.json"
CHINESE = Path(__file__).parents[1] / "tests" / "channels" / "email" / "replies" / "chinese"
CORRECTED = {"talon-iphone": "Hello", "talon-sparrow": "Hello"}
SECONDS = 20
MS_A_MAIL = 1.0
_PREFIX = re.compile(r"^(?:github_erp|zapier_erp|talon-html|talon-sig|talon)-")

Reader = Callable[["Mail"], str]


class Row(msgspec.Struct):
    id: str
    source: str
    kind: str
    input: str
    expected_reply: str | None = None
    expected_signature: str | None = None


class Layout(msgspec.Struct):
    id: str
    written: str
    subject: str = ""
    text: str = ""
    html: str | None = None
    eml: str | None = None


@dataclass(frozen=True, slots=True)
class Mail:
    name: str
    subject: str
    text: str
    html: str | None
    written: str

    @property
    def plain(self) -> str:
        """What a library that reads no HTML is given."""
        return self.text or "\n".join(read_html(self.html or "")[0])


class _TooLong(Exception):
    pass


def measure(options: Options) -> Result:
    if options.data is None:
        raise RuntimeError("--data DIR is needed, with mail/reply_strip.jsonl in it")
    sets = {
        "reply_strip": _read_strip(options.data / "mail" / "reply_strip.jsonl"),
        "chinese": read_chinese(),
    }
    figures: dict[str, object] = {}
    aims: dict[str, Aim] = {}
    for name, mails in sets.items():
        right = {reader: _right(read, mails) for reader, read in READERS.items()}
        held = {mail.name for mail in mails if is_test(_base(mail.name))}
        figures[name] = {
            reader: {
                "right": f"{len(found)} of {len(mails)}",
                "share": round(len(found) / len(mails), 3),
                "held_back": round(len(found & held) / len(held), 3),
            }
            for reader, found in right.items()
        }
        best = max(len(found) for reader, found in right.items() if reader != "ours")
        aims[f"{name}: more are right than with any of the libraries"] = Aim.at_least(
            len(right["ours"]), best + 1
        )
        times = _times(mails)
        figures[f"{name}_ms"] = {
            "p50": round(percentile(times, 0.5), 3),
            "p90": round(percentile(times, 0.9), 3),
        }
        aims[f"{name}: CPU a mail, p90"] = Aim.at_most(percentile(times, 0.9), MS_A_MAIL, " ms")
    return Result({"sets": {name: len(mails) for name, mails in sets.items()}}, figures, aims)


def _read_strip(path: Path) -> list[Mail]:
    labels = msgspec.json.decode(LABELS.read_bytes(), type=dict[str, list[tuple[int, int]]])
    return [_mail(row, labels) for row in rows(path, Row)]


def _mail(row: Row, labels: Mapping[str, Sequence[tuple[int, int]]]) -> Mail:
    source = row.input.replace("#sig#", "")
    text, html = source, None
    if row.kind == "eml":
        text, html = _bodies(email.message_from_string(row.input, policy=email.policy.default))
    elif row.kind == "html":
        text, html = "", row.input
    written = CORRECTED.get(row.id, row.expected_reply)
    if written is None and row.expected_signature is not None:
        written = source.rstrip().removesuffix(row.expected_signature.replace("#sig#", "").rstrip())
    elif written is None:
        lines = source.split("\n")
        written = "\n".join(line for first, last in labels[_base(row.id)] for line in lines[first - 1 : last])
    return Mail(row.id, "", text, html, written)


def _base(name: str) -> str:
    return _PREFIX.sub("", name)


def read_chinese() -> list[Mail]:
    return [_layout(each) for each in rows(CHINESE / "cases.jsonl", Layout)]


def _layout(case: Layout) -> Mail:
    if case.eml is None:
        return Mail(case.id, case.subject, case.text, case.html, case.written)
    parsed = email.message_from_bytes((CHINESE / case.eml).read_bytes(), policy=email.policy.default)
    return Mail(case.id, str(parsed["Subject"]), *_bodies(parsed), case.written)


def _bodies(parsed: EmailMessage) -> tuple[str, str | None]:
    text, html = parsed.get_body(("plain",)), parsed.get_body(("html",))
    return text.get_content() if text else "", html.get_content() if html else None


def ours(mail: Mail) -> str:
    return split(mail.text, mail.html, subject=mail.subject).written


def _quotequail(mail: Mail) -> str:
    if mail.text:
        return _shown(quotequail.quote(mail.text, quote_intro_line=True))
    return "\n".join(read_html(_shown(quotequail.quote_html(mail.html or "", quote_intro_line=True)))[0])


def _shown(parts: Sequence[tuple[bool, str]]) -> str:
    return "\n".join(text for expanded, text in parts if expanded)


def _email_reply_parser(mail: Mail) -> str:
    return str(email_reply_parser.EmailReplyParser.parse_reply(mail.plain))


def _mail_parser_reply(mail: Mail) -> str:
    found = mailparser_reply.EmailReplyParser(languages=list(MAIL_LANGUAGES)).read(mail.plain)
    return found.replies[0].body if found.replies else ""


READERS: Mapping[str, Reader] = {
    "ours": ours,
    "quotequail": _quotequail,
    "email-reply-parser": _email_reply_parser,
    "mail-parser-reply": _mail_parser_reply,
}


def _right(read: Reader, mails: Sequence[Mail]) -> set[str]:
    return {mail.name for mail in mails if same(_in_time(read, mail), mail.written)}


def same(found: str, written: str) -> bool:
    """White space aside: mail programs break Chinese lines anywhere, so none of it counts."""
    return "".join(found.split()) == "".join(written.split())


def _in_time(read: Reader, mail: Mail) -> str:
    """An empty answer where a library takes longer than SECONDS or fails."""
    previous = signal.signal(signal.SIGALRM, _ring)
    signal.alarm(SECONDS)
    try:
        return read(mail)
    except Exception:  # noqa: BLE001 (whatever a library raises, its answer is not right)
        return ""
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, previous)


def _ring(number: int, frame: FrameType | None) -> None:
    raise _TooLong


def _times(mails: Sequence[Mail]) -> list[float]:
    """Milliseconds of CPU for each mail."""
    times = []
    for mail in mails:
        began = time.thread_time()
        ours(mail)
        times.append((time.thread_time() - began) * 1000)
    return times
