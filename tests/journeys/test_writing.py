"""Writing articles in a real browser: kept text, two people at one article, images, reusables; and that no article runs."""

import asyncio
import io
import re
from collections.abc import Iterator

import pytest
from PIL import Image
from playwright.async_api import Browser, FilePayload, Locator, Page, Route, expect

from knowledge.rendering import Context, to_html
from tests.journeys.access import complaints
from tests.journeys.desk import Desk, a_desk
from tests.knowledge.rendering.attacks import ATTACKS, TOUCHED
from tests.servers.parley import Server, running_parley

pytestmark = pytest.mark.browser

ANNA = "anna@lumenandleaf.example"
MEI = "mei@lumenandleaf.example"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with running_parley(tmp_path_factory.mktemp("writing")) as running:
        yield running


async def a_writer(browser: Browser, server: Server, who: str = ANNA, *, width: int = 1440) -> Desk:
    desk = await a_desk(browser, server, width=width)
    await desk.sign_in(who)
    return desk


async def begin(desk: Desk, title: str, body: str) -> str:
    """A new article with this text, saved; where it is."""
    await desk.go("/articles/new")
    await desk.page.locator("[name=language]").select_option("en")
    await desk.page.locator("[name=title]").fill(title)
    await desk.page.locator("[name=category]").fill("Products")
    await desk.page.locator("[name=body]").fill(body)
    await desk.page.locator("button[type=submit]").click()
    await expect(desk.page.locator(".sheet-foot")).to_be_visible()
    return desk.page.url


async def open_at(desk: Desk, url: str) -> None:
    await desk.page.goto(url)
    await desk.page.locator(".article-tabs .tab").first.click()
    await expect(body_of(desk)).to_be_editable()


def body_of(desk: Desk) -> Locator:
    return desk.page.locator("textarea[name=body]")


async def test_what_is_typed_is_there_again_after_the_browser_died(browser: Browser, server: Server) -> None:
    desk = await a_writer(browser, server)
    url = await begin(desk, "Vases", "Of glass.")
    await body_of(desk).fill("Of glass, and of clay.")
    await expect(desk.page.locator(".sheet-kept")).to_have_text("Your text is kept")
    await desk.page.context.close()
    elsewhere = await a_writer(browser, server, width=390)
    await open_at(elsewhere, url)
    await expect(body_of(elsewhere)).to_have_value("Of glass, and of clay.")
    await expect(elsewhere.page.get_by_text("This is your unsaved text from")).to_be_visible()
    await elsewhere.page.get_by_role("button", name="Throw it away").click()
    await expect(body_of(elsewhere)).to_have_value("Of glass.")
    await elsewhere.page.reload()
    await open_at(elsewhere, url)
    await expect(body_of(elsewhere)).to_have_value("Of glass.")


async def test_what_is_typed_while_a_save_is_on_its_way_stays(browser: Browser, server: Server) -> None:
    desk = await a_writer(browser, server)
    await begin(desk, "Bowls", "Of clay.")
    address, typed = re.compile(r"/api/articles/\w+/en$"), asyncio.Event()

    async def held(route: Route) -> None:
        await typed.wait()
        await route.continue_()

    await desk.page.route(address, held)
    await body_of(desk).fill("Of clay and glass.")
    async with desk.page.expect_response(address) as saved:
        await body_of(desk).press("Control+s")
        await body_of(desk).press_sequentially(" And of wood.")
        typed.set()
    assert (await saved.value).status == 200
    await expect(desk.page.locator(".sheet-kept")).to_have_text("Your text is kept")
    await expect(body_of(desk)).to_have_value("Of clay and glass. And of wood.")


async def test_what_is_typed_survives_a_server_that_dies_and_comes_back(
    browser: Browser, server: Server
) -> None:
    desk = await a_writer(browser, server)
    await begin(desk, "Pots", "With a hole.")
    await desk.page.context.set_offline(offline=True)
    await body_of(desk).fill("With a hole, and a saucer.")
    await expect(desk.page.locator(".sheet-kept")).to_have_text(re.compile("Kept in this browser"))
    await desk.page.context.set_offline(offline=False)
    await desk.page.reload()
    await desk.page.locator(".article-tabs .tab").first.click()
    await expect(body_of(desk)).to_have_value("With a hole, and a saucer.")


async def test_two_people_see_each_other_and_lose_no_text(browser: Browser, server: Server) -> None:
    anna, mei = await a_writer(browser, server), await a_writer(browser, server, MEI)
    url = await begin(anna, "Candles", "One.\n\nTwo.\n\nThree.")
    await open_at(mei, url)
    await expect(anna.page.locator(".writers")).to_have_text(re.compile("Mei Lin has this open"))
    await body_of(mei).fill("One.\n\nTwo.\n\nThree, says Mei.")
    await expect(anna.page.locator(".writers")).to_have_text(re.compile("Mei Lin is writing here"))
    await body_of(anna).fill("One, says Anna.\n\nTwo.\n\nThree.")
    await mei.page.keyboard.press("Control+s")
    await expect(anna.page.get_by_text("saved a newer revision while you were writing")).to_be_visible()
    await body_of(anna).press("Control+s")
    dialog = anna.page.locator("dialog[open]")
    await expect(dialog.locator(".merge-row")).to_have_count(2)
    assert await complaints(anna.page) == []
    await dialog.get_by_role("button", name="Save this text").click()
    await expect(dialog).to_have_count(0)
    both = "One, says Anna.\n\nTwo.\n\nThree, says Mei."
    await expect(body_of(anna)).to_have_value(both)
    # Mei had nothing unsaved: hers follows by itself.
    await expect(body_of(mei)).to_have_value(both)
    await anna.page.get_by_role("button", name="3 revisions").click()
    await expect(anna.page.locator(".revisions li")).to_have_count(3)
    assert [each for each in (*anna.complaints, *mei.complaints) if "409" not in each] == []


async def test_an_image_is_uploaded_described_and_seen(browser: Browser, server: Server) -> None:
    desk = await a_writer(browser, server)
    await begin(desk, "Frames", "Of wood.")
    out = io.BytesIO()
    Image.new("RGB", (120, 80), (20, 120, 90)).save(out, "PNG")
    file = FilePayload(name="frame.png", mimeType="image/png", buffer=out.getvalue())
    await body_of(desk).press("Control+End")
    await desk.page.locator(".writing input[type=file]").set_input_files([file])
    await desk.page.locator("dialog [name=alt]").fill("A frame of [oak]")
    await desk.page.keyboard.press("Enter")
    await expect(body_of(desk)).to_have_value(
        re.compile(r"^Of wood\.!\[A frame of \\\[oak\\\]\]\(image:[0-9a-z]{26}\)$")
    )
    image = desk.page.locator(".prose img")
    await expect(image).to_have_attribute("alt", "A frame of [oak]")
    await expect(image).to_have_js_property("naturalWidth", 120)
    assert desk.complaints == []


async def test_a_variable_is_kept_put_in_by_the_keyboard_and_seen(browser: Browser, server: Server) -> None:
    desk = await a_writer(browser, server)
    await desk.go("/knowledge/reusables")
    await desk.page.get_by_role("button", name="New snippet or variable").click()
    await desk.page.locator("[name=name]").fill("phone")
    await desk.page.locator("[name='texts.en']").fill("+44 20 7946 0000")
    await desk.page.keyboard.press("Enter")
    await expect(desk.page.locator(".reusable")).to_contain_text("+44 20 7946 0000")
    assert await complaints(desk.page) == []
    await begin(desk, "Telephone", "Call ")
    await desk.page.get_by_role("button", name="Snippet or variable").click()
    await expect(desk.page.locator("dialog .search-input")).to_be_focused()
    await desk.page.keyboard.type("pho")
    await expect(desk.page.locator(".picker-item")).to_have_count(1)
    assert await complaints(desk.page) == []
    await desk.page.keyboard.press("Enter")
    await expect(body_of(desk)).to_have_value("Call{{phone}}")
    await expect(desk.page.locator(".prose")).to_have_text("Call+44 20 7946 0000")
    await body_of(desk).press("Control+z")
    await expect(body_of(desk)).to_have_value("Call")


async def test_keys_mark_words_go_on_with_lists_and_put_in_links(browser: Browser, server: Server) -> None:
    desk = await a_writer(browser, server)
    await begin(desk, "Keys", "x")
    await body_of(desk).fill("")
    await desk.page.keyboard.press("Control+b")
    await desk.page.keyboard.type("bold")
    await body_of(desk).press("End")
    await desk.page.keyboard.press("Enter")
    await desk.page.keyboard.press("Control+Shift+Digit7")
    await desk.page.keyboard.type("one")
    await desk.page.keyboard.press("Enter")
    await desk.page.keyboard.press("Control+Shift+K")
    await expect(desk.page.locator("dialog .search-input")).to_be_focused()
    await desk.page.keyboard.type("bulb")
    await expect(desk.page.locator(".picker-item")).to_have_count(1)
    await desk.page.keyboard.press("Enter")
    await expect(body_of(desk)).to_have_value(
        re.compile(r"^\*\*bold\*\*\n1\. one\n2\. \[Which bulb fits my lamp\]\(article:[a-z0-9-]+\)$")
    )
    link = desk.page.locator(".prose a")
    await expect(link).to_have_attribute("href", re.compile(r"^/help/en/articles/"))
    assert desk.complaints == []


@pytest.mark.parametrize(("width", "scheme", "language"), [(1440, "light", "en"), (390, "dark", "zh")])
async def test_axe_finds_nothing_in_the_editor(
    browser: Browser, server: Server, width: int, scheme: str, language: str
) -> None:
    desk = await a_writer(browser, server, width=width)
    await desk.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    body = "## A\n\n> [!NOTE]\n> n\n\n> [!WARNING]\n> w\n\n1. one\n\n- [x] done\n\n|a|b|\n|-|-|\n|1|2|\n\n```\ncode\n```\n\n{{gone}}\n\n[x](article:gone)"
    url = await begin(desk, f"Everything {width}", body)
    await desk.page.goto(f"{url}?lang={language}")
    await expect(body_of(desk)).to_be_editable()
    await desk.page.locator(".article-tabs .tab").first.click()
    await expect(desk.page.locator(".warnings summary")).to_be_visible()
    await desk.page.locator(".warnings summary").click()
    assert await complaints(desk.page) == []
    assert await desk.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert await desk.page.locator(".sheet-form").evaluate("form => form.scrollWidth <= form.clientWidth")
    if width < 1000:
        await desk.page.locator(".pill-tab").last.click()
        await expect(desk.page.locator(".prose")).to_be_visible()
        assert await complaints(desk.page) == []


async def test_no_article_runs_or_loads_anything_even_on_a_page_without_a_policy(browser: Browser) -> None:
    page: Page = await (await browser.new_context()).new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("dialog", lambda dialog: asked.append("a dialog"))
    for around in ("{}", "<div>{}", "<table><tr><td>{}", "> - {}"):
        html = [to_html(around.format(each), Context(editor=True)).body for each in ATTACKS]
        await page.set_content("<main></main>")
        # Both ways in which a page gets it: parsed with it, and put into it later.
        await page.evaluate(
            "all => { for (const html of all) { const box = document.createElement('div'); box.innerHTML = html; document.querySelector('main').append(box); } }",
            html,
        )
        await page.set_content("<main>" + "".join(html) + "</main>")
        handlers = "all => all.flatMap(one => one.getAttributeNames().filter(name => name.startsWith('on')))"
        assert await page.locator("main *").evaluate_all(handlers) == []
        assert (
            await page.locator(
                "main :is(script, iframe, svg, math, object, embed, form, style, link, base, meta)"
            ).count()
            == 0
        )
        assert await page.locator("main a").evaluate_all(
            "all => all.every(each => /^(https?|mailto|tel|sms|about)?:/.test(each.protocol))"
        )
    assert TOUCHED not in "".join(asked)
    assert [each for each in asked if "/help/images/" not in each] == []
