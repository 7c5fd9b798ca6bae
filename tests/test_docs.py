"""The documents and the catalogues of texts say what the code does: nothing is missing, nothing is left over."""

import re
from typing import get_args

from app.environment import variables
from app.settings import Settings
from core import events
from tests.house import routes, texts
from tests.house.tree import ROOT, files

UNMAPPED = frozenset({".ci", "LICENSE", "README.md"})


def test_each_event_is_in_the_list_of_events() -> None:
    document = ROOT / "docs" / "events.md"
    if not document.exists():
        return
    listed = set(re.findall(r"^\| *`(\w+)`", document.read_text(), re.MULTILINE))
    assert listed == {event.__name__ for event in get_args(events.Event)}


def test_each_setting_is_in_the_list_of_settings_with_its_default() -> None:
    document = ROOT / "docs" / "settings.md"
    if not document.exists():
        return
    listed = re.findall(r"^\| *`(PARLEY_\w+)` *\| *(?:`([^`]*)`)? *\|", document.read_text(), re.MULTILINE)
    assert listed == [(variable.name, variable.default) for variable in variables(Settings)]


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
    begun = {key.partition("-")[0] for key in there}  # a part that has brought no texts yet has still to come
    assert sorted(key for key in needed.keys - there if key.partition("-")[0] in begun) == []
    unknown = [
        start
        for start in needed.beginnings
        if start.partition("-")[0] in begun and not any(key.startswith(start) for key in there)
    ]
    assert sorted(unknown) == []
