"""What a stranger can make the server do: every page is out of memory or limited, made by few at once and once for all."""

import asyncio
from dataclasses import replace

import pytest

from core.limits import Rate
from core.network import SITE_TIMES
from core.store.tables.loop import gap
from knowledge.helpcenter.settings import HelpSettings
from tests.knowledge.helpcenter.conftest import LIMITS, Site, rows

pytestmark = pytest.mark.served

PAGES = Rate(burst=20, per_s=1)
VOTE = {"helpful": "no", "number": "1"}
VOTES = "/help/en/articles/return-something/votes"
OUT_OF_MEMORY = (
    "/help/en",
    "/help/en/categories/returns",
    "/help/en/categories/returns/feed.xml",
    "/help/en/articles/return-something",
    "/help/en/articles/return-something?voted=no",
    "/help/en/search",
    "/help/en/contact",
    "/help/en/feed.xml",
    "/help/sitemap.xml",
    "/help/sitemap-1.xml",
    "/help/theme/3b5bdb.css",
    "/favicon.ico",
    "/robots.txt",
)
MADE_EACH_TIME = (
    "/help/en/articles/return-something?q={}",
    "/help/en/articles/none-{}",
    "/help/zh/articles/return-something?x={}",
    "/help/en/categories/none-{}",
    "/help/en/categories/none-{}/feed.xml",
    "/help/en/contact?q={}",
    "/help/en/contact?article=none-{}",
    "/help/sitemap-{}9.xml",
    "/help/theme/0000{}.css",
    "/help/en/search?q={}",
    "/help/en/suggest?q={}",
)


@pytest.fixture
def limits() -> HelpSettings:
    return replace(LIMITS, pages=PAGES, suggests=PAGES, together=2, cache_pages=100)


@pytest.fixture
async def shop(site: Site) -> Site:
    await site.write("Return something", category="Returns")
    site.source = "198.51.100.1"
    return site


@pytest.mark.parametrize("path", OUT_OF_MEMORY)
async def test_a_page_that_is_asked_for_again_and_again_comes_out_of_memory(shop: Site, path: str) -> None:
    assert (await shop.response(path)).status == 200
    before = shop.db.asked
    for _ in range(PAGES.burst + 5):
        assert (await shop.response(path)).status == 200
    assert shop.db.asked == before


@pytest.mark.parametrize("path", MADE_EACH_TIME)
async def test_a_page_that_is_another_one_each_time_is_not_made_without_end(shop: Site, path: str) -> None:
    """And what says so is out of memory: the database is not asked for it."""
    answers = [(await shop.response(path.format(number))).status for number in range(10, 75)]
    assert answers[-1] == 429
    assert answers[0] in {200, 404}
    before = shop.db.asked
    refused = await shop.response(path.format(999))
    assert (refused.status, shop.db.asked) == (429, before)
    assert int(refused.headers["Retry-After"]) >= 1
    # Who comes from elsewhere goes on, and so does whoever waited.
    shop.source = "198.51.100.2"
    assert (await shop.response(path.format(76))).status == answers[0]
    shop.source = "198.51.100.1"
    shop.world.clock.forward(60)
    assert (await shop.response(path.format(77))).status == answers[0]


async def test_pages_in_memory_are_there_for_who_has_used_up_their_share(shop: Site) -> None:
    for number in range(PAGES.burst + 1):
        await shop.response(f"/help/en/articles/none-{number}")
    await shop.get("/help/en/articles/return-something", 429)
    shop.source = "198.51.100.2"
    await shop.get("/help/en/articles/return-something")
    shop.source = "198.51.100.1"
    await shop.get("/help/en/articles/return-something")


@pytest.mark.parametrize("path", MADE_EACH_TIME)
async def test_what_many_others_do_shuts_nobody_out(shop: Site, path: str) -> None:
    answers = []
    for number in range(PAGES.burst * 3 + 5):
        shop.source = f"198.51.{number // 250}.{number % 250}" if number % 2 else f"2001:db8:{number:x}::1"
        answers.append((await shop.response(path.format(f"{number:02}"))).status)
    assert not {429, 503} & set(answers)


async def test_a_network_of_ipv6_is_no_more_than_a_few_addresses(shop: Site) -> None:
    answers = []
    for number in range(PAGES.burst * SITE_TIMES + 1):
        shop.source = f"2001:db8:1:{number:x}::1"
        answers.append((await shop.response(f"/help/en/articles/none-{number}")).status)
    assert answers[-2:] == [404, 429]


async def test_a_page_that_many_wait_for_is_made_once(shop: Site) -> None:
    before = shop.db.asked
    await shop.get("/help/en/articles/return-something")
    once = shop.db.asked - before
    await shop.write("Another")
    before = shop.db.asked
    await asyncio.gather(*(shop.get("/help/en/articles/return-something") for _ in range(20)))
    # One look at what changed besides.
    assert shop.db.asked - before <= once + 1


async def test_what_nobody_needs_again_takes_no_room_of_what_they_do(shop: Site) -> None:
    """Searches, mistakes and made up colours are not kept, or in one form: a page that is read stays in memory."""
    await shop.get("/help/en/articles/return-something")
    for number in range(120):
        shop.source = f"198.51.100.{number}"
        await shop.response(f"/help/en/articles/return-something?q=x{number}")
        await shop.response(f"/help/en/articles/missing-{number}")
        await shop.response(f"/help/theme/{number:06}.css")
        shop.world.clock.forward(2)
    before = shop.db.asked
    await shop.get("/help/en/articles/return-something")
    # What might have changed is looked at once a second, and nothing is made anew for it.
    assert shop.db.asked <= before + 1


async def test_votes_are_limited_by_address_and_on_one_article(shop: Site) -> None:
    answers = [(await shop.post(VOTES, VOTE, User_Agent=str(number))).status for number in range(12)]
    assert answers == [303] * LIMITS.article_votes.burst + [429] * 2
    await shop.write("Another")
    others = "/help/en/articles/another/votes"
    answers = [(await shop.post(others, VOTE, User_Agent=str(number))).status for number in range(12)]
    assert answers[-1] == 429
    shop.source = "198.51.100.2"
    assert (await shop.post(VOTES, VOTE)).status == 303


async def test_who_searches_for_made_up_words_fills_nothing(shop: Site) -> None:
    for number in range(LIMITS.searches.burst):
        await shop.get(f"/help/en/search?q=quantum+entanglement+{'abcdefghij'[number % 10] * (2 + number)}")
    kept = await shop.world.db.read(rows, gap)
    assert len(kept) == LIMITS.gaps.burst
