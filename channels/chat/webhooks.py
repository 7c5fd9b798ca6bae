"""Tells an app's server what its visitors may see: each event once, signed, in order, until it is taken."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus

import aiohttp
import msgspec
from aiohttp import hdrs
from sqlalchemy import select

from channels.chat.wire import ChatConfig, WebhookOut, key_of
from channels.live.frames import VisitorFrames
from core.attempts import Retry
from core.bus import Bus, TopicMoved
from core.clock import Clock
from core.contact_events import ConversationRated
from core.conversation import Conversation
from core.errors import Unavailable, Undeliverable
from core.events import (
    SETTINGS_TOPIC,
    DeliveryChanged,
    Event,
    HandlerChanged,
    MessageReceived,
    NoticeReceived,
    Recorded,
    StatusChanged,
)
from core.ids import ConversationId
from core.inbox import Inbox
from core.message import DeliveryState
from core.outbox import IoHandler, OutboxHandler
from core.signing import signed
from core.store.conversations import get_inbox, peek_conversation
from core.store.database import Database
from core.store.tables.people import inbox as inbox_table
from core.store.tables.people import visitor_session
from core.store.tx import Tx

NAME = "webhooks"
VISIBLE = (
    MessageReceived,
    NoticeReceived,
    DeliveryChanged,
    HandlerChanged,
    StatusChanged,
    ConversationRated,
)
"""Every kind of event that is ever visible to a requester."""

_OK = range(200, 300)
_FINAL = range(400, 500)
_LATER = frozenset({HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE})
_PASSING = frozenset({HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY, HTTPStatus.TOO_MANY_REQUESTS})


@dataclass(frozen=True, slots=True)
class WebhookSettings:
    """``time_limit_s`` for one call; pauses double from ``first_pause_s`` to ``longest_pause_s`` until ``horizon_s``.

    A server that names a time to come again (429, 503) is believed up to ``longest_wait_s``. An answer that calls the
    call itself wrong (4xx) gets ``refused_tries`` of each process that makes it, counted anew when one begins, and 410 none.
    """

    time_limit_s: float = 15.0
    first_pause_s: float = 1.0
    longest_pause_s: float = 600.0
    horizon_s: float = 24 * 3600.0
    longest_wait_s: float = 3600.0
    refused_tries: int = 5


@dataclass(frozen=True, slots=True)
class WebhookGiven:
    """``session`` is the client for addresses that administrators name; ``kind`` that of the inboxes with webhooks."""

    db: Database
    bus: Bus
    clock: Clock
    session: Callable[[], aiohttp.ClientSession]
    frames: VisitorFrames
    kind: str
    settings: WebhookSettings


@dataclass(frozen=True, slots=True)
class _Call:
    url: str
    key: bytes
    id: str
    body: bytes


class Webhooks:
    """An outbox handler: one stream a conversation, so that events arrive in order."""

    def __init__(self, given: WebhookGiven) -> None:
        self._given = given
        self._refused: dict[str, int] = {}
        """How often each call was refused for good; a process that begins anew counts anew."""
        self._wanted = True
        """Whether any inbox has one; until that is known each event is looked at."""

    def handlers(self) -> Sequence[OutboxHandler]:
        """For the table of listeners."""
        settings = self._given.settings
        retry = Retry(settings.first_pause_s, settings.longest_pause_s, settings.horizon_s)
        # The limit of the call itself ends it first, with a word on why.
        limit_s = settings.time_limit_s + 5
        return (IoHandler(NAME, VISIBLE, self.run, limit_s, self.wants, retry),)

    async def refresh(self) -> None:
        """Look whether any inbox has a webhook: where none has, events cost nothing."""
        self._wanted = await self._given.db.read(self._any)

    async def follow(self) -> None:
        """Look again whenever settings change; give it to ``Supervisor.service``."""
        changed = asyncio.Event()

        def heard(signal: TopicMoved) -> None:
            if signal.topic == SETTINGS_TOPIC:
                # Until it is known what changed, nothing is left out.
                self._wanted = True
                changed.set()

        ignore = self._given.bus.listen(TopicMoved, heard)
        try:
            while True:
                changed.clear()
                await self.refresh()
                await changed.wait()
        finally:
            ignore()

    async def run(self, recorded: Recorded) -> None:
        """Raises Unavailable unless it was taken, Undeliverable when it never will be."""
        call = await self._given.db.read(self._call, recorded)
        if call is not None:
            await self._post(call)

    def wants(self, event: Event) -> bool:
        """Whether somebody may want to be told; asked for each event, so it looks at nothing else."""
        return self._wanted and not (
            isinstance(event, DeliveryChanged) and event.state != DeliveryState.SENT.value
        )

    def _any(self, tx: Tx) -> bool:
        configs = tx.conn.execute(
            select(inbox_table.c.config).where(inbox_table.c.kind == self._given.kind, inbox_table.c.enabled)
        ).scalars()
        return any(config.get("webhook") for config in configs)

    def _call(self, tx: Tx, recorded: Recorded) -> _Call | None:
        """What to send; None for what the visitor may not see, or nobody wants to be told."""
        if recorded.visible_n is None:
            return None
        conversation = peek_conversation(tx, ConversationId(recorded.topic.partition(":")[2]))
        inbox = get_inbox(tx, conversation.inbox)
        if inbox.kind != self._given.kind or not inbox.enabled:
            return None
        webhook = msgspec.convert(dict(inbox.config), ChatConfig).webhook
        if webhook is None:
            return None
        body = msgspec.json.encode(self._told(tx, recorded, conversation, inbox))
        id = f"evt_{conversation.id}_{recorded.visible_n}"
        return _Call(webhook.url, key_of(webhook), id, body)

    def _told(self, tx: Tx, recorded: Recorded, conversation: Conversation, inbox: Inbox) -> WebhookOut:
        [event] = self._given.frames.seen(tx, [recorded])
        visitor = conversation.thread_key
        return WebhookOut(
            inbox=inbox.id,
            visitor=visitor,
            user=_user_of(tx, visitor),
            conversation=event.conversation,
            n=event.n,
            at=event.at,
            event=event.event,
        )

    async def _post(self, call: _Call) -> None:
        given = self._given
        headers: Mapping[str, str] = {
            **signed(call.key, call.id, given.clock.now(), call.body),
            "Content-Type": "application/json",
            "User-Agent": "Parley",
        }
        limit = aiohttp.ClientTimeout(total=given.settings.time_limit_s)
        try:
            async with given.session().post(
                call.url, data=call.body, headers=headers, timeout=limit, allow_redirects=False
            ) as answer:
                status, asked = answer.status, answer.headers.get(hdrs.RETRY_AFTER, "")
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as error:
            # Its words may hold the address, and that a password.
            raise Unavailable(f"the webhook was not reached: {type(error).__name__}") from None
        if status not in _OK:
            raise self._refusal(call.id, status, asked)
        self._refused.pop(call.id, None)

    def _refusal(self, id: str, status: int, asked: str) -> Unavailable | Undeliverable:
        """What to do about an answer that is no yes; ``asked`` is its Retry-After."""
        settings, said = self._given.settings, f"the webhook answered {status}"
        if status in _LATER and asked.isascii() and asked.isdigit():
            wait_s = min(float(asked[:9]), settings.longest_wait_s)
            return Unavailable(said, retry_after_s=max(wait_s, settings.first_pause_s))
        if status not in _FINAL or status in _PASSING:
            return Unavailable(said)
        tries = self._refused.pop(id, 0) + 1
        if status == HTTPStatus.GONE or tries >= settings.refused_tries:
            return Undeliverable(said)
        self._refused[id] = tries
        return Unavailable(said)


def _user_of(tx: Tx, visitor: str) -> str | None:
    table = visitor_session
    theirs = (table.c.id == visitor) | (table.c.visitor == visitor)
    found = select(table.c.user_key).where(theirs, table.c.user_key.is_not(None)).limit(1)
    user: str | None = tx.conn.execute(found).scalar_one_or_none()
    return user
