"""What can be wrong with a mailbox, said so that a person knows which part of its configuration to look at."""

from typing import Literal

from channels.email.imap_wire import Lines, codes, words
from core.errors import Unavailable

Step = Literal["name", "port", "tls", "password", "folder"]


class ImapFailed(Unavailable):
    """The connection is of no more use. ``code`` is one of

    lost (it ended), too_slow, too_much (more bytes than allowed), garbled (no IMAP), refused (NO or BAD).
    """


class ConnectFailed(ImapFailed):
    """The mailbox could not be opened; ``step`` names the part that is wrong, ``detail`` says how, in others' words."""

    def __init__(self, step: Step, code: str, detail: str) -> None:
        super().__init__(f"{step}: {detail}", code=code)
        self.step: Step = step
        self.detail = detail


class Refused(ImapFailed):
    """The server answered NO or BAD: its words, its codes (RFC 5530), and what it answered before that."""

    code = "refused"

    def __init__(self, command: str, lines: Lines) -> None:
        last = bytes(lines[-1]) if lines else b""
        self.said = words(last)
        super().__init__(f"{command}: {self.said}")
        self.codes = codes(last)
        self.lines = lines
