"""Slips, words only begun, and words that editors say mean the same."""

import pytest

from knowledge.index.spelling import slipped
from tests.knowledge.index.builders import article, found, index, look

SHOP = index(
    article("warranty", "Warranty", "Three years on every lamp.", "How long is the guarantee?"),
    article("voucher", "Gift cards", "They never expire.", "Can I buy a gift card?"),
    article("sofa", "Sofas", "We deliver them to your door."),
    article("refund", "退款", "七天内退款到账。", "多久能退款？", language="zh"),
    article("return", "退货", "三十天内可以退货。", "怎么退货？", language="zh"),
    synonyms=(("sofa", "couch", "settee"), ("gift card", "voucher"), ("退款", "返钱")),
)


@pytest.mark.parametrize(
    "typed", ["guarante", "guaranttee", "gaurantee", "garantee", "guarentee", "guarantes"]
)
def test_a_slip_is_understood_and_told(typed: str) -> None:
    finding = look(SHOP, f"{typed} ")
    assert [hit.document.article for hit in finding.hits] == ["warranty"]
    assert finding.corrected == ((typed, "guarantee"),)


def test_two_slips_are_understood_in_a_long_word_only() -> None:
    assert found(SHOP, "garrantee ") == ["warranty"]
    assert found(SHOP, "sfoas ") == ["sofa"]
    assert found(SHOP, "sfaos ") == []


def test_a_word_that_articles_have_is_never_taken_for_another() -> None:
    both = index(article("lamp", "Lamp"), article("lamb", "Lamb"))
    finding = look(both, "lamb ")
    assert [hit.document.article for hit in finding.hits] == ["lamb"]
    assert finding.corrected == ()


def test_short_words_and_numbers_are_left_as_they_are() -> None:
    both = index(article("a", "Buy 1234 now"))
    assert look(both, "bux 1235 ").corrected == ()


def test_a_word_only_begun_may_hold_a_slip() -> None:
    assert found(SHOP, "how long is the guarn") == ["warranty"]
    assert found(SHOP, "deliv") == ["sofa"]


def test_a_word_that_is_begun_rightly_is_not_corrected() -> None:
    assert look(SHOP, "guar").corrected == ()


@pytest.mark.parametrize(("asked", "slug"), [("couch", "sofa"), ("settee", "sofa"), ("voucher", "voucher")])
def test_synonyms_find_each_other_in_both_directions(asked: str, slug: str) -> None:
    assert found(SHOP, asked) == [slug]
    assert found(index(article("c", "Couches"), synonyms=(("sofa", "couch"),)), "sofas") == ["c"]


def test_a_synonym_of_several_words_is_found_where_they_stand_together() -> None:
    vouchers = index(article("v", "Vouchers"), synonyms=(("gift card", "voucher"),))
    finding = look(vouchers, "lost my gift card")
    assert [hit.document.article for hit in finding.hits] == ["v"]
    assert finding.synonyms == (("gift card", ("voucher",)),)
    assert found(vouchers, "a card for a gift") == []


def test_a_chinese_synonym_is_found_inside_a_sentence() -> None:
    assert found(SHOP, "什么时候返钱给我", language="zh")[0] == "refund"


def test_a_word_that_has_a_synonym_is_not_taken_for_a_slip() -> None:
    lamps = index(article("l", "Lamps to be touched"), synonyms=(("torch", "lamp"),))
    finding = look(lamps, "torch")
    assert (finding.corrected, finding.synonyms) == ((), (("torch", ("lamp",)),))


def test_function_words_are_not_marked() -> None:
    (hit,) = look(index(article("l", "Lamp", "You may send a lamp back.")), "send a lamp").hits
    assert [piece.text for piece in hit.snippet if piece.marked] == ["send", "lamp"]


def test_a_synonym_counts_as_the_word_itself() -> None:
    plain, by_synonym = look(SHOP, "sofa").hits[0], look(SHOP, "couch").hits[0]
    assert by_synonym.probability == pytest.approx(plain.probability, abs=0.05)


def test_slips_are_counted_up_to_a_limit() -> None:
    others = ["lamp", "lam", "lapm", "lbmq", "warranty", "lamps", "lampshade"]
    assert slipped("lamp", others, 2, begun=False) == {"lamp": 0, "lam": 1, "lapm": 1, "lbmq": 2, "lamps": 1}
    assert slipped("lmap", others, 1, begun=True) == {"lamp": 1, "lamps": 1, "lampshade": 1}
