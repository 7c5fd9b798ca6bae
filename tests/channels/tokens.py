"""Tokens as a site signs them for its users, and as somebody would who is not the site."""

import base64
import hashlib
import hmac
import json
from datetime import datetime
from typing import Any

from tests.builders import MORNING

SECRET = "s" * 16 + "0123456789abcdef"
NEXT = "n" * 16 + "0123456789abcdef"
HOUR = 3600


def encoded(value: object) -> str:
    data = value if isinstance(value, bytes) else json.dumps(value).encode()
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def a_token(
    user: str | None = "u1",
    *,
    secret: str = SECRET,
    at: datetime = MORNING,
    header: object = None,
    **claims: Any,
) -> str:
    """Written out by hand, so that it can be wrong in every way; a claim that is None is left out."""
    content = {"sub": user, "exp": int(at.timestamp()) + HOUR} | claims
    body = {name: value for name, value in content.items() if value is not None}
    signed = f"{encoded(header or {'alg': 'HS256', 'typ': 'JWT'})}.{encoded(body)}"
    signature = hmac.new(secret.encode(), signed.encode(), hashlib.sha256).digest()
    return f"{signed}.{encoded(signature)}"


def unsigned(**claims: Any) -> str:
    """``alg`` none: nothing proves anything."""
    whole = a_token(header={"alg": "none", "typ": "JWT"}, **claims)
    return whole.rpartition(".")[0] + "."


def tampered() -> str:
    """Another user's name under the first one's signature."""
    head, _, signature = a_token("u1").split(".")
    body = a_token("boss").split(".")[1]
    return f"{head}.{body}.{signature}"


def rs256_with_the_secret() -> str:
    """Claims an algorithm with public keys, in the hope that the secret is taken for one."""
    return a_token(header={"alg": "RS256", "typ": "JWT"})


def forged() -> dict[str, str]:
    """Each way not to be let in, by its name."""
    now = int(MORNING.timestamp())
    return {
        "another secret": a_token(secret="x" * 32),
        "no signature": unsigned(),
        "an empty signature": a_token().rpartition(".")[0] + ".",
        "alg none in capitals": unsigned().replace(
            encoded({"alg": "none", "typ": "JWT"}), encoded({"alg": "None"})
        ),
        "another algorithm": rs256_with_the_secret(),
        "HS512": a_token(header={"alg": "HS512"}),
        "no algorithm": a_token(header={"typ": "JWT"}),
        "something critical that nobody knows": a_token(header={"alg": "HS256", "crit": ["x"], "x": 1}),
        "a changed body": tampered(),
        "expired": a_token(exp=now - 31),
        "for ever": a_token(exp=now + 100 * 365 * 24 * HOUR),
        "no end": a_token(exp=None),
        "an end that is no number": a_token(exp="tomorrow"),
        "an end that is infinite": a_token(exp=float("inf")),
        "an end that is not a number": a_token(exp=float("nan")),
        "not yet valid": a_token(nbf=now + 60),
        "another audience": a_token(aud="other"),
        "several other audiences": a_token(aud=["other", "web2"]),
        "nobody": a_token(None),
        "an empty name": a_token(""),
        "a blank name": a_token(" u1"),
        "a name with a control character": a_token("u1\x00"),
        "a long name": a_token("u" * 201),
        "a name that is a number": a_token(7),  # type: ignore[arg-type]
        "an e-mail that is none": a_token(email="not an address"),
        "no JSON inside": f"{encoded({'alg': 'HS256'})}.{encoded(b'nothing')}.x",
        "a list inside": a_token(header=[1]),
        "a header as deep as it is long": f"{encoded(b'[' * 2500)}.e30.x",
        "no token": "hello",
        "blanks": f" {a_token()}",
        "five parts": f"{a_token()}.a.b",
    }
