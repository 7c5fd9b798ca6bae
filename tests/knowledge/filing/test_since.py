"""What a translator is told of a source that changed: pure."""

from knowledge.article import Content
from knowledge.filing.since import changed

OLD = Content("Returns", "First\nSecond\nThird\nYou have 30 days.\nFifth\nSixth\nSeventh", ("How?", "When?"))


def test_only_what_changed_is_told_with_a_line_around_it() -> None:
    new = Content("Returns", OLD.body.replace("30", "60"), ("How?", "Why?"))
    found = changed(OLD, new)
    assert found.title is None
    texts = [None if line is None or line.new is None else line.new.text for line in found.lines]
    assert texts == [None, "Third", "You have 60 days.", "Fifth", None]
    assert [line.new.text for line in found.questions if line.new is not None] == ["Why?"]


def test_a_new_title_is_told_and_a_text_that_is_the_same_is_not() -> None:
    found = changed(OLD, Content("Sending back", OLD.body, OLD.questions))
    assert found.title is not None
    assert (found.questions, found.lines) == ((), ())
