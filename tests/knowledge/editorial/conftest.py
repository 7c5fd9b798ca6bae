"""An empty knowledge base with people of each role, and how to walk an article through it."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from core.agent import Role, permissions_of
from core.ids import AgentId, ArticleId
from core.store.tx import Tx
from knowledge import library
from knowledge.article import Content
from knowledge.editorial import editions
from knowledge.editorial.desk import At, Desk
from knowledge.editorial.schedule import schedule_handler
from knowledge.editorial.settings import EditorialSettings
from knowledge.editorial.stages import Standing, Who
from knowledge.library import Edit
from tests.builders import World, a_company, a_world, an_agent, sqlite_url

ROLES = {"amy": Role.AUTHOR, "ray": Role.REVIEWER, "pam": Role.PUBLISHER, "ada": Role.AGENT}
RETURNS = Content("Returns", "Send it back.\n\nWithin 30 days.\n\nFor free.")
LATER = Content("Returns", "Send it back.\n\nWithin 60 days.\n\nFor free.")
STRICT = EditorialSettings(review_required=True)
EASY = EditorialSettings()


def who(name: str) -> Who:
    return Who(AgentId(name), permissions_of(frozenset({ROLES[name]})))


AMY, RAY, PAM, ADA = who("amy"), who("ray"), who("pam"), who("ada")


@dataclass
class Office:
    """``article`` was written by amy, in English, and nothing was done with it yet."""

    world: World
    article: ArticleId
    desk: Desk

    async def at(self, version: int | None = None) -> At:
        return At(self.article, "en", version)

    async def standing(self) -> Standing:
        return await self.world.db.read(editions.standing, self.article, "en")

    async def edit(self, content: Content = LATER, by: str = "amy") -> None:
        base = (await self.standing()).number
        await self.world.db.run(library.edit, self.article, "en", Edit(content, base), AgentId(by))

    async def published(self) -> int | None:
        return (await self.standing()).published


def _staff(tx: Tx) -> None:
    a_company(tx)
    for name, role in ROLES.items():
        if name != "ada":
            an_agent(tx, name, roles=(role.value,))


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
async def world(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[World]:
    url = sqlite_url(tmp_path) if request.param == "sqlite" else request.getfixturevalue("postgres_url")
    async with a_world(url, [schedule_handler(STRICT)]) as made:
        await made.db.run(_staff)
        yield made


@pytest.fixture
async def office(world: World) -> Office:
    """Under strict rules: nothing is published that nobody approved."""

    def written(tx: Tx) -> ArticleId:
        return library.create(tx, "en", RETURNS, author=AMY.agent).id

    return Office(world, await world.db.run(written), Desk(STRICT))
