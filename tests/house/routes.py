"""Reads the route tables from the sources: what is served, and what one must be allowed to ask for it."""

import ast
from collections.abc import Iterator

from tests.house.tree import nodes, package_files

METHODS = frozenset({"GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
CONSOLE = frozenset({"console/routes.py", "console/knowledge_routes.py"})
_LINE = 4
"""Method, path, permission and handler; a shorter line of the console's tables is open to anybody."""


def served() -> set[tuple[str, str, str]]:
    """Method, path and permission of every route, without those of the internal listener."""
    found = {route for name in package_files() for route in _routes_in(name)}
    return {(method, path, permission) for method, path, permission in found if permission != "internal"}


def _routes_in(name: str) -> Iterator[tuple[str, str, str]]:
    for node in nodes(name):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Route":
            yield from _route(node.args)
        elif isinstance(node, ast.Tuple) and name in CONSOLE:
            yield from _line(node.elts)


def _route(parts: list[ast.expr]) -> Iterator[tuple[str, str, str]]:
    match parts:
        case [ast.Constant(str(method)), ast.Constant(str(path)), _, ast.Attribute(attr=permission)]:
            yield method, path, permission.lower()
        case _:
            return


def _line(parts: list[ast.expr]) -> Iterator[tuple[str, str, str]]:
    match parts:
        case [ast.Constant(str(method)), ast.Constant(str(path)), *rest] if method in METHODS:
            named = rest[0].id if len(parts) == _LINE and isinstance(rest[0], ast.Name) else "public"
            yield method, path, named.lower()
        case _:
            return
