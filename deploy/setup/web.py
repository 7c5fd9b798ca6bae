"""Builds web/ with Node 20.19 or newer, the machine's own or one from a Python package, when its sources have changed."""

import os
import re
import shutil
import subprocess
from pathlib import Path

from deploy.setup import child, environment
from deploy.setup.places import LOCKS, VENV, WEB
from deploy.setup.progress import Progress, SetupError
from deploy.setup.stamps import fingerprint, is_current, tree_fingerprint, write_stamp

OLDEST_NODE = (20, 19)
NODE_MODULES = WEB / "node_modules"
DIST = WEB / "dist"
NOT_SOURCES = frozenset({"node_modules", "dist"})


def ensure_packages(progress: Progress) -> None:
    """web/node_modules as package-lock.json has it."""
    value = fingerprint(WEB / "package-lock.json")
    stamp = NODE_MODULES / ".parley-lock"
    if is_current(stamp, value):
        return
    npm = _npm(progress)
    with progress.step("Packages of the web pages (npm ci)") as step:
        child.run(step, [npm, "ci"], cwd=WEB, env=npm_environment(npm))
        write_stamp(stamp, value)


def ensure_built(progress: Progress) -> None:
    """web/dist from the sources as they are now."""
    value = tree_fingerprint(WEB, NOT_SOURCES)
    stamp = DIST / ".parley-sources"
    if is_current(stamp, value):
        return
    ensure_packages(progress)
    npm = _npm(progress)
    with progress.step("Web pages (npm run build)") as step:
        child.run(step, [npm, "run", "build"], cwd=WEB, env=npm_environment(npm))
        write_stamp(stamp, value)


def npm_environment(npm: Path) -> dict[str, str]:
    """Npm's scripts call `node` by name: the one beside this npm."""
    return {"PATH": f"{npm.parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}"}


def find_npm() -> Path | None:
    """Npm beside a Node that is new enough: the machine's own, or the one in `.venv`."""
    for folder in [*os.get_exec_path(), str(VENV / "bin")]:
        node, npm = Path(folder) / "node", Path(folder) / "npm"
        if shutil.which(npm) and _version(node) >= OLDEST_NODE:
            return npm
    return None


def _npm(progress: Progress) -> Path:
    if npm := find_npm():
        return npm
    environment.ensure_venv(progress)
    environment.ensure_extra(progress, "Node, from a Python package", LOCKS / "node.txt")
    if npm := find_npm():
        return npm
    raise SetupError(
        "The web pages need Node 20.19 or newer with npm, and none runs here. Install one and start again."
    )


def _version(node: Path) -> tuple[int, int]:
    """Node's major and minor version, zeros when it does not run."""
    try:
        answer = subprocess.run([node, "--version"], capture_output=True, text=True, timeout=20, check=True)
    except (OSError, subprocess.SubprocessError):
        return (0, 0)
    found = re.match(r"v(\d+)\.(\d+)\.", answer.stdout)
    return (int(found[1]), int(found[2])) if found else (0, 0)
