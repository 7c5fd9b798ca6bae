"""`parley staffing` on the command line."""

import json
from pathlib import Path

import pytest

from app.__main__ import main


def test_it_prints_a_line_for_each_half_hour(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["staffing", "--arrivals", "50,10", "--handle", "300", "--from", "08:30", "--shrinkage", "0.25"]
    assert main(asked) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "80% answered within 20 s, Erlang C"
    assert [line.split()[:4] for line in lines[2:4]] == [
        ["08:30", "50", "12", "16"],
        ["09:00", "10", "4", "6"],
    ]


def test_it_reads_a_file_and_an_option_goes_before_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "plan.json"
    file.write_text(json.dumps({"arrivals": [50], "handle_s": 300, "share": 0.5}))
    assert main(["staffing", str(file), "--share", "0.8", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["halves"][0]["agents"] == 12


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (["--arrivals", "10"], "handle_s: expected a value"),
        (["--arrivals", "10,x", "--handle", "300"], "arrivals[1]: expected a number, not 'x'"),
        (["--arrivals", "10", "--handle", "-1"], "handle_s: expected a number from 1 to"),
        (
            ["--arrivals", "10", "--handle", "300", "--share", "80"],
            "share: expected a share above 0 and below 1",
        ),
        (["nowhere.json"], "file: expected a file that can be read"),
        (["--scenario", "nowhere.json"], "--scenario: expected a file that can be read"),
    ],
)
def test_what_makes_no_sense_is_refused_by_its_field(
    asked: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["staffing", *asked]) == 1
    assert said in capsys.readouterr().err


SCENARIO = {
    "types": [{"name": "calls", "rate": 20, "handle": 60, "target": 20, "profile": [1, 2]}],
    "agents": [{"name": "all", "count": 2}],
    "policy": "first_come",
    "seeds": 1,
    "hours": 8,
}


def test_it_searches_by_simulation_where_skills_differ(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "scenario.json"
    file.write_text(json.dumps(SCENARIO))
    assert main(["staffing", "--scenario", str(file), "--half-hours", "11:30-12:30", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert list(found) == ["11:30", "12:00"]
    assert found["11:30"]["counts"]["all"] <= found["12:00"]["counts"]["all"]
    assert main(["staffing", "--scenario", str(file), "--half-hours", "12:30-11:00"]) == 1
    assert "--half-hours" in capsys.readouterr().err
