"""Logs say what happened and to which conversation, and keep secrets to themselves."""

import io
import json
import logging
from collections.abc import Iterator

import pytest
from aiohttp.http_exceptions import BadStatusLine

from core.log import JsonFormatter, configure, conversation_id, redact


@pytest.mark.parametrize(
    "line",
    [
        "Authorization: Bearer abc.def",
        'cookie="parley_session=abc.def"',
        "GET /x?token=abc.def&y=1",
        '{"password": "abc.def"}',
        "session=abc.def",
    ],
)
def test_what_stands_behind_a_secrets_name_is_not_logged(line: str) -> None:
    assert "abc.def" not in redact(line)


@pytest.mark.parametrize(
    "line",
    [
        "450 4.2.1 <ann.o'neil+lamps@mail.example.net>: greylisted",
        "RCPT TO:<ann@example> refused",
        "nobody of 安@例子.公司 here",
        "handler telegram.intake failed on intake:01hz:-100123456 4: Unavailable()",
        "https://api.telegram.org/bot123456789:AAH-abcdefghijklmnopqrstuvwxyz_12345/sendMessage",
        "hello eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ1MSJ9.c2lnbmF0dXJl",
        "{'token': 'v1.01hzabcd.abcdefghijklmnopqrstuvwxyz'}",
        "resumed v1.01hzabcd.abcdefghijklmnopqrstuvwxyz again",
    ],
)
def test_neither_addresses_nor_tokens_are_logged_whoever_says_them(line: str) -> None:
    kept = redact(line)
    for private in (
        "ann",
        "安",
        "example.net",
        "-100123456",
        "AAH-",
        "c2lnbmF0",
        "abcdefghijklmnopqrstuvwxyz",
    ):
        assert private not in kept
    assert kept != line


@pytest.mark.parametrize(
    "line",
    [
        "mail 01hzx0000000000000000000a1.01hzx0000000000000000000b2.k3j5h7@shop.example could not be written",
        "handler dispatcher failed on conversation:01hzx0000000000000000000a1 4: Unavailable('450 4.2.1 later')",
        "routing is ours, epoch 17",
        "ended process 4711, which an earlier server had left behind at 10:45:12",
    ],
)
def test_ids_and_times_stay(line: str) -> None:
    assert redact(line) == line


def test_a_line_is_one_json_object_with_the_conversation_it_is_about() -> None:
    record = logging.LogRecord("core.x", logging.INFO, "", 0, "two\nlines %s", ("secret=abc",), None)
    before = conversation_id.set("c1")
    try:
        line = JsonFormatter().format(record)
    finally:
        conversation_id.reset(before)
    assert "\n" not in line
    told = json.loads(line)
    assert (told["conversation"], told["level"], told["logger"]) == ("c1", "info", "core.x")
    assert "abc" not in told["message"]


@pytest.fixture
def root() -> Iterator[logging.Logger]:
    """As it was, afterwards."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield root
    root.handlers[:] = handlers
    root.setLevel(level)


@pytest.mark.usefixtures("root")
@pytest.mark.parametrize(("level", "lines"), [("info", 0), ("debug", 1)])
def test_what_is_no_http_leaves_no_traceback_and_at_most_a_line(level: str, lines: int) -> None:
    told = io.StringIO()
    configure(level, as_json=False, stream=told)
    problem = BadStatusLine("\x16\x03\x01")
    logging.getLogger("aiohttp.server").error("Error handling request", exc_info=problem)
    assert len(told.getvalue().splitlines()) == lines
    logging.getLogger("aiohttp.server").error("something else")
    assert "something else" in told.getvalue()
