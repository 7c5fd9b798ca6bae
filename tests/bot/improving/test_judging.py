"""Comparing two models: what each got right, what is out of scope, and that nothing learned by heart flatters."""

from bot.improving.evaluating import BEFORE, NOW, Exam, Known, mark, set_exam
from bot.improving.example import Example
from bot.improving.judging import Confused, IntentScore, Judged, compare, folds, honest, score, unseen


def judged(key: str, expected: str, got: str) -> Judged:
    return Judged(key, key, expected, got)


def an_example(key: str, intent: str = "greet") -> Example:
    return Example(key, key, intent, "en")


def test_a_score_counts_by_intent_and_what_was_taken_for_what() -> None:
    found = score(
        [judged("1", "greet", "greet"), judged("2", "greet", "thank"), judged("3", "thank", "thank")]
    )
    assert (found.size, found.right) == (3, 2)
    assert found.intents == (IntentScore("greet", 2, 1), IntentScore("thank", 1, 1))
    assert Confused("greet", "thank", 1) in found.confusion


def test_out_of_scope_is_caught_as_such_or_as_not_understood_and_others_should_not_be() -> None:
    found = score(
        [
            judged("1", "out_of_scope", "nlu_fallback"),
            judged("2", "out_of_scope", "greet"),
            judged("3", "greet", "out_of_scope"),
            judged("4", "greet", "greet"),
        ]
    )
    assert (found.out_of_scope, found.caught) == (2, 1)
    assert (found.in_scope, found.rejected) == (2, 1)
    assert found.right == 2


def test_what_only_one_of_two_models_understood_is_named() -> None:
    now = [judged("1", "greet", "greet"), judged("2", "greet", "thank"), judged("3", "greet", "greet")]
    before = [judged("1", "greet", "thank"), judged("2", "greet", "greet"), judged("3", "greet", "greet")]
    found = compare(now, before, 10)
    assert [(each.text, each.before, each.after) for each in found.better] == [("1", "thank", "greet")]
    assert [(each.text, each.before, each.after) for each in found.worse] == [("2", "greet", "thank")]
    assert found.before is not None
    assert (found.now.right, found.before.right) == (2, 2)


def test_only_sentences_that_both_judged_are_compared() -> None:
    found = compare(
        [judged("1", "greet", "greet"), judged("2", "greet", "greet")], [judged("1", "greet", "x")], 9
    )
    assert found.now.size == 1
    assert compare([judged("1", "greet", "greet")], None, 9).before is None


def test_each_sentence_is_in_one_fold_and_each_intent_is_spread() -> None:
    examples = [an_example(f"g{n}") for n in range(6)] + [an_example(f"t{n}", "thank") for n in range(3)]
    shares = folds(examples, 3)
    assert sorted(each.key for share in shares for each in share) == sorted(each.key for each in examples)
    assert {len(share) for share in shares} == {3}
    assert all({each.intent for each in share} == {"greet", "thank"} for share in shares)
    assert len(folds(examples[:1], 3)) == 1


def test_a_label_that_was_learned_counts_only_as_one_that_was_not() -> None:
    examples = [an_example("learned"), an_example("new"), an_example("unknown")]
    direct = {"learned": "greet", "new": "thank"}
    found = honest(examples, direct, {"learned": "goodbye"}, {"learned", "unknown"})
    assert [(each.key, each.got) for each in found] == [("learned", "goodbye"), ("new", "thank")]


def test_a_kept_sentence_that_was_learned_does_not_count() -> None:
    assert [each.key for each in unseen([an_example("1"), an_example("2")], {"1"})] == ["2"]


def _exam() -> Exam:
    known = Known(
        examples=[an_example("old"), an_example("new")],
        before="m1",
        examples_before=[an_example("old")],
        held_out_before={"old": "thank"},
        project=frozenset({"own"}),
    )
    return set_exam([an_example("test"), an_example("own"), an_example("new")], known, 2, 100)


def test_an_exam_asks_the_model_in_use_only_what_it_never_saw() -> None:
    exam = _exam()
    asked = {name: [each.key for each in each_of] for name, each_of in exam.questions().items()}
    assert asked[NOW] == ["test"]
    assert asked[BEFORE] == ["test", "new"]
    assert exam.left_out == 2
    assert sorted(key for name, keys in asked.items() if name.startswith("fold-") for key in keys) == [
        "new",
        "old",
    ]


def test_labels_that_were_trained_on_do_not_flatter() -> None:
    exam = _exam()
    answers = {name: ["greet"] * len(asked) for name, asked in exam.questions().items()}
    answers["fold-0"] = ["thank"]
    found = mark(exam, answers, 10)
    assert found.labelled is not None
    assert found.labelled.before is not None
    assert (found.labelled.now.size, found.labelled.now.right) == (2, 1)
    assert (found.labelled.before.size, found.labelled.before.right) == (2, 1)
    assert (found.test.now.right, found.left_out, found.against) == (1, 2, "m1")
    assert set(found.held_out) == {"old", "new"}


def test_without_labels_there_is_only_the_kept_set() -> None:
    exam = set_exam([an_example("test")], Known((), None, (), {}, frozenset()), 3, 100)
    found = mark(exam, {NOW: ["thank"]}, 10)
    assert found.labelled is None
    assert found.test.before is None
    assert found.test.now.right == 0
