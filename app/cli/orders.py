"""`parley orders import|key|keys|revoke`: orders from a file, and keys with which a shop pushes them."""

import argparse
import csv
from itertools import groupby
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import delete, select

from app.runtime import opened
from app.settings import Settings
from console.auth.secret import new_secret
from console.changes.orders import add_key, given_orders
from console.wire.order import ShopOrder
from core.errors import Invalid, NotFound
from core.ordering.importing import put_orders
from core.store.tables.orders import shop_key
from core.store.tx import Tx
from core.web import invalid

_ITEM = ("item", "price", "quantity")
_NUMBERS = frozenset({"price", "quantity", "version"})


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """The command and what it takes."""
    orders = commands.add_parser("orders", help="bring in orders, and let a shop push them")
    what = orders.add_subparsers(dest="what", required=True)
    brought = what.add_parser("import", help="all orders of a file (.json or .csv), or none of them")
    brought.add_argument("file", type=Path)
    made = what.add_parser("key", help="make a key for a shop; it is shown once")
    made.add_argument("name")
    what.add_parser("keys", help="the keys that there are")
    gone = what.add_parser("revoke", help="a key no longer works")
    gone.add_argument("name")


async def orders(settings: Settings, options: argparse.Namespace) -> int:
    """Works beside a running server. Raises Invalid with the line of the file that is wrong."""
    match options.what:
        case "import":
            return await _import(settings, options.file)
        case "key":
            secret = new_secret()
            async with opened(settings, migrating=False) as runtime:
                await runtime.db.run(add_key, options.name, secret)
            print(f"Authorization: Bearer {secret}")
        case "revoke":
            async with opened(settings, migrating=False) as runtime:
                await runtime.db.run(_revoke, options.name)
            print(f"The key {options.name} no longer works.")
        case _:
            async with opened(settings, migrating=False) as runtime:
                for name, made, used in await runtime.db.read(_keys):
                    print(
                        f"{name}  made {made:%Y-%m-%d}  {'never used' if used is None else f'used {used:%Y-%m-%d}'}"
                    )
    return 0


async def _import(settings: Settings, file: Path) -> int:
    try:
        body = file.read_bytes()
    except OSError as error:
        raise Invalid("file", f"a file that can be read; {error}") from error
    if file.suffix == ".csv":
        given, lines = _from_csv(body)
    elif file.suffix == ".json":
        given, lines = _from_json(body)
    else:
        raise Invalid("file", "a name that ends in .json or .csv")
    try:
        kept = given_orders(given, settings.bot.orders.normal_form)
    except Invalid as error:
        raise _at(error, lines) from None
    async with opened(settings, migrating=False) as runtime:
        done = await runtime.db.large.run(put_orders, kept)
    print(f"{done.added} new, {done.changed} changed, {done.unchanged} as they were.")
    return 0


def _from_json(body: bytes) -> tuple[list[ShopOrder], list[str]]:
    """``{"orders": [...]}`` or the list alone."""
    try:
        raw = msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Invalid("file", f"JSON; {error}") from None
    rows = raw.get("orders") if isinstance(raw, dict) else raw
    if not isinstance(rows, list):
        raise Invalid("file", 'a list of orders, or {"orders": [...]}')
    lines = [f"order {at}" for at in range(1, len(rows) + 1)]
    return [_order(row, line) for row, line in zip(rows, lines, strict=True)], lines


def _from_csv(body: bytes) -> tuple[list[ShopOrder], list[str]]:
    """A line for each item; lines of one order follow each other and say the same of the order."""
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Invalid("file", "UTF-8") from None
    reader = csv.DictReader(text.splitlines(keepends=True), strict=True)
    rows: list[tuple[int, dict[str, Any]]] = []
    ended = 1
    try:
        for row in reader:
            rows.append((ended + 1, row))
            ended = reader.line_num
    except csv.Error as error:
        raise Invalid(f"line {reader.line_num}", f"CSV; {error}") from None
    found, lines = [], []
    for _, group in groupby(rows, key=lambda each: each[1].get("number")):
        same = list(group)
        line = f"line {same[0][0]}"
        found.append(_order(_of_lines(same), line))
        lines.append(line)
    return found, lines


def _of_lines(rows: list[tuple[int, dict[str, Any]]]) -> dict[str, Any]:
    """One order. Raises Invalid with the line that contradicts the first."""
    first: dict[str, Any] = {}
    items = []
    for at, row in rows:
        if None in row or None in row.values():
            raise Invalid(f"line {at}", "as many fields as the first line has names")
        values = {name: _value(f"line {at}: {name}", name, value) for name, value in row.items() if value}
        item = {name: values.pop(name) for name in _ITEM if name in values}
        items.append({("name" if name == "item" else name): value for name, value in item.items()})
        if first and values != first:
            raise Invalid(f"line {at}", f"the same of the order as line {rows[0][0]}")
        first = values
    user = first.pop("user", None)
    if user is not None:
        inbox, _, name = user.partition(":")
        first["user"] = {"inbox": inbox, "name": name}
    return {**first, "items": items}


def _value(where: str, name: str, text: str) -> Any:
    if name not in _NUMBERS:
        return text
    try:
        return int(text)
    except ValueError:
        raise Invalid(where, f"a whole number, not {text!r}") from None


def _order(row: Any, line: str) -> ShopOrder:
    try:
        return msgspec.convert(row, ShopOrder, strict=True)
    except msgspec.ValidationError as error:
        wrong = invalid(error, ShopOrder)
        raise Invalid(f"{line}: {wrong.field}", wrong.expected) from None


def _at(error: Invalid, lines: list[str]) -> Invalid:
    """With the line instead of the place among the orders."""
    place, _, field = error.field.removeprefix("orders[").partition("].")
    return Invalid(f"{lines[int(place)]}: {field}", error.expected)


def _keys(tx: Tx) -> list[tuple[str, Any, Any]]:
    rows = tx.conn.execute(select(shop_key).order_by(shop_key.c.name))
    return [(row.name, row.created_at, row.used_at) for row in rows]


def _revoke(tx: Tx, name: str) -> None:
    if tx.conn.execute(delete(shop_key).where(shop_key.c.name == name)).rowcount != 1:
        raise NotFound(f"there is no key called {name}")
