"""A mailbox in the office, and people who write to it."""

from dataclasses import replace
from typing import Any

from core.contact import Sender
from core.message import Delivery, DeliveryState, Envelope, Exact, Party
from core.receive import Received, receive_message
from core.reply import set_delivery
from core.store.tx import Tx
from tests.builders import an_inbound, an_inbox
from tests.console.conftest import Browser, Office

_ANY = frozenset(DeliveryState)


def a_mailbox(tx: Tx) -> None:
    an_inbox(tx, "mail", kind="email", bot=False)


def _letter(tx: Tx, key: str, thread: str, sender: str) -> Received:
    address = f"{sender}@example.org"
    inbound = replace(
        an_inbound(f"letter {key}", key=key, inbox="mail"),
        sender=Sender("email", address, verified=True, name=sender.title()),
        thread=Exact(thread),
        others=(Sender("email", "carl@example.org", verified=False, name="Carl"),)
        if sender == "alice"
        else (),
        envelope=Envelope(f"About {key}", Party(address, sender.title())),
    )
    return receive_message(tx, inbound)


async def letter(office: Office, key: str, *, thread: str = "t", sender: str = "alice") -> Received:
    """A mail, a minute after the one before; carl reads along when alice writes."""
    office.world.clock.forward(60)
    return await office.world.db.run(_letter, key, thread, sender)


async def held(browser: Browser, received: Received) -> str:
    """Taken by whoever browses; the conversation's address."""
    path = f"/api/conversations/{received.conversation}"
    await browser.post(f"{path}/take")
    return path


async def replied(office: Office, browser: Browser, path: str, key: str, **more: Any) -> dict[str, Any]:
    """Sent at once, as a channel would."""
    ask = {"key": key, "kind": "reply", "text": f"reply {key}"} | more
    stored: dict[str, Any] = await browser.post(f"{path}/messages", ask, status=201)
    await delivery(office, stored["id"], DeliveryState.SENT)
    return stored


async def delivery(office: Office, message: Any, state: DeliveryState, reason: str | None = None) -> None:
    assert await office.world.db.run(set_delivery, message, Delivery(state, reason), _ANY)


def texts(detail: dict[str, Any]) -> list[str]:
    """What is said, as the page has it."""
    return [message["parts"][0]["text"] for message in detail["messages"]]


async def code(browser: Browser, method: str, path: str, body: Any = None) -> tuple[int, str]:
    """How it was refused."""
    response = await browser.call(method, path, body)
    return response.status, (await response.json())["error"]["code"]
