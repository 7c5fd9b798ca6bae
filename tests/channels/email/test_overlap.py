"""Two inboxes that are the same mailbox are known as such, however they are written."""

from typing import Any

import msgspec
import pytest

from channels.email.overlap import clashes, owns
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


def test_an_inbox_owns_its_addresses_and_what_stands_behind_a_plus() -> None:
    config = msgspec.to_builtins(a_config("support@example.com", aliases=("Help@example.com",)))
    plus = config | {"plus_addresses": True}
    assert [owns(config, each) for each in ("support@example.com", "help@example.com")] == [True, True]
    assert (owns(config, "help+x@example.com"), owns(plus, "help+x@example.com")) == (False, True)
    assert not owns(plus, "ann@example.com")
    assert not owns({}, "ann@example.com")
