"""Which step is allowed by whom from where: the rules of review and publishing, decided from values."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from core.agent import Permission
from core.errors import Conflict, Forbidden, Rejected
from core.ids import AgentId
from knowledge.article import Stage
from knowledge.editorial.settings import EditorialSettings


class Step(StrEnum):
    """What is done with a revision."""

    ASK = "ask"
    WITHDRAW = "withdraw"
    APPROVE = "approve"
    REQUEST_CHANGES = "request_changes"
    SCHEDULE = "schedule"
    UNSCHEDULE = "unschedule"
    PUBLISH = "publish"
    UNPUBLISH = "unpublish"
    UNPUBLISH_AT = "unpublish_at"
    ROLL_BACK = "roll_back"
    HOLD_BACK = "hold_back"
    ARCHIVE = "archive"
    BRING_BACK = "bring_back"
    DELETE = "delete"


@dataclass(frozen=True, slots=True)
class Who:
    """Somebody who acts, and what their roles allow."""

    agent: AgentId
    permissions: frozenset[Permission]


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an edition stands. ``number`` is its newest revision and ``author`` who wrote that.

    ``published`` is the number that everybody reads. ``approved``: the newest revision was, and nobody changed their
    mind; ``shown``: it was published before. ``others``: somebody else than ``author`` wrote a revision of the article.
    ``unpublish_at``: the end of what is published at ``publish_at``, where that is set; else of what is published now.
    ``unpublish_before_at``: the end of what is published from before something was scheduled.
    """

    number: int
    stage: Stage
    version: int
    author: AgentId | None = None
    published: int | None = None
    approved: bool = False
    shown: bool = False
    reviewer: AgentId | None = None
    asked_by: AgentId | None = None
    asked_at: datetime | None = None
    decided_by: AgentId | None = None
    decided_at: datetime | None = None
    publish_at: datetime | None = None
    unpublish_at: datetime | None = None
    unpublish_before_at: datetime | None = None
    archived: bool = False
    article_shown: bool = False
    others: bool = False

    @property
    def ends_at(self) -> datetime | None:
        """When what readers see now is unpublished, unless something else is published before."""
        return self.unpublish_at if self.publish_at is None else self.unpublish_before_at

    @property
    def gap_from(self) -> datetime | None:
        """From when readers see nothing, until ``publish_at``."""
        if self.publish_at is None or self.ends_at is None or self.ends_at >= self.publish_at:
            return None
        return self.ends_at

    @property
    def settled(self) -> bool:
        """The newest revision is the published one: nothing waits."""
        return self.published == self.number


_NEEDS = {
    Step.ASK: Permission.EDIT,
    Step.WITHDRAW: Permission.EDIT,
    Step.APPROVE: Permission.REVIEW,
    Step.REQUEST_CHANGES: Permission.REVIEW,
    Step.DELETE: Permission.EDIT,
}
_FROM = {
    Step.ASK: {Stage.DRAFT, Stage.IN_REVIEW, Stage.CHANGES_REQUESTED},
    Step.WITHDRAW: {Stage.IN_REVIEW},
    Step.APPROVE: {Stage.IN_REVIEW, Stage.CHANGES_REQUESTED},
    Step.REQUEST_CHANGES: {Stage.IN_REVIEW, Stage.APPROVED, Stage.SCHEDULED},
    Step.UNSCHEDULE: {Stage.SCHEDULED},
}
_OF_NEWEST = {*_FROM, Step.SCHEDULE, Step.PUBLISH}
_OFFERED = tuple(step for step in Step if step not in {Step.HOLD_BACK, Step.ROLL_BACK})


def allowed(standing: Standing, who: Who, rules: EditorialSettings) -> tuple[Step, ...]:
    """What this person can do now, in the order of ``Step``."""
    return tuple(step for step in _OFFERED if refusal(step, standing, who, rules) is None)


def check(step: Step, standing: Standing, who: Who, rules: EditorialSettings) -> None:
    """Raises Forbidden for what this person may not do, Conflict for what nobody may now; the code says why."""
    error = refusal(step, standing, who, rules)
    if error is not None:
        raise error


def refusal(step: Step, standing: Standing, who: Who, rules: EditorialSettings) -> Rejected | None:
    """Why not; None when it is allowed."""
    needed = _NEEDS.get(step, Permission.PUBLISH)
    if needed not in who.permissions:
        return Forbidden(f"to {step.value} needs the permission {needed.value}")
    if standing.archived != (step is Step.BRING_BACK) and not (standing.archived and step is Step.DELETE):
        return (
            Conflict("the article is archived", code="archived")
            if standing.archived
            else Conflict("the article is not archived", code="not_archived")
        )
    if step in _OF_NEWEST and standing.settled:
        return Conflict("the newest revision is published", code="nothing_new")
    if standing.stage not in _FROM.get(step, {standing.stage}):
        return Conflict(f"a revision that is {standing.stage.value} has no {step.value}", code="wrong_stage")
    return _more(step, standing, who, rules)


def _more(step: Step, standing: Standing, who: Who, rules: EditorialSettings) -> Rejected | None:
    match step:
        case Step.APPROVE if standing.author == who.agent and not rules.own_approval:
            return Forbidden("somebody else must approve what one wrote oneself", code="own_revision")
        case Step.WITHDRAW if not _theirs(standing, who):
            return Forbidden(
                "only who asked, who wrote it or a publisher withdraws it", code="not_your_review"
            )
        case Step.PUBLISH | Step.SCHEDULE:
            return unfit(standing, rules)
        case Step.UNPUBLISH if standing.published is None:
            return Conflict("it is not published", code="not_published")
        case Step.UNPUBLISH_AT if standing.published is None and standing.stage is not Stage.SCHEDULED:
            return Conflict("it is neither published nor scheduled", code="not_published")
        case Step.DELETE if standing.article_shown:
            return Conflict("what was ever published is archived, not deleted", code="was_published")
        case Step.DELETE if Permission.PUBLISH not in who.permissions and (
            standing.others or standing.author != who.agent
        ):
            return Forbidden("only a publisher deletes what others wrote", code="others_wrote")
        case _:
            return None


def unfit(standing: Standing, rules: EditorialSettings) -> Conflict | None:
    """Why the newest revision may not be shown to readers; None when it may.

    What was approved or published before may, and anything where no review is required; never that to which changes
    were requested.
    """
    if standing.stage is Stage.CHANGES_REQUESTED:
        return Conflict("changes to this revision were requested", code="changes_requested")
    if standing.approved or standing.shown:
        return None
    if rules.review_required:
        return Conflict("nobody has approved this revision", code="not_approved")
    return None


def _theirs(standing: Standing, who: Who) -> bool:
    return who.agent in {standing.asked_by, standing.author} or Permission.PUBLISH in who.permissions
