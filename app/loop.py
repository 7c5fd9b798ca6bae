"""The background work of the loop: questions into clusters, articles compared, and once an hour what to forget and what an article did."""

import logging
from collections.abc import Awaitable, Callable

from app.runtime import Runtime
from knowledge.embedding.models import Models, background
from knowledge.loop.comparing import Comparer
from knowledge.loop.gathering import Gatherer, Reading
from knowledge.loop.keeping import forget
from knowledge.loop.watching import judge_all
from knowledge.search import Search
from knowledge.upkeep import tend as tend_all

log = logging.getLogger(__name__)


def gathering(runtime: Runtime, models: Models) -> Callable[[], Awaitable[None]]:
    """One step of clustering."""

    def reading(language: str) -> Reading | None:
        """In a worker."""
        model = models.of(language)
        return None if model is None else Reading(model, background(model))

    gatherer = Gatherer(runtime.db, runtime.background, runtime.settings.knowledge.loop, reading)

    async def step() -> None:
        _ = await gatherer.step()

    return step


def comparing(runtime: Runtime, search: Search) -> Callable[[], Awaitable[None]]:
    """One step of comparing articles with one another."""
    comparer = Comparer(runtime.db, runtime.background, search.find, runtime.settings.knowledge.loop)

    async def step() -> None:
        _ = await comparer.step()

    return step


async def tend_knowledge(runtime: Runtime, models: Models) -> None:
    """Forget what nobody has used for long."""
    gone = await tend_all(runtime.db, runtime.clock, models.at_work(), runtime.settings.knowledge.keeping)
    if gone.copies or gone.vectors:
        log.info("%d old unsaved texts and %d unused vectors forgotten", gone.copies, gone.vectors)


async def tend(runtime: Runtime) -> None:
    """Forget what is old; close and open clusters by what their articles did."""
    gone = await forget(runtime.db, runtime.settings.knowledge.loop)
    changed = await judge_all(runtime.db)
    if gone or changed:
        log.info("%d old questions forgotten, %d clusters closed or opened again", gone, changed)
