"""What is not for a reader is nowhere: in no page, list, count, search, suggestion, feed, map nor cached page."""

import json

import pytest

from core.answer import Audience
from core.ids import ArticleId
from knowledge.library import unpublish
from tests.knowledge.helpcenter.conftest import Site, renamed

pytestmark = pytest.mark.served

SECRET = "Margins"
PUBLIC_PAGES = (
    "/help/en",
    "/help/zh",
    "/help/en/categories/orders",
    "/help/en/articles/open-words",
    "/help/en/search?q=margins",
    "/help/en/search?q=words",
    "/help/en/feed.xml",
    "/help/sitemap.xml",
    "/help/sitemap-1.xml",
    "/help/en/contact?article=margins",
    "/help/en/categories/orders/feed.xml",
)
EVERYWHERE = (
    "/help/en",
    "/help/en/categories/orders",
    "/help/en/articles/open-words",
    "/help/en/search?q=margins",
)
HIDDEN = [Audience.SIGNED_IN, Audience.AGENTS]


@pytest.fixture
async def shop(site: Site) -> Site:
    """One public article, ``open-words``, in the category orders."""
    await site.write(
        "Open words", "See [more](article:margins).", slug="open-words", category="Orders", tags=("money",)
    )
    return site


async def hide(shop: Site, audience: Audience, title: str = SECRET) -> ArticleId:
    return await shop.write(
        f"{title} of ours",
        f"{title} are words.",
        audience,
        slug=title.lower(),
        category="Orders",
        tags=("money",),
    )


@pytest.mark.parametrize("audience", HIDDEN)
async def test_a_stranger_finds_no_trace_of_it_on_any_page(shop: Site, audience: Audience) -> None:
    await hide(shop, audience)
    for path in PUBLIC_PAGES:
        page = await shop.get(path)
        assert "Margins of" not in page, path
        assert "articles/margins" not in page, path
        assert "Margins are" not in page, path


@pytest.mark.parametrize("audience", HIDDEN)
async def test_it_is_not_counted(shop: Site, audience: Audience) -> None:
    await hide(shop, audience)
    assert "1 article<" in await shop.get("/help/en")


@pytest.mark.parametrize("audience", HIDDEN)
async def test_its_address_says_the_same_as_one_that_never_was(shop: Site, audience: Audience) -> None:
    await hide(shop, audience)
    ours, none = (
        await shop.get("/help/en/articles/margins", 404),
        await shop.get("/help/en/articles/never", 404),
    )
    assert ours == none
    assert await shop.get("/help/zh/articles/margins", 404) == await shop.get("/help/zh/articles/never", 404)


@pytest.mark.parametrize("audience", HIDDEN)
async def test_a_former_address_of_it_leads_nowhere(shop: Site, audience: Audience) -> None:
    article = await hide(shop, audience)
    await shop.world.db.run(renamed, article, "profits")
    assert await shop.get("/help/en/articles/margins", 404) == await shop.get("/help/en/articles/never", 404)


@pytest.mark.parametrize("audience", HIDDEN)
async def test_it_is_not_suggested_and_its_words_complete_none(shop: Site, audience: Audience) -> None:
    await hide(shop, audience, "Zirconium")
    for q in ("zirc", "zirconium", "zircomium words"):
        found = json.loads(await shop.get(f"/help/en/suggest?q={q}"))
        assert "Zirconium" not in str(found)
        assert "irconium" not in (await shop.get(f"/help/en/search?q={q[:4]}+words"))


@pytest.mark.parametrize("audience", HIDDEN)
async def test_a_category_of_nothing_else_is_not_there(shop: Site, audience: Audience) -> None:
    await shop.write("Plans", "Words.", audience, category="Takeover")
    assert "Takeover" not in await shop.get("/help/en")
    none = await shop.get("/help/en/categories/never", 404)
    assert await shop.get("/help/en/categories/takeover", 404) == none


@pytest.mark.parametrize("audience", HIDDEN)
async def test_nobody_votes_on_it(shop: Site, audience: Audience) -> None:
    await hide(shop, audience)
    vote = {"helpful": "yes", "number": "1"}
    assert (await shop.post("/help/en/articles/margins/votes", vote)).status == 404


@pytest.mark.parametrize("audience", HIDDEN)
async def test_a_page_that_was_kept_is_gone_with_the_change_of_audience(
    shop: Site, audience: Audience
) -> None:
    article = await shop.write("Margins of ours", "Words.", slug="margins", category="Orders")
    for path in (
        "/help/en",
        "/help/en/articles/margins",
        "/help/sitemap-1.xml",
        "/help/en/categories/orders",
    ):
        assert "argins" in await shop.get(path)
    tag = (await shop.response("/help/en/articles/margins")).headers["ETag"]
    await shop.file(article, audience=audience)
    # The index has not heard of it: what it still finds is not shown.
    for path in PUBLIC_PAGES:
        assert "articles/margins" not in await shop.get(path), path
    assert "argins" not in await shop.get("/help/en/suggest?q=margins")
    assert (await shop.response("/help/en/articles/margins", If_None_Match=tag)).status == 404


async def test_a_change_that_was_not_heard_of_is_seen_within_the_second(shop: Site) -> None:
    article = await shop.write("Margins of ours", "Words.", slug="margins")
    await shop.get("/help/en/articles/margins")
    shop.center.close()
    await shop.file(article, audience=Audience.AGENTS)
    shop.world.clock.forward(1)
    await shop.get("/help/en/articles/margins", 404)


@pytest.mark.parametrize("audience", HIDDEN)
async def test_nothing_of_it_is_in_what_others_show_of_a_page(shop: Site, audience: Audience) -> None:
    """OpenGraph, descriptions and JSON-LD of a page that links to it, names it, and is like it."""
    await hide(shop, audience)
    await shop.write(
        "Margins for all", "Read [on](article:margins), or margins.", slug="all", category="Orders"
    )
    page = await shop.get("/help/en/articles/all")
    head = page.partition("</head>")[0]
    assert 'property="og:description"' in head
    assert "ld+json" in head
    assert "articles/margins" not in page
    assert "Margins of" not in page


@pytest.mark.parametrize("audience", HIDDEN)
async def test_a_former_address_of_it_says_nothing_of_it_in_any_language_or_form(
    shop: Site, audience: Audience
) -> None:
    article = await hide(shop, audience)
    await shop.world.db.run(renamed, article, "profits")
    for rest in ("", "?q=x", "?voted=no"):
        for language in ("en", "zh"):
            ours = await shop.response(f"/help/{language}/articles/margins{rest}")
            none = await shop.response(f"/help/{language}/articles/never{rest}")
            assert ours.status == none.status == 404
            assert await ours.read() == await none.read()
            assert {**ours.headers, "Date": ""} == {**none.headers, "Date": ""}
    contact = await shop.get("/help/en/contact?article=margins")
    assert contact == await shop.get("/help/en/contact?article=never")
    assert "profits" not in contact


@pytest.mark.parametrize("audience", HIDDEN)
async def test_it_is_related_to_nothing_that_others_read(shop: Site, audience: Audience) -> None:
    """Neither by its tags, nor its category, nor its words; also where the index has not heard of the change."""
    article = await shop.write("Open words of ours", "Some words.", slug="margins", tags=("money",))
    assert "articles/margins" in await shop.get("/help/en/articles/open-words")
    await shop.file(article, audience=audience)
    assert "articles/margins" not in await shop.get("/help/en/articles/open-words")
    await shop.search.refresh()
    await shop.write("Another")
    assert "articles/margins" not in await shop.get("/help/en/articles/open-words")


async def test_who_is_signed_in_finds_what_is_for_them_wherever_one_finds_things(shop: Site) -> None:
    await hide(shop, Audience.SIGNED_IN)
    await hide(shop, Audience.AGENTS, "Salaries")
    for path in EVERYWHERE:
        assert "articles/margins" not in await shop.get(path), path
    await shop.sign_in()
    for path in (*EVERYWHERE, "/help/en/suggest?q=margins"):
        response = await shop.response(path)
        assert "articles/margins" in await response.text(), path
        assert "articles/salaries" not in await response.text(), path
        assert response.headers["Cache-Control"] == "no-store"
    assert "<mark>Margins</mark>" in await shop.get("/help/en/search?q=margins")
    for path in ("/help/en/feed.xml", "/help/en/categories/orders/feed.xml", "/help/sitemap-1.xml"):
        assert "argins" not in await shop.get(path), path


async def test_who_is_signed_in_reads_what_is_for_them_and_never_what_is_for_agents(shop: Site) -> None:
    await hide(shop, Audience.SIGNED_IN)
    await hide(shop, Audience.AGENTS, "Salaries")
    assert (await shop.response("/help/sign-in?token=wrong")).status == 403
    await shop.get("/help/en/articles/margins", 404)
    await shop.sign_in()
    page = await shop.get("/help/en/articles/margins")
    assert "Margins of ours" in page
    assert '<meta name="robots" content="noindex">' in page
    for path in (*PUBLIC_PAGES, "/help/en/articles/margins", "/help/en/search?q=salaries"):
        assert "articles/salaries" not in await shop.get(path), path
    await shop.get("/help/en/articles/salaries", 404)


async def test_what_one_audience_got_no_other_one_is_given(shop: Site) -> None:
    """Neither out of our memory nor out of a proxy's."""
    await hide(shop, Audience.SIGNED_IN)
    await shop.sign_in()
    for path in ("/help/en", "/help/en/categories/orders", "/help/en/articles/open-words"):
        response = await shop.response(path)
        assert "argins" in await response.text(), path
        assert response.headers["Cache-Control"] == "no-store"
        assert "Cookie" in response.headers["Vary"]
    for path in ("/help/en/feed.xml", "/help/sitemap-1.xml"):
        assert "argins" not in await shop.get(path), path
    shop.cookie = ""
    for path in ("/help/en", "/help/en/categories/orders", "/help/en/articles/open-words"):
        response = await shop.response(path)
        assert "argins" not in await response.text(), path
        assert response.headers["Cache-Control"] == "public, max-age=30"


async def test_being_signed_in_ends_and_is_of_one_brand_only(shop: Site) -> None:
    await hide(shop, Audience.SIGNED_IN)
    await shop.brand("acme", "acme.example")
    await shop.sign_in()
    name, _, value = shop.cookie.partition("=")
    await shop.get("/help/en/articles/margins")
    await shop.get("/help/en/articles/margins", 404, Host="acme.example")
    until, _, signature = value.partition(".")
    for forged in (f"{int(until) + 9999}.{signature}", f"{until}.", "x", f"{until}.é"):
        await shop.get("/help/en/articles/margins", 404, Cookie=f"{name}={forged}")
    shop.world.clock.forward(3601)
    await shop.get("/help/en/articles/margins", 404)


async def test_what_is_for_another_brand_is_not_here(shop: Site) -> None:
    await shop.brand("acme", "acme.example")
    await shop.brand("bolt", "bolt.example")
    await shop.write("Margins of ours", "Words.", brands=("acme",), slug="margins", category="Orders")
    assert "argins" in await shop.get("/help/en/articles/margins", Host="acme.example")
    for host in ("bolt.example", "other.example"):
        await shop.get("/help/en/articles/margins", 404, Host=host)
        for path in PUBLIC_PAGES:
            assert "articles/margins" not in await shop.get(path, Host=host), (host, path)


async def test_what_is_taken_back_or_archived_is_gone_at_once(shop: Site) -> None:
    article = await shop.write("Margins of ours", "Words.", slug="margins")
    await shop.get("/help/en/articles/margins")
    await shop.world.db.run(unpublish, article, "en", 1)
    await shop.get("/help/en/articles/margins", 404)
