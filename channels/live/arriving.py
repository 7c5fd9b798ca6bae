"""Hello: whose session it is, a new one where there is none, and what is told in return."""

from dataclasses import dataclass

from channels.live import protocol as wire
from channels.live.config import live_config
from channels.live.floods import Floods
from channels.live.greeting import Found, look
from channels.live.inbound import Visitor
from channels.live.parts import LiveParts
from channels.live.sessions import Session, begin_session, renew_session
from core.errors import Invalid
from core.inbox import Inbox


@dataclass(frozen=True, slots=True)
class Arrived:
    """Who it is, and what they are told."""

    visitor: Visitor
    welcome: wire.Welcome


class Arriving:
    """The same for sockets and for single requests."""

    def __init__(self, parts: LiveParts) -> None:
        self._parts = parts
        self._settings = parts.settings
        self._floods = Floods(parts.limits, parts.settings)

    async def hello(self, inbox: Inbox, hello: wire.Hello, address: str) -> Arrived:
        """Raises Invalid, ``conversation`` that is not theirs; TooOften for too many sessions, also of this ``address``."""
        settings = self._settings
        found: Found = await self._parts.db.read(look, inbox.id, hello, settings.session, settings.replay)
        if found.stranger:
            raise Invalid("conversation", "a conversation of this session", code="conversation")
        session = found.session or await self._new_session(inbox, hello, address)
        if session.aging:
            await self._parts.db.run(renew_session, session.id, settings.session)
        visitor = Visitor(session.visitor, hello.language, address)
        return Arrived(visitor, self._welcome(inbox, hello, session, found))

    async def _new_session(self, inbox: Inbox, hello: wire.Hello, address: str) -> Session:
        self._floods.session(address, inbox.id)
        return await self._parts.db.run(
            begin_session, inbox.id, hello.language, self._settings.session, self._parts.secret
        )

    def _welcome(self, inbox: Inbox, hello: wire.Hello, session: Session, found: Found) -> wire.Welcome:
        return wire.Welcome(
            session=session.token,
            resumed=found.session is not None,
            inbox=self.look_of(inbox, hello.language),
            conversation=found.conversation,
            limits=self.limits,
            heartbeat_s=self._settings.heartbeat_s,
        )

    def look_of(self, inbox: Inbox, language: str) -> wire.InboxOut:
        """How the inbox presents itself in a language."""
        config = live_config(inbox.config)
        brand = wire.Brand(config.color, config.position)
        return wire.InboxOut(inbox.name, brand, config.greeting_in(language), config.languages)

    @property
    def limits(self) -> wire.LimitsOut:
        settings = self._settings
        return wire.LimitsOut(settings.text_bytes, self._parts.upload_bytes, settings.uploads)
