"""Our reply addresses and Message-IDs: read back however a server writes them, and made by nobody else."""

from collections.abc import Callable

import pytest

from channels.email.signing import Signer
from core.ids import ConversationId, MessageId

OURS, THEIRS = Signer(b"k" * 32), Signer(b"x" * 32)
CONVERSATION = ConversationId("01k2zt0f5a7rq3wd9m8xv6c4he")
MESSAGE = MessageId("01k2zt0f5b2gn7yt5e4jhs1pkq")


@pytest.mark.parametrize("written", [str.lower, str.upper, str.title, "<{}>".format, " {} ".format])
def test_what_we_signed_is_read_back_however_servers_write_it(written: Callable[[str], str]) -> None:
    address = OURS.reply_address("Support@Example.com", CONVERSATION)
    assert address.startswith("support+c-")
    assert OURS.read_reply_address(written(address)) == CONVERSATION
    message_id = OURS.message_id(CONVERSATION, MESSAGE, "Example.com")
    assert OURS.read_message_id(written(message_id)) == (CONVERSATION, MESSAGE)


@pytest.mark.parametrize(
    "mailbox", ["a@example.com", "help+desk@example.com", "customer.service.teams@x.org"]
)
def test_a_signed_address_has_at_most_64_characters_before_the_at(mailbox: str) -> None:
    address = OURS.reply_address(mailbox, CONVERSATION)
    assert len(address.rpartition("@")[0]) <= 64
    assert OURS.read_reply_address(address) == CONVERSATION


def test_a_mailbox_whose_name_leaves_no_room_stays_as_it_is() -> None:
    mailbox = "customer.services.teams@example.com"
    assert OURS.reply_address(mailbox, CONVERSATION) == mailbox
    assert OURS.read_reply_address(mailbox) is None


def test_each_change_of_a_signed_address_is_noticed() -> None:
    address = OURS.reply_address("support@example.com", CONVERSATION)
    for at, character in enumerate(address):
        other = "1" if character != "1" else "2"
        assert OURS.read_reply_address(address[:at] + other + address[at + 1 :]) is None
        assert OURS.read_reply_address(address[:at] + address[at + 1 :]) is None


def test_each_change_of_a_signed_message_id_is_noticed() -> None:
    message_id = OURS.message_id(CONVERSATION, MESSAGE, "example.com")
    for at, character in enumerate(message_id):
        other = "1" if character != "1" else "2"
        assert OURS.read_message_id(message_id[:at] + other + message_id[at + 1 :]) is None
        assert OURS.read_message_id(message_id[:at] + message_id[at + 1 :]) is None


def test_another_secret_another_mailbox_and_another_purpose_do_not_count() -> None:
    address = OURS.reply_address("support@example.com", CONVERSATION)
    assert THEIRS.read_reply_address(address) is None
    assert OURS.read_reply_address(address.replace("support", "sales")) is None
    assert THEIRS.read_message_id(OURS.message_id(CONVERSATION, MESSAGE, "example.com")) is None
    assert OURS.read_message_id(address) is None


@pytest.mark.parametrize(
    "text",
    ["", "@", "support@example.com", "+c-@x", "a+c-b@x", "a.b.c@x", "\u212a" * 60 + "@x", "x\0@y\udc80"],
)
def test_what_is_not_ours_is_nothing(text: str) -> None:
    assert OURS.read_reply_address(text) is None
    assert OURS.read_message_id(text) is None


def test_a_short_secret_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 16"):
        Signer(b"short")
