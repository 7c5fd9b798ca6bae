"""`python -m app COMMAND`: serve, migrate, seed, setup, inbox, mail, knowledge, bot, orders, staffing, simulate, routing, backup, restore, doctor, settings, schema."""

import argparse
import asyncio
import os
import sys
import zoneinfo
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path

import uvloop

from app.cli import admin, bot, data, inbox, knowledge, mail, orders, routing, serve, simulate, staffing
from app.settings import Settings, load
from core import log
from core.errors import ParleyError

_OURS_ALONE = 0o077
"""Customers' words, and the keys of their sessions: no other account of the machine reads what we write."""


_ALONE: dict[str, Callable[[argparse.Namespace], int]] = {
    "settings": lambda options: admin.list_settings(),
    "schema": lambda options: admin.print_schema(),
    "staffing": staffing.staffing,
    "simulate": simulate.simulate,
}
"""What needs neither settings nor database."""

_BY_OPTIONS: dict[str, Callable[[Settings, argparse.Namespace], Awaitable[int]]] = {
    "inbox": inbox.inbox,
    "mail": mail.mail,
    "knowledge": knowledge.knowledge,
    "bot": bot.bot,
    "orders": orders.orders,
    "routing": routing.routing,
}
"""What reads its own options."""


def main(arguments: list[str]) -> int:
    """The exit code; what is wrong with the input goes to standard error in one line."""
    os.umask(_OURS_ALONE)
    # The rules of time zones are the pinned package's, not those that this machine happens to have.
    zoneinfo.reset_tzpath(to=())
    options = _parser().parse_args(arguments)
    try:
        if options.command in _ALONE:
            return _ALONE[options.command](options)
        settings = load()
        log.configure(settings.log_level, as_json=settings.log_json)
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            return runner.run(_run(options, settings))
    except ParleyError as error:
        print(f"parley {options.command}: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


async def _run(options: argparse.Namespace, settings: Settings) -> int:
    if options.command in _BY_OPTIONS:
        return await _BY_OPTIONS[options.command](settings, options)
    match options.command:
        case "serve":
            return await serve.serve(_with_roles(settings, options.roles), sample=options.sample)
        case "migrate":
            return await admin.migrate_database(settings)
        case "seed":
            return await admin.seed(settings)
        case "setup":
            return await admin.setup(settings, email=options.email, name=options.name)
        case "doctor":
            return await admin.doctor(settings)
        case "backup":
            return await data.backup(settings, options.file)
        case _:
            return await data.restore(settings, options.file)


def _with_roles(settings: Settings, roles: str | None) -> Settings:
    """Raises Invalid for what is no role."""
    if roles is None:
        return settings
    chosen = replace(settings, roles=tuple(each.strip() for each in roles.split(",") if each.strip()))
    _ = chosen.served
    return chosen


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="parley", description="An omnichannel contact center")
    commands = parser.add_subparsers(dest="command", required=True)
    run = commands.add_parser("serve", help="start the server")
    run.add_argument(
        "--roles", help="what this process does, as web,relay,router,channels,bot; everything unless said"
    )
    run.add_argument("--sample", action="store_true", help="with a sample company, on loopback only")
    commands.add_parser("migrate", help="bring the database to the newest schema")
    commands.add_parser("seed", help="fill an empty database with the sample company")
    first = commands.add_parser("setup", help="make the first administrator, without sample data")
    first.add_argument("--email", required=True)
    first.add_argument("--name", required=True)
    commands.add_parser("doctor", help="say what is wrong with this installation")
    commands.add_parser("settings", help="list every setting with its default, as docs/settings.md has it")
    commands.add_parser(
        "schema", help="the chat protocol as a JSON Schema, as docs/chat-protocol.schema.json has it"
    )
    inbox.add_parser(commands)
    mail.add_parser(commands)
    knowledge.add_parser(commands)
    orders.add_parser(commands)
    bot.add_parser(commands)
    staffing.add_parser(commands)
    routing.add_parser(commands)
    simulate.add_parser(commands)
    for name, words in (("backup", "write everything to a file"), ("restore", "fill an empty database")):
        commands.add_parser(name, help=words).add_argument("file", type=Path)
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
