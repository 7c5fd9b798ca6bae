"""Settings come from the environment, by name, or a clear error says what was wrong."""

from pathlib import Path

import pytest

from app.bounds import BOUNDS, check
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
        ("PARLEY_ROUTING_HANDLING_STEP", "1", "a factor above 1, not 1"),
        ("PARLEY_ROUTING_HANDLING_PRIOR", "0", "more than 0 measurements"),
        ("PARLEY_ROUTING_HANDLING_MOST_S", "4", "at least least_s, which is 5"),
        ("PARLEY_ENGINE_KIND", "parrot", "one of rasa, scripted, http"),
        ("PARLEY_INTERNAL_HOST", "93.184.216.34", "a private address such as"),
        ("PARLEY_INTERNAL_HOST", "balancer", "not balancer"),
        ("PARLEY_INTERNAL_URL", "10.0.0.7:9100", "http://"),
        ("PARLEY_RASA_URLS", "10.0.0.8:5005", "http://10.0.0.8:5005, not 10.0.0.8:5005"),
        ("PARLEY_RASA_URLS", "http://10.0.0.8:5005/webhooks", "addresses such as"),
        ("PARLEY_RASA_URLS", "http://a:1,http://a:1", "each address once"),
        ("PARLEY_RASA_SECRET", "short", "at least 16 characters"),
        ("PARLEY_RASA_LEASE_S", "0", "above 0, not 0"),
        ("PARLEY_TRUSTED_PROXIES", "10.0.0.1,balancer", "but not balancer"),
        ("PARLEY_TRUSTED_PROXIES", "10.0.0.1/8", "but not 10.0.0.1/8"),
        ("PARLEY_TRUSTED_PROXIES", "0.0.0.0/0", "but not 0.0.0.0/0"),
        ("PARLEY_DATABASE_URL", "mysql://somewhere", "postgresql://"),
        ("PARLEY_REDIS_URL", "http://:hush@somewhere", "redis://HOST:PORT"),
        ("PARLEY_KNOWLEDGE_LOOP_WORKS_BELOW", "0", "between 0 and 1, neither of them, not 0"),
        ("PARLEY_KNOWLEDGE_LOOP_WORKS_BELOW", "1", "between 0 and 1, neither of them, not 1"),
        ("PARLEY_KNOWLEDGE_LOOP_WORKS_BELOW", "nan", "between 0 and 1"),
        ("PARLEY_KNOWLEDGE_LOOP_MISTAKEN", "0", "above 0, at most 1, not 0"),
        ("PARLEY_KNOWLEDGE_LOOP_NEAREST", "0", "from 1, not 0"),
        ("PARLEY_KNOWLEDGE_LOOP_WORDS_JOIN_AT", "0", "above 0"),
        ("PARLEY_KNOWLEDGE_LOOP_CLUSTER_EVERY_S", "0", "above 0"),
        ("PARLEY_KNOWLEDGE_LOOP_FORGET_AT_ONCE", "50000", "from 1 to 10000, not 50000"),
        ("PARLEY_KNOWLEDGE_HELP_MAKING_PLACES", "0", "from 1, not 0"),
        ("PARLEY_KNOWLEDGE_HELP_SEARCHING_WAITING", "0", "from 1, not 0"),
        ("PARLEY_KNOWLEDGE_HELP_COMMENTS", "0", "from 1, not 0"),
        ("PARLEY_KNOWLEDGE_HELP_TOGETHER", "0", "from 1, not 0"),
        ("PARLEY_KNOWLEDGE_HELP_CACHE_PAGES", "-1", "from 0, not -1"),
        ("PARLEY_KNOWLEDGE_HELP_GAPS_PER_S", "0", "above 0, not 0"),
        ("PARLEY_CONSOLE_WRITING_IMAGES_KEPT_BYTES", "-1", "from 0, not -1"),
        ("PARLEY_BACKGROUND_WORKERS", "0", "from 1, not 0"),
        ("PARLEY_PRUNING_ROWS", "0", "from 1 to 10000, not 0"),
        ("PARLEY_PRUNING_EVENT_DAYS", "1000000", "from 0 to 36500, not 1000000"),
        ("PARLEY_PRUNING_EVERY_S", "0", "above 0, not 0"),
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


@pytest.mark.parametrize(
    ("name", "value"), [("PARLEY_INTERNAL_HOST", "10.0.0.7"), ("PARLEY_RASA_URLS", "http://10.0.0.8:5005")]
)
def test_who_opens_the_inside_to_other_machines_needs_a_secret(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(Invalid) as refused:
        load()
    assert refused.value.field == "PARLEY_RASA_SECRET"
    monkeypatch.setenv("PARLEY_RASA_SECRET", "0123456789abcdef")
    assert load().rasa.secret == "0123456789abcdef"


def test_every_bound_is_of_a_setting_and_every_default_within_it() -> None:
    assert set(BOUNDS) <= {variable.name for variable in variables(Settings)}
    check(Settings())


def test_no_two_settings_share_a_name() -> None:
    names = [variable.name for variable in variables(Settings)]
    assert len(names) == len(set(names))


def test_a_default_is_told_that_a_section_has_from_the_one_around_it() -> None:
    told = {variable.name: variable.default for variable in variables(Settings)}
    account = Settings().console.sign_in.per_account
    assert told["PARLEY_CONSOLE_SIGN_IN_PER_ACCOUNT_BURST"] == str(account.burst)
    assert not [name for name, default in told.items() if name.endswith(("_BURST", "_PER_S")) and not default]


def test_a_plain_postgresql_address_gets_the_driver_that_parley_uses() -> None:
    settings = read(Settings, {"PARLEY_DATABASE_URL": "postgresql://u@h/d"})
    assert settings.database == "postgresql+asyncpg://u@h/d"


@pytest.mark.parametrize(
    ("name", "value"), [("PARLEY_RELAY_CLAIM_S", "5.9"), ("PARLEY_POSTGRES_IDLE_S", "4.5")]
)
def test_what_goes_on_stays_claimed_for_longer_than_a_transaction_may_stand_still(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    _ = load()
    monkeypatch.setenv("PARLEY_DATABASE_URL", "postgresql://parley@somewhere/parley")
    with pytest.raises(Invalid) as refused:
        load()
    assert refused.value.field == "PARLEY_RELAY_CLAIM_S"
    assert "where PARLEY_POSTGRES_IDLE_S is " in refused.value.expected
    monkeypatch.delenv(name)
    _ = load()
