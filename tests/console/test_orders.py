"""Orders over HTTP: beside a conversation, searched for, changed by agents, granted by who may, pushed by the shop."""

import asyncio
from dataclasses import replace
from typing import Any

import pytest

from bot.orders.memory import MemoryOrders
from console.auth.secret import hash_of
from console.changes.orders import add_key
from core.errors import Unavailable
from core.ids import ContactId, ConversationId
from core.merging import prove_point
from core.order import Customer, Instruction, Order, OrderDetails, OrderItem, OrderResult, OrderState
from core.ordering.importing import put_orders
from core.receive import receive_message
from core.store.conversations import peek_conversation
from core.store.tables.orders import shop_key
from tests.builders import MORNING, an_inbound
from tests.console.conftest import DEEP, Browser, Office, Serve, frame_of
from tests.core.ordering.shop import NUMBER, OLIVE, TOTAL, an_order

SECRET = "a secret of the shop"
DELIVERED = OrderState.DELIVERED


@pytest.fixture
async def ada(office: Office) -> Browser:
    return await office.browser("ada")


async def olive_says(office: Office, *, proven: bool = True) -> ConversationId:
    """She writes in the widget, and proves that the address is hers."""
    conversation = (await office.visitor_says("Hi")).conversation
    contact: ContactId = (await office.world.db.read(peek_conversation, conversation)).contact
    if proven:
        await office.world.db.run(lambda tx: prove_point(tx, contact, "email", OLIVE, how="code"))
    return conversation


async def sold(office: Office, state: OrderState = OrderState.PLACED, number: str = NUMBER) -> None:
    await office.world.db.run(put_orders, [an_order(number, state)])


async def refund(browser: Browser, conversation: str | None, key: str = "k1", **values: Any) -> Any:
    body = {"key": key, "conversation": conversation, "reason": "It flickers", **values}
    return await browser.post(f"/api/orders/{NUMBER}/refund", body)


async def waiting(browser: Browser, state: str = "waiting") -> Any:
    return await browser.get(f"/api/order-requests?state={state}")


async def test_beside_a_conversation_are_the_customers_own_orders(office: Office, ada: Browser) -> None:
    await sold(office)
    conversation = await olive_says(office)
    shown = await ada.get(f"/api/conversations/{conversation}/orders")
    assert shown["proven"]
    (order,) = shown["items"]
    assert (order["number"], order["total"], order["currency"]) == (NUMBER, TOTAL, "EUR")
    assert order["can"] == {
        "cancel": None,
        "address": None,
        "send_back": "not_delivered",
        "refund": "cancel_instead",
    }


async def test_without_proof_nothing_is_shown_and_nothing_done(office: Office, ada: Browser) -> None:
    await sold(office)
    conversation = await olive_says(office, proven=False)
    shown = await ada.get(f"/api/conversations/{conversation}/orders")
    assert shown == {"proven": False, "items": []}
    wish = {"key": "k", "conversation": conversation}
    await ada.post(f"/api/orders/{NUMBER}/cancel", wish, status=404)
    assert (await ada.get(f"/api/orders/{NUMBER}"))["order"]["state"] == "placed"


async def test_where_others_read_along_nothing_personal_is_shown(office: Office, ada: Browser) -> None:
    await sold(office)
    inbound = replace(an_inbound("Hi"), public=True)
    conversation = (await office.world.db.run(receive_message, inbound)).conversation
    contact = (await office.world.db.read(peek_conversation, conversation)).contact
    await office.world.db.run(lambda tx: prove_point(tx, contact, "email", OLIVE, how="code"))
    shown = await ada.get(f"/api/conversations/{conversation}/orders")
    assert shown == {"proven": False, "items": []}


async def test_an_agent_cancels_for_the_customer_and_the_history_names_them(
    office: Office, ada: Browser
) -> None:
    await sold(office)
    conversation = await olive_says(office)
    answer = await ada.post(f"/api/orders/{NUMBER}/cancel", {"key": "k", "conversation": conversation})
    assert (answer["result"], answer["order"]["state"]) == ("done", "cancelled")
    again = await ada.post(f"/api/orders/{NUMBER}/cancel", {"key": "k2"})
    assert (again["result"], again["refusal"]) == ("refused", "cancelled_already")
    steps = (await ada.get(f"/api/orders/{NUMBER}"))["steps"]
    assert [(each["kind"], each["source"], each["by"]) for each in steps] == [
        ("cancelled", "agent", "Ada"),
        ("imported", "shop", None),
    ]


async def test_an_address_needs_something_in_it(office: Office, ada: Browser) -> None:
    await sold(office)
    path = f"/api/orders/{NUMBER}/address"
    wrong = await ada.post(path, {"key": "k", "address": "  "}, status=422)
    assert wrong["error"]["field"] == "address"
    answer = await ada.post(path, {"key": "k", "address": "2 Oak Lane\nBerlin"})
    assert answer["order"]["address"] == "2 Oak Lane\nBerlin"


async def test_orders_are_found_by_number_or_address_page_by_page(serve: Serve, office: Office) -> None:
    orders = [an_order(f"LL-{30000 + n}") for n in range(60)]
    await office.world.db.run(put_orders, orders)
    ada = await office.browser("ada")
    first = await ada.get("/api/orders")
    second = await ada.get(f"/api/orders?cursor={first['next']}")
    numbers = [each["number"] for each in first["items"] + second["items"]]
    assert len(first["items"]) == 50
    assert sorted(numbers) == [each.number for each in orders]
    assert second["next"] is None
    found = await ada.get("/api/orders?q=30007")
    assert [each["number"] for each in found["items"]] == ["LL-30007"]
    assert len((await ada.get("/api/orders?q=OLIVE@"))["items"]) == 50
    assert (await ada.get("/api/orders?q=%25"))["items"] == []
    for cursor in ("nonsense", DEEP):
        response = await ada.call("GET", f"/api/orders?cursor={cursor}")
        assert response.status == 422


async def test_who_may_not_grant_does_not_even_see_what_waits(office: Office, ada: Browser) -> None:
    await sold(office, DELIVERED)
    answer = await refund(ada, None)
    assert answer["result"] == "awaits"
    for method, path in (("GET", ""), ("POST", "/any/accept"), ("POST", "/any/decline")):
        response = await ada.call(method, f"/api/order-requests{path}", {} if method == "POST" else None)
        assert response.status == 403


async def test_a_supervisor_grants_it_and_the_customer_reads_so(office: Office, ada: Browser) -> None:
    await sold(office, DELIVERED)
    conversation = await olive_says(office)
    await refund(ada, conversation, amount=5000)
    sue = await office.browser("sue")
    page = await waiting(sue)
    (item,) = page["items"]
    assert (page["waiting"], item["request"]["amount"], item["request"]["asked_by"]) == (1, 5000, "Ada")
    assert item["hindrance"] is None
    key = item["request"]["id"]
    assert await sue.post(f"/api/order-requests/{key}/accept", {}) == {"told": True}
    messages = (await ada.get(f"/api/conversations/{conversation}"))["messages"]
    text = messages[-1]["parts"][0]["text"]
    assert messages[-1]["author"]["kind"] == "system"
    assert "€50.00" in text
    assert NUMBER in text
    await sue.post(f"/api/order-requests/{key}/decline", {"reason": "late"}, status=409)
    assert (await waiting(sue))["items"] == []
    done = (await waiting(sue, "accepted"))["items"][0]["request"]
    assert (done["decided_by"], done["state"]) == ("Sue", "accepted")


async def test_who_declines_says_why(office: Office, ada: Browser) -> None:
    await sold(office, DELIVERED)
    conversation = await olive_says(office)
    await refund(ada, conversation)
    sue = await office.browser("sue")
    key = (await waiting(sue))["items"][0]["request"]["id"]
    wrong = await sue.post(f"/api/order-requests/{key}/decline", {"reason": " "}, status=422)
    assert wrong["error"]["field"] == "reason"
    await sue.post(f"/api/order-requests/{key}/decline", {"reason": "The warranty is over"})
    messages = (await ada.get(f"/api/conversations/{conversation}"))["messages"]
    assert messages[-1]["parts"][0]["text"].endswith("The warranty is over")


async def test_nobody_grants_their_own_and_only_an_administrator_much(office: Office) -> None:
    costly = an_order(state=DELIVERED, items=(an_order().items[0].__class__("Chandelier", 1, 90_000),))
    await office.world.db.run(put_orders, [costly])
    sue, max_ = await office.browser("sue"), await office.browser("max")
    await refund(sue, None)
    assert (await waiting(sue))["items"][0]["hindrance"] == "own_request"
    key = (await waiting(max_))["items"][0]["request"]["id"]
    await sue.post(f"/api/order-requests/{key}/decline", {"reason": "A slip"})
    await refund(max_, None, "k2")
    (item,) = (await waiting(sue))["items"]
    assert item["hindrance"] == "above_limit"
    path = f"/api/order-requests/{item['request']['id']}/accept"
    refused = await sue.post(path, {}, status=403)
    assert refused["error"]["code"] == "above_limit"
    refused = await max_.post(path, {}, status=403)
    assert refused["error"]["code"] == "own_request"


async def test_what_changes_is_told_live(office: Office, ada: Browser) -> None:
    await sold(office)
    socket = await ada.live()
    await asyncio.sleep(0)
    await ada.post(f"/api/orders/{NUMBER}/cancel", {"key": "k"})
    assert await frame_of(socket, "orders") == {"type": "orders"}
    await socket.close()


async def test_a_shop_of_somebody_else_is_asked_for_the_proven_customer_only(serve: Serve) -> None:
    details = OrderDetails(MORNING, "EUR", (OrderItem("Lamp", 1, 8900),), "1 Elm Road")
    theirs = Order(NUMBER, OrderState.PLACED, None, details)
    office = await serve(shop=MemoryOrders([theirs], {NUMBER: OLIVE}))
    ada, conversation = await office.browser("ada"), await olive_says(office, proven=False)
    path, wish = f"/api/conversations/{conversation}/orders", {"key": "k", "conversation": conversation}
    assert await ada.get(path) == {"proven": False, "items": []}
    await ada.post(f"/api/orders/{NUMBER}/cancel", wish, status=404)
    await ada.post(f"/api/orders/{NUMBER}/cancel", {"key": "k"}, status=422)
    contact = (await office.world.db.read(peek_conversation, conversation)).contact
    await office.world.db.run(lambda tx: prove_point(tx, contact, "email", OLIVE, how="code"))
    (order,) = (await ada.get(path))["items"]
    assert (order["number"], order["total"], order["state"]) == (NUMBER, 8900, "placed")
    moved = await ada.post(f"/api/orders/{NUMBER}/address", wish | {"address": "2 Oak Lane"})
    assert (moved["result"], moved["order"]["address"]) == ("done", "2 Oak Lane")
    answer = await ada.post(f"/api/orders/{NUMBER}/refund", wish)
    assert (answer["result"], answer["refusal"]) == ("refused", "cancel_instead")
    back = await ada.post(f"/api/orders/{NUMBER}/return", wish)
    assert (back["result"], back["refusal"]) == ("refused", "not_delivered")
    done = await ada.post(f"/api/orders/{NUMBER}/cancel", wish)
    assert (done["result"], done["order"]["state"]) == ("done", "cancelled")


class Silent(MemoryOrders):
    """Does what it is asked, and then tells nothing; ``mute``: not even that it did it."""

    mute = False

    async def look_up(self, number: str, customer: Customer) -> Order | None:
        raise Unavailable("the shop hangs")

    async def cancel(self, number: str, customer: Customer, instruction: Instruction) -> OrderResult:
        if self.mute:
            raise Unavailable("the shop hangs")
        return await super().cancel(number, customer, instruction)


async def test_what_was_done_at_a_shop_that_then_falls_silent_is_told_and_noted(
    serve: Serve, caplog: pytest.LogCaptureFixture
) -> None:
    details = OrderDetails(MORNING, "EUR", (OrderItem("Lamp", 1, 8900),), "1 Elm Road")
    shop = Silent([Order(NUMBER, OrderState.PLACED, None, details)], {NUMBER: OLIVE})
    office = await serve(shop=shop)
    ada, conversation = await office.browser("ada"), await olive_says(office)
    with caplog.at_level("INFO", logger="audit"):
        done = await ada.post(f"/api/orders/{NUMBER}/cancel", {"key": "k", "conversation": conversation})
        assert (done["result"], done["order"]) == ("done", None)
        shop.mute = True
        again = {"key": "k2", "conversation": conversation}
        await ada.post(f"/api/orders/{NUMBER}/cancel", again, status=503)
    told = [record.getMessage() for record in caplog.records if "order cancel" in record.getMessage()]
    assert [each.split(" by=")[0] for each in told] == ["order cancel done", "order cancel unknown"]


def pushed(**values: Any) -> dict[str, Any]:
    return {
        "number": "LL-40000",
        "state": "placed",
        "placed_at": "2026-03-01T10:00:00Z",
        "currency": "EUR",
        "items": [{"name": "Lamp", "price": 8900, "quantity": 1}],
        "address": "1 Elm Road",
        "email": OLIVE,
    } | values


async def push(office: Office, orders: list[dict[str, Any]], secret: str | None = SECRET) -> tuple[int, Any]:
    headers = {} if secret is None else {"Authorization": f"Bearer {secret}"}
    client = office.client()
    async with client.put("/api/shop/orders", json={"orders": orders}, headers=headers) as response:
        return response.status, await response.json()


async def test_a_shop_pushes_its_orders_with_its_key(office: Office, ada: Browser) -> None:
    await office.world.db.run(add_key, "shop", SECRET)
    assert await push(office, [pushed()]) == (200, {"added": 1, "changed": 0, "unchanged": 0})
    assert await push(office, [pushed(state="packed")]) == (200, {"added": 0, "changed": 1, "unchanged": 0})
    assert (await ada.get("/api/orders/LL-40000"))["order"]["state"] == "packed"
    stored = await office.world.db.read(lambda tx: tx.conn.execute(shop_key.select()).one())
    assert (stored.hash, stored.used_at) == (hash_of(SECRET), office.world.clock.now())


@pytest.mark.parametrize("secret", [None, "", "guessed", SECRET[:-1]])
async def test_without_the_key_nothing_comes_in(office: Office, ada: Browser, secret: str | None) -> None:
    await office.world.db.run(add_key, "shop", SECRET)
    status, answer = await push(office, [pushed()], secret)
    assert (status, answer["error"]["code"]) == (403, "wrong_key")
    assert (await ada.get("/api/orders"))["items"] == []


async def test_keys_are_not_guessed_for_long(office: Office) -> None:
    await office.world.db.run(add_key, "shop", SECRET)
    tries = [(await push(office, [], f"guess{n}"))[0] for n in range(25)]
    assert tries[:20] == [403] * 20
    assert tries[20:] == [429] * 5


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"number": " "}, "orders[1].number"),
        ({"number": "LL-40000"}, "orders[1].number"),
        ({"state": "lost"}, "orders[1].state"),
        ({"items": []}, "orders[1].items"),
        ({"items": [{"name": "Lamp", "price": -1}]}, "orders[1].items[0].price"),
        ({"currency": "euro"}, "orders[1].currency"),
        ({"email": "nobody"}, "orders[1].email"),
        ({"placed_at": "yesterday"}, "orders[1].placed_at"),
    ],
)
async def test_one_wrong_order_keeps_all_out_and_is_named(
    office: Office, ada: Browser, wrong: dict[str, Any], field: str
) -> None:
    await office.world.db.run(add_key, "shop", SECRET)
    status, answer = await push(office, [pushed(), pushed(**{"number": "LL-40001"} | wrong)])
    assert (status, answer["error"]["field"]) == (422, field)
    assert (await ada.get("/api/orders"))["items"] == []


async def test_an_order_that_was_changed_here_meanwhile_is_not_overwritten_unseen(office: Office) -> None:
    await office.world.db.run(add_key, "shop", SECRET)
    await push(office, [pushed()])
    status, answer = await push(office, [pushed(state="packed", version=7)])
    assert (status, answer["error"]["code"]) == (409, "changed")
