"""Addresses of stored files that expire: whoever has one may read that file until then, and no other."""

import base64
import hashlib
import hmac
import re
from datetime import timedelta

from core.clock import Clock
from core.errors import Forbidden, NotFound
from core.ids import MediaId

_ID = re.compile(r"[0-9a-z]{8,26}")
_SIGNATURE_BYTES = 16


class Links:
    """``key`` is the installation's secret. An address is good for ``lasts`` at least, twice that at most.

    The end is the same for all addresses made within one such time, so that browsers can keep what they fetched.
    """

    def __init__(self, key: bytes, clock: Clock, lasts: timedelta = timedelta(hours=24)) -> None:
        self._key = key
        self._clock = clock
        self._lasts = int(lasts.total_seconds())

    def url(self, media: MediaId) -> str:
        now = int(self._clock.now().timestamp())
        ends = (now // self._lasts + 2) * self._lasts
        return f"/media/{media}?t={ends:x}.{self._sign(media, ends)}"

    def check(self, media: str, token: str) -> MediaId:
        """Raises NotFound for what is no id, Forbidden (``link``, ``link_expired``) for a token that is not good."""
        if _ID.fullmatch(media) is None:
            raise NotFound("there is no such file")
        written, _, signature = token.partition(".")
        try:
            ends = int(written, 16)
        except ValueError:
            raise Forbidden("this address is not one of ours", code="link") from None
        if not hmac.compare_digest(signature.encode(), self._sign(media, ends).encode()):
            raise Forbidden("this address is not one of ours", code="link")
        if ends < self._clock.now().timestamp():
            raise Forbidden("this address has expired", code="link_expired")
        return MediaId(media)

    def _sign(self, media: str, ends: int) -> str:
        digest = hmac.digest(self._key, f"{media}.{ends:x}".encode(), hashlib.sha256)
        return base64.urlsafe_b64encode(digest[:_SIGNATURE_BYTES]).rstrip(b"=").decode()
