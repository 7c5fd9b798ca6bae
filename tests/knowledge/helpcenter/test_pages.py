"""What readers find on the pages of the help center, and what they are told when something is wrong."""

import json
import re
from xml.etree.ElementTree import Element, fromstring

import pytest
from sqlalchemy import update
from yarl import URL

from core.store.tables.knowledge import category
from core.store.tx import Tx
from knowledge.helpcenter.contract import Ways
from tests.knowledge.helpcenter.conftest import Site, renamed, revised, translated

pytestmark = pytest.mark.served

POLICY = "default-src 'none'; script-src 'self'; style-src 'self'"


def read(xml: str) -> Element:
    return fromstring(xml)  # noqa: S314 (it is ours)


async def test_the_front_page_has_subjects_with_counts_and_what_is_read_most(site: Site) -> None:
    await site.write("Send it back", category="Returns")
    await site.write("Pay later", category="Payment")
    await site.write("Pay now", category="Payment")
    page = await site.get("/help/en")
    assert re.findall(r"/help/en/categories/([\w-]+)", page) == ["returns", "payment"]
    assert "1 article<" in page
    assert "2 articles<" in page
    assert page.index("Most read") < page.index("Pay now")


async def test_an_article_has_its_text_contents_date_trail_and_neighbours(site: Site) -> None:
    await site.write("Send it back", "## One\n\nA **b**\n\n## Two\n\nC\n\n## Three\n\nD", category="Returns")
    await site.write("Refunds", category="Returns")
    page = await site.get("/help/en/articles/send-it-back")
    assert '<h2 id="s-one">One</h2>' in page
    assert '<a href="#s-two">Two</a>' in page
    assert "<strong>b</strong>" in page
    assert "March 2, 2026" in page
    assert 'href="/help/en/categories/returns"' in page
    assert 'href="/help/en/articles/refunds"' in page
    assert "<title>Send it back · Parley help</title>" in page


async def test_what_an_article_says_never_becomes_markup_of_the_page(site: Site) -> None:
    nasty = "</title><script>alert(1)</script>\"'&{{ 7*7 }}</script>"
    await site.write(
        nasty,
        f"{nasty}\n\n<script>alert(2)</script><img src=x onerror=alert(3)>",
        slug="nasty",
        category=nasty,
    )
    paths = (
        "/help/en",
        "/help/en/articles/nasty",
        "/help/en/search?q=alert",
        "/help/en/contact?article=nasty",
    )
    for path in (*paths, "/help/en/search?q=%22%3E%3Cscript%3Ealert(4)%3C/script%3E"):
        page = await site.get(path)
        assert not re.findall(r"<script(?! (?:src=|type=.application/ld\+json))", page), path
        assert "onerror" not in re.sub(r"&lt;.*?&gt;", "", page), path
        assert "49" not in page.replace("blake", ""), path
    page = await site.get("/help/en/articles/nasty")
    for data in re.findall(r"<script type=\"application/ld\+json\">(.*?)</script>", page):
        json.loads(data)


async def test_what_machines_read_of_an_article_is_whole_and_says_what_it_is(site: Site) -> None:
    made = await site.write("Send it back", "You may </script> it.")
    await site.world.db.run(translated, made, "zh", "退货")
    page = await site.get("/help/en/articles/send-it-back")
    asked, trail = (json.loads(each) for each in re.findall(r"ld\+json\">(.*?)</script>", page))
    assert asked["mainEntity"]["name"] == "Send it back"
    assert asked["mainEntity"]["acceptedAnswer"]["text"].startswith("You may")
    assert trail["itemListElement"][0]["item"] == "https://help.example/help/en"
    assert '<link rel="canonical" href="https://help.example/help/en/articles/send-it-back">' in page
    assert re.findall(r'hreflang="([\w-]+)" href="https://help.example(\S+)"', page) == [
        ("en", "/help/en/articles/send-it-back"),
        ("zh", "/help/zh/articles/send-it-back"),
        ("x-default", "/help/en/articles/send-it-back"),
    ]


async def test_a_former_address_leads_to_the_present_one_for_good(site: Site) -> None:
    made = await site.write("Send it back", slug="send-back")
    await site.world.db.run(renamed, made, "return-it")
    response = await site.response("/help/en/articles/send-back")
    assert (response.status, response.headers["Location"]) == (301, "/help/en/articles/return-it")
    await site.get("/help/en/articles/return-it")


async def test_an_article_that_is_missing_in_a_language_offers_the_other_one(site: Site) -> None:
    await site.write("Send it back")
    page = await site.get("/help/zh/articles/send-it-back", 404)
    assert '<a href="/help/en/articles/send-it-back" lang="en" hreflang="en">Send it back</a>' in page
    assert '<html lang="zh"' in page


async def test_the_browser_s_language_is_the_one_one_lands_in(site: Site) -> None:
    for wish, language in (("zh-CN,en;q=0.5", "zh"), ("fr", "en"), ("", "en")):
        response = await site.response("/help", Accept_Language=wish)
        assert (response.status, response.headers["Location"]) == (302, f"/help/{language}")
        assert response.headers["Vary"] == "Accept-Language"


async def test_a_page_changes_its_tag_with_whatever_changes_on_it(site: Site) -> None:
    made = await site.write("Send it back", category="Returns")

    async def tag() -> str:
        return (await site.response("/help/en/articles/send-it-back")).headers["ETag"]

    tags = [await tag()]
    assert (await site.response("/help/en/articles/send-it-back", If_None_Match=tags[0])).status == 304
    await site.world.db.run(revised, made, "Send it back", "Other words.")
    tags.append(await tag())
    await site.write("Refunds", category="Returns")
    tags.append(await tag())
    await site.brand("acme", "*", colour="#aa0000")
    tags.append(await tag())
    assert len(set(tags)) == len(tags)


async def test_each_page_is_guarded_against_what_a_browser_might_be_made_to_do(site: Site) -> None:
    await site.write("Send it back")
    for path in (
        "/help/en",
        "/help/en/articles/send-it-back",
        "/help/en/search?q=x",
        "/help/en/articles/none",
    ):
        headers = (await site.response(path)).headers
        assert headers["Content-Security-Policy"].startswith(POLICY), path
        for rule in ("frame-ancestors 'none'", "form-action 'self'", "base-uri 'none'"):
            assert rule in headers["Content-Security-Policy"]
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
    hostile = (await site.response("/help/en", Host="x;script-src *")).headers
    assert "script-src *" not in hostile["Content-Security-Policy"]
    assert "x;script" not in await site.get("/help/en", Host="evil.example")
    assert "evil.example" not in await site.get("/help/en", Host="evil.example")


async def test_bad_input_is_told_on_a_page_and_is_never_our_fault(site: Site) -> None:
    await site.write("Send it back")
    for path, status in (
        (f"/help/en/search?q={'a' * 10_000}", 400),
        (f"/help/en/suggest?q={'a' * 10_000}", 400),
        ("/help/en/search?q=%00%01%ff%ed%a0%80", 200),
        ("/help/en/search?q=a&page=0", 404),
        ("/help/en/search?q=a&page=3", 404),
        ("/help/en/search?q=a&page=99999999999999999999999", 404),
        ("/help/en/search?q=a&page=%D9%A1", 404),
        ("/help/en/articles/%00", 404),
        ("/help/en/articles/%ZZ", 404),
        ("/help/en/articles/%ff%fe", 404),
        (f"/help/en/articles/{'a' * 5000}", 404),
        ("/help/en/categories/%00", 404),
        ("/help/en/contact?article=%00&q=%00", 200),
        ("/help/fr", 404),
        ("/help/%00/articles/send-it-back", 404),
        ("/help/en/nothing", 404),
        ("/help/sitemap-0.xml", 404),
        ("/help/sitemap-999999999999.xml", 404),
        ("/help/theme/zzzzzz.css", 404),
        ("/help/assets/1/..%2f..%2fetc%2fpasswd", 404),
    ):
        whole = URL(f"{site.client.make_url('/')}{path[1:]}", encoded=True)
        response = await site.client.session.get(whole)
        assert response.status == status, path
        if "/theme/" not in path and "/assets/" not in path and response.status != 200:
            assert "<h1>" in await response.text(), path


async def test_a_brand_s_host_shows_its_name_look_and_languages(site: Site) -> None:
    await site.brand(
        "acme",
        "help.acme.example",
        colour="#aa0000",
        home="https://acme.example",
        languages=("zh",),
        words={"zh": {"title": "您好"}},
    )
    page = await site.get("/help/zh", Host="help.acme.example")
    assert "您好" in page
    assert "/help/theme/aa0000.css" in page
    assert 'href="https://acme.example"' in page
    assert '<link rel="canonical" href="https://help.acme.example/help/zh">' in page
    await site.get("/help/en", 404, Host="help.acme.example")
    assert "Acme" not in await site.get("/help/en")


async def test_nobody_is_led_elsewhere_after_signing_in(site: Site) -> None:
    path = "/help/sign-in?token=a+token+of+the+site&to="
    for to in (
        "https://evil.example",
        "//evil.example",
        "/help//evil.example",
        "/help/\\evil",
        "/api/session",
        "/helpless",
    ):
        assert (await site.response(path + to)).headers["Location"] == "/help", to
    assert (await site.response(f"{path}/help/en/articles/x")).headers["Location"] == "/help/en/articles/x"
    cookie = (await site.response(path)).headers["Set-Cookie"]
    assert {"HttpOnly", "Secure", "SameSite=Lax", "Path=/help"} <= set(cookie.split("; "))


async def test_a_category_without_a_word_in_the_language_says_so(site: Site) -> None:
    await site.write("Send it back", category="Returns")
    assert "这里还没有该语言的内容" in await site.get("/help/zh/categories/returns")

    def described(tx: Tx) -> None:
        tx.conn.execute(update(category).values(descriptions={"en": "About sending back."}))

    await site.world.db.run(described)
    await site.write("Another", category="Returns")
    assert "About sending back." in await site.get("/help/en/categories/returns")


async def test_who_finds_no_page_is_shown_the_languages_and_the_way_to_a_person(site: Site) -> None:
    site.ways[None] = Ways("/talk.js", "web", "/talk/web", "help@example.org")
    page = await site.get("/help/en/articles/none", 404)
    assert 'href="/help/zh"' in page
    assert 'href="/help/en/contact"' in page


async def test_who_is_signed_in_sees_how_to_sign_out(site: Site) -> None:
    assert "/help/sign-out" not in await site.get("/help/en")
    await site.sign_in()
    assert 'href="/help/sign-out"' in await site.get("/help/en")
    response = await site.response("/help/sign-out")
    assert (response.status, response.headers["Location"]) == (303, "/help")
    assert 'parley_reader=""' in response.headers["Set-Cookie"]
