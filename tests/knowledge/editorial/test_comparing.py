"""What changed between two texts: by lines, and in words within a line."""

import time

from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.editorial.comparing import Change, Line, Piece, compare, lines_of, same, words_of
from knowledge.editorial.following import Now, follow

TEXTS = st.text(st.sampled_from("ab 天\n."), max_size=40)


def changes(found: tuple[Line, ...]) -> list[str]:
    return [line.change.value for line in found]


def marked(pieces: tuple[Piece, ...]) -> str:
    return "".join(f"[{piece.text}]" if piece.changed else piece.text for piece in pieces)


def test_a_changed_line_says_which_words_changed() -> None:
    found = compare("Send it back within 30 days.", "Send it back within 60 working days.")
    assert changes(found) == ["replaced"]
    assert found[0].old is not None
    assert found[0].new is not None
    assert marked(found[0].old.pieces) == "Send it back within [30] days."
    assert marked(found[0].new.pieces) == "Send it back within [60 working] days."


def test_chinese_is_compared_character_by_character() -> None:
    old, new = words_of("请在三天内退货。", "请在六个工作日内退货。")
    assert (marked(old), marked(new)) == ("请在[三天]内退货。", "请在[六个工作日]内退货。")


def test_words_that_changed_side_by_side_are_one_change() -> None:
    old, new = words_of("Hello brave new world", "Hello cruel old world")
    assert (marked(old), marked(new)) == ("Hello [brave new] world", "Hello [cruel old] world")


def test_lines_that_came_and_went_stand_by_themselves() -> None:
    found = compare(
        "# Title\n\nStays here.\n\nOld words entirely.", "# Title\n\nBrand-new thing!\n\nStays here."
    )
    assert "replaced" not in changes(found)
    came = [line.new.text for line in found if line.change is Change.INSERTED and line.new]
    went = [line.old.text for line in found if line.change is Change.DELETED and line.old]
    assert "Brand-new thing!" in came
    assert "Old words entirely." in went


def test_a_changed_line_is_found_again_beyond_lines_put_before_it() -> None:
    """Empty lines, which every Markdown text is full of, do not tear the two forms apart."""
    found = compare("Send it back within 30 days.\n\nGone.", "Before.\n\nSend it back within 60 days.")
    replaced = [line for line in found if line.change is Change.REPLACED]
    assert [(line.old and line.old.number, line.new and line.new.number) for line in replaced] == [(1, 3)]


def test_the_same_text_has_no_changes() -> None:
    assert same(compare("One\n\ntwo", "One\n\ntwo"))
    assert compare("", "") == ()


@given(TEXTS, TEXTS)
@settings(max_examples=60, deadline=None)
def test_both_texts_stand_in_a_comparison_whole_and_in_order(old: str, new: str) -> None:
    found = compare(old, new)
    before = [line.old for line in found if line.old is not None]
    after = [line.new for line in found if line.new is not None]
    assert [side.text for side in before] == lines_of(old)
    assert [side.text for side in after] == lines_of(new)
    assert [side.number for side in before] == list(range(1, len(before) + 1))
    assert [side.number for side in after] == list(range(1, len(after) + 1))
    for line in found:
        assert (line.change is Change.EQUAL) == (
            line.old is not None and line.new is not None and line.old.text == line.new.text
        )


def test_the_worst_texts_are_compared_within_bounded_time() -> None:
    old, new = "!?" * 12_500 + "\nx" * 8000, "?!" * 12_400 + "\ny" * 8000
    began = time.perf_counter()
    compare(old, new)
    assert time.perf_counter() - began < 5


def test_lines_are_followed_where_they_moved_and_changed() -> None:
    old = "First.\n\nSend it back within 30 days.\n\nGone for ever.\n\nMoved paragraph here."
    new = "Moved paragraph here.\n\nFirst.\n\nSend it back within 60 days."
    places = {line: now for line, now in follow(old, new).items() if lines_of(old)[line - 1]}
    assert places == {1: Now(3), 3: Now(5, changed=True), 7: Now(1)}
