"""`parley bot examples|models|roll-out`: examples out of and into files, and models beside a running server."""

import argparse
from dataclasses import replace
from pathlib import Path

import pytest

from app.__main__ import _parser
from app.cli.bot import bot
from app.runtime import opened
from app.settings import Settings
from bot.improving.labels import examples
from core.errors import Invalid, NotFound

pytestmark = pytest.mark.served

FILE = """version: "3.1"
nlu:
- intent: order_refund
  examples: |
    - gimme the dosh back, I am ann@example.org
- intent: greet
  examples: |
    - wassup mate
"""


def options(*words: str) -> argparse.Namespace:
    return _parser().parse_args(["bot", *words])


@pytest.fixture
async def settings(tmp_path: Path) -> Settings:
    made = replace(Settings(), folder=tmp_path / "var")
    async with opened(made):
        pass
    return made


async def kept(settings: Settings) -> set[tuple[str, str]]:
    async with opened(settings, migrating=False) as runtime:
        return {(each.text, each.intent) for each in await runtime.db.read(examples, 10)}


async def test_examples_come_in_redacted_and_go_out_again(settings: Settings, tmp_path: Path) -> None:
    (file := tmp_path / "in.yml").write_text(FILE)
    assert await bot(settings, options("examples", "import", "--try", str(file))) == 0
    assert await kept(settings) == set()
    assert await bot(settings, options("examples", "import", str(file))) == 0
    assert await kept(settings) == {
        ("gimme the dosh back, I am [✉]", "order_refund"),
        ("wassup mate", "greet"),
    }
    out = tmp_path / "out.yml"
    assert await bot(settings, options("examples", "export", str(out))) == 0
    assert "- wassup mate" in out.read_text()
    with pytest.raises(Invalid, match="a name that is free"):
        await bot(settings, options("examples", "export", str(out)))
    assert await bot(settings, options("examples", "import", str(out))) == 0
    assert len(await kept(settings)) == 2


async def test_a_text_that_means_something_else_here_is_named_and_left_alone(
    settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (file := tmp_path / "in.yml").write_text(FILE)
    await bot(settings, options("examples", "import", str(file)))
    file.write_text(FILE.replace("intent: greet", "intent: goodbye"))
    assert await bot(settings, options("examples", "import", str(file))) == 1
    assert "'wassup mate': greet or goodbye" in capsys.readouterr().out
    assert ("wassup mate", "greet") in await kept(settings)


async def test_the_projects_own_model_is_listed_as_in_use(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    assert await bot(settings, options("models")) == 0
    assert "in use" in capsys.readouterr().out
    with pytest.raises(NotFound):
        await bot(settings, options("roll-out", "nobody"))
