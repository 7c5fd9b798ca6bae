"""The life of a real Rasa under our process: started, killed, hung, swapped, and never left behind."""

import asyncio
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.contract import Progress
from bot.leftover import Leftovers, identity
from bot.rasa_files import fingerprint
from deploy.setup.places import ROOT
from tests.bot.fake_programs import until
from tests.bot.rasa_owner import owner
from tests.servers.rasa import config_for, rasa_python, running_actions, trained_model

pytestmark = pytest.mark.rasa


@pytest.fixture(scope="module")
def action_url() -> Iterator[str]:
    with running_actions() as (_, url):
        yield url


@pytest.fixture
def folder(rasa_models: Path, tmp_path: Path, action_url: str) -> Path:
    """Where the process keeps its files, with the model of the project in it."""
    model = trained_model(config_for(rasa_models, action_url))
    shutil.copytree(model.parent, tmp_path / "var" / "models")
    return tmp_path / "var"


async def test_it_is_started_again_after_a_kill_and_after_it_hung(folder: Path, action_url: str) -> None:
    async with owner(ROOT, folder, action_url) as owned:
        await owned.until_ready()
        await owned.say("where is my order?", "c1")
        os.kill(owned.child(), signal.SIGKILL)
        await owned.until_ready(times=2)
        assert await owned.say("LL-10234", "c1") == ["order", "turn"]
        hung = owned.child()
        os.kill(hung, signal.SIGSTOP)
        await owned.until_ready(times=3)
        assert identity(hung) is None
        assert await owned.say("hello", "c2") == ["say", "turn"]
        last = owned.child()
    assert identity(last) is None
    assert Progress.TRAINING not in {state.state for state in owned.states}


async def test_a_changed_project_is_swapped_in_without_losing_a_turn(
    folder: Path, tmp_path: Path, action_url: str
) -> None:
    root = tmp_path / "tree"
    shutil.copytree(ROOT / "bot" / "project", root / "bot" / "project")
    answers: list[list[str]] = []

    async def chat(sender: str) -> None:
        while owned.states[-1].model == before:
            answers.append(await owned.say("where is my order?", sender))
            answers.append(await owned.say("never mind", sender))

    async with owner(root, folder, action_url) as owned:
        await owned.until_ready()
        before = owned.states[-1].model
        domain = root / "bot" / "project" / "domain.yml"
        domain.write_text(domain.read_text().replace("key: bot-greet", "key: bot-greet-again"))
        owned.process.refresh()
        await asyncio.gather(*(chat(f"c{number}") for number in range(2)), owned.until_model_changes(before))
        assert owned.states[-1].model == fingerprint(root / "bot" / "project")
        assert await owned.say("hello", "c9") == ["say", "turn"]
    assert {tuple(kinds) for kinds in answers} == {("ask", "turn"), ("say", "turn")}
    assert [state.state for state in owned.states].count(Progress.STARTING) > 0
    assert Progress.FAILED not in {state.state for state in owned.states}


async def test_it_dies_with_the_server_however_that_ends(folder: Path, action_url: str) -> None:
    server = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.bot.rasa_owner",
        str(ROOT),
        str(folder),
        action_url,
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
    )
    assert server.stdout is not None
    child = int(await server.stdout.readline())
    assert identity(child) is not None
    server.kill()
    await server.wait()
    await until(lambda: identity(child) is None)


async def test_one_left_behind_is_ended_at_the_next_start(folder: Path, action_url: str) -> None:
    config = config_for(folder, action_url)
    environment = config.child_environment(os.getpid())
    # Nothing tells this one that its server is gone.
    del environment["PARLEY_PARENT"]
    command = config.serve_command(rasa_python(), config.model(fingerprint(config.project)))
    left = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)  # noqa: ASYNC220 - it must outlive its loop
    try:
        assert left.stdout is not None
        assert b"import" in left.stdout.readline()
        Leftovers(config.records).remember("serve", left.pid)
        async with owner(ROOT, folder, action_url) as owned:
            await owned.until_ready()
            assert left.poll() is not None
            assert owned.child() != left.pid
    finally:
        left.kill()
        left.communicate()


def test_a_training_that_fails_says_so_and_leaves_no_half_model(tmp_path: Path) -> None:
    root = tmp_path / "tree"
    shutil.copytree(ROOT / "bot" / "project", root / "bot" / "project")
    (root / "bot" / "project" / "data" / "rules.yml").write_text("rules: [")
    config = config_for(tmp_path / "var", "http://127.0.0.1:1/webhook", root)
    model = config.model("broken")
    command = config.train_command(rasa_python(), model)
    done = subprocess.run(
        command, env=dict(config.environment), capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode != 0
    assert '"failed"' in done.stdout
    assert "rules.yml" in done.stdout
    assert list(model.parent.iterdir()) == []
