"""Stored mails come to their end: messages, notices, changed deliveries, or put aside with a reason; never lost."""

import re
import threading
from email.message import EmailMessage
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from sqlalchemy import select, text

from channels.contract import INTAKE
from channels.email.fetching import files, intake, settler
from channels.email.fetching.waiting import prune
from channels.email.mail import LEFT_OUT
from channels.email.threading.resolve import MailThreads
from core.bus import StateChanged
from core.conversation import LinkKind
from core.errors import Unavailable
from core.ids import ConversationId, MessageId
from core.message import (
    Attachment,
    Evidence,
    Formatted,
    Inbound,
    Text,
)
from core.participants import participants_of
from core.receive import Place
from core.store.codec import load_message
from core.store.tables.conversation import conversation, event
from core.store.tables.people import contact_point
from core.store.tx import Tx
from tests.channels.email.fetching.mailserver import a_mail
from tests.channels.email.fetching.post import Here, Office, a_config, an_office, switch_off
from tests.house.texts import LOCALES


def states(rows: Any) -> list[tuple[str, str | None]]:
    return [(row.state, row.reason_code) for row in rows]


async def conversations(office: Office) -> Any:
    return await office.world.db.read(
        lambda tx: tx.conn.execute(select(conversation).order_by(conversation.c.id)).all()
    )


async def test_a_mail_becomes_a_message_of_a_new_conversation(tmp_path: Path) -> None:
    async with an_office(tmp_path) as office:
        (row,) = await office.settle(a_mail("Where is my parcel?", text="Hello, where is it?"))
        (stored,) = await office.messages()
        (begun,) = await conversations(office)
        assert (row.state, row.stored_message_id, row.sender) == ("done", stored.id, "ann@example.net")
        assert (begun.subject, begun.inbox_id) == ("Where is my parcel?", "post")
        said = load_message(stored)
        assert said.parts[0] == Text("Hello, where is it?")
        assert said.envelope is not None
        assert (said.envelope.sender.address, said.envelope.sender.name) == ("ann@example.net", "Ann")
        assert [party.address for party in said.envelope.to] == ["support@example.com"]


async def test_a_message_tells_what_of_its_mail_may_be_missing_and_not_what_was_only_repaired(
    tmp_path: Path,
) -> None:
    deep = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(3000))
    mail = b"From: ann@example.net\nTo: support@example.com\nDate: never\nSubject: Deep\n" + deep
    async with an_office(tmp_path) as office:
        await office.settle(mail, a_mail("whole"))
        cut, whole = [load_message(row).envelope for row in await office.messages()]
        assert cut is not None
        assert cut.problems == ("nesting",)
        assert whole is not None
        assert whole.problems == ()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_agents_are_told_in_words_what_may_be_missing(language: str) -> None:
    texts = (LOCALES / f"{language}.ftl").read_text(encoding="utf-8")
    told = set(re.findall(r"^console-mail-problem-([a-z-]+) =", texts, re.MULTILINE))
    assert told == {each.replace("_", "-") for each in LEFT_OUT}


@pytest.mark.postgres
async def test_postgresql_takes_all_of_it_too(tmp_path: Path, postgres_url: str) -> None:
    async with an_office(tmp_path, a_config(per_sender_hour=3), address=postgres_url) as office:
        office.parser = Here(b"poison")
        office.place = MailThreads(office.signer).resolve
        rows = await office.settle(
            with_file(PNG, '<p>See <img src="cid:pic@x"></p>'),
            a_mail("poison"),
            *(a_mail(f"m{n}") for n in range(3)),
            with_file(b"x" * 100_000),
        )
        assert [row.state for row in rows] == ["done", "quarantined", "done", "done", "held", "held"]
        held = rows[-1].id
        await office.world.db.run(intake.replay, held)
        await office.settler().settle_all()
        assert dict(await office.world.db.read(intake.counts)) == {
            "quarantined": 1,
            "held": 1,
            "set_aside": 0,
            "too_large": 0,
        }
        await office.store(a_mail("poison"))
        office.world.clock.forward(100 * 86_400)
        assert await office.world.db.run(prune, 90) == 4


async def test_settling_again_after_the_process_died_doubles_nothing(tmp_path: Path) -> None:
    async with an_office(tmp_path) as office:
        await office.settle(a_mail("a"), a_mail("b"))
        await office.store(a_mail("a"), a_mail("b"), a_mail("c"))
        await office.settler().settle_all()
        assert len(await office.rows()) == 3
        assert len(await office.messages()) == 3


async def test_the_same_mail_in_two_inboxes_is_a_conversation_in_each_and_one_contact(tmp_path: Path) -> None:
    async with an_office(tmp_path, a_config(), a_config("sales@example.com")) as office:
        both = a_mail(To="support@example.com, sales@example.com")
        await office.settle(both)
        await office.settle(both, inbox="post2")
        begun = await conversations(office)
        assert {row.inbox_id for row in begun} == {"post", "post2"}
        assert len({row.contact_id for row in begun}) == 1
        others = [await office.world.db.read(participants_of, ConversationId(row.id)) for row in begun]
        assert others == [(), ()]  # our own addresses are nobody's


async def test_one_bad_mail_neither_blocks_nor_repeats(tmp_path: Path) -> None:
    def place(tx: Tx, inbound: Inbound) -> Place:
        if inbound.envelope is not None and inbound.envelope.subject == "bad":
            raise KeyError("a mistake of ours")
        return Place(None)

    async with an_office(tmp_path) as office:
        office.place = place
        rows = await office.settle(a_mail("a"), a_mail("bad"), a_mail("b"), tries=3)
        assert states(rows) == [("done", None), ("quarantined", "failed"), ("done", None)]
        assert rows[1].attempts == 3
        assert "KeyError" in rows[1].reason
        assert [row.text for row in await office.messages()] == ["Hello, where is it?"] * 2
        office.place = lambda _tx, _inbound: Place(None)
        await office.world.db.run(intake.replay, rows[1].id)
        await office.settler().settle_all()
        assert states(await office.rows()) == [("done", None)] * 3


async def test_order_is_kept_when_a_mail_fails_at_first(tmp_path: Path) -> None:
    failures = [KeyError("only once")]

    def place(tx: Tx, inbound: Inbound) -> Place:
        if inbound.envelope is not None and inbound.envelope.subject == "b" and failures:
            raise failures.pop()
        return Place(None)

    async with an_office(tmp_path) as office:
        office.place = place
        await office.settle(a_mail("a"), a_mail("b"), a_mail("c"))
        subjects = [load_message(row).envelope for row in await office.messages()]
        assert [each.subject for each in subjects if each is not None] == ["a", "b", "c"]


async def test_what_nobody_can_parse_is_quarantined_with_its_reason(tmp_path: Path) -> None:
    async with an_office(tmp_path) as office:
        office.parser = Here(b"poison")
        rows = await office.settle(a_mail("fine"), a_mail("poison"), a_mail("fine too"))
        assert states(rows) == [("done", None), ("quarantined", "crashed"), ("done", None)]
        assert (rows[1].sender, rows[1].subject) == ("Ann <ann@example.net>", "poison")
        told = await office.world.db.read(lambda tx: tx.conn.execute(select(event.c.topic)).scalars().all())
        assert "inbox:post" in told


async def test_what_takes_time_is_not_done_where_everybody_waits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads: dict[str, set[int]] = {"described": set(), "formatted_source": set()}

    def seen(module: ModuleType, name: str) -> None:
        work = getattr(module, name)

        def told(*args: Any) -> Any:
            threads[name].add(threading.get_ident())
            return work(*args)

        monkeypatch.setattr(module, name, told)

    seen(settler, "described")
    seen(files, "formatted_source")
    async with an_office(tmp_path) as office:
        office.parser = Here(b"poison")
        await office.settle(a_mail("poison"), with_file(b"x", html="<p>Hello</p>"))
    assert all(found and threading.get_ident() not in found for found in threads.values())


async def test_a_failure_is_told_without_what_the_customer_wrote(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with an_office(tmp_path) as office:

        def broken(tx: Tx, inbound: Inbound) -> Place:
            assert isinstance(inbound.parts[0], Text)
            said = {"said": inbound.parts[0].text}
            tx.conn.execute(select(conversation).where(text("no_such_column = :said")), said)
            raise AssertionError

        office.place = broken
        rows = await office.settle(a_mail("mine", text="A secret of mine"))
        assert states(rows) == [("quarantined", "failed")]
        assert "no_such_column" in rows[0].reason
        assert "A secret of mine" not in rows[0].reason + caplog.text


async def test_a_full_disk_stops_everything_and_loses_nothing(tmp_path: Path) -> None:
    async with an_office(tmp_path) as office:
        media = tmp_path / "media"
        media.write_text("no folder")
        with pytest.raises(Unavailable):
            await office.settle(with_file(b"x" * 100_000))
        assert states(await office.rows()) == [("stored", None)]
        media.unlink()
        await office.settler().settle_all()
        assert states(await office.rows()) == [("done", None)]


def with_file(content: bytes, html: str = "") -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "ann@example.net", "support@example.com", "Look"
    mail["Message-ID"] = "<look@example.net>"
    mail.set_content("See the picture")
    if html:
        mail.add_alternative(html, subtype="html")
        page: Any = mail.get_payload()
        page[1].add_related(content, "image", "png", cid="<pic@x>", filename="pic.png")
    else:
        mail.add_attachment(content, "application", "octet-stream", filename="pic.bin")
    return mail.as_bytes()


PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 5000


async def test_files_and_the_formatted_mail_are_stored_with_the_message(tmp_path: Path) -> None:
    async with an_office(tmp_path) as office:
        await office.settle(with_file(PNG, '<p>See <img src="cid:pic@x"></p>'))
        parts = load_message((await office.messages())[0]).parts
        files = [part for part in parts if isinstance(part, Attachment)]
        pages = [part for part in parts if isinstance(part, Formatted)]
        assert [(file.name, file.media_type, file.inline) for file in files] == [
            ("pic.png", "image/png", True)
        ]
        html = (await office.library.content(pages[0].media)).decode()
        assert f'"cid:{files[0].media}"' in html
        assert await office.library.content(files[0].media) == PNG


async def test_small_pictures_of_a_signature_are_not_listed(tmp_path: Path) -> None:
    async with an_office(tmp_path) as office:
        await office.settle(with_file(PNG[:100], '<p>Ann <img src="cid:pic@x"></p>'))
        parts = load_message((await office.messages())[0]).parts
        assert not [part for part in parts if isinstance(part, Attachment)]


async def test_mail_of_ours_is_never_taken_for_a_customers(tmp_path: Path) -> None:
    async with an_office(tmp_path, a_config(), a_config("sales@example.com")) as office:
        signed = office.signer.message_id(ConversationId("0000c1"), MessageId("0000m1"), "example.com")
        rows = await office.settle(
            a_mail(From="sales@example.com"), a_mail(Message_ID=f"<{signed}>", From="list@example.org")
        )
        assert states(rows) == [("set_aside", "own")] * 2


async def test_a_contact_forms_customer_is_who_filled_it_in(tmp_path: Path) -> None:
    config = a_config(forms=("support@example.com",))
    async with an_office(tmp_path, config) as office:
        rows = await office.settle(a_mail(From="support@example.com", Reply_To="Bob <bob@example.org>"))
        assert states(rows) == [("done", None)]
        assert rows[0].sender == "bob@example.org"
        points = await office.world.db.read(lambda tx: tx.conn.execute(select(contact_point)).all())
        assert [(point.address, point.verified) for point in points] == [("bob@example.org", False)]


async def test_reply_to_elsewhere_is_only_shown(tmp_path: Path) -> None:
    config = a_config(trusted="mx.example.com")
    async with an_office(tmp_path, config) as office:
        raw = b"Authentication-Results: mx.example.com; dmarc=pass header.from=example.net\r\n" + a_mail(
            Reply_To="bob@evil.example", Cc="carl@example.net"
        )
        await office.settle(raw)
        (begun,) = await conversations(office)
        others = await office.world.db.read(participants_of, ConversationId(begun.id))
        assert {(each.address, each.joined) for each in others} == {
            ("carl@example.net", True),
            ("bob@evil.example", False),
        }


async def test_who_reads_along_joins_only_by_a_proven_mail(tmp_path: Path) -> None:
    async with an_office(tmp_path) as office:
        await office.settle(a_mail(Cc="carl@example.net"))
        (begun,) = await conversations(office)
        others = await office.world.db.read(participants_of, ConversationId(begun.id))
        assert [(each.address, each.joined) for each in others] == [("carl@example.net", False)]


async def test_an_automatic_answer_is_a_quiet_notice_where_it_belongs_and_nothing_elsewhere(
    tmp_path: Path,
) -> None:
    away = {"Auto_Submitted": "auto-replied"}
    async with an_office(tmp_path) as office:
        await office.settle(a_mail("First"))
        (begun,) = await conversations(office)
        known = ConversationId(begun.id)
        rows = await office.settle(a_mail("Away", **away))
        assert states(rows)[1] == ("set_aside", "auto_reply")
        office.place = lambda _tx, _inbound: Place(
            None, (Evidence("references", 1.0),), known, LinkKind.NEW_SUBJECT
        )
        rows = await office.settle(a_mail("Away again", **away))
        assert states(rows)[2] == ("done", None)
        notice = load_message((await office.messages())[-1])
        assert (notice.conversation, notice.envelope and notice.envelope.automatic) == (known, "auto_reply")
        assert len(await conversations(office)) == 1


async def test_lists_are_set_aside_where_the_inbox_says_so(tmp_path: Path) -> None:
    listed = {"List_Id": "<news.example.org>", "List_Unsubscribe": "<mailto:off@example.org>"}
    async with an_office(tmp_path, a_config(lists="set_aside"), a_config("b@example.com")) as office:
        rows = await office.settle(a_mail("News", **listed))
        assert states(rows) == [("set_aside", "list")]
        rows = await office.settle(a_mail("News", **listed), inbox="post2")
        assert states(rows)[1] == ("done", None)


async def test_one_sender_can_not_flood_and_the_supervisor_hears_of_it_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with an_office(tmp_path, a_config(per_sender_hour=3)) as office:
        heard: list[StateChanged] = []
        office.world.bus.listen(StateChanged, heard.append)
        rows = await office.settle(*(a_mail(f"m{n}") for n in range(6)), a_mail("x", From="bob@example.net"))
        assert [row.state for row in rows] == ["done"] * 3 + ["held"] * 3 + ["done"]
        assert "more than 3 mails within an hour" in rows[3].reason
        assert heard[-1] == StateChanged(
            INTAKE, {"quarantined": 0, "held": 3, "set_aside": 0, "too_large": 0}
        )
        told = await office.world.db.read(
            lambda tx: tx.conn.execute(select(event).where(event.c.topic == "inbox:post")).all()
        )
        assert len(told) == 1
        office.world.clock.forward(3700)
        rows = await office.settle(a_mail("later"))
        assert rows[-1].state == "done"
        await office.world.db.run(intake.replay, rows[3].id)
        await office.settler().settle_all()
        assert (await office.rows())[3].state == "done"


async def test_what_lay_there_at_the_start_floods_nobody_and_gets_no_answer_of_the_bot(
    tmp_path: Path,
) -> None:
    async with an_office(tmp_path, a_config(per_sender_hour=2), bot=True) as office:
        await office.store(*(a_mail(f"m{n}") for n in range(5)), began_uid=5)
        await office.settler().settle_all()
        rows = await office.settle(a_mail("new"))
        assert [row.state for row in rows] == ["done"] * 5 + ["held"]
        assert {row.handler for row in await conversations(office)} == {"queue"}


async def test_after_renumbering_what_is_older_than_the_inbox_is_set_aside(tmp_path: Path) -> None:
    async with an_office(tmp_path, a_config(imap_take="new")) as office:
        await office.store(a_mail("first", Date="Mon, 02 Mar 2026 10:00:00 +0000"))
        old = a_mail("old", Date="Sun, 01 Mar 2026 10:00:00 +0000")
        new = a_mail("new", Date="Tue, 03 Mar 2026 10:00:00 +0000")
        await office.store(old, new, validity=8)
        await office.settler().settle_all()
        assert states(await office.rows()) == [("done", None), ("set_aside", "before_start"), ("done", None)]


async def test_a_mail_without_a_sender_is_quarantined(tmp_path: Path) -> None:
    async with an_office(tmp_path) as office:
        assert states(await office.settle(a_mail(From=""))) == [("quarantined", "no_sender")]


async def test_an_inbox_that_is_switched_off_keeps_its_mail_waiting(tmp_path: Path) -> None:
    async with an_office(tmp_path) as office:
        await office.store(a_mail())
        await office.world.db.run(switch_off, "post")
        await office.settler().settle_all()
        assert states(await office.rows()) == [("stored", None)]
