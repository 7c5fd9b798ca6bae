"""From a mailbox into the store: each mail once, in order, whatever the server and the connection do."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, select

from channels.email.fetching import store
from channels.email.fetching.intake import replay
from channels.email.fetching.taking import batches
from core.errors import Unavailable
from core.ids import InboxId
from core.store.database import Given
from core.store.sqlite import SqliteDatabase
from core.store.tables.mail import mail_source
from core.store.tx import Tx
from tests.channels.email.fetching.mailserver import FakeMailbox, a_mail
from tests.channels.email.fetching.post import SMALL, Post, a_config, a_mailbox, a_post, switch_off


def mails(*subjects: str) -> list[bytes]:
    return [a_mail(subject) for subject in subjects]


async def test_what_is_there_and_what_comes_later_is_taken_in_order(tmp_path: Path) -> None:
    server = FakeMailbox()
    server.deliver(*mails(*"abcdefghij"))
    async with a_post(tmp_path, server=server) as post:
        await post.until_taken(10)
        server.deliver(*mails("k"))
        await post.until_taken(11)
        assert await post.subjects() == list("abcdefghijk")
        assert (await post.mailbox()).last_uid == 11
        assert {row.state for row in await post.rows()} == {"stored"}
        assert server.opened == 2  # one waits for news, one works


async def test_a_mail_that_comes_while_others_are_fetched_is_not_left_waiting(tmp_path: Path) -> None:
    server = FakeMailbox(late=mails("b"))
    server.deliver(*mails("a"))
    async with a_post(tmp_path, server=server) as post:
        await post.until_taken(2)


async def test_what_was_too_large_is_fetched_whole_when_it_is_asked_for_again(tmp_path: Path) -> None:
    server = FakeMailbox()
    server.deliver(a_mail("large", text="x" * 9000))
    async with a_post(tmp_path, server=server) as post:
        await post.until_taken(1)
        large, server.mails[1] = server.mails[1], a_mail("large", text="not so large")
        id = (await post.rows())[0].id
        await post.world.db.run(replay, id)
        server.deliver(*mails("wakes"))
        await post.until_taken(2)
        row = next(row for row in await post.rows() if row.id == id)
        assert (row.state, row.reason_code) == ("stored", "replayed")
        assert await post.subjects() == ["large", "wakes"]
        assert large not in server.mails.values()


async def test_what_was_too_large_and_was_taken_after_all_never_comes_back(tmp_path: Path) -> None:
    server = FakeMailbox()
    server.deliver(a_mail("large", text="x" * 9000))
    async with a_post(tmp_path, server=server) as post:
        await post.until_taken(1)
        server.mails[1] = whole = a_mail("large", text="not so large")
        await post.world.db.run(replay, (await post.rows())[0].id)
        server.deliver(*mails("wakes"))
        await post.until_taken(2)
        server.mails.clear()
        server.deliver(whole, *mails("new"))  # moved away and back
        await post.until_taken(3)
        assert await post.subjects() == ["large", "wakes", "new"]


async def test_a_copy_that_was_taken_whole_is_not_taken_again(tmp_path: Path) -> None:
    server = FakeMailbox()
    server.deliver(a_mail("large", text="x" * 9000))
    async with a_post(tmp_path, server=server) as post:
        await post.until_taken(1)
        server.mails[1] = whole = a_mail("large", text="not so large")
        server.deliver(whole)
        await post.until_taken(2)
        id = (await post.rows())[0].id
        await post.world.db.run(replay, id)
        server.deliver(*mails("wakes"))
        await post.until_taken(3)
        row = next(row for row in await post.rows() if row.id == id)
        assert (row.state, row.reason_code) == ("too_large", "taken")


async def test_what_was_taken_never_comes_back(tmp_path: Path) -> None:
    server = FakeMailbox()
    server.deliver(*mails("a", "b"))
    async with a_post(tmp_path, server=server) as post:
        await post.until_taken(2)
        raws = list(server.mails.values())
        server.mails.clear()
        server.deliver(*raws, *mails("c"))  # moved away and back: the same mails under new numbers
        await post.until_taken(3)
        assert await post.subjects() == ["a", "b", "c"]


async def test_after_a_new_uidvalidity_only_what_is_new_is_stored(tmp_path: Path) -> None:
    server = FakeMailbox()
    server.deliver(*mails("a", "b"))
    async with a_post(tmp_path, server=server) as post:
        await post.until_taken(2)
        server.uid_validity, server.next_uid = 8, 1
        raws = list(server.mails.values())
        server.mails.clear()
        server.deliver(*mails("c"), *raws)
        for session in server.sessions:
            await session.close()
        server.news.set()
        await post.until(lambda: post.slept)
        post.go_on.set()
        await post.until_taken(3)
        await post.until(lambda: post.server.fetched[-1] == 3)
        assert await post.subjects() == ["a", "b", "c"]
        seen = await post.mailbox()
        assert (seen.uid_validity, seen.began_validity) == (8, 7)


async def test_an_inbox_that_takes_new_mail_only_begins_where_it_was_opened(tmp_path: Path) -> None:
    server = FakeMailbox()
    server.deliver(*mails("old", "older"))
    async with a_post(tmp_path, {"post": a_config(imap_take="new")}, server=server) as post:
        await post.until(post.mailbox)
        server.deliver(*mails("new"))
        await post.until_taken(1)
        assert await post.subjects() == ["new"]


async def test_a_mail_that_is_too_large_is_told_of_by_its_headers_and_taken_when_asked_for(
    tmp_path: Path,
) -> None:
    server = FakeMailbox()
    server.deliver(a_mail("small"), a_mail("large", text="x" * 9000), a_mail("small too"))
    async with a_post(tmp_path, server=server) as post:
        await post.until_taken(3)
        row = (await post.rows())[1]
        assert (row.state, row.reason_code, row.subject) == ("too_large", "too_large", "large")
        assert row.sender == "Ann <ann@example.net>"
        assert f"It has {row.size:,} bytes; at most 5,000 are taken" in row.reason
        assert 2 not in server.fetched


async def test_a_mail_that_the_server_cannot_hand_out_is_left_out_after_some_tries(tmp_path: Path) -> None:
    server = FakeMailbox()
    server.deliver(*mails("a", "b", "bad", "d", "e"))
    server.broken = {3}
    async with a_post(tmp_path, server=server) as post:
        await fail(post, SMALL.tries + 1)
        await post.until_taken(5)
        rows = await post.rows()
        assert [row.state for row in rows] == ["stored", "stored", "quarantined", "stored", "stored"]
        assert rows[2].reason_code == "unfetchable"
        assert "number 3" in rows[2].reason


async def test_a_lost_connection_costs_nothing_and_repeats_nothing(tmp_path: Path) -> None:
    server = FakeMailbox(cut_after=1)
    server.deliver(*mails(*"abcdefghij"))
    async with a_post(tmp_path, server=server) as post:
        await post.until(lambda: post.slept)
        assert len(await post.rows()) == SMALL.batch
        post.go_on.set()
        await post.until_taken(10)
        assert await post.subjects() == list("abcdefghij")
        assert len(server.fetched) == 10


async def test_pauses_grow_and_the_problem_is_shown_until_it_is_over(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    server = FakeMailbox(refuse=Unavailable("imap.example.com refuses the password"))
    caplog.set_level("INFO")
    async with a_post(tmp_path, server=server) as post:
        await fail(post, 7)
        assert (await post.mailbox()).problem == "imap.example.com refuses the password"
        await post.until(lambda: len(post.slept) >= 8)
        assert post.slept[0] < post.slept[-1] <= SMALL.longest_pause_s * 1.5
        assert post.slept[-1] >= SMALL.longest_pause_s / 2
        server.refuse = None
        server.deliver(*mails("a"))
        post.go_on.set()
        await post.until_taken(1)
        await post.until(lambda: "can be read again" in caplog.text)
        assert (await post.mailbox()).problem is None
    said = [
        record.getMessage() for record in caplog.records if "mailbox of inbox post" in record.getMessage()
    ]
    assert len(said) == 2
    assert "cannot be read" in said[0]
    assert "can be read again" in said[1]


async def fail(post: Post, times: int) -> None:
    """Let it fail so often, and then try again."""
    for pauses in range(1, times + 1):
        await post.until_slept(pauses)
        post.go_on.set()


async def test_mails_are_marked_on_the_server_once_they_are_stored(tmp_path: Path) -> None:
    server = FakeMailbox()
    server.deliver(*mails("a", "b"))
    async with a_post(tmp_path, {"post": a_config(imap_mark="seen")}, server=server) as post:
        await post.until_taken(2)
        await post.until(lambda: len(server.marked) == 2)
        assert server.marked == [(1, "seen"), (2, "seen")]


async def test_a_mail_without_a_message_id_is_taken_once(tmp_path: Path) -> None:
    server = FakeMailbox()
    raw = a_mail("nameless", Message_ID="")
    server.deliver(raw, raw, a_mail("nameless", Message_ID="", text="other"))
    async with a_post(tmp_path, server=server) as post:
        await post.until_taken(2)
        assert {row.message_id for row in await post.rows()} == {""}


async def test_the_same_mail_is_taken_by_each_inbox_that_got_it(tmp_path: Path) -> None:
    configs = {"post": a_config(), "sales": a_config("sales@example.com", imap_host="other.example.com")}
    other = FakeMailbox()
    async with a_post(tmp_path, configs, others={"other.example.com": other}) as post:
        raw = a_mail(To="support@example.com, sales@example.com")
        post.server.deliver(raw)
        other.deliver(raw)
        await post.until_taken(2)
        assert {row.inbox_id for row in await post.rows()} == {"post", "sales"}


async def test_watchers_follow_the_configuration(tmp_path: Path) -> None:
    other = FakeMailbox()
    async with a_post(tmp_path, others={"other.example.com": other}) as post:
        await post.until(lambda: post.server.open_now == 1)
        await post.world.db.run(a_mailbox, a_config(imap_host="other.example.com"), "more")
        await post.until(lambda: other.open_now == 1)
        await post.world.db.run(switch_off, "post")
        await post.until(lambda: post.server.open_now == 0)
        post.server.deliver(a_mail())
        other.deliver(a_mail())
        await post.until_taken(1)
        assert {row.inbox_id for row in await post.rows()} == {"more"}


async def test_a_mailbox_that_another_process_adds_is_watched_without_a_signal(tmp_path: Path) -> None:
    other = FakeMailbox()
    settings = replace(SMALL, hear_s=0.001)
    async with a_post(tmp_path, settings=settings, others={"other.example.com": other}) as post:
        await post.until(lambda: post.server.open_now == 1)
        given = Given(post.world.clock, post.world.ids, {}, lambda outcome: None)
        elsewhere = SqliteDatabase(str(tmp_path / "parley.db"), given)
        try:
            await elsewhere.run(a_mailbox, a_config(imap_host="other.example.com"), "more")
        finally:
            await elsewhere.close()
        await post.until(lambda: other.open_now == 1)


async def test_many_mailboxes_do_not_open_at_once(tmp_path: Path) -> None:
    configs = {f"box{n}": a_config(imap_host=f"h{n}.example.com") for n in range(20)}
    servers = {f"h{n}.example.com": FakeMailbox() for n in range(20)}
    async with a_post(tmp_path, configs, others=servers) as post:
        await post.until(lambda: all(server.open_now for server in servers.values()))
        assert post.settings.opening < 20


async def test_the_source_is_stored_as_it_came(tmp_path: Path) -> None:
    server = FakeMailbox()
    raw = b"Subject: \xff\xfe raw\r\nX: \x00\r\n\r\nbody\x00\r\n.\r\n"
    server.deliver(raw)
    async with a_post(tmp_path, server=server) as post:
        await post.until_taken(1)
        stored = await post.world.db.read(lambda tx: tx.conn.execute(select(mail_source.c.raw)).scalar_one())
        assert stored == raw


@pytest.mark.parametrize(
    ("sizes", "expected"),
    [
        ([100, 100, 100, 100, 100], [[1, 2, 3, 4], [5]]),
        ([3000, 3000, 100], [[1, 2], [3]]),
        ([100, 5500, 100], [[1], [2], [3]]),
        ([9000, 100], [[1], [2]]),
        ([100, None, 100], [[1, 2, 3]]),
        ([], []),
    ],
)
def test_batches_keep_to_number_and_size_and_what_is_too_large_comes_alone(
    sizes: list[int | None], expected: list[list[int]]
) -> None:
    there = {uid: size for uid, size in enumerate(sizes, start=1) if size is not None}
    assert list(batches(range(1, len(sizes) + 1), there, SMALL)) == expected


async def test_whether_a_mail_is_known_is_asked_of_the_index_and_not_of_the_whole_inbox(
    tmp_path: Path,
) -> None:
    asked: list[str] = []

    def keep(tx: Tx) -> None:
        def plan(conn: Any, _cursor: Any, statement: str, values: Any, *_: Any) -> None:
            if statement.startswith("SELECT mail.message_id"):
                rows = conn.connection.driver_connection.execute(f"EXPLAIN QUERY PLAN {statement}", values)
                asked.extend(row[3] for row in rows)

        event.listen(tx.conn, "before_cursor_execute", plan)
        try:
            new = [store.New(n, f"m{n}@example.net", f"{n}", b"raw", 3) for n in range(3)]
            store.keep(tx, store.Place(InboxId("post"), "INBOX"), store.Cursor(7, 3), new)
        finally:
            event.remove(tx.conn, "before_cursor_execute", plan)

    async with a_post(tmp_path) as post:
        await post.world.db.run(keep)
    assert len(asked) == 1
    assert "message_id=? AND digest=?" in asked[0]
