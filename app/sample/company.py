"""Seeds the sample company: people, queues, hours, targets, inboxes, articles and a few past conversations."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Table, insert, select

from app.sample.brand import add_brand
from app.sample.canned import CANNED
from app.sample.conversations import add_conversations
from app.sample.inboxes import WEB, add_inboxes, settle_inboxes
from app.sample.orders import add_orders
from app.sample.people import GENERAL, LINES, PEOPLE, SKILLS, Line, Person
from app.sample.routing import add_routing
from app.sample.telling import tell_talks
from core.agent import PresenceState
from core.events import SETTINGS_TOPIC, AgentChanged, SettingsChanged, agent_topic
from core.ids import AgentId
from core.store.forms import StoredRequirement, StoredWeek
from core.store.tables import people
from core.store.tx import Tx
from knowledge.transfer.apply import Given, store_import
from knowledge.transfer.reading import read
from knowledge.transfer.settings import Rules
from routing.holidays import HolidayPlan
from routing.hours import work_out, years_around

ARTICLES = Path(__file__).parent / "articles"
ZONE = "Europe/Berlin"
WORKDAY = (("09:00", "12:30"), ("13:00", "18:00"))
HOLIDAYS = HolidayPlan("DE", "BE")
YEARS_OF_HOLIDAYS = 5
FIRST_RESPONSE_S = 300
NEXT_RESPONSE_S = 600
RESOLUTION_S = 8 * 3600


@dataclass(frozen=True, slots=True)
class SignIn:
    """To be shown once: only the password's hash is kept."""

    name: str
    email: str
    password: str
    roles: tuple[str, ...]


def seed(tx: Tx, hash_password: Callable[[str], str], new_password: Callable[[], str]) -> tuple[SignIn, ...]:
    """Fill an empty installation; where the sample is there already, add nothing and return nothing.

    ``new_password`` makes a fresh random one, ``hash_password`` what is stored of it.
    """
    if tx.conn.execute(select(people.inbox.c.id).where(people.inbox.c.id == WEB)).one_or_none():
        return ()
    skills = {name: _add(tx, people.skill, {"name": name}) for name in SKILLS}
    sign_ins = tuple(SignIn(person.name, person.email, new_password(), person.roles) for person in PEOPLE)
    agents = {
        person.name: _add_agent(tx, person, hash_password(sign_in.password), skills)
        for person, sign_in in zip(PEOPLE, sign_ins, strict=True)
    }
    hours = _add_hours(tx)
    policy = _add_policy(tx, hours)
    queues = {line.name: _add_queue(tx, line, policy, hours, (skills, agents)) for line in LINES}
    add_routing(tx, hours, queues, skills)
    add_inboxes(tx, queues[GENERAL])
    for canned in CANNED:
        _add(tx, people.canned_reply, canned._asdict())
    store_import(tx, read(ARTICLES, Rules()), Given(by=agents["Mei Lin"]))
    add_brand(tx)
    add_conversations(tx, WEB, agents)
    tell_talks(tx, agents)
    add_orders(tx, agents)
    settle_inboxes(tx)
    return sign_ins


def _add(tx: Tx, table: Table, values: Mapping[str, object]) -> str:
    new = tx.ids.new()
    tx.conn.execute(insert(table).values(id=new, **values))
    return new


def _add_agent(tx: Tx, person: Person, password_hash: str, skills: Mapping[str, str]) -> AgentId:
    values = {
        "email": person.email,
        "name": person.name,
        "password_hash": password_hash,
        "roles": person.roles,
        "active": True,
        "language": person.language,
        "presence": PresenceState.OFFLINE.value,
        "idle_since": tx.now,
        "capacity": person.capacity,
        "created_at": tx.now,
    }
    agent = AgentId(_add(tx, people.agent, values))
    rows = [{"agent_id": agent, "skill_id": skills[name], "level": level} for name, level in person.skills]
    tx.conn.execute(insert(people.agent_skill), rows)
    tx.emit(agent_topic(agent), AgentChanged(agent))
    return agent


def _add_hours(tx: Tx) -> str:
    worked = work_out(ZONE, HOLIDAYS, years_around(tx.now, YEARS_OF_HOLIDAYS))
    values = {
        "name": "Customer service",
        "zone": ZONE,
        "week": StoredWeek((WORKDAY,) * 5 + ((),) * 2),
        "holidays": worked.holidays,
        "plan": worked.plan,
    }
    return _add(tx, people.business_hours, values)


def _add_policy(tx: Tx, hours: str) -> str:
    values = {
        "name": "Chat",
        "first_response_s": FIRST_RESPONSE_S,
        "next_response_s": NEXT_RESPONSE_S,
        "resolution_s": RESOLUTION_S,
        "hours_id": hours,
    }
    return _add(tx, people.sla_policy, values)


def _add_queue(
    tx: Tx, line: Line, policy: str, hours: str, known: tuple[Mapping[str, str], Mapping[str, AgentId]]
) -> str:
    """``known``: the ids of skills and of agents by name."""
    skills, agents = known
    values = {
        "name": line.name,
        "priority": line.priority,
        "sla_policy_id": policy,
        "hours_id": hours,
        "requirements": tuple(
            StoredRequirement(skills[name], level, drop_after_s) for name, level, drop_after_s in line.needs
        ),
        "languages": line.languages,
    }
    queue = _add(tx, people.queue, values)
    rows = [{"queue_id": queue, "agent_id": agents[name]} for name in line.members]
    tx.conn.execute(insert(people.queue_member), rows)
    tx.emit(SETTINGS_TOPIC, SettingsChanged("queue", queue))
    return queue
