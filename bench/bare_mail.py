"""The least that could do the same: aioimaplib, the standard library's parser, one insert and one commit a mail.

Run as a program: `python -m bench.bare_mail PORT USER PASSWORD FOLDER` reads the whole mailbox into an SQLite file with
the pragmas of the product, then prints seconds, seconds of CPU and how many mails it stored.
"""

import asyncio
import email
import email.policy
import sqlite3
import sys
import time
from contextlib import closing
from pathlib import Path

from aioimaplib import aioimaplib

AT_ONCE = 100


async def main(port: int, user: str, password: str, folder: Path) -> None:
    with closing(sqlite3.connect(folder / "bare.db", isolation_level=None)) as db:
        db.execute("PRAGMA journal_mode=WAL")
        db.execute("PRAGMA synchronous=FULL")
        db.execute("CREATE TABLE mail (id TEXT PRIMARY KEY, sender TEXT, subject TEXT, said TEXT, raw BLOB)")
        began, cpu = time.monotonic(), time.process_time()
        await _read(port, user, password, db)
        seconds, used = time.monotonic() - began, time.process_time() - cpu
        count = db.execute("SELECT count(*) FROM mail").fetchone()[0]
    print(seconds, used, count)


async def _read(port: int, user: str, password: str, db: sqlite3.Connection) -> None:
    client = aioimaplib.IMAP4("127.0.0.1", port)
    await client.wait_hello_from_server()
    await client.login(user, password)
    await client.select("INBOX")
    _, lines = await client.uid_search("ALL", charset=None)
    uids = lines[0].split()
    for start in range(0, len(uids), AT_ONCE):
        wanted = b",".join(uids[start : start + AT_ONCE]).decode()
        _, answer = await client.uid("fetch", wanted, "(UID BODY.PEEK[])")
        for line in answer:
            if isinstance(line, bytearray):
                _store(db, bytes(line))
    await client.logout()


def _store(db: sqlite3.Connection, raw: bytes) -> None:
    parsed = email.message_from_bytes(raw, policy=email.policy.default)
    body = parsed.get_body(("plain", "html"))
    said = "" if body is None else body.get_content()
    db.execute(
        "INSERT INTO mail VALUES (?, ?, ?, ?, ?)",
        (parsed["Message-ID"], str(parsed["From"]), str(parsed["Subject"]), said, raw),
    )


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), sys.argv[2], sys.argv[3], Path(sys.argv[4])))
