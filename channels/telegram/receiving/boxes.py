"""Which bots there are, as they are configured now, how far each was read, and what is wrong with it."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, delete, select, update

from channels.telegram.receiving.words import Us
from channels.telegram.wire import KIND, TelegramConfig, telegram_config
from core.errors import Invalid
from core.ids import InboxId
from core.inbox import Inbox
from core.store.tables.intake import feed, payload
from core.store.tables.people import inbox
from core.store.tx import Tx

NUMBERS_ANEW = timedelta(days=6)
"""After a week without news Telegram numbers updates from somewhere else: before that it is asked for all there are."""

_BOX = (
    select(inbox.c.enabled, inbox.c.kind, inbox.c.config, feed.c.account)
    .select_from(inbox.outerjoin(feed, feed.c.inbox_id == inbox.c.id))
    .where(inbox.c.id == bindparam("inbox"))
)


@dataclass(frozen=True, slots=True)
class Box:
    """An inbox as it is configured now, and as who its bot is known."""

    inbox: InboxId
    config: TelegramConfig
    us: Us


def configured(tx: Tx) -> dict[InboxId, TelegramConfig]:
    """Every bot that is to be read."""
    statement = (
        select(inbox.c.id, inbox.c.config).where(inbox.c.kind == KIND, inbox.c.enabled).order_by(inbox.c.id)
    )
    found: dict[InboxId, TelegramConfig] = {}
    for row in tx.conn.execute(statement):
        # Nobody saves what does not fit: it was written by hand, or by another version.
        with suppress(Invalid):
            found[InboxId(row.id)] = telegram_config(row.config)
    return found


def box_of(tx: Tx, id: InboxId) -> Box | None:
    """None for what is no bot, or switched off."""
    row: Any = tx.conn.execute(_BOX, {"inbox": id}).one_or_none()
    if row is None or row.kind != KIND or not row.enabled:
        return None
    try:
        config = telegram_config(row.config)
    except Invalid:
        return None
    account = row.account or {}
    username = account.get("username") if account.get("id") == str(config.bot_id) else None
    return Box(id, config, Us(config.bot_id, username))


def link_to(tx: Tx, through: Inbox, start: str) -> str | None:
    """The address that opens the bot of an inbox with this payload; None while nobody knows the bot's name."""
    box = box_of(tx, through.id)
    if box is None or box.us.username is None:
        return None
    return f"https://t.me/{box.us.username}?start={start}"


def begin(tx: Tx, id: InboxId, bot: int, username: str | None) -> None:
    """As who Telegram knows the bot of this inbox. Another bot than before has other numbers."""
    known = tx.conn.execute(select(feed.c.account).where(feed.c.inbox_id == id)).scalar_one_or_none()
    account = {"id": str(bot)} | ({} if username is None else {"username": username})
    if known is None:
        row = {"inbox_id": id, "next_number": 0, "account": account, "updated_at": tx.now}
        tx.insert_new(feed, row)
        return
    here = feed.c.inbox_id == id
    if known.get("id") != account["id"]:
        tx.conn.execute(delete(payload).where(payload.c.inbox_id == id, payload.c.state != "waiting"))
        tx.conn.execute(update(feed).where(here).values(account=account, next_number=0))
    elif known != account:
        tx.conn.execute(update(feed).where(here).values(account=account))


def next_number(tx: Tx, id: InboxId) -> int:
    """From which update on to ask; 0 for all that Telegram has for us."""
    row = tx.conn.execute(select(feed.c.next_number, feed.c.updated_at).where(feed.c.inbox_id == id)).one()
    return 0 if row.updated_at < tx.now - NUMBERS_ANEW else int(row.next_number)


def read_up_to(tx: Tx, id: InboxId, number: int) -> None:
    """The next one is asked for from now on."""
    tx.conn.execute(
        update(feed).where(feed.c.inbox_id == id).values(next_number=number + 1, updated_at=tx.now)
    )


def note_problem(tx: Tx, id: InboxId, bot: int, problem: str | None) -> bool:
    """Why it cannot be read now, None when it can; True when that is news."""
    row = tx.conn.execute(select(feed.c.problem).where(feed.c.inbox_id == id)).one_or_none()
    if row is None:
        if problem is None:
            return False
        begin(tx, id, bot, None)
    before = None if row is None else row.problem
    if before == problem:
        return False
    changed: dict[str, object] = {"problem": problem}
    if problem is None or before is None:
        changed["problem_at"] = None if problem is None else tx.now
    tx.conn.execute(update(feed).where(feed.c.inbox_id == id).values(**changed))
    return True


@dataclass(frozen=True, slots=True)
class Trouble:
    """A bot that cannot be read: the inbox's name, since when, and the problem in words."""

    name: str
    since: datetime
    problem: str


def troubles(tx: Tx) -> list[Trouble]:
    """Of enabled inboxes."""
    found = (
        select(inbox.c.name, feed.c.problem_at, feed.c.problem)
        .join(feed, feed.c.inbox_id == inbox.c.id)
        .where(inbox.c.kind == KIND, inbox.c.enabled, feed.c.problem.is_not(None))
        .order_by(inbox.c.name)
    )
    return [Trouble(row.name, row.problem_at, row.problem) for row in tx.conn.execute(found)]


def prune(tx: Tx, keep_days: int, most: int = 5000) -> int:
    """Forget what was taken or given up so long ago, some at a time; how many went."""
    old = (
        select(payload.c.inbox_id, payload.c.number)
        .where(payload.c.state != "waiting", payload.c.created_at < tx.now - timedelta(days=keep_days))
        .limit(most)
    )
    gone = tx.conn.execute(old).all()
    by_inbox: dict[str, list[int]] = {}
    for row in gone:
        by_inbox.setdefault(row.inbox_id, []).append(row.number)
    for id, numbers in by_inbox.items():
        tx.conn.execute(delete(payload).where(payload.c.inbox_id == id, payload.c.number.in_(numbers)))
    return len(gone)
