"""Settings come from the environment, by name, or a clear error says what was wrong."""

from pathlib import Path

import pytest

from app.environment import read, variables
from app.settings import Settings, load
from core.errors import Invalid


def test_without_an_environment_every_setting_has_its_default() -> None:
    assert read(Settings, {"HOME": "/somewhere"}) == Settings()


def test_a_nested_limit_is_named_by_its_path() -> None:
    settings = read(Settings, {"PARLEY_RELAY_POLL_S": "0.25", "PARLEY_PORT": "9", "PARLEY_FOLDER": "data"})
    assert settings.relay.poll_s == 0.25
    assert settings.relay.heads == Settings().relay.heads
    assert (settings.port, settings.folder) == (9, Path("data"))


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("PARLEY_PORT", "eighty", "a whole number"),
        ("PARLEY_RELAY_POLL_S", "soon", "a number"),
        ("PARLEY_LOG_JSON", "perhaps", "yes or no"),
        ("PARLEY_PROT", "80", "did you mean PARLEY_PORT"),
    ],
)
def test_a_wrong_setting_is_refused_with_its_name_and_what_was_expected(
    name: str, value: str, expected: str
) -> None:
    with pytest.raises(Invalid) as refused:
        read(Settings, {name: value})
    assert refused.value.field == name
    assert expected in refused.value.expected


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("PARLEY_PORT", "99999", "0 to 65535"),
        ("PARLEY_INTERNAL_PORT", "-1", "0 to 65535"),
        ("PARLEY_LOG_LEVEL", "loud", "debug, info"),
        ("PARLEY_ENGINE_KIND", "parrot", "rasa or scripted"),
        ("PARLEY_DATABASE_URL", "mysql://somewhere", "postgresql://"),
    ],
)
def test_a_value_that_makes_no_sense_is_refused_with_its_name(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, expected: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(Invalid) as refused:
        load()
    assert refused.value.field == name
    assert expected in refused.value.expected


def test_no_two_settings_share_a_name() -> None:
    names = [variable.name for variable in variables(Settings)]
    assert len(names) == len(set(names))


def test_a_plain_postgresql_address_gets_the_driver_that_parley_uses() -> None:
    settings = read(Settings, {"PARLEY_DATABASE_URL": "postgresql://u@h/d"})
    assert settings.database == "postgresql+asyncpg://u@h/d"
