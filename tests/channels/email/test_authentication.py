"""Whose word counts on who sent a mail: the receiving server's own, and nothing that came along with the mail."""

from dataclasses import replace

import pytest

from channels.email.authentication import UNNAMED, proof_of
from channels.email.authentication_results import read_results
from channels.email.mail import SEVERAL_SENDERS, Address, Nature, ParsedMail
from channels.email.wire import EmailConfig, ImapConfig, SmtpConfig
from core.message import Proof

CONFIG = EmailConfig(
    "support@shop.example",
    ImapConfig("imap.shop.example", "support"),
    SmtpConfig("smtp.shop.example"),
    trusted="mx.shop.example",
)
MAIL = ParsedMail(
    message_id="1@customer.example",
    in_reply_to=(),
    references=(),
    subject="Hello",
    sender=Address("ann@customer.example"),
    reply_to=(),
    to=(Address("support@shop.example"),),
    cc=(),
    delivered_to=(),
    sent_at=None,
    text="",
    written="",
    folded=(),
    html=None,
    remote_images=0,
    files=(),
    nature=Nature.PERSON,
    nature_reason="",
    bounce=None,
    authentication=(),
    language=None,
    problems=(),
)
PASS = "mx.shop.example; dmarc=pass header.from=customer.example"
FAIL = "mx.shop.example; dmarc=fail header.from=customer.example"


def proof(*headers: str, sender: str = "ann@customer.example", token: bool = False) -> Proof:
    return proof_of(replace(MAIL, authentication=headers, sender=Address(sender)), CONFIG, token)


@pytest.mark.parametrize(
    "says",
    [
        "dmarc=pass (p=NONE sp=QUARANTINE dis=NONE) header.from=customer.example",
        "dkim=none; spf=softfail smtp.mailfrom=a@b.example; dmarc=pass action=none header.from=Customer.Example",
        "spf=pass (domain of ann@customer.example designates 1.2.3.4; really) smtp.mailfrom=ann@customer.example",
        'spf=pass smtp.mailfrom="ann"@customer.example',
        "spf=pass smtp.mailfrom=customer.example; dmarc=none",
        "dkim=fail header.d=list.example; dkim=pass (2048-bit key) header.d=customer.example header.b=ab/c=",
        "dkim/1 = pass header.i = @customer.example",
        "spf=fail smtp.mailfrom=forwarder.example; dkim=pass header.d=customer.example; dmarc=temperror",
    ],
)
def test_what_the_trusted_server_found_right_proves_the_sender(says: str) -> None:
    assert proof(f"mx.shop.example; {says}") is Proof.AUTHENTICATED
    assert proof(f"MX.Shop.Example (the first) 1;\r\n\t{says}") is Proof.AUTHENTICATED


@pytest.mark.parametrize(
    "says",
    [
        "none",
        "",
        "dmarc=pass",
        "dmarc=pass header.from=other.example",
        "dmarc=pass header.from=customer.example; dmarc=none header.from=customer.example",
        "dmarc=pass header.from=customer.example header.from=other.example",
        "dmarc=bestguesspass header.from=customer.example",
        "spf=pass smtp.mailfrom=attacker.example",
        "spf=pass smtp.mailfrom=<>",
        'spf=pass smtp.mailfrom="" smtp.helo=customer.example',
        "spf=pass smtp.mailfrom= policy.x=customer.example",
        "spf=pass smtp.helo=customer.example",
        "spf=pass smtp.mailfrom=ann@customer.example@attacker.example",
        'spf=pass smtp.mailfrom="x;dmarc=pass header.from=customer.example"@attacker.example',
        "spf=pass (x (dmarc=pass header.from=customer.example)) smtp.mailfrom=attacker.example",
        "spf=pass (dmarc=pass header.from=customer.example",
        "dkim=pass header.d=attacker.example",
        "dkim=pass header.d=attacker.example header.i=@customer.example",
        "dkim=pass header.d=evilcustomer.example",
        "dkim=pass header.d=customer.example.attacker.example",
        "dkim=pass header.d=sub.customer.example",
        "dkim=pass header.d=example",
        "dkim=pass header.d=.",
        "dkim=pass",
        "x-dmarc=pass header.from=customer.example",
        "arc=pass header.from=customer.example",
    ],
)
def test_anything_less_proves_nothing(says: str) -> None:
    assert proof(f"mx.shop.example; {says}") is Proof.NONE


@pytest.mark.parametrize(
    "says",
    [
        "dmarc=fail (p=reject) header.from=customer.example",
        "dmarc=fail header.from=customer.example; dmarc=pass header.from=customer.example",
        "dkim=pass header.d=attacker.example; spf=pass smtp.mailfrom=attacker.example; dmarc=fail",
        "spf=fail smtp.mailfrom=customer.example; dkim=none",
        "spf=softfail smtp.mailfrom=customer.example; dkim=fail header.d=customer.example",
    ],
)
def test_what_it_found_wrong_is_never_mended_by_a_token(says: str) -> None:
    assert proof(f"mx.shop.example; {says}") is Proof.FAILED
    assert proof(f"mx.shop.example; {says}", token=True) is Proof.FAILED


def test_headers_that_came_with_the_mail_cannot_speak_for_it() -> None:
    assert proof("mx.other.example; dmarc=pass header.from=customer.example") is Proof.NONE
    assert proof("mx.other.example; none", PASS) is Proof.NONE
    assert proof("mx.shop.example; none", PASS) is Proof.NONE
    assert proof("mx.shop.example; spf=none", "mx.shop.example; dkim=none", PASS) is Proof.NONE
    assert proof(FAIL, PASS) is Proof.FAILED
    assert proof("x" * 20_000, PASS) is Proof.NONE


def test_several_headers_of_the_server_are_heard_together_where_they_speak_against() -> None:
    assert proof("mx.shop.example; spf=pass smtp.mailfrom=customer.example", FAIL) is Proof.FAILED
    assert proof(PASS, "mx.shop.example; spf=fail smtp.mailfrom=list.example") is Proof.AUTHENTICATED
    assert (
        proof("mx.shop.example; spf=fail", "mx.shop.example; dkim=pass header.d=list.example") is Proof.NONE
    )


def test_an_inbox_that_trusts_nobody_believes_no_header() -> None:
    mail = replace(MAIL, authentication=(PASS,))
    for trusted in (None, "", "mx", "shop.example"):
        config = EmailConfig(CONFIG.address, CONFIG.imap, CONFIG.smtp, trusted=trusted)
        assert proof_of(mail, config, token=False) is Proof.NONE


def test_a_server_without_a_name_can_be_trusted_by_saying_so() -> None:
    config = EmailConfig(CONFIG.address, CONFIG.imap, CONFIG.smtp, trusted=UNNAMED)
    exchange = (
        "spf=pass (sender IP is 192.0.2.1)\r\n smtp.mailfrom=customer.example; dkim=pass (signature was verified)\r\n"
        " header.d=customer.example;dmarc=pass action=none\r\n header.from=customer.example;compauth=pass reason=100"
    )
    assert proof_of(replace(MAIL, authentication=(exchange,)), config, token=False) is Proof.AUTHENTICATED
    assert proof_of(replace(MAIL, authentication=(PASS,)), config, token=False) is Proof.NONE
    assert proof(exchange) is Proof.NONE


@pytest.mark.parametrize(
    "sender",
    [
        "ann@customer.example.attacker.example",
        "ann@sub.customer.example",
        "ann@cust\u043emer.example",
        "ann@\uff43ustomer.example",
        "customer.example",
        "@customer.example",
        "ann@",
        "ann@.customer.example",
    ],
)
def test_a_pass_for_one_domain_proves_no_other_that_looks_like_it(sender: str) -> None:
    assert proof(PASS, sender=sender) is Proof.NONE


def test_a_domain_answers_for_those_below_it_and_for_its_other_spelling() -> None:
    signed = "mx.shop.example; dkim=pass header.d=customer.example"
    assert proof(signed, sender="ann@mail.customer.example") is Proof.AUTHENTICATED
    assert (
        proof("mx.shop.example; dmarc=pass header.from=xn--bcher-kva.example", sender="ann@bücher.example")
        is Proof.AUTHENTICATED
    )


def test_nobody_is_proven_where_there_is_no_sender_or_more_than_one() -> None:
    mail = replace(MAIL, authentication=(PASS,))
    assert proof_of(replace(mail, sender=None), CONFIG, token=False) is Proof.NONE
    assert proof_of(replace(mail, problems=(SEVERAL_SENDERS,)), CONFIG, token=False) is Proof.NONE


def test_a_token_of_ours_counts_where_no_server_spoke_against() -> None:
    assert proof(token=True) is Proof.REPLY_ADDRESS
    assert proof("mx.shop.example; none", token=True) is Proof.REPLY_ADDRESS
    assert proof(PASS, token=True) is Proof.AUTHENTICATED


def test_headers_made_to_exhaust_the_reader_are_read_or_left_at_once() -> None:
    for header in (
        "(" * 16_000,
        '"' * 16_000,
        "mx; " + "(" * 8_000 + ")" * 8_000 + "dmarc=pass",
        "=" * 9_999,
        "\\" * 99,
    ):
        results = read_results(header)
        assert results is None or len(results.results) <= 1
    assert len((read_results("mx;" + "a=b;" * 4_000) or read_results("")).results) == 100  # type: ignore[union-attr]
