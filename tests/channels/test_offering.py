"""A visitor's own history, articles while they type, and the page they are on."""

from pathlib import Path

import pytest

from channels.live.history import Whose, own_conversation, own_conversations
from channels.live.page import page_address
from channels.live.settings import LiveSettings, OfferSettings
from core import lifecycle
from core.conversation import AssignedTo, Waiting
from core.errors import Invalid, NotFound, TooOften
from core.ids import AgentId, ConversationId, InboxId
from core.message import ByAgent, Text
from core.reply import add_note
from core.store.conversations import get_conversation, get_inbox
from core.store.tx import Tx
from tests.channels.around import an_article
from tests.channels.shop import Shop, Visitor, a_shop

WEB = InboxId("web")
ADDRESS = "192.0.2.7"


def whose(visitor: Visitor, inbox: str = "web") -> Whose:
    return Whose(InboxId(inbox), visitor.session.split(".")[1])


async def talked(shop: Shop, visitor: Visitor, text: str, *, answer: str | None = None) -> str:
    """A conversation that was had and closed."""
    known = str((await visitor.say(text, key=text))["conversation"])
    if answer is not None:
        await shop.answer(known, answer, key=text)
    await shop.world.db.run(_close, known)
    shop.world.clock.forward(60)
    return known


async def test_a_visitor_sees_their_own_conversations_newest_first_with_the_newest_words(shop: Shop) -> None:
    visitor, other = await shop.visit(), await shop.visit()
    first = await talked(shop, visitor, "Is it in stock?", answer="Yes, ten of them.")
    await talked(shop, other, "Somebody else's")
    second = str((await visitor.say("And the blue one?", key="k2"))["conversation"])
    found = await shop.world.db.read(own_conversations, whose(visitor), 20)
    assert [(each.id, each.status, each.text, each.author) for each in found.items] == [
        (second, "open", "And the blue one?", "contact"),
        (first, "closed", "Yes, ten of them.", "bot"),
    ]
    assert found.next is None


async def test_neither_a_note_nor_what_has_not_left_nor_an_inner_state_shows(shop: Shop) -> None:
    visitor = await shop.visit()
    known = ConversationId((await visitor.say("Hello?"))["conversation"])
    await shop.world.db.run(_hold, known)
    await shop.world.db.run(add_note, known, AgentId("ada"), (Text("A difficult one."),), "n1")
    await shop.queue(known, "Not sent yet", author=ByAgent(AgentId("ada")))
    [item] = (await shop.world.db.read(own_conversations, whose(visitor), 20)).items
    assert (item.text, item.status) == ("Hello?", "open")


async def test_a_long_history_comes_by_page(shop: Shop) -> None:
    visitor = await shop.visit()
    known = [await talked(shop, visitor, f"No. {each}") for each in range(5)]
    seen: list[str] = []
    cursor = None
    for _ in range(3):
        page = await shop.world.db.read(own_conversations, whose(visitor), 2, cursor)
        seen += [each.id for each in page.items]
        cursor = page.next
    assert (seen, cursor) == (known[::-1], None)


async def test_nobody_reaches_a_conversation_that_is_not_theirs(shop: Shop) -> None:
    visitor, thief = await shop.visit(), await shop.visit()
    known = await talked(shop, visitor, "Mine")
    assert await shop.world.db.read(own_conversation, whose(visitor), known) == known
    for stranger in (whose(thief), whose(visitor, "app")):
        with pytest.raises(NotFound):
            await shop.world.db.read(own_conversation, stranger, known)
        assert (await shop.world.db.read(own_conversations, stranger, 20, known)).items == ()


async def test_articles_that_may_answer_are_suggested_in_their_language(shop: Shop) -> None:
    await shop.configure(articles=True)
    shop.around.articles = [
        an_article("Returns"),
        an_article("Unlikely", probability=0.1),
        an_article("退货", language="zh"),
    ]
    inbox = await shop.world.db.read(get_inbox, WEB)
    suggest = shop.part.live.offering.suggest
    found = await suggest(inbox, "How do I ret", "en", ADDRESS)
    assert [(each.title, each.excerpt, each.url) for each in found.items] == [
        ("Returns", "About Returns.", None)
    ]
    assert [each.title for each in (await suggest(inbox, "退货", "zh", ADDRESS)).items] == ["退货"]
    assert (await suggest(inbox, " h ", "en", ADDRESS)).items == ()
    with pytest.raises(Invalid, match="at most 300"):
        await suggest(inbox, "x" * 301, "en", ADDRESS)


async def test_articles_are_suggested_where_the_inbox_does_so_only(shop: Shop) -> None:
    inbox = await shop.world.db.read(get_inbox, WEB)
    with pytest.raises(Invalid) as refused:
        await shop.part.live.offering.suggest(inbox, "returns", "en", ADDRESS)
    assert refused.value.code == "not_offered"


async def test_who_asks_for_too_many_suggestions_hears_when_to_come_again(tmp_path: Path) -> None:
    settings = LiveSettings(offers=OfferSettings(suggest_burst=2, suggest_per_s=0.5, inbox_suggest_burst=3))
    async with a_shop(tmp_path, settings) as shop:
        await shop.configure(articles=True)
        inbox = await shop.world.db.read(get_inbox, WEB)
        suggest = shop.part.live.offering.suggest
        for _ in range(2):
            await suggest(inbox, "returns", "en", ADDRESS)
        with pytest.raises(TooOften) as refused:
            await suggest(inbox, "returns", "en", ADDRESS)
        assert refused.value.retry_after_s == 2
        await suggest(inbox, "returns", "en", "192.0.2.8")
        with pytest.raises(TooOften):
            await suggest(inbox, "returns", "en", "192.0.2.9")


@pytest.mark.parametrize(
    ("given", "known"),
    [
        ("https://shop.example/a?b=c#d", "https://shop.example/a?b=c"),
        ("http://ada:secret@shop.example:8080/", "http://shop.example:8080/"),
        ("https://[2001:db8::1]/x", "https://[2001:db8::1]/x"),
        (" https://SHOP.example/\u202etxt ", "https://shop.example/txt"),
        ("https://shop.example/" + "x" * 900, "https://shop.example/" + "x" * 479),
        ("javascript:alert(1)", None),
        ("file:///etc/passwd", None),
        ("https://", None),
        ("https://shop.example:99999/", None),
        ("//shop.example/", None),
        ("", None),
    ],
)
def test_the_address_of_a_page_is_one_of_the_web_and_tells_no_secret_of_its_form(
    given: str, known: str | None
) -> None:
    assert page_address(given) == known


def _hold(tx: Tx, known: ConversationId) -> None:
    held = lifecycle.change(tx, get_conversation(tx, known), handler=AssignedTo(AgentId("ada")))
    lifecycle.change(tx, held, status=Waiting())


def _close(tx: Tx, known: str) -> None:
    lifecycle.close(tx, get_conversation(tx, ConversationId(known)))
