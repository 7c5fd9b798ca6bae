"""The evaluation mails that lie beside the tree (`shared/mail`), where they do."""

import json
import warnings
from pathlib import Path
from typing import Any

from tests.house.tree import ROOT

MAIL = next((found for each in ROOT.parents if (found := each / "shared" / "mail").is_dir()), None)
_EXPECTED = {".json", ".xml"}


def raw_mails(*, one_of: int = 1) -> list[Path]:
    """Every mail, sorted, of the many ordinary ones only each ``one_of``-th; where there are none a warning says so."""
    if MAIL is None:
        warnings.warn("NOT CHECKED: there is no folder shared/mail beside the tree", stacklevel=2)
        return []
    paths = (path for path in (MAIL / "raw").rglob("*") if path.is_file() and path.suffix not in _EXPECTED)
    ordinary = MAIL / "raw" / "spamassassin"
    return [
        path
        for number, path in enumerate(sorted(paths))
        if number % one_of == 0 or ordinary not in path.parents
    ]


def expected_parses(kind: str) -> list[tuple[str, bytes, Path]]:
    """Id, mail and the file with what is expected of it, for one kind of file."""
    if MAIL is None:
        warnings.warn("NOT CHECKED: there is no folder shared/mail beside the tree", stacklevel=2)
        return []
    lines = (MAIL / "parse.jsonl").read_text(encoding="utf-8").splitlines()
    rows: list[dict[str, Any]] = [json.loads(line) for line in lines]
    return [
        (row["id"], (MAIL / row["path"]).read_bytes(), MAIL / row["expected_path"])
        for row in rows
        if (row.get("expected_path") or "").endswith(kind)
    ]
