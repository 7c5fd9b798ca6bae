"""The console's route table: each route with its permission on its line. ``docs/http-api.md`` lists the same."""

from collections.abc import Sequence
from dataclasses import dataclass

from console.attendance import Watch
from console.auth.guard import Guard, Guarded, Open
from console.handlers.contacts import ContactHandlers
from console.handlers.conversations import ConversationHandlers
from console.handlers.holidays import HolidayHandlers
from console.handlers.learning import LearningHandlers
from console.handlers.mail import MailHandlers
from console.handlers.orders import OrderHandlers
from console.handlers.outcomes import OutcomeHandlers
from console.handlers.people import PeopleHandlers
from console.handlers.planning import PlanningHandlers
from console.handlers.presence import PresenceHandlers
from console.handlers.rearrange import RearrangeHandlers
from console.handlers.rules import RuleHandlers
from console.handlers.session import SessionHandlers
from console.handlers.setup import SetupHandlers
from console.handlers.shop import ShopHandlers
from console.handlers.status import StatusHandlers
from console.handlers.work import WorkHandlers
from console.knowledge_routes import knowledge_lines
from console.live.articles import ArticlesWatch
from console.live.checks import NobodyWatch
from console.live.editors import Editors
from console.live.encode import renderer
from console.live.lists import Lists
from console.live.orders import OrdersWatch
from console.live.socket import LiveHandler
from console.live.sockets import Sockets
from console.parts import Parts
from console.simulating.runs import Given, Runs
from core.agent import Permission
from core.stream import Hub
from core.web import Route

ANYBODY = Permission.PUBLIC
SIGNED_IN = Permission.SIGNED_IN
ANSWER = Permission.ANSWER
APPROVE = Permission.APPROVE
READ = Permission.READ
EDIT = Permission.EDIT
PUBLISH = Permission.PUBLISH
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
    watch: Watch
    runs: Runs
    nobody: NobodyWatch
    editors: Editors
    articles: ArticlesWatch
    orders: OrdersWatch

    def start(self, parts: Parts) -> None:
        """Run what runs in the background."""
        self.runs.start()
        _ = parts.supervisor.service("console lists", self.lists.run)
        _ = parts.supervisor.service("console sessions", self.sockets.watch_sessions)
        _ = parts.supervisor.service("console viewers", self.sockets.viewers.run)
        _ = parts.supervisor.service("console checks", self.nobody.run)
        _ = parts.supervisor.service("console articles", self.articles.run)
        _ = parts.supervisor.service("console orders", self.orders.run)
        _ = parts.supervisor.service("console attendance", lambda: self.watch.run(self.sockets.agents))

    def close(self) -> None:
        """Hear no more signals and hang up, before the server waits for what is under way."""
        self.lists.close()
        self.nobody.close()
        self.editors.close()
        self.articles.close()
        self.orders.close()
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
    watch = Watch(parts.db, parts.clock, parts.settings.attendance)
    runs = Runs(_of_simulations(parts))
    lists, nobody, editors = Lists(parts, sockets), NobodyWatch(parts, sockets), Editors(parts)
    live_socket = LiveHandler(parts, sockets, watch, nobody, editors)
    routes = _routes(parts, sockets, watch, runs, live_socket)
    articles = ArticlesWatch(parts, sockets)
    orders = OrdersWatch(parts, sockets)
    return Console(routes, hub, sockets, lists, watch, runs, nobody, editors, articles, orders)


def _of_simulations(parts: Parts) -> Given:
    alone = parts.installation.database == "sqlite"
    settings = parts.settings.planning.simulation
    return Given(parts.db, parts.supervisor, settings, parts.texts.folder, alone)


def _routes(parts: Parts, sockets: Sockets, watch: Watch, runs: Runs, live: LiveHandler) -> list[Route]:
    guard = Guard(parts.db, parts.clock, parts.settings, parts.count, watch.acted)
    session = SessionHandlers(parts)
    opened: list[tuple[str, str, Open]] = [
        ("POST", "/api/session", session.sign_in),
        ("GET", "/api/invitations/{token}", session.show_invitation),
        ("POST", "/api/invitations/{token}", session.accept_invitation),
    ]
    lines = [
        *_own(session, live),
        *_work(ConversationHandlers(parts), WorkHandlers(parts)),
        *_contacts(ContactHandlers(parts)),
        *_rearranging(RearrangeHandlers(parts)),
        *knowledge_lines(parts),
        *_presence(PresenceHandlers(parts)),
        *_setup(PeopleHandlers(parts), SetupHandlers(parts)),
        *_holidays(HolidayHandlers(parts)),
        *_mail(MailHandlers(parts)),
        *_rules(RuleHandlers(parts)),
        *_orders(OrderHandlers(parts)),
        *_planning(PlanningHandlers(parts, runs)),
        *_learning(LearningHandlers(parts)),
        *_outcomes(OutcomeHandlers(parts)),
        *_status(StatusHandlers(parts, sockets)),
    ]
    return [
        Route("PUT", "/api/shop/orders", ShopHandlers(parts).put, Permission.SHOP),
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
        ("POST", "/api/conversations/{id}/bot", ANSWER, work.send_bot),
        ("POST", "/api/conversations/{id}/resolve", ANSWER, work.resolve),
        ("POST", "/api/conversations/{id}/reopen", ANSWER, work.reopen),
        ("POST", "/api/conversations/{id}/wait", ANSWER, work.wait),
        ("POST", "/api/conversations/{id}/snooze", ANSWER, work.snooze),
        ("GET", "/api/conversations/{id}/assignables", SUPERVISE, work.assignables),
        ("POST", "/api/conversations/{id}/assign", SUPERVISE, work.assign),
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


def _setup(people: PeopleHandlers, setup: SetupHandlers) -> list[_Line]:
    return [
        ("GET", "/api/agents", READ, people.list),
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
        ("GET", "/api/inboxes", READ, setup.inboxes.list),
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
        ("GET", "/api/routing/known", SUPERVISE, setup.known),
        ("GET", "/api/canned", ANSWER, setup.canned.list),
        ("POST", "/api/canned", SUPERVISE, setup.canned.add),
        ("PUT", "/api/canned/{id}", SUPERVISE, setup.canned.put),
        ("DELETE", "/api/canned/{id}", SUPERVISE, setup.canned.remove),
    ]


def _presence(presence: PresenceHandlers) -> list[_Line]:
    return [
        ("PUT", "/api/agents/{id}/presence", SUPERVISE, presence.set_of),
        ("POST", "/api/wrap-ups/{id}/end", ANSWER, presence.end_wrap_up),
        ("GET", "/api/presence-rules", SUPERVISE, presence.rules),
        ("GET", "/api/routing/policies", SUPERVISE, presence.policies),
        ("GET", "/api/presence-reasons", ANSWER, presence.reasons.list),
        ("POST", "/api/presence-reasons", SUPERVISE, presence.reasons.add),
        ("PUT", "/api/presence-reasons/{id}", SUPERVISE, presence.reasons.put),
        ("DELETE", "/api/presence-reasons/{id}", SUPERVISE, presence.reasons.remove),
    ]


def _holidays(handlers: HolidayHandlers) -> list[_Line]:
    return [
        ("GET", "/api/holidays", SUPERVISE, handlers.countries),
        ("GET", "/api/holidays/{country}", SUPERVISE, handlers.holidays),
    ]


def _rules(rules: RuleHandlers) -> list[_Line]:
    return [
        ("GET", "/api/routing/rules", SUPERVISE, rules.list),
        ("POST", "/api/routing/rules", SUPERVISE, rules.add),
        ("PUT", "/api/routing/rules/order", SUPERVISE, rules.order),
        ("POST", "/api/routing/rules/dry-run", SUPERVISE, rules.dry_run),
        ("GET", "/api/routing/checks", SUPERVISE, rules.checks),
        ("PUT", "/api/routing/rules/{id}", SUPERVISE, rules.put),
        ("DELETE", "/api/routing/rules/{id}", SUPERVISE, rules.remove),
        ("GET", "/api/conversations/{id}/routing", ANSWER, rules.routing),
    ]


def _mail(mail: MailHandlers) -> list[_Line]:
    return [
        ("GET", "/api/mail", SUPERVISE, mail.list),
        ("GET", "/api/mail/{id}", SUPERVISE, mail.show),
        ("GET", "/api/mail/{id}/raw", SUPERVISE, mail.raw),
        ("POST", "/api/mail/{id}/replay", SUPERVISE, mail.replay),
    ]


def _orders(orders: OrderHandlers) -> list[_Line]:
    return [
        ("GET", "/api/conversations/{id}/orders", ANSWER, orders.beside),
        ("GET", "/api/orders", ANSWER, orders.list),
        ("GET", "/api/orders/{number}", ANSWER, orders.show),
        ("POST", "/api/orders/{number}/cancel", ANSWER, orders.cancel),
        ("POST", "/api/orders/{number}/address", ANSWER, orders.address),
        ("POST", "/api/orders/{number}/return", ANSWER, orders.send_back),
        ("POST", "/api/orders/{number}/refund", ANSWER, orders.refund),
        ("GET", "/api/order-requests", APPROVE, orders.requests),
        ("POST", "/api/order-requests/{id}/accept", APPROVE, orders.accept),
        ("POST", "/api/order-requests/{id}/decline", APPROVE, orders.decline),
    ]


def _planning(planning: PlanningHandlers) -> list[_Line]:
    return [
        ("POST", "/api/routing/staffing", SUPERVISE, planning.staffing),
        ("GET", "/api/routing/simulations", SUPERVISE, planning.list),
        ("POST", "/api/routing/simulations", SUPERVISE, planning.begin),
        ("GET", "/api/routing/simulations/{id}", SUPERVISE, planning.show),
        ("DELETE", "/api/routing/simulations/{id}", SUPERVISE, planning.remove),
        ("GET", "/api/routing/simulations/{id}/report", SUPERVISE, planning.report),
    ]


def _learning(learning: LearningHandlers) -> list[_Line]:
    return [
        ("GET", "/api/bot/turns", EDIT, learning.turns),
        ("PUT", "/api/bot/turns/{key}/label", EDIT, learning.label),
        ("POST", "/api/bot/labels/{id}/undo", EDIT, learning.undo),
        ("GET", "/api/bot/models", EDIT, learning.models),
        ("POST", "/api/bot/models", EDIT, learning.train),
        ("GET", "/api/bot/models/{id}", EDIT, learning.model),
        ("POST", "/api/bot/models/{id}/roll-out", PUBLISH, learning.roll_out),
    ]


def _outcomes(outcomes: OutcomeHandlers) -> list[_Line]:
    return [
        ("GET", "/api/bot/outcomes", SUPERVISE, outcomes.show),
        ("GET", "/api/bot/outcomes.csv", SUPERVISE, outcomes.file),
        ("GET", "/api/bot/measuring", SUPERVISE, outcomes.measuring),
        ("PUT", "/api/bot/measuring", SUPERVISE, outcomes.measure),
    ]


def _status(status: StatusHandlers) -> list[_Line]:
    return [
        ("GET", "/api/status", SUPERVISE, status.show),
        ("POST", "/api/outbox/{handler}/{topic}/{seq}/replay", SUPERVISE, status.replay),
    ]
