"""What each failure of an SMTP server means for the mail: not taken, never taken, or nobody knows."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from channels.email.credentials import FixedPassword, Password
from channels.email.sending.smtp import OutcomeUnknown, SmtpServer, SmtpSession, Transfer, stuffed
from channels.email.settings import SendSettings
from core.errors import Unavailable, Undeliverable
from core.outbound import Outbound, OutboundSettings
from tests.channels.email.sending.standin import LOOPBACK, STEPS, Fault, How, StandIn, a_stand_in

pytestmark = pytest.mark.server

QUICK = SendSettings(open_s=0.3, command_s=0.2, transfer_s=0.3, answer_s=0.2)
MAIL = Transfer(
    "support@example.com", "ann@example.org", ("bea@example.org",), stuffed(b"Subject: x\r\n\r\n.Hi\r\n")
)
NOBODY = FixedPassword(Password(""))


@pytest.fixture
async def server() -> AsyncIterator[StandIn]:
    async with a_stand_in() as stand_in:
        yield stand_in


async def opened(server: StandIn, settings: SendSettings = QUICK) -> SmtpSession:
    at = SmtpServer(LOOPBACK, server.port, "none", None, "example.com")
    return await SmtpSession.open(at, NOBODY, Outbound(OutboundSettings(private_hosts=True)), settings)


async def sent(server: StandIn, mail: Transfer = MAIL) -> tuple[str, ...]:
    session = await opened(server)
    try:
        return tuple(f"{each.address}: {each.words}" for each in await session.transfer(mail))
    finally:
        await session.close()


async def test_a_mail_is_taken_as_it_is_for_everybody_it_is_for(server: StandIn) -> None:
    assert await sent(server) == ()
    assert server.taken == [(["ann@example.org", "bea@example.org"], MAIL.data)]
    assert MAIL.data.endswith(b"\r\n\r\n..Hi\r\n")


@pytest.mark.parametrize("step", [step for step in STEPS if step not in {"body", "end"}])
@pytest.mark.parametrize("fault", ["450 come later", How.CLOSE, How.STALL], ids=["4xx", "closed", "stalled"])
async def test_before_the_mail_was_handed_over_it_was_certainly_not_taken(
    server: StandIn, step: str, fault: Fault
) -> None:
    server.faults[step] = fault
    with pytest.raises(Unavailable) as failed:
        await sent(server)
    assert failed.value.retry_after_s is None
    assert server.taken == []
    if isinstance(fault, str):
        assert "450 come later" in str(failed.value)


@pytest.mark.parametrize("fault", [How.CLOSE, How.STALL], ids=["closed", "stalled"])
async def test_a_connection_lost_within_the_mail_was_certainly_not_enough_for_the_server(
    server: StandIn, fault: Fault
) -> None:
    server.faults["body"] = fault
    with pytest.raises(Unavailable, match="not handed over"):
        await sent(server, replace(MAIL, data=stuffed(b"x" * 20_000_000)))
    assert server.taken == []


@pytest.mark.parametrize("step", ["MAIL", "RCPT", "DATA", "end"])
async def test_a_refusal_for_good_is_in_the_servers_words(server: StandIn, step: str) -> None:
    server.faults[step] = "550 5.7.1 we do not\x1b[2J want this"
    with pytest.raises(Undeliverable, match=r"^550 5\.7\.1 we do not \[2J want this$"):
        await sent(server)
    assert server.taken == []


async def test_a_refusal_for_now_after_the_mail_is_a_refusal_too(server: StandIn) -> None:
    server.faults["end"] = "452 no room"
    with pytest.raises(Unavailable, match="452 no room"):
        await sent(server)
    assert server.taken == []


@pytest.mark.parametrize("fault", [How.CLOSE, How.STALL, "nonsense", "354 more"])
async def test_without_an_answer_to_the_end_of_the_mail_nobody_knows(server: StandIn, fault: Fault) -> None:
    server.faults["end"] = fault
    with pytest.raises(OutcomeUnknown):
        await sent(server)


async def test_a_server_that_ends_the_connection_with_its_answer_has_answered(server: StandIn) -> None:
    server.faults["end"] = "421 shutting down"
    with pytest.raises(Unavailable, match="421"):
        await sent(server)


async def test_who_reads_along_may_be_refused_and_the_others_get_the_mail(server: StandIn) -> None:
    server.faults["RCPT bea@example.org"] = "550 no such person"
    assert await sent(server) == ("bea@example.org: 550 no such person",)
    assert [recipients for recipients, _ in server.taken] == [["ann@example.org"]]


async def test_without_the_requester_nobody_gets_it(server: StandIn) -> None:
    server.faults["RCPT ann@example.org"] = "550 no such person"
    with pytest.raises(Undeliverable, match="550 no such person"):
        await sent(server)
    assert server.taken == []


async def test_after_a_refusal_the_same_connection_takes_the_next_mail(server: StandIn) -> None:
    session = await opened(server)
    server.faults["RCPT"] = "450 later"
    with pytest.raises(Unavailable):
        await session.transfer(MAIL)
    server.faults.clear()
    assert session.usable
    assert await session.transfer(MAIL) == ()
    assert server.sessions == 1
    await session.close()


async def test_a_mail_of_many_megabytes_arrives_whole_while_others_get_their_turn(server: StandIn) -> None:
    session = await opened(server, SendSettings())
    mail = replace(MAIL, data=stuffed(b"Subject: x\r\n\r\n" + b"0123456789abcde\r\n" * 300_000))
    longest, handed_over = 0, session._client.protocol
    assert handed_over is not None
    write = handed_over.write

    def measured(data: bytes) -> None:
        nonlocal longest
        longest = max(longest, len(data))
        write(data)

    handed_over.write = measured  # type: ignore[method-assign]
    await session.transfer(mail)
    await session.close()
    assert server.taken == [(["ann@example.org", "bea@example.org"], mail.data)]
    assert longest <= 256 * 1024, "TLS encrypts a whole piece before anything else runs"


async def test_a_connection_that_failed_is_not_used_again(server: StandIn) -> None:
    session = await opened(server)
    server.faults["DATA"] = How.CLOSE
    with pytest.raises(Unavailable):
        await session.transfer(MAIL)
    assert not session.usable


async def test_a_mail_larger_than_the_server_says_it_takes_is_not_begun(server: StandIn) -> None:
    server.extensions = ("SIZE 19",)
    with pytest.raises(Undeliverable, match="the server takes 19"):
        await sent(server)
    assert not any(command.startswith("MAIL") for command in server.commands)


async def test_an_address_beyond_ascii_needs_a_server_that_knows_them(server: StandIn) -> None:
    chinese = replace(MAIL, to="用户@example.org", utf8=True)
    with pytest.raises(Undeliverable, match="Latin"):
        await sent(server, chinese)
    server.extensions = ("SMTPUTF8", "8BITMIME")
    await sent(server, chinese)
    assert server.taken[0][0][0] == "用户@example.org"


@pytest.mark.parametrize("address", ["ann@example.org>\r\nRCPT TO:<evil@example.org", "ann@x.org\r\nDATA"])
async def test_no_address_becomes_a_command(server: StandIn, address: str) -> None:
    with pytest.raises(Undeliverable):
        await sent(server, replace(MAIL, to=address))
    assert not any(command.startswith(("RCPT", "DATA")) for command in server.commands)


def test_a_line_that_is_a_dot_does_not_end_the_mail() -> None:
    assert stuffed(b".\r\na\r\n.\r\n..b") == b"..\r\na\r\n..\r\n...b\r\n"
