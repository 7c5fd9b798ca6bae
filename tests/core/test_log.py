"""Logs say what happened and to which conversation, and keep secrets to themselves."""

import json
import logging

import pytest

from core.log import JsonFormatter, conversation_id, redact


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
