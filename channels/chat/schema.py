"""The protocol as a JSON Schema, made from the types that encode and decode it; ``docs/chat-protocol.schema.json`` is its copy."""

from typing import Any

import msgspec

from channels.chat.wire import WebhookOut
from channels.live import protocol as wire
from channels.live.http import UploadOut
from channels.live.lists import EventsOut, HistoryOut, SuggestionsOut
from channels.live.requests import CodeAsk
from core.web import ErrorAnswer

_SHAPES = {
    "ClientFrame": wire.ClientFrame,
    "ServerFrame": wire.ServerFrame,
    "Webhook": WebhookOut,
    "EventsAnswer": EventsOut,
    "ConversationsAnswer": HistoryOut,
    "SuggestionsAnswer": SuggestionsOut,
    "UploadAnswer": UploadOut,
    "CodeBody": CodeAsk,
    "ConfigAnswer": wire.Config,
    "RefusedAnswer": ErrorAnswer,
}
"""What travels whole, by the name that the schema gives it."""


def schema() -> dict[str, Any]:
    """Draft 2020-12; each shape is ``#/$defs/<name>``."""
    shapes, parts = msgspec.json.schema_components(_SHAPES.values(), ref_template="#/$defs/{name}")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Parley's chat protocol",
        "description": "docs/chat-protocol.md says what each of these is for.",
        "anyOf": [{"$ref": "#/$defs/ClientFrame"}, {"$ref": "#/$defs/ServerFrame"}],
        "$defs": parts | dict(zip(_SHAPES, shapes, strict=True)),
    }
