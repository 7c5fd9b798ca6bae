"""The console's route table: each route with its permission on its line. ``docs/http-api.md`` lists the same."""

from collections.abc import Sequence
from dataclasses import dataclass

from console.auth.guard import Guard, Guarded, Open
from console.handlers.articles import ArticleHandlers
from console.handlers.contacts import ContactHandlers
from console.handlers.conversations import ConversationHandlers
from console.handlers.mail import MailHandlers
from console.handlers.people import PeopleHandlers
from console.handlers.rearrange import RearrangeHandlers
from console.handlers.session import SessionHandlers
from console.handlers.setup import SetupHandlers
from console.handlers.status import StatusHandlers
from console.handlers.work import WorkHandlers
from console.live.encode import renderer
from console.live.lists import Lists
from console.live.socket import LiveHandler
from console.live.sockets import Sockets
from console.parts import Parts
from core.agent import Permission
from core.stream import Hub
from core.web import Route

ANYBODY = Permission.PUBLIC
SIGNED_IN = Permission.SIGNED_IN
ANSWER = Permission.ANSWER
EDIT = Permission.EDIT
SUPERVISE = Permission.SUPERVISE
ADMINISTER = Permission.ADMINISTER

_Line = tuple[str, str, Permission, Guarded]


@dataclass(frozen=True, slots=True)
class Console:
    """What the application serves and runs; ``close`` when it stops."""

    routes: Sequence[Route]
    hub: Hub
    sockets: Sockets
    lists: Lists

    def start(self, parts: Parts) -> None:
        """Run what runs in the background."""
        _ = parts.supervisor.service("console lists", self.lists.run)
        _ = parts.supervisor.service("console sessions", self.sockets.watch_sessions)

    def close(self) -> None:
        """Hear no more signals and hang up, before the server waits for what is under way."""
        self.lists.close()
        self.sockets.close()
        self.hub.close()


def build(parts: Parts) -> Console:
    """Everything of the console but its pages (``console.pages.Pages``)."""
    live = parts.settings.live
    hub = Hub(
        parts.db,
        parts.bus,
        parts.supervisor,
        renderer(parts.library.url),
        visible_only=False,
        replay=live.replay,
    )
    sockets = Sockets(parts, hub)
    return Console(_routes(parts, sockets), hub, sockets, Lists(parts, sockets))


def _routes(parts: Parts, sockets: Sockets) -> list[Route]:
    guard = Guard(parts.db, parts.clock, parts.settings, parts.count)
    session = SessionHandlers(parts)
    opened: list[tuple[str, str, Open]] = [
        ("POST", "/api/session", session.sign_in),
        ("GET", "/api/invitations/{token}", session.show_invitation),
        ("POST", "/api/invitations/{token}", session.accept_invitation),
    ]
    lines = [
        *_own(session, LiveHandler(parts, sockets)),
        *_work(ConversationHandlers(parts), WorkHandlers(parts)),
        *_contacts(ContactHandlers(parts)),
        *_rearranging(RearrangeHandlers(parts)),
        *_knowledge(ArticleHandlers(parts)),
        *_setup(PeopleHandlers(parts), SetupHandlers(parts)),
        *_mail(MailHandlers(parts)),
        *_status(StatusHandlers(parts, sockets)),
    ]
    return [
        *(Route(method, path, guard.public(handler), ANYBODY) for method, path, handler in opened),
        *(
            Route(method, path, guard.allow(permission, handler), permission)
            for method, path, permission, handler in lines
        ),
    ]


def _own(session: SessionHandlers, live: LiveHandler) -> list[_Line]:
    return [
        ("GET", "/api/session", SIGNED_IN, session.show),
        ("DELETE", "/api/session", SIGNED_IN, session.sign_out),
        ("PUT", "/api/me", SIGNED_IN, session.change_me),
        ("PUT", "/api/presence", ANSWER, session.set_presence),
        ("GET", "/api/live", SIGNED_IN, live.serve),
    ]


def _work(conversations: ConversationHandlers, work: WorkHandlers) -> list[_Line]:
    return [
        ("GET", "/api/conversations", ANSWER, conversations.list),
        ("POST", "/api/conversations", ANSWER, conversations.begin),
        ("GET", "/api/conversations/{id}", ANSWER, conversations.show),
        ("POST", "/api/conversations/{id}/messages", ANSWER, conversations.write),
        ("GET", "/api/messages/{id}/versions", ANSWER, conversations.versions),
        ("POST", "/api/conversations/{id}/take", ANSWER, work.take),
        ("POST", "/api/conversations/{id}/transfer", ANSWER, work.transfer),
        ("POST", "/api/conversations/{id}/resolve", ANSWER, work.resolve),
        ("POST", "/api/conversations/{id}/reopen", ANSWER, work.reopen),
        ("POST", "/api/conversations/{id}/wait", ANSWER, work.wait),
        ("POST", "/api/conversations/{id}/snooze", ANSWER, work.snooze),
        ("POST", "/api/reservations/{id}/accept", ANSWER, work.accept),
        ("POST", "/api/reservations/{id}/decline", ANSWER, work.decline),
        ("POST", "/api/uploads", ANSWER, conversations.upload),
    ]


def _contacts(handlers: ContactHandlers) -> list[_Line]:
    return [
        ("GET", "/api/contacts", ANSWER, handlers.list),
        ("GET", "/api/contacts/{id}", ANSWER, handlers.show),
        ("POST", "/api/contacts/{id}/merge", ANSWER, handlers.merge),
        ("POST", "/api/contacts/{id}/suggestions/{other}/dismiss", ANSWER, handlers.dismiss),
        ("POST", "/api/merges/{id}/undo", ANSWER, handlers.undo),
    ]


def _rearranging(handlers: RearrangeHandlers) -> list[_Line]:
    return [
        ("POST", "/api/conversations/{id}/participants", ANSWER, handlers.add_participant),
        ("DELETE", "/api/conversations/{id}/participants/{point}", ANSWER, handlers.remove_participant),
        ("PUT", "/api/conversations/{id}/subject", ANSWER, handlers.subject),
        ("POST", "/api/conversations/{id}/split", ANSWER, handlers.split),
        ("POST", "/api/conversations/{id}/merge", ANSWER, handlers.merge),
        ("POST", "/api/messages/{id}/move", ANSWER, handlers.move),
        ("POST", "/api/messages/{id}/delivery", ANSWER, handlers.decide),
        ("POST", "/api/rearrangements/{id}/undo", ANSWER, handlers.undo),
    ]


def _knowledge(articles: ArticleHandlers) -> list[_Line]:
    return [
        ("GET", "/api/articles", ANSWER, articles.list),
        ("POST", "/api/articles", EDIT, articles.add),
        ("GET", "/api/articles/{id}", ANSWER, articles.show),
        ("PUT", "/api/articles/{id}/{language}", EDIT, articles.edit),
        ("POST", "/api/articles/{id}/{language}/publish", EDIT, articles.publish),
        ("POST", "/api/articles/{id}/{language}/unpublish", EDIT, articles.unpublish),
        ("GET", "/api/knowledge/search", ANSWER, articles.search),
    ]


def _setup(people: PeopleHandlers, setup: SetupHandlers) -> list[_Line]:
    return [
        ("GET", "/api/agents", ANSWER, people.list),
        ("POST", "/api/agents", ADMINISTER, people.add),
        ("PATCH", "/api/agents/{id}", SUPERVISE, people.change),
        ("POST", "/api/agents/{id}/reset", ADMINISTER, people.reset),
        ("GET", "/api/skills", ANSWER, setup.skills.list),
        ("POST", "/api/skills", SUPERVISE, setup.skills.add),
        ("PUT", "/api/skills/{id}", SUPERVISE, setup.skills.put),
        ("DELETE", "/api/skills/{id}", SUPERVISE, setup.skills.remove),
        ("GET", "/api/queues", ANSWER, setup.queues.list),
        ("POST", "/api/queues", SUPERVISE, setup.queues.add),
        ("PUT", "/api/queues/{id}", SUPERVISE, setup.queues.put),
        ("DELETE", "/api/queues/{id}", SUPERVISE, setup.queues.remove),
        ("GET", "/api/inboxes", ANSWER, setup.inboxes.list),
        ("POST", "/api/inboxes", ADMINISTER, setup.inboxes.add),
        ("PUT", "/api/inboxes/{id}", ADMINISTER, setup.inboxes.put),
        ("POST", "/api/inboxes/check", ADMINISTER, setup.check_inbox),
        ("GET", "/api/sla-policies", SUPERVISE, setup.policies.list),
        ("POST", "/api/sla-policies", SUPERVISE, setup.policies.add),
        ("PUT", "/api/sla-policies/{id}", SUPERVISE, setup.policies.put),
        ("DELETE", "/api/sla-policies/{id}", SUPERVISE, setup.policies.remove),
        ("GET", "/api/hours", SUPERVISE, setup.hours.list),
        ("POST", "/api/hours", SUPERVISE, setup.hours.add),
        ("PUT", "/api/hours/{id}", SUPERVISE, setup.hours.put),
        ("DELETE", "/api/hours/{id}", SUPERVISE, setup.hours.remove),
        ("GET", "/api/canned", ANSWER, setup.canned.list),
        ("POST", "/api/canned", SUPERVISE, setup.canned.add),
        ("PUT", "/api/canned/{id}", SUPERVISE, setup.canned.put),
        ("DELETE", "/api/canned/{id}", SUPERVISE, setup.canned.remove),
    ]


def _mail(mail: MailHandlers) -> list[_Line]:
    return [
        ("GET", "/api/mail", SUPERVISE, mail.list),
        ("GET", "/api/mail/{id}", SUPERVISE, mail.show),
        ("GET", "/api/mail/{id}/raw", SUPERVISE, mail.raw),
        ("POST", "/api/mail/{id}/replay", SUPERVISE, mail.replay),
    ]


def _status(status: StatusHandlers) -> list[_Line]:
    return [
        ("GET", "/api/status", SUPERVISE, status.show),
        ("POST", "/api/outbox/{handler}/{topic}/{seq}/replay", SUPERVISE, status.replay),
    ]
