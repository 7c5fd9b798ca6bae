"""How names and numbers are written to an IMAP server, and what of its answers is taken."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channels.email import imap_wire as wire


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("INBOX", '"INBOX"'),
        ("客户 & Co", '"&W6JiNw- &- Co"'),
        ('a "b" \\c', '"a \\"b\\" \\\\c"'),
        ("~peter/mail/台北/日本語", '"~peter/mail/&U,BTFw-/&ZeVnLIqe-"'),
        ("😀", '"&2D3eAA-"'),
    ],
)
def test_folder_names_are_written_in_modified_utf7_and_quoted(name: str, written: str) -> None:
    assert wire.folder_name(name) == written


@given(st.text(min_size=1))
def test_any_folder_name_is_one_line_of_ascii(name: str) -> None:
    written = wire.folder_name(name)
    assert all(" " <= character <= "~" for character in written)


def test_sets_of_numbers_are_short() -> None:
    assert wire.uid_set([5, 1, 2, 3, 9, 8, 3]) == "1:3,5,8:9"
    assert wire.uid_set([7]) == "7"


@given(st.lists(st.binary(max_size=60).map(lambda line: line.replace(b"\r\n", b""))))
def test_any_lines_are_read_without_an_error(lines: list[bytes]) -> None:
    fetched = [part for line in lines for part in (b"1 FETCH (UID 1 BODY[] {2}" + line, bytearray(line))]
    wire.bodies([*fetched, b"done"])
    wire.sizes(fetched)
    wire.found_uids(lines, 0)
    for line in lines:
        wire.exists(line)
        wire.words(line)
        wire.codes(line)
        wire.depth(line)


def test_the_servers_words_are_told_without_its_codes() -> None:
    line = b"[AUTHENTICATIONFAILED] Wrong password. [ALERT] Web login required"
    assert wire.words(line) == "Wrong password. Web login required"
    assert wire.codes(line) == {"AUTHENTICATIONFAILED", "ALERT"}
