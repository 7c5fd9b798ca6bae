"""What somebody may not read is nowhere: not found, not completed, not corrected to, not counted, not hinted at."""

import pytest

from core.answer import AGENT_READER, PUBLIC_READER, Audience, Reader
from knowledge.index import Filed, Hit, Index
from knowledge.index.finding import Finder
from knowledge.index.holding import Holding
from tests.knowledge.index.builders import AGENTS, SIGNED_IN, article, found, index, look

PUBLIC = article(
    "lamps", "Lamps and bulbs", "Every lamp of ours has a warranty of three years.", "Is there a warranty?"
)
OTHERS = (
    article("returns", "Returning a lamp", "Send it back within 30 days.", "How do I return a lamp?"),
    article("hours", "Opening hours", "We open at nine.", "When do you open?"),
)
SECRET = article(
    "secret",
    "Warranty for Zanzibar customers",
    "Internal: refund Zanzibar customers twice, whatever the warranty says about lamps.",
    "Who is a Zanzibar customer?",
    filed=AGENTS,
)
QUESTIONS = (
    "warranty", "zanzibar", "zanz", "zanzibr", "warranty for zanzibar customers", "refund customers twice",
    "who is a customer", "lamps", "lam", "waranty", "internl", "whatever", "opening hours", "how do i return a lamp",
)  # fmt: skip
OUTSIDERS = (PUBLIC_READER, SIGNED_IN, Reader(brand="acme"), Reader(Audience.SIGNED_IN, "acme"))


def told(hit: Hit) -> tuple[object, ...]:
    return (hit.document.article, hit.passage, hit.snippet, round(hit.probability, 9), hit.evidence.found)


@pytest.mark.parametrize("reader", OUTSIDERS)
@pytest.mark.parametrize("complete", [True, False])
def test_for_an_outsider_everything_is_as_if_internal_articles_did_not_exist(
    reader: Reader, *, complete: bool
) -> None:
    without, beside = index(PUBLIC, *OTHERS), index(PUBLIC, *OTHERS, SECRET)
    for question in QUESTIONS:
        before = look(without, question, reader, complete=complete)
        after = look(beside, question, reader, complete=complete)
        assert [hit.document.article for hit in after.hits] == [hit.document.article for hit in before.hits]
        assert (after.corrected, after.synonyms) == (before.corrected, before.synonyms)
        for one, other in zip(before.hits, after.hits, strict=True):
            assert told(one) == told(other)
            assert "anzibar" not in str(told(other))


def test_agents_find_internal_articles_by_word_beginning_and_slip() -> None:
    both = index(PUBLIC, SECRET)
    for question in ("zanzibar", "zanz", "zanzibr"):
        assert found(both, question, AGENT_READER) == ["secret"]


def test_each_audience_sees_what_is_for_those_before_it() -> None:
    shelves = index(
        article("a", "Lamp one"),
        article("b", "Lamp two", filed=Filed(audience=Audience.SIGNED_IN)),
        article("c", "Lamp three", filed=AGENTS),
    )
    assert set(found(shelves, "lamp", PUBLIC_READER)) == {"a"}
    assert set(found(shelves, "lamp", SIGNED_IN)) == {"a", "b"}
    assert set(found(shelves, "lamp", AGENT_READER)) == {"a", "b", "c"}


def test_a_brands_articles_are_for_its_readers_and_for_agents() -> None:
    shelves = index(
        article("all", "Lamp"),
        article("acme", "Lamp of Acme", filed=Filed(brands=("acme",))),
        article("both", "Lamp of both", filed=Filed(brands=("shop", "acme"))),
    )
    assert set(found(shelves, "lamp", PUBLIC_READER)) == {"all"}
    assert set(found(shelves, "lamp", Reader(brand="acme"))) == {"all", "acme", "both"}
    assert set(found(shelves, "lamp", Reader(brand="shop"))) == {"all", "both"}
    assert set(found(shelves, "lamp", Reader(brand="acm"))) == {"all"}
    assert set(found(shelves, "lamp", AGENT_READER)) == {"all", "acme", "both"}


def test_a_language_with_internal_articles_only_has_none_for_an_outsider() -> None:
    both = index(article("en", "Lamp"), article("de", "Lamp", language="de", filed=AGENTS))
    assert found(both, "lamp", PUBLIC_READER, language="de") == ["en"]
    assert found(both, "lamp", AGENT_READER, language="de") == ["de"]
    assert found(index(SECRET), "zanzibar", PUBLIC_READER) == []


def test_what_became_internal_is_gone_for_outsiders_down_to_its_words() -> None:
    holding = Holding()
    holding.add([PUBLIC, article("moved", "Zanzibar", "Zanzibar.")])
    holding.commit()
    moved = article("moved", "Zanzibar", "Zanzibar.", filed=AGENTS)
    holding.delete("en.public", [moved.place])
    holding.add([moved])
    holding.commit()
    finder = Finder(holding.snapshot())
    for question in ("zanzibar", "zanz", "zanzibr"):
        finding = finder.find(question, "en", 5, PUBLIC_READER, complete=True)
        assert (finding.hits, finding.corrected) == ((), ())
        assert finder.find(question, "en", 5, AGENT_READER, complete=True).hits


def test_the_limit_is_filled_with_what_the_reader_may_read() -> None:
    hidden = [article(f"hidden{n}", "Lamp", "Lamp", "Lamp?", filed=AGENTS) for n in range(60)]
    both = index(*hidden, article("seen", "A word about some lamp and other things"))
    assert found(both, "lamp", PUBLIC_READER) == ["seen"]


def test_a_synonym_that_stands_in_internal_articles_only_is_not_told() -> None:
    both = index(PUBLIC, SECRET, synonyms=(("bulb", "zanzibar"),))
    outside = look(both, "bulb", PUBLIC_READER)
    assert outside.synonyms == ()
    assert [hit.document.article for hit in outside.hits] == ["lamps"]
    assert look(both, "bulb", AGENT_READER).synonyms == (("bulb", ("zanzibar",)),)


def test_nothing_can_be_asked_for_in_the_form_in_which_shelves_are_kept_apart() -> None:
    both: Index = index(PUBLIC, SECRET)
    for question in ("en.a|zanzibar", "en.a|", "en.p|zanzibar", "agents", "en.a"):
        assert "secret" not in found(both, question, PUBLIC_READER)
