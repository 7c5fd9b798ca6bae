"""The refusals of the door: not signed in, too often, a request that another page may have forged."""

from core.errors import Forbidden, Rejected


class SignedOut(Rejected):
    """Nobody is signed in; ``why`` is what the metrics count: missing, unknown, expired, revoked or inactive."""

    code = "signed_out"

    def __init__(self, why: str) -> None:
        super().__init__("sign in first")
        self.why = why


class WrongPassword(Rejected):
    """The same for an account that is not there."""

    code = "wrong_password"

    def __init__(self) -> None:
        super().__init__("there is no account with this address and password")


class Forged(Forbidden):
    """No CSRF token of this session, or another Origin."""

    code = "csrf"
