"""What a filing may be, and whose decision it is: pure."""

from dataclasses import replace
from datetime import date

import pytest

from core.answer import Audience
from core.errors import Invalid
from core.ids import AgentId, CategoryId
from knowledge.filing.filed import Filing, Known, check, checked_tags, is_more_public, needs_publisher

TODAY = date(2026, 3, 2)
OPEN = Filing(None, (), Audience.PUBLIC, (), None, None, "en")
KNOWN = Known({"lamps"}, {"acme", "bolt"}, {"ada"}, {"en", "zh"}, TODAY)
HIDDEN = replace(OPEN, audience=Audience.AGENTS)
ACME = replace(OPEN, brands=("acme",))


def test_tags_are_lower_case_and_stand_once_and_in_order() -> None:
    assert checked_tags(["Smart  home", "bulbs", "BULBS", " "], 5) == ("bulbs", "smart home")


@pytest.mark.parametrize("tags", [["x" * 41], ["a,b"], ["a\x00"], ["a", "b", "c"]])
def test_bad_tags_are_refused(tags: list[str]) -> None:
    with pytest.raises(Invalid, match="tags"):
        checked_tags(tags, 2)


@pytest.mark.parametrize(
    ("after", "field"),
    [
        (replace(OPEN, category=CategoryId("nope")), "category_id"),
        (replace(OPEN, brands=("acme", "nope")), "brands"),
        (replace(OPEN, owner=AgentId("nope")), "owner"),
        (replace(OPEN, source_language="fr"), "source_language"),
        (replace(OPEN, review_by=date(2026, 3, 1)), "review_by"),
    ],
)
def test_what_does_not_exist_is_refused_by_its_field(after: Filing, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        check(OPEN, after, KNOWN)
    assert refused.value.field == field


def test_what_was_there_before_may_stay_though_it_is_gone() -> None:
    old = Filing(CategoryId("x"), (), Audience.PUBLIC, ("x",), AgentId("x"), date(2020, 1, 1), "fr")
    check(old, replace(old, tags=("bulbs",)), KNOWN)
    check(OPEN, replace(OPEN, category=CategoryId("lamps"), owner=AgentId("ada"), review_by=TODAY), KNOWN)


@pytest.mark.parametrize(
    ("before", "after", "more"),
    [
        (HIDDEN, OPEN, True),
        (OPEN, HIDDEN, False),
        (OPEN, ACME, False),
        (ACME, OPEN, True),
        (ACME, replace(OPEN, brands=("bolt",)), True),
        (replace(OPEN, brands=("acme", "bolt")), ACME, False),
        (replace(HIDDEN, brands=("acme",)), replace(HIDDEN, brands=("bolt",)), False),
        (ACME, replace(OPEN, audience=Audience.SIGNED_IN), True),
        (OPEN, replace(OPEN, tags=("x",)), False),
    ],
)
def test_what_somebody_new_may_read_is_more_public(before: Filing, after: Filing, more: object) -> None:
    assert is_more_public(before, after) is more
    assert (needs_publisher(before, after, published=False) is not None) is more


def test_what_readers_notice_is_a_publishers_to_change_and_of_a_draft_an_editors() -> None:
    for after, field in (
        (HIDDEN, "audience"),
        (ACME, "brands"),
        (replace(OPEN, category=CategoryId("lamps")), "category_id"),
    ):
        assert needs_publisher(OPEN, after, published=True) == field
        assert needs_publisher(OPEN, after, published=False) is None
    owned = replace(OPEN, tags=("x",), owner=AgentId("ada"), review_by=TODAY, source_language="zh")
    assert needs_publisher(OPEN, owned, published=True) is None
