"""Every limit of the live protocol, by name."""

from dataclasses import dataclass, field
from datetime import timedelta

from core.connection import Bounds
from core.limits import Rate


@dataclass(frozen=True, slots=True)
class OfferSettings:
    """``waiting_every_s``: how often those who wait hear where they stand. ``history``: so many conversations are a page.

    Articles are suggested for ``suggest_least`` to ``suggest_characters`` characters, ``suggest_most`` of them, and none
    that answers with less than ``suggest_probability``; the rates are for an address and for an inbox.
    """

    waiting_every_s: float = 3.0
    history: int = 20
    suggest_least: int = 2
    suggest_characters: int = 300
    suggest_most: int = 3
    suggest_probability: float = 0.2
    suggest_burst: int = 20
    suggest_per_s: float = 2.0
    inbox_suggest_burst: int = 200
    inbox_suggest_per_s: float = 40.0

    @property
    def suggest_rate(self) -> Rate:
        return Rate(self.suggest_burst, self.suggest_per_s)

    @property
    def inbox_suggest_rate(self) -> Rate:
        return Rate(self.inbox_suggest_burst, self.inbox_suggest_per_s)


@dataclass(frozen=True, slots=True)
class LiveSettings:
    """``frame_bytes`` ends a socket, ``text_bytes`` only refuses a message.

    ``queue`` is how many frames may wait for a slow reader, beside what it missed, before it is dropped; one frame may
    take ``stall_s`` to leave, the last word ``farewell_s``. A socket that has not said hello after ``hello_s`` is
    closed. ``replay`` is how many events of a conversation a visitor gets at most; ``sockets_per_address`` how many one
    address may hold at each server, who is refused may come again after ``full_retry_s``. ``held_back_s``: what
    a socket says behind a message that was refused for now is refused as well, until that comes again or could have come for so long. Rates: so many at once, then so many a
    second, for a socket (frames, hellos), a visitor (messages, uploads), an address (sessions, ``address_…``) or an
    inbox (``inbox_…``). ``poll_s``: how long a request
    for news may wait at most, ``polls``: how many of a session do. ``forget``: so many sessions that are over are deleted in one transaction. ``identity_ahead``: how far away the end of a site's token may be, ``identity_leeway``: how far
    its clock may be off. Loopback addresses are not limited: those are ourselves,
    or a proxy on this machine that does not say whom it passes on.
    """

    text_bytes: int = 16_384
    frame_bytes: int = 1024 * 1024
    uploads: int = 5
    heartbeat_s: float = 25.0
    check_s: float = 60.0
    hello_s: float = 10.0
    queue: int = 256
    stall_s: float = 30.0
    farewell_s: float = 5.0
    replay: int = 500
    session: timedelta = timedelta(days=180)
    poll_s: float = 50.0
    polls: int = 4
    forget: int = 1000
    identity_ahead: timedelta = timedelta(hours=24)
    identity_leeway: timedelta = timedelta(seconds=30)
    sockets_per_address: int = 200
    full_retry_s: float = 30.0
    held_back_s: float = 5.0
    frames_burst: int = 60
    frames_per_s: float = 20.0
    hellos_burst: int = 10
    hellos_per_s: float = 0.5
    messages_burst: int = 15
    messages_per_s: float = 3.0
    uploads_burst: int = 10
    uploads_per_s: float = 0.5
    sessions_burst: int = 100
    sessions_per_s: float = 2.0
    address_messages_burst: int = 200
    address_messages_per_s: float = 30.0
    address_uploads_burst: int = 50
    address_uploads_per_s: float = 3.0
    inbox_messages_burst: int = 3000
    inbox_messages_per_s: float = 300.0
    inbox_uploads_burst: int = 500
    inbox_uploads_per_s: float = 20.0
    inbox_sessions_burst: int = 3000
    inbox_sessions_per_s: float = 100.0
    offers: OfferSettings = field(default_factory=OfferSettings)

    @property
    def bounds(self) -> Bounds:
        return Bounds(self.queue, self.stall_s, self.farewell_s)

    @property
    def frame_rate(self) -> Rate:
        return Rate(self.frames_burst, self.frames_per_s)

    @property
    def hello_rate(self) -> Rate:
        return Rate(self.hellos_burst, self.hellos_per_s)

    @property
    def message_rate(self) -> Rate:
        return Rate(self.messages_burst, self.messages_per_s)

    @property
    def upload_rate(self) -> Rate:
        return Rate(self.uploads_burst, self.uploads_per_s)

    @property
    def session_rate(self) -> Rate:
        return Rate(self.sessions_burst, self.sessions_per_s)

    @property
    def address_message_rate(self) -> Rate:
        return Rate(self.address_messages_burst, self.address_messages_per_s)

    @property
    def address_upload_rate(self) -> Rate:
        return Rate(self.address_uploads_burst, self.address_uploads_per_s)

    @property
    def inbox_message_rate(self) -> Rate:
        return Rate(self.inbox_messages_burst, self.inbox_messages_per_s)

    @property
    def inbox_upload_rate(self) -> Rate:
        return Rate(self.inbox_uploads_burst, self.inbox_uploads_per_s)

    @property
    def inbox_session_rate(self) -> Rate:
        return Rate(self.inbox_sessions_burst, self.inbox_sessions_per_s)
