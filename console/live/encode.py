"""Frames of the live socket as bytes; each is encoded once, for everybody who gets it."""

from collections.abc import Callable, Sequence

import msgspec

from console.queries.messages import Link
from console.queries.timeline import live_events
from console.wire.live import EventFrame, ServerFrame
from core.events import Recorded
from core.store.tx import Tx
from core.stream import Frame

_encoder = msgspec.json.Encoder()


def encode(frame: ServerFrame) -> bytes:
    return _encoder.encode(frame)


def renderer(link: Link) -> Callable[[Tx, Sequence[Recorded]], list[Frame]]:
    """For ``core.stream.Hub``."""

    def render(tx: Tx, recorded: Sequence[Recorded]) -> list[Frame]:
        return [
            Frame(each.n, encode(EventFrame(each.topic, each.n, each.at, event)))
            for each, event in live_events(tx, recorded, link)
        ]

    return render
