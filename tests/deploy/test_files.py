"""The files an operator copies name settings that exist."""

import re

from app.environment import variables
from app.settings import Settings
from tests.house.tree import ROOT

NAME = re.compile(r"\bPARLEY_[A-Z_]+\b")


def test_the_example_and_the_unit_name_settings_that_exist() -> None:
    known = {variable.name for variable in variables(Settings)}
    for name in ("env.example", "parley.service"):
        named = set(NAME.findall((ROOT / "deploy" / name).read_text()))
        assert named, name
        assert named <= known, name
