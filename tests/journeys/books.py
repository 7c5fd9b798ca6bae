"""What the database must say after any number of kills: nothing twice, no gap, nothing left lying, every load right."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, func, select

from core.store.tables import people
from core.store.tables.bot import bot_turn
from core.store.tables.conversation import conversation, event, message, outbox
from core.store.tables.routing import queue_item, reservation
from core.store.tx import Tx
from tests.journeys.visits import Visit

SETTLED = frozenset({None, "sent", "delivered", "read", "withdrawn"})


def audit(tx: Tx, visits: Sequence[Visit]) -> dict[str, int]:
    """Raises AssertionError with the first thing that is wrong; how much of what there was."""
    books = Books(tx)
    for visit in visits:
        books.check_visit(visit)
    books.check_numbers()
    books.check_answers()
    books.check_deliveries()
    books.check_routing()
    return {
        "visits": len(visits),
        "messages": len(books.inbound),
        "replies": len(books.replies),
        "with a person": sum(row.handler == "agent" for row in books.conversations.values()),
        "withdrawn": sum(row.delivery == "withdrawn" for row in books.replies),
    }


class Books:
    """What is stored of the visitors' conversations."""

    def __init__(self, tx: Tx) -> None:
        self.tx = tx
        # Not those of the sample company's past.
        sessions = select(people.visitor_session.c.id)
        rows = tx.conn.execute(select(conversation).where(conversation.c.thread_key.in_(sessions))).all()
        self.conversations = {row.id: row for row in rows}
        messages = tx.conn.execute(select(message).order_by(message.c.conversation_id, message.c.n)).all()
        ours = [row for row in messages if row.conversation_id in self.conversations]
        self.inbound = [row for row in ours if row.kind == "inbound"]
        self.replies = [row for row in ours if row.kind == "reply"]
        self.by_conversation: dict[str, list[Any]] = defaultdict(list)
        for row in ours:
            self.by_conversation[row.conversation_id].append(row)

    def check_visit(self, visit: Visit) -> None:
        """Everything that was confirmed is there, once, in the order in which it was said, where it was said to be."""
        inbound = [row for row in self.by_conversation[str(visit.conversation)] if row.kind == "inbound"]
        stored = [row.external_id.partition(":")[2] for row in inbound]
        assert stored == visit.said, f"{visit.name} said {visit.said}, stored is {stored}"
        assert [row.id for row in inbound] == [visit.confirmed[key]["message"] for key in visit.said]
        shown = [each["message"] for each in visit.events if each["kind"] == "message"]
        seen = {one["id"]: n for n, one in enumerate(shown)}
        assert len(seen) == len(shown), f"{visit.name} was shown a message twice"
        visible = {
            row.id for row in self.by_conversation[str(visit.conversation)] if row.delivery != "withdrawn"
        }
        assert visible - set(seen) == set() or self._may_lag(visible - set(seen))
        for key in visit.said:
            place = visit.events[visit.confirmed[key]["n"] - 1]
            assert place["message"]["key"] == key, f"{key} is not where it was confirmed to be"

    def _may_lag(self, unseen: set[str]) -> bool:
        """A visit ends with its last answer: what a person says after that it need not have seen."""
        return all(row.author != "contact" for row in self.replies if row.id in unseen)

    def check_numbers(self) -> None:
        counted = select(
            event.c.topic,
            func.count(),
            func.max(event.c.n),
            func.count(event.c.visible_n),
            func.max(event.c.visible_n),
        ).group_by(event.c.topic)
        for topic, events, last, visible, last_visible in self.tx.conn.execute(counted):
            assert events == last, f"{topic} has {events} events up to {last}"
            assert visible == (last_visible or 0), f"{topic} shows {visible} events up to {last_visible}"
            row = self.conversations.get(topic.partition(":")[2])
            assert row is None or (row.n, row.visible_n) == (last, last_visible or 0), topic

    def check_answers(self) -> None:
        """One of the bot for each message that it had, or somebody who holds the conversation."""
        answered = {row.key for row in self.replies}
        assert len(answered) == len({(row.conversation_id, row.key) for row in self.replies})
        for row in self.inbound:
            held = self.conversations[row.conversation_id].handler == "agent"
            assert f"bot:{row.id}" in answered or held, f"nobody answers {row.external_id}"
        greeted = Counter(row.conversation_id for row in self.replies if row.author == "agent")
        persons = {row.id for row in self.conversations.values() if row.handler == "agent"}
        assert greeted == Counter(persons)
        turns = self.tx.conn.execute(select(bot_turn.c.message_id)).scalars().all()
        assert len(turns) == len(set(turns))

    def check_deliveries(self, *given_up: str) -> None:
        """Nothing is left to do; only these handlers may have given anything up, because a person does it then."""
        assert {row.delivery for row in self.replies} <= SETTLED
        left = self.tx.conn.execute(select(outbox)).all()
        left = [row for row in left if row.dead_at is None or row.handler not in given_up]
        assert left == [], f"left in the outbox: {left}"

    def check_routing(self) -> None:
        """No offer is open, nobody waits, and each agent's load is what they hold."""
        open_offers = select(func.count()).where(reservation.c.state == "offered")
        assert self.tx.conn.execute(open_offers).scalar_one() == 0
        assert self.tx.conn.execute(select(queue_item)).all() == []
        held = (
            select(conversation.c.agent_id, func.sum(conversation.c.weight))
            .where(conversation.c.handler == "agent", conversation.c.status == "open")
            .group_by(conversation.c.agent_id)
        )
        stored = select(people.agent.c.id, people.agent.c.load).where(people.agent.c.load > 0)
        assert _pairs(self.tx, stored) == _pairs(self.tx, held)


def _pairs(tx: Tx, statement: Select[Any]) -> dict[str, int]:
    return {row[0]: row[1] for row in tx.conn.execute(statement)}
