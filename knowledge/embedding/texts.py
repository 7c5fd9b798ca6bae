"""What of a text a model is given: nothing that could trip it, and not more than it reads."""

import unicodedata

READ_CHARACTERS = 1200
"""Of a question or a passage; the models here learned from texts of about this length, and longer ones cost time."""


def clean(text: str, most: int = READ_CHARACTERS) -> str:
    """Composed characters without control characters and lone surrogates, runs of spaces made one."""
    kept = "".join(" " if unicodedata.category(each) in {"Cc", "Cs", "Cn"} else each for each in text[:most])
    return " ".join(unicodedata.normalize("NFC", kept).split())
