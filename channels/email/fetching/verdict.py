"""What may become of a mail, and the words for it."""

from dataclasses import dataclass

from channels.contract import TakenState
from channels.email.mail import Address
from core.ids import MessageId


@dataclass(frozen=True, slots=True)
class Verdict:
    """A state and why, in a short name and in words; ``message`` where it became one."""

    state: TakenState
    code: str | None = None
    reason: str | None = None
    message: MessageId | None = None
    sender: Address | None = None


def quarantined(code: str, reason: str) -> Verdict:
    return Verdict(TakenState.QUARANTINED, code, reason)


def set_aside(code: str, reason: str) -> Verdict:
    return Verdict(TakenState.SET_ASIDE, code, reason)


def done(message: MessageId | None, code: str | None = None) -> Verdict:
    return Verdict(TakenState.DONE, code, None, message)


OWN = set_aside("own", "It came from this installation itself.")
BEFORE_START = set_aside(
    "before_start",
    "It was in the mailbox before this inbox began to take new mail; the server has numbered its mails anew.",
)
LIST = set_aside("list", "A mailing list sent it, and this inbox sets those aside.")
AUTO_REPLY = set_aside("auto_reply", "A program answered by itself, and to no conversation here.")
REPORT = set_aside("report", "A delivery report about a mail that is not one of ours.")
NO_SENDER = quarantined("no_sender", "It names no sender, so nobody could be answered.")


def held(limit: int) -> Verdict:
    return Verdict(
        TakenState.HELD,
        "too_many",
        f"Its sender sent more than {limit} mails within an hour, the most that this inbox takes.",
    )
