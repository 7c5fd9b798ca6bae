"""The real watcher at a real Dovecot: what comes while its working connection is open is stored at once as well."""

import asyncio
from dataclasses import dataclass
from pathlib import Path
from smtplib import LMTP

import pytest

from channels.email.fetching.session import MailSession
from channels.email.imap import ImapSession
from channels.email.imap_settings import account_of
from channels.email.wire import EmailConfig
from tests.channels.email.fetching.mailserver import FakeMailbox, a_mail
from tests.channels.email.fetching.post import a_config, a_post
from tests.channels.email.mailboxes import QUICK, outbound_to, password
from tests.servers.dovecot import Dovecot
from tests.servers.programs import breathe

pytestmark = pytest.mark.server
APART_S = 2.5
"""Longer than Dovecot looks again at a folder that has just changed."""


@dataclass
class RealMailbox(FakeMailbox):
    """A user of Dovecot, who gets mail as everybody does."""

    user: str = ""
    dovecot: Dovecot | None = None

    async def open(self, config: EmailConfig) -> MailSession:
        assert self.dovecot is not None
        self.opened += 1
        outbound = outbound_to(self.dovecot.certificates)
        return await ImapSession.open(account_of(config.imap), password(), outbound, QUICK)

    def receive(self, raw: bytes) -> None:
        assert self.dovecot is not None
        with LMTP("127.0.0.1", self.dovecot.ports.lmtp) as lmtp:
            lmtp.sendmail("ann@example.net", [self.user], raw)


async def test_each_mail_is_stored_at_once_also_while_the_working_connection_is_open(
    dovecot: Dovecot, mailbox: str, tmp_path: Path
) -> None:
    """The clock stands still, so that the working connection never closes for quiet: nothing but news leads to it."""
    ports = dovecot.ports
    config = a_config(mailbox, imap_host="localhost", imap_port=ports.imap, imap_security="none")
    box = RealMailbox(user=mailbox, dovecot=dovecot)
    async with a_post(tmp_path, {"post": config}, others={"localhost": box}) as post:
        for number in range(1, 4):
            if number > 1:
                await asyncio.to_thread(breathe, APART_S)
            await asyncio.to_thread(box.receive, a_mail(f"number {number}"))
            await post.until_taken(number)
        assert await post.subjects() == ["number 1", "number 2", "number 3"]
        assert box.opened == 2  # one waits for news, one works
