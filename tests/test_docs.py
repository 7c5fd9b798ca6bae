"""The documents and the catalogues of texts say what the code does: nothing is missing, nothing is left over."""

import re
from typing import get_args

from app.cli.admin import settings_page
from core import events
from tests.house import routes, texts
from tests.house.tree import ROOT, files

UNMAPPED = frozenset({".ci", "LICENSE", "README.md"})


def test_each_event_is_in_the_list_of_events() -> None:
    document = ROOT / "docs" / "events.md"
    listed = set(re.findall(r"^\| *`(\w+)`", document.read_text(), re.MULTILINE))
    assert listed == {event.__name__ for event in get_args(events.Event)}


def test_the_page_of_settings_is_the_one_the_program_prints() -> None:
    """`python -m app settings > docs/settings.md` makes it again."""
    assert (ROOT / "docs" / "settings.md").read_text() == settings_page()


def test_each_route_is_in_the_list_of_routes_with_its_permission() -> None:
    document = (ROOT / "docs" / "http-api.md").read_text()
    rows = re.findall(r"^\| `(\w+) (/\S*)` \| (\w+) \|", document, re.MULTILINE)
    assert set(rows) == routes.served()
    assert len(rows) == len(set(rows))


def test_the_map_in_the_readme_names_each_folder() -> None:
    readme = (ROOT / "README.md").read_text()
    if "docs/" not in readme:
        return
    folders = {name.partition("/")[0] for name in files() if "/" in name} - UNMAPPED
    assert [folder for folder in sorted(folders) if f"{folder}/" not in readme] == []


def test_each_text_exists_in_english_and_in_chinese() -> None:
    assert texts.catalogue("en") == texts.catalogue("zh")


def test_no_text_is_unused() -> None:
    used = texts.named()
    assert [key for key in sorted(texts.catalogue("en")) if not used.covers(key)] == []


def test_no_text_is_missing() -> None:
    there, needed = texts.catalogue("en"), texts.certainly_named()
    assert sorted(needed.keys - there) == []
    assert [
        start for start in sorted(needed.beginnings) if not any(key.startswith(start) for key in there)
    ] == []
