"""Set-up tells what it does, does nothing twice, and finds the programs it needs on odd machines."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from deploy.setup import child, debian, environment, python310, rasa, web
from deploy.setup.__main__ import COMMANDS, main, run
from deploy.setup.places import ROOT
from deploy.setup.progress import Progress, SetupError, json_lines, plain_text
from deploy.setup.stamps import fingerprint, is_current, tree_fingerprint, write_stamp


def program(path: Path, script: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return path


def documents(out: io.StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in out.getvalue().splitlines()]


def states(out: io.StringIO) -> list[tuple[object, object]]:
    return [(line["step"], line["state"]) for line in documents(out)]


def test_each_line_for_a_program_is_one_json_object_with_four_fields() -> None:
    out = io.StringIO()
    with json_lines(out).step("Packages"):
        pass
    assert states(out) == [("Packages", "start"), ("Packages", "done")]
    assert {frozenset(line) for line in documents(out)} == {frozenset({"step", "state", "seconds", "detail"})}


def test_a_failed_step_says_why_and_the_last_line_says_so_too(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(progress: Progress) -> str:
        with progress.step("Packages"):
            raise SetupError("the disk is full")

    monkeypatch.setitem(COMMANDS, "rasa", broken)
    out = io.StringIO()
    assert run("rasa", json_lines(out)) == 1
    assert states(out) == [("Packages", "start"), ("Packages", "failed"), ("ready", "failed")]
    assert documents(out)[-1]["detail"] == "the disk is full"


def test_a_person_reads_what_is_done_and_how_long_it_took() -> None:
    out = io.StringIO()
    with plain_text(out).step("Packages"):
        pass
    assert out.getvalue().splitlines() == ["  … Packages", "  ✓ Packages (0.0 s)"]


def test_an_unknown_word_prints_how_to_call_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["everything"]) == 2
    assert "WHAT is one of" in capsys.readouterr().err


def test_a_failed_child_process_shows_its_last_lines() -> None:
    with json_lines(io.StringIO()).step("Packages") as step, pytest.raises(SetupError, match="no space left"):
        child.run(step, [sys.executable, "-c", "print('no space left'); raise SystemExit(3)"])


def test_a_program_that_is_not_there_is_a_plain_error() -> None:
    with (
        json_lines(io.StringIO()).step("Packages") as step,
        pytest.raises(SetupError, match="could not be started"),
    ):
        child.run(step, ["/nowhere/at-all"])


def test_settings_of_the_callers_shell_do_not_lead_installers_astray(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VIRTUAL_ENV", "/elsewhere")
    monkeypatch.setenv("PIP_TARGET", "/elsewhere")
    assert "/elsewhere" not in child.clean_environment().values()


def test_a_changed_input_makes_its_result_stale(tmp_path: Path) -> None:
    lock, stamp = tmp_path / "lock", tmp_path / "made" / "stamp"
    lock.write_text("one==1")
    assert not is_current(stamp, fingerprint(lock))
    write_stamp(stamp, fingerprint(lock))
    assert is_current(stamp, fingerprint(lock))
    lock.write_text("one==2")
    assert not is_current(stamp, fingerprint(lock))


def test_what_a_build_makes_is_not_one_of_its_sources(tmp_path: Path) -> None:
    (tmp_path / "page.ts").write_text("1")
    before = tree_fingerprint(tmp_path, frozenset({"dist"}))
    program(tmp_path / "dist" / "page.js", "2")
    assert tree_fingerprint(tmp_path, frozenset({"dist"})) == before
    (tmp_path / "page.ts").rename(tmp_path / "other.ts")
    assert tree_fingerprint(tmp_path, frozenset({"dist"})) != before


@pytest.fixture
def bare_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home and a PATH with nothing in them."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    for name in ("PYENV_ROOT", "PYTHON310"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def test_pyenvs_own_python_is_taken_and_not_its_shim_that_does_not_run(bare_machine: Path) -> None:
    program(bare_machine / "bin" / "python3.10", "echo 'pyenv: python3.10: command not found' >&2; exit 127")
    wanted = program(bare_machine / ".pyenv" / "versions" / "3.10.4" / "bin" / "python3.10", "echo 3.10")
    with json_lines(io.StringIO()).step("Python") as step:
        assert python310.find_or_install(step) == wanted


def test_a_python_of_another_version_is_not_taken_for_3_10(bare_machine: Path) -> None:
    assert not python310.runs(program(bare_machine / "bin" / "python3.10", "echo 3.12"))


def test_without_any_python_3_10_it_is_said_what_to_install(
    bare_machine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(python310, "UV", program(bare_machine / "uv", "echo 'no route' >&2; exit 2"))
    with (
        json_lines(io.StringIO()).step("Python") as step,
        pytest.raises(SetupError, match="install Python"),
    ):
        python310.find_or_install(step)


def test_a_node_that_is_too_old_is_passed_over(bare_machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web, "VENV", bare_machine / "venv")
    program(bare_machine / "bin" / "node", "echo v18.19.0")
    program(bare_machine / "bin" / "npm", "echo 9")
    assert web.find_npm() is None
    program(bare_machine / "venv" / "bin" / "node", "echo v24.19.0")
    npm = program(bare_machine / "venv" / "bin" / "npm", "echo 11")
    assert web.find_npm() == npm


def test_rasas_environment_is_made_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = []

    def install(_step: object, python: Path, lock: Path) -> None:
        made.append(lock)
        program(python, "echo 3.10")

    monkeypatch.setattr(rasa, "RASA_VENV", tmp_path / "venv")
    monkeypatch.setattr(rasa, "RASA_PYTHON", tmp_path / "venv" / "python")
    monkeypatch.setattr(rasa, "STAMP", tmp_path / "venv" / "stamp")
    monkeypatch.setattr(rasa, "UV", program(tmp_path / "uv", "exit 0"))
    monkeypatch.setattr(environment, "install", install)
    monkeypatch.setattr(environment, "ensure_venv", lambda _progress: None)
    monkeypatch.setattr(python310, "find_or_install", lambda _step: Path(sys.executable))
    first, second = io.StringIO(), io.StringIO()
    assert rasa.ensure(json_lines(first)) == rasa.ensure(json_lines(second)) == tmp_path / "venv" / "python"
    assert len(made) == 1
    assert states(first)[-1][1] == "done"
    assert states(second) == []


def test_while_debian_installs_nothing_may_start_and_the_machines_own_policy_comes_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    policy = tmp_path / "policy-rc.d"
    monkeypatch.setattr(debian, "POLICY", policy)
    with debian.nothing_starts():
        assert "exit 101" in policy.read_text()
    assert not policy.exists()
    program(policy, "exit 0")
    before = policy.read_text()
    with pytest.raises(SetupError), debian.nothing_starts():
        raise SetupError("no space left")
    assert policy.read_text() == before


def test_packages_that_would_ask_are_answered_before_they_are_installed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran: list[str] = []

    def run_child(_step: object, command: list[str], env: dict[str, str]) -> None:
        told = Path(command[1]).read_text() if command[0] == "debconf-set-selections" else ""
        ran.append(" ".join(command[:2]) + told)
        assert env["DEBIAN_FRONTEND"] == "noninteractive"

    monkeypatch.setattr(debian, "POLICY", tmp_path / "policy-rc.d")
    monkeypatch.setattr(debian, "_ask_for_root", lambda _packages: None)
    monkeypatch.setattr("shutil.which", lambda name, path=None: f"/usr/bin/{name}")
    monkeypatch.setattr(child, "run", run_child)
    debian._install(json_lines(io.StringIO()), [need for need in debian.NEEDS if need.what == "Postfix"])
    assert [line.split()[0] for line in ran] == ["apt-get", "debconf-set-selections", "apt-get"]
    assert "postfix/main_mailer_type select No configuration" in ran[1]


ENDED_EARLY = """
import signal, sys
from deploy.setup import __main__ as setup, child, progress

def endless(given):
    with given.step("Endless") as step:
        child.run(step, ["sh", "-c", "echo $$; exec tail -f /dev/null"])

progress.EVERY_S["json"] = 0.0
setup.COMMANDS["rasa"] = endless
sys.exit(setup.start(["rasa"]))
"""


def test_ending_set_up_ends_what_it_started() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", ENDED_EARLY], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as child:
        assert child.stdout is not None
        told = (json.loads(line) for line in child.stdout)
        installer = next(
            int(str(line["detail"])) for line in told if line["state"] == "progress" and line["detail"]
        )
        child.terminate()
        assert [line["state"] for line in told][-1] == "failed"
    assert child.returncode == 130
    with pytest.raises(ProcessLookupError):
        os.kill(installer, 0)


def test_the_command_parley_works_in_any_folder(tmp_path: Path) -> None:
    command = tmp_path / "parley"
    environment.ensure_command(command)
    assert os.access(command, os.X_OK)
    told = subprocess.run(
        [sys.executable, command, "settings"], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert told.stdout.startswith("# Settings")


@pytest.mark.served
def test_its_workers_start(tmp_path: Path) -> None:
    """Each reads the command's file anew, and must not run the command."""
    command = tmp_path / "parley"
    environment.ensure_command(command)
    scenario = {"types": [{"rate": 20, "handle": 300}], "agents": 3, "hours": 2, "seeds": 2}
    (tmp_path / "scenario.json").write_text(json.dumps(scenario))
    told = subprocess.run(
        [sys.executable, command, "simulate", "scenario.json", "--processes", "2", "--json"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 0, told.stderr[-2000:]
    assert json.loads(told.stdout)
