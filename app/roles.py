"""Which role of a process runs what: the one table. A process has every role unless it is told which."""

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum

from core.errors import Invalid
from core.outbox import OutboxHandler


class ProcessRole(StrEnum):
    """``web``: what is served to the world, sockets too. ``relay``: what follows from events, and what time does.
    ``router``: who gets what waits; one process leads, the others stand by. ``channels``: mailboxes and bots are read,
    replies are sent. ``bot``: what the bot says, and Rasa.
    """

    WEB = "web"
    RELAY = "relay"
    ROUTER = "router"
    CHANNELS = "channels"
    BOT = "bot"


WEB, RELAY, ROUTER, CHANNELS, BOT = ProcessRole
ALL = frozenset(ProcessRole)
Roles = frozenset[ProcessRole]

BACKGROUND: Mapping[str, Roles] = {
    # every process: that it runs, what others did, and settings that decide what an event leads to
    "process": ALL,
    "sweep": ALL,
    "webhooks": ALL,
    # work from the outbox, each role its own handlers
    "relay": frozenset({RELAY, CHANNELS, BOT}),
    "router": frozenset({ROUTER}),
    # what is served
    "console": frozenset({WEB}),
    "views": frozenset({WEB}),
    "waiting": frozenset({WEB}),
    "sessions": frozenset({WEB}),
    "whereabouts": frozenset({WEB}),
    # what is known: articles, opening hours
    "search": frozenset({WEB, RELAY, CHANNELS, BOT}),
    "hours": frozenset({WEB, RELAY, CHANNELS, BOT}),
    # the outside world
    "mail": frozenset({CHANNELS}),
    "bots": frozenset({CHANNELS}),
    # Rasa and its models
    "rasa": frozenset({BOT}),
    "models": frozenset({BOT}),
    # what time does
    "vectors": frozenset({RELAY}),
    "calendars": frozenset({RELAY}),
    "rules": frozenset({RELAY}),
    "uploads": frozenset({RELAY}),
    "pruning": frozenset({RELAY}),
    "gaps": frozenset({RELAY}),
    "findings": frozenset({RELAY}),
    "loop": frozenset({RELAY}),
    "deflection": frozenset({RELAY}),
    "misreads": frozenset({RELAY}),
    "keeping": frozenset({RELAY}),
}
"""What runs in the background, and which roles need it."""

HANDLERS: Mapping[ProcessRole, frozenset[str]] = {
    BOT: frozenset({"bot.answer", "bot.suggest", "bot.errand"}),
    CHANNELS: frozenset({"dispatcher", "verification", "continuation", "webhooks", "telegram"}),
}
"""Listeners that one role works on; all others are the relay's, but for the router's own."""


def roles_of(names: Sequence[str], *, alone: bool) -> Roles:
    """``alone``: there can be one process only. Raises Invalid for a word that is no role, and for too few."""
    known = {each.value for each in ProcessRole}
    if not names or not known.issuperset(names):
        raise Invalid("PARLEY_ROLES", f"some of {', '.join(ProcessRole)}, not {','.join(names) or 'none'}")
    roles = frozenset(map(ProcessRole, names))
    if alone and roles != ALL:
        raise Invalid(
            "PARLEY_ROLES", "every role, because SQLite has one process; several processes share PostgreSQL"
        )
    return roles


def runs(name: str, roles: Roles) -> bool:
    """Whether a process with these roles runs it in the background."""
    return bool(BACKGROUND[name] & roles)


def worked_on(handlers: Iterable[OutboxHandler], roles: Roles) -> list[OutboxHandler]:
    """The listeners that a process with these roles works on."""
    return [each for each in handlers if _role_of(each.name) in roles]


def _role_of(handler: str) -> ProcessRole:
    return next((role for role, names in HANDLERS.items() if handler in names), RELAY)
