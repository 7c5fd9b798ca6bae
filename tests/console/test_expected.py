"""What a field takes is said in each language where a person reads it."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CHANNELS = (ROOT / "channels" / kind / "wire.py" for kind in ("chat", "email", "telegram"))
SHAPES = (*sorted((ROOT / "console" / "wire").glob("*.py")), *CHANNELS)


def test_the_console_has_words_of_its_own_for_each_form_that_a_field_may_have() -> None:
    said = {
        words for path in SHAPES for words in re.findall(r'description="([^"]+)"', path.read_text("utf-8"))
    }
    source = (ROOT / "web" / "src" / "console" / "ui" / "form.tsx").read_text("utf-8")
    known = dict(re.findall(r'^  "([^"]+)": "(error-rule-[a-z-]+)",$', source, re.MULTILINE))
    assert said
    assert said - set(known) == set()
    for language in ("en", "zh"):
        texts = (ROOT / "web" / "locales" / f"{language}.ftl").read_text("utf-8")
        assert [key for key in known.values() if f"\n{key} = " not in texts] == []
