"""What a site's token proves, and what it does not."""

from datetime import timedelta

import jwt
import pytest

from channels.live.config import live_config
from channels.live.identity import Claims, Window, read_identity
from core.errors import Invalid
from core.ids import InboxId
from tests.builders import MORNING
from tests.channels.tokens import HOUR, NEXT, SECRET, a_token, forged

INBOX = InboxId("web")
WINDOW = Window(timedelta(hours=24), timedelta(seconds=30))


def read(token: str, *secrets: str) -> Claims:
    return read_identity(token, secrets or (SECRET,), INBOX, MORNING, WINDOW)


def test_a_token_that_the_site_signed_says_who_it_is() -> None:
    claims = read(a_token("u1", name="Ada", email="Ada@Example.org", email_verified=True, phone="+44 1"))
    assert claims == Claims("u1", "Ada", "ada@example.org", email_proven=True, phone="+44 1")


def test_an_email_is_proven_only_where_the_site_says_so() -> None:
    assert not read(a_token(email="ada@example.org")).email_proven
    assert not read(a_token(email_verified=True)).email_proven


@pytest.mark.parametrize("aud", ["web", ["other", "web"]])
def test_a_token_for_this_inbox_is_taken(aud: object) -> None:
    assert read(a_token(aud=aud)).user == "u1"


def test_a_new_secret_stands_beside_the_old_one_while_keys_are_changed() -> None:
    assert read(a_token(secret=NEXT), SECRET, NEXT).user == "u1"
    assert read(a_token(secret=SECRET), SECRET, NEXT).user == "u1"
    with pytest.raises(Invalid):
        read(a_token(secret=SECRET), NEXT)


def test_clocks_may_be_a_little_apart() -> None:
    now = int(MORNING.timestamp())
    assert read(a_token(exp=now - 29)).user == "u1"
    assert read(a_token(exp=now + 24 * HOUR + 29)).user == "u1"
    assert read(a_token(nbf=now + 29)).user == "u1"


@pytest.mark.parametrize("how", forged())
def test_whatever_else_is_refused_by_its_field(how: str) -> None:
    with pytest.raises(Invalid) as refused:
        read(forged()[how])
    assert (refused.value.code, refused.value.field) == ("identity", "identity")


@pytest.mark.parametrize("claim", ["sub", "exp"])
def test_what_is_missing_in_a_token_is_named(claim: str) -> None:
    claims: dict[str, object] = {"sub": "u1", "exp": int(MORNING.timestamp()) + HOUR}
    del claims[claim]
    with pytest.raises(Invalid) as refused:
        read(jwt.encode(claims, SECRET, "HS256"))
    assert claim in refused.value.expected


def test_an_inbox_without_a_secret_takes_no_token() -> None:
    with pytest.raises(Invalid) as refused:
        read_identity(a_token(), (), INBOX, MORNING, WINDOW)
    assert refused.value.code == "identity"


@pytest.mark.parametrize(
    "identity",
    [{"secrets": ["short"]}, {"secrets": [SECRET, NEXT, "z" * 32]}, {"required": True}, {"secrets": SECRET}],
)
def test_a_configuration_that_would_let_anybody_in_is_refused(identity: object) -> None:
    with pytest.raises(Invalid) as refused:
        live_config({"identity": identity})
    assert refused.value.field == "identity.secrets"
