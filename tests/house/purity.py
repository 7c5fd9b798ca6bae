"""Which files only decide, and what such a file may import; the list is the import contract in pyproject.toml."""

import ast
import sys
import tomllib

from tests.house.tree import PACKAGES, ROOT, imported_modules, module_name, package_files

CONTRACT = "Deciding is pure"
COMPUTES = frozenset({"babel", "rapidfuzz"})
"""Libraries that work out a value from values, or from tables of their own, and do nothing else."""


def contract() -> dict[str, list[str]]:
    """The contract of the pure files: their names, and the modules kept out of them."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())
    contracts: list[dict[str, list[str]]] = settings["tool"]["importlinter"]["contracts"]
    return next(each for each in contracts if str(each["name"]) == CONTRACT)


def breaches() -> list[str]:
    """`file imports module` for each import by a pure file of anything that is not pure."""
    pure, kept_out = set(contract()["source_modules"]), set(contract()["forbidden_modules"])
    modules = {module_name(name) for name in package_files()}
    found = []
    for name in package_files():
        if module_name(name) in pure:
            found += [f"{name} imports {module}" for module in _impure(name, modules, pure, kept_out)]
    return found


def _is_only_a_sentence(package: str) -> bool:
    """Whether it is a package whose own file does nothing, so that importing it brings in nothing else."""
    opening = ROOT / package.replace(".", "/") / "__init__.py"
    return opening.is_file() and len(ast.parse(opening.read_text()).body) == 1


def _impure(name: str, modules: set[str], pure: set[str], kept_out: set[str]) -> list[str]:
    found = []
    for imported in sorted(imported_modules(name)):
        top = imported.partition(".")[0]
        if top in PACKAGES:
            # `from core import ids` imports core as well: an opening sentence, nothing more. So it is with any package inside.
            allowed = imported not in modules or imported in pure or _is_only_a_sentence(imported)
        else:
            allowed = top in COMPUTES or (top in sys.stdlib_module_names and top not in kept_out)
        if not allowed:
            found.append(imported)
    return found
