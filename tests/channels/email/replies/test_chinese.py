"""What Chinese mail programs put around an answer is told from the answer: QQ, 163, Foxmail, Outlook and others."""

import json
from pathlib import Path

import pytest

from channels.email.parsing.limits import ParseLimits
from channels.email.parsing.parse import parse
from channels.email.replies.split import split

FOLDER = Path(__file__).parent / "chinese"
CASES = [json.loads(line) for line in (FOLDER / "cases.jsonl").read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("case", [case for case in CASES if "eml" not in case], ids=lambda case: case["id"])
def test_only_what_was_written_remains(case: dict[str, str]) -> None:
    found = split(case.get("text", ""), case.get("html"), subject=case.get("subject", ""))
    assert _tight(found.written) == _tight(case["written"])


@pytest.mark.parametrize("case", [case for case in CASES if "eml" in case], ids=lambda case: case["id"])
def test_a_whole_mail_in_a_chinese_charset_is_read_and_split(case: dict[str, str]) -> None:
    mail = parse((FOLDER / case["eml"]).read_bytes(), ParseLimits())
    assert _tight(mail.written) == _tight(case["written"])


def _tight(text: str) -> str:
    """Mail programs break Chinese lines anywhere, so white space says nothing."""
    return "".join(text.split())
