"""Orders in a real browser: beside a conversation and on their own page, and a refund that a supervisor grants."""

from collections.abc import Iterator

import pytest
from playwright.async_api import Browser, expect

from tests.journeys.access import complaints
from tests.journeys.desk import Desk, a_desk
from tests.servers.parley import Server, running_parley

pytestmark = pytest.mark.browser

LEAH = "leah@lumenandleaf.example"
"""Supervisor."""
SARA = "sara@lumenandleaf.example"
"""Agent."""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with running_parley(tmp_path_factory.mktemp("orders")) as running:
        yield running


async def amaras(desk: Desk) -> None:
    """In front of the conversation of a customer whom her site has signed in."""
    await desk.go("/inbox/all?status=any")
    await desk.page.get_by_text("Amara Diallo").first.click()
    await expect(desk.page.locator(".own-order").first).to_be_visible()


async def test_an_agent_cancels_an_order_beside_the_conversation(browser: Browser, server: Server) -> None:
    desk = await a_desk(browser, server)
    await desk.sign_in(SARA)
    await amaras(desk)
    order = desk.page.locator(".own-order").filter(has_text="LL-20431")
    await order.locator(".own-order-head").click()
    await expect(order).to_contain_text("Harbour table lamp")
    assert await complaints(desk.page) == []
    await order.get_by_role("button", name="Cancel order").click()
    await desk.page.get_by_role("dialog").get_by_role("button", name="Cancel order").click()
    await expect(order.locator(".own-order-name")).to_contain_text("Cancelled")
    await expect(order.get_by_role("button", name="Cancel order")).to_have_count(0)


async def test_without_proof_no_orders_are_shown(browser: Browser, server: Server) -> None:
    desk = await a_desk(browser, server)
    await desk.sign_in(SARA)
    await desk.go("/inbox/all?status=any")
    await desk.page.get_by_text("Marta Silva").first.click()
    await expect(desk.page.locator(".panel")).to_contain_text("Nothing proves who this is")


async def test_a_supervisor_grants_a_refund_and_the_customer_is_told(
    browser: Browser, server: Server
) -> None:
    watching = await a_desk(browser, server)
    await watching.sign_in(SARA)
    await amaras(watching)
    desk = await a_desk(browser, server)
    await desk.sign_in(LEAH)
    await desk.go("/orders/refunds")
    refund = desk.page.locator(".refund").filter(has_text="LL-19874")
    await expect(refund).to_contain_text("€102.00")
    assert await complaints(desk.page) == []
    await refund.get_by_role("button", name="Grant").click()
    await desk.page.get_by_role("dialog").locator("textarea").fill("Sorry for the shade.")
    await desk.page.get_by_role("dialog").get_by_role("button", name="Grant").click()
    await expect(refund).to_have_count(0)
    await expect(watching.entries).to_contain_text("Your refund of €102.00 for order LL-19874 is granted")
    order = watching.page.locator(".own-order").filter(has_text="LL-19874")
    await expect(order.get_by_text("Waits for approval")).to_have_count(0)
    assert desk.complaints == watching.complaints == []


async def test_an_order_is_found_by_its_number_with_its_history_on_a_small_screen(
    browser: Browser, server: Server
) -> None:
    desk = await a_desk(browser, server, width=390)
    await desk.sign_in(LEAH)
    await desk.go("/orders")
    await desk.page.locator("input[type=search]").fill("48213")
    await expect(desk.page.locator(".order-row")).to_have_count(1)
    assert await complaints(desk.page) == []
    await desk.page.locator(".order-row").click()
    history = desk.page.locator(".order-steps")
    await expect(history).to_contain_text("Refund granted")
    await expect(history).to_contain_text("Leah Okafor")
    assert await complaints(desk.page) == []
    assert await desk.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    await desk.page.keyboard.press("Escape")
    await expect(history).to_have_count(0)
