"""Every limit of the live protocol, by name."""

from dataclasses import dataclass
from datetime import timedelta

from core.limits import Rate


@dataclass(frozen=True, slots=True)
class LiveSettings:
    """``frame_bytes`` ends a socket, ``text_bytes`` only refuses a message.

    ``queue`` is how many frames may wait for a slow reader before it is dropped; ``replay`` how many events of a
    conversation a visitor gets at most; ``sockets_per_address`` how many one address may hold (not counted on
    loopback addresses: those are proxies on this machine, or ourselves). Rates: so many at once, then so many a
    second, for a socket (frames), a visitor (messages, uploads) or an address (sessions).
    """

    text_bytes: int = 16_384
    frame_bytes: int = 1024 * 1024
    uploads: int = 5
    heartbeat_s: float = 25.0
    queue: int = 256
    replay: int = 500
    session: timedelta = timedelta(days=180)
    sockets_per_address: int = 200
    frames_burst: int = 60
    frames_per_s: float = 20.0
    messages_burst: int = 15
    messages_per_s: float = 3.0
    uploads_burst: int = 10
    uploads_per_s: float = 0.5
    sessions_burst: int = 100
    sessions_per_s: float = 2.0

    @property
    def frame_rate(self) -> Rate:
        return Rate(self.frames_burst, self.frames_per_s)

    @property
    def message_rate(self) -> Rate:
        return Rate(self.messages_burst, self.messages_per_s)

    @property
    def upload_rate(self) -> Rate:
        return Rate(self.uploads_burst, self.uploads_per_s)

    @property
    def session_rate(self) -> Rate:
        return Rate(self.sessions_burst, self.sessions_per_s)
