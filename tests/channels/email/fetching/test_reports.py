"""Delivery reports: what we sent is marked failed in the server's words, and nobody else's mail is."""

from pathlib import Path
from typing import Any

from core.contact import Sender
from core.ids import AgentId, ConversationId, MessageId
from core.message import BySystem, Delivery, DeliveryState, Text
from core.participants import join
from core.reply import queue_reply, set_delivery
from core.store.codec import load_message
from core.store.messages import get_message
from core.store.tx import Tx
from tests.builders import an_agent
from tests.channels.email.fetching.mailserver import a_mail
from tests.channels.email.fetching.post import Office, an_office

ANN, CARL = "ann@example.net", "carl@example.net"


async def a_sent_reply(office: Office) -> tuple[ConversationId, MessageId, str]:
    """Ann wrote; we answered; with the Message-ID of our answer."""
    await office.settle(a_mail())
    (asked,) = await office.messages()
    known = ConversationId(asked.conversation_id)

    def answer(tx: Tx) -> MessageId:
        message = queue_reply(tx, known, BySystem(), (Text("Here it is"),), "r1")
        set_delivery(tx, message.id, Delivery(DeliveryState.SENT), frozenset({DeliveryState.QUEUED}))
        return message.id

    sent = await office.world.db.run(answer)
    return known, sent, office.signer.message_id(known, sent, "example.com")


def a_report(about: str, action: str = "failed", recipient: str = ANN, status: str = "5.1.1") -> bytes:
    return f"""From: Mail Delivery System <MAILER-DAEMON@mx.example.org>
To: support@example.com
Subject: Undelivered Mail Returned to Sender
Date: Mon, 02 Mar 2026 09:30:00 +0000
Message-ID: <{abs(hash((about, action, recipient)))}@mx.example.org>
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary=b

--b
Content-Type: text/plain

It could not be delivered.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org

Final-Recipient: rfc822; {recipient}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 {status} no such user here

--b
Content-Type: text/rfc822-headers

From: support@example.com
To: {recipient}
Subject: Re: Where is my parcel?
Message-ID: <{about}>

--b--
""".replace("\n", "\r\n").encode()


async def delivery(office: Office, sent: MessageId) -> Any:
    return (await office.world.db.read(get_message, sent)).delivery


async def test_a_bounce_marks_the_delivery_failed_and_is_shown_in_the_conversation(tmp_path: Path) -> None:
    async with an_office(tmp_path) as office:
        known, sent, signed = await a_sent_reply(office)
        rows = await office.settle(a_report(signed))
        assert (rows[-1].state, rows[-1].reason_code) == ("done", "failed")
        told = await delivery(office, sent)
        assert told.state is DeliveryState.FAILED
        assert "550 5.1.1 no such user here" in told.reason
        notice = load_message((await office.messages())[-1])
        assert (notice.conversation, notice.envelope and notice.envelope.automatic) == (known, "failed")


async def test_a_delay_is_noted_and_the_delivery_stays_as_it_is(tmp_path: Path) -> None:
    async with an_office(tmp_path) as office:
        _, sent, signed = await a_sent_reply(office)
        rows = await office.settle(a_report(signed, "delayed", status="4.4.1"))
        assert (rows[-1].state, rows[-1].reason_code) == ("done", "delayed")
        assert (await delivery(office, sent)).state is DeliveryState.SENT
        assert len(await office.messages()) == 3


async def test_that_a_copy_did_not_arrive_is_said_and_the_reply_has_not_failed(tmp_path: Path) -> None:
    async with an_office(tmp_path) as office:
        known, sent, signed = await a_sent_reply(office)
        await office.world.db.run(an_agent_)
        await office.world.db.run(join, known, Sender("email", CARL, verified=False), AgentId("ada"))
        await office.settle(a_report(signed, recipient=CARL))
        assert (await delivery(office, sent)).state is DeliveryState.SENT
        assert CARL in (await office.messages())[-1].text


def an_agent_(tx: Tx) -> None:
    an_agent(tx)


async def test_a_report_about_a_mail_that_nobody_here_signed_changes_nothing(tmp_path: Path) -> None:
    async with an_office(tmp_path) as office:
        known, sent, signed = await a_sent_reply(office)
        forged = signed.replace(str(sent), str(sent)[:-1] + "9")
        rows = await office.settle(a_report(forged), a_report(f"{known}.{sent}@example.com"))
        assert [(row.state, row.reason_code) for row in rows[1:]] == [("set_aside", "report")] * 2
        assert (await delivery(office, sent)).state is DeliveryState.SENT
        assert len(await office.messages()) == 2


async def test_a_report_that_comes_twice_is_shown_once(tmp_path: Path) -> None:
    async with an_office(tmp_path) as office:
        _, _, signed = await a_sent_reply(office)
        await office.settle(a_report(signed), a_report(signed))
        assert len(await office.messages()) == 3
