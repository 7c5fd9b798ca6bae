"""Hello: whose session it is, a new one where there is none, and what is told in return."""

from dataclasses import dataclass

from msgspec.structs import replace

from channels.live import protocol as wire
from channels.live.config import live_config
from channels.live.floods import Floods
from channels.live.following import Followers
from channels.live.greeting import Found, look
from channels.live.identity import Window, no_identity, read_identity
from channels.live.inbound import Visitor
from channels.live.page import KEY as PAGE
from channels.live.page import page_address
from channels.live.parts import LiveParts
from channels.live.service import service_of
from channels.live.sessions import Session, Terms, begin_session, find_session, renew_session
from channels.live.signing_in import is_signed_in, sign_in
from core.errors import Invalid
from core.ids import ConversationId
from core.inbox import BotMode, Inbox
from core.store.conversations import add_context
from core.store.tx import Tx


@dataclass(frozen=True, slots=True)
class Arrived:
    """Who it is, and what they are told."""

    visitor: Visitor
    welcome: wire.Welcome


def goes_on(session: Session, hello: wire.Hello) -> bool:
    """Whether it is the session that hello named, also under a new secret; only its owner ever gets to know."""
    return hello.session is not None and hello.session.split(".")[1:2] == [session.id]


class Arriving:
    """The same for sockets and for single requests."""

    def __init__(self, parts: LiveParts, followers: Followers) -> None:
        self._parts = parts
        self._settings = parts.settings
        self._followers = followers
        self._floods = Floods(parts.limits, parts.settings)
        self._window = Window(parts.settings.identity_ahead, parts.settings.identity_leeway)

    async def hello(self, inbox: Inbox, hello: wire.Hello, address: str) -> Arrived:
        """Raises Invalid: ``conversation`` that is not theirs, ``identity`` that does not hold.

        TooOften for too many new sessions, also of this network ``address``.
        """
        settings = self._settings
        asked = await self._signed_in(inbox, hello, address)
        found, service = await self._parts.db.read(self._look, inbox, asked)
        if live_config(inbox.config).identity.required and (found.session is None or not found.session.user):
            raise no_identity()
        if found.stranger:
            raise Invalid("conversation", "a conversation of this session", code="conversation")
        session = found.session or await self._new_session(inbox, asked, address)
        if session.aging:
            await self._parts.db.run(renew_session, session.id, settings.session)
        page = None if hello.page is None else page_address(hello.page.url)
        await self._note_page(found, page)
        visitor = Visitor(session.visitor, hello.language, address, session.id, page, session.user)
        welcome = self._welcome(inbox, asked, session, found)
        told = replace(welcome, service=service, user=found.user, resumed=goes_on(session, hello))
        return Arrived(visitor, told)

    def proves(self, inbox: Inbox, token: str) -> bool:
        """Whether the site of this inbox signed the token for one of its users."""
        secrets = live_config(inbox.config).identity.secrets
        try:
            read_identity(token, secrets, inbox.id, self._parts.clock.now(), self._window)
        except Invalid:
            return False
        return True

    def _look(self, tx: Tx, inbox: Inbox, hello: wire.Hello) -> tuple[Found, wire.ServiceOut]:
        found = look(tx, inbox.id, hello, self._settings.session, self._settings.replay)
        return found, service_of(tx, inbox.queue, self._parts.around)

    async def _note_page(self, found: Found, page: str | None) -> None:
        """The conversation that goes on knows where they are now; a message brings it along by itself."""
        goes_on = found.conversation
        if goes_on is not None and goes_on.status != "closed" and page not in {None, found.page}:
            await self._parts.db.run(add_context, ConversationId(goes_on.id), {PAGE: str(page)})

    async def still(self, inbox: Inbox, arrived: Arrived) -> bool:
        """Whether their session has the same secret as when they came: somebody may have signed in there meanwhile."""
        token, lasts = arrived.welcome.session, self._settings.session
        return await self._parts.db.read(find_session, inbox.id, token, lasts) is not None

    async def _signed_in(self, inbox: Inbox, hello: wire.Hello, address: str) -> wire.Hello:
        """The same hello, with a session that is the user's, where it comes with a token."""
        if hello.identity is None:
            return hello
        db, secrets = self._parts.db, live_config(inbox.config).identity.secrets
        claims = read_identity(hello.identity, secrets, inbox.id, self._parts.clock.now(), self._window)
        given = await db.read(find_session, inbox.id, hello.session, self._settings.session)
        if given is not None and await db.read(is_signed_in, inbox, given, claims):
            return hello
        if given is None or given.user not in {None, claims.user}:
            await self._floods.session(address, inbox.id)
        signed = await db.run(sign_in, inbox, given, claims, self._terms(hello))
        if given is not None and given.user is None:
            self._followers.became(given.visitor, given.id)
        if signed.before is not None and signed.goes_on is not None:
            self._followers.began(signed.session.visitor, signed.goes_on)
        if given is not None and signed.session.id == given.id:
            return replace(hello, session=signed.session.token)
        # Whatever the client has on its screen is another visitor's.
        return replace(hello, session=signed.session.token, conversation=None, n=0)

    async def _new_session(self, inbox: Inbox, hello: wire.Hello, address: str) -> Session:
        await self._floods.session(address, inbox.id)
        return await self._parts.db.run(begin_session, inbox.id, self._terms(hello))

    def _terms(self, hello: wire.Hello) -> Terms:
        return Terms(hello.language, self._settings.session, self._parts.secret)

    def _welcome(self, inbox: Inbox, hello: wire.Hello, session: Session, found: Found) -> wire.Welcome:
        return wire.Welcome(
            session=session.token,
            visitor=session.visitor,
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
        greeting = config.greeting_in(language)
        if not greeting and inbox.bot is BotMode.ANSWER:
            greeting = self._parts.texts.hello(language, inbox.profile.persona)
        return wire.InboxOut(
            inbox.name,
            brand,
            greeting,
            config.languages,
            config.questions_in(language),
            config.offers,
        )

    @property
    def limits(self) -> wire.LimitsOut:
        settings = self._settings
        return wire.LimitsOut(settings.text_bytes, self._parts.upload_bytes, settings.uploads)
