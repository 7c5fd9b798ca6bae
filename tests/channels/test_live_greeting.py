"""Who opens a chat is told that a bot answers there."""

from tests.channels.shop import Shop


async def test_where_a_bot_answers_it_says_so_to_who_opens_the_chat(shop: Shop) -> None:
    visitor = await shop.visit(language="zh-CN")
    assert "自动助手" in visitor.welcome["inbox"]["greeting"]
    await shop.bot_off()
    visitor = await shop.visit(language="zh-CN")
    assert visitor.welcome["inbox"]["greeting"] == ""
