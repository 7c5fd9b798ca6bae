"""A visitor proves their Telegram account: the bot tells the code to who opens the link, and they type it in the chat."""

import re

from sqlalchemy import select

from channels.telegram.receiving.boxes import begin
from core.ids import InboxId
from core.store.conversations import find_point
from core.store.tables.conversation import conversation
from core.store.tx import Tx
from tests.channels.shop import Shop
from tests.contracts.telegram import HEADER, TelegramDriver
from tests.servers.telegram import TOKEN, Person

ANN = Person(7001, "Ann")
TELE = InboxId("tele")


async def opened(shop: Shop, driver: TelegramDriver, start: str) -> str:
    """What the bot says to Ann, who pressed Start on its page."""
    update = driver.bot.says(ANN, f"/start {start}", driver.bot.private(ANN))
    update["message"]["entities"] = [{"type": "bot_command", "offset": 0, "length": 6}]
    hook = shop.part.receiving.hooks.of(TELE)
    assert hook is not None
    path = hook.url.removeprefix("https://parley.example")
    async with shop.client.post(path, json=update, headers={HEADER: hook.secret}) as answer:
        assert answer.status == 200
    await shop.world.relay.drain()
    return str(driver.bot.sent[-1]["text"])


async def test_the_code_that_the_bot_tells_proves_the_account(shop: Shop) -> None:
    driver = TelegramDriver(shop)
    await driver.ready()
    await shop.configure("web", telegram="tele")
    visitor = await shop.visit()
    assert visitor.welcome["inbox"]["offers"]["prove"] == ["telegram"]
    await visitor.send("prove", kind="telegram", address=None)
    assert (await visitor.until("error"))["code"] == "unavailable"

    await shop.world.db.run(begin, TELE, int(TOKEN.partition(":")[0]), "lumen_bot")
    await visitor.send("prove", kind="telegram", address=None)
    proving = await visitor.until("proving")
    link = re.fullmatch(r"https://t\.me/lumen_bot\?start=(v_[\w-]{20,62})", proving["link"])
    assert link is not None
    words = await opened(shop, driver, link[1])
    [code] = re.findall(r"^(\d{6})$", words, re.MULTILINE)
    assert await shop.world.db.read(_verified) is False
    await visitor.send("code", proof=proving["proof"], code=code)
    proven = await visitor.until("proven")
    assert (proven["kind"], proven["address"]) == ("telegram", "7001")
    assert await shop.world.db.read(_verified) is True
    # Pressing Start for a code is no conversation with anybody of ours.
    assert await shop.world.db.read(_conversations) == 0


async def test_a_link_that_is_over_tells_no_code(shop: Shop) -> None:
    driver = TelegramDriver(shop)
    await driver.ready()
    await shop.configure("web", telegram="tele")
    assert not re.search(r"\d{6}", await opened(shop, driver, "v_nobody_asked_for_this_one"))


def _verified(tx: Tx) -> bool:
    point = find_point(tx, "telegram", "7001")
    return point is not None and point.verified


def _conversations(tx: Tx) -> int:
    return len(tx.conn.execute(select(conversation.c.id)).all())
