"""What becomes of a revision: asked about, decided on, scheduled, published, unpublished; one transaction each.

Each says what it was looking at (``At.version``), and is refused with Conflict ``newer_version`` if that has changed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from core.errors import Conflict, Invalid
from core.events import Event, article_topic
from core.ids import AgentId, ArticleId
from core.knowledge_events import ReviewAsked, ReviewDecided, StageChanged
from core.store.tx import Tx
from knowledge import library, store
from knowledge.article import Stage
from knowledge.editorial import editions, people
from knowledge.editorial.editions import Act, Done
from knowledge.editorial.settings import EditorialSettings
from knowledge.editorial.stages import Standing, Step, Who, check, unfit


@dataclass(frozen=True, slots=True)
class At:
    """An edition as somebody saw it; ``version`` None asks for no comparison."""

    article: ArticleId
    language: str
    version: int | None = None


@dataclass(frozen=True, slots=True)
class Times:
    """When to publish the newest revision, and when to unpublish what is published then; None: never.

    An end of what readers see until then stays, whatever is said here. ``as_planned``: ``unpublish_at`` says nothing;
    an end that is planned after ``publish_at`` stays.
    """

    publish_at: datetime | None
    unpublish_at: datetime | None = None
    as_planned: bool = False


class Desk:
    """The use cases under the rules of an installation."""

    def __init__(self, rules: EditorialSettings) -> None:
        self.rules = rules

    def ask(self, tx: Tx, at: At, who: Who, *, reviewer: AgentId | None = None, note: str = "") -> Standing:
        """The newest revision is ready to be looked at, by ``reviewer`` or whoever gets to it."""
        before = self._begin(tx, at, who, Step.ASK)
        if reviewer is not None:
            people.check_reviewer(tx, reviewer)
            if reviewer == before.author and not self.rules.own_approval:
                raise Invalid("reviewer", "somebody else than who wrote it", code="own_revision")
        values = {
            "stage": Stage.IN_REVIEW.value,
            "reviewer_id": reviewer,
            "asked_by_id": who.agent,
            "asked_at": tx.now,
            "decided_by_id": None,
            "decided_at": None,
        }
        done = Done(before.number, Step.ASK, who.agent, tx.now, self._note(note), asked=reviewer)
        return self._end(tx, at, before, values, done)

    def withdraw(self, tx: Tx, at: At, who: Who) -> Standing:
        """It is not ready after all."""
        before = self._begin(tx, at, who, Step.WITHDRAW)
        values = {"stage": Stage.DRAFT.value, "reviewer_id": None, "asked_by_id": None, "asked_at": None}
        return self._end(tx, at, before, values, Done(before.number, Step.WITHDRAW, who.agent, tx.now))

    def decide(self, tx: Tx, at: At, who: Who, *, approved: bool, note: str = "") -> Standing:
        """It may be published, or it needs changes, which end what is scheduled."""
        step = Step.APPROVE if approved else Step.REQUEST_CHANGES
        before = self._begin(tx, at, who, step)
        values = {
            "stage": (Stage.APPROVED if approved else Stage.CHANGES_REQUESTED).value,
            "decided_by_id": who.agent,
            "decided_at": tx.now,
            **editions.off_schedule(before.publish_at, before.unpublish_before_at),
        }
        done = Done(before.number, step, who.agent, tx.now, self._note(note))
        return self._end(tx, at, before, values, done)

    def schedule(self, tx: Tx, at: At, who: Who, times: Times, note: str = "") -> Standing:
        """Exactly this revision is published then; an edit in between takes it off the schedule."""
        before = self._begin(tx, at, who, Step.SCHEDULE)
        due = self._ahead(tx, "publish_at", times.publish_at)
        if due is None:
            raise Invalid("publish_at", "a time to come", code="not_ahead")
        until = self._until(tx, before, due, times)
        values = {
            "stage": Stage.SCHEDULED.value,
            "publish_at": due,
            "unpublish_at": until,
            "unpublish_before_at": before.ends_at,
        }
        done = Done(before.number, Step.SCHEDULE, who.agent, tx.now, self._note(note), due_at=due)
        if until != before.unpublish_at and not times.as_planned:
            then = Done(before.number, Step.UNPUBLISH_AT, who.agent, tx.now, due_at=until)
            editions.record(tx, at.article, at.language, then)
        return self._end(tx, at, before, values, done)

    def unschedule(self, tx: Tx, at: At, who: Who) -> Standing:
        """It stays what it was before it was scheduled: approved, or a draft."""
        before = self._begin(tx, at, who, Step.UNSCHEDULE)
        dropped = editions.off_schedule(before.publish_at, before.unpublish_before_at)
        values = {"stage": editions.resting(before).value, **dropped}
        return self._end(tx, at, before, values, Done(before.number, Step.UNSCHEDULE, who.agent, tx.now))

    def unpublish_at(self, tx: Tx, at: At, who: Who, until: datetime | None) -> Standing:
        """What is published then, nobody reads from ``until`` on; None: no end is planned."""
        before = self._begin(tx, at, who, Step.UNPUBLISH_AT)
        due = self._ahead(tx, "unpublish_at", until)
        if due is not None and before.publish_at is not None and due <= before.publish_at:
            raise Invalid("unpublish_at", "a time after publish_at", code="end_first")
        done = Done(before.published or before.number, Step.UNPUBLISH_AT, who.agent, tx.now, due_at=due)
        return self._end(tx, at, before, {"unpublish_at": due}, done)

    def publish(self, tx: Tx, at: At, who: Who, number: int, note: str = "") -> Standing:
        """Everybody reads revision ``number``; an older one, too, if it was approved or published before."""
        newest = self._look(tx, at)
        wanted = newest if number == newest.number else editions.standing(tx, at.article, at.language, number)
        if wanted.published != number:
            check(Step.PUBLISH, wanted, who, self.rules)
        else:
            check(Step.ROLL_BACK, wanted, who, self.rules)
        library.publish(tx, at.article, at.language, number, Act(who.agent, self._note(note)))
        return editions.standing(tx, at.article, at.language)

    def unpublish(self, tx: Tx, at: At, who: Who, number: int | None = None, note: str = "") -> Standing:
        self._begin(tx, at, who, Step.UNPUBLISH)
        library.unpublish(tx, at.article, at.language, number, Act(who.agent, self._note(note)))
        return editions.standing(tx, at.article, at.language)

    def roll_back(self, tx: Tx, at: At, who: Who, number: int, note: str = "") -> Standing:
        """What readers see is an older revision's text again, as a new revision, from which the next edit goes on.

        Where somebody is at a newer draft, that stays what they go on from, and the older revision itself is published.
        """
        newest = self._look(tx, at)
        check(Step.ROLL_BACK, newest, who, self.rules)
        wanted = editions.standing(tx, at.article, at.language, number)
        if number >= newest.number or number == newest.published:
            raise Invalid("revision", "an older one than what is published", code="not_older")
        refused = unfit(wanted, self.rules)
        if refused is not None:
            raise refused
        said = self._note(note)
        act = Act(who.agent, said, Step.ROLL_BACK)
        if newest.settled:
            old = store.load_revision(tx, store.Key(at.article, at.language, number))
            assert old is not None  # noqa: S101 - its standing was found
            anew = library.Edit(old.content, newest.number, note=said, source=old.source_number)
            library.edit(tx, at.article, at.language, anew, who.agent)
            number = newest.number + 1
        library.publish(tx, at.article, at.language, number, act)
        return editions.standing(tx, at.article, at.language)

    def _look(self, tx: Tx, at: At) -> Standing:
        editions.alone_at(tx, at.article)
        found = editions.standing(tx, at.article, at.language)
        if at.version is not None and at.version != found.version:
            raise Conflict("it has changed meanwhile", code="newer_version")
        return found

    def _begin(self, tx: Tx, at: At, who: Who, step: Step) -> Standing:
        found = self._look(tx, at)
        check(step, found, who, self.rules)
        return found

    def _end(self, tx: Tx, at: At, before: Standing, values: Mapping[str, Any], done: Done) -> Standing:
        editions.move(tx, at.article, at.language, before, values)
        editions.record(tx, at.article, at.language, done)
        after = editions.standing(tx, at.article, at.language)
        tx.emit(article_topic(at.article), _told(at, after, done))
        return after

    def _note(self, note: str) -> str:
        return people.checked_words("note", note, self.rules.note_characters)

    def _until(self, tx: Tx, before: Standing, due: datetime, times: Times) -> datetime | None:
        """When what is published at ``due`` is unpublished; an earlier time is of what is published now."""
        if not times.as_planned:
            until = self._ahead(tx, "unpublish_at", times.unpublish_at)
        else:
            until = before.unpublish_at
            if (
                before.published is not None
                and until == before.ends_at
                and until is not None
                and until <= due
            ):
                return None
        if until is not None and until <= due:
            raise Invalid("unpublish_at", "a time after publish_at", code="end_first")
        return until

    def _ahead(self, tx: Tx, field: str, due: datetime | None) -> datetime | None:
        if due is None:
            return None
        if not tx.now < due <= tx.now + timedelta(days=self.rules.days_ahead):
            raise Invalid(field, f"a time to come, within {self.rules.days_ahead} days", code="not_ahead")
        return due


def _told(at: At, after: Standing, done: Done) -> Event:
    assert done.by is not None  # noqa: S101 - the desk serves people
    match done.step:
        case Step.ASK:
            return ReviewAsked(at.article, at.language, done.number, done.by)
        case Step.APPROVE | Step.REQUEST_CHANGES:
            approved = done.step is Step.APPROVE
            return ReviewDecided(at.article, at.language, done.number, done.by, approved)
        case _:
            return StageChanged(at.article, at.language, done.number, after.stage.value)
