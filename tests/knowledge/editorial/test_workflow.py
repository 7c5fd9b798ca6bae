"""Whatever people do in whatever order: nothing is published that nobody approved, and nothing is ever lost."""

import itertools
from collections.abc import Callable
from datetime import timedelta
from functools import cache, partial
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from sqlalchemy import Engine, create_engine, select
from sqlalchemy.pool import StaticPool

from core.errors import Rejected
from core.events import Recorded, TimerFired, article_topic
from core.outbox import TxHandler
from core.store.tables import metadata
from core.store.tables.knowledge import publication, published, revision
from core.store.tx import Tx
from knowledge import library
from knowledge.article import Content, Stage
from knowledge.editorial import editions
from knowledge.editorial.archiving import Archive
from knowledge.editorial.desk import At, Desk, Times
from knowledge.editorial.schedule import schedule_handler
from knowledge.editorial.settings import EditorialSettings
from knowledge.library import Edit
from tests.builders import MORNING, CountingIds, an_agent
from tests.knowledge.editorial.conftest import AMY, PAM, RAY, ROLES

RULES = EditorialSettings(review_required=True)
PEOPLE = st.sampled_from([AMY, RAY, PAM])
HANDLER = schedule_handler(RULES)


class Workflow(RuleBasedStateMachine):
    """One article in one language. ``approved`` holds the texts that somebody else than their author approved."""

    def __init__(self) -> None:
        super().__init__()
        self.conn = _database().connect()
        self.undone = self.conn.begin()
        self.ids, self.now = CountingIds(), MORNING
        self.texts = (f"Text {number}" for number in itertools.count(1))
        self.approved: set[str] = set()
        self.written: dict[int, str] = {}
        tx = self._tx()
        for name, role in ROLES.items():
            an_agent(tx, name, roles=(role.value,))
        first = next(self.texts)
        self.article = library.create(tx, "en", Content("A", first), author=AMY.agent).id
        self.topic = article_topic(self.article)
        tx.flush()
        self.written[1] = first
        self.desk, self.archive = Desk(RULES), Archive(RULES)
        self.at = At(self.article, "en")

    def _tx(self) -> Tx:
        return Tx(self.conn, self.now, self.ids, {})

    def _do(self, work: Callable[[Tx], Any]) -> bool:
        """Whether it was allowed; what was refused leaves nothing behind."""
        tx = self._tx()
        try:
            with self.conn.begin_nested():
                work(tx)
                tx.flush()
        except Rejected:
            return False
        return True

    def _standing(self) -> Any:
        return editions.standing(self._tx(), self.article, "en")

    @rule(who=PEOPLE)
    def edit(self, who: Any) -> None:
        text, base = next(self.texts), self._standing().number
        change = Edit(Content("A", text), base)
        if self._do(lambda tx: library.edit(tx, self.article, "en", change, who.agent)):
            self.written[base + 1] = text

    @rule(who=PEOPLE)
    def ask(self, who: Any) -> None:
        self._do(lambda tx: self.desk.ask(tx, self.at, who))

    @rule(who=PEOPLE)
    def withdraw(self, who: Any) -> None:
        self._do(lambda tx: self.desk.withdraw(tx, self.at, who))

    @rule(who=PEOPLE, approved=st.booleans())
    def decide(self, who: Any, approved: bool) -> None:  # noqa: FBT001 - drawn by name
        before = self._standing()
        if self._do(lambda tx: self.desk.decide(tx, self.at, who, approved=approved)):
            assert before.author != who.agent or not approved
            if approved:
                self.approved.add(self.written[before.number])

    @rule()
    def have_it_approved(self) -> None:
        """The usual way, so that walks come far."""
        before = self._standing()
        if self._do(lambda tx: self.desk.ask(tx, self.at, AMY)):
            by = RAY if before.author != RAY.agent else PAM
            if self._do(lambda tx: self.desk.decide(tx, self.at, by, approved=True)):
                self.approved.add(self.written[before.number])

    @rule(who=PEOPLE, hours=st.integers(1, 5))
    def schedule(self, who: Any, hours: int) -> None:
        times = Times(self.now + timedelta(hours=hours))
        self._do(lambda tx: self.desk.schedule(tx, self.at, who, times))

    @rule(who=PEOPLE)
    def unschedule(self, who: Any) -> None:
        self._do(lambda tx: self.desk.unschedule(tx, self.at, who))

    @rule(who=PEOPLE, data=st.data())
    def publish(self, who: Any, data: st.DataObject) -> None:
        number = data.draw(st.sampled_from(sorted(self.written)))
        self._do(lambda tx: self.desk.publish(tx, self.at, who, number))

    @rule(who=PEOPLE, data=st.data())
    def roll_back(self, who: Any, data: st.DataObject) -> None:
        number, newest = data.draw(st.sampled_from(sorted(self.written))), self._standing().number
        done = self._do(lambda tx: self.desk.roll_back(tx, self.at, who, number))
        if done and self._standing().number > newest:
            self.written[newest + 1] = self.written[number]

    @precondition(lambda self: self._standing().published is not None)
    @rule(who=PEOPLE)
    def unpublish(self, who: Any) -> None:
        self._do(lambda tx: self.desk.unpublish(tx, self.at, who))

    @rule(who=PEOPLE)
    def archive_or_bring_back(self, who: Any) -> None:
        found = library.get(self._tx(), self.article)
        work = self.archive.archive if found.archived_at is None else self.archive.bring_back
        self._do(lambda tx: work(tx, self.article, found.version, who))

    @rule(hours=st.integers(1, 6))
    def pass_time(self, hours: int) -> None:
        """Timers fire in their order, also those that were cancelled: what they find decides."""
        self.now += timedelta(hours=hours)
        for kind in editions.TIMERS.values():
            self._do(
                partial(_fire, Recorded(self.topic, 1, None, self.now, TimerFired(kind, "en", self.now)))
            )

    @invariant()
    def nothing_is_shown_that_nobody_approved(self) -> None:
        shown = list(self.conn.execute(select(published)))
        assert len(shown) <= 1
        for row in shown:
            assert self.written[row.number] in self.approved
            assert library.get(self._tx(), self.article).archived_at is None

    @invariant()
    def every_revision_is_kept_as_it_was_written(self) -> None:
        rows = self.conn.execute(select(revision.c.number, revision.c.body))
        assert {row.number: row.body for row in rows} == self.written

    @invariant()
    def what_was_shown_when_is_told_without_gaps(self) -> None:
        rows = list(self.conn.execute(select(publication)))
        open_ones = {row.number for row in rows if row.until is None}
        assert open_ones == {row.number for row in self.conn.execute(select(published))}

    @invariant()
    def a_stage_is_of_the_newest_revision(self) -> None:
        found = self._standing()
        if found.stage is Stage.APPROVED:
            assert self.written[found.number] in self.approved

    def teardown(self) -> None:
        self.undone.rollback()
        self.conn.close()


@cache
def _database() -> Engine:
    """One for all walks, each of which is undone."""
    engine = create_engine("sqlite://", poolclass=StaticPool)
    metadata.create_all(engine)
    return engine


def _fire(event: Recorded, tx: Tx) -> None:
    assert isinstance(HANDLER, TxHandler)
    HANDLER.run(tx, event)


Workflow.TestCase.settings = settings(max_examples=10, stateful_step_count=25, deadline=None)
TestWorkflow = pytest.mark.served(Workflow.TestCase)
