"""Who did what to accounts and settings: one line of the log named ``audit`` for each, by ids."""

import logging

log = logging.getLogger("audit")


def record(what: str, *, by: str | None, address: str | None = None, **about: str | None) -> None:
    """``what`` in the past tense; ``by`` is an agent's id, ``about`` names what it was done to, by id."""
    known = {name: value for name, value in about.items() if value is not None}
    words = " ".join(f"{name}={value}" for name, value in known.items())
    extra = {"what": what, "by": by, "address": address, **{f"about_{name}": v for name, v in known.items()}}
    log.info("%s by=%s %s", what, by or "nobody", words, extra=extra)
