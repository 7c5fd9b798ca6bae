"""Which step is allowed by whom from where."""

from dataclasses import replace

import pytest

from core.agent import Role, permissions_of
from core.errors import Conflict, Forbidden
from core.ids import AgentId
from knowledge.article import Stage
from knowledge.editorial.settings import EditorialSettings
from knowledge.editorial.stages import Standing, Step, Who, allowed, check

AMY, RAY, PAM = (
    Who(AgentId(name), permissions_of(frozenset({role})))
    for name, role in (("amy", Role.AUTHOR), ("ray", Role.REVIEWER), ("pam", Role.PUBLISHER))
)
ADA = Who(AgentId("ada"), permissions_of(frozenset({Role.AGENT})))
DRAFT = Standing(number=2, stage=Stage.DRAFT, version=3, author=AMY.agent)
ASKED = replace(DRAFT, stage=Stage.IN_REVIEW, asked_by=AMY.agent)
APPROVED = replace(DRAFT, stage=Stage.APPROVED, approved=True)
SCHEDULED = replace(APPROVED, stage=Stage.SCHEDULED)
REFUSED = replace(DRAFT, stage=Stage.CHANGES_REQUESTED)
SHOWN = replace(APPROVED, published=2, shown=True, article_shown=True)
STRICT, EASY = EditorialSettings(review_required=True), EditorialSettings()

TABLE = [
    (DRAFT, AMY, STRICT, "ask delete"),
    (DRAFT, AMY, EASY, "ask delete"),
    (DRAFT, RAY, STRICT, "ask"),
    (DRAFT, PAM, STRICT, "ask archive delete"),
    (DRAFT, PAM, EASY, "ask schedule publish archive delete"),
    (DRAFT, ADA, EASY, ""),
    (ASKED, AMY, STRICT, "ask withdraw delete"),
    (ASKED, RAY, STRICT, "ask approve request_changes"),
    (ASKED, PAM, STRICT, "ask withdraw approve request_changes archive delete"),
    (ASKED, ADA, STRICT, ""),
    (REFUSED, AMY, STRICT, "ask delete"),
    (REFUSED, RAY, STRICT, "ask approve"),
    (REFUSED, PAM, EASY, "ask approve archive delete"),
    (APPROVED, AMY, STRICT, "delete"),
    (APPROVED, RAY, STRICT, "request_changes"),
    (APPROVED, PAM, STRICT, "request_changes schedule publish archive delete"),
    (SCHEDULED, RAY, STRICT, "request_changes"),
    (
        SCHEDULED,
        PAM,
        STRICT,
        "request_changes schedule unschedule publish unpublish_at archive delete",
    ),
    (SHOWN, AMY, STRICT, ""),
    (SHOWN, PAM, STRICT, "unpublish unpublish_at archive"),
    (replace(SHOWN, published=None), PAM, STRICT, "request_changes schedule publish archive"),
    (replace(SHOWN, published=None, archived=True), PAM, STRICT, "bring_back"),
    (replace(DRAFT, archived=True), AMY, STRICT, "delete"),
    (replace(ASKED, author=RAY.agent), RAY, STRICT, "ask withdraw request_changes delete"),
]


@pytest.mark.parametrize(("standing", "who", "rules", "steps"), TABLE)
def test_what_each_may_do_from_each_stage(
    standing: Standing, who: Who, rules: EditorialSettings, steps: str
) -> None:
    assert " ".join(allowed(standing, who, rules)) == steps


def test_nobody_approves_what_they_wrote_unless_the_setting_says_so() -> None:
    own = replace(ASKED, author=PAM.agent)
    with pytest.raises(Forbidden) as refused:
        check(Step.APPROVE, own, PAM, STRICT)
    assert refused.value.code == "own_revision"
    check(Step.APPROVE, own, PAM, EditorialSettings(review_required=True, own_approval=True))


def test_a_publisher_publishes_unreviewed_text_only_where_no_review_is_required() -> None:
    with pytest.raises(Conflict) as refused:
        check(Step.PUBLISH, DRAFT, PAM, STRICT)
    assert refused.value.code == "not_approved"
    check(Step.PUBLISH, DRAFT, PAM, EASY)


def test_nobody_publishes_a_revision_to_which_changes_were_requested() -> None:
    for refused_one in (REFUSED, replace(REFUSED, shown=True)):
        with pytest.raises(Conflict) as refused:
            check(Step.PUBLISH, refused_one, PAM, EASY)
        assert refused.value.code == "changes_requested"


def test_an_author_deletes_only_what_nobody_else_wrote_in() -> None:
    with pytest.raises(Forbidden):
        check(Step.DELETE, replace(DRAFT, others=True), AMY, EASY)
    check(Step.DELETE, replace(DRAFT, others=True), PAM, EASY)
