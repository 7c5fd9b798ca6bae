"""One answer, suggestions, one question or a person: what is said to what was found, and to a question asked again."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from bot.contract import Asked, ChoseArticle, ChoseHelped, Chosen, ChosePerson, ChoseTopic, Outcome, Turn
from bot.orders.contract import OrderFormat
from bot.policy.deciding import decide, decide_alone
from bot.policy.settings import PolicySettings
from bot.proposals import Denied, Found
from bot.reply import AskBack, BotReply, HandOff, Line, Nothing, Passage, Say, Suggest
from bot.wording import Wording, articles_of
from core.ids import ArticleId
from core.message import Text
from tests.bot.builders import TEXTS, a_past, a_turn, an_answer, understood
from tests.builders import CountingIds

SETTINGS = PolicySettings()
WORDING = Wording(TEXTS, CountingIds(), OrderFormat())
SURE, LIKELY, LOW = 0.9, 0.4, 0.05
NAMES = ("cancel", "change", "track", "missing", "damaged", "refund")


def reply(turn: Turn, found: Found, **values: Any) -> BotReply:
    return decide(turn, understood(found, **values), SETTINGS)


def keys(said: BotReply) -> list[str]:
    assert not isinstance(said, Nothing)
    return [piece.key for piece in said.pieces if isinstance(piece, Line)]


def offered(said: BotReply) -> list[Chosen]:
    assert not isinstance(said, HandOff | Nothing)
    return [each.chosen for each in said.offers]


def told(said: BotReply) -> list[str]:
    assert not isinstance(said, Nothing)
    return [piece.answer.article for piece in said.pieces if isinstance(piece, Passage)]


def found(*probabilities: float, **values: Any) -> Found:
    answers = tuple(an_answer(name, each) for name, each in zip(NAMES, probabilities, strict=False))
    return Found("?", **{"answers": answers, "language": "en", **values})


def topics(*names: str) -> dict[ArticleId, tuple[str, ...]]:
    return {ArticleId(article): (name,) for article, name in zip(NAMES, names, strict=False)}


VAGUE = (0.06, 0.05, 0.05, 0.04)
SPLIT = topics("Orders", "Orders", "Shipping", "Shipping")


def test_what_may_mean_many_things_is_asked_back_by_one_question() -> None:
    said = reply(a_turn("A problem with my order"), found(*VAGUE, topics=SPLIT))
    assert isinstance(said, AskBack)
    assert keys(said) == ["bot-which-topic"]
    assert offered(said) == [ChoseTopic("Orders"), ChoseTopic("Shipping"), ChoseHelped(False), ChosePerson()]
    assert said.asked is Asked.TOPIC
    assert said.failures == 0


@pytest.mark.parametrize(
    "unhelpful",
    [
        {},
        topics("Orders", "Orders", "Orders", "Orders"),
        topics("Orders", "Orders", "Orders"),
        topics("a", "b", "c", "d") | {ArticleId("damaged"): ("e",)},
    ],
)
def test_no_question_is_asked_that_tells_little(unhelpful: Mapping[ArticleId, tuple[str, ...]]) -> None:
    probabilities = (*VAGUE, 0.04) if len(unhelpful) > len(VAGUE) else VAGUE
    said = reply(a_turn("A problem"), found(*probabilities, topics=unhelpful))
    assert isinstance(said, Suggest)
    assert len(said.answers) == SETTINGS.suggestions


def test_three_that_may_be_meant_are_shown_at_once() -> None:
    said = reply(a_turn("my account"), found(0.07, 0.06, 0.05, topics=SPLIT))
    assert isinstance(said, Suggest)
    assert [each.article for each in said.answers] == ["cancel", "change", "track"]


def test_two_unlikely_ones_are_no_answer() -> None:
    assert keys(reply(a_turn("Tell me a joke"), found(0.14, 0.03))) == ["bot-no-answer"]


def test_the_particular_topics_are_asked_about_where_the_general_one_is_the_same() -> None:
    deep = {article: ("Shop", *path) for article, path in SPLIT.items()}
    assert ChoseTopic("Orders") in offered(reply(a_turn("Order"), found(*VAGUE, topics=deep)))


def test_what_was_offered_and_not_taken_is_not_asked_about_again() -> None:
    past = a_past("A problem", Outcome.ASKED, asked=Asked.TOPIC)
    said = reply(a_turn("Hm", history=(past,)), found(*VAGUE, topics=SPLIT))
    assert isinstance(said, Suggest)
    assert said.failures == 1
    past = a_past("Hm", Outcome.SUGGESTED, asked=Asked.WHICH, failures=1)
    assert isinstance(reply(a_turn("Well", history=(past,)), found(*VAGUE, topics=SPLIT)), HandOff)


def test_the_answer_to_the_question_narrows_it_down() -> None:
    past = a_past("A problem", Outcome.ASKED, asked=Asked.TOPIC)
    turn = a_turn("Orders", history=(past,), chosen=ChoseTopic("Orders"))
    assert decide_alone(turn, SETTINGS) is None
    several = reply(turn, found(0.06, 0.05, narrowed=True))
    assert isinstance(several, Suggest)
    assert several.failures == 0
    assert told(reply(turn, found(0.06, narrowed=True))) == ["cancel"]
    assert told(reply(turn, found(0.3, 0.04, narrowed=True))) == ["cancel"]
    assert keys(reply(turn, found(narrowed=True))) == ["bot-no-answer"]


def test_none_of_the_topics_is_taken_as_such() -> None:
    past = a_past("A problem", Outcome.ASKED, asked=Asked.TOPIC)
    assert keys(reply(a_turn("no", history=(past,)), Found("?", ()))) == ["bot-no-answer"]
    said = decide(a_turn("no", history=(past,)), understood(Denied()), SETTINGS)
    assert keys(said) == ["bot-rephrase"]


def test_an_article_in_another_language_is_offered_and_not_told() -> None:
    chinese = an_answer("returns", SURE, language="zh")
    for unlike in (found(answers=(chinese,)), found(LOW, elsewhere=(chinese,))):
        said = reply(a_turn(), unlike)
        assert isinstance(said, Suggest)
        assert said.pieces == (Line("bot-foreign", {"language": "zh"}),)
        assert said.answers == (chinese,)
        spoken = WORDING.parts(said, "en")[0]
        assert isinstance(spoken, Text)
        assert spoken.text.startswith("There is an article in Chinese about this.")
    turn = a_turn("yes", chosen=ChoseArticle(ArticleId("returns"), "zh", "Returns"))
    assert told(reply(turn, Found("Returns", (chinese,)))) == ["returns"]


def test_what_another_language_led_to_is_suggested_as_usual_where_it_is_in_this_one() -> None:
    said = reply(a_turn(), found(LOW, elsewhere=(an_answer("returns", SURE),)))
    assert isinstance(said, Suggest)
    assert (keys(said), [each.article for each in said.answers]) == (["bot-suggest-one"], ["returns"])


def test_nothing_in_another_language_is_offered_where_there_is_something_in_this_one() -> None:
    said = reply(a_turn(), found(SURE, elsewhere=(an_answer("returns", SURE, language="zh"),)))
    assert told(said) == ["cancel"]
    said = reply(a_turn(), found(LOW, elsewhere=(an_answer("returns", 0.1, language="zh"),)))
    assert keys(said) == ["bot-no-answer"]


# ------------------------------------------------------------------------------------------------- asked again

WRAP, PRESENT = "do you gift wrap", "can I get it wrapped as a present"


def asked(text: str, *articles: str, **values: Any) -> Any:
    return a_past(text, Outcome.ANSWERED, asked=Asked.HELPED, articles=articles, **values)


def test_the_same_question_in_other_words_brings_a_person() -> None:
    turn = a_turn(PRESENT, history=(asked(WRAP, "cancel"),))
    said = reply(turn, found(SURE, alike={WRAP: 0.75}))
    assert isinstance(said, HandOff)
    assert said.reason == "asked_twice"


@pytest.mark.parametrize(
    ("before", "now"),
    [
        ("do you ship to norway", "do you ship to sweden"),
        ("what are your opening hours", "what are your opening hours on sunday"),
        ("龟背竹对猫有毒吗", "龟背竹对狗有毒吗"),
    ],
)
def test_a_question_about_another_detail_is_another_question(before: str, now: str) -> None:
    history = (asked(before, "cancel"), a_past("thanks", Outcome.TALKED))
    assert told(reply(a_turn(now, history=history), found(SURE, alike={before: 0.9}))) == ["cancel"]


def test_a_follow_up_is_no_repetition() -> None:
    before = "how do I return a lamp"
    turn = a_turn("who pays for the return shipping", history=(asked(before, "track"),))
    assert told(reply(turn, found(SURE, alike={before: 0.3}))) == ["cancel"]


def test_other_words_that_find_what_was_not_told_before_get_it_but_it_counts() -> None:
    turn = a_turn(PRESENT, history=(asked(WRAP, "track"),))
    said = reply(turn, found(SURE, alike={WRAP: 0.75}))
    assert told(said) == ["cancel"]
    assert isinstance(said, Say)
    assert said.failures == 1


def test_other_words_that_we_asked_for_are_no_repetition() -> None:
    unknown = a_past(WRAP, Outcome.ASKED, asked=Asked.PERSON, failures=1, intent="ask_knowledge")
    assert told(reply(a_turn(PRESENT, history=(unknown,)), found(SURE, alike={}))) == ["cancel"]
    refusal = a_past("no", Outcome.ASKED, asked=Asked.PERSON, failures=1, intent="deny")
    turn = a_turn(PRESENT, history=(asked(WRAP, "track"), refusal))
    said = reply(turn, found(SURE, alike={WRAP: 0.75}))
    assert told(said) == ["cancel"]
    assert isinstance(said, Say)
    assert said.failures == 1


@pytest.mark.parametrize("intent", [None, "deny", "not_helped"])
def test_an_article_that_did_not_help_is_not_told_again(intent: str | None) -> None:
    refusal = a_past("no", Outcome.ASKED, asked=Asked.PERSON, failures=1, intent=intent)
    turn = a_turn("So how would I send something back?", history=(asked("Returns?", "cancel"), refusal))
    said = reply(turn, found(SURE))
    assert isinstance(said, HandOff)
    assert said.reason == "asked_twice"
    other = a_past("Something else?", Outcome.ASKED, failures=1, intent="ask_knowledge")
    turn = replace(turn, history=(asked("Returns?", "cancel"), other))
    assert told(reply(turn, found(SURE, alike={"Returns?": 0.2}))) == ["cancel"]


# --------------------------------------------------------------------------------------- several in one message


def part(question: str, article: str, probability: float) -> Found:
    return Found(question, (an_answer(article, probability),), language="en")


def test_two_questions_are_both_answered() -> None:
    parts = (part("Cancel?", "cancel", SURE), part("Track?", "track", SURE))
    said = reply(a_turn("Cancel? Track?"), found(LOW, parts=parts))
    assert told(said) == ["cancel", "track"]
    assert [each.article for each in articles_of(said)] == ["cancel", "track"]


def test_of_two_questions_the_one_without_an_answer_is_named() -> None:
    parts = (part("Cancel?", "cancel", SURE), part("Unicorns?", "track", LOW))
    said = reply(a_turn("Cancel? Unicorns?"), found(SURE, parts=parts))
    assert told(said) == ["cancel"]
    assert isinstance(said, Say)
    assert said.pieces[-1] == Line("bot-part-open", {"question": "Unicorns?"})
    assert said.asked is Asked.PERSON


def test_of_two_questions_the_unsure_one_gets_suggestions() -> None:
    parts = (part("Cancel?", "cancel", SURE), part("Track?", "track", LIKELY))
    said = reply(a_turn("Cancel? Track?"), found(SURE, parts=parts))
    assert told(said) == ["cancel"]
    assert keys(said) == ["bot-part-suggest"]
    assert ChoseArticle(ArticleId("track"), "en", "Track") in offered(said)


def test_two_parts_with_one_answer_are_one_question() -> None:
    parts = (part("It broke.", "cancel", SURE), part("What now?", "cancel", SURE))
    assert told(reply(a_turn("It broke. What now?"), found(SURE, parts=parts))) == ["cancel"]
    unsure = (part("It broke.", "cancel", LOW), part("What now?", "track", LOW))
    assert told(reply(a_turn("It broke. What now?"), found(SURE, parts=unsure))) == ["cancel"]
