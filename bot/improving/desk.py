"""Everything that the console and the commands do about improving the bot: implements ``contract.Improving``."""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass

from bot.improving import labels, models, rollouts, turns
from bot.improving.contract import Label, MisreadPage, ModelDetail, Models, Rollout, Wanted
from bot.improving.example import difference
from bot.improving.rollouts import named
from bot.improving.settings import ImprovingSettings
from bot.improving.training import Trainer
from bot.improving.workshop import Workshop
from core.errors import Invalid
from core.ids import AgentId
from core.store.database import Database
from core.store.tx import Tx

Start = Callable[[str, Coroutine[object, object, None]], object]
"""Runs something in the background, by a name."""


@dataclass(frozen=True, slots=True)
class Desk:
    """``wake`` tells the roller of this process that a roll-out has begun."""

    db: Database
    workshop: Workshop
    trainer: Trainer
    start: Start
    wake: Callable[[], None]
    settings: ImprovingSettings

    async def intents(self) -> Sequence[str]:
        return await asyncio.to_thread(self.workshop.intents)

    async def misread(self, wanted: Wanted) -> MisreadPage:
        return await self.db.read(turns.page, wanted)

    async def label(self, key: str, intent: str | None, by: AgentId) -> Label:
        known = await self.intents()
        if intent is not None and intent not in known:
            raise Invalid("intent", "one of " + ", ".join(known))
        return await self.db.run(labels.label, key, intent, by)

    async def undo(self, label: str, by: AgentId) -> Label | None:
        return await self.db.run(labels.undo, label, by)

    async def models(self) -> Models:
        project = await asyncio.to_thread(self.workshop.project)
        in_use = await self.db.run(models.in_use, project)
        learned = await self.db.read(labels.examples, self.settings.examples)
        clashes = await asyncio.to_thread(self.workshop.clashes, learned)
        dropped = await asyncio.to_thread(self.workshop.dropped, learned)
        most = self.settings.models_shown

        def shown(tx: Tx) -> Models:
            return Models(
                items=models.history(tx, most),
                rollouts=rollouts.history(tx, most),
                servers=rollouts.servers_now(tx),
                in_use=in_use,
                project=project,
                examples=len(learned),
                since=difference(models.newest_learned(tx), learned),
                clashes=tuple(clashes),
                dropped=tuple(dropped),
            )

        return await self.db.read(shown)

    async def model(self, model: str) -> ModelDetail:
        return await self.db.read(_detail, model)

    async def train(self, by: AgentId | None) -> str:
        task = await self.trainer.begin(by)
        self.start("train the bot", self.trainer.work(task))
        return task.model

    async def roll_out(self, model: str, by: AgentId | None) -> Rollout:
        project = await asyncio.to_thread(self.workshop.project)
        found = await self.db.run(_roll_out, model, project, by)
        self.wake()
        return found


def _detail(tx: Tx, model: str) -> ModelDetail:
    found = models.one(tx, model)
    against = found.evaluation.against if found.evaluation else None
    before = () if against is None else models.learned(tx, against).examples
    return ModelDetail(found, difference(before, models.learned(tx, model).examples))


def _roll_out(tx: Tx, model: str, project: str, by: AgentId | None) -> Rollout:
    made = rollouts.begin(tx, model, models.in_use(tx, project), by)
    return named(rollouts.history(tx, 1), made)
