"""Reading mailboxes of a real Dovecot: each trap of aioimaplib is shown to be closed."""

import asyncio
import logging
from pathlib import Path

import pytest

from channels.email import imap
from channels.email.imap import ConnectFailed, ImapFailed, ImapLimits, ImapSession
from tests.channels.email.mailboxes import OTHER_NAME, QUICK, account, opened, outbound_to, password
from tests.servers.dovecot import Dovecot

pytestmark = pytest.mark.server


def mails(count: int) -> list[bytes]:
    return [b"Subject: %d\r\n\r\nNumber %d\r\n" % (number, number) for number in range(1, count + 1)]


@pytest.mark.parametrize("security", ["none", "starttls", "tls"])
async def test_mails_are_read_as_they_are_with_and_without_tls(
    dovecot: Dovecot, mailbox: str, security: str
) -> None:
    dovecot.drop(mails(3), mailbox)
    port = dovecot.ports.imaps if security == "tls" else dovecot.ports.imap
    async with opened(dovecot, mailbox, security=security, port=port) as session:
        assert await session.uids_after(0) == [1, 2, 3]
        assert await session.uids_after(2) == [3]
        assert await session.uids_after(3) == []
        assert await session.fetch([1, 3]) == [(1, mails(3)[0]), (3, mails(3)[2])]
        assert session.uid_validity
        assert session.uid_next == 4
        assert session.pushes


async def test_reading_changes_nothing_and_marking_only_what_was_asked(
    dovecot: Dovecot, mailbox: str
) -> None:
    dovecot.drop(mails(3), mailbox)
    async with opened(dovecot, mailbox) as session:
        await session.fetch([1, 2, 3])
        await session.fetch_headers(1, 100)
    assert dovecot.flags(1, mailbox) <= {"\\Recent"}
    async with opened(dovecot, mailbox, writable=True) as session:
        await session.mark([1, 2], "seen")
        await session.mark([2], "flagged")
    flags = [dovecot.flags(uid, mailbox) - {"\\Recent"} for uid in (1, 2, 3)]
    assert flags == [{"\\Seen"}, {"\\Seen", "\\Flagged"}, set()]


async def test_a_session_that_may_not_mark_says_so(dovecot: Dovecot, mailbox: str) -> None:
    """Dovecot itself would answer OK and do nothing."""
    dovecot.drop(mails(1), mailbox)
    async with opened(dovecot, mailbox) as session:
        with pytest.raises(ValueError, match="marking"):
            await session.mark([1], "seen")


async def test_two_thousand_mails_come_in_batches_of_three_hundred(dovecot: Dovecot, mailbox: str) -> None:
    """970 answer lines in one read made aioimaplib fall over its own recursion."""
    dovecot.drop(mails(2000), mailbox)
    async with opened(dovecot, mailbox) as session:
        uids = await session.uids_after(0)
        assert len(await session.sizes(uids)) == 2000
        got = []
        for start in range(0, 2000, 300):
            got += await session.fetch(uids[start : start + 300])
        assert [raw for _, raw in got] == mails(2000)
        with pytest.raises(ValueError, match="301"):
            await session.fetch(uids[:301])


async def test_thousands_of_lines_in_one_read_are_no_trouble(dovecot: Dovecot, mailbox: str) -> None:
    """Somebody deletes 3,000 mails while we look: one EXPUNGE line each, at once."""
    dovecot.drop(mails(3001), mailbox)
    async with opened(dovecot, mailbox) as session:
        assert len(await session.uids_after(0)) == 3001
        await asyncio.to_thread(dovecot.expunge, range(1, 3001), mailbox)
        await session.idle(1)
        assert await session.uids_after(0) == [3001]


async def test_brackets_quotes_and_stars_in_mails_confuse_nobody(dovecot: Dovecot, mailbox: str) -> None:
    odd = [
        b'Subject: a ( " * b\r\n\r\n* 1 FETCH (UID 99 BODY[] {3}\r\nA1 OK done\r\n',
        b"",
        b"* BYE\r\n",
        b"Subject: {5}\r\n\r\n)(\r\n" * 500,
        b"\x00\xff\xfe\r\n" * 10,
        b"x" * 300_000,
    ]
    dovecot.drop(odd, mailbox)
    async with opened(dovecot, mailbox) as session:
        got = dict(await session.fetch(await session.uids_after(0)))
    assert [got[uid] for uid in sorted(got) if uid != 5] == [odd[number] for number in (0, 1, 2, 3, 5)]


async def test_the_size_is_known_before_fetching_and_headers_are_cut(dovecot: Dovecot, mailbox: str) -> None:
    dovecot.drop([b"Subject: long\r\nX: " + b"y" * 5000 + b"\r\n\r\n" + b"z\r\n" * 400_000], mailbox)
    async with opened(dovecot, mailbox) as session:
        sizes = await session.sizes([1, 7])
        assert sizes.keys() == {1}
        assert sizes[1] > 1_200_000
        assert (await session.fetch_headers(1, 100)).startswith(b"Subject: long\r\nX: yyy")
        assert len(await session.fetch_headers(1, 100)) == 100
        assert await session.fetch_headers(7, 100) == b""


async def test_more_bytes_than_allowed_end_the_session(dovecot: Dovecot, mailbox: str) -> None:
    dovecot.drop([b"Subject: long\r\n\r\n" + b"z\r\n" * 400_000], mailbox)
    limits = ImapLimits(answer_bytes=1_000_000)
    async with opened(dovecot, mailbox, limits) as session:
        with pytest.raises(ImapFailed) as failed:
            await session.fetch([1])
        assert failed.value.code == "too_much"


async def test_mails_deleted_meanwhile_are_left_out(dovecot: Dovecot, mailbox: str) -> None:
    dovecot.drop(mails(4), mailbox)
    async with opened(dovecot, mailbox) as session:
        assert await session.uids_after(0) == [1, 2, 3, 4]
        await asyncio.to_thread(dovecot.expunge, [2, 3], mailbox)
        assert [uid for uid, _ in await session.fetch([1, 2, 3, 4])] == [1, 4]


async def test_new_mail_ends_the_waiting(dovecot: Dovecot, mailbox: str) -> None:
    async with opened(dovecot, mailbox) as session:
        assert await session.uids_after(0) == []
        waiting = asyncio.ensure_future(session.idle(20))
        await asyncio.to_thread(dovecot.drop, mails(1), mailbox)
        assert await waiting is True
        assert await session.uids_after(0) == [1]
        assert await session.idle(0.2) is False


async def test_news_told_outside_of_idle_are_not_lost(dovecot: Dovecot, mailbox: str) -> None:
    """EXISTS came with the answer to another command: aioimaplib drops it, and the next IDLE would wait in vain."""
    dovecot.drop(mails(1), mailbox)
    async with opened(dovecot, mailbox) as session:
        assert await session.uids_after(0) == [1]
        await asyncio.to_thread(dovecot.drop, mails(1), mailbox)
        await asyncio.to_thread(dovecot.uids, mailbox)
        await session.fetch([1])
        await session.sizes([1])
        async with asyncio.timeout(30):
            assert await session.idle(60) is True


async def test_a_server_that_goes_away_wakes_who_waits(dovecot: Dovecot, mailbox: str) -> None:
    async with opened(dovecot, mailbox) as session:
        waiting = asyncio.ensure_future(session.idle(60))
        await asyncio.sleep(0)
        await asyncio.to_thread(dovecot.stop)
        with pytest.raises(ImapFailed) as lost:
            async with asyncio.timeout(30):
                await waiting
        assert lost.value.code == "lost"
    dovecot.start()


@pytest.mark.parametrize(
    "folder", ["客户 支持", 'A "quoted" \\ one', "R&D & Co", "ends with space ", "日本語/é"]
)
async def test_folders_of_any_name_are_opened(dovecot: Dovecot, mailbox: str, folder: str) -> None:
    inside = folder.replace("/", ".")
    dovecot.create_folder(inside, mailbox)
    dovecot.drop(mails(2), mailbox)
    dovecot.move([1], inside, mailbox)
    async with opened(dovecot, mailbox, folder=inside) as session:
        assert await session.fetch([1]) == [(1, mails(1)[0])]


@pytest.mark.parametrize(
    ("user", "secret"),
    [
        ("brackets ( and {3}@example.com", 'quotes " and \\ and {5}'),
        ("王小明@example.com", "密码 & ü"),
        ("spaces in@example.com", " *( "),
    ],
)
async def test_names_and_passwords_may_hold_any_character(dovecot: Dovecot, user: str, secret: str) -> None:
    dovecot.add_user(user, secret)
    session = await ImapSession.open(
        account(dovecot, user), password(secret), outbound_to(dovecot.certificates), QUICK
    )
    assert await session.uids_after(0) == []
    await session.close()


async def test_a_folder_that_is_not_there_a_wrong_password_and_a_wrong_certificate_are_told_apart(
    dovecot: Dovecot, mailbox: str, tmp_path: Path
) -> None:
    for changes, step, code in (
        ({"folder": "Nope"}, "folder", "folder_missing"),
        ({"user": "nobody@example.com"}, "password", "password_refused"),
        ({"host": OTHER_NAME}, "tls", "certificate_name"),
        ({"port": dovecot.ports.imap}, "tls", "no_tls"),
        ({"port": dovecot.ports.lmtp, "security": "none"}, "port", "no_imap"),
        ({"port": dovecot.ports.tokens}, "port", "not_reached"),
        ({"host": "nowhere.invalid"}, "name", "name_unknown"),
        ({"folder": "a\r\nb"}, "folder", "unusable"),
        ({"user": "a\r\nb"}, "password", "unusable"),
    ):
        with pytest.raises(ConnectFailed) as failed:
            await ImapSession.open(
                account(dovecot, str(changes.pop("user", mailbox)), **changes),
                password(),
                outbound_to(dovecot.certificates),
                QUICK,
            )
        assert (failed.value.step, failed.value.code) == (step, code), changes
        assert failed.value.detail


async def test_a_changed_uidvalidity_shows_in_the_next_session(dovecot: Dovecot, mailbox: str) -> None:
    dovecot.drop(mails(1), mailbox)
    async with opened(dovecot, mailbox) as session:
        before = session.uid_validity
    dovecot.change_uidvalidity(before + 7, mailbox)
    async with opened(dovecot, mailbox) as session:
        assert session.uid_validity == before + 7


async def test_passwords_and_mails_are_not_written_to_the_log(
    dovecot: Dovecot, mailbox: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    dovecot.drop(mails(1), mailbox)
    async with opened(dovecot, mailbox) as session:
        await session.fetch([1])
    assert "correct" not in caplog.text
    assert "Number 1" not in caplog.text


async def test_very_many_mails_are_told_in_pieces(
    dovecot: Dovecot, mailbox: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(imap, "_MANY", 10)
    dovecot.drop(mails(95), mailbox)
    dovecot.expunge(range(21, 50), mailbox)
    async with opened(dovecot, mailbox) as session:
        seen: list[int] = []
        while found := await session.uids_after(seen[-1] if seen else 0):
            assert len(found) < 60
            seen += found
    assert seen == [*range(1, 21), *range(50, 96)]
