"""`parley simulate`: a table, JSON, a page, or the mistake in one line."""

import json
from pathlib import Path

import pytest

from app.__main__ import main
from tests.house.tree import ROOT

pytestmark = pytest.mark.served

SMALL = {"types": [{"rate": 30}], "agents": 4, "hours": 1, "seeds": 1, "policy": "first_come"}


@pytest.fixture
def small(tmp_path: Path) -> str:
    file = tmp_path / "small.json"
    file.write_text(json.dumps(SMALL), encoding="utf-8")
    return str(file)


def test_it_prints_a_table(small: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["simulate", small, "--processes", "1"]) == 0
    assert "== first_come ==" in capsys.readouterr().out


def test_json_is_all_that_it_prints(small: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["simulate", small, "--processes", "1", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["policies"][0]["all"]["arrived"] > 0


def test_it_writes_a_page(small: str, tmp_path: Path) -> None:
    page = tmp_path / "report.html"
    assert main(["simulate", small, "--processes", "1", "--html", str(page), "--language", "zh"]) == 0
    assert '<html lang="zh">' in page.read_text(encoding="utf-8")


def test_the_schema_is_the_published_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["simulate", "--schema"]) == 0
    published = (ROOT / "docs" / "simulation.schema.json").read_text(encoding="utf-8")
    assert capsys.readouterr().out == published


def test_a_mistake_is_told_in_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "wrong.json"
    file.write_text(json.dumps({**SMALL, "agents": [{"capacity": 0}]}), encoding="utf-8")
    assert main(["simulate", str(file)]) == 1
    told = capsys.readouterr().err
    assert told == "parley simulate: agents[0].capacity: expected a whole number of at least 1, not 0\n"


def test_a_file_that_is_not_there_is_said_to_be_missing(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["simulate", "nowhere.json"]) == 1
    assert "file: expected a file that can be read" in capsys.readouterr().err


def test_a_limit_is_set_by_its_name(small: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["simulate", small, "--limit", "agents=3", "--processes", "1"]) == 1
    told = capsys.readouterr().err
    assert told == "parley simulate: agents: expected at most 3 (limit agents), not 4\n"
    assert main(["simulate", small, "--limit", "agents=4", "--limit", "hours=1", "--processes", "1"]) == 0


@pytest.mark.parametrize("limit", ["agents", "agents=", "agents=0", "agents=-1", "agents=many", "weather=3"])
def test_a_limit_that_makes_no_sense_is_refused(
    small: str, limit: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["simulate", small, "--limit", limit]) == 1
    assert "--limit: expected NAME=NUMBER with one of agents, " in capsys.readouterr().err


@pytest.mark.parametrize("processes", ["0", "-1", "1000000000"])
def test_so_many_processes_are_refused(
    small: str, processes: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["simulate", small, "--processes", processes]) == 1
    assert "--processes: expected 1 to 256" in capsys.readouterr().err
