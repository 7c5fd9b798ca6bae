"""The bot's report over HTTP: counts with their intervals, the conversations behind each, the hold-out, the operator's figures."""

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import insert, update

from console.queries.chosen import Chosen, Period, chosen_from
from console.queries.held_out import Began, Group, Side, grouped, groups_of, together, told
from console.queries.lists import Wanted, page
from console.queries.outcomes import counted
from core.errors import Invalid
from core.ids import AgentId
from core.receive import receive_message
from core.slots import slot_of
from core.store.tables.conversation import conversation
from core.store.tables.deflection import deflection, hold_out
from core.store.tables.people import inbox
from core.store.tx import Tx
from tests.builders import MORNING, a_company, a_world, an_inbound, an_inbox
from tests.console.conftest import Office

WINDOW = timedelta(hours=72)
FRIDAY_AT_NINE = 4 * 24 + 9
"""The hour of the week, ten days before ``MORNING``."""


def a_row(tx: Tx, id: str, **values: Any) -> None:
    """What became of one conversation; by default it was assumed to have helped."""
    at = values.pop("at", MORNING - timedelta(days=10))
    row = {
        "conversation_id": id,
        "inbox_id": "web",
        "channel": "widget",
        "language": "en",
        "intent": "invoice",
        "article_id": "paying",
        "article_language": "en",
        "article_number": 2,
        "outcome": "assumed",
        "reason": "answered",
        "slot": slot_of(at),
        "began_at": at,
        "last_at": at,
        "settles_at": at + WINDOW,
        "settled": True,
    }
    tx.conn.execute(insert(deflection).values({**row, **values}))


async def some(office: Office, rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """So many conversations of as many customers, with these rows."""
    ids = [(await office.visitor_says("Hi", visitor=f"v{n}")).conversation for n in range(len(rows))]

    def write(tx: Tx) -> None:
        for id, values in zip(ids, rows, strict=True):
            a_row(tx, id, **values)

    await office.world.db.run(write)
    return [str(each) for each in ids]


FOUR: Sequence[Mapping[str, Any]] = [
    {"outcome": "confirmed", "reason": "said"},
    {},
    {"outcome": "escalated", "reason": "asked_for_person", "intent": "complaint", "article_id": None},
    {"outcome": "abandoned", "reason": "came_again", "language": "zh", "intent": None},
    {"settled": False},
]


@pytest.mark.served
async def test_the_report_counts_what_is_settled_and_the_four_are_the_conversations(office: Office) -> None:
    await some(office, FOUR)
    report = await (await office.browser("sue")).get("/api/bot/outcomes")
    outcomes = report["outcomes"]
    four = [outcomes[each]["count"] for each in ("confirmed", "assumed", "escalated", "abandoned")]
    assert four == [1, 1, 1, 1]
    assert (outcomes["conversations"], report["waiting"], outcomes["came_again"]["count"]) == (4, 1, 1)
    assert (outcomes["deflected"]["count"], round(outcomes["deflected"]["low"], 4)) == (2, 0.15)
    assert report["reasons"]["escalated"] == {"asked_for_person": 1}
    by_intent = {line["key"]: line["outcomes"] for line in report["tables"][0]["lines"]}
    assert {key: of["conversations"] for key, of in by_intent.items()} == {
        "invoice": 2,
        "complaint": 1,
        "": 1,
    }
    for table in report["tables"]:
        assert sum(line["outcomes"]["conversations"] for line in table["lines"]) == 4
    assert [line["name"] for line in report["tables"][4]["lines"]] == ["Web"]
    assert report["saved"] is None
    assert report["hold_out"] == []


@pytest.mark.served
@pytest.mark.parametrize(
    ("bot", "expected"),
    [
        ({"outcome": "confirmed"}, [0]),
        ({"outcome": "deflected"}, [0, 1]),
        ({"outcome": "abandoned", "reason": "came_again"}, [3]),
        ({"intent": "invoice"}, [0, 1]),
        ({"intent": ""}, [3]),
        ({"language": "zh"}, [3]),
        ({"article": "paying:en:2"}, [0, 1, 3]),
        ({"article": ""}, [2]),
        ({"inbox": "shop"}, []),
        ({"hour": "57"}, []),
        ({"hour": str(FRIDAY_AT_NINE)}, [0, 1, 2, 3]),
        ({"since": "2026-02-21"}, []),
    ],
)
async def test_each_number_opens_its_conversations(
    office: Office, bot: Mapping[str, str], expected: list[int]
) -> None:
    ids = await some(office, FOUR)
    query = urlencode({"list": "all", "status": "open,waiting,resolved", "bot": urlencode(bot)})
    found = await (await office.browser("sue")).get(f"/api/conversations?{query}")
    assert sorted(each["id"] for each in found["items"]) == sorted(ids[at] for at in expected)


@pytest.mark.served
@pytest.mark.parametrize(
    "bot",
    ["outcome=helped", "hour=168", "hour=x", "article=a:b", "since=yesterday", "zone=Nowhere/At", "x" * 600],
)
async def test_what_nobody_could_mean_is_refused(office: Office, bot: str) -> None:
    sue = await office.browser("sue")
    assert (await sue.call("GET", f"/api/conversations?{urlencode({'bot': bot})}")).status == 422


@pytest.mark.served
async def test_days_and_hours_are_those_of_the_zone_that_is_asked_for(office: Office) -> None:
    late = datetime(2026, 2, 20, 18, 40, tzinfo=UTC)
    await some(office, [{"at": late}])
    sue = await office.browser("sue")
    there = await sue.get("/api/bot/outcomes?zone=Asia/Kolkata")
    assert [each["day"] for each in there["days"]] == ["2026-02-21"]
    assert [(each["weekday"], each["hour"]) for each in there["hours"]] == [(5, 0)]
    only = await sue.get("/api/bot/outcomes?zone=Asia/Kolkata&since=2026-02-21&until=2026-02-21")
    assert only["outcomes"]["conversations"] == 1
    assert (await sue.get("/api/bot/outcomes?since=2026-02-21&until=2026-02-21"))["outcomes"][
        "conversations"
    ] == 0


@pytest.mark.served
async def test_the_file_has_every_line_and_no_formula(office: Office) -> None:
    await some(office, [{"intent": "=HYPERLINK(1)"}, {}])
    answer = await (await office.browser("sue")).call("GET", "/api/bot/outcomes.csv")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    rows = list(csv.DictReader(io.StringIO(await answer.text())))
    assert rows[0] | {"by": "all", "conversations": "2", "assumed": "2", "deflected_share": "1.0"} == rows[0]
    assert {row["key"] for row in rows if row["by"] == "intent"} == {"'=HYPERLINK(1)", "invoice"}


@pytest.mark.served
async def test_money_is_shown_only_with_the_operators_own_figures(office: Office) -> None:
    await some(office, FOUR)
    sue = await office.browser("sue")
    told = await sue.put("/api/bot/measuring", {"currency": "EUR", "cost": 4, "by_channel": {"email": 6.5}})
    assert (told["currency"], told["cost"], told["by_channel"]) == ("EUR", 4, {"email": 6.5})
    saved = (await sue.get("/api/bot/outcomes"))["saved"]
    assert saved == {"currency": "EUR", "amount": 8, "conversations": 2, "unpriced": 0}
    await sue.put("/api/bot/measuring", {"currency": "EUR", "by_channel": {"email": 6.5}})
    assert (await sue.get("/api/bot/outcomes"))["saved"]["unpriced"] == 2
    await sue.put("/api/bot/measuring", {})
    assert (await sue.get("/api/bot/outcomes"))["saved"] is None


@pytest.mark.served
async def test_whom_an_inbox_holds_out_is_set_by_supervisors_and_leaves_a_trail(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "audit")
    sue = await office.browser("sue")
    told = await sue.put("/api/bot/measuring", {"hold_outs": {"web": 0.2}})
    assert [(each["id"], each["share"]) for each in told["inboxes"]] == [("web", 0.2)]
    assert "hold-out changed" in caplog.text
    assert "after=0.2" in caplog.text
    for wrong in (0.51, -0.1):
        answer = await sue.call("PUT", "/api/bot/measuring", json={"hold_outs": {"web": wrong}})
        assert answer.status == 422
    answer = await sue.call("PUT", "/api/bot/measuring", json={"hold_outs": {"nowhere": 0.1}})
    assert (await answer.json())["error"]["field"] == "hold_outs.nowhere"
    assert (await sue.call("PUT", "/api/bot/measuring", json={"version": 9})).status == 409
    assert (await sue.call("PUT", "/api/bot/measuring", json={"cost": 3})).status == 422


@pytest.mark.served
async def test_agents_see_neither_the_report_nor_what_is_set(office: Office) -> None:
    ada = await office.browser()
    for path in ("/api/bot/outcomes", "/api/bot/outcomes.csv", "/api/bot/measuring"):
        assert (await ada.call("GET", path)).status == 403
    assert (await ada.call("PUT", "/api/bot/measuring", json={})).status == 403


@pytest.mark.served
async def test_the_hold_out_compares_first_conversations_of_people_and_says_when_they_are_too_few(
    office: Office,
) -> None:
    ids = await some(office, [{}, {}, {}])

    def draw(tx: Tx) -> None:
        an_inbox(tx, "shop")
        tx.conn.execute(update(inbox).values(hold_out=0.5))
        at = MORNING - timedelta(days=10)
        tx.conn.execute(update(conversation).values(created_at=at))
        tx.conn.execute(update(conversation).where(conversation.c.id == ids[0]).values(last_agent_id="ada"))
        for id, held in zip(ids, (True, False, False), strict=True):
            row = {"conversation_id": id, "inbox_id": "web", "held_out": held, "share": 0.5}
            tx.conn.execute(insert(hold_out).values(**row, slot=slot_of(at)))

    await office.world.db.run(draw)
    whole, web = (await (await office.browser("sue")).get("/api/bot/outcomes"))["hold_out"]
    assert (whole["inbox"], web["inbox"], web["share"]) == (None, "web", 0.5)
    assert (whole["held"]["people"], whole["bot"]["people"], whole["conversations"]) == (1, 2, 2)
    assert (whole["held"]["worked"]["count"], whole["bot"]["worked"]["count"]) == (1, 0)
    assert (whole["work"]["value"], whole["told"], whole["saved"]) == (1.0, "too_few", None)


@pytest.mark.postgres
async def test_it_is_counted_alike_on_postgresql(postgres_url: str) -> None:
    def fill(tx: Tx) -> None:
        a_company(tx)
        at = MORNING - timedelta(days=10)
        for n, values in enumerate(FOUR):
            id = receive_message(tx, an_inbound(visitor=f"v{n}")).conversation
            a_row(tx, id, **values)
            lot = {"conversation_id": id, "inbox_id": "web", "held_out": n == 0, "share": 0.5}
            tx.conn.execute(insert(hold_out).values(**lot, slot=slot_of(at)))
            tx.conn.execute(update(conversation).where(conversation.c.id == id).values(created_at=at))

    async with a_world(postgres_url) as world:
        await world.db.run(fill)
        period = Period(MORNING.date() - timedelta(days=27), MORNING.date(), ZoneInfo("Asia/Kolkata"))
        found = await world.db.read(counted, period, None)
        assert (found.all.all, found.waiting, found.all.came_again) == (4, 1, 1)
        assert {key: of.all for key, of in found.tables["article"].items()} == {"paying:en:2": 3, "": 1}
        assert sum(each.all for each in found.slots.values()) == 4
        groups = await world.db.read(groups_of, period, None, WINDOW.total_seconds())
        assert [(each.held.people, each.bot.people) for each in groups.values()] == [(1, 4)]
        chosen = Chosen(period, outcomes=("assumed",), hour=4 * 24 + 14)
        shown = await world.db.read(page, Wanted(AgentId("ada"), bot=chosen))
        assert len(shown.items) == 1


def began(
    person: str,
    hours: float,
    held: bool | None,  # noqa: FBT001 - as the lot says it
    **values: Any,
) -> Began:
    return Began(
        person, MORNING + timedelta(hours=hours), values.pop("worked", False), held_out=held, **values
    )


LATER = MORNING + timedelta(days=30)


def test_one_person_counts_once_by_the_first_conversation() -> None:
    found = grouped([began("p", 0, False), began("p", 100, False), began("q", 1, True)], WINDOW, LATER)
    (group,) = found.values()
    assert (group.bot.people, group.held.people, group.conversations) == (1, 1, 2)


def test_work_within_the_window_counts_wherever_it_was_and_our_own_first_word_is_no_coming_again() -> None:
    spared = [began("p", 0, False), began("p", 70, None, worked=True, by_us=True)]
    (group,) = grouped(spared, WINDOW, LATER).values()
    assert (group.bot.worked, group.bot.again) == (1, 0)
    late = [began("p", 0, False), began("p", 73, None, worked=True)]
    (group,) = grouped(late, WINDOW, LATER).values()
    assert (group.bot.worked, group.bot.again) == (0, 0)


def test_who_began_lately_waits() -> None:
    (group,) = grouped([began("p", 0, True)], WINDOW, MORNING + timedelta(hours=71)).values()
    assert (group.waiting, group.held.people) == (1, 0)


def test_a_larger_share_in_a_worse_month_does_not_pass_for_the_bots_doing() -> None:
    """In each group both sides do alike; thrown together, those held out would seem to fare much worse."""
    calm = Group(held=Side(10, 1, 0), bot=Side(90, 9, 0))
    busy = Group(held=Side(50, 45, 0), bot=Side(50, 45, 0))
    line = together([calm, busy])
    assert line.work is not None
    assert abs(line.work.value) < 1e-9
    assert told(line, 30) == "no_difference"


@pytest.mark.parametrize(
    ("held", "bot", "word"),
    [
        ((29, 29), (500, 0), "too_few"),
        ((100, 90), (500, 250), "less"),
        ((100, 50), (500, 255), "no_difference"),
        ((100, 20), (500, 250), "more"),
    ],
)
def test_what_it_says_follows_from_the_interval(
    held: tuple[int, int], bot: tuple[int, int], word: str
) -> None:
    line = together([Group(held=Side(*held, 0), bot=Side(*bot, 0))])
    assert told(line, 30) == word


def test_a_choice_with_a_nul_in_it_is_refused() -> None:
    with pytest.raises(Invalid, match="without NUL"):
        chosen_from("outcome=deflected&inbox=a%00b", date(2026, 3, 2))
