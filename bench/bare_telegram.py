"""The least that could do the same with Telegram: `python -m bench.bare_telegram in|out FOLDER …`.

`in` prints its port and serves: an aiohttp handler that writes the rows that Parley writes for a text (payload,
conversation, message, event) with SQLAlchemy Core in one transaction. `out URL TOKEN CHATS COUNT` prints one
line when it is ready and one when it is done: python-telegram-bot's calls over the product's own BaseRequest, 64 at
once, one row updated for each. Both have one writer thread, the pragmas of the product and its tables, and nothing else.
"""

import asyncio
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import aiohttp
import msgspec
import uvloop
from aiohttp import web
from sqlalchemy import Connection, bindparam, create_engine, insert, update

from bench.telegram_stock import said_in
from channels.telegram.settings import TelegramSettings
from channels.telegram.transport import Api
from core.message import Text
from core.store.codec import store_parts
from core.store.tables.base import metadata
from core.store.tables.conversation import conversation, event, message
from core.store.tables.intake import payload

AT_ONCE = 64
_COUNTED = (
    update(conversation)
    .where(conversation.c.id == bindparam("key"))
    .values(
        n=conversation.c.n + 1,
        visible_n=conversation.c.visible_n + 1,
        last_text=bindparam("text"),
        last_author=bindparam("author"),
        updated_at=bindparam("at"),
    )
    .returning(conversation.c.n, conversation.c.visible_n)
)
_SENT = (
    update(message)
    .where(message.c.id == bindparam("its_id"))
    .values(delivery="sent", external_id=bindparam("external"), sent_at=bindparam("at"))
)


def opened(folder: Path) -> Connection:
    """With every table, and nothing in them; nobody looks whether references lead anywhere."""
    engine = create_engine(f"sqlite:///{folder / 'bare.db'}", connect_args={"check_same_thread": False})
    conn = engine.connect()
    for pragma in ("journal_mode=WAL", "synchronous=FULL"):
        conn.exec_driver_sql(f"PRAGMA {pragma}")
    conn.commit()
    metadata.create_all(conn)
    conn.commit()
    return conn


def a_conversation(number: int, at: datetime) -> dict[str, Any]:
    return {
        "id": f"c{number}",
        "inbox_id": "i",
        "contact_id": f"k{number}",
        "contact_point_id": f"p{number}",
        "thread_key": str(number),
        "status": "open",
        "handler": "agent",
        "agent_id": "a",
        "queue_id": "q",
        "priority": 0,
        "weight": 1,
        "turn": 1,
        "generation": 0,
        "n": 1,
        "visible_n": 1,
        "last_text": "",
        "last_author": "",
        "context": {},
        "public": False,
        "created_at": at,
        "updated_at": at,
    }


def a_message(number: int, words: str, at: datetime, **more: Any) -> dict[str, Any]:
    return {
        "id": f"m{number}",
        "conversation_id": "c1",
        "inbox_id": "i",
        "n": number,
        "kind": "inbound",
        "author": "contact",
        "author_id": "k",
        "turn": 1,
        "parts": store_parts((Text(words),)),
        "text": words,
        "created_at": at,
    } | more


def store(conn: Connection, raw: dict[str, Any]) -> None:
    """One transaction, on disk when it returns."""
    at = datetime.now(UTC)
    number, said = raw["update_id"], raw["message"]
    chat, words = said["chat"]["id"], said["text"]
    with conn.begin():
        row = {"inbox_id": "i", "number": number, "thread": str(chat), "state": "done", "created_at": at}
        conn.execute(insert(payload), row)
        known = {"key": f"c{chat}", "text": words, "author": "contact", "at": at}
        n, visible_n = conn.execute(_COUNTED, known).one()
        topic = f"conversation:c{chat}"
        external = f"{chat}:{said['message_id']}"
        own = {"conversation_id": f"c{chat}", "n": n, "external_id": external}
        conn.execute(insert(message), a_message(number, words, at, **own))
        told = {
            "topic": topic,
            "n": n,
            "visible_n": visible_n,
            "type": "MessageReceived",
            "data": "{}",
            "at": at,
        }
        conn.execute(insert(event), told)


async def serve(folder: Path, chats: int) -> None:
    conn = opened(folder)
    with conn.begin():
        at = datetime.now(UTC)
        conn.execute(insert(conversation), [a_conversation(each, at) for each in range(1, chats + 1)])
    writer, loop = ThreadPoolExecutor(1), asyncio.get_running_loop()

    async def called(request: web.Request) -> web.Response:
        await loop.run_in_executor(writer, store, conn, msgspec.json.decode(await request.read()))
        return web.Response()

    app = web.Application()
    app.router.add_post("/telegram/{inbox}", called)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0, backlog=4096).start()
    print(runner.addresses[0][1], flush=True)
    await asyncio.Event().wait()


def mark(conn: Connection, number: int, external: str) -> None:
    with conn.begin():
        conn.execute(_SENT, {"its_id": f"m{number}", "external": external, "at": datetime.now(UTC)})


async def send(folder: Path, url: str, token: str, chats: int, count: int) -> None:
    conn = opened(folder)
    with conn.begin():
        rows = [a_message(n, said_in(n), datetime.now(UTC), kind="reply") for n in range(count)]
        conn.execute(insert(message), rows)
    writer, loop = ThreadPoolExecutor(1), asyncio.get_running_loop()
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
        bot = Api(lambda: session, url, TelegramSettings().calls).bot(token)

        async def work(numbers: Iterator[int]) -> None:
            for number in numbers:
                sent = await bot.send_message(number % chats + 1, said_in(number))
                named = f"{sent.chat.id}:{sent.message_id}"
                await loop.run_in_executor(writer, partial(mark, conn, number, named))

        print("ready", flush=True)
        numbers = iter(range(count))
        await asyncio.gather(*(work(numbers) for _ in range(AT_ONCE)))
    print("done", flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    what, where, *rest = sys.argv[1:]
    if what == "in":
        uvloop.run(serve(Path(where), int(rest[0])))
    else:
        uvloop.run(send(Path(where), rest[0], rest[1], int(rest[2]), int(rest[3])))
