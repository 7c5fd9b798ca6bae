"""What a test lets go wrong with calls of the Bot API, and the errors that it answers by itself."""

from dataclasses import dataclass, field
from typing import Any, Literal

How = Literal["error", "delay", "hang", "reset", "half", "garbage", "page"]


class ApiError(Exception):
    """An answer that is not ``ok``."""

    def __init__(self, code: int, description: str, **parameters: Any) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters


@dataclass(slots=True)
class Fault:
    """One thing that goes wrong ``times`` times (for ever below zero) with calls of ``method`` (``*`` for each; ``file`` for downloads).

    ``done``: the call has its effect all the same. ``error``: an answer with ``code``, ``description`` and
    ``parameters``; ``page``: an HTML page with ``code``, as a proxy gives; ``garbage``: 200 and no JSON; ``half``: the
    answer breaks off in the middle; ``reset``: the connection breaks; ``hang``: no answer ever; ``delay``: after ``seconds``.
    """

    method: str
    how: How
    times: int = 1
    done: bool = False
    code: int = 500
    description: str = "Internal Server Error"
    parameters: dict[str, Any] = field(default_factory=dict)
    seconds: float = 0.0
    chat: int | None = None

    def meets(self, method: str, chat: int | None) -> bool:
        return (
            self.times != 0
            and self.method.lower() in {"*", method.lower()}
            and (self.chat is None or self.chat == chat)
        )


def too_many(seconds: int) -> ApiError:
    return ApiError(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)
