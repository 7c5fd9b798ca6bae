"""Whom a request comes from, whatever its header says, and which networks an address counts in."""

from datetime import date, timedelta

import pytest

from core.network import SITE_TIMES, THIS_MACHINE, client_of, counted_in, named_for_a_day, networks

TRUSTED = networks(["127.0.0.0/8", "::1/128", "10.0.4.0/24", "2001:db8:f::/48"])
READER = "203.0.113.7"
BALANCER = "10.0.4.1"


@pytest.mark.parametrize("peer", [READER, "10.0.5.1", "2001:db8:e::1"])
@pytest.mark.parametrize("told", [["198.51.100.1"], ["127.0.0.1"], [BALANCER, "198.51.100.1"], ["::1, ::1"]])
def test_who_is_not_trusted_is_whom_they_connect_as(peer: str, told: list[str]) -> None:
    assert client_of(peer, told, TRUSTED) == peer


@pytest.mark.parametrize("peer", ["127.0.0.1", "::1", "::ffff:127.0.0.1", BALANCER, "2001:db8:f::1"])
def test_a_trusted_proxy_is_believed_about_whom_it_passes_on(peer: str) -> None:
    assert client_of(peer, [READER], TRUSTED) == READER


def test_without_further_settings_a_balancer_on_another_machine_is_not_believed() -> None:
    assert client_of(BALANCER, [READER], THIS_MACHINE) == BALANCER


@pytest.mark.parametrize(
    "told",
    [
        # What came along with a request is what whoever sent it made up; what the proxies add stands last.
        [f"198.51.100.1, {READER}"],
        ["198.51.100.1", READER],
        [f"198.51.100.1, {READER}, {BALANCER}"],
        [f"198.51.100.1, {READER}", BALANCER, "127.0.0.1"],
        [f"{BALANCER}, 198.51.100.1", f"127.0.0.1, {READER}, {BALANCER}"],
        [f"made up, {READER}"],
        [f"{',' * 8000}{READER}"],
    ],
)
def test_the_last_address_that_is_not_trusted_itself_counts(told: list[str]) -> None:
    assert client_of("127.0.0.1", told, TRUSTED) == READER


@pytest.mark.parametrize(
    ("entry", "meant"),
    [
        (f"  {READER}\t", READER),
        (f"{READER}:4711", READER),
        ("::ffff:203.0.113.7", READER),
        ("[::ffff:203.0.113.7]:80", READER),
        ("2001:db8::1", "2001:db8::1"),
        ("2001:DB8:0::1", "2001:db8::1"),
        ("[2001:db8::1]", "2001:db8::1"),
        ("[2001:db8::1]:443", "2001:db8::1"),
        ("fe80::1%eth0", "fe80::1"),
        ("[fe80::1%25eth0]:443", "fe80::1"),
    ],
)
def test_an_entry_is_read_however_a_proxy_writes_addresses(entry: str, meant: str) -> None:
    assert client_of(BALANCER, [f"198.51.100.1,{entry}"], TRUSTED) == meant


@pytest.mark.parametrize(
    "entry",
    [
        "",
        " ",
        "unknown",
        "_hidden",
        "unix:",
        "localhost",
        "203.0.113",
        "203.0.113.7:",
        "203.0.113.7:x",
        "203.0.113.7:99999",
        "203.0.113.7 198.51.100.1",
        "203.0.113.0/24",
        "0x7f.1.1.1",
        "010.0.0.1",
        "２03.0.113.7",
        "[203.0.113.7]",
        "[2001:db8::1",
        "[2001:db8::1]443",
        "2001:db8::1]:443",
        '"203.0.113.7"',
        "for=203.0.113.7",
        "%eth0",
        "\0",
        "\udcff",
        "1" * 5000,
        f"{READER}:{'9' * 5000}",
    ],
)
def test_what_is_no_address_ends_the_way_and_nothing_before_it_is_believed(entry: str) -> None:
    assert client_of(BALANCER, [f"{READER}, {entry}"], TRUSTED) == BALANCER
    assert client_of(BALANCER, [f"{READER}, {entry}, 10.0.4.9"], TRUSTED) == "10.0.4.9"


def test_where_only_proxies_are_named_the_first_of_them_counts() -> None:
    assert client_of("127.0.0.1", [f"10.0.4.9, {BALANCER}"], TRUSTED) == "10.0.4.9"


@pytest.mark.parametrize(("peer", "known"), [("", "unknown"), ("fe80::1%eth0", "fe80::1")])
def test_a_peer_is_known_without_a_header(peer: str, known: str) -> None:
    assert client_of(peer, [], TRUSTED) == known
    assert client_of(peer, [READER], TRUSTED) == known


@pytest.mark.parametrize(
    "word", ["x", "10.0.0.1/8", "10.0.0.0/33", "0.0.0.0/0", "::/0", "::ffff:10.0.0.0/104"]
)
def test_a_trusted_network_is_one_and_not_everybody(word: str) -> None:
    with pytest.raises(ValueError, match=word):
        networks(["10.0.0.0/8", word])


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("203.0.113.7", (("203.0.113.7", 1),)),
        ("::ffff:203.0.113.7", (("203.0.113.7", 1),)),
        ("2001:db8:1:2:3:4:5:6", (("2001:db8:1:2::/64", 1), ("2001:db8:1::/48", SITE_TIMES))),
        ("fe80::1%eth0", (("fe80::/64", 1), ("fe80::/48", SITE_TIMES))),
        ("unknown", (("unknown", 1),)),
    ],
)
def test_who_has_one_address_of_ipv6_has_all_of_its_network(
    address: str, counted: tuple[tuple[str, int], ...]
) -> None:
    assert counted_in(address) == counted


def test_a_network_is_named_for_a_day_without_its_address() -> None:
    day = date(2026, 3, 2)
    name = named_for_a_day(READER, b"key", day)
    assert name is not None
    assert name == named_for_a_day(f"::ffff:{READER}", b"key", day)
    others = (
        named_for_a_day("203.0.113.8", b"key", day),
        named_for_a_day(READER, b"key", day + timedelta(days=1)),
        named_for_a_day(READER, b"another key", day),
    )
    assert name not in others
    assert READER not in name


def test_all_of_a_site_of_ipv6_has_one_name_and_this_machine_none() -> None:
    day = date(2026, 3, 2)
    name = named_for_a_day("2001:db8:1:2::3", b"key", day)
    assert name == named_for_a_day("2001:db8:1:fff::4", b"key", day)
    assert name != named_for_a_day("2001:db8:2:2::3", b"key", day)
    assert named_for_a_day("127.0.0.1", b"key", day) is None
