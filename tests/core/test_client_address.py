"""Which address a request counts for, and that no header of a stranger changes it."""

from collections.abc import Sequence

import pytest
from aiohttp import web
from aiohttp.test_utils import make_mocked_request

from core.addresses import Network
from core.errors import TooOften
from core.limits import Buckets, Rate, of_address, refused
from core.network import networks
from core.web import TRUSTED, client_address
from tests.builders import ManualClock

FORGED = (
    "X-Forwarded-For",
    "x-forwarded-for",
    "X-Real-IP",
    "Forwarded",
    "CF-Connecting-IP",
    "True-Client-IP",
    "X-Client-IP",
)


def address(remote: str, *headers: tuple[str, str], trusted: Sequence[Network] | None = None) -> str:
    app = web.Application()
    if trusted is not None:
        app[TRUSTED] = trusted
    return client_address(make_mocked_request("GET", "/", headers=headers, app=app).clone(remote=remote))


@pytest.mark.parametrize("name", FORGED)
def test_a_forged_header_of_a_stranger_changes_nothing(name: str) -> None:
    assert address("203.0.113.7", (name, "127.0.0.1")) == "203.0.113.7"


@pytest.mark.parametrize("name", FORGED[2:])
def test_of_a_trusted_proxy_only_the_one_header_is_read(name: str) -> None:
    told = ("X-Forwarded-For", "198.51.100.1")
    assert address("127.0.0.1", (name, "for=192.0.2.1"), told) == "198.51.100.1"


def test_several_headers_are_one_in_the_order_in_which_they_came() -> None:
    told = [("X-Forwarded-For", each) for each in ("192.0.2.1", "198.51.100.1", "10.0.4.7")]
    assert address("127.0.0.1", *told, trusted=networks(["127.0.0.0/8", "10.0.4.0/24"])) == "198.51.100.1"
    assert address("127.0.0.1", *told) == "10.0.4.7"


def test_proxies_on_this_machine_are_trusted_unless_others_are_named() -> None:
    told = ("X-Forwarded-For", "198.51.100.1")
    assert address("127.0.0.1", told) == "198.51.100.1"
    assert address("127.0.0.1", told, trusted=()) == "127.0.0.1"


def test_a_whole_network_of_ipv6_does_no_more_than_a_few_addresses() -> None:
    limits = Buckets(ManualClock())
    done = 0
    for number in range(100):
        try:
            refused(limits.take(*of_address("x", f"2001:db8:1:{number:x}::1", Rate(burst=2, per_s=1))))
        except TooOften:
            break
        done += 1
    assert done == 20
    refused(limits.take(*of_address("x", "2001:db8:2::1", Rate(burst=2, per_s=1))))
