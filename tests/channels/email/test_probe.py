"""Trying a mailbox's configuration: each part wrong, one at a time, against real servers."""

import asyncio
import dataclasses
import time
from collections.abc import Sequence
from typing import Any

import msgspec
import pytest

from channels.contract import ProbeStep
from channels.email.probe import ProbeLimits, Prober
from channels.email.wire import EmailConfig, ImapConfig, OAuthConfig, SmtpConfig
from core.outbound import Outbound, OutboundSettings
from tests.builders import ManualClock
from tests.channels.email.mailboxes import OTHER_NAME, outbound_to
from tests.channels.email.scripted_imap import STALL, a_server
from tests.servers.certificates import Certificates
from tests.servers.dovecot import PASSWORD, Dovecot
from tests.servers.postfix import Postfix
from tests.servers.tokens import REFRESH_TOKEN, running_tokens

pytestmark = pytest.mark.server
IMAP = ["imap.name", "imap.port", "imap.tls", "imap.password", "imap.folder"]
SMTP = ["smtp.name", "smtp.port", "smtp.tls", "smtp.password"]
QUICK = ProbeLimits(open_s=3, connect_s=1, command_s=1, guess_s=0.5)


def right(postfix: Postfix, mailbox: str) -> EmailConfig:
    """Everything in it is as it should be."""
    imap = ImapConfig("localhost", mailbox, postfix.dovecot.ports.imaps)
    smtp = SmtpConfig("localhost", mailbox, postfix.ports.submissions)
    return EmailConfig(mailbox, imap, smtp, password=PASSWORD)


def changed(config: EmailConfig, part: str, **changes: Any) -> EmailConfig:
    return msgspec.structs.replace(
        config, **{part: msgspec.structs.replace(getattr(config, part), **changes)}
    )


async def probed(config: EmailConfig, outbound: Outbound) -> Sequence[ProbeStep]:
    """In the right order, and in time."""
    began = time.monotonic()
    steps = await Prober(outbound, ManualClock(), QUICK)(config)
    assert time.monotonic() - began < 10
    assert [step.name for step in steps] == [*IMAP, *SMTP]
    return steps


def story(steps: Sequence[ProbeStep], server: str) -> tuple[int, str, str]:
    """Of one server: how many steps worked, which failed, and how. Nothing is tried behind a failure."""
    own = [step for step in steps if step.name.startswith(f"{server}.")]
    failed = [step for step in own if step.state == "failed"]
    works = [step.state for step in own].index("failed") if failed else len(own)
    assert [step.state for step in own[:works]] == ["ok"] * works
    assert [step.state for step in own[works + 1 :]] == ["not_tried"] * (len(own) - works - 1)
    assert all(step.detail for step in failed)
    return (works, failed[0].name, failed[0].code) if failed else (works, "", "")


@pytest.mark.parametrize("security", ["tls", "starttls"])
async def test_a_right_configuration_works_in_all_its_parts(
    postfix: Postfix, mailbox: str, security: str
) -> None:
    config = right(postfix, mailbox)
    if security == "starttls":
        config = changed(config, "imap", security=security, port=postfix.dovecot.ports.imap)
        config = changed(config, "smtp", security=security, port=postfix.ports.submission)
    steps = await probed(config, outbound_to(postfix.dovecot.certificates))
    assert {step.state for step in steps} == {"ok"}


async def test_a_wrong_imap_part_is_named_and_the_smtp_server_tried_all_the_same(
    postfix: Postfix, mailbox: str
) -> None:
    ports = postfix.dovecot.ports
    outbound = outbound_to(postfix.dovecot.certificates)
    cases: list[tuple[dict[str, Any], tuple[int, str, str]]] = [
        ({"host": "nowhere.invalid"}, (0, "imap.name", "name_unknown")),
        ({"host": "169.254.169.254"}, (0, "imap.name", "address_refused")),
        ({"port": ports.tokens}, (1, "imap.port", "not_reached")),
        ({"port": postfix.ports.smtp, "security": "none"}, (1, "imap.port", "no_imap")),
        ({"port": ports.imap}, (2, "imap.tls", "no_tls")),
        ({"security": "starttls"}, (2, "imap.tls", "tls_from_start")),
        ({"host": OTHER_NAME}, (2, "imap.tls", "certificate_name")),
        ({"user": "nobody@example.com"}, (3, "imap.password", "password_refused")),
        ({"folder": "客户"}, (4, "imap.folder", "folder_missing")),
    ]
    for changes, expected in cases:
        steps = await probed(changed(right(postfix, mailbox), "imap", **changes), outbound)
        assert story(steps, "imap") == expected, changes
        assert story(steps, "smtp") == (4, "", "")


async def test_a_wrong_smtp_part_is_named(postfix: Postfix, mailbox: str) -> None:
    ports = postfix.ports
    outbound = outbound_to(postfix.dovecot.certificates)
    cases: list[tuple[dict[str, Any], tuple[int, str, str]]] = [
        ({"host": "nowhere.invalid"}, (0, "smtp.name", "name_unknown")),
        ({"port": postfix.dovecot.ports.tokens}, (1, "smtp.port", "not_reached")),
        ({"port": postfix.dovecot.ports.imap, "security": "none"}, (1, "smtp.port", "no_smtp")),
        ({"port": ports.submission}, (2, "smtp.tls", "no_tls")),
        ({"security": "starttls"}, (2, "smtp.tls", "tls_from_start")),
        ({"host": OTHER_NAME}, (2, "smtp.tls", "certificate_name")),
        ({"port": ports.submission, "security": "none"}, (2, "smtp.tls", "tls_required")),
        ({"port": ports.smtp, "security": "starttls"}, (3, "smtp.password", "no_sign_in")),
        ({"user": "nobody@example.com"}, (3, "smtp.password", "password_refused")),
    ]
    for changes, expected in cases:
        steps = await probed(changed(right(postfix, mailbox), "smtp", **changes), outbound)
        assert story(steps, "smtp") == expected, changes
        assert story(steps, "imap") == (5, "", "")


async def test_a_wrong_password_is_told_in_the_servers_words(postfix: Postfix, mailbox: str) -> None:
    config = msgspec.structs.replace(right(postfix, mailbox), password="wrong")
    steps = await probed(config, outbound_to(postfix.dovecot.certificates))
    assert story(steps, "imap") == (3, "imap.password", "password_refused")
    assert story(steps, "smtp") == (3, "smtp.password", "password_refused")
    assert "Authentication failed" in steps[3].detail
    assert "535" in steps[-1].detail


async def test_an_unknown_authority_and_an_inner_host_are_refused(postfix: Postfix, mailbox: str) -> None:
    strict = Outbound(OutboundSettings(private_hosts=True))
    steps = await probed(right(postfix, mailbox), strict)
    assert story(steps, "imap") == (2, "imap.tls", "certificate_untrusted")
    assert story(steps, "smtp") == (2, "smtp.tls", "certificate_untrusted")
    steps = await probed(right(postfix, mailbox), Outbound(OutboundSettings()))
    assert story(steps, "imap") == (0, "imap.name", "address_refused")
    assert story(steps, "smtp") == (0, "smtp.name", "address_refused")


async def test_an_inbox_that_signs_in_nowhere_to_send_says_so(postfix: Postfix, mailbox: str) -> None:
    config = changed(right(postfix, mailbox), "smtp", user=None, port=postfix.ports.smtp, security="none")
    steps = await probed(config, outbound_to(postfix.dovecot.certificates))
    assert steps[-1] == ProbeStep("smtp.password", "not_tried", "no_user")


async def test_access_tokens_are_fetched_and_taken_by_both_servers(
    postfix: Postfix, dovecot: Dovecot, mailbox: str
) -> None:
    outbound = outbound_to(dovecot.certificates)
    async with running_tokens(mailbox, dovecot.ports.tokens) as provider:
        oauth = OAuthConfig(provider.url, "client", REFRESH_TOKEN)
        config = msgspec.structs.replace(right(postfix, mailbox), password="", oauth=oauth)
        assert {step.state for step in await probed(config, outbound)} == {"ok"}
        revoked = msgspec.structs.replace(oauth, refresh_token="revoked")
        steps = await probed(msgspec.structs.replace(config, oauth=revoked), outbound)
        assert story(steps, "imap") == (3, "imap.password", "token_revoked")
        assert "expired or revoked" in steps[3].detail
        provider.user = "somebody-else@example.com"
        steps = await probed(config, outbound)
        assert story(steps, "imap") == (3, "imap.password", "token_refused")
        assert story(steps, "smtp") == (3, "smtp.password", "token_refused")


async def test_a_folder_that_cannot_be_marked_is_told_before_saving(certificates: Certificates) -> None:
    answer = b"* OK [UIDVALIDITY 7]\r\nTAG OK [READ-ONLY] done\r\n"
    async with a_server({"SELECT": answer}) as server:
        imap = ImapConfig("localhost", "anna", server.port, "none", mark="seen")
        config = EmailConfig("anna@example.com", imap, SmtpConfig("nowhere.invalid"), password="x")
        steps = await probed(config, outbound_to(certificates))
    assert story(steps, "imap") == (4, "imap.folder", "read_only")


@pytest.mark.parametrize(
    ("step", "works", "named"),
    [("(greeting)", 1, "port"), ("CAPABILITY", 2, "tls"), ("LOGIN", 3, "password"), ("EXAMINE", 4, "folder")],
)
async def test_a_server_that_falls_silent_is_named_with_the_step_it_stopped_at(
    certificates: Certificates, step: str, works: int, named: str
) -> None:
    async with a_server({step: STALL}) as server:
        imap = ImapConfig("localhost", "anna", server.port, "none")
        smtp = SmtpConfig("localhost", port=server.port, security="none")
        config = EmailConfig("anna@example.com", imap, smtp, password="x")
        steps = await probed(config, outbound_to(certificates))
    assert story(steps, "imap")[:2] == (works, f"imap.{named}")
    assert story(steps, "smtp")[1] == "smtp.port"


async def test_all_of_it_together_has_a_limit(certificates: Certificates) -> None:
    """A server that is slow at each step stays below each limit, and not below that of the whole."""
    limits = dataclasses.replace(QUICK, open_s=0.3, command_s=60)
    async with a_server({"LOGIN": STALL}) as server:
        imap = ImapConfig("localhost", "anna", server.port, "none")
        config = EmailConfig("anna@example.com", imap, SmtpConfig("nowhere.invalid"), password="x")
        async with asyncio.timeout(30):
            steps = await Prober(outbound_to(certificates), ManualClock(), limits)(config)
    assert story(steps, "imap") == (3, "imap.password", "too_slow")
    assert ProbeLimits().open_s + ProbeLimits().guess_s < 10
