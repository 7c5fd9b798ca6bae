"""The sample's inboxes: the shop's widget, a chat page, and a Telegram bot that waits, switched off, for a token of yours."""

from sqlalchemy import insert, update

from core.events import SETTINGS_TOPIC, SettingsChanged
from core.ids import InboxId
from core.inbox import BotMode, stored_bot
from core.store.tables import people
from core.store.tx import Tx

WEB = InboxId("web")
CHAT = InboxId("chat")
TELEGRAM = InboxId("telegram")
COLOUR = "#2f6b4f"
GREETING = {
    "en": "Hello! Ask me anything about your order, our lamps or your plants.",
    "zh": "您好！订单、灯具、植物养护，有问题都可以问我。",
}
QUESTIONS = (
    {
        "key": "order",
        "label": {"en": "Order number, if you have one", "zh": "订单号（如有）"},
        "kind": "text",
        "required": False,
    },
)


def add_inboxes(tx: Tx, queue: str) -> None:
    """All of them take messages in, until ``settle_inboxes``."""
    looks: dict[str, object] = {
        "origins": (),
        "color": COLOUR,
        "position": "right",
        "greeting": GREETING,
        "languages": ("en", "zh"),
    }
    page = {**looks, "questions": QUESTIONS, "rating": True, "articles": True}
    for id, kind, name, bot, config in (
        (WEB, "widget", "Lumen & Leaf", BotMode.ANSWER, {**looks, "rating": True, "articles": True}),
        (CHAT, "chat", "Lumen & Leaf chat", BotMode.OFF, page),
        (TELEGRAM, "telegram", "Lumen & Leaf on Telegram", BotMode.OFF, {}),
    ):
        values = {"id": id, "kind": kind, "name": name, "enabled": True, "queue_id": queue, "config": config}
        tx.conn.execute(insert(people.inbox).values(**values, **stored_bot(bot), created_at=tx.now))
        tx.emit(SETTINGS_TOPIC, SettingsChanged("inbox", id))


def settle_inboxes(tx: Tx) -> None:
    """A bot without a token cannot run: it stays off until an administrator gives one. The bot answers on the page."""
    chat = update(people.inbox).where(people.inbox.c.id == CHAT)
    tx.conn.execute(chat.values(**stored_bot(BotMode.ANSWER)))
    telegram = update(people.inbox).where(people.inbox.c.id == TELEGRAM)
    tx.conn.execute(telegram.values(enabled=False, **stored_bot(BotMode.ANSWER)))
