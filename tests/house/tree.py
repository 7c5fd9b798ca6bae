"""The files of this tree that are ours, and the syntax tree of each Python file."""

import ast
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("app", "bot", "channels", "console", "core", "knowledge", "routing")
RASA_PROJECT = "bot/project/"


@cache
def files() -> tuple[str, ...]:
    """Every file that is tracked or about to be, as a path from the root."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return tuple(sorted(name for name in listed.splitlines() if (ROOT / name).is_file()))


def python_files(*, below: tuple[str, ...] = ("",)) -> tuple[str, ...]:
    return tuple(name for name in files() if name.endswith(".py") and name.startswith(below))


def package_files() -> tuple[str, ...]:
    """The product's own Python files, without Rasa's project, which lives in an environment of its own."""
    below = tuple(f"{package}/" for package in PACKAGES)
    return tuple(name for name in python_files(below=below) if not name.startswith(RASA_PROJECT))


def typescript_files() -> tuple[str, ...]:
    return tuple(name for name in files() if name.endswith((".ts", ".tsx", ".mjs")))


@cache
def text(name: str) -> str:
    """Content of a file; what is no text reads as nothing."""
    try:
        return (ROOT / name).read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


@cache
def syntax(name: str) -> ast.Module:
    return ast.parse(text(name), filename=name)


@cache
def nodes(name: str) -> tuple[ast.AST, ...]:
    """Every node of a file's syntax tree, for the many rules that look at each."""
    return tuple(ast.walk(syntax(name)))


def module_name(name: str) -> str:
    """`core/store/tx.py` as `core.store.tx`."""
    return name.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def imported_modules(name: str) -> set[str]:
    """Every module a file imports, wherever in the file; of `from a import b` both `a` and `a.b`."""
    found: set[str] = set()
    for node in nodes(name):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
            found.update(f"{node.module}.{alias.name}" for alias in node.names)
    return found
