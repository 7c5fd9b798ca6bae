"""The help center under attack: what somebody puts into addresses, headers and forms goes nowhere that it should not."""

import asyncio
import re
from collections.abc import AsyncIterator
from html.parser import HTMLParser
from urllib.parse import quote

import pytest

from core.store.tables.loop import article_vote
from knowledge.helpcenter.contract import Ways
from tests.knowledge.helpcenter.conftest import TOKEN, Site, rows

pytestmark = pytest.mark.served

SCRIPTS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' autofocus onfocus=alert(1) x='",
    "</title></textarea></script><svg/onload=alert(1)>",
    "{{7*7}}{% raw %}${7*7}",
    "javascript:alert(1)",
    "\u202e<b>\u2028</script>",
    "&lt;script&gt;",
)
POISONED = (
    "evil.example",
    "evil.example:443",
    "help.example.evil.example",
    'x"><script>',
    "a b",
    "evil.example/x",
)
PUBLIC = (
    "/help/en",
    "/help/en/articles/send-it-back",
    "/help/en/feed.xml",
    "/help/sitemap.xml",
    "/help/sitemap-1.xml",
)
VOTES = "/help/en/articles/send-it-back/votes"


class _Seen(HTMLParser):
    """Which elements and attributes a browser would see."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.addresses += [value or "" for name, value in attrs if name in {"href", "src", "action"}]


def seen(page: str) -> _Seen:
    parser = _Seen()
    parser.feed(page)
    return parser


@pytest.fixture
async def shop(site: Site) -> Site:
    await site.write("Send it back", "Words.", category="Returns")
    site.ways[None] = Ways("/talk.js", "web", "/talk/web", "help@example.org")
    return site


@pytest.mark.parametrize("script", SCRIPTS)
async def test_what_is_searched_for_becomes_no_markup_on_any_page(shop: Site, script: str) -> None:
    for path in (
        "/help/en/search?q={}",
        "/help/en/search?q=back+{}",
        "/help/en/articles/send-it-back?q={}",
        "/help/en/articles/send-it-back?voted={}",
        "/help/en/contact?q={}",
        "/help/en/contact?q={}&article=send-it-back",
        "/help/en/contact?article={}",
        "/help/en/articles/{}",
        "/help/{}",
    ):
        plain = seen(await (await shop.response(path.format("plain"))).text())
        response = await shop.response(path.format(quote(script, safe="")))
        text = await response.text()
        found = seen(text)
        assert response.status in {200, 400, 404}
        assert "49" not in text.replace("149", ""), path
        assert not {each for each in found.attributes if each.startswith("on")}, path
        assert found.tags <= plain.tags | {"dl", "dt", "dd", "div", "main", "mark", "ol", "p"}, path
        assert not [each for each in found.addresses if each.lower().startswith(("javascript:", "data:"))], (
            path
        )


@pytest.mark.parametrize("host", POISONED)
async def test_a_made_up_host_is_never_said_again(shop: Site, host: str) -> None:
    for path in PUBLIC:
        page = await shop.get(path, Host=host)
        assert "evil" not in page, path
        assert host not in page, path
        assert "https://help.example/" in page, path
    for header in ("X-Forwarded-Host", "X-Original-Host", "Forwarded", "X-Host", "X-Forwarded-Proto"):
        named = {header.replace("-", "_"): "evil.example"}
        page = await (await shop.response("/help/en/articles/send-it-back", "GET", **named)).text()
        assert "evil" not in page, header


async def test_what_one_got_with_a_made_up_host_nobody_else_is_given(shop: Site) -> None:
    await shop.brand("acme", "acme.example")
    await shop.write("For Acme", brands=("acme",))
    for host in ("evil.example", "acme.example", "help.example"):
        for path in PUBLIC:
            await shop.response(path, Host=host)
    for path in PUBLIC:
        assert "acme" not in (await shop.get(path)).lower(), path
        assert "https://acme.example/" in await shop.get(path, Host="acme.example"), path


async def test_what_an_address_brings_along_is_not_kept_for_others(shop: Site) -> None:
    """Neither here, nor by a proxy that leaves the query out of what it looks under."""
    for path in (
        "/help/en/articles/send-it-back?q=poison",
        "/help/en/search?q=poison",
        "/help/en/contact?q=poison",
        "/help/en/articles/none",
    ):
        assert (await shop.response(path)).headers["Cache-Control"] == "no-store", path
    for path in ("/help/en/articles/send-it-back", "/help/en/search", "/help/en/contact", "/help/en"):
        assert "poison" not in await shop.get(path), path
        assert "poison" not in await shop.get(f"{path}?utm=poison&x=%22poison"), path


@pytest.mark.parametrize(
    "slug", ["%0d%0aSet-Cookie:%20a=b", "a%0d%0a%0d%0a<script>", "%0aLocation:%20//evil", "%c4%8d%c4%8a"]
)
async def test_no_part_of_an_address_becomes_a_header(shop: Site, slug: str) -> None:
    for path in (
        f"/help/en/articles/{slug}",
        f"/help/{slug}",
        f"/help/en/{slug}/",
        f"/help/en-{slug}",
        f"/help/{slug}/",
    ):
        response = await shop.response(path)
        assert response.status in {301, 404}, path
        assert "Set-Cookie" not in response.headers
        assert response.headers.get("Location", "/help").startswith("/help")


@pytest.mark.parametrize(
    "to",
    [
        "https://evil.example",
        "//evil.example",
        "/help//evil.example",
        "/help/../../evil",
        "/help/%2e%2e/console",
        "/help/..%2f..%2fapi/session",
        "/help/\\evil.example",
        "/help/%5cevil.example",
        "/help/./x",
        "/helpless",
        "/help\t//evil.example",
        "/help/\r\nX: y",
        "help/en",
        "javascript:alert(1)",
    ],
)
async def test_signing_in_leads_nowhere_but_into_the_help_center(shop: Site, to: str) -> None:
    response = await shop.response(f"/help/sign-in?token={quote(TOKEN)}&to={quote(to, safe='')}")
    assert (response.status, response.headers["Location"]) == (303, "/help")


@pytest.mark.parametrize("to", ["/help/en/articles/x?q=a//b", "/help/zh/search?q=%E9%80%80", "/help/en#vote"])
async def test_signing_in_leads_to_where_one_was(shop: Site, to: str) -> None:
    response = await shop.response(f"/help/sign-in?token={quote(TOKEN)}&to={quote(to, safe='')}")
    assert response.headers["Location"] == to


@pytest.mark.parametrize(
    "path", ["/help//evil.example/", "/help/x//", "/help/%2F%2Fevil.example/", "/help/en//evil.example//"]
)
async def test_no_redirect_leaves_our_own_host(shop: Site, path: str) -> None:
    response = await shop.response(path)
    assert not response.headers.get("Location", "/help").startswith("//")
    assert re.match(r"/help(/|$)", response.headers.get("Location", "/help"))


async def test_a_form_with_more_fields_or_bytes_than_ours_is_not_even_read(shop: Site) -> None:
    many = {f"x{number}": "1" for number in range(100)}
    assert (await shop.post(VOTES, {"helpful": "no", "number": "1", **many})).status == 400
    body = b"helpful=no&number=1&comment=" + b"x" * 40_000
    for data in (body, _chunks(body)):
        response = await shop.client.post(
            VOTES,
            data=data,
            headers={"Content-Type": "application/x-www-form-urlencoded"},
            allow_redirects=False,
        )
        assert response.status == 400
    assert await shop.world.db.read(rows, article_vote) == []


async def _chunks(body: bytes) -> AsyncIterator[bytes]:
    for start in range(0, len(body), 1_000):
        yield body[start : start + 1_000]


async def test_votes_are_not_stuffed_by_who_changes_names_of_browsers_and_addresses(shop: Site) -> None:
    """A network of IPv6 is one visitor's; what a request says of those it was passed on by is not believed."""
    for number in range(40):
        await shop.post(
            VOTES,
            {"helpful": "no", "number": "1"},
            User_Agent=f"browser {number}",
            X_Forwarded_For=f"10.0.0.{number}, 2001:db8:1:2::{number:x}",
        )
    assert len(await shop.world.db.read(rows, article_vote)) == 10


async def test_behind_a_proxy_on_this_machine_everybody_has_a_vote_of_their_own(shop: Site) -> None:
    for number in range(5):
        shop.source = f"198.51.100.{number}"
        await shop.post(VOTES, {"helpful": "yes", "number": "1"}, User_Agent="the same")
    assert len(await shop.world.db.read(rows, article_vote)) == 5


async def test_a_request_without_a_host_is_not_told_the_name_of_this_machine(shop: Site) -> None:
    host, port = shop.client.server.host, shop.client.server.port
    reader, writer = await asyncio.open_connection(host, port)
    writer.write(b"GET /help/en HTTP/1.0\r\n\r\n")
    head = (await reader.readuntil(b"\r\n\r\n")).decode()
    writer.close()
    assert "connect-src 'self';" in head
