"""Whose fault it is: the tree of errors that cross module boundaries.

ParleyError
├── Rejected          the caller's fault; repeating it changes nothing
│   ├── Invalid       a field is wrong; says which and what was expected
│   ├── NotFound      there is no such thing, or it is not the caller's
│   ├── Forbidden     known, but not allowed
│   ├── Conflict      the state moved on in between
│   ├── TooOften      not now; says when
│   ├── TooSlow       what was sent did not come to its end in time
│   └── TooMuch       working it out took too much time or memory
├── Unavailable       try later
└── Undeliverable     will never work
"""


class ParleyError(Exception):
    """Every error that a module of ours means another to handle."""

    code = "error"

    def __init__(self, message: str, *, code: str | None = None) -> None:
        super().__init__(message)
        if code is not None:
            self.code = code

    def __reduce__(self) -> tuple[object, ...]:
        """Made anew from its message alone, whatever its own ``__init__`` asks for: it crosses to other processes."""
        return _made_anew, (type(self), self.args), self.__dict__


def _made_anew(kind: "type[ParleyError]", args: tuple[object, ...]) -> "ParleyError":
    error = kind.__new__(kind)
    error.args = args
    return error


class Rejected(ParleyError):
    """The caller's fault."""

    code = "rejected"


class Invalid(Rejected):
    """A field of the input is wrong."""

    code = "invalid"

    def __init__(self, field: str, expected: str, *, code: str | None = None) -> None:
        super().__init__(f"{field}: expected {expected}", code=code)
        self.field = field
        self.expected = expected


class NotFound(Rejected):
    """No such thing, or not the caller's to know of."""

    code = "not_found"


class Forbidden(Rejected):
    """The caller is known and may not."""

    code = "forbidden"


class Conflict(Rejected):
    """The state is no longer what the caller took it to be."""

    code = "conflict"


class TooOften(Rejected):
    """More than a limit allows; the same may be tried again after ``retry_after_s`` seconds."""

    code = "rate"

    def __init__(self, retry_after_s: float, what: str = "too often") -> None:
        super().__init__(f"{what}, try again in {max(1, round(retry_after_s))} s")
        self.retry_after_s = retry_after_s


class TooSlow(Rejected):
    """A request of which the rest was not waited for."""

    code = "slow"


class TooMuch(Rejected):
    """Working the input out took more than it may, or killed its process."""

    code = "too_much"


class Unavailable(ParleyError):
    """Something that is needed does not answer; try later.

    With ``retry_after_s`` nothing is wrong: it is only not its turn yet, and waiting so long counts as no attempt.
    """

    code = "unavailable"

    def __init__(self, message: str, *, code: str | None = None, retry_after_s: float | None = None) -> None:
        super().__init__(message, code=code)
        self.retry_after_s = retry_after_s


class Undeliverable(ParleyError):
    """It will never work, whatever is tried."""

    code = "undeliverable"
