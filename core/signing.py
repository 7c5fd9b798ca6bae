"""Signs what a webhook carries, as Standard Webhooks says: HMAC-SHA256 over id, time and body."""

import base64
import hashlib
import hmac
from collections.abc import Mapping
from datetime import datetime


def signed(key: bytes, id: str, at: datetime, body: bytes) -> Mapping[str, str]:
    """The headers that prove ``body`` to who has the key; ``id`` is the same in each repeat and holds no dot."""
    seconds = str(int(at.timestamp()))
    signature = hmac.new(key, f"{id}.{seconds}.".encode() + body, hashlib.sha256).digest()
    return {
        "webhook-id": id,
        "webhook-timestamp": seconds,
        "webhook-signature": f"v1,{base64.b64encode(signature).decode()}",
    }
