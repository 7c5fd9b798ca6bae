"""`parley inbox list` and `parley inbox add email|telegram …`: an inbox set up and tried without a browser."""

import argparse
import getpass
import sys
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from aiohttp import ClientSession, DummyCookieJar
from sqlalchemy import select

from app.runtime import Runtime, opened
from app.settings import Settings
from channels.contract import ProbeStep
from channels.email.fetching.boxes import Trouble, troubles
from channels.email.mail import KIND
from channels.email.overlap import clashes
from channels.email.probe import Prober
from channels.email.wire import email_config
from channels.telegram import wire as telegram
from channels.telegram.probe import probe as probe_bot
from channels.telegram.receiving import boxes
from channels.telegram.transport import Api
from console.changes.boxes import Clashes, check_alone
from console.changes.rows import add
from console.changes.setup import INBOX
from core.errors import Invalid, NotFound, Rejected
from core.inbox import BotMode, stored_bot
from core.outbound import Outbound
from core.store.tables.people import inbox as inbox_table
from core.store.tables.people import queue as queue_table
from core.store.tx import Tx

SECURITY = ("tls", "starttls", "none")


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """The command and what it takes."""
    inbox = commands.add_parser("inbox", help="list inboxes, add a mailbox or a bot")
    what = inbox.add_subparsers(dest="what", required=True)
    what.add_parser("list", help="every inbox, and what keeps a mailbox from being read")
    kinds = what.add_parser("add", help="add an inbox").add_subparsers(dest="kind", required=True)
    mailbox = kinds.add_parser("email", help="a mailbox: IMAP in, SMTP out; tried before it is saved")
    _inbox_options(mailbox)
    _server_options(mailbox)
    _secret_options(mailbox)
    _mail_options(mailbox)
    bot = kinds.add_parser("telegram", help="a Telegram bot; tried before it is saved")
    bot.add_argument("--name", required=True, help="what agents call the inbox")
    bot.add_argument("--token-file", type=Path, help="else it is asked for, or read from standard input")
    bot.add_argument("--mode", choices=("polling", "webhook"))
    bot.add_argument("--groups", action="store_true", help="it answers in groups too, when it is spoken to")
    _common_options(bot)


def _inbox_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--address", required=True, help="the mailbox's own address")
    parser.add_argument("--name", help="what agents call the inbox; its address if not given")
    _common_options(parser)


def _common_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--queue", help="where its conversations wait: a name or an id")
    parser.add_argument(
        "--bot",
        choices=[mode.value for mode in BotMode],
        default=BotMode.OFF.value,
        help="suggest: it leaves the agents answers that they may give; answer: it answers first",
    )
    parser.add_argument("--no-check", action="store_true", help="save it without trying it")


def _server_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--imap-host", required=True)
    parser.add_argument("--imap-port", type=int)
    parser.add_argument("--imap-security", choices=SECURITY)
    parser.add_argument("--imap-user", help="the address if not given")
    parser.add_argument("--imap-folder", help="INBOX if not given")
    parser.add_argument(
        "--imap-mark", choices=("nothing", "seen", "flagged"), help="once a mail is stored here"
    )
    parser.add_argument("--imap-take", choices=("new", "all"), help="all: also what is there already")
    parser.add_argument("--smtp-host", required=True)
    parser.add_argument("--smtp-port", type=int)
    parser.add_argument("--smtp-security", choices=SECURITY)
    parser.add_argument("--smtp-user", help="the address if not given; - for nobody")
    parser.add_argument("--smtp-per-minute", type=int)


def _secret_options(parser: argparse.ArgumentParser) -> None:
    """No secret is an argument: every process of the machine could read it."""
    parser.add_argument(
        "--password-file", type=Path, help="else it is asked for, or read from standard input"
    )
    parser.add_argument("--smtp-password-file", type=Path, help="where it is another one")
    parser.add_argument("--oauth-token-url", help="sign in by XOAUTH2, with tokens from here")
    parser.add_argument("--oauth-client-id")
    parser.add_argument("--oauth-client-secret-file", type=Path)
    parser.add_argument("--oauth-refresh-token-file", type=Path)
    parser.add_argument("--oauth-scope")


def _mail_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--display-name", help="what stands before the address in From")
    parser.add_argument(
        "--alias", action="append", default=[], help="another address that delivers here; repeatable"
    )
    parser.add_argument(
        "--plus-addresses", action="store_true", help="name+anything@domain delivers here too"
    )
    parser.add_argument(
        "--trusted",
        help="the name under which your server writes Authentication-Results; only if your server writes this "
        "header on every mail it receives and removes foreign ones: otherwise a sender can forge it",
    )
    parser.add_argument("--signature", action="append", default=[], metavar="LANGUAGE=FILE")
    parser.add_argument("--language")
    parser.add_argument(
        "--resolved", choices=("reopen", "link"), help="what a reply to a resolved conversation does"
    )
    parser.add_argument("--lists", choices=("queue", "set_aside"), help="what becomes of mailing lists' mail")
    parser.add_argument("--form", action="append", default=[], help="a contact form's sender; repeatable")
    parser.add_argument("--per-sender-hour", type=int)


async def inbox(settings: Settings, options: argparse.Namespace) -> int:
    """Works beside a running server, which begins to watch a new mailbox at once."""
    async with opened(settings, migrating=options.what == "add") as runtime:
        if options.what == "list":
            return await _list(runtime)
        if options.kind == telegram.KIND:
            return await _add_telegram(runtime, options)
        return await _add_email(runtime, options)


async def _list(runtime: Runtime) -> int:
    rows = await runtime.db.read(
        lambda tx: tx.conn.execute(select(inbox_table).order_by(inbox_table.c.id)).all()
    )
    failing: dict[str, Trouble | boxes.Trouble] = {
        each.name: each for each in await runtime.db.read(troubles)
    }
    failing |= {each.name: each for each in await runtime.db.read(boxes.troubles)}
    for row in rows:
        print(f"{row.id}  {row.kind:<8} {'on ' if row.enabled else 'off'}  {row.name}")
        if row.name in failing:
            print(
                f"    cannot be read since {failing[row.name].since:%Y-%m-%d %H:%M} UTC: {failing[row.name].problem}"
            )
    return 0


async def _add_email(runtime: Runtime, options: argparse.Namespace) -> int:
    raw = config_of(options)
    config = email_config(raw)
    prober = Prober(Outbound(runtime.settings.email.outbound), runtime.clock)
    new = _New(KIND, options.name or options.address, raw, clashes, lambda: prober(config))
    return await _add(runtime, options, replace(new, interruptible=True))


async def _add_telegram(runtime: Runtime, options: argparse.Namespace) -> int:
    token = _secret(options.token_file, "--token-file") or _asked("Token of the bot: ")
    raw = _given(token=token, mode=options.mode, groups=options.groups or None)
    config = telegram.telegram_config(raw)
    settings = runtime.settings.telegram

    async def probed() -> Sequence[ProbeStep]:
        async with ClientSession(cookie_jar=DummyCookieJar()) as session:
            api = Api(lambda: session, settings.api_url, settings.calls)
            return await probe_bot(config, api.bot, runtime.settings.public_url or "")

    return await _add(runtime, options, _New(telegram.KIND, options.name, raw, telegram.clashes, probed))


@dataclass(frozen=True, slots=True)
class _New:
    """An inbox to be; ``clashes`` as ``Channel.clashes``, ``interruptible`` as the channel's ``Capabilities`` have it."""

    kind: str
    name: str
    config: dict[str, Any]
    clashes: Clashes
    probe: Callable[[], Awaitable[Sequence[ProbeStep]]]
    interruptible: bool = False


async def _add(runtime: Runtime, options: argparse.Namespace, new: _New) -> int:
    queue = await runtime.db.read(_queue, options.queue)
    await runtime.db.read(check_alone, None, new.kind, new.config, new.clashes)
    if not options.no_check and not _worked(await new.probe()):
        print("Nothing was saved; --no-check saves it all the same.", file=sys.stderr)
        return 1
    values = {
        "kind": new.kind,
        "name": new.name,
        "enabled": True,
        "queue_id": queue,
        **stored_bot(BotMode(options.bot)),
        "config": new.config,
        "interruptible": new.interruptible,
    }
    made = await runtime.db.run(_save, values, new.clashes)
    print(f"Inbox {made} is saved; a running server begins to read it within seconds.")
    return 0


def _worked(steps: Sequence[ProbeStep]) -> bool:
    """Shows each step with its outcome; whether all of them worked."""
    for step in steps:
        shown = {"ok": "ok  ", "failed": "BAD ", "not_tried": "-   "}[step.state]
        print(f"{shown}{step.name}{f': {step.detail}' if step.detail else ''}")
    return all(step.state == "ok" for step in steps)


def _queue(tx: Tx, wanted: str | None) -> str:
    rows = tx.conn.execute(select(queue_table.c.id, queue_table.c.name).order_by(queue_table.c.name)).all()
    names = ", ".join(row.name for row in rows)
    if wanted is None:
        if len(rows) != 1:
            raise Invalid("--queue", f"one of {names}")
        return str(rows[0].id)
    for row in rows:
        if wanted in {row.id, row.name}:
            return str(row.id)
    raise NotFound(f"--queue: there is no queue {wanted}, only {names}")


def _save(tx: Tx, values: dict[str, Any], clashes: Clashes) -> str:
    check_alone(tx, None, values["kind"], values["config"], clashes)
    return add(tx, INBOX, {**values, "created_at": tx.now})


def config_of(options: argparse.Namespace) -> dict[str, Any]:
    """As ``channels.email.wire`` has it; what was not given keeps its default."""
    smtp_user = None if options.smtp_user == "-" else options.smtp_user or options.address
    config: dict[str, Any] = {
        "address": options.address,
        "imap": _given(
            host=options.imap_host,
            user=options.imap_user or options.address,
            port=options.imap_port,
            security=options.imap_security,
            folder=options.imap_folder,
            mark=options.imap_mark,
            take=options.imap_take,
        ),
        "smtp": _given(
            host=options.smtp_host,
            user=smtp_user,
            port=options.smtp_port,
            security=options.smtp_security,
            per_minute=options.smtp_per_minute,
        ),
    }
    signatures = dict(_signature(each) for each in options.signature)
    return config | _given(
        name=options.display_name,
        aliases=options.alias or None,
        plus_addresses=options.plus_addresses or None,
        trusted=options.trusted,
        signature=signatures or None,
        language=options.language,
        resolved=options.resolved,
        lists=options.lists,
        forms=options.form or None,
        per_sender_hour=options.per_sender_hour,
        **_secrets(options),
    )


def _given(**values: Any) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}


def _secrets(options: argparse.Namespace) -> dict[str, Any]:
    smtp = _secret(options.smtp_password_file, "--smtp-password-file")
    if options.oauth_token_url is not None:
        oauth = _given(
            token_url=options.oauth_token_url,
            client_id=options.oauth_client_id or "",
            client_secret=_secret(options.oauth_client_secret_file, "--oauth-client-secret-file"),
            refresh_token=_secret(options.oauth_refresh_token_file, "--oauth-refresh-token-file") or "",
            scope=options.oauth_scope,
        )
        return _given(oauth=oauth, smtp_password=smtp)
    password = _secret(options.password_file, "--password-file")
    if password is None:
        password = _asked("Password of the mailbox: ")
    return _given(password=password, smtp_password=smtp)


def _asked(question: str) -> str:
    return getpass.getpass(question) if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")


def _secret(file: Path | None, option: str) -> str | None:
    """The file's first line."""
    if file is None:
        return None
    try:
        return file.read_text().partition("\n")[0].rstrip("\r")
    except (OSError, UnicodeDecodeError) as error:
        raise Invalid(option, f"a file that can be read; {error}") from error


def _signature(given: str) -> tuple[str, str]:
    language, separator, file = given.partition("=")
    if not separator:
        raise Invalid("--signature", "LANGUAGE=FILE, such as en=signature.txt")
    try:
        return language, Path(file).read_text().rstrip()
    except (OSError, UnicodeDecodeError) as error:
        raise Rejected(f"--signature: {error}") from error
