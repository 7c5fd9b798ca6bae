"""Puts together how the bot is improved: what it misunderstood, labels, training and roll-outs."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from app.rasa import config_here
from app.runtime import Runtime
from bot.children import Children
from bot.improving.desk import Desk
from bot.improving.hearing import Misreads
from bot.improving.rolling import Place, Releases, Roller
from bot.improving.stewarding import Claim, Steward, Tended
from bot.improving.training import Trainer
from bot.improving.turns import forget_old
from bot.improving.workshop import Workshop
from bot.process import RasaProcess
from bot.program import ChildPrograms
from bot.servers import RasaServers
from channels.claims import hold, release
from core.errors import Unavailable
from core.ids import ConversationId
from core.store.tx import Tx
from knowledge.loop.naming import names_here
from knowledge.loop.redacting import redact

SERVER, COMMAND = "server:", "command:"
"""What trains: processes that serve, and commands beside them."""


@dataclass(frozen=True, slots=True)
class Improvement:
    """``roller`` has this server's Rasa, or those that somebody else runs, take part in roll-outs; None without any."""

    desk: Desk
    misreads: Misreads
    roller: Roller | Steward | None


def improvement(runtime: Runtime, rasa: RasaProcess | RasaServers | None) -> Improvement:
    """Nothing runs yet."""
    settings, shop = runtime.settings.bot.improving, Workshop(config_here(runtime.settings))
    server = runtime.ids.new()
    roller: Roller | Steward | None = None
    match rasa:
        case RasaProcess():
            roller = Roller(runtime.db, rasa, shop, settings, Place(server, runtime.alone))
        case RasaServers():
            roller = _steward(runtime, rasa, shop)
        case None:
            pass

    async def python() -> Path:
        found = None if rasa is None else rasa.python
        if found is None:
            raise Unavailable("Rasa is not installed here, or not yet", code="no_rasa")
        return found

    desk = desk_of(
        runtime, shop, python, f"{SERVER}{server}", (lambda: None) if roller is None else roller.wake
    )
    clean = partial(_redact, mail_addresses=settings.redact_mail_addresses)
    return Improvement(desk, Misreads(clean, settings), roller)


def _steward(runtime: Runtime, rasa: RasaServers, shop: Workshop) -> Steward:
    """Each server takes part in roll-outs by its address."""
    db, limits, settings = runtime.db, runtime.settings.rasa, runtime.settings.bot.improving
    tended = [
        Tended(each, Roller(db, each, shop, settings, Place(each.address.url, alone=False)))
        for each in rasa.servers
    ]
    claim = Claim(hold, release, limits.lease_s)
    return Steward(db, tended, Releases(db, shop), claim, runtime.ids, limits.starts_to_safety)


def desk_of(
    runtime: Runtime,
    shop: Workshop,
    python: Callable[[], Awaitable[Path]],
    holder: str,
    wake: Callable[[], None] = lambda: None,
) -> Desk:
    """``holder`` names the process that trains."""
    settings = runtime.settings.bot.improving
    children = Children(shop.config, ChildPrograms(runtime.supervisor))
    trainer = Trainer(runtime.db, children, shop, python, settings, holder)
    return Desk(runtime.db, shop, trainer, runtime.supervisor.start, wake, settings)


def _redact(tx: Tx, conversation: ConversationId, text: str, most: int, *, mail_addresses: bool) -> str:
    return redact(text, names_here(tx, conversation), most, mail_addresses=mail_addresses)


async def tend(runtime: Runtime) -> None:
    """Forget misunderstood texts that are older than they are kept."""
    settings = runtime.settings.bot.improving
    while await runtime.db.run(forget_old, settings.keep_days, settings.forget_at_once):
        pass
