"""Rules applied: when a conversation comes to people, what it gets is written down, told and lived by."""

from typing import Any

import pytest
from sqlalchemy import insert, select, update

from core.answer import Handoff
from core.conversation import Cause, InQueue
from core.errors import Conflict
from core.ids import ConversationId, QueueId, SkillId, SLAPolicyId
from core.lifecycle import hand_off, to_queue
from core.receive import receive_message
from core.routing_events import RoutingRuleApplied
from core.store.codec import recorded_from_row
from core.store.conversations import get_conversation
from core.store.tables import people
from core.store.tables.conversation import conversation as conversation_table
from core.store.tables.conversation import event
from core.store.tables.routing import conversation_route, queue_item, routing_rule, rule_evaluation
from core.store.tx import Tx
from routing import ledger, route
from routing.ladder import Term
from routing.queue import QueueRouting
from routing.route import forget_old, queue_for
from routing.rulebook.conditions import (
    ContactHas,
    ContextHas,
    IntentIs,
    LanguageIs,
    ReasonIs,
    TextSays,
)
from routing.rulebook.given import given_to
from routing.rulebook.rule import Gives, Rule
from routing.rulebook.settings import RuleSettings
from routing.skill import Requirement, proficiency
from tests.builders import a_queue, an_inbound
from tests.routing.center import ADA, BOB, Center, join
from tests.routing.rulebook.making import VIP, a_rule, add_rules

DE = SkillId("german")
HOME = QueueId("general")


async def set_up(center: Center, *rules: Rule, bot: bool = False) -> None:
    def work(tx: Tx) -> None:
        a_queue(tx, VIP)
        join(tx, ADA, VIP)
        tx.conn.execute(insert(people.skill).values(id=DE, name="German"))
        tx.conn.execute(insert(people.sla_policy).values(id="fast", name="Fast", first_response_s=20))
        tx.conn.execute(update(people.inbox).values(bot=bot))
        add_rules(tx, *rules)

    await center.db.run(work)


def run(tx: Tx, statement: Any) -> None:
    tx.conn.execute(statement)


async def one(center: Center, table: Any, conversation: ConversationId) -> Any:
    statement = select(table).where(table.c.conversation_id == conversation)
    return await center.db.read(lambda tx: tx.conn.execute(statement).one_or_none())


async def applied(center: Center, conversation: ConversationId) -> list[RoutingRuleApplied]:
    statement = select(event).where(event.c.topic == f"conversation:{conversation}").order_by(event.c.n)
    rows = await center.db.read(lambda tx: tx.conn.execute(statement).all())
    told = [recorded_from_row(row) for row in rows]
    return [each.event for each in told if each is not None and isinstance(each.event, RoutingRuleApplied)]


async def test_without_a_bot_the_rules_are_asked_when_somebody_writes(center: Center) -> None:
    gives = Gives(VIP, 7, (Requirement(DE, proficiency(3), 60),), sla_policy=SLAPolicyId("fast"), work="deal")
    await set_up(center, a_rule("urgent", TextSays(("help",)), gives=gives))
    conversation = await center.waits()
    assert (await center.conversation(conversation)).handler == InQueue(VIP)
    item = await one(center, queue_item, conversation)
    assert (item.queue_id, item.priority) == (VIP, 7)
    given = await center.db.read(given_to, conversation)
    assert given is not None
    assert given.ladder is not None
    assert given.ladder.steps[0].any_of == ((Term(DE, proficiency(3)),),)
    assert (given.sla_policy, given.work, given.rules) == ("fast", "deal", ("urgent",))
    assert await applied(center, conversation) == [RoutingRuleApplied(conversation, "urgent", VIP)]  # type: ignore[arg-type]
    due = (await center.row(conversation)).first_due_at
    assert (due - center.world.clock.now()).total_seconds() == pytest.approx(20)


async def test_the_bots_hand_over_is_asked_about_once_with_what_the_bot_knew(center: Center) -> None:
    await set_up(center, a_rule("orders", IntentIs(("order_status",)), ReasonIs(("not_helped",))), bot=True)
    conversation = (await center.db.run(receive_message, an_inbound())).conversation
    handoff = Handoff("not_helped", "", intent="order_status", confidence=0.75, language="de")

    def work(tx: Tx) -> None:
        turn = get_conversation(tx, conversation).turn
        hand_off(tx, conversation, turn, handoff, queue=queue_for(tx, conversation, handoff))

    await center.db.run(work)
    await center.settle()
    assert (await center.conversation(conversation)).handler == InQueue(VIP)
    why = await one(center, rule_evaluation, conversation)
    known = {"intent": "order_status", "confidence": "0.7500", "reason": "not_helped", "language": "de"}
    assert known.items() <= why.facts.items()
    assert len(await applied(center, conversation)) == 1


async def test_whom_a_rule_excludes_is_neither_offered_it_nor_may_take_it(center: Center) -> None:
    rule = a_rule("not ada", TextSays(("help",)), gives=Gives(VIP, exclude=(ADA,)))
    await set_up(center, rule)
    await center.db.run(join, BOB, VIP)
    await center.change_agent(BOB, presence="away")
    conversation = await center.waits()
    assert (await one(center, conversation_route, conversation)).excluded == (ADA,)
    assert (await one(center, queue_item, conversation)).excluded == (ADA,)
    [said] = (await one(center, rule_evaluation, conversation)).trace["gave"]["exclude"]
    assert said == ADA
    assert await center.offers() == []
    with pytest.raises(Conflict) as refused:
        await center.db.run(ledger.take, ADA, conversation)
    assert refused.value.code == "excluded"


async def test_whom_a_rule_excludes_is_not_waited_for_because_they_had_it_before(center: Center) -> None:
    await set_up(center, a_rule("not ada", ReasonIs(("reopened",)), gives=Gives(exclude=(ADA,))))
    routing = QueueRouting(previous_agent_s=600)
    await center.db.run(run, update(people.queue).values(routing=routing))
    conversation = await center.waits()
    await center.db.run(ledger.take, ADA, conversation)
    await center.resolve(conversation)
    assert await center.waits() == conversation
    item = await one(center, queue_item, conversation)
    assert item.preferred == ADA
    assert ADA not in str(item.requirements)


async def test_a_bot_that_failed_hands_over_and_the_rules_are_asked(center: Center) -> None:
    await set_up(center, a_rule("failed", ReasonIs(("bot_failed",))), bot=True)
    conversation = (await center.db.run(receive_message, an_inbound())).conversation
    await center.db.run(hand_off, conversation, 1, Handoff("bot_failed", ""))
    await center.settle()
    assert (await center.conversation(conversation)).handler == InQueue(VIP)


async def test_what_is_opened_again_stays_unless_a_rule_sends_it(center: Center) -> None:
    await set_up(center, a_rule("again", ReasonIs(("reopened",)), TextSays(("help",))))
    offer = await center.given()
    conversation = offer.conversation
    assert (await center.conversation(conversation)).queue == HOME
    await center.reply(offer.agent, conversation)
    await center.resolve(conversation)
    center.world.clock.forward(60)
    await center.waits()
    assert (await center.conversation(conversation)).queue == VIP


async def test_a_transfer_by_hand_is_not_undone_by_the_rules(center: Center) -> None:
    await set_up(center, a_rule("all", gives=Gives(VIP)))
    conversation = await center.waits()

    def move(tx: Tx) -> None:
        to_queue(tx, get_conversation(tx, conversation), QueueId("billing"), cause=Cause.TRANSFERRED)

    await center.db.run(move)
    await center.settle()
    assert (await center.conversation(conversation)).queue == "billing"


async def test_what_an_agent_took_meanwhile_is_left_to_them(center: Center) -> None:
    await set_up(center, a_rule("all"))
    conversation = await center.write()
    await center.db.run(ledger.take, ADA, conversation)
    await center.settle()
    assert await center.holder(conversation) == ADA
    assert await applied(center, conversation) == []


async def test_the_contacts_segment_and_what_the_site_told_decide(center: Center) -> None:
    rules = (
        a_rule("gold", ContactHas("Tier", ("gold",)), ContextHas("service", ("returns",))),
        a_rule("rest", gives=Gives(QueueId("billing"))),
    )
    await set_up(center, *rules)
    first = await center.waits("v1")
    assert (await center.conversation(first)).queue == "billing"

    def tell(tx: Tx) -> None:
        tx.conn.execute(update(people.contact).values(attributes={"tier": "Gold"}))

    conversation = await center.write("v2")
    await center.db.run(tell)
    here = conversation_table.c.id == conversation
    told = update(conversation_table).where(here).values(context={"service": "returns"})
    await center.db.run(run, told)
    await center.settle()
    assert (await center.conversation(conversation)).queue == VIP
    why = await one(center, rule_evaluation, conversation)
    assert why.facts["contact.tier"] == "Gold"


async def test_what_was_written_is_stored_with_no_evaluation(center: Center) -> None:
    await set_up(center, a_rule("help", TextSays(("refund", "help"))))
    conversation = await center.waits()
    why = await one(center, rule_evaluation, conversation)
    assert "Help!" not in repr((why.facts, why.trace))
    assert why.trace["rules"][0]["when"]["of"][0]["seen"] == "help"


async def test_rules_that_give_what_is_gone_leave_it_to_the_built_in_ones(center: Center) -> None:
    await set_up(center, a_rule("all", gives=Gives(QueueId("gone"), sla_policy=SLAPolicyId("gone"))))
    conversation = await center.waits()
    assert (await center.conversation(conversation)).queue == HOME
    row = await one(center, conversation_route, conversation)
    assert (row.queue_id, row.sla_policy_id) == (HOME, None)


async def test_a_broken_rule_keeps_nobody_from_a_person(
    center: Center, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    await set_up(center, a_rule("fine"))
    broken = {"when": {"kind": "of a later version"}, "gives": {}}
    await center.db.run(run, update(routing_rule).values(rule=broken))
    conversation = await center.waits("v1")
    assert (await center.conversation(conversation)).queue == HOME
    monkeypatch.setattr(route, "rulebook", _fails)
    other = await center.waits("v2")
    assert (await center.conversation(other)).queue == HOME
    assert "could not be asked" in caplog.text


def _fails(_tx: Tx) -> None:
    raise RuntimeError("a mistake of ours")


async def test_where_nobody_wrote_rules_nothing_is_told(center: Center) -> None:
    conversation = await center.waits()
    assert await applied(center, conversation) == []
    assert await one(center, rule_evaluation, conversation) is None


async def test_without_a_bot_the_language_finds_its_queue(center: Center) -> None:
    def work(tx: Tx) -> None:
        tx.conn.execute(update(people.queue).where(people.queue.c.id == HOME).values(languages=("en",)))
        a_queue(tx, "chinese", languages=("zh",))

    await center.db.run(work)
    conversation = await center.write()
    here = conversation_table.c.id == conversation
    spoken = update(conversation_table).where(here).values(language="zh")
    await center.db.run(run, spoken)
    await center.settle()
    assert (await center.conversation(conversation)).queue == "chinese"


async def test_rules_by_language_come_before_the_built_in_ones(center: Center) -> None:
    await set_up(center, a_rule("unknown", LanguageIs(("und",))))
    conversation = await center.waits()
    assert (await center.conversation(conversation)).queue == VIP


async def test_why_a_conversation_went_where_it_went_is_kept_for_a_time_only(center: Center) -> None:
    await set_up(center, a_rule("all"))
    old = await center.waits("v1")
    center.world.clock.forward(20 * 86_400)
    new = await center.waits("v2")
    center.world.clock.forward(11 * 86_400)
    assert await center.db.run(forget_old, RuleSettings(keep_days=30)) == 1
    assert await one(center, rule_evaluation, old) is None
    assert await one(center, rule_evaluation, new) is not None
