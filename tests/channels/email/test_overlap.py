"""Two inboxes that are the same mailbox are known as such, however they are written."""

from typing import Any

import msgspec
import pytest

from channels.email.overlap import clashes
from tests.channels.email.fetching.post import a_config

OTHER = a_config("support@example.com", aliases=("help@example.com",), imap_user="post")


def field(address: str, **values: Any) -> str | None:
    config = a_config(address, **values)
    return clashes(msgspec.to_builtins(config), msgspec.to_builtins(OTHER))


@pytest.mark.parametrize(
    ("address", "values", "expected"),
    [
        ("Support@Example.com", {}, "address"),
        ("help@example.com", {}, "address"),
        ("sales@example.com", {"aliases": ("x@example.com", "HELP@example.com")}, "aliases"),
        ("sales@example.com", {"aliases": ("support@example.com",)}, "aliases"),
        (
            "sales@example.com",
            {"imap_user": "Post", "imap_host": "IMAP.example.com.", "imap_folder": "inbox"},
            "imap.user",
        ),
        ("sales@example.com", {"imap_user": "post", "imap_port": 143}, "imap.user"),
        ("sales@example.com", {"imap_user": "post", "imap_folder": "Sales"}, None),
        ("sales@example.com", {"imap_user": "post", "imap_host": "imap.example.org"}, None),
        ("sales@example.com", {"aliases": ("shop@example.com",)}, None),
    ],
)
def test_a_field_that_another_has_already_is_named(
    address: str, values: dict[str, Any], expected: str | None
) -> None:
    assert field(address, **values) == expected


def test_what_cannot_be_read_clashes_with_nothing() -> None:
    assert clashes(msgspec.to_builtins(OTHER), {"address": "support@example.com"}) is None
