"""From a real Dovecot to stored and threaded messages, beside a bare loop over the same mailbox; push delay; memory."""

import json
import smtplib
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.harness import Aim, Options, Result, percentile
from bench.parley import parley
from bench.process import ROOT, cpu_s, resident_bytes
from tests.servers.dovecot import PASSWORD, USER, Dovecot, running_dovecot

MAILS, QUICK_MAILS = 10_000, 1_000
WARM_UP = 200
PUSHES, QUICK_PUSHES = 30, 5
MAILBOXES, QUICK_MAILBOXES = 50, 10
LEAST_SHARE = 0.4
WAIT_S = 300.0
ENVIRONMENT = {
    "PARLEY_EMAIL_PRIVATE_HOSTS": "yes",
    "PARLEY_EMAIL_FETCH_LOOK_S": "1",
    "PARLEY_ENGINE_KIND": "scripted",
}
_SENTENCES = (
    "I ordered the lamp last week and it has not come yet.",
    "The tracking page says that it left the warehouse on Monday.",
    "Could you tell me when it will be here, please?",
    "I am away from Thursday on, so a neighbour would have to take it.",
)


def a_mail(number: int, user: str = USER) -> bytes:
    """About 2 KB, as mail programs write them: text, HTML, a quote; three of four answer an earlier one."""
    customer, step = divmod(number, 4)
    told = _SENTENCES[number % 4]
    quoted = "\n".join(f"> {line}" for line in _SENTENCES)
    answered = f"In-Reply-To: <{customer}.{step - 1}@example.net>\nReferences: <{customer}.0@example.net>\n"
    text = f"Hello,\n\n{told} ({number})\n\nOn Mon, 2 Mar 2026 at 09:00, Support <{user}> wrote:\n{quoted}\n"
    paragraphs = "".join(f'<p style="margin:0 0 1em">{line}</p>' for line in _SENTENCES)
    html = f"<html><body><p>Hello,</p><p>{told} ({number})</p><blockquote>{paragraphs}</blockquote></body></html>"
    trace = "".join(
        f"Received: from mx{hop}.example.net (mx{hop}.example.net [203.0.113.{hop}]) by mx.example.com with ESMTPS id"
        f" {number:08x}{hop}; Mon, 02 Mar 2026 09:00:0{hop} +0000\n"
        for hop in range(4)
    )
    return (
        (
            f"{trace}From: Customer {customer} <customer{customer}@example.net>\nTo: {user}\n"
            f"Subject: {'Re: ' if step else ''}Order {customer}\nDate: Mon, 02 Mar 2026 09:00:00 +0000\n"
            f"Message-ID: <{customer}.{step}@example.net>\n{answered if step else ''}MIME-Version: 1.0\n"
            f'Content-Type: multipart/alternative; boundary="b{number}"\n\n--b{number}\n'
            f"Content-Type: text/plain; charset=utf-8\n\n{text}\n--b{number}\n"
            f"Content-Type: text/html; charset=utf-8\n\n{html}\n--b{number}--\n"
        )
        .replace("\n", "\r\n")
        .encode()
    )


def measure(options: Options) -> Result:
    """The same mails for both, one after the other."""
    count = QUICK_MAILS if options.quick else MAILS
    with running_dovecot() as dovecot:
        bare = _bare(dovecot, count)
        with TemporaryDirectory() as folder, parley(Path(folder), **ENVIRONMENT) as server:
            desk = Desk(Path(folder), server.pid, dovecot)
            memory = desk.mailboxes(QUICK_MAILBOXES if options.quick else MAILBOXES)
        with TemporaryDirectory() as folder, parley(Path(folder), **ENVIRONMENT) as server:
            desk = Desk(Path(folder), server.pid, dovecot)
            ours = desk.throughput(count)
            pushes = desk.pushes(QUICK_PUSHES if options.quick else PUSHES)
    share = ours["mails_a_second"] / bare["mails_a_second"]
    figures = {"bare": bare, "parley": ours, "share_of_bare": round(share, 3), "push_s": pushes, **memory}
    aims = {"share_of_bare": Aim.at_least(share, LEAST_SHARE)}
    return Result({"mails": count, "mail_bytes": len(a_mail(1))}, figures, aims)


def _bare(dovecot: Dovecot, count: int) -> dict[str, float]:
    user = dovecot.add_user("bare@example.com")
    dovecot.drop((a_mail(number) for number in range(count)), user)
    with TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "bench.bare_mail", str(dovecot.ports.imap), user, PASSWORD, folder]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=WAIT_S)
    if done.returncode:
        raise RuntimeError(f"the bare loop failed: {done.stderr[-2000:]}")
    seconds, cpu, mails = (float(each) for each in done.stdout.split())
    if mails != count:
        raise RuntimeError(f"the bare loop stored {mails:.0f} of {count} mails")
    return {"mails_a_second": round(count / seconds, 1), "cpu_ms_a_mail": round(cpu / count * 1000, 3)}


class Desk:
    """A running server and what its database says; the database is only looked at."""

    def __init__(self, folder: Path, pid: int, dovecot: Dovecot) -> None:
        self._folder = folder
        self._pid = pid
        self._dovecot = dovecot
        self._mails = 0

    def throughput(self, count: int) -> dict[str, float]:
        """With everything warm: from the first mail of a full mailbox taken to the last one settled."""
        self._fill("warm@example.com", WARM_UP)
        cpu = self._cpu_s()
        user = self._fill("full@example.com", count)
        seconds = self._ask(
            "SELECT (julianday(max(settled_at)) - julianday(min(received_at))) * 86400 FROM mail "
            "JOIN inbox ON inbox.id = mail.inbox_id WHERE inbox.name = ?",
            user,
        )
        used = self._cpu_s() - cpu
        conversations = self._ask(
            "SELECT count(*) FROM conversation JOIN inbox ON inbox.id = inbox_id WHERE inbox.name = ?", user
        )
        if conversations != -(-count // 4):
            raise RuntimeError(f"{conversations} conversations of {count} mails are not threaded")
        return {
            "mails_a_second": round(count / seconds, 1),
            "cpu_ms_a_mail": round(used / count * 1000, 3),
            "conversations": conversations,
        }

    def _fill(self, user: str, count: int) -> str:
        self._dovecot.add_user(user)
        self._dovecot.drop((a_mail(number, user) for number in range(count)), user)
        self._add_inbox(user, "all")
        self._until_settled(count)
        return user

    def pushes(self, count: int) -> dict[str, float]:
        """Seconds from a mail's arrival at the server to its message in the database; half of one is Dovecot's own."""
        user = self._dovecot.add_user("push@example.com")
        self._add_inbox(user, "all")
        delays: list[float] = []
        for number in range(count):
            with smtplib.LMTP("127.0.0.1", self._dovecot.ports.lmtp) as delivery:
                began = datetime.now(UTC)
                delivery.sendmail("customer@example.net", [user], a_mail(number * 4, user))
            self._until_settled(1)
            created = self._ask("SELECT max(settled_at) FROM mail")
            delays.append((datetime.fromisoformat(f"{created}+00:00") - began).total_seconds())
        return {"p50": round(percentile(delays, 0.5), 3), "p99": round(percentile(delays, 0.99), 3)}

    def mailboxes(self, count: int) -> dict[str, object]:
        """What more mailboxes cost while nothing comes; of a server that has done nothing yet but watch one."""
        self._fill("first@example.com", 1)
        before = self._memory()
        for number in range(count):
            self._add_inbox(self._dovecot.add_user(f"box{number}@example.com"), "new")
        self._wait(lambda: self._ask("SELECT count(*) FROM mailbox WHERE inbox_id LIKE 'box%'") >= count)
        grown = self._memory() - before
        return {
            "mailboxes": count,
            "kib_a_mailbox": round(grown / count / 1024, 1),
            "mib": round(self._memory() / 2**20),
        }

    def _add_inbox(self, user: str, take: str) -> None:
        """Written into the database: the server looks once a second, and `parley inbox add` would cost it a start each."""
        server = {"host": "127.0.0.1", "security": "none"}
        config = {
            "address": user,
            "password": PASSWORD,
            "per_sender_hour": 10_000,
            "imap": {**server, "port": self._dovecot.ports.imap, "user": user, "take": take},
            "smtp": server,
        }
        with closing(sqlite3.connect(self._folder / "parley.db", timeout=30)) as db, db:
            db.execute(
                "INSERT INTO inbox (id, kind, name, enabled, queue_id, bot, config, created_at) "
                "SELECT ?, 'email', ?, 1, min(id), 0, ?, CURRENT_TIMESTAMP FROM queue",
                (user.partition("@")[0], user, json.dumps(config)),
            )

    def _until_settled(self, more: int) -> None:
        self._mails += more
        done = "SELECT count(*) FROM mail WHERE state = 'done'"
        self._wait(lambda: self._ask(done) >= self._mails)

    def _wait(self, holds: Callable[[], bool]) -> None:
        ends = time.monotonic() + WAIT_S
        while not holds():
            if time.monotonic() > ends:
                raise RuntimeError("the mails are not settled in time")
            time.sleep(0.02)

    def _ask(self, question: str, *values: str) -> float:
        with closing(sqlite3.connect(self._folder / "parley.db", timeout=30)) as db:
            answer: float = db.execute(question, values).fetchone()[0]
            return answer

    def _cpu_s(self) -> float:
        return sum(cpu_s(pid) for pid in self._processes())

    def _memory(self) -> int:
        return resident_bytes(self._pid)

    def _processes(self) -> Iterator[int]:
        """The server and its workers."""
        yield self._pid
        for task in Path(f"/proc/{self._pid}/task").iterdir():
            yield from map(int, (task / "children").read_text().split())
