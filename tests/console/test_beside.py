"""Articles beside a conversation over HTTP: suggested, put into replies and measured, flagged and proposed."""

from typing import Any

import pytest
from sqlalchemy import select, update

from core.answer import Audience
from core.ids import ArticleId, MessageId
from core.receive import receive_message
from core.store.tables.knowledge import article, revision
from core.store.tables.loop import article_flag, article_insertion, article_source, article_use, gap
from core.store.tables.people import contact
from core.store.tx import Tx
from knowledge import library, using
from knowledge.beside import inserting
from knowledge.beside.keeping import Kept
from knowledge.using import Use, Used
from tests.builders import an_inbound
from tests.console.beside import LINK, PLAIN, a_talk, finder, published_returns
from tests.console.conftest import Browser, Office


def _rows(tx: Tx, table: Any) -> list[Any]:
    return list(tx.conn.execute(select(table)))


async def rows(office: Office, table: Any) -> list[Any]:
    return await office.world.db.read(_rows, table)


@pytest.fixture
async def returns(office: Office) -> ArticleId:
    return await published_returns(office)


async def refused(browser: Browser, path: str) -> int:
    return (await browser.call("GET", path)).status


async def test_articles_are_suggested_for_what_the_customer_said_lately(
    office: Office, returns: ArticleId
) -> None:
    ada, talk = await office.browser(), await a_talk(office, "I bought a lamp for my mother.")
    await office.visitor_says("How long may I return it for?", key="m2")
    found = await ada.get(f"{talk}/articles")
    second = "How long may I return it for?"
    assert found["asked"] == [second, f"{second} I bought a lamp for my mother."]
    assert finder(office).asked == found["asked"]
    (item,) = found["items"]
    assert (item["article"], item["url"], item["caution"]) == (returns, f"{LINK}{returns}", None)


async def test_thanks_ask_for_nothing_and_what_is_unlikely_is_not_shown(
    office: Office, returns: ArticleId
) -> None:
    ada, talk = await office.browser(), await a_talk(office, "Thank you!")
    assert (await ada.get(f"{talk}/articles"))["items"] == []
    await office.visitor_says("And how do I pay for a lamp?", key="m2")
    finder(office).probability = 0.1
    assert (await ada.get(f"{talk}/articles"))["items"] == []
    assert await refused(ada, "/api/conversations/none/articles") == 404


async def test_what_an_agent_is_shown_counts_once_however_often_their_page_asks(
    office: Office, returns: ArticleId
) -> None:
    ada, talk = await office.browser(), await a_talk(office)
    for _ in range(3):
        await ada.get(f"{talk}/articles")
    (used,) = await rows(office, article_use)
    assert (used.kind, used.count, used.number) == ("shown", 1, 1)


@pytest.mark.parametrize(
    ("audience", "brands", "caution"),
    [
        (Audience.AGENTS, (), "agents"),
        (Audience.SIGNED_IN, (), "signed_in"),
        (Audience.PUBLIC, ("north",), "brand"),
        (Audience.PUBLIC, (), None),
    ],
)
async def test_agents_are_warned_of_what_the_customer_may_not_read(
    office: Office, returns: ArticleId, audience: Audience, brands: tuple[str, ...], caution: str | None
) -> None:
    ada, talk = await office.browser(), await a_talk(office)
    finder(office).audience, finder(office).brands = audience, brands

    def file(tx: Tx) -> None:
        tx.conn.execute(update(article).values(audience=audience.value, brands=brands))

    await office.world.db.run(file)
    assert (await ada.get(f"{talk}/articles"))["items"][0]["caution"] == caution
    conversation = talk.rpartition("/")[2]
    searched = await ada.get(f"/api/knowledge/search?q=lamp&conversation={conversation}")
    assert searched["items"][0]["caution"] == caution
    assert (await ada.get("/api/knowledge/search?q=lamp"))["items"][0]["caution"] is None
    ask = {"article": returns, "language": "en", "how": "text"}
    assert (await ada.post(f"{talk}/insertions", ask, status=201))["caution"] == caution


async def test_an_article_goes_into_a_reply_as_plain_text_or_as_a_link(
    office: Office, returns: ArticleId
) -> None:
    ada, talk = await office.browser(), await a_talk(office)
    ask = {"article": returns, "language": "zh", "how": "text"}
    taken = await ada.post(f"{talk}/insertions", ask, status=201)
    assert (taken["text"], taken["language"], taken["revision"]) == (PLAIN, "en", 1)
    linked = await ada.post(f"{talk}/insertions", ask | {"how": "link"}, status=201)
    assert linked["text"] == f"Returns\n{LINK}{returns}"


async def test_what_is_not_published_is_not_inserted(office: Office, returns: ArticleId) -> None:
    ada, talk = await office.browser(), await a_talk(office)
    await office.world.db.run(library.unpublish, returns, "en")
    ask = {"article": returns, "language": "en", "how": "text"}
    for how in ("text", "link"):
        refused = await ada.post(f"{talk}/insertions", ask | {"how": how}, status=404)
        assert refused["error"]["code"] == "not_found"


async def test_what_is_archived_is_not_inserted(office: Office, returns: ArticleId) -> None:
    ada, talk = await office.browser(), await a_talk(office)

    def archive(tx: Tx) -> None:
        tx.conn.execute(update(article).values(archived_at=tx.now))

    await office.world.db.run(archive)
    ask = {"article": returns, "language": "en", "how": "text"}
    await ada.post(f"{talk}/insertions", ask, status=404)


async def test_two_who_look_at_once_what_became_of_it_count_it_once(
    office: Office, returns: ArticleId
) -> None:
    ada, talk = await office.browser(), await a_talk(office)
    message = MessageId(await given(ada, talk, returns))

    def unlooked(tx: Tx) -> None:
        tx.conn.execute(update(article_insertion).values(edited=None))
        tx.conn.execute(update(article_use).values(count=0))

    await office.world.db.run(unlooked)
    sent = [(each, Kept.AS_IT_WAS) for each in await office.world.db.read(inserting.unsettled, message)]
    await office.world.db.run(inserting.settle, sent)
    await office.world.db.run(inserting.settle, sent)
    assert [row.count for row in await rows(office, article_use)] == [1]


async def given(ada: Browser, talk: str, returns: str, how: str = "text", **changed: str) -> str:
    """Insert it and send the reply, perhaps with other words."""
    ask = {"article": returns, "language": "en", "how": how}
    taken = await ada.post(f"{talk}/insertions", ask, status=201)
    text = changed.get("text", f"Dear Ann,\n\n{taken['text']}")
    reply = {"key": taken["id"], "kind": "reply", "text": text, "insertions": [taken["id"]]}
    sent = await ada.post(f"{talk}/messages", reply, status=201)
    return str(sent["id"])


async def test_what_was_inserted_is_counted_when_the_reply_is_sent(
    office: Office, returns: ArticleId
) -> None:
    ada, talk = await office.browser(), await a_talk(office)
    first = await given(ada, talk, returns)
    second = await given(ada, talk, returns, "link")
    third = await given(ada, talk, returns, text="Send it back within 60 days. We pay postage for lamps.")
    await given(ada, talk, returns, text="I will call you tomorrow.")
    kept = {row.message_id: (row.kind, row.edited) for row in await rows(office, article_insertion)}
    assert kept == {first: ("text", False), second: ("link", False), third: ("text", True)}
    counts = {row.kind: row.count for row in await rows(office, article_use)}
    assert counts == {"inserted_text": 2, "inserted_link": 1}


async def test_a_reply_counts_only_its_own_agents_insertions_in_its_own_conversation(
    office: Office, returns: ArticleId
) -> None:
    ada, bob, talk = await office.browser(), await office.browser("bob"), await a_talk(office)
    ask = {"article": returns, "language": "en", "how": "text"}
    theirs = (await bob.post(f"{talk}/insertions", ask, status=201))["id"]
    reply = {"key": "k", "kind": "reply", "text": PLAIN, "insertions": [theirs, "made up"]}
    await ada.post(f"{talk}/messages", reply, status=201)
    await ada.post(f"{talk}/messages", reply, status=201)
    assert [row.message_id for row in await rows(office, article_insertion)] == [None]
    assert await rows(office, article_use) == []


async def test_an_articles_use_says_what_was_given_and_what_happened_then(
    office: Office, returns: ArticleId
) -> None:
    ada, talk = await office.browser(), await a_talk(office)
    await given(ada, talk, returns)
    await office.world.db.run(using.count, [Used(returns, "en", 1, Use.VIEWED)] * 3)
    path = f"/api/articles/{returns}/use"
    (use,) = (await ada.get(path))["revisions"]
    assert (use["viewed"], use["texts"], use["settling"], use["helped"]) == (3, 1, 1, 0)
    await ada.post(f"{talk}/resolve")
    office.world.clock.forward(8 * 86_400)
    ada = await office.browser()
    (use,) = (await ada.get(path))["revisions"]
    assert (use["helped"], use["came_back"], use["settling"]) == (1, 0, 0)
    days = (await ada.get(path))["days"]
    assert [(day["viewed"], day["agents"]) for day in days] == [(3, 1)]


async def test_who_writes_again_soon_came_back(office: Office, returns: ArticleId) -> None:
    ada, talk = await office.browser(), await a_talk(office)
    await given(ada, talk, returns)
    office.world.clock.forward(60)
    await ada.post(f"{talk}/resolve")
    office.world.clock.forward(3600)
    await office.visitor_says("It did not work", key="m9")
    (use,) = (await ada.get(f"/api/articles/{returns}/use"))["revisions"]
    assert (use["came_back"], use["helped"]) == (1, 0)


async def test_a_search_that_found_nothing_good_is_kept_without_names(
    office: Office, returns: ArticleId
) -> None:
    ada, talk = await office.browser(), await a_talk(office)
    conversation = talk.rpartition("/")[2]
    ask = {
        "q": "dimmer for ann@example.org",
        "language": "en",
        "conversation": conversation,
    }
    assert not (await ada.post("/api/knowledge/misses", ask))["kept"]
    finder(office).probability = 0.1
    assert (await ada.post("/api/knowledge/misses", ask))["kept"]
    (kept,) = await rows(office, gap)
    assert (kept.asked_in, kept.conversation_id, kept.best_article_id) == ("console", conversation, returns)
    assert "ann@example.org" not in kept.text


async def test_agents_flag_articles_and_editors_see_to_it(office: Office, returns: ArticleId) -> None:
    ada, eve, talk = await office.browser(), await office.browser("eve"), await a_talk(office)
    said = {
        "language": "en",
        "number": 1,
        "text": "It is 60 days now",
        "conversation": talk.rpartition("/")[2],
    }
    path = f"/api/articles/{returns}/flags"
    flag = await ada.post(path, said, status=201)
    assert (flag["by"], flag["text"], flag["resolved_at"]) == ("Ada", "It is 60 days now", None)
    assert [each["id"] for each in (await eve.get("/api/flags"))["items"]] == [flag["id"]]
    assert (await eve.get("/api/articles"))["items"][0]["flags"] == 1
    assert await refused(ada, "/api/flags") == 403
    await ada.post(f"/api/flags/{flag['id']}/resolve", status=403)
    settled = await eve.post(f"/api/flags/{flag['id']}/resolve")
    assert settled["resolved_by"] == "Eve"
    assert (await eve.post(f"/api/flags/{flag['id']}/resolve", status=409))["error"]["code"] == "resolved"
    assert (await eve.get("/api/flags"))["items"] == []
    assert (await eve.get("/api/articles"))["items"][0]["flags"] == 0
    assert len((await ada.get(path))["items"]) == 1


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"text": " "}, "text"), ({"text": "x" * 501}, "text"), ({"number": 0}, "number")],
)
async def test_a_flag_needs_words_and_a_revision(
    office: Office, returns: ArticleId, wrong: dict[str, Any], field: str
) -> None:
    ada = await office.browser()
    said = {"language": "en", "number": 1, "text": "Wrong"} | wrong
    refused = await ada.post(f"/api/articles/{returns}/flags", said, status=422)
    assert field in refused["error"]["field"]
    await ada.post(f"/api/articles/{returns}/flags", said | {"number": 7, "text": "Wrong"}, status=404)
    assert await rows(office, article_flag) == []


def _called_ann(tx: Tx) -> None:
    tx.conn.execute(update(contact).values(name="Ann Miller"))


async def an_answer(office: Office, ada: Browser, talk: str) -> str:
    await office.world.db.run(_called_ann)
    text = "Dear Ann,\nsend it back within 30 days.\nWrite to ann@example.org.\nBest wishes, Ada"
    sent = await ada.post(f"{talk}/messages", {"key": "a", "kind": "reply", "text": text}, status=201)
    return f"{talk}/messages/{sent['id']}/proposal"


async def test_an_agents_answer_becomes_a_draft_without_names(office: Office, returns: ArticleId) -> None:
    ada = await office.browser()
    talk = await a_talk(office, "I am Ann Miller. How do I return a lamp?")
    path = await an_answer(office, ada, talk)
    looked = await ada.get(path)
    everything = str(looked)
    for name in ("Ann", "Miller", "ann@example.org", "Ada"):
        assert name not in everything, name
    assert "How do I return a lamp?" in looked["question"]
    assert "within 30 days" in looked["body"]
    assert [each["article"] for each in looked["similar"]] == [returns]
    ask = {key: looked[key] for key in ("language", "title", "body", "question")}
    made = await ada.post(path, ask | {"body": f"{looked['body']} Ask Ann Miller."}, status=201)
    stored = next(row for row in await rows(office, revision) if row.article_id == made["article"])
    assert stored.questions == (looked["question"],)
    assert stored.note == "Proposed from a conversation"
    assert "Miller" not in stored.body
    (source,) = await rows(office, article_source)
    assert (source.article_id, source.conversation_id) == (made["article"], talk.rpartition("/")[2])
    assert (await ada.get(path))["before"] == made["article"]
    assert (await ada.post(path, ask, status=409))["error"]["code"] == "proposed"


async def test_only_ones_own_replies_are_proposed(office: Office, returns: ArticleId) -> None:
    ada, bob, talk = await office.browser(), await office.browser("bob"), await a_talk(office)
    path = await an_answer(office, ada, talk)
    assert await refused(bob, path) == 404
    note = await ada.post(f"{talk}/messages", {"key": "n", "kind": "note", "text": "Hm"}, status=201)
    assert await refused(ada, f"{talk}/messages/{note['id']}/proposal") == 404
    other = await office.world.db.run(_other_talk)
    assert await refused(ada, path.replace(talk, f"/api/conversations/{other}")) == 404


def _other_talk(tx: Tx) -> str:
    return receive_message(tx, an_inbound("Hello", key="x1", visitor="v7")).conversation
