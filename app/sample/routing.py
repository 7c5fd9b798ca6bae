"""How the sample company routes: rules, reasons for being away, a promise for its best customers, time after a call."""

from collections.abc import Mapping

from sqlalchemy import insert, update

from core.events import SETTINGS_TOPIC, SettingsChanged
from core.ids import QueueId, SkillId, SLAPolicyId
from core.store.forms import StoredQueueRouting
from core.store.tables import people
from core.store.tables.routing import routing_rule
from core.store.tx import Tx
from routing.rulebook.codec import from_condition, from_gives
from routing.rulebook.conditions import ContactHas, Group, IntentIs, MoodIs, TextSays
from routing.rulebook.rule import Gives
from routing.skill import Requirement, proficiency

GOLD_FIRST_RESPONSE_S = 60
GOLD_WORTH = 4.0
WRAP_UP_S = 20
PREVIOUS_AGENT_S = 20
REASONS = (
    ("busy", "Phone call"),
    ("busy", "Paperwork"),
    ("away", "Lunch"),
    ("away", "Break"),
    ("away", "Training"),
)


def add_routing(tx: Tx, hours: str, queues: Mapping[str, str], skills: Mapping[str, str]) -> None:
    """``queues`` and ``skills``: ids by name."""
    gold = SLAPolicyId(tx.ids.new())
    values = {
        "id": gold,
        "name": "Gold",
        "first_response_s": GOLD_FIRST_RESPONSE_S,
        "next_response_s": 300,
        "resolution_s": 4 * 3600,
        "hours_id": hours,
        "worth": GOLD_WORTH,
    }
    tx.conn.execute(insert(people.sla_policy).values(**values))
    for position, (state, name) in enumerate(REASONS):
        reason = {"id": tx.ids.new(), "state": state, "name": name, "position": position}
        tx.conn.execute(insert(people.presence_reason).values(**reason))
    for position, (name, when, gives, go_on) in enumerate(_rules(gold, queues, skills)):
        _add_rule(
            tx, position, name, {"when": from_condition(when), "gives": from_gives(gives), "go_on": go_on}
        )
    technical = StoredQueueRouting(previous_agent_s=PREVIOUS_AGENT_S, wrap_up_s=WRAP_UP_S)
    here = people.queue.c.id == queues["Technical"]
    tx.conn.execute(update(people.queue).where(here).values(routing=technical))


def _rules(
    gold: SLAPolicyId, queues: Mapping[str, str], skills: Mapping[str, str]
) -> list[tuple[str, Group, Gives, bool]]:
    billing = Requirement(SkillId(skills["Billing"]), proficiency(3), drop_after_s=120)
    faulty = TextSays(("flickers", "does not switch on", "bluetooth", "闪烁", "不亮"))
    dangerous = TextSays(("smoke", "sparks", "electric shock", "on fire", "冒烟", "冒火花", "触电", "着火"))
    return [
        (
            "Gold customers are promised more",
            Group("all", (ContactHas("tier", ("gold",)),)),
            Gives(priority=1, sla_policy=gold),
            True,
        ),
        (
            "Invoices want somebody who knows billing",
            Group("any", (IntentIs(("invoice",)), TextSays(("VAT", "invoice number", "发票")))),
            Gives(skills=(billing,), work="billing"),
            True,
        ),
        (
            "Angry customers do not wait long",
            Group("all", (MoodIs(("angry",)),)),
            Gives(priority=10),
            True,
        ),
        (
            "What may be dangerous goes to people at once",
            Group("all", (dangerous,)),
            Gives(queue=QueueId(queues["Technical"]), priority=30, person=True),
            False,
        ),
        (
            "What does not work goes to the technicians",
            Group("all", (faulty,)),
            Gives(queue=QueueId(queues["Technical"])),
            False,
        ),
    ]


def _add_rule(tx: Tx, position: int, name: str, form: Mapping[str, object]) -> None:
    rule = tx.ids.new()
    values = {
        "id": rule,
        "position": position,
        "name": name,
        "enabled": True,
        "rule": form,
        "changed_at": tx.now,
    }
    tx.conn.execute(insert(routing_rule).values(**values))
    tx.emit(SETTINGS_TOPIC, SettingsChanged("rule", rule))
