"""Comments stay beside the line they are about, are answered, and are settled."""

import pytest

from core.errors import Conflict, Forbidden, Invalid, NotFound
from knowledge.article import Content
from knowledge.editorial.comment import Where, place
from knowledge.editorial.commenting import Comments, Remark, load
from knowledge.editorial.settings import EditorialSettings
from tests.knowledge.editorial.conftest import ADA, AMY, RAY, RETURNS, Office

pytestmark = pytest.mark.served

COMMENTS = Comments(EditorialSettings())


async def test_a_comment_follows_its_line_says_when_it_changed_and_quotes_it_when_it_is_gone(
    office: Office,
) -> None:
    db = office.world.db
    for line in (1, 3, 5, None):
        await db.run(COMMENTS.add, office.article, "en", RAY, Remark(1, f"About {line}", line))
    body = "New first line.\n\nSend it back.\n\nWithin 60 days."
    await office.edit(Content("Returns", body))
    placed = place(await db.read(load, office.article, "en"), {1: RETURNS.body, 2: body})
    assert [(each.comment.body, each.where, each.line) for each in placed] == [
        ("About None", Where.WHOLE, None),
        ("About 1", Where.HERE, 3),
        ("About 3", Where.CHANGED, 5),
        ("About 5", Where.OUTDATED, None),
    ]
    assert placed[-1].comment.quote == "For free."


async def test_a_comment_is_answered_and_settled_and_opened_again(office: Office) -> None:
    db = office.world.db
    asked = await db.run(COMMENTS.add, office.article, "en", RAY, Remark(1, "Which days?", line=3))
    answer = await db.run(
        COMMENTS.add, office.article, "en", AMY, Remark(1, "Calendar days", parent=asked.id)
    )
    placed = place(await db.read(load, office.article, "en"), {1: RETURNS.body})
    assert [each.answers for each in placed] == [(answer,)]
    settled = await db.run(COMMENTS.resolve, office.article, asked.id, AMY, resolved=True)
    assert (settled.resolved_by, settled.resolved_at is not None) == (AMY.agent, True)
    opened = await db.run(COMMENTS.resolve, office.article, asked.id, RAY, resolved=False)
    assert opened.resolved_by is None
    with pytest.raises(Invalid):
        await db.run(COMMENTS.add, office.article, "en", AMY, Remark(1, "To an answer", parent=answer.id))
    with pytest.raises(Invalid):
        await db.run(COMMENTS.resolve, office.article, answer.id, AMY, resolved=True)


@pytest.mark.parametrize(
    ("remark", "field"),
    [
        (Remark(1, " "), "body"),
        (Remark(1, "x" * 5001), "body"),
        (Remark(1, "\x00"), "body"),
        (Remark(1, "Hm", line=6), "line"),
        (Remark(1, "Hm", line=0), "line"),
    ],
)
async def test_bad_comments_are_refused_by_field(office: Office, remark: Remark, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        await office.world.db.run(COMMENTS.add, office.article, "en", RAY, remark)
    assert refused.value.field == field


async def test_comments_are_for_who_writes_on_what_there_is_and_not_without_end(office: Office) -> None:
    db = office.world.db
    with pytest.raises(Forbidden):
        await db.run(COMMENTS.add, office.article, "en", ADA, Remark(1, "Hello"))
    with pytest.raises(NotFound):
        await db.run(COMMENTS.add, office.article, "en", RAY, Remark(2, "Hello"))
    few = Comments(EditorialSettings(comments=1))
    await db.run(few.add, office.article, "en", RAY, Remark(1, "Hello"))
    with pytest.raises(Conflict) as refused:
        await db.run(few.add, office.article, "en", RAY, Remark(1, "Hello"))
    assert refused.value.code == "too_many"
