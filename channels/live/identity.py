"""Who a visitor is by the word of their site: a token that it signed (JWT, HS256), believed only as far as it proves."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated, Any

import jwt
import msgspec

from channels.addresses import mail_address
from core.errors import Invalid
from core.ids import InboxId

ALGORITHM = "HS256"
"""The only one: a token does not choose how it is checked."""

SECRET_BYTES = 32
"""As long as what HS256 makes of it (RFC 7518, section 3.2)."""
MOST_SECRETS = 2
_TOKEN = re.compile(r"[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+){2}")
_CLAIMS = "sub (1 to 200 characters) and exp in the token, and what else it says in the right form"
_FORM = f"a token signed with {ALGORITHM} by a secret of this inbox"


@dataclass(frozen=True, slots=True)
class Window:
    """``ahead``: how far away a token's end may be at most. ``leeway``: how far the site's clock may be off."""

    ahead: timedelta
    leeway: timedelta


@dataclass(frozen=True, slots=True)
class Claims:
    """What a token proved: ``user`` is the site's own name for them. ``email`` is theirs only if ``email_proven``."""

    user: str
    name: str | None = None
    email: str | None = None
    email_proven: bool = False
    phone: str | None = None


_Line = Annotated[str, msgspec.Meta(max_length=200)]


class _Payload(msgspec.Struct, frozen=True):
    sub: Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
    exp: int | float
    nbf: int | float = 0
    aud: str | tuple[str, ...] | None = None
    name: _Line | None = None
    email: Annotated[str, msgspec.Meta(max_length=320)] | None = None
    email_verified: bool = False
    phone: _Line | None = None


def read_identity(
    token: str, secrets: Sequence[str], inbox: InboxId, now: datetime, window: Window
) -> Claims:
    """What it proves in this inbox. Raises Invalid ``identity``, saying what was expected of it."""
    if not secrets:
        raise _refused("none, because this inbox has no secret to check it with")
    payload = _payload(token, secrets)
    if payload.aud is not None and inbox not in (
        (payload.aud,) if isinstance(payload.aud, str) else payload.aud
    ):
        raise _refused("a token whose aud is the id of this inbox")
    seconds, leeway = now.timestamp(), window.leeway.total_seconds()
    # Written so that what is no number at all is refused too.
    if not payload.exp > seconds - leeway:
        raise _refused("a token that has not expired")
    if not payload.exp <= seconds + window.ahead.total_seconds() + leeway:
        raise _refused(f"a token that expires within {window.ahead}")
    if not payload.nbf <= seconds + leeway:
        raise _refused("a token that is valid already")
    return _claims(payload)


def _payload(token: str, secrets: Sequence[str]) -> _Payload:
    if _TOKEN.fullmatch(token) is None:
        raise _refused(_FORM)
    for secret in secrets:
        try:
            content = _decoded(token, secret)
        except jwt.InvalidSignatureError:
            continue
        except jwt.MissingRequiredClaimError as error:
            raise _refused(_CLAIMS) from error
        except jwt.InvalidTokenError as error:
            raise _refused(_FORM) from error
        try:
            return msgspec.convert(content, _Payload)
        except msgspec.ValidationError as error:
            raise _refused(_CLAIMS) from error
    raise _refused(_FORM)


def _decoded(token: str, secret: str) -> Mapping[str, Any]:
    """Times and audience are checked by us: by the clock that we are given, and the audience only where there is one."""
    return jwt.decode(
        token,
        secret.encode(),
        algorithms=[ALGORITHM],
        options={
            "require": ["exp", "sub"],
            "verify_exp": False,
            "verify_nbf": False,
            "verify_iat": False,
            "verify_aud": False,
            "enforce_minimum_key_length": True,
        },
    )


def _claims(payload: _Payload) -> Claims:
    if not payload.sub.isprintable() or payload.sub != payload.sub.strip():
        # Two spellings of one name must not be taken for two, nor two names for one.
        raise _refused("a sub without blanks around it and without control characters")
    try:
        email = None if payload.email is None else mail_address(payload.email)
    except Invalid:
        raise _refused("an e-mail address such as name@example.com as email in the token") from None
    return Claims(
        user=payload.sub,
        name=_clean(payload.name or "") or None,
        email=email,
        email_proven=email is not None and payload.email_verified,
        phone=_clean(payload.phone or "") or None,
    )


def _clean(text: str) -> str:
    return "".join(each for each in text if each.isprintable()).strip()


def no_identity() -> Invalid:
    """Nobody is let in here without."""
    return _refused(_FORM)


def _refused(expected: str) -> Invalid:
    return Invalid("identity", expected, code="identity")
