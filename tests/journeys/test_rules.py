"""Routing rules in the console: made, put in order, tried on the past, and marked where they do nothing."""

from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest
from playwright.async_api import Browser, Locator, Page, expect

from tests.journeys.access import complaints
from tests.journeys.desk import Desk, a_desk
from tests.servers.parley import Server, running_parley

pytestmark = pytest.mark.browser

ANNA = "anna@lumenandleaf.example"
"""Agent and administrator."""

CALL = """async ([method, path, body]) => {
    const session = await (await fetch("/api/session")).json();
    const answer = await fetch(path, {method, headers: {"X-CSRF-Token": session.csrf, "Content-Type": "application/json"},
        body: body === null ? undefined : JSON.stringify(body)});
    return answer.status === 204 ? null : await answer.json();
}"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with running_parley(tmp_path_factory.mktemp("rules")) as running:
        yield running


@pytest.fixture
async def desk(browser: Browser, server: Server) -> AsyncIterator[Desk]:
    """Before a company without rules."""
    opened = await a_desk(browser, server)
    await opened.sign_in(ANNA)
    await forget_rules(opened.page)
    yield opened
    await forget_rules(opened.page)


async def call(page: Page, method: str, path: str, body: Any = None) -> Any:
    return await page.evaluate(CALL, [method, path, body])


async def forget_rules(page: Page) -> None:
    for rule in (await call(page, "GET", "/api/routing/rules"))["items"]:
        await call(page, "DELETE", f"/api/routing/rules/{rule['id']}")


async def have_rule(page: Page, name: str, when: list[Any] | None = None, **gives: Any) -> str:
    """A stored rule, the last; returns its id."""
    queues = (await call(page, "GET", "/api/queues"))["items"]
    group = {"kind": "group", "match": "all", "of": when or []}
    body = {"name": name, "when": group, "gives": {"queue": queues[0]["id"], **gives}}
    made = await call(page, "POST", "/api/routing/rules", body)
    return str(made["id"])


def rows(page: Page) -> Locator:
    return page.locator(".sort-row")


async def names(page: Page) -> list[str]:
    return await rows(page).locator(".thing-name").all_inner_texts()


async def add_condition(page: Page, kind: str) -> Locator:
    """By the menu; the row that comes has the focus."""
    before = await page.locator(".cond").count()
    await page.get_by_role("button", name="Add a condition").first.click()
    await page.get_by_role("menuitem", name=kind).click()
    await expect(page.locator(".cond")).to_have_count(before + 1)
    await expect(page.locator(".cond").last.locator(".cond-kind")).to_be_focused()
    return page.locator(".cond").last


async def test_a_rule_is_made_by_the_keys_and_reads_as_a_sentence(desk: Desk) -> None:
    page = desk.page
    await desk.go("/admin/rules")
    await page.get_by_role("button", name="Add a rule").first.click()
    await page.locator("input[name=name]").fill("Refunds in Chinese")
    language = await add_condition(page, "Language")
    await language.locator("input").fill("zh")
    await language.locator("input").press("Enter")
    words = await add_condition(page, "Words")
    await words.locator("input").fill("refund*")
    await words.locator("input").press("Enter")
    await page.locator(".cond-way").last.select_option("none")
    await page.locator("select[name='gives.queue']").select_option(index=1)
    await page.locator("input[name='gives.priority']").fill("5")
    sentence = page.locator(".means").first
    await expect(sentence).to_contain_text(
        "When the language is Chinese and it does not have the words “refund*”"
    )
    await expect(sentence).to_contain_text("its priority rises by 5")
    assert await complaints(page) == []
    await page.get_by_role("button", name="Save", exact=True).click()
    await expect(rows(page)).to_have_count(1)
    await expect(rows(page)).to_contain_text("Refunds in Chinese")
    stored = (await call(page, "GET", "/api/routing/rules"))["items"][0]
    assert [each["kind"] for each in stored["when"]["of"]] == ["language", "group"]
    assert stored["gives"]["priority"] == 5
    await page.locator(".rule-open").click()
    await expect(page.locator("input[name=name]")).to_have_value("Refunds in Chinese")
    await expect(page.locator(".cond")).to_have_count(2)
    assert desk.complaints == []


async def test_rules_change_places_by_the_arrow_keys_and_by_the_mouse(desk: Desk) -> None:
    page = desk.page
    for name in ("One", "Two", "Three"):
        await have_rule(page, name, [{"kind": "text", "words": [name]}])
    await desk.go("/admin/rules")
    await expect(rows(page)).to_have_count(3)
    handle = page.get_by_role("button", name="Move One, number 1 of 3")
    await handle.focus()
    await page.keyboard.press("ArrowDown")
    assert await names(page) == ["Two", "One", "Three"]
    await expect(page.get_by_role("status").filter(has_text="One is now number 2 of 3.")).to_have_count(1)
    await expect(page.get_by_role("button", name="Move One, number 2 of 3")).to_be_focused()
    await page.keyboard.press("End")
    assert await names(page) == ["Two", "Three", "One"]
    await drag(page, "Move One", rows(page).first)
    assert await names(page) == ["One", "Two", "Three"]
    await page.get_by_role("button", name="Move One").click()
    await page.get_by_role("menuitem", name="Down").click()
    assert await complaints(page) == []
    await page.get_by_role("button", name="Save changes").click()
    await expect(page.locator(".unsaved")).to_have_count(0)
    await page.reload()
    await expect(rows(page)).to_have_count(3)
    assert await names(page) == ["Two", "One", "Three"]
    assert desk.complaints == []


async def drag(page: Page, handle: str, onto: Locator) -> None:
    """By its handle to the upper part of another row."""
    grip = await page.get_by_role("button", name=handle).bounding_box()
    goal = await onto.bounding_box()
    assert grip is not None
    assert goal is not None
    await page.mouse.move(grip["x"] + grip["width"] / 2, grip["y"] + grip["height"] / 2)
    await page.mouse.down()
    await page.mouse.move(grip["x"] + 5, goal["y"] + 30, steps=4)
    await page.mouse.move(grip["x"] + 5, goal["y"] + 5, steps=4)
    await page.mouse.up()


async def test_a_rule_is_switched_off_and_on_again(desk: Desk) -> None:
    page = desk.page
    await have_rule(page, "One")
    await desk.go("/admin/rules")
    switch = page.get_by_role("switch", name="One: in use")
    await switch.click()
    await page.get_by_role("button", name="Save changes").click()
    await expect(page.locator(".unsaved")).to_have_count(0)
    assert (await call(page, "GET", "/api/routing/rules"))["items"][0]["enabled"] is False
    await switch.click()
    await page.get_by_role("button", name="Discard").click()
    await expect(switch).not_to_be_checked()


async def test_rules_are_tried_on_the_past_before_they_are_saved(desk: Desk) -> None:
    page = desk.page
    await desk.go("/admin/rules/new")
    await page.locator("input[name=name]").fill("Everything")
    await page.locator("select[name='gives.queue']").select_option(index=1)
    await page.get_by_label("Period").select_option("90")
    await page.get_by_role("button", name="Try", exact=True).click()
    result = page.locator(".dry-result")
    await expect(result).to_be_visible()
    await expect(result.locator("tbody tr").first).to_contain_text("Everything")
    item = page.locator(".dry-item").first
    await item.get_by_role("button").click()
    await expect(item.locator(".trace")).to_contain_text("Everything")
    await expect(item.locator(".trace")).to_contain_text("decided")
    assert await complaints(page) == []
    assert (await call(page, "GET", "/api/routing/rules"))["items"] == []
    await page.locator("input[name='gives.priority']").fill("7")
    await expect(page.locator(".dry .notice-warn")).to_be_visible()
    assert desk.complaints == []


async def test_a_rule_that_is_never_reached_says_which_one_stands_before_it(desk: Desk) -> None:
    page = desk.page
    await have_rule(page, "Takes everything")
    await have_rule(page, "Comes too late", [{"kind": "language", "any_of": ["zh"]}])
    await desk.go("/admin/rules")
    late = rows(page).nth(1)
    await expect(late.locator(".chip-warn")).to_have_text("never reached")
    await expect(late).to_contain_text("“Takes everything” before it takes every conversation")
    assert await complaints(page) == []
    await late.locator(".rule-open").click()
    await expect(page.locator(".notice-warn")).to_contain_text("Takes everything")


async def test_a_rule_rules_somebody_out_and_lets_them_in_again(desk: Desk) -> None:
    page = desk.page
    await desk.go("/admin/rules/new")
    await page.locator("input[name=name]").fill("Never to one")
    never = page.get_by_role("group", name="Never to", exact=True)
    await never.locator("select").select_option(index=1)
    name = (await never.locator(".picked").inner_text()).strip()
    await expect(page.locator(".means").first).to_have_text(
        f"For every conversation: it never goes to {name}."
    )
    assert await complaints(page) == []
    await page.get_by_role("button", name="Save", exact=True).click()
    await expect(rows(page)).to_contain_text(f"it never goes to {name}")
    [stored] = (await call(page, "GET", "/api/routing/rules"))["items"]
    assert len(stored["gives"]["exclude"]) == 1
    await page.locator(".rule-open").click()
    await never.get_by_role("button", name=f"Remove {name}").click()
    await page.get_by_role("button", name="Save", exact=True).click()
    await expect(page.locator(".field-error")).to_contain_text("agents who never get it")


async def test_what_is_refused_is_told_at_its_field(desk: Desk) -> None:
    page = desk.page
    await desk.go("/admin/rules/new")
    await page.locator("select[name='gives.queue']").select_option(index=1)
    await page.get_by_role("button", name="Save", exact=True).click()
    name = page.locator("input[name=name]")
    await expect(name).to_be_focused()
    await expect(name).to_have_attribute("aria-invalid", "true")
    await name.fill("Refunds")
    row = await add_condition(page, "Words")
    await page.get_by_role("button", name="Save", exact=True).click()
    await expect(row.locator(".field-error")).to_have_text("Something is missing here.")
    await expect(row.locator("input")).to_be_focused()
    assert await complaints(page) == []
    await row.locator("input").fill("refund*")
    await row.locator("input").press("Enter")
    await expect(row.locator(".field-error")).to_have_count(0)
    await page.get_by_role("button", name="Save", exact=True).click()
    await expect(rows(page)).to_have_count(1)


async def test_work_that_nobody_could_take_is_told_on_the_rules_and_on_the_status_page(desk: Desk) -> None:
    page = desk.page
    skill = await call(page, "POST", "/api/skills", {"name": "Juggling"})
    await have_rule(page, "For jugglers", ladder={"required": [{"skill": skill["id"], "level": 5}]})
    for path in ("/admin/rules", "/status"):
        await desk.go(path)
        await expect(page.locator(".notice-bad")).to_contain_text("Juggling at 5")
        assert await complaints(page) == []
    await page.get_by_role("link", name="Open the rule", exact=True).click()
    await expect(page.locator("input[name=name]")).to_have_value("For jugglers")
    await forget_rules(page)
    await call(page, "DELETE", f"/api/skills/{skill['id']}")


@pytest.mark.parametrize(
    ("width", "language", "scheme"),
    [(390, "zh", "dark"), (390, "ar-XB", "light"), (1440, "zh", "light"), (1440, "en", "dark")],
)
async def test_the_pages_fit_and_are_fit_for_everybody(
    desk: Desk, browser: Browser, server: Server, width: int, language: str, scheme: Any
) -> None:
    when = [
        {
            "kind": "group",
            "match": "any",
            "of": [{"kind": "language", "any_of": ["zh"]}, {"kind": "text", "words": ["a"]}],
        },
        {"kind": "time", "zone": "Europe/Berlin", "days": [0, 1], "start": "18:00", "end": "24:00"},
    ]
    agents = (await call(desk.page, "GET", "/api/agents"))["items"]
    id = await have_rule(desk.page, "One", when, priority=3, exclude=[each["id"] for each in agents[:3]])
    narrow = await a_desk(browser, server, width=width)
    await narrow.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    await narrow.sign_in(ANNA)
    for path, mark in (("/admin/rules", ".sort-row"), (f"/admin/rules/{id}", ".cond")):
        await narrow.go(f"{path}?lang={language}")
        await expect(narrow.page.locator(mark).first).to_be_visible()
        assert await narrow.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        # The foot stays in view; what it stands over at this moment can be scrolled from under it.
        await narrow.page.evaluate(
            "document.querySelector('.rule-foot')?.style.setProperty('position', 'static')"
        )
        assert await complaints(narrow.page) == []
    assert narrow.complaints == []


async def test_what_somebody_else_saved_in_between_is_not_overwritten_but_shown_beside_ones_own(
    desk: Desk,
) -> None:
    page = desk.page
    ask = {"name": "Evenings", "members": []}
    made = await call(page, "POST", "/api/queues", ask)
    await desk.go("/admin/queues")
    await page.locator(".thing-open", has_text="Evenings").click()
    dialog = page.get_by_role("dialog")
    await dialog.locator("input[name=name]").fill("Mine")
    await call(page, "PUT", f"/api/queues/{made['id']}", ask | {"name": "Theirs", "version": made["version"]})
    await dialog.get_by_role("button", name="Save", exact=True).click()
    await expect(dialog.locator(".notice-bad")).to_contain_text("Somebody else saved this meanwhile")
    assert await complaints(page) == []
    await dialog.get_by_role("button", name="Show what is stored now").click()
    await expect(dialog.locator("input[name=name]")).to_have_value("Theirs")
    await expect(dialog.locator(".newer-mine")).to_contain_text("Mine")
    assert await complaints(page) == []
    await dialog.locator("input[name=name]").fill("Ours")
    await dialog.get_by_role("button", name="Save", exact=True).click()
    await expect(page.locator(".thing-name", has_text="Ours")).to_have_count(1)
    await call(page, "DELETE", f"/api/queues/{made['id']}")


async def test_another_policy_brings_its_usual_choice_and_guard(desk: Desk) -> None:
    page = desk.page
    await desk.go("/admin/queues")
    await page.locator(".thing-open").first.click()
    dialog = page.get_by_role("dialog")
    await expect(dialog.locator("select[name=choice]")).to_have_value("least_cost")
    await dialog.locator("select[name=policy]").select_option("strict")
    await expect(dialog.locator("select[name=choice]")).to_have_value("longest_idle")
    await expect(dialog.locator("input[name=guard]")).to_have_value("")
    await dialog.locator("select[name=policy]").select_option("index")
    await expect(dialog.locator("input[name=guard]")).to_have_value("6")
