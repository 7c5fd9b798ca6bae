"""What makes a brand fit to be stored, and which one a host shows."""

from typing import Any

import pytest

from core.errors import Invalid
from knowledge.helpcenter.brand import Brand, checked, of_host

ACME = Brand("acme", "Acme", hosts=("help.acme.example", "acme.example:8080"))
BOLT = Brand("bolt", "Bolt", hosts=("*",))


def test_a_host_shows_its_brand_and_every_other_one_the_brand_that_is_everywhere() -> None:
    brands = (ACME, BOLT)
    assert of_host(brands, "HELP.acme.example.") is ACME
    assert of_host(brands, "help.acme.example:443") is ACME
    assert of_host(brands, "acme.example:8080") is ACME
    assert of_host(brands, "acme.example") is BOLT
    assert of_host(brands, "evil.help.acme.example") is BOLT
    assert of_host((ACME,), "other.example") is None
    assert of_host((ACME,), "") is None


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("id", "Acme"),
        ("name", ""),
        ("colour", "red"),
        ("logo", "../x"),
        ("home", "javascript:alert(1)"),
        ("home", "https://"),
        ("hosts", ("a b",)),
        ("hosts", ("https://x.example",)),
        ("languages", ("English",)),
        ("words", {"en": {"slogan": "x"}}),
    ],
)
def test_what_is_wrong_is_named(field: str, wrong: Any) -> None:
    named = {"id": "acme", "name": "Acme", field: wrong}
    with pytest.raises(Invalid) as refused:
        checked(Brand(**named), ())
    assert refused.value.field.startswith({"colour": "color"}.get(field, field))


def test_two_brands_are_not_at_home_on_one_host() -> None:
    with pytest.raises(Invalid, match="hosts"):
        checked(Brand("bolt", "Bolt", hosts=("Help.Acme.example",)), (ACME,))
    assert checked(ACME, (ACME,)).hosts == ACME.hosts


def test_empty_words_are_left_out() -> None:
    made = checked(Brand("acme", " Acme  Lamps ", words={"en": {"title": " ", "lead": "Hi"}}), ())
    assert made.words == {"en": {"lead": "Hi"}}
    assert made.name == "Acme Lamps"
