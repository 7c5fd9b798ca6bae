"""What machines read: the map of the site, feeds, robots.txt, the icon, and what HEAD and other spellings answer."""

import io
import re
from xml.etree.ElementTree import Element, fromstring

import pytest
from PIL import Image

from core.store.tx import Tx
from knowledge.writing.images import keep
from knowledge.writing.picture import remade
from knowledge.writing.settings import ImageSettings
from tests.knowledge.helpcenter.conftest import Site, renamed, revised, translated

pytestmark = pytest.mark.served

ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
LINK = "{http://www.w3.org/1999/xhtml}link"
HOST = "https://help.example"


def read(xml: str) -> Element:
    return fromstring(xml)  # noqa: S314 (it is ours)


def locations(xml: str) -> list[str]:
    return [(each.text or "").removeprefix(HOST) for each in read(xml).iter(f"{MAP}loc")]


async def test_the_map_of_the_site_comes_in_pages_and_each_article_stands_with_all_its_languages(
    site: Site,
) -> None:
    made = [await site.write(f"Article {number}") for number in range(5)]
    for article in made[1:4]:
        await site.world.db.run(translated, article, "zh", f"文章 {article}")
    index = locations(await site.get("/help/sitemap.xml"))
    assert index == [f"/help/sitemap-{page}.xml" for page in (1, 2, 3)]
    seen = []
    for path in index:
        page = read(await site.get(path))
        addresses = [
            each for each in page.iter(f"{MAP}url") if "/articles/" in str(each.findtext(f"{MAP}loc"))
        ]
        assert len(addresses) <= 4
        for url in addresses:
            own = str(url.findtext(f"{MAP}loc")).removeprefix(HOST)
            seen.append(own)
            languages = {str(link.get("hreflang")) for link in url.iter(LINK)}
            number = int(own.rpartition("-")[2])
            assert languages == ({"en", "zh"} if number in {1, 2, 3} else {"en"}), own
    english, chinese = (f"/help/{tag}/articles/article-" for tag in ("en", "zh"))
    assert sorted(seen) == sorted(
        [*(f"{english}{number}" for number in range(5)), *(f"{chinese}{number}" for number in (1, 2, 3))]
    )
    await site.get("/help/sitemap-4.xml", 404)


async def test_the_map_begins_with_the_front_page_and_the_subjects_that_have_something(site: Site) -> None:
    made = await site.write("Send it back", category="Returns")
    await site.world.db.run(translated, made, "zh", "退货")
    await site.write("Pay", category="Payment")
    assert locations(await site.get("/help/sitemap-1.xml"))[:5] == [
        "/help/en",
        "/help/zh",
        "/help/en/categories/returns",
        "/help/zh/categories/returns",
        "/help/en/categories/payment",
    ]


async def test_robots_are_told_where_the_map_is(site: Site) -> None:
    robots = await site.get("/robots.txt")
    assert f"Sitemap: {HOST}/help/sitemap.xml" in robots
    assert "Disallow: /api/" in robots


async def test_a_feed_says_in_plain_words_what_was_published_last_and_when(site: Site) -> None:
    first = await site.write(
        "Older & wiser", "A <b onclick=x>bold</b> **word**.\n\n<script>alert(1)</script>"
    )
    site.world.clock.forward(60)
    await site.write("Newer", "Word " * 200)
    site.world.clock.forward(3600)
    await site.world.db.run(revised, first, "Older & wiser", "Another <script>alert(2)</script> word.")
    feed = read(await site.get("/help/en/feed.xml"))
    entries = list(feed.iter(f"{ATOM}entry"))
    assert [each.findtext(f"{ATOM}title") for each in entries] == ["Older & wiser", "Newer"]
    assert entries[0].findtext(f"{ATOM}summary") == "Another word."
    assert len(str(entries[1].findtext(f"{ATOM}summary"))) <= 240
    assert entries[0].find(f"{ATOM}summary").get("type") == "text"  # type: ignore[union-attr]
    assert entries[0].findtext(f"{ATOM}published") == "2026-03-02T09:00:00+00:00"
    assert entries[0].findtext(f"{ATOM}updated") == "2026-03-02T10:01:00+00:00"
    assert feed.findtext(f"{ATOM}updated") == "2026-03-02T10:01:00+00:00"


async def test_an_entry_of_a_feed_stays_the_same_one_under_another_name(site: Site) -> None:
    article = await site.write("Send it back", category="Returns")
    await site.write("Other", category="Returns")

    async def ids(path: str = "/help/en/feed.xml") -> dict[str | None, str | None]:
        feed = read(await site.get(path))
        return {
            each.findtext(f"{ATOM}title"): each.findtext(f"{ATOM}id") for each in feed.iter(f"{ATOM}entry")
        }

    before = await ids()
    assert len(set(before.values())) == 2
    await site.world.db.run(renamed, article, "return-it")
    await site.world.db.run(revised, article, "Give it back", "Words.")
    assert (await ids())["Give it back"] == before["Send it back"]
    assert await ids("/help/en/categories/returns/feed.xml") == await ids()
    assert article not in str(before)


async def test_each_subject_has_a_feed_of_its_own(site: Site) -> None:
    await site.write("Send it back", category="Returns")
    await site.write("Pay", category="Payment")
    feed = await site.get("/help/en/categories/returns/feed.xml")
    assert "Send it back" in feed
    assert "Pay" not in feed
    assert 'href="/help/en/categories/returns/feed.xml"' in await site.get("/help/en/categories/returns")
    await site.get("/help/en/categories/none/feed.xml", 404)


async def test_what_xml_has_no_place_for_is_left_out(site: Site) -> None:
    await site.write("Bell", "It rings \ufffe\uffff loudly.")
    (entry,) = read(await site.get("/help/en/feed.xml")).iter(f"{ATOM}entry")
    assert "rings" in str(entry.findtext(f"{ATOM}summary"))


@pytest.mark.parametrize(
    "path",
    [
        "/help",
        "/help/en",
        "/help/en/categories/returns",
        "/help/en/articles/send-it-back",
        "/help/en/articles/none",
        "/help/en/search?q=back",
        "/help/en/suggest?q=back",
        "/help/en/contact",
        "/help/en/feed.xml",
        "/help/zh-CN",
        "/help/sitemap.xml",
        "/help/sitemap-1.xml",
        "/help/nothing/here",
        "/robots.txt",
        "/favicon.ico",
    ],
)
async def test_head_says_what_get_would_without_a_body(site: Site, path: str) -> None:
    await site.write("Send it back", category="Returns")
    whole = await site.response(path)
    head = await site.response(path, "HEAD")
    assert head.status == whole.status
    assert await head.read() == b""
    kept = ["Content-Type", "Cache-Control", "ETag", "Location", "Content-Security-Policy"]
    kept += ["Content-Length"] if await whole.read() else []
    assert [head.headers.get(name) for name in kept] == [whole.headers.get(name) for name in kept]


async def test_asking_for_the_head_of_an_article_is_not_reading_it(site: Site) -> None:
    await site.write("Send it back")
    await site.response("/help/en/articles/send-it-back", "HEAD")
    assert not site.center.views._counted


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("/help/zh-CN", "/help/zh"),
        ("/help/zh_CN", "/help/zh"),
        ("/help/zh-Hant-TW", "/help/zh"),
        ("/help/EN", "/help/en"),
        ("/help/en-GB/articles/send-it-back?q=a%20b", "/help/en/articles/send-it-back?q=a%20b"),
        ("/help/Zh/categories/returns", "/help/zh/categories/returns"),
        ("/help/EN/search?q=%E9%80%80", "/help/en/search?q=%E9%80%80"),
        ("/help/EN/feed.xml", "/help/en/feed.xml"),
        ("/help/en-US/contact", "/help/en/contact"),
    ],
)
async def test_another_spelling_of_a_language_leads_to_it_for_good(
    site: Site, asked: str, meant: str
) -> None:
    response = await site.response(asked)
    assert (response.status, response.headers["Location"]) == (301, meant)


@pytest.mark.parametrize(
    "path",
    [
        "/help/fr",
        "/help/english",
        "/help/en.php",
        "/help/en-",
        "/help/en-%0d%0aX: y",
        "/help/-en",
        "/help/fr/articles/x",
    ],
)
async def test_a_language_that_is_not_there_leads_nowhere(site: Site, path: str) -> None:
    await site.get(path, 404)


async def test_the_language_of_a_brand_is_what_it_is_called_there(site: Site) -> None:
    await site.brand("acme", "acme.example", languages=("en-GB",))
    response = await site.response("/help/en/articles/x", Host="acme.example")
    assert (response.status, response.headers["Location"]) == (301, "/help/en-GB/articles/x")


async def icon(site: Site, host: str = "help.example") -> Image.Image:
    response = await site.response("/favicon.ico", Host=host)
    assert (response.status, response.headers["Content-Type"]) == (200, "image/x-icon")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    return Image.open(io.BytesIO(await response.read()))


def stored(tx: Tx, size: tuple[int, int]) -> str:
    out = io.BytesIO()
    Image.new("RGB", size, "#00ff00").save(out, "PNG")
    return keep(tx, remade(out.getvalue(), ImageSettings()), None).id


async def test_the_icon_is_the_brand_s_logo_or_has_its_colour(site: Site) -> None:
    assert (await icon(site)).info["sizes"] == {(16, 16), (32, 32), (48, 48)}
    square = await site.world.db.run(stored, (64, 64))
    wide = await site.world.db.run(stored, (200, 40))
    await site.brand("acme", "acme.example", colour="#aa0000", logo=square)
    await site.brand("bolt", "bolt.example", colour="#aa0000", logo=wide)
    assert (await icon(site, "acme.example")).convert("RGB").getpixel((24, 24)) == (0, 255, 0)
    red, green, _ = (await icon(site, "bolt.example")).convert("RGB").getpixel((24, 4))  # type: ignore[misc]
    assert red > 120 > green
    assert '<link rel="icon" href="/favicon.ico"' in await site.get("/help/en")


async def test_the_pages_of_the_map_hold_what_they_may(site: Site) -> None:
    for number in range(3):
        await site.write(f"Article {number}")
    page = await site.get("/help/sitemap-1.xml")
    assert len(re.findall("/articles/", page)) == 2 * 2
