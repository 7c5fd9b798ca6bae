"""An IMAP server that misbehaves as told: it stalls, closes, lies or babbles at the command of one's choice."""

import asyncio
import base64
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

from tests.servers.certificates import Certificates
from tests.servers.programs import LOOPBACK

STALL = b"(stall)"
"""Instead of an answer: say nothing more."""
CLOSE = b"(close)"
"""At the end of an answer: close the connection."""
CAN = b"* CAPABILITY IMAP4rev1 IDLE SASL-IR AUTH=PLAIN AUTH=XOAUTH2\r\nTAG OK done\r\n"
ORDINARY = {
    "(greeting)": b"* OK hello\r\n",
    "CAPABILITY": CAN,
    "LOGIN": b"TAG OK in\r\n",
    "AUTHENTICATE": b"TAG OK in\r\n",
    "ID": b"* ID NIL\r\nTAG OK\r\n",
    "STARTTLS": b"TAG OK go\r\n",
    "EXAMINE": b"* 3 EXISTS\r\n* OK [UIDVALIDITY 7] ok\r\n* OK [UIDNEXT 4] ok\r\nTAG OK [READ-ONLY] done\r\n",
    "SEARCH": b"* SEARCH 1 2 3\r\nTAG OK done\r\n",
    "FETCH": b"* 1 FETCH (UID 1 BODY[] {2}\r\nhi)\r\nTAG OK done\r\n",
    "IDLE": b"+ idling\r\n",
    "DONE": b"TAG OK done\r\n",
    "NOOP": b"TAG OK done\r\n",
    "LOGOUT": b"* BYE\r\nTAG OK done\r\n",
}


@dataclass(slots=True)
class ScriptedImap:
    """``answers`` by command, TAG being the command's tag; a list is used up one by one, its last answer stays.

    ``said`` is what the client sent, with what it said in base64 decoded.
    """

    port: int
    answers: dict[str, bytes | list[bytes]]
    said: list[str] = field(default_factory=list)
    release: asyncio.Event = field(default_factory=asyncio.Event)

    def next_for(self, command: str) -> bytes:
        answer = self.answers.get(command, b"TAG BAD what?\r\n")
        if isinstance(answer, list):
            return answer.pop(0) if len(answer) > 1 else answer[0]
        return answer


@asynccontextmanager
async def a_server(
    answers: Mapping[str, bytes | list[bytes]] | None = None, certificates: Certificates | None = None
) -> AsyncIterator[ScriptedImap]:
    """Behaves well but for ``answers``. With certificates its STARTTLS is followed by TLS."""
    server = ScriptedImap(0, {**ORDINARY, **(answers or {})})

    talking: dict[asyncio.StreamWriter, asyncio.Task[None] | None] = {}

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        talking[writer] = asyncio.current_task()
        with suppress(OSError, asyncio.IncompleteReadError):
            await _talk(server, reader, writer, certificates)
        writer.close()

    listening = await asyncio.start_server(talk, LOOPBACK, 0)
    server.port = listening.sockets[0].getsockname()[1]
    try:
        yield server
    finally:
        server.release.set()
        listening.close()
        await listening.wait_closed()
        for writer in talking:
            writer.transport.abort()
        await asyncio.gather(*filter(None, talking.values()))


async def _talk(
    server: ScriptedImap,
    reader: asyncio.StreamReader,
    writer: asyncio.StreamWriter,
    certificates: Certificates | None,
) -> None:
    tag, command = "", "(greeting)"
    while True:
        answer = server.next_for(command)
        writer.write(answer.removesuffix(CLOSE).removesuffix(STALL).replace(b"TAG", tag.encode()))
        await writer.drain()
        if answer.endswith(CLOSE):
            return
        if answer.endswith(STALL):
            await server.release.wait()
            return
        if command == "STARTTLS" and certificates is not None:
            await writer.start_tls(certificates.server())
        if not (line := (await reader.readline()).decode().strip()) and command != "AUTHENTICATE":
            return
        server.said.append(_plain(line))
        words = line.upper().split()
        if line == "DONE":
            command = "DONE"
        elif command in {"AUTHENTICATE", "(more)"} and len(words) < 2:
            command = "(more)"
        else:
            tag = line.split()[0]
            command = words[2] if words[1] == "UID" else words[1]


def _plain(line: str) -> str:
    words = line.split(" ")
    with suppress(ValueError):
        words[-1] = base64.b64decode(words[-1], validate=True).decode().replace("\1", "|").replace("\0", "|")
    return " ".join(words)
