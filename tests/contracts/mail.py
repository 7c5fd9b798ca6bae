"""The driver for e-mail: mails are stored and settled as those from a mailbox; a stand-in takes what we send."""

import asyncio
from collections import Counter
from collections.abc import Mapping
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import msgspec

from channels.assembly import signer_of
from channels.contract import TakenState
from channels.email.threading.resolve import MailThreads
from core.errors import Invalid, Undeliverable
from tests.channels.email.fetching.post import Office
from tests.channels.email.sending.standin import LOOPBACK, StandIn, a_stand_in
from tests.channels.shop import SECRET, Shop

FIXTURES = Path(__file__).resolve().parents[1] / "channels" / "email" / "fixtures"
CONFIG: Mapping[str, Any] = {
    "address": "support@example.com",
    "name": "Support",
    "password": "secret",
    "imap": {"host": "imap.example.com", "user": "support@example.com", "take": "all"},
    "smtp": {"host": LOOPBACK, "port": 2525, "security": "none", "per_minute": 6000},
    "quote": False,
}


class EmailDriver:
    """A fixture is a mail, line by line."""

    kind = "email"
    inbox = "post"
    config: Mapping[str, object] = CONFIG
    bad_config: tuple[str, Mapping[str, object]] = (
        "smtp.port",
        {**CONFIG, "smtp": {"host": LOOPBACK, "port": 0}},
    )

    def __init__(self, shop: Shop) -> None:
        self._shop = shop
        self.server: StandIn | None = None
        signer = signer_of(SECRET)
        threads = MailThreads(signer)
        self._office = Office(
            shop.world, FIXTURES, shop.part.media, shop.workers, Counter(), signer, threads.resolve
        )

    async def deliver(self, name: str) -> None:
        if self.server is None:
            self.server = await started(self._shop)
            smtp = {**CONFIG["smtp"], "port": self.server.port}
            await self._shop.configure(self.inbox, **{**CONFIG, "smtp": smtp})
        lines = msgspec.json.decode((FIXTURES / f"{name}.json").read_bytes())["mail"]
        rows = await self._office.settle("\r\n".join(lines).encode())
        if rows[-1].state == TakenState.QUARANTINED:
            raise Invalid("mail", rows[-1].reason, code=rows[-1].reason_code)

    async def seen(self, count: int) -> list[str]:
        while len(shown := self._shown()) < count:
            self._shop.world.clock.forward(1)
            await self._shop.world.relay.drain()
        return shown

    def fail_with(self, error: Exception | None) -> bool:
        assert self.server is not None
        never = isinstance(error, Undeliverable)
        self.server.faults = {} if error is None else {"MAIL": "550 never" if never else "450 down"}
        return True

    def _shown(self) -> list[str]:
        assert self.server is not None
        taken = [raw for recipients, raw in self.server.taken if "ann@example.net" in recipients]
        return [body_of(read(raw)) for raw in taken]


async def started(shop: Shop) -> StandIn:
    """For as long as the shop is open."""
    found: asyncio.Future[StandIn] = asyncio.get_running_loop().create_future()

    async def serve() -> None:
        async with a_stand_in() as stand_in:
            found.set_result(stand_in)
            await stand_in.over.wait()

    _ = shop.world.supervisor.start("stand-in", serve())
    return await found


def read(data: bytes) -> EmailMessage:
    """What was handed over, as the receiver reads it."""
    mail = message_from_bytes(data.replace(b"\r\n..", b"\r\n."), policy=default)
    assert isinstance(mail, EmailMessage)
    return mail


def body_of(mail: EmailMessage, kind: str = "plain") -> str:
    part = mail.get_body((kind,))
    assert part is not None
    content: str = part.get_content()
    return content.replace("\r\n", "\n").strip("\n")
