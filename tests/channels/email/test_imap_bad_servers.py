"""Whatever a mail server does, reading ends within its time limit, with a reason, and never with a wrong answer."""

import asyncio
import dataclasses
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager

import pytest

from channels.email.credentials import BearerToken, Credentials, Password, Secret
from channels.email.imap import ConnectFailed, ImapAccount, ImapFailed, ImapLimits, ImapSession
from core.errors import Unavailable
from core.outbound import Outbound, OutboundSettings
from tests.channels.email.mailboxes import outbound_to, password
from tests.channels.email.scripted_imap import CAN, CLOSE, STALL, ScriptedImap, a_server
from tests.servers.certificates import Certificates
from tests.servers.programs import LOOPBACK

pytestmark = pytest.mark.server

HASTY = ImapLimits(connect_s=0.3, command_s=0.3, fetch_s=0.5, stall_s=0.2, poll_s=0.05, line_bytes=100_000)
PLAIN = OutboundSettings(private_hosts=True)
STEPS = ["(greeting)", "CAPABILITY", "LOGIN", "EXAMINE", "SEARCH", "FETCH", "IDLE", "DONE"]


async def open_at(
    server: ScriptedImap, credentials: Credentials | None = None, limits: ImapLimits = HASTY, **changes: str
) -> ImapSession:
    account = ImapAccount(LOOPBACK, server.port, "none", changes.get("user", "anna"))
    return await ImapSession.open(account, credentials or password("secret"), Outbound(PLAIN), limits)


@asynccontextmanager
async def reading(answers: Mapping[str, bytes | list[bytes]]) -> AsyncIterator[ImapSession]:
    """A session with a server that behaves well but for these answers."""
    async with a_server(answers) as server:
        session = await open_at(server)
        try:
            yield session
        finally:
            await session.close()


async def everything(server: ScriptedImap) -> None:
    """What a client does with a mailbox, from the first byte to the last."""
    session = await open_at(server)
    await session.uids_after(0)
    await session.fetch([1])
    await session.idle(0.05)
    await session.close()


async def test_a_server_that_behaves_is_read() -> None:
    async with a_server() as server:
        await everything(server)


@pytest.mark.parametrize(
    "misdeed",
    [
        STALL,
        CLOSE,
        b"TAG",
        b"* garbage" + STALL,
        b"\r\n" * 3000 + STALL,
        b"\x00\xff\xfe\x80(((" * 50 + b"\r\n" + STALL,
        b"* 1 FETCH (UID 1 BODY[] {100}\r\nhalf" + STALL,
        b"* 1 FETCH (UID 1 BODY[] {9999999999999}\r\nhalf" + STALL,
        b"x" * 200_000 + STALL,
        b"Z9 OK another tag\r\n" + STALL,
        b"* BYE tired\r\n" + CLOSE,
        b"* BYE tired\r\n" + STALL,
    ],
    ids=["silence", "closing", "half a line", "garbage", "empty lines", "binary", "half a literal",
         "an endless literal", "an endless line", "another tag", "goodbye", "goodbye and silence"],
)  # fmt: skip
async def test_each_misdeed_at_each_step_is_unavailable_in_time(misdeed: bytes) -> None:
    async def fails_in_time(step: str) -> None:
        async with a_server({step: misdeed}) as server:
            began = time.monotonic()
            with pytest.raises(Unavailable):
                await everything(server)
            assert time.monotonic() - began < 5, step

    async with asyncio.timeout(60):
        await asyncio.gather(*map(fails_in_time, STEPS))


@pytest.mark.parametrize("step", STEPS[1:6])
@pytest.mark.parametrize("answer", [b"TAG NO not today\r\n", b"TAG BAD what\r\n"])
async def test_a_refusal_is_an_error_with_the_servers_words(step: str, answer: bytes) -> None:
    async with a_server({step: answer}) as server:
        with pytest.raises(ImapFailed, match=r"not today|what"):
            await everything(server)


@pytest.mark.parametrize("command", ["SEARCH", "FETCH", "IDLE"])
async def test_a_refusal_ends_the_session_too(command: str) -> None:
    async with reading({command: b"TAG NO not today\r\n"}) as session:
        doings: dict[str, Callable[[], Awaitable[object]]] = {
            "SEARCH": lambda: session.uids_after(0),
            "FETCH": lambda: session.fetch([1]),
            "IDLE": lambda: session.idle(5),
        }
        if command == "IDLE":
            await session.uids_after(0)
        with pytest.raises(ImapFailed, match="not today"):
            await doings[command]()
        for do in doings.values():
            with pytest.raises(ImapFailed):
                await do()


async def test_an_answer_that_dribbles_forever_ends_at_the_time_limit() -> None:
    async def dribble(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        dribbling.append(asyncio.current_task())
        while not writer.is_closing():
            writer.write(b"*")
            await asyncio.sleep(0)
            if gone.is_set():
                writer.close()

    gone = asyncio.Event()
    dribbling: list[asyncio.Task[None] | None] = []
    listening = await asyncio.start_server(dribble, LOOPBACK, 0)
    server = ScriptedImap(listening.sockets[0].getsockname()[1], {})
    with pytest.raises(ConnectFailed):
        await open_at(server)
    gone.set()
    listening.close()
    await listening.wait_closed()
    await asyncio.gather(*filter(None, dribbling))


@pytest.mark.parametrize("answer", [b"* SEARCH" + b" 1" * 60_000, b"* 1 EXISTS\r\n" * 20_000])
async def test_a_line_or_an_answer_that_is_too_long_is_cut_off_at_once(answer: bytes) -> None:
    limits = dataclasses.replace(HASTY, answer_bytes=200_000, stall_s=60, command_s=60)
    async with a_server({"SEARCH": answer + STALL}) as server:
        session = await open_at(server, limits=limits)
        with pytest.raises(ImapFailed) as failed:
            async with asyncio.timeout(30):
                await session.uids_after(0)
        assert failed.value.code == "too_much"
        await session.close()


async def test_mails_are_taken_although_the_server_says_that_some_are_gone() -> None:
    answer = b"* 1 FETCH (UID 1 BODY[] {2}\r\nhi)\r\nTAG NO [EXPUNGEISSUED] Some no longer exist.\r\n"
    async with reading({"FETCH": answer}) as session:
        assert await session.fetch([1, 2]) == [(1, b"hi")]
        assert await session.fetch_headers(1, 100) == b"hi"


async def test_an_ended_session_says_its_reason_again_and_closes_quietly() -> None:
    async with reading({"SEARCH": b"* BYE maintenance until six\r\n" + CLOSE}) as session:
        for _ in range(2):
            with pytest.raises(ImapFailed, match="maintenance") as failed:
                await session.uids_after(0)
            assert failed.value.code == "lost"
        with pytest.raises(ImapFailed):
            await session.idle(10)


async def test_the_body_is_taken_from_its_literal_and_the_number_from_its_line() -> None:
    """The UID may come after the mail, other people's flags in between, and a mail may look like an answer."""
    mail = b"* 2 FETCH (UID 99 BODY[] {3}\r\nabc)\r\n"
    answer = (
        b"* 9 FETCH (FLAGS (\\Seen) UID 9)\r\n"
        b"* 2 FETCH (FLAGS (\\Seen $odd) BODY[] {%d}\r\n%s UID 2)\r\n"
        b"* 4 EXISTS\r\n* 1 FETCH (UID 1 BODY[] {0}\r\n)\r\n"
        b'* 3 FETCH (X-THING "a ( b \\" UID 77 * " UID 3 BODY[] "tiny \\" one")\r\n'
        b"* 4 FETCH (UID 4 BODY[] NIL)\r\nTAG OK done\r\n" % (len(mail), mail)
    )
    async with reading({"FETCH": answer}) as session:
        assert await session.fetch([1, 2, 3, 4]) == [(1, b""), (2, mail), (3, b'tiny " one')]


async def test_a_search_may_be_told_in_several_lines_or_not_at_all() -> None:
    answers = [
        b"* SEARCH 3 1\r\n* SEARCH 7\r\nTAG OK\r\n",
        b"TAG OK done\r\n",
        b"* SEARCH\r\nTAG OK done\r\n",
    ]
    async with reading({"SEARCH": answers}) as session:
        assert await session.uids_after(0) == [1, 3, 7]
        assert await session.uids_after(0) == []
        assert await session.uids_after(7) == []


async def test_without_idle_the_mailbox_is_asked_now_and_then() -> None:
    async with reading({"CAPABILITY": CAN.replace(b" IDLE", b"")}) as session:
        assert not session.pushes
        assert await session.uids_after(0) == [1, 2, 3]
        began = time.monotonic()
        assert await session.idle(600) is True
        assert 0.04 < time.monotonic() - began < 1


async def test_a_peer_that_is_gone_without_a_word_is_noticed_when_idling_ends() -> None:
    async with reading({"DONE": STALL}) as session:
        await session.uids_after(0)
        with pytest.raises(ImapFailed) as failed:
            async with asyncio.timeout(30):
                await session.idle(0.1)
        assert failed.value.code == "too_slow"


async def test_a_peer_that_never_begins_to_idle_is_dropped() -> None:
    async with reading({"IDLE": STALL}) as session:
        await session.uids_after(0)
        with pytest.raises(ImapFailed):
            async with asyncio.timeout(30):
                await session.idle(600)


async def test_cancelling_a_command_ends_the_session() -> None:
    async with reading({"SEARCH": STALL}) as session:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.05):
                await session.uids_after(0)
        with pytest.raises(ImapFailed):
            await session.fetch([1])


async def test_a_server_that_wants_tls_before_the_password_is_not_told_it() -> None:
    can = CAN.replace(b"AUTH=PLAIN", b"LOGINDISABLED")
    async with a_server({"CAPABILITY": can}) as server:
        with pytest.raises(ConnectFailed) as failed:
            await open_at(server)
        assert (failed.value.step, failed.value.code) == ("tls", "tls_required")
        assert "secret" not in " ".join(server.said)


class Tokens:
    """Gives an old access token first, and a new one when asked for a fresh one."""

    def __init__(self) -> None:
        self.asked: list[bool] = []

    async def secret(self, *, fresh: bool) -> Secret:
        self.asked.append(fresh)
        return BearerToken("new" if fresh else "old")


async def test_a_refused_token_is_replaced_once_and_the_refusal_answered_properly() -> None:
    """A refusal comes as a challenge first, which aioimaplib leaves unanswered until its time-out."""
    answers: dict[str, bytes | list[bytes]] = {
        "AUTHENTICATE": [b"+ eyJzdGF0dXMiOiI0MDAifQ==\r\n", b"TAG OK in\r\n"],
        "(more)": b"TAG NO [AUTHENTICATIONFAILED] expired\r\n",
    }
    tokens = Tokens()
    async with a_server(answers) as server:
        session = await open_at(server, tokens)
        assert await session.uids_after(0) == [1, 2, 3]
        await session.close()
        assert tokens.asked == [False, True]
        said = [line for line in server.said if "Bearer" in line]
        assert said[0].endswith("user=anna|auth=Bearer old||")
        assert said[1].endswith("user=anna|auth=Bearer new||")
        assert "" in server.said


async def test_a_token_refused_twice_is_a_wrong_password_with_the_servers_explanation() -> None:
    answers = {"AUTHENTICATE": b"+ eyJzdGF0dXMiOiI0MDAifQ==\r\n", "(more)": b"TAG NO expired\r\n"}
    async with a_server(answers) as server:
        with pytest.raises(ConnectFailed) as failed:
            await open_at(server, Tokens())
        assert (failed.value.step, failed.value.code) == ("password", "token_refused")
        assert failed.value.detail == 'expired {"status":"400"}'


async def test_a_server_without_initial_responses_is_told_when_it_asks() -> None:
    answers = {
        "CAPABILITY": CAN.replace(b"SASL-IR ", b""),
        "AUTHENTICATE": b"+ \r\n",
        "(more)": b"TAG OK in\r\n",
    }
    async with a_server(answers) as server:
        session = await open_at(server, Tokens())
        await session.close()
        assert "user=anna|auth=Bearer old||" in server.said


async def test_a_password_with_other_letters_goes_in_a_form_that_can_hold_them() -> None:
    async with a_server() as server:
        await (await open_at(server, password("密码"), user="王")).close()
        assert any(line.endswith("AUTHENTICATE PLAIN |王|密码") for line in server.said)


async def test_names_are_quoted_and_a_client_id_is_given_where_it_is_asked_for() -> None:
    async with a_server({"CAPABILITY": CAN.replace(b"IDLE", b"IDLE ID")}) as server:
        await (await open_at(server, password('a "b\\'), user='x "y')).close()
        assert any(line.endswith(r'LOGIN "x \"y" "a \"b\\"') for line in server.said)
        assert any(' ID ("name" "Parley")' in line for line in server.said)
        names = [line.split()[1] for line in server.said]
        assert names.index("ID") < names.index("EXAMINE")


async def test_what_is_offered_is_asked_again_after_signing_in() -> None:
    before = CAN.replace(b"IDLE ", b"")
    async with reading({"CAPABILITY": [before, CAN]}) as session:
        assert session.pushes


async def open_with_starttls(server: ScriptedImap, certificates: Certificates) -> ImapSession:
    account = ImapAccount("localhost", server.port, "starttls", "anna")
    return await ImapSession.open(account, password("secret"), outbound_to(certificates), HASTY)


OFFERED = CAN.replace(b"IDLE", b"IDLE STARTTLS")


async def test_starttls_comes_before_the_password(certificates: Certificates) -> None:
    async with a_server({"CAPABILITY": OFFERED}, certificates) as server:
        await (await open_with_starttls(server, certificates)).close()
        names = [line.split()[1] for line in server.said]
        assert names[:4] == ["CAPABILITY", "STARTTLS", "CAPABILITY", "LOGIN"]


@pytest.mark.parametrize(
    ("answers", "code"),
    [
        ({"CAPABILITY": CAN}, "tls_unsupported"),
        ({"CAPABILITY": OFFERED, "STARTTLS": b"TAG NO sorry\r\n"}, "refused"),
        ({"CAPABILITY": OFFERED, "STARTTLS": b"TAG OK go\r\nno tls at all\r\n" + STALL}, "too_slow"),
        ({"(greeting)": b"* PREAUTH welcome\r\n", "CAPABILITY": OFFERED}, "tls_unsupported"),
    ],
    ids=["not offered", "refused", "no TLS", "signed in already"],
)
async def test_without_proper_starttls_no_password_is_sent(
    answers: dict[str, bytes | list[bytes]], code: str, certificates: Certificates
) -> None:
    async with a_server(answers) as server:
        with pytest.raises(ConnectFailed) as failed:
            async with asyncio.timeout(30):
                await open_with_starttls(server, certificates)
        assert (failed.value.step, failed.value.code) == ("tls", code)
        assert "LOGIN" not in " ".join(server.said)


async def test_what_somebody_says_in_the_clear_after_starttls_is_not_taken_for_the_servers_word(
    certificates: Certificates,
) -> None:
    """A man in the middle adds the beginning of an answer, which TLS would complete."""
    answers: dict[str, bytes | list[bytes]] = {
        "CAPABILITY": OFFERED,
        "STARTTLS": b"TAG OK go\r\n* CAPABILITY " + STALL,
    }
    async with a_server(answers) as server:
        with pytest.raises(ConnectFailed) as failed:
            await open_with_starttls(server, certificates)
        assert (failed.value.step, failed.value.code) == ("tls", "garbled")


async def test_a_folder_without_lasting_numbers_cannot_be_read() -> None:
    async with a_server({"EXAMINE": b"* 3 EXISTS\r\nTAG OK done\r\n"}) as server:
        with pytest.raises(ConnectFailed) as failed:
            await open_at(server)
        assert (failed.value.step, failed.value.code) == ("folder", "no_uids")


async def test_one_session_does_one_thing_at_a_time() -> None:
    async with reading({"SEARCH": STALL}) as session:
        first = asyncio.ensure_future(session.uids_after(0))
        await asyncio.sleep(0)
        with pytest.raises(RuntimeError):
            await session.fetch([1])
        with pytest.raises(ImapFailed):
            await first


def test_a_password_is_not_shown_by_accident() -> None:
    assert "secret" not in repr(Password("secret"))
    assert "secret" not in repr(BearerToken("secret"))
