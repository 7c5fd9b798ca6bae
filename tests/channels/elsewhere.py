"""A line that stands elsewhere, as with several processes: transactions are told to ask first."""

from functools import partial
from typing import Any

import pytest

from channels.pacing import AskFirst, Granted


def stands_elsewhere(monkeypatch: pytest.MonkeyPatch, owner: type[Any]) -> None:
    """The same line as ``owner.wait_s``, asked between two transactions."""
    here, granted = owner.wait_s, Granted()

    async def grant(turns: Any, *asked: object) -> float:
        wait_s: float = here(turns, *asked)
        if not wait_s:
            granted.note(repr(asked))
        return wait_s

    def wait_s(turns: Any, *asked: object) -> float:
        if granted.use(repr(asked)):
            return 0.0
        raise AskFirst(partial(grant, turns, *asked))

    monkeypatch.setattr(owner, "wait_s", wait_s)
