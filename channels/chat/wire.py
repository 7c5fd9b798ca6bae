"""What apps and pages send and get: the live protocol; and what an inbox of theirs is configured with."""

import base64
import binascii
from collections.abc import Mapping
from datetime import datetime
from typing import Annotated

import msgspec

from channels.live.config import SECRETS as LIVE_SECRETS
from channels.live.config import LiveConfig, live_config
from channels.live.protocol import ClientFrame, Fact, Say, decode
from core.errors import Invalid
from core.web import invalid

__all__ = [
    "ChatConfig",
    "ClientFrame",
    "LiveConfig",
    "Say",
    "WebhookConfig",
    "chat_config",
    "decode",
    "key_of",
]

SECRETS = (*LIVE_SECRETS, "webhook.secret")
"""Fields of the configuration that are written and never shown."""

_PREFIX = "whsec_"
_LEAST, _MOST = 24, 64


class WebhookConfig(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where events go, and the secret that signs them: ``whsec_`` and 24 to 64 random bytes in base64."""

    url: Annotated[
        str,
        msgspec.Meta(
            max_length=2000,
            pattern=r"^https?://[^\s/?#@]+(?:[/?][^\s#]*)?\Z",
            description="an address such as https://shop.example/parley",
        ),
    ]
    secret: str = ""


class ChatConfig(LiveConfig, frozen=True):
    """``webhook``: where everything that a visitor may see is told, for who prefers being told to asking."""

    webhook: WebhookConfig | None = None


class WebhookOut(msgspec.Struct, frozen=True, tag_field="type", tag="event"):
    """An event as visitors get it, with whose it is: ``user`` is the site's own name for a ``visitor`` who was proven."""

    inbox: str
    visitor: str
    user: str | None
    conversation: str
    n: int
    at: datetime
    event: Fact


def chat_config(config: Mapping[str, object]) -> ChatConfig:
    """Raises Invalid, naming the field."""
    live_config(config)
    try:
        known = msgspec.convert(dict(config), ChatConfig)
    except msgspec.ValidationError as error:
        raise invalid(error, ChatConfig) from None
    if known.webhook is not None:
        key_of(known.webhook)
    return known


def key_of(webhook: WebhookConfig) -> bytes:
    """What signs. Raises Invalid on ``webhook.secret``."""
    try:
        key = base64.b64decode(webhook.secret.removeprefix(_PREFIX), validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if not webhook.secret.startswith(_PREFIX) or not _LEAST <= len(key) <= _MOST:
        raise Invalid("webhook.secret", f"{_PREFIX} and {_LEAST} to {_MOST} random bytes in base64")
    return key
