"""How long a machine that no longer answers is waited for."""

import socket

import pytest

from core.store.keepalive import Keepalives, give_up_when_silent, keepalives


@pytest.mark.parametrize(
    ("silence_s", "asked"),
    [
        (0.1, Keepalives(2, 1, 3)),
        (5, Keepalives(2, 1, 3)),
        (10, Keepalives(4, 2, 3)),
        (60, Keepalives(24, 12, 3)),
    ],
)
def test_who_is_asked_three_times_in_vain_has_been_silent_for_that_long(
    silence_s: float, asked: Keepalives
) -> None:
    assert keepalives(silence_s) == asked
    assert asked.idle_s + asked.times * asked.interval_s == max(5, silence_s)


def test_the_system_is_told_so_of_a_tcp_connection() -> None:
    with socket.socket() as sock:
        give_up_when_silent(sock, 10)
        assert sock.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE) == 1
        asked = [socket.TCP_KEEPIDLE, socket.TCP_KEEPINTVL, socket.TCP_KEEPCNT, socket.TCP_USER_TIMEOUT]
        assert [sock.getsockopt(socket.IPPROTO_TCP, each) for each in asked] == [4, 2, 3, 10_000]


def test_a_socket_on_one_machine_is_left_alone() -> None:
    with socket.socket(socket.AF_UNIX) as sock:
        give_up_when_silent(sock, 10)
