"""The rules of the house that no tool knows: budgets, openings, purity, names, and what must not be in the tree."""

import ast
import importlib
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.house import budgets, excused, purity
from tests.house.tree import (
    PACKAGES,
    RASA_PROJECT,
    ROOT,
    files,
    nodes,
    package_files,
    python_files,
    syntax,
    text,
    typescript_files,
)

CHANNELS = frozenset({"email", "chat", "telegram", "widget", "loopback"})
MAY_NAME_CHANNELS = ("app/", "channels/")
"""Only the adapters know which channel they are; what wires them and the sample company choose among them."""

REGISTRY = re.compile(
    r"https?://[\w.-]*(?:registry|pypi|pythonhosted|npmjs|mirror|proxy)[\w.-]*", re.IGNORECASE
)
MACHINE_PATH = re.compile(r"(?<![\w.}\]-])/(?:work|root|home|Users)/[\w.-]+")
MIGRATION = re.compile(r"(?P<number>\d{4})_(?:pre|post)_[a-z0-9_]+\.py")


@pytest.mark.parametrize(
    ("found", "excuses"),
    [
        (budgets.long_files, excused.LONG_FILES),
        (budgets.long_functions, excused.LONG_FUNCTIONS),
        (budgets.many_parameters, excused.MANY_PARAMETERS),
    ],
    ids=["files of 400 lines", "functions of 60 lines", "6 parameters"],
)
def test_nothing_goes_over_its_budget_without_an_excuse_and_no_excuse_is_left_over(
    found: Callable[[], dict[str, int]], excuses: dict[str, str]
) -> None:
    over = found()
    assert {name: over[name] for name in over if name not in excuses} == {}
    assert [name for name in excuses if name not in over] == []


def test_each_python_file_opens_with_a_sentence() -> None:
    assert [name for name in python_files() if text(name).strip() and not _opens_well(name)] == []


def _opens_well(name: str) -> bool:
    first = (ast.get_docstring(syntax(name)) or "").partition("\n\n")[0].strip()
    return first.endswith((".", ":", "!", "?"))


def test_each_typescript_file_opens_with_a_comment() -> None:
    assert [name for name in typescript_files() if not text(name).startswith(("/*", "//"))] == []


def test_what_decides_imports_nothing_that_does() -> None:
    assert purity.breaches() == []


def test_each_root_package_comes_from_this_tree() -> None:
    """`channels`, `core` and `bot` are also names of other people's distributions."""
    for package in PACKAGES:
        place = importlib.import_module(package).__file__
        assert place is not None
        assert Path(place).is_relative_to(ROOT), package


def test_no_channel_is_named_outside_channels() -> None:
    outside = [name for name in package_files() if not name.startswith(MAY_NAME_CHANNELS)]
    assert {name: named for name in outside if (named := _channels_named(name))} == {}


def _channels_named(name: str) -> list[str]:
    """Where a file compares with a channel's name, or has a name that holds one."""
    found = []
    for node in nodes(name):
        if isinstance(node, ast.Compare | ast.MatchValue):
            compared = {each.value for each in ast.walk(node) if isinstance(each, ast.Constant)}
            found += [f"{node.lineno}: {value}" for value in compared if value in CHANNELS]
        elif isinstance(node, ast.Name | ast.Attribute | ast.FunctionDef | ast.ClassDef):
            called = (
                node.id if isinstance(node, ast.Name) else getattr(node, "attr", getattr(node, "name", ""))
            )
            if re.search("telegram|widget|loopback", called, re.IGNORECASE):
                found.append(f"{node.lineno}: {called}")
    return found


def test_no_test_sleeps() -> None:
    """A test waits for what it needs, with a time limit; `sleep(0)` only lets others run."""
    assert [where for name in python_files(below=("tests/",)) for where in _sleeps(name)] == []


def _sleeps(name: str) -> list[str]:
    found = []
    for node in nodes(name):
        if isinstance(node, ast.Call):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            zero = bool(node.args) and isinstance(node.args[0], ast.Constant) and node.args[0].value == 0
            if (called == "sleep" and not zero) or called == "wait_for_timeout":
                found.append(f"{name}:{node.lineno}")
    return found


def test_no_test_is_skipped_or_expected_to_fail() -> None:
    for name in python_files(below=("tests/",)):
        called = {node.attr for node in nodes(name) if isinstance(node, ast.Attribute)}
        assert not called & {"skip", "skipif", "xfail", "importorskip"}, name
    for name in typescript_files():
        assert not re.search(r"\b(?:it|test|describe)\.(?:skip|todo|only)\b", text(name)), name


def test_time_tasks_and_settings_are_taken_in_their_one_place_only() -> None:
    """Ruff keeps clocks, tasks and the environment to one file each; nobody may silence it."""
    assert [name for name in python_files() if re.search(r"#\s*(?:ruff:\s*)?noqa:.*TID251", text(name))] == []


def test_no_file_names_a_registry_or_a_path_of_somebodys_machine() -> None:
    assert {name: found[0] for name in files() if (found := REGISTRY.findall(text(name)))} == {}
    ours = [name for name in files() if "/fixtures/" not in name]
    assert {name: found[0] for name in ours if (found := MACHINE_PATH.findall(text(name)))} == {}


def test_lock_files_hold_hashes_and_no_address() -> None:
    locks = [name for name in files() if re.search(r"(?:requirements[\w-]*|locks/\w+)\.txt$", name)]
    assert len(locks) >= 6
    for name in locks:
        assert "://" not in text(name), name
        pinned = re.findall(r"^[\w.\[\]-]+==.*$", text(name), re.MULTILINE)
        assert pinned, name
        assert all(line.endswith("\\") for line in pinned), name
    for name in files():
        if name.endswith("package-lock.json"):
            assert '"resolved"' not in text(name), name


def test_rasas_project_imports_nothing_of_ours() -> None:
    ours = {*PACKAGES, "tests", "bench", "deploy"}
    for name in python_files(below=(RASA_PROJECT,)):
        for node in nodes(name):
            module = node.module if isinstance(node, ast.ImportFrom) else None
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else [module or ""]
            assert not {each.partition(".")[0] for each in names} & ours, name


def test_migrations_are_one_line_in_order() -> None:
    """`NNNN_pre_…` runs before new code starts, `NNNN_post_…` once the old code is gone; each follows the last."""
    names = [name for name in python_files(below=("core/migrations/",)) if re.search(r"/\d[^/]*$", name)]
    before: str | None = None
    for number, name in enumerate(names, start=1):
        found = MIGRATION.fullmatch(Path(name).name)
        assert found is not None, f"{name}: call it NNNN_pre_… or NNNN_post_…"
        assert int(found["number"]) == number, name
        assigned = _assigned(name)
        assert assigned["down_revision"] == before, name
        before = assigned["revision"]


def _assigned(name: str) -> dict[str, str | None]:
    """Constants assigned at a file's top level."""
    found: dict[str, str | None] = {}
    for node in syntax(name).body:
        target = node.targets[0] if isinstance(node, ast.Assign) else getattr(node, "target", None)
        value = getattr(node, "value", None)
        if isinstance(target, ast.Name) and isinstance(value, ast.Constant):
            found[target.id] = value.value if value.value is None else str(value.value)
    return found
