"""How articles are told: short first, more on request, another part for another question, choices shown again."""

from dataclasses import replace

from bot.contract import (
    Asked,
    ChoseArticle,
    ChoseGone,
    ChoseMore,
    Chosen,
    ChosePerson,
    Offered,
    Outcome,
    PastTurn,
    Turn,
)
from bot.orders.contract import OrderFormat
from bot.policy.deciding import decide, decide_alone
from bot.policy.settings import PolicySettings
from bot.proposals import Affirmed, Found, Further, Proposal
from bot.reply import AskBack, BotReply, HandOff, Line, Nothing, Passage, Say, Suggest
from bot.wording import Wording, articles_of
from core.answer import Answer
from core.ids import ArticleId
from core.message import ArticleCard
from tests.bot.builders import TEXTS, a_past, a_turn, an_answer, understood
from tests.builders import CountingIds

SETTINGS = PolicySettings()
WORDING = Wording(TEXTS, CountingIds(), OrderFormat())
SURE = 0.9


def reply(turn: Turn, *proposals: Proposal) -> BotReply:
    return decide(turn, understood(*proposals), SETTINGS)


def keys(said: BotReply) -> list[str]:
    assert not isinstance(said, Nothing)
    return [piece.key for piece in said.pieces if isinstance(piece, Line)]


def found(*probabilities: float) -> Found:
    names = ("returns", "paying", "shipping")
    return Found(
        "How?", tuple(an_answer(name, each) for name, each in zip(names, probabilities, strict=True))
    )


LONG = Answer(
    ArticleId("care"),
    1,
    "en",
    "Care",
    "\n\n".join(f"Rule {n} is about water." for n in range(60)),
    "Rule 0",
    SURE,
)


def told(said: BotReply) -> Passage:
    assert isinstance(said, Say)
    (passage,) = said.pieces
    assert isinstance(passage, Passage)
    return passage


def chosen(said: BotReply) -> list[Chosen]:
    assert not isinstance(said, HandOff | Nothing)
    return [each.chosen for each in said.offers]


def test_a_long_article_is_told_short_and_the_rest_when_asked_for() -> None:
    said = reply(a_turn(), Found("?", (LONG,)))
    more = ChoseMore(ArticleId("care"), "en", "Care")
    assert len(told(said).cut.words) <= SETTINGS.short
    assert more in chosen(said)
    words = [told(said).cut.words]
    history: list[PastTurn] = []
    while more in chosen(said):
        history.append(replace(a_past(), articles=articles_of(said)))
        said = reply(a_turn("more", history=tuple(history)), Further(LONG))
        words.append(told(said).cut.words)
    assert "\n\n".join(words) == LONG.text
    history.append(replace(a_past(), articles=articles_of(said)))
    assert keys(reply(a_turn("more", history=tuple(history)), Further(LONG))) == ["bot-no-more"]


def test_more_of_an_article_that_was_written_anew_begins_at_its_beginning() -> None:
    begun = replace(a_past(), articles=articles_of(reply(a_turn(), Found("?", (LONG,)))))
    said = reply(a_turn("more", history=(begun,)), Further(replace(LONG, revision=2)))
    assert told(said).cut.words.startswith("Rule 0 ")


def test_a_question_about_another_part_of_the_same_article_is_told_that_part() -> None:
    begun = replace(a_past(), articles=articles_of(reply(a_turn(), Found("?", (LONG,)))))
    there = replace(LONG, excerpt="Rule 50 is about water. Rule 51 is about water. Rule 52 is")
    said = reply(a_turn("And in week fifty?", history=(begun,)), Found("?", (there,)))
    assert told(said).cut.words.startswith("Rule 50 ")
    again = replace(begun, articles=articles_of(said))
    assert keys(reply(a_turn("In that week?", history=(again,)), Found("?", (there,)))) == ["bot-same-answer"]


def test_buttons_that_are_gone_do_not_go_round_for_ever() -> None:
    first = decide_alone(a_turn("", chosen=ChoseGone()), SETTINGS)
    assert isinstance(first, AskBack)
    past = a_past("x", Outcome.ASKED, failures=first.failures)
    assert isinstance(decide_alone(a_turn("", chosen=ChoseGone(), history=(past,)), SETTINGS), HandOff)
    assert keys(reply(a_turn("more", history=(a_past(articles=("care",)),)), Further(None))) == [
        "bot-choice-gone"
    ]


def test_a_yes_that_does_not_say_which_shows_the_choices_again_once() -> None:
    shown = (
        Offered(ChoseArticle(ArticleId("a"), "en", "A"), "A"),
        Offered(ChosePerson(), "Talk to a person"),
    )
    past = a_past("x", Outcome.SUGGESTED, asked=Asked.WHICH)
    said = reply(a_turn("yes", history=(past,), offered=shown), Affirmed())
    assert isinstance(said, AskBack)
    assert said.asked is Asked.WHICH
    assert chosen(said) == [each.chosen for each in shown]
    past = a_past("yes", Outcome.ASKED, asked=Asked.WHICH, failures=said.failures)
    assert isinstance(reply(a_turn("yes", history=(past,), offered=shown), Affirmed()), HandOff)


def test_what_is_suggested_has_others_beside_it_that_are_less_likely() -> None:
    said = reply(a_turn(), found(SETTINGS.suggest_at, SETTINGS.beside_at, SETTINGS.beside_at / 2))
    assert isinstance(said, Suggest)
    assert [each.article for each in said.answers] == ["returns", "paying"]


# ----------------------------------------------------------------------------- several questions to one article

TITLED = replace(
    LONG,
    title="How long delivery takes",
    text="Germany: 2 days. Norway: 8 days.\n\n"
    + "Parcels come from Monday to Saturday. " * 15
    + "\n\nPlants wait for the Monday after. In frost we wait until it is safe.",
)


def test_a_passage_that_shares_nothing_with_the_question_is_not_told_instead_of_the_beginning() -> None:
    found_by_title = replace(TITLED, excerpt="Plants wait for the Monday after. In frost we")
    said = reply(a_turn("how long is shipping"), Found("how long is shipping", (found_by_title,)))
    assert told(said).cut.words.startswith("Germany: 2 days.")
    said = reply(a_turn("when are plants sent"), Found("when are plants sent", (found_by_title,)))
    assert told(said).cut.words.startswith("Plants wait")


def _asked(article: Answer, **excerpts: str) -> Found:
    parts = tuple(
        Found(question.replace("_", " "), (replace(article, excerpt=excerpt),), language="en")
        for question, excerpt in excerpts.items()
    )
    return Found("both", (replace(article, probability=0.6),), language="en", parts=parts)


def test_two_questions_to_one_article_are_told_it_in_one_piece_with_both_parts() -> None:
    article = replace(LONG, text="\n\n".join(f"Rule {n} is about water." for n in range(40)))
    both = _asked(article, is_rule_3_true="Rule 3 is about", is_rule_38_true="Rule 38 is about")
    said = reply(a_turn("both"), both)
    assert "Rule 3 is" in told(said).cut.words
    assert "Rule 38 is" in told(said).cut.words


def test_two_questions_to_far_parts_of_one_article_are_each_told_their_own() -> None:
    article = replace(LONG, text="\n\n".join(f"Rule {n} is about water." for n in range(200)))
    both = _asked(article, is_rule_3_true="Rule 3 is about", is_rule_150_true="Rule 150 is about")
    said = reply(a_turn("both"), both)
    assert isinstance(said, Say)
    first, second = (each for each in said.pieces if isinstance(each, Passage))
    assert "Rule 3 is" in first.cut.words
    assert second.cut.words.startswith("Rule 150 is")
    assert sum(isinstance(each, ChoseMore) for each in chosen(said)) == 1
    cards = [part for part in WORDING.parts(said, "en") if isinstance(part, ArticleCard)]
    assert len(cards) == 1
