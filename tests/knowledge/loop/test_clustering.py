"""Questions that ask the same come together, stay together, and are called by what they ask."""

from itertools import count

from knowledge.loop.clustering import Question, Scale, placed
from knowledge.loop.labelling import label, most_central, telling
from knowledge.loop.settings import LoopSettings

SCALE = Scale(LoopSettings())
ENGRAVING = ("Can you engrave a name?", "Do you engrave names?", "Is it possible to engrave a name?")
GIFTS = ("Do you wrap gifts?", "Can you wrap a gift?")


def _placed(texts: tuple[str, ...], known: tuple[Question, ...] = ()) -> list[Question]:
    names = count()
    new = [Question(text, text) for text in texts]
    return placed(known, new, SCALE, lambda: f"new {next(names)}")


def test_without_a_model_shared_words_decide() -> None:
    found = {each.text: each.cluster for each in _placed((*ENGRAVING, *GIFTS))}
    assert len({found[text] for text in ENGRAVING}) == 1
    assert len({found[text] for text in GIFTS}) == 1
    assert found[ENGRAVING[0]] != found[GIFTS[0]]


def test_a_new_question_joins_the_cluster_that_asks_the_same() -> None:
    known = (*(Question(t, t, "a") for t in ENGRAVING), *(Question(t, t, "b") for t in GIFTS))
    assert [each.cluster for each in _placed(("Could you engrave our names?", "Gift wrap?"), known)] == [
        "a",
        "b",
    ]
    assert _placed(("Where is the shop?",), known)[0].cluster == "new 0"


def test_chinese_questions_are_compared_by_their_characters() -> None:
    found = _placed(("可以刻字吗", "能不能帮我刻字", "怎么付款"))
    assert found[0].cluster == found[1].cluster != found[2].cluster


def test_the_same_questions_in_the_same_order_give_the_same_clusters() -> None:
    assert _placed((*ENGRAVING, *GIFTS)) == _placed((*ENGRAVING, *GIFTS))


def test_a_cluster_is_called_by_its_most_central_question_and_telling_words() -> None:
    members = [
        Question(text, text) for text in (*ENGRAVING, "Engraving: which fonts do you have to engrave a name?")
    ]
    assert most_central(members, SCALE).text in ENGRAVING
    said = label([Question(t, t) for t in ("Engrave it?", "laser engraving", "laser engrave")], GIFTS, SCALE)
    assert "laser" in said.casefold()


def test_marks_and_function_words_tell_nothing() -> None:
    texts = ["[#] do you engrave it [✉]", "do you engrave [#]"]
    assert telling(texts, ["do you wrap it"]) == ["engrave"]
    assert telling(["one text alone"], []) == []


def test_chinese_telling_words_are_words_and_no_pieces_of_them() -> None:
    others = ["怎么退货", "什么时候发货", "可以货到付款吗", "灯泡坏了怎么办"]
    texts = ["可以开发票吗", "怎么开发票", "开发票要多久", "我要开发票"]
    assert telling(texts, [*texts, *others])[0] == "开发票"
    assert "发票" not in telling(texts, [*texts, *others])
    mixed = ["电子发票怎么下载", "发票丢了怎么办", "可以补开发票吗", "发票抬头写错了"]
    assert telling(mixed, [*mixed, *others]) == ["发票"]
    engraved = ["能不能刻字", "刻字要多少钱", "台灯可以刻字吗", "刻字服务"]
    assert telling(engraved, [*engraved, *others]) == ["刻字"]


def test_english_telling_words_are_whole_words_as_they_are_written() -> None:
    texts = ["Do you engrave lamps?", "engraving a lamp", "is engraving a lamp possible"]
    assert telling(texts, [*texts, *GIFTS]) == ["engraving", "lamp"]
