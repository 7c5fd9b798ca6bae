"""What is looked for beside a conversation comes from what the customer said lately, not from "thanks"."""

from core.answer import Answer
from core.ids import ArticleId
from knowledge.beside.asking import asks, merged, questions


def asked(*said: str, characters: int = 800) -> tuple[str, ...]:
    return questions(said, message_characters=400, characters=characters)


def an_answer(article: str, probability: float, language: str = "en") -> Answer:
    return Answer(ArticleId(article), 1, language, article, "", "", probability)


def test_one_message_is_the_question() -> None:
    assert asked("How do I return  a lamp\nthat broke?") == ("How do I return a lamp that broke?",)


def test_the_newest_message_is_asked_first_and_then_all_of_them() -> None:
    first, second = "I bought a lamp for my mother.", "How long may I return it for?"
    assert asked(first, second) == (second, f"{second} {first}")


def test_a_message_that_says_little_is_asked_with_the_one_before_only() -> None:
    assert asked("How long does shipping take?", "And abroad?") == (
        "And abroad? How long does shipping take?",
    )
    assert asked("运费是多少钱？", "退货呢") == ("退货呢 运费是多少钱？",)


def test_greetings_and_thanks_ask_nothing() -> None:
    assert asked("Hello there!", "ok thanks") == ()
    assert asked("你好", "谢谢", "好的") == ()
    assert asked("How do I return a lamp?", "Thank you very much!") == ("How do I return a lamp?",)
    assert not asks("👍 ...")
    assert asks("Can I pay by card?")


def test_what_is_long_is_cut_and_the_oldest_goes_first() -> None:
    (only,) = questions(["lamp " * 500], message_characters=40, characters=800)
    assert len(only) <= 40
    long, new = "How do I pay for " + "a lamp " * 10, "What does shipping to France cost?"
    assert asked(long, new, characters=60) == (new,)


def test_an_article_that_two_questions_find_stands_once_by_the_better_one() -> None:
    found = merged(
        [
            [an_answer("returns", 0.3), an_answer("paying", 0.25)],
            [an_answer("returns", 0.8), an_answer("odd", 0.1)],
        ],
        most=3,
        least=0.2,
    )
    assert [(each.article, each.probability) for each in found] == [("returns", 0.8), ("paying", 0.25)]
    assert len(merged([[an_answer("a", 0.9), an_answer("b", 0.8)]], most=1, least=0.2)) == 1
