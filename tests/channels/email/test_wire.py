"""The configuration of a mailbox: what does not fit is refused, and the field and its form are named."""

from typing import Any

import msgspec
import pytest

from channels.email.wire import email_config
from core.errors import Invalid
from tests.channels.email.fetching.post import a_config

ADDRESS = "an address such as name@example.com"


def changed(field: str, value: object) -> dict[str, Any]:
    config: dict[str, Any] = msgspec.to_builtins(a_config())
    outer, _, inner = field.rpartition(".")
    (config[outer] if outer else config)[inner] = value
    return config


@pytest.mark.parametrize(
    ("field", "value", "named", "expected"),
    [
        ("address", "a\x01b@example.com", "address", ADDRESS),
        ("address", "ab@example.com\n", "address", ADDRESS),
        ("address", "nobody", "address", ADDRESS),
        ("aliases", ["ok@example.com", "a\x7f@example.com"], "aliases[1]", ADDRESS),
        ("forms", ["form"], "forms[0]", ADDRESS),
        ("imap.host", "no host", "imap.host", "a host name such as mail.example.com"),
        ("imap.user", "a\r\nb", "imap.user", "one line"),
        ("imap.folder", "IN\tBOX", "imap.folder", "one line"),
        ("smtp.user", "a\x00", "smtp.user", "one line"),
        ("smtp.security", "ssl", "smtp.security", "none, starttls or tls"),
        ("name", "Shop\nBcc: x", "name", "one line"),
        ("trusted", "mx\x1b", "trusted", "one line"),
    ],
)
def test_a_field_that_does_not_fit_is_named_with_what_it_takes(
    field: str, value: object, named: str, expected: str
) -> None:
    with pytest.raises(Invalid) as refused:
        email_config(changed(field, value))
    assert (refused.value.field, refused.value.expected) == (named, expected)
