"""`parley inbox add email` and `parley mail`: a mailbox is saved as it was meant, and what waits can be looked at."""

import argparse
import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.cli import inbox, mail
from app.health import mail_look
from app.runtime import opened
from app.settings import Settings
from channels.contract import TakenState
from channels.email.fetching import store
from channels.email.fetching.intake import MailIntake
from channels.email.fetching.verdict import quarantined
from channels.email.fetching.waiting import settled
from channels.email.wire import email_config
from core.errors import Invalid, NotFound
from core.ids import InboxId
from core.store.tx import Tx
from tests.builders import a_queue
from tests.channels.email.fetching.mailserver import a_mail
from tests.channels.email.fetching.post import a_config, a_mailbox

pytestmark = pytest.mark.served

LEAST = (
    "inbox",
    "add",
    "email",
    "--address",
    "support@example.com",
    "--imap-host",
    "i.example",
    "--smtp-host",
    "s.example",
)


def parsed(*arguments: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    commands = parser.add_subparsers(dest="command")
    inbox.add_parser(commands)
    mail.add_parser(commands)
    return parser.parse_args(arguments)


@pytest.fixture
def password(tmp_path: Path) -> str:
    (tmp_path / "password").write_text("correct horse\n")
    return str(tmp_path / "password")


def test_what_is_given_becomes_the_configuration(tmp_path: Path, password: str) -> None:
    (tmp_path / "en.txt").write_text("Kind regards\nSupport\n")
    options = parsed(
        *LEAST,
        *(
            "--password-file",
            password,
            "--imap-port",
            "143",
            "--imap-security",
            "starttls",
            "--imap-mark",
            "seen",
        ),
        *(
            "--smtp-user",
            "-",
            "--alias",
            "help@example.com",
            "--trusted",
            "mx.example.com",
            "--plus-addresses",
        ),
        *("--signature", f"en={tmp_path / 'en.txt'}", "--form", "form@example.com", "--per-sender-hour", "5"),
    )
    config = email_config(inbox.config_of(options))
    assert (config.imap.user, config.imap.port, config.imap.security) == (
        "support@example.com",
        143,
        "starttls",
    )
    assert (config.imap.mark, config.imap.take, config.smtp.user) == ("seen", "new", None)
    assert (config.password, config.aliases, config.plus_addresses) == (
        "correct horse",
        ("help@example.com",),
        True,
    )
    assert (config.signature, config.forms, config.per_sender_hour) == (
        {"en": "Kind regards\nSupport"},
        ("form@example.com",),
        5,
    )


def test_a_password_may_come_by_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("from a pipe\n"))
    assert email_config(inbox.config_of(parsed(*LEAST))).password == "from a pipe"


def test_tokens_come_from_files(tmp_path: Path) -> None:
    (tmp_path / "refresh").write_text("token")
    url = ("--oauth-token-url", "https://login.example/token", "--oauth-client-id", "me")
    options = parsed(*LEAST, *url, "--oauth-refresh-token-file", str(tmp_path / "refresh"))
    config = email_config(inbox.config_of(options))
    assert config.oauth is not None
    assert (config.oauth.client_id, config.oauth.refresh_token, config.password) == ("me", "token", "")


def test_no_secret_is_an_argument() -> None:
    for word in ("--password", "--smtp-password", "--oauth-client-secret", "--oauth-refresh-token"):
        with pytest.raises(SystemExit):
            parsed(*LEAST, f"{word}=secret", "--imap-port", "993", "extra")


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (("--queue", "nowhere"), NotFound),
        (("--signature", "no file"), Invalid),
        (("--imap-port", "70000"), Invalid),
        (("--alias", "no address"), Invalid),
        (("--password-file", "nowhere"), Invalid),
    ],
)
async def test_what_does_not_fit_is_refused_and_nothing_saved(
    tmp_path: Path, password: str, arguments: tuple[str, ...], error: type[Exception]
) -> None:
    settings = Settings(folder=tmp_path / "var")
    options = parsed(*LEAST, "--no-check", "--password-file", password, *arguments)
    with pytest.raises(error):
        await inbox.inbox(settings, options)


async def test_an_inbox_is_saved_and_listed(
    tmp_path: Path, password: str, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = Settings(folder=tmp_path / "var")
    async with opened(settings) as runtime:
        await runtime.db.run(_queue)
    assert await inbox.inbox(settings, parsed(*LEAST, "--no-check", "--password-file", password)) == 0
    assert await inbox.inbox(settings, parsed("inbox", "list")) == 0
    assert "email    on   support@example.com" in capsys.readouterr().out


async def test_a_mailbox_is_added_once(tmp_path: Path, password: str) -> None:
    settings = Settings(folder=tmp_path / "var")
    async with opened(settings) as runtime:
        await runtime.db.run(_queue)
    options = parsed(*LEAST, "--no-check", "--password-file", password, "--name", "Support")
    assert await inbox.inbox(settings, options) == 0
    with pytest.raises(Invalid, match="inbox Support uses this one already") as refused:
        await inbox.inbox(settings, parsed(*LEAST, "--no-check", "--password-file", password))
    assert refused.value.field == "address"


async def test_a_bot_is_added_once_and_only_when_it_works(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = Settings(folder=tmp_path / "var")
    settings = replace(settings, telegram=replace(settings.telegram, api_url="http://127.0.0.1:9"))
    async with opened(settings) as runtime:
        await runtime.db.run(_queue)
    (tmp_path / "token").write_text("123456789:a-secret-that-is-long-enough\n")
    bot = ("inbox", "add", "telegram", "--name", "Our bot", "--token-file", str(tmp_path / "token"))
    assert await inbox.inbox(settings, parsed(*bot)) == 1
    assert "BAD telegram.reach" in capsys.readouterr().out
    assert await inbox.inbox(settings, parsed(*bot, "--no-check")) == 0
    assert await inbox.inbox(settings, parsed("inbox", "list")) == 0
    assert "telegram on   Our bot" in capsys.readouterr().out
    with pytest.raises(Invalid, match="inbox Our bot uses this one already"):
        await inbox.inbox(settings, parsed(*bot, "--no-check"))
    (tmp_path / "token").write_text("no token")
    with pytest.raises(Invalid) as refused:
        await inbox.inbox(settings, parsed(*bot, "--no-check"))
    assert refused.value.field == "token"
    assert "no token" not in str(refused.value)


def _queue(tx: Tx) -> None:
    a_queue(tx)


def a_bad_mail(tx: Tx) -> None:
    a_queue(tx)
    a_mailbox(tx, a_config())
    place = store.Place(InboxId("post"), "INBOX")
    store.begin(tx, place, 7, 0, all_of_it=True)
    raw = a_mail("\x1b[2J steers").replace(b"Hello", b"\x1b[31mHello")
    store.keep(tx, place, store.Cursor(7, 1), [store.New(1, "m", "d", raw, len(raw))])
    store.note_problem(tx, place, "it refuses the password")


async def test_what_waits_is_counted_listed_shown_and_taken_up_again(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    settings = Settings(folder=tmp_path / "var")
    async with opened(settings) as runtime:
        await runtime.db.run(a_bad_mail)
        intake = MailIntake(runtime.db, runtime.bus, lambda: None)
        (stored,), _ = await runtime.db.read(intake.list, TakenState.STORED, None, 10)

        def aside(tx: Tx) -> None:
            settled(tx, stored.id, InboxId("post"), quarantined("time", "it took too long"), ("ann", "s"))

        await runtime.db.run(aside)
        check = await mail_look(runtime.db)()
        assert not check.ok
        assert "Post since" in check.detail
        assert "it refuses the password" in check.detail
    said = await run(settings, capsysbinary, "counts")
    assert b"1  quarantined" in said
    said = await run(settings, capsysbinary, "list")
    assert b"time: it took too long" in said
    said = await run(settings, capsysbinary, "show", stored.id)
    assert b"Hello" in said
    assert b"\x1b" not in said
    said = await run(settings, capsysbinary, "show", "--raw", stored.id)
    assert b"\x1b[31mHello" in said
    await run(settings, capsysbinary, "replay", stored.id)
    said = await run(settings, capsysbinary, "counts")
    assert b"0  quarantined" in said


async def run(settings: Settings, captured: Any, *arguments: str) -> bytes:
    assert await mail.mail(settings, parsed("mail", *arguments)) == 0
    out: bytes = captured.readouterr().out
    return out
