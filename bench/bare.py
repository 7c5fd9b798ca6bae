"""The least that could do the same: an aiohttp echo that writes the message row and the event row in one transaction.

Run as a program: `python -m bench.bare FOLDER` prints its port and serves until it is ended. It has one writer thread,
the pragmas of the product and SQLAlchemy Core, and nothing else.
"""

import asyncio
import itertools
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import uvloop
from aiohttp import WSMsgType, web
from sqlalchemy import Column, DateTime, Integer, MetaData, Table, Text, create_engine, insert

metadata = MetaData()
message = Table(
    "message",
    metadata,
    Column("id", Text, primary_key=True),
    Column("conversation_id", Text),
    Column("n", Integer),
    Column("kind", Text),
    Column("author", Text),
    Column("parts", Text),
    Column("text", Text),
    Column("external_id", Text, unique=True),
    Column("created_at", DateTime),
)
event = Table(
    "event",
    metadata,
    Column("topic", Text, primary_key=True),
    Column("n", Integer, primary_key=True),
    Column("visible_n", Integer),
    Column("type", Text),
    Column("data", Text),
    Column("at", DateTime),
)


def store(conn: object, number: int, key: str, text: str) -> None:
    """One transaction, on disk when it returns."""
    now = datetime.now(UTC).replace(tzinfo=None)
    with conn.begin():  # type: ignore[attr-defined]
        conn.execute(  # type: ignore[attr-defined]
            insert(message),
            {
                "id": f"m{number}",
                "conversation_id": "c",
                "n": number,
                "kind": "inbound",
                "author": "contact",
                "parts": msgspec.json.encode({"parts": [{"type": "text", "text": text}]}).decode(),
                "text": text,
                "external_id": f"{number}:{key}",
                "created_at": now,
            },
        )
        conn.execute(  # type: ignore[attr-defined]
            insert(event),
            {
                "topic": "conversation:c",
                "n": number,
                "visible_n": number,
                "type": "MessageReceived",
                "data": "{}",
                "at": now,
            },
        )


async def main(folder: Path) -> None:
    engine = create_engine(f"sqlite:///{folder / 'bare.db'}", connect_args={"check_same_thread": False})
    conn = engine.connect()
    for pragma in ("journal_mode=WAL", "synchronous=FULL"):
        conn.exec_driver_sql(f"PRAGMA {pragma}")
    conn.commit()
    metadata.create_all(conn)
    conn.commit()
    writer, numbers, loop = ThreadPoolExecutor(1), itertools.count(1), asyncio.get_running_loop()

    async def socket(request: web.Request) -> web.WebSocketResponse:
        ws = web.WebSocketResponse(compress=False, decode_text=False)
        await ws.prepare(request)
        async for frame in ws:
            if frame.type is not WSMsgType.TEXT:
                break
            said = msgspec.json.decode(frame.data)
            await loop.run_in_executor(writer, store, conn, next(numbers), said["key"], said["text"])
            await ws.send_bytes(msgspec.json.encode({"type": "stored", "key": said["key"]}))
        return ws

    app = web.Application()
    app.router.add_get("/socket", socket)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0, backlog=4096)
    await site.start()
    print(runner.addresses[0][1], flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    uvloop.run(main(Path(sys.argv[1])))
