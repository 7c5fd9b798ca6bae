"""An agent sends the bot for something from the console, and takes the conversation again whenever they like."""

import pytest
from sqlalchemy import update

from core.store.tables.people import inbox
from tests.console.conftest import Office


async def with_a_bot(office: Office) -> None:
    on = update(inbox).values(bot=True, bot_mode="answer")
    await office.world.db.run(lambda tx: tx.conn.execute(on).rowcount)


async def held(office: Office) -> str:
    """A conversation that ada holds."""
    path = f"/api/conversations/{(await office.visitor_says()).conversation}"
    await (await office.browser("ada")).post(f"{path}/take")
    await with_a_bot(office)
    return path


async def test_its_holder_sends_the_bot_which_asks_and_everybody_sees_what_for(office: Office) -> None:
    path = await held(office)
    ada = await office.browser("ada")
    sent = await ada.post(f"{path}/bot", {"ask": "own", "question": "Which colour?"})
    assert sent["handler"]["kind"] == "bot"
    assert (await ada.get("/api/session"))["agent"]["load"] == 0
    detail = await (await office.browser("bob")).get(path)
    errand = {name: detail["errand"][name] for name in ("kind", "question", "by")}
    assert errand == {"kind": "own", "question": "Which colour?", "by": "Ada"}
    asked = detail["messages"][-1]
    assert (asked["author"]["kind"], asked["parts"][0]["text"]) == ("bot", "Which colour?")
    told = [each for each in detail["events"] if each["kind"] == "errand"]
    assert [(each["facts"]["state"], each["facts"]["what"], each["by"]) for each in told] == [
        ("given", "own", "Ada")
    ]


async def test_taken_again_the_errand_is_over_and_another_agent_may_do_it_too(office: Office) -> None:
    path = await held(office)
    ada, bob = await office.browser("ada"), await office.browser("bob")
    await ada.post(f"{path}/bot", {"ask": "photo"})
    await bob.post(f"{path}/take")
    detail = await ada.get(path)
    assert (detail["summary"]["handler"]["id"], detail["errand"]) == ("bob", None)


async def test_only_its_holder_or_a_supervisor_sends_the_bot(office: Office) -> None:
    path = await held(office)
    bob, sue = await office.browser("bob"), await office.browser("sue")
    assert (await bob.post(f"{path}/bot", {"ask": "photo"}, status=409))["error"]["code"] == "not_yours"
    assert (await sue.post(f"{path}/bot", {"ask": "photo"}))["handler"]["kind"] == "bot"
    assert (await sue.post(f"{path}/bot", {"ask": "photo"}, status=409))["error"]["code"] == "with_bot"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"ask": "tea"}, "ask"),
        ({"ask": "own"}, "question"),
        ({"ask": "own", "question": "x" * 501}, "question"),
    ],
)
async def test_what_makes_no_sense_is_refused_and_stays_where_it_is(
    office: Office, body: dict[str, str], field: str
) -> None:
    path = await held(office)
    ada = await office.browser("ada")
    refused = await ada.post(f"{path}/bot", body, status=422)
    assert refused["error"]["field"] == field
    assert (await ada.get(path))["summary"]["handler"]["id"] == "ada"


async def test_where_no_bot_answers_and_where_it_is_over_none_can_be_sent(office: Office) -> None:
    path = f"/api/conversations/{(await office.visitor_says()).conversation}"
    ada, sue = await office.browser("ada"), await office.browser("sue")
    await ada.post(f"{path}/take")
    assert (await ada.post(f"{path}/bot", {"ask": "photo"}, status=409))["error"]["code"] == "no_bot"
    await with_a_bot(office)
    await ada.post(f"{path}/resolve")
    assert (await sue.post(f"{path}/bot", {"ask": "photo"}, status=409))["error"]["code"] == "over"
