"""Mailboxes for tests: the account of a user of the real Dovecot, a guard that lets loopback through, an open session."""

import dataclasses
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

from channels.email.credentials import Credentials, FixedPassword, Password
from channels.email.imap import ImapAccount, ImapLimits, ImapSession
from core.outbound import Outbound, OutboundSettings, resolve_by_system
from tests.servers.certificates import Certificates
from tests.servers.dovecot import PASSWORD, Dovecot
from tests.servers.programs import LOOPBACK

OTHER_NAME = "other.example.com"
"""Leads to the same server, whose certificate is not for this name."""
QUICK = ImapLimits(connect_s=3, command_s=3, fetch_s=20, stall_s=3)


def outbound_to(certificates: Certificates) -> Outbound:
    """Loopback is allowed, and the tests' own authority trusted."""
    settings = OutboundSettings(private_hosts=True, ca_file=certificates.authority)
    return Outbound(settings, _resolve)


async def _resolve(host: str) -> Sequence[str]:
    return [LOOPBACK] if host == OTHER_NAME else await resolve_by_system(host)


def password(value: str = PASSWORD) -> Credentials:
    return FixedPassword(Password(value))


def account(dovecot: Dovecot, user: str, **changes: Any) -> ImapAccount:
    return dataclasses.replace(ImapAccount("localhost", dovecot.ports.imaps, "tls", user), **changes)


@asynccontextmanager
async def opened(
    dovecot: Dovecot, user: str, limits: ImapLimits = QUICK, **changes: Any
) -> AsyncIterator[ImapSession]:
    """A session in the user's INBOX over TLS, unless the changes to the account say otherwise."""
    outbound = outbound_to(dovecot.certificates)
    session = await ImapSession.open(account(dovecot, user, **changes), password(), outbound, limits)
    try:
        yield session
    finally:
        await session.close()
