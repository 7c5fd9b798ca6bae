"""Signals as bytes between processes, also of different versions: what a reader does not know it leaves out."""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from core.bus import OutboxReady, Signal, StateChanged, TopicMoved, Transient
from core.events import Topic

log = logging.getLogger(__name__)


class _Moved(msgspec.Struct, frozen=True, array_like=True, tag="moved"):
    topic: str
    n: int


class _Ready(msgspec.Struct, frozen=True, array_like=True, tag="ready"):
    pass


class _Passing(msgspec.Struct, frozen=True, array_like=True, tag="passing"):
    topic: str
    kind: str
    data: dict[str, Any]


class _State(msgspec.Struct, frozen=True, array_like=True, tag="state"):
    what: str
    data: dict[str, Any]


_Wire = _Moved | _Ready | _Passing | _State


class _Batch(msgspec.Struct, frozen=True):
    process: str
    signals: tuple[msgspec.Raw, ...]
    lost: bool = False


@dataclass(frozen=True, slots=True)
class Heard:
    """``lost``: there was more since the piece before, of which nobody knows."""

    process: str
    signals: Sequence[Signal]
    lost: bool


_encoder = msgspec.msgpack.Encoder()
_batch = msgspec.msgpack.Decoder(_Batch)
_signal: msgspec.msgpack.Decoder[_Wire] = msgspec.msgpack.Decoder(_Wire)


def encode(process: str, signals: Iterable[Signal], *, lost: bool = False) -> bytes:
    """None of them at all is a sign of life. What cannot be written is left out."""
    written = [each for each in map(_written, signals) if each is not None]
    return _encoder.encode(_Batch(process, tuple(written), lost))


def decode(data: bytes) -> Heard:
    """Raises ValueError for what no process of ours wrote."""
    try:
        batch = _batch.decode(data)
    except RecursionError:
        raise ValueError("nested too deeply") from None
    signals = [each for each in map(_read, batch.signals) if each is not None]
    return Heard(batch.process, signals, batch.lost)


def _written(signal: Signal) -> msgspec.Raw | None:
    try:
        return msgspec.Raw(_encoder.encode(_wire(signal)))
    except (TypeError, ValueError, OverflowError):
        log.exception("no other process hears of %s", type(signal).__name__)
        return None


def _read(raw: msgspec.Raw) -> Signal | None:
    try:
        wire = _signal.decode(raw)
    except (ValueError, RecursionError) as error:
        log.debug("a signal of another version is left out: %s", error)
        return None
    match wire:
        case _Moved(topic=topic, n=n):
            return TopicMoved(Topic(topic), n)
        case _Ready():
            return OutboxReady()
        case _Passing(topic=topic, kind=kind, data=data):
            return Transient(Topic(topic), kind, data)
        case _State(what=what, data=data):
            return StateChanged(what, data)


def _wire(signal: Signal) -> _Wire:
    match signal:
        case TopicMoved(topic=topic, n=n):
            return _Moved(topic, n)
        case OutboxReady():
            return _Ready()
        case Transient(topic=topic, kind=kind, data=data):
            return _Passing(topic, kind, dict(data))
        case StateChanged(what=what, data=data):
            return _State(what, dict(data))
