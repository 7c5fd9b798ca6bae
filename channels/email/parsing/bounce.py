"""Delivery reports: what became of which mail of ours, by RFC 3464 or by the words that mail servers use instead.

No library does this whole: flufl.bounce finds the addresses, not the server's words nor the mail, and parses the mail
a second time.
"""

import re
from collections.abc import Sequence
from typing import Final

from channels.email.mail import Bounce

_STATUS: Final = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.])")
_REPLY: Final = re.compile(r"(?<![\d.])([45]\d\d)[ -](?=\S)")
_ADDRESS: Final = re.compile(
    r"[A-Za-z0-9_.+=!#$%&'*/?^`{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}"
)
_FIELD: Final = re.compile(r"^([A-Za-z-]{2,40}):[ \t]*(.*(?:\n[ \t].*)*)", re.MULTILINE)
_ID: Final = re.compile(r"^Message-ID:\s*<?([^<>\s]{1,500})>?", re.IGNORECASE | re.MULTILINE)
_WORDS = 1_000
_ACTIONS: Final = {
    "failed": "failed",
    "delayed": "delayed",
    "delivered": "delivered",
    "relayed": "delivered",
    "expanded": "delivered",
}
_FAILED: Final = re.compile(
    r"could not be delivered|couldn't be delivered|wasn't delivered|was not delivered|undeliverable|permanent (?:fatal )?error|"
    r"delivery (?:to the following recipients? )?(?:has )?failed|failed permanently|returned to (?:the )?sender|"
    r"unable to deliver|wasn't able to deliver|not able to deliver|address(?:es)? (?:failed|not found)|"
    r"user (?:unknown|not found|doesn't exist)|no such (?:user|mailbox|person)|mailbox (?:full|unavailable|not found)|"
    r"recipient (?:rejected|not found|unknown)|had permanent fatal errors|did not reach|"
    r"退信|无法投递|投递失败|无法送达|未能送达|不存在|被拒绝|拒收|邮箱已满|發送失敗|傳送失敗",
    re.IGNORECASE,
)
_DELAYED: Final = re.compile(
    r"(?:has|have) (?:been delayed|not yet been delivered)|delivery (?:is|has been) delayed|will (?:be retried|continue to|keep) try"
    r"|warning message only|temporarily deferred|还未投递成功|延迟投递|投递延迟|will retry",
    re.IGNORECASE,
)
_RECIPIENT: Final = re.compile(
    r"(?:^<(?P<qmail>[^<>\s@]{1,64}@[^<>\s]{1,253})>:|"
    r"(?:recipients?|address(?:es)?|delivered to|delivery to|收件人|收信人|无法发送到|未能送达|发送到)"
    r"[^\n@<]{0,80}?[\s<:：（(]{1,40}(?P<said>[A-Za-z0-9_.+=-]{1,64}@[A-Za-z0-9.-]{1,253}))",
    re.IGNORECASE | re.MULTILINE,
)


def from_report(status: str, original: str) -> Bounce | None:
    """From a message/delivery-status body and the headers of the mail it is about (each may be empty)."""
    groups = [_fields(group) for group in re.split(r"\n[ \t]*\n", status.strip()) if group.strip()]
    recipients = [group for group in groups if "final-recipient" in group or "action" in group]
    if not recipients:
        return None
    worst = min(recipients, key=_how_bad)
    action = worst.get("action", "failed").split()[0:1]
    outcome = _ACTIONS.get(action[0].lower() if action else "failed", "failed")
    code = _STATUS.search(worst.get("status", ""))
    diagnostic = _typed(worst.get("diagnostic-code", "")) or worst.get("status", "")
    return Bounce(
        outcome,
        _address(worst.get("original-recipient", "")) or _address(worst.get("final-recipient", "")),
        code[1] if code else None,
        diagnostic[:_WORDS],
        original_id(original),
    )


def _how_bad(group: dict[str, str]) -> int:
    action = group.get("action", "failed").strip().lower()
    return ("failed", "delayed").index(action) if action in {"failed", "delayed"} else 2


def _fields(group: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for each in _FIELD.finditer(group):
        found.setdefault(each[1].lower(), " ".join(each[2].split()))
    return found


def _typed(value: str) -> str:
    """`smtp; 550 no such user` without its type."""
    kind, mark, rest = value.partition(";")
    return rest.strip() if mark and " " not in kind.strip() else value.strip()


def _address(value: str) -> str | None:
    found = _ADDRESS.search(value.partition(";")[2] or value)
    return found[0].lower() if found else None


def original_id(headers: str) -> str | None:
    found = _ID.search(headers)
    return found[1] if found else None


def from_text(text: str, failed: Sequence[str], original: str) -> Bounce | None:
    """From the words of a server that knows no RFC 3464; ``failed``: the addresses of X-Failed-Recipients."""
    said, returned = _apart(text)
    delayed = _DELAYED.search(said) is not None
    if not failed and not delayed and _FAILED.search(said) is None:
        return None
    recipient = _address(failed[0]) if failed else _recipient(said)
    code = _STATUS.search(said)
    return Bounce(
        "delayed" if delayed else "failed",
        recipient,
        code[1] if code else None,
        _diagnostic(said),
        original_id(original) or original_id(returned),
    )


_RETURNED: Final = re.compile(
    r"^[ \t]*(?:-{2,}[^\n]{0,80}(?:original|copy of|returned|message|邮件)[^\n]{0,80}|"
    r"(?:Original message headers|Received|Return-Path|Message-ID):[^\n]*)$",
    re.IGNORECASE | re.MULTILINE,
)


def _apart(text: str) -> tuple[str, str]:
    """What the server says, and the mail that it sends back below."""
    found = _RETURNED.search(text)
    return (text[: found.start()], text[found.start() :]) if found else (text, "")


def _recipient(said: str) -> str | None:
    found = _RECIPIENT.search(said)
    if found is not None:
        return _address(found["qmail"] or found["said"])
    loose = [
        each.lower()
        for each in _ADDRESS.findall(said)
        if not each.lower().startswith(("postmaster@", "mailer-daemon@"))
    ]
    return loose[0] if loose else None


def _diagnostic(said: str) -> str:
    """The line with the server's own code, with what is left of its paragraph; otherwise the paragraph that complains."""
    paragraphs = [" ".join(each.split()) for each in re.split(r"\n\s*\n", said) if each.strip()]
    for pattern in (_STATUS, _REPLY, _FAILED, _DELAYED):
        for paragraph in paragraphs:
            if pattern.search(paragraph):
                return paragraph[:_WORDS]
    return paragraphs[0][:_WORDS] if paragraphs else ""
