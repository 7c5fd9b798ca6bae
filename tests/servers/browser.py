"""One headless Chromium a run; each test connects to it and makes contexts of its own (a visitor, an agent)."""

import re
import subprocess
import tempfile
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import IO

from playwright.async_api import Browser, async_playwright, expect

from deploy.setup.debian import find_chromium

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--remote-debugging-port=0",
)
START_S = 120.0
SHOWN_MS = 30_000.0
"""How long a page may take until it shows what is expected: on a busy machine reconnecting alone takes seconds."""
ADDRESS = re.compile(r"DevTools listening on (ws://\S+)")


class NoChromiumError(Exception):
    """No Chromium is installed on this machine."""


@contextmanager
def running_chromium() -> Iterator[str]:
    """The address to connect to; ended and its profile removed afterwards."""
    program = find_chromium()
    if program is None:
        raise NoChromiumError("No Chromium here: `python3 -m deploy.setup test` installs it (as root).")
    with tempfile.TemporaryDirectory(prefix="parley-chromium-", ignore_cleanup_errors=True) as profile:
        command = [program, *FLAGS, f"--user-data-dir={profile}", "about:blank"]
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as child:
            try:
                yield _address(child)
            finally:
                child.terminate()


@asynccontextmanager
async def connected_browser(address: str) -> AsyncIterator[Browser]:
    """Playwright in the test's own event loop; every context made is closed at the end."""
    expect.set_options(timeout=SHOWN_MS)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.connect_over_cdp(address)
        theirs = list(browser.contexts)
        try:
            yield browser
        finally:
            for context in browser.contexts:
                if context not in theirs:
                    await context.close()


def _address(child: subprocess.Popen[str]) -> str:
    """Chromium tells its address once it is ready; what it says later is read and dropped."""
    told: list[str] = []
    ready = threading.Event()
    assert child.stderr is not None
    threading.Thread(target=_listen, args=(child.stderr, told, ready), daemon=True).start()
    if not ready.wait(START_S) or not told:
        raise NoChromiumError(f"Chromium did not start within {START_S:.0f} s (exit code {child.poll()}).")
    return told[0]


def _listen(errors: IO[str], told: list[str], ready: threading.Event) -> None:
    for line in errors:
        if found := ADDRESS.search(line):
            told.append(found[1])
            ready.set()
    ready.set()
