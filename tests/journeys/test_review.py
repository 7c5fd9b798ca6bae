"""Two people take an article through its review in real browsers: asked, commented, changed, approved, published."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.async_api import Browser, expect

from tests.journeys.access import complaints
from tests.journeys.desk import Desk, a_desk
from tests.servers.parley import Server, running_parley

pytestmark = pytest.mark.browser

ANNA = "anna@lumenandleaf.example"
"""Writes; she may do everything, too, but not approve what she wrote."""
MEI = "mei@lumenandleaf.example"
CALL = """async ([method, path, body]) => {
  const { csrf } = await (await fetch('/api/session')).json();
  const headers = {'Content-Type': 'application/json', 'X-CSRF-Token': csrf};
  const answer = await fetch(path, {method, headers, body: body && JSON.stringify(body)});
  if (!answer.ok) throw new Error(await answer.text());
  return answer.status === 204 ? null : answer.json();
}"""
BODY = "Send any lamp back.\n\nWithin 30 days.\n\nFor free."


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("review")
    with running_parley(folder, PARLEY_KNOWLEDGE_EDITORIAL_REVIEW_REQUIRED="true") as running:
        yield running


async def call(desk: Desk, method: str, path: str, body: object = None) -> Any:
    return await desk.page.evaluate(CALL, [method, path, body])


async def test_an_article_is_reviewed_by_somebody_else_before_readers_see_it(
    browser: Browser, server: Server
) -> None:
    anna, mei = await a_desk(browser, server), await a_desk(browser, server)
    await anna.sign_in(ANNA)
    await mei.sign_in(MEI)
    await call(mei, "PUT", "/api/me", {"language": "en"})
    await mei.go("/knowledge/work")
    await expect(mei.page.get_by_text("Nothing waits for you")).to_be_visible()
    new = {"language": "en", "title": "Sending lamps back", "body": BODY, "category": "Returns and refunds"}
    article = (await call(anna, "POST", "/api/articles", new))["id"]
    review = f"/articles/{article}/review?in=en"

    await anna.go(review)
    await anna.page.get_by_role("button", name="Ask for review").click()
    await anna.page.get_by_label("Note").fill("Is it right?")
    await anna.page.get_by_role("dialog").get_by_role("button", name="Ask for review").click()
    await expect(anna.page.locator(".standing .chip")).to_have_text("In review")
    await expect(anna.page.get_by_role("button", name="Approve")).to_have_count(0)

    # Without a reload, by keyboard alone.
    await mei.page.get_by_role("link", name="Sending lamps back").click()
    await mei.page.locator("#line-3").focus()
    await mei.page.keyboard.press("Enter")
    await expect(mei.page.locator(".say textarea")).to_be_focused()
    await mei.page.keyboard.type("Which days?")
    await mei.page.keyboard.press("Control+Enter")
    await expect(anna.page.get_by_text("Which days?")).to_be_visible()
    await mei.page.get_by_role("button", name="Request changes").click()
    await mei.page.get_by_role("dialog").get_by_role("button", name="Request changes").click()
    await expect(anna.page.locator(".standing .chip")).to_have_text("Changes requested")

    longer = {"title": new["title"], "body": f"New here.\n\n{BODY}".replace("30", "60"), "base": 1}
    await call(anna, "PUT", f"/api/articles/{article}/en", longer)
    await expect(mei.page.locator(".source-marked .source-text")).to_have_text("Within 60 days.")
    await expect(mei.page.get_by_text("The line has changed since")).to_be_visible()
    # Who asks for what they do not see yet is told that it has changed.
    await expect(anna.page.locator(".source-marked .source-text")).to_have_text("Within 60 days.")
    await anna.page.get_by_role("button", name="Ask for review").click()
    await anna.page.get_by_role("dialog").get_by_role("button", name="Ask for review").click()
    await expect(anna.page.locator(".standing .chip")).to_have_text("In review")
    await mei.page.get_by_role("button", name="Changes", exact=True).click()
    await expect(mei.page.locator(".half-new ins").filter(has_text="60")).to_be_visible()
    await mei.page.get_by_role("button", name="Approve").click()
    await mei.page.get_by_role("dialog").get_by_role("button", name="Approve").click()
    await mei.page.get_by_role("button", name="Publish", exact=True).click()
    await mei.page.get_by_role("dialog").get_by_role("button", name="Publish").click()
    await expect(anna.page.locator(".standing .chip").first).to_have_text("Published")
    assert anna.complaints + mei.complaints == []


async def test_an_article_is_opened_in_a_language_that_it_has(browser: Browser, server: Server) -> None:
    desk = await a_desk(browser, server)
    await desk.sign_in(ANNA)
    new = {"language": "zh", "title": "修灯", "body": "寄给我们。", "category": "Products"}
    article = (await call(desk, "POST", "/api/articles", new))["id"]
    await desk.go(f"/articles/{article}")
    await expect(desk.page.locator("textarea[name=body]")).to_have_value("寄给我们。")


async def test_the_list_and_an_article_follow_what_others_do(browser: Browser, server: Server) -> None:
    anna, mei = await a_desk(browser, server), await a_desk(browser, server)
    await anna.sign_in(ANNA)
    await mei.sign_in(MEI)
    shelf = await call(mei, "POST", "/api/categories", {"names": {"en": "Repairs"}})
    new = {"language": "en", "title": "Mending lamps", "body": BODY, "category": "Repairs"}
    path = f"/api/articles/{(await call(mei, 'POST', '/api/articles', new))['id']}"
    await anna.go(f"{path.removeprefix('/api')}?language=en")
    row, pane = anna.page.locator(".row-open"), anna.page.locator(".article-pane")
    await expect(row).to_contain_text("Repairs")

    names = {"version": shelf["version"], "names": {"en": "Mending"}}
    await call(mei, "PUT", f"/api/categories/{shelf['id']}", names)
    await expect(row).to_contain_text("Mending")
    await expect(pane.locator(".head-about")).to_have_text("Mending")

    renamed = {"title": "Mending your lamp", "body": BODY, "base": 1}
    await call(mei, "PUT", f"{path}/en", renamed)
    await expect(row).to_contain_text("Mending your lamp")
    await expect(pane.get_by_role("heading", name="Mending your lamp").first).to_be_visible()

    review = await call(mei, "GET", f"{path}/en/review")
    await call(mei, "POST", f"{path}/en/review/ask", {"version": review["version"]})
    await expect(row).to_contain_text("In review")
    await expect(pane.locator(".sheet-head")).to_contain_text("In review")

    await mei.go(f"{path.removeprefix('/api')}/review?in=en")
    await expect(pane.locator(".writers")).to_contain_text("Mei Lin")

    await call(mei, "POST", f"{path}/archive", {"version": review["article_version"]})
    await expect(pane.get_by_text("Archived:")).to_be_visible()
    await expect(anna.page.locator(".article-row").filter(has_text="Mending your lamp")).to_have_count(0)
    await call(mei, "DELETE", f"{path}/archive", {"version": review["article_version"] + 1})
    await expect(pane.get_by_text("Archived:")).to_have_count(0)
    await call(mei, "DELETE", path, {"version": review["article_version"] + 2})
    await expect(anna.page.get_by_text("This article does not exist")).to_be_visible()


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("path", ["/knowledge/work", "text", "changes"])
async def test_pages_of_the_review_are_accessible_and_fit(
    browser: Browser, server: Server, width: int, path: str
) -> None:
    desk = await a_desk(browser, server, width=width)
    await desk.sign_in(ANNA)
    if path.startswith("/"):
        await desk.go(path)
    else:
        new = {
            "language": "en",
            "title": f"A {width} {path}",
            "body": BODY,
            "category": "Returns and refunds",
        }
        article = (await call(desk, "POST", "/api/articles", new))["id"]
        said = {"revision": 1, "line": 3, "body": "Which days?"}
        await call(desk, "POST", f"/api/articles/{article}/en/review/comments", said)
        longer = {"title": new["title"], "body": BODY.replace("30", "60"), "base": 1}
        await call(desk, "PUT", f"/api/articles/{article}/en", longer)
        await desk.go(f"/articles/{article}/review?in=en&view={path}")
        await expect(desk.page.locator(".standing .chip").first).to_be_visible()
    await expect(desk.page.locator("[aria-busy=true]")).to_have_count(0)
    assert await complaints(desk.page) == []
    wide = await desk.page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert wide <= 0
