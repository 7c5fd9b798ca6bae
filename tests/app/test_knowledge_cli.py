"""`parley knowledge`: articles in from a folder, out into an archive, and what is wrong is said in one line."""

import argparse
from pathlib import Path

import pytest

from app.cli import knowledge
from app.runtime import opened
from app.settings import Settings
from core.errors import Invalid
from tests.builders import a_company

pytestmark = pytest.mark.served


def parsed(*arguments: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    knowledge.add_parser(parser.add_subparsers(dest="command"))
    return parser.parse_args(["knowledge", *arguments])


@pytest.fixture
async def settings(tmp_path: Path) -> Settings:
    made = Settings(folder=tmp_path / "var")
    async with opened(made) as runtime:
        await runtime.db.run(a_company)
    return made


async def test_a_folder_goes_in_and_an_archive_comes_out(
    settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "articles"
    (folder / "Returns").mkdir(parents=True)
    (folder / "Returns" / "send-back.md").write_text("# Send it back\n\nWithin 30 days.")
    path = str(folder)
    assert await knowledge.knowledge(settings, parsed("import", path, "--language", "en", "--try")) == 0
    assert await knowledge.knowledge(settings, parsed("import", path, "--language", "en")) == 0
    assert await knowledge.knowledge(settings, parsed("import", path, "--language", "en")) == 0
    assert capsys.readouterr().out.splitlines() == [
        "Would be done:",
        "      1  new articles: send-back",
        "      1  other new things: category returns",
        "Done:",
        "      1  new articles: send-back",
        "      1  other new things: category returns",
        "Done:",
        "      1  articles that are here already: send-back",
        "      1  other things that are here already: category returns",
    ]
    packed = tmp_path / "all.zip"
    assert await knowledge.knowledge(settings, parsed("export", str(packed))) == 0
    assert capsys.readouterr().out == f"Wrote 3 files to {packed}.\n"
    with pytest.raises(Invalid, match="path: expected a name that is free"):
        await knowledge.knowledge(settings, parsed("export", str(packed)))


async def test_what_is_wrong_is_said(settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(Invalid, match="a folder, a zip archive or a file"):
        await knowledge.knowledge(settings, parsed("import", str(tmp_path / "nothing")))
    with pytest.raises(Invalid, match=r"--by: expected the e-mail address of an agent, not eve@x.example"):
        await knowledge.knowledge(settings, parsed("import", str(tmp_path), "--by", "eve@x.example"))
