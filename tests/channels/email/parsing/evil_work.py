"""What a worker may come to while it parses: run in worker processes in place of the parser."""

import os
import signal
from collections.abc import Sequence
from pathlib import Path

from channels.email.mail import ParsedMail, Unparsable
from channels.email.parsing.limits import ParseLimits
from channels.email.parsing.worker import parse_batch


def misbehave(raws: Sequence[bytes], limits: ParseLimits) -> list[ParsedMail | Unparsable]:
    """Parses, unless a mail says what to do instead."""
    for raw in raws:
        if raw == b"die":
            os.kill(os.getpid(), signal.SIGKILL)
        elif raw.startswith(b"hang"):
            if at := raw.removeprefix(b"hang").strip():
                Path(at.decode()).write_text("begun", encoding="ascii")
            signal.pause()
    return parse_batch(raws, limits)
