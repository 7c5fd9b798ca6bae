"""`parley serve`: everything in one process, or the roles it is told, until somebody ends it."""

import asyncio
import json
import secrets
import signal
from pathlib import Path

from app.notify import notify
from app.roles import ProcessRole
from app.runtime import Runtime
from app.sample.company import SignIn, seed
from app.sample.inboxes import CHAT
from app.settings import Settings, notify_socket
from app.wiring import Parley, nothing, running
from console.auth.passwords import hasher
from console.parts import BOT
from core.bus import StateChanged
from core.errors import Invalid
from core.store.tx import Tx

_PASSWORD_BYTES = 9
_SIGN_INS = "sample-sign-ins.json"


async def serve(settings: Settings, *, sample: bool) -> int:
    """Print where it is and who may sign in; end cleanly on Ctrl-C or SIGTERM."""
    if sample and not settings.on_loopback:
        raise Invalid("PARLEY_HOST", "a loopback address, because sample people have printed passwords")
    ended = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, ended.set)
    async with running(settings, _seed if sample else nothing) as parley:
        _print_welcome(parley, sample_people(settings.folder) if sample else [])
        parley.runtime.bus.listen(StateChanged, _Progress().heard, own=True)
        notify(notify_socket(), ready="1", status=parley.addresses.own, internal=parley.addresses.internal)
        await ended.wait()
        print("\nStopping.", flush=True)
    return 0


async def _seed(runtime: Runtime) -> None:
    """At the first start; the passwords that are made then stay in a file that only we can read."""
    await runtime.db.run(seed_and_keep, runtime.settings.folder)


def seed_and_keep(tx: Tx, folder: Path) -> None:
    """The file is whole before the people are committed: whatever ends us in between, nobody is locked out."""
    seeded = seed(tx, hasher().hash, new_password)
    if not seeded:
        return
    lines = [[one.name, one.email, one.password, list(one.roles)] for one in seeded]
    draft = folder / f"{_SIGN_INS}.new"
    draft.touch(mode=0o600)
    draft.write_text(json.dumps(lines, ensure_ascii=False))
    draft.replace(folder / _SIGN_INS)


def sample_people(folder: Path) -> list[SignIn]:
    file = folder / _SIGN_INS
    return [SignIn(*line) for line in json.loads(file.read_text())] if file.exists() else []


def new_password() -> str:
    """For a sample person."""
    return secrets.token_urlsafe(_PASSWORD_BYTES)


def _print_welcome(parley: Parley, people: list[SignIn]) -> None:
    if ProcessRole.WEB not in parley.runtime.settings.served:
        roles = ", ".join(each for each in ProcessRole if each in parley.runtime.settings.served)
        print(f"\nParley runs here as {roles}; health and metrics: {parley.addresses.internal}\n", flush=True)
        return
    lines = [
        "",
        "Parley runs.",
        f"  A shop's page with the widget   {parley.addresses.own}/demo",
        f"  The console                     {parley.addresses.own}/console",
    ]
    if people:
        lines.insert(3, f"  The shop's chat as a page       {parley.addresses.own}/chat/{CHAT}")
        widest = max(len(one.email) for one in people)
        lines += [
            "",
            "  Sign in as",
            *(f"    {p.email:<{widest}}  {p.password}  {p.name}, {', '.join(p.roles)}" for p in people),
        ]
    print("\n".join(lines), "\n  Ctrl-C ends it.\n", sep="\n", flush=True)


class _Progress:
    """Says how far Rasa is: each step once, and a failure that repeats itself only once too."""

    def __init__(self) -> None:
        self._said: set[str] = set()

    def heard(self, signal_: StateChanged) -> None:
        if signal_.what != BOT:
            return
        state, step = str(signal_.data["state"]), str(signal_.data["step"])
        line = f"Rasa: {state}" + (f", {step}" if step and step != state else "")
        if state == "failed":
            line += f": {signal_.data['detail']}"
        if state == "ready":
            self._said.clear()
        if line not in self._said:
            self._said.add(line)
            print(f"  {line} ({signal_.data['seconds']:.0f} s)", flush=True)
