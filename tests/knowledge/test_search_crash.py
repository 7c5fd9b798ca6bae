"""A process that dies while it publishes or builds the index anew leaves the old or the new, never half of each."""

import re
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from random import Random

import pytest

from core.answer import PUBLIC_READER
from core.tasks import Workers
from knowledge import store
from knowledge.index.finding import Finder
from knowledge.index.keeping import IndexStore
from knowledge.search import Search
from tests.builders import a_world, sqlite_url
from tests.house.tree import ROOT
from tests.knowledge.publishing import ARTICLES

pytestmark = pytest.mark.server

KILLS = 8
_ROUND = re.compile(r"round (\d+)")


def kill_while_publishing(folder: Path, after_s: float) -> None:
    program = [sys.executable, "-m", "tests.knowledge.publishing", str(folder)]
    with subprocess.Popen(program, cwd=ROOT, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        with suppress(subprocess.TimeoutExpired):
            process.wait(after_s)
        process.kill()  # in the middle of whatever it does then


def rounds(finder: Finder) -> set[int]:
    hits = finder.find("lamp everything round", "en", ARTICLES, PUBLIC_READER).hits
    assert len(hits) == ARTICLES
    return {int(_ROUND.findall(hit.document.text)[0]) for hit in hits}


@pytest.mark.parametrize("kill", range(KILLS))
async def test_a_killed_process_leaves_the_old_or_the_new(
    kill: int, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    kill_while_publishing(tmp_path, Random(kill).uniform(0.05, 1.0))
    keeper = IndexStore(tmp_path / "search")
    assert len(rounds(Finder(keeper.open().snapshot()))) == 1
    assert "damaged" not in caplog.text
    keeper.close()
    workers = Workers(2)
    async with a_world(sqlite_url(tmp_path)) as world:
        search = Search(world.db, workers, folder=tmp_path / "search")
        await search.open()
        answers = await search.find("lamp everything round", "en", ARTICLES)
        newest = {key.number for key in await world.db.read(store.list_published)}
        assert len(newest) == 1
        assert {answer.revision for answer in answers} == newest
        search.close()
    workers.close()
    assert [path.name for path in (tmp_path / "search").glob("work-*")] == []
