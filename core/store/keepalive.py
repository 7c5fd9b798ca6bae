"""When a TCP connection whose other machine no longer answers is over: without being told, a machine waits a quarter of an hour."""

import socket
from dataclasses import dataclass

_TIMES = 3
_IDLE = 2
"""Of the intervals."""


@dataclass(frozen=True, slots=True)
class Keepalives:
    """The other machine is asked when nothing has come for ``idle_s``, and so many ``times`` in all, ``interval_s`` apart."""

    idle_s: int
    interval_s: int
    times: int


def keepalives(silence_s: float) -> Keepalives:
    """With which a machine that no longer answers is given up after about so long, five seconds at the least: TCP counts in whole ones."""
    interval_s = max(1, round(silence_s / (_IDLE + _TIMES)))
    return Keepalives(_IDLE * interval_s, interval_s, _TIMES)


def give_up_when_silent(sock: socket.socket, silence_s: float) -> None:
    """Also where something was sent and is not acknowledged: nothing is asked then. As far as this system can."""
    if sock.family not in {socket.AF_INET, socket.AF_INET6}:
        return
    asked = keepalives(silence_s)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    for name, value in (
        ("TCP_KEEPIDLE", asked.idle_s),
        ("TCP_KEEPINTVL", asked.interval_s),
        ("TCP_KEEPCNT", asked.times),
        ("TCP_USER_TIMEOUT", round(silence_s * 1000)),
    ):
        if hasattr(socket, name):
            sock.setsockopt(socket.IPPROTO_TCP, getattr(socket, name), value)
