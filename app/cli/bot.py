"""`parley bot`: what became of its conversations, counted anew from the record; and its models and examples."""

import argparse

from app.cli.learning import add_parsers, learn
from app.runtime import opened
from app.settings import Settings
from bot.deflection.keeping import recount


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """The command and what it takes."""
    bot = commands.add_parser("bot", help="look after the bot")
    what = bot.add_subparsers(dest="what", required=True)
    what.add_parser("recount", help="judge anew what became of every conversation with the bot")
    add_parsers(what)


async def bot(settings: Settings, options: argparse.Namespace) -> int:
    """Also beside a running server."""
    if options.what != "recount":
        return await learn(settings, options)
    async with opened(settings, migrating=False) as runtime:
        counted = await recount(runtime.db, settings.bot.deflection)
    print(f"{counted} conversations with the bot judged anew")
    return 0
