"""What Chinese mail programs put around an answer is told from the answer: QQ, 163, Foxmail, Outlook and others."""

import email
import email.policy
import json
from pathlib import Path

import pytest

from channels.email.replies.split import split

FOLDER = Path(__file__).parent / "chinese"
CASES = [json.loads(line) for line in (FOLDER / "cases.jsonl").read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_only_what_was_written_remains(case: dict[str, str]) -> None:
    text, html, subject = case.get("text", ""), case.get("html"), case.get("subject", "")
    if "eml" in case:
        text, html, subject = _bodies(case["eml"])
    found = split(text, html, subject=subject)
    assert _tight(found.written) == _tight(case["written"])


def _bodies(name: str) -> tuple[str, str | None, str]:
    parsed = email.message_from_bytes((FOLDER / name).read_bytes(), policy=email.policy.default)
    plain, html = parsed.get_body(("plain",)), parsed.get_body(("html",))
    return plain.get_content() if plain else "", html.get_content() if html else None, str(parsed["Subject"])


def _tight(text: str) -> str:
    """Mail programs break Chinese lines anywhere, so white space says nothing."""
    return "".join(text.split())
