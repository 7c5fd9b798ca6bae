"""`parley orders`: orders from files, all or nothing, the bad line named; keys for shops."""

import argparse
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from app.__main__ import _parser
from app.cli.orders import orders
from app.runtime import opened
from app.settings import Settings
from core.errors import Invalid, NotFound
from core.store.tables.orders import shop_key, shop_order

pytestmark = pytest.mark.served

HEAD = "number,state,placed_at,currency,item,price,quantity,address,email\n"
LAMP = 'LL-10001,placed,2026-03-01T10:00:00Z,EUR,Lamp,8900,1,"1 Elm Road\n10115 Berlin",olive@example.com\n'
BULB = 'LL-10001,placed,2026-03-01T10:00:00Z,EUR,Bulb,650,4,"1 Elm Road\n10115 Berlin",olive@example.com\n'
OTHER = "10002,shipped,2026-03-01T10:00:00Z,EUR,Lamp,8900,1,2 Oak Lane,\n"


def options(*words: str) -> argparse.Namespace:
    return _parser().parse_args(["orders", *words])


@pytest.fixture
async def settings(tmp_path: Path) -> Settings:
    """Of an installation with an empty database."""
    made = replace(Settings(), folder=tmp_path)
    async with opened(made):
        pass
    return made


async def kept(settings: Settings) -> list[tuple[str, str, int, str | None]]:
    async with opened(settings, migrating=False) as runtime:
        rows = await runtime.db.read(lambda tx: tx.conn.execute(select(shop_order).order_by("number")).all())
    return [(row.number, row.state, len(row.items), row.email) for row in rows]


async def bring(settings: Settings, name: str, content: str) -> int:
    file = settings.folder / name
    file.write_text(content, encoding="utf-8")
    return await orders(settings, options("import", str(file)))


async def test_lines_of_one_order_are_its_items(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    assert await bring(settings, "orders.csv", HEAD + LAMP + BULB + OTHER) == 0
    assert await kept(settings) == [
        ("LL-10001", "placed", 2, "olive@example.com"),
        ("LL-10002", "shipped", 1, None),
    ]
    assert "2 new, 0 changed, 0 as they were." in capsys.readouterr().out
    await bring(settings, "orders.csv", HEAD + LAMP + BULB + OTHER)
    assert "0 new, 0 changed, 2 as they were." in capsys.readouterr().out


async def test_json_is_as_the_shop_pushes_it(settings: Settings) -> None:
    order = (
        '{"number": "LL-10001", "state": "placed", "placed_at": "2026-03-01T10:00:00Z", "currency": "EUR",'
        ' "items": [{"name": "Lamp", "price": 8900}], "address": "1 Elm Road",'
        ' "user": {"inbox": "chat", "name": "olive"}}'
    )
    await bring(settings, "orders.json", f"[{order}]")
    await bring(settings, "more.json", f'{{"orders": [{order}]}}')
    assert await kept(settings) == [("LL-10001", "placed", 1, None)]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.csv", HEAD + OTHER + LAMP.replace("placed,", "lost,"), "line 3: state"),
        ("a.csv", HEAD + OTHER.replace("8900", "89.00"), "line 2: price"),
        ("a.csv", HEAD + OTHER.replace("10002", "7"), "line 2: number"),
        ("a.csv", HEAD + OTHER + "LL-1,placed\n", "line 3"),
        ("a.csv", HEAD + LAMP + BULB.replace("olive@", "ben@"), "line 4: expected the same"),
        ("a.csv", HEAD + LAMP + OTHER + LAMP, "line 5: number"),
        ("a.csv", HEAD + OTHER.replace("Lamp", ""), "line 2: items[0].name"),
        ("a.json", "[{}]", "order 1: number"),
        ("a.json", "{", "file"),
        ("a.json", "7", "file"),
        ("a.txt", "", "file"),
    ],
)
async def test_one_bad_line_is_named_and_keeps_all_out(
    settings: Settings, name: str, content: str, said: str
) -> None:
    with pytest.raises(Invalid) as wrong:
        await bring(settings, name, content)
    assert str(wrong.value).startswith(said)
    assert await kept(settings) == []


async def test_a_file_that_is_not_there_is_named(settings: Settings) -> None:
    with pytest.raises(Invalid, match="file"):
        await orders(settings, options("import", "nowhere.csv"))


async def test_a_key_is_shown_once_and_works_until_it_is_revoked(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    await orders(settings, options("key", "shop"))
    secret = capsys.readouterr().out.strip().removeprefix("Authorization: Bearer ")
    async with opened(settings, migrating=False) as runtime:
        (row,) = await runtime.db.read(lambda tx: tx.conn.execute(select(shop_key)).all())
    assert secret not in (row.name, row.hash)
    await orders(settings, options("keys"))
    assert "shop" in capsys.readouterr().out
    await orders(settings, options("revoke", "shop"))
    with pytest.raises(NotFound):
        await orders(settings, options("revoke", "shop"))
