"""A conversation's promised times over HTTP: how each was reached, in the asker's language; and near ones in the lists."""

from datetime import timedelta
from typing import Any

from sqlalchemy import insert, update

from core.store.conversations import get_conversation
from core.store.forms import StoredHoliday, StoredWeek
from core.store.tables import people
from core.store.tables.routing import sla_clock
from core.store.tx import Tx
from routing.clock_store import publish, read_clocks
from routing.sla_store import policy_of
from tests.console.conftest import Office

DAY = (("09:00", "17:00"),)


async def promised(office: Office, **clock: Any) -> str:
    """It is Monday nine o'clock; the office is closed on Tuesday, and an answer is promised in eight hours and a half."""
    received = await office.visitor_says()

    def work(tx: Tx) -> None:
        closed = StoredHoliday("2026-03-03", "Founders' Day", {"zh": "公司成立日"})
        hours = {"zone": "UTC", "week": StoredWeek((DAY,) * 5 + ((), ())), "holidays": (closed,)}
        tx.conn.execute(insert(people.business_hours).values(id="office", name="Office", **hours))
        policy = {"id": "gold", "name": "Gold", "first_response_s": 30_600, "hours_id": "office"}
        tx.conn.execute(insert(people.sla_policy).values(**policy))
        tx.conn.execute(update(people.queue).values(sla_policy_id="gold"))
        tx.conn.execute(sla_clock.delete())
        running = {"target": "first", "started_at": tx.now, "pauses": (), "n": 1, **clock}
        tx.conn.execute(insert(sla_clock).values(conversation_id=received.conversation, **running))
        known = get_conversation(tx, received.conversation)
        publish(tx, known, read_clocks(tx, known.id)[0], policy_of(tx, known))

    await office.world.db.run(work)
    return received.conversation


async def test_it_says_how_a_deadline_was_reached_in_the_language_of_who_asks(office: Office) -> None:
    conversation = await promised(office)
    ada = await office.browser("ada")
    [first] = (await ada.get(f"/api/conversations/{conversation}/routing"))["deadlines"]
    assert first["text"] == (
        "Mon 2 Mar 09:00 + 8 h 30 min of business time = Wed 09:30, holiday skipped: Founders' Day (Tue 3 Mar)"
    )
    assert (first["target"], first["state"], first["policy"], first["hours"], first["zone"]) == (
        "first", "running", "Gold", "Office", "UTC",
    )  # fmt: skip
    assert [(each["kind"], each["seconds"]) for each in first["steps"]] == [
        ("counted", 28_800), ("closed", 0), ("holiday", 0), ("closed", 0), ("counted", 1800),
    ]  # fmt: skip
    assert (first["due_at"], first["steps"][2]["holiday"]) == ("2026-03-04T09:30:00Z", "Founders' Day")
    await ada.put("/api/me", {"name": "Ada", "language": "zh"})
    [chinese] = (await ada.get(f"/api/conversations/{conversation}/routing"))["deadlines"]
    assert "跳过假日：公司成立日（3月3日周二）" in chinese["text"]


async def test_around_the_clock_times_are_told_in_the_zone_that_is_asked_for(office: Office) -> None:
    conversation = await promised(office)
    await office.world.db.run(lambda tx: tx.conn.execute(update(people.sla_policy).values(hours_id=None)))
    ada = await office.browser("ada")
    path = f"/api/conversations/{conversation}/routing"
    [first] = (await ada.get(f"{path}?zone=Asia/Shanghai"))["deadlines"]
    assert (first["text"], first["zone"]) == ("Mon 2 Mar 17:00 + 8 h 30 min = Tue 01:30", "Asia/Shanghai")
    refused = await ada.call("GET", f"{path}?zone=Mars/Phobos")
    assert ((await refused.json())["error"]["field"], refused.status) == ("zone", 422)


async def test_without_a_policy_there_is_nothing_to_explain(office: Office) -> None:
    received = await office.visitor_says()
    ada = await office.browser("ada")
    assert (await ada.get(f"/api/conversations/{received.conversation}/routing"))["deadlines"] == []


async def test_a_list_says_which_deadlines_are_near(office: Office) -> None:
    conversation = await promised(office)
    sue = await office.browser("sue")
    items = (await sue.get("/api/conversations?list=all"))["items"]
    assert [(each["due_kind"], each["due_near"]) for each in items] == [("first", False)]
    warned = office.world.clock.now() + timedelta(hours=1)
    await office.world.db.run(lambda tx: tx.conn.execute(update(sla_clock).values(warned_at=warned)))
    items = (await sue.get("/api/conversations?list=all"))["items"]
    assert [(each["id"], each["due_near"]) for each in items] == [(conversation, True)]


async def test_a_promise_that_ended_without_an_answer_is_not_said_to_be_kept(office: Office) -> None:
    conversation = await promised(office)
    ada = await office.browser("ada")
    path = f"/api/conversations/{conversation}"
    await ada.post(f"{path}/take")
    office.world.clock.forward(300)
    ended = office.world.clock.now()
    await office.world.db.run(lambda tx: tx.conn.execute(update(sla_clock).values(stopped_at=ended)))
    [first] = (await ada.get(f"{path}/routing"))["deadlines"]
    assert (first["state"], first["text"]) == (
        "unanswered", "Mon 2 Mar 09:00: ended after 5 min of 8 h 30 min, without an answer from a person",
    )  # fmt: skip
    await office.world.db.run(lambda tx: tx.conn.execute(update(sla_clock).values(missed_at=ended)))
    [first] = (await ada.get(f"{path}/routing"))["deadlines"]
    assert first["state"] == "missed"
