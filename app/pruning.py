"""Goes through what is over, table by table, with a pause after each transaction, so that nobody has to wait for it."""

import asyncio
import logging
from collections.abc import Mapping

from app.runtime import Runtime
from channels.live.pruning import prune_sessions as prune_visitor_sessions
from console.auth.pruning import prune_sessions as prune_agent_sessions
from core.passing import prune_events
from core.pruning import Prune, Pruned, PruningSettings
from core.store.tx import Tx
from routing.pruning import prune_offers, prune_wrap_ups

log = logging.getLogger(__name__)

PRUNED: Mapping[str, Prune] = {
    "events": prune_events,
    "offers": prune_offers,
    "wrap-ups": prune_wrap_ups,
    "visitors' sessions": prune_visitor_sessions,
    "agents' sessions": prune_agent_sessions,
}


class Pruner:
    """One a process; where several share a database each part of it goes once, whoever comes first."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime
        self._places = dict.fromkeys(PRUNED, "")

    async def step(self) -> None:
        """All tables once."""
        for name, prune in PRUNED.items():
            removed = await self._prune(name, prune)
            if removed:
                log.info("%d %s were old and over, and went", removed, name)

    async def _prune(self, name: str, prune: Prune) -> int:
        runtime, removed, more = self._runtime, 0, True
        while more:
            done = await runtime.db.run(_alone, name, prune, self._places[name], runtime.settings.pruning)
            self._places[name] = done.place
            removed, more = removed + done.removed, done.more
            await asyncio.sleep(runtime.settings.pruning.pause_s)
        return removed


def _alone(tx: Tx, name: str, prune: Prune, place: str, settings: PruningSettings) -> Pruned:
    """Two that delete the same rows in another order would wait for each other."""
    tx.alone(f"pruning {name}")
    return prune(tx, place, settings)
