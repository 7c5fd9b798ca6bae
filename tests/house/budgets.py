"""Measures files and functions."""

import ast
from collections.abc import Iterator

from tests.house.tree import files, nodes, python_files, text, typescript_files

FILE_LINES = 400
FUNCTION_LINES = 60
PARAMETERS = 6

Function = ast.FunctionDef | ast.AsyncFunctionDef


def long_files() -> dict[str, int]:
    """Source files over the budget, with their lines."""
    sources = (*python_files(), *typescript_files(), *(name for name in files() if name.endswith(".css")))
    lines = {name: text(name).count("\n") for name in sources}
    return {name: count for name, count in lines.items() if count > FILE_LINES}


def long_functions() -> dict[str, int]:
    """Functions over the budget, with their lines from `def` to the last one."""
    lines = {where: (node.end_lineno or 0) - node.lineno + 1 for where, node in functions()}
    return {where: count for where, count in lines.items() if count > FUNCTION_LINES}


def many_parameters() -> dict[str, int]:
    """Functions over the budget, with their parameters, self and cls not counted."""
    counts = {where: _parameters(node) for where, node in functions()}
    return {where: count for where, count in counts.items() if count > PARAMETERS}


def functions() -> Iterator[tuple[str, Function]]:
    for name in python_files():
        for node in nodes(name):
            if isinstance(node, Function):
                yield f"{name}:{node.name}", node


def _parameters(node: Function) -> int:
    names = [argument.arg for argument in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)]
    return len(names) - (names[:1] in (["self"], ["cls"]))
