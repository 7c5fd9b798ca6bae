"""What stands below an article: those with its tags, those like it, those of its category."""

import re
from collections.abc import Sequence

import pytest

from core.answer import Reader
from core.errors import Unavailable
from knowledge.index.finding import Finding
from tests.knowledge.helpcenter.conftest import Site

pytestmark = pytest.mark.served


async def related(site: Site, path: str) -> Sequence[str]:
    page = await site.get(path)
    _, _, below = page.partition('<aside class="related"')
    return re.findall(r'/articles/([\w-]+)"', below)


async def test_what_says_the_like_is_related_without_tags_or_category(site: Site) -> None:
    await site.write("Charge the battery of the lamp", "Plug the lamp into the charger.")
    await site.write("Lamp battery does not charge", "Clean the contacts of the lamp.")
    await site.write("Opening hours", "We open at nine.")
    assert list(await related(site, "/help/en/articles/charge-the-battery-of-the-lamp")) == [
        "lamp-battery-does-not-charge"
    ]


async def test_tags_count_most_then_likeness_then_the_category(site: Site) -> None:
    await site.write("Charge the lamp battery", tags=("power",), category="Lamps")
    await site.write("Warranty", "Two years.", category="Lamps")
    await site.write("Battery of the lamp", "The lamp battery.")
    await site.write("Solar roof", "Sun.", tags=("power",))
    await site.write("Charge the lamp battery again", tags=("power",))
    assert list(await related(site, "/help/en/articles/charge-the-lamp-battery")) == [
        "charge-the-lamp-battery-again",
        "solar-roof",
        "battery-of-the-lamp",
        "warranty",
    ]


async def test_what_is_like_it_in_another_language_is_not_among_them(site: Site) -> None:
    await site.write("Charge the battery", slug="charge")
    await site.write("Charge the battery 充电", slug="other", language="zh")
    assert list(await related(site, "/help/en/articles/charge")) == []


async def test_what_is_like_it_is_looked_for_once_for_as_long_as_nothing_changes(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    await site.write("Charge the battery", slug="charge")
    asked: list[str] = []
    look = site.search.look

    async def counted(q: str, language: str, limit: int, reader: Reader) -> Finding:
        asked.append(q)
        return await look(q, language, limit, reader)

    monkeypatch.setattr(site.search, "look", counted)
    for number in range(5):
        await site.get(f"/help/en/articles/charge?q={number}")
        await site.get("/help/en/articles/charge?voted=yes")
    assert asked == ["Charge the battery"]


async def test_without_a_search_there_are_tags_and_the_category(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    await site.write("Charge the battery", slug="charge", category="Lamps")
    await site.write("Warranty", category="Lamps")

    async def broken(*_given: object) -> Finding:
        raise Unavailable("the search is away")

    monkeypatch.setattr(site.search, "look", broken)
    assert list(await related(site, "/help/en/articles/charge")) == ["warranty"]


async def test_of_those_alike_one_of_its_category_comes_a_little_forward(site: Site) -> None:
    await site.write("Charge the lamp battery", category="Lamps")
    await site.write("Charge the lamp", "The battery.", category="Elsewhere")
    await site.write("The battery", "It is in the lamp.", category="Lamps")
    assert list(await related(site, "/help/en/articles/charge-the-lamp-battery")) == [
        "the-battery",
        "charge-the-lamp",
    ]
