"""What reads, writes or redacts what thousands of rows hold is worked on beside the event loop, wherever it is asked for."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.tree import ROOT

Function = tuple[str, str]
"""Its module and its name."""

LARGE = {
    *("list_all", "list_some", "load_contents", "held", "collect_into", "store_import", "try_import"),
    *("cluster_page", "cluster_detail"),
}
"""By name, whatever module or object they are of."""
WORDS: set[Function] = {
    ("knowledge.loop.naming", "names_in"),
    ("knowledge.loop.redacting", "redact_lines"),
}
"""What takes more than 5 ms of CPU by itself: whatever comes to it is large, too."""
FOLDERS = ("app", "console", "knowledge")
BESIDE = ("large", "_large", "workers", "_workers", "background", "runner", "_runner")


class Module:
    """The functions of one file, what they name, and where they are handed to a database."""

    def __init__(self, path: Path, tree: ast.Module) -> None:
        self.name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        self._nodes = list(ast.walk(tree))
        self._known: dict[str, Function] = {}
        self._modules: dict[str, str] = {}
        for node in self._nodes:
            if isinstance(node, ast.ImportFrom) and node.module:
                for each in node.names:
                    self._known[each.asname or each.name] = (node.module, each.name)
                    self._modules[each.asname or each.name] = f"{node.module}.{each.name}"
            elif isinstance(node, ast.FunctionDef):
                self._known[node.name] = (self.name, node.name)

    def named(self, node: ast.AST) -> Iterator[Function]:
        for each in ast.walk(node):
            if isinstance(each, ast.Name) and each.id in self._known:
                yield self._known[each.id]
            elif isinstance(each, ast.Attribute) and isinstance(each.value, ast.Name):
                yield (self._modules.get(each.value.id, each.value.id), each.attr)

    def functions(self) -> Iterator[tuple[Function, set[Function]]]:
        for node in self._nodes:
            if isinstance(node, ast.FunctionDef):
                yield (self.name, node.name), set(self.named(node)) - {(self.name, node.name)}

    def handed(self) -> Iterator[tuple[str, Function]]:
        """To what, and which function; those of the outbox's table go to the database as it is."""
        for node in self._nodes:
            if not isinstance(node, ast.Call):
                continue
            asked = isinstance(node.func, ast.Attribute) and node.func.attr in {"read", "run"}
            if asked and node.args:
                of = ast.unparse(node.func).rpartition(".")[0]
                yield from ((of, each) for each in self.named(node.args[0]))
            elif isinstance(node.func, ast.Name) and node.func.id == "TxHandler":
                yield from (("outbox", each) for each in self.named(node))


def _on_the_loop(modules: list[Module]) -> tuple[int, list[str]]:
    """How many are large in all, and those that are handed to the event loop."""
    functions = [each for module in modules for each in module.functions()]
    large = set(WORDS)
    while more := {name for name, named in functions if named & large} - large:
        large |= more
    handed = [each for module in modules for each in module.handed()]
    found = [(of, name) for of, name in handed if name in large or name[1] in LARGE]
    return len(found), [f"{of}: {name[1]}" for of, name in found if of.rpartition(".")[2] not in BESIDE]


@pytest.mark.served
def test_large_work_never_goes_to_the_event_loop() -> None:
    paths = [path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py")]
    count, wrong = _on_the_loop([Module(path, ast.parse(path.read_text())) for path in paths])
    assert count > len(LARGE)
    assert wrong == []


def test_what_is_large_is_found_in_closures_and_behind_other_functions() -> None:
    text = (
        "from knowledge.loop.naming import names_in\n"
        "from core.outbox import TxHandler\n"
        "def behind(tx): return names_in(tx, [])\n"
        "async def handle(db):\n"
        "    def closure(tx): return behind(tx)\n"
        "    await db.run(closure)\n"
        "    await db.read(lambda tx: behind(tx))\n"
        "    await db.large.read(closure)\n"
        "TxHandler('x', (), behind)\n"
    )
    _, wrong = _on_the_loop([Module(ROOT / "app" / "made_up.py", ast.parse(text))])
    assert sorted(wrong) == ["db: behind", "db: closure", "outbox: behind"]
