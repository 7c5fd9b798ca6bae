"""What everything for live visitors is built from."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field

from channels.contract import Library
from channels.live.frames import VisitorFrames
from channels.live.proofs import NoProofs, Proofs
from channels.live.service import Around
from channels.live.settings import LiveSettings
from channels.live.texts import WidgetTexts
from core.bus import Bus
from core.clock import Clock
from core.ids import ArticleId, ConversationId, MessageId
from core.inbox import Inbox
from core.limits import RateLimits
from core.store.database import Database
from core.store.tx import Tx
from core.tasks import Supervisor
from core.web import Counter

Heard = Callable[[Tx, Inbox, ConversationId, MessageId, str], None]
"""What else happens when a visitor has written a message with this text."""

Left = Callable[[Tx, Inbox, ConversationId, str], object]
"""What else happens when a visitor has given this e-mail address where they were asked for one."""


ArticleUrl = Callable[[ArticleId, str], str | None]
"""Where an article may be read in a language; None where it may not."""

Leaves = Callable[[Tx, Inbox, str, str], bool]
"""Whether this visitor says with this text only where they can be reached, which is noted by ``heard``."""


@dataclass(frozen=True, slots=True)
class LiveParts:
    """What the live visitors are built from; ``count`` counts refusals by name.

    ``heard`` is told what a visitor wrote and ``left`` which address they gave, in the transaction that stores it; what
    only ``leaves`` an address the bot does not hear.
    ``around`` is what others know of hours, lines and articles; ``proofs`` makes and takes codes. ``key``: without it
    nothing leads from what is kept to a visitor's network.
    """

    db: Database
    bus: Bus
    supervisor: Supervisor
    clock: Clock
    limits: RateLimits
    library: Library
    frames: VisitorFrames
    count: Counter
    settings: LiveSettings
    upload_bytes: int
    texts: WidgetTexts
    key: bytes
    secret: Callable[[], str] = lambda: secrets.token_urlsafe(24)
    heard: Heard = lambda _tx, _inbox, _conversation, _message, _text: None
    left: Left = lambda _tx, _inbox, _conversation, _address: None
    leaves: Leaves = lambda _tx, _inbox, _visitor, _text: False
    around: Around = field(default_factory=Around)
    article_url: ArticleUrl = lambda _article, _language: None
    proofs: Proofs = field(default_factory=NoProofs)
