"""Which of the bot's questions found nothing good."""

from knowledge.loop.turns import Heard, missed


def _asked(text: str, outcome: str, failures: int = 0) -> Heard:
    return Heard(
        text, text, "ask_knowledge", outcome, failures, articles=("a",) if outcome != "asked" else ()
    )


def _said(intent: str | None, outcome: str, failures: int = 0, *, pressed: bool = False) -> Heard:
    return Heard(f"{intent}", "no", intent, outcome, failures, pressed)


def _texts(*turns: Heard) -> list[str]:
    return [each.text for each in missed(turns)]


def test_a_question_that_found_nothing_is_missed() -> None:
    assert _texts(_asked("q", "asked", 1)) == ["q"]
    assert _texts(_asked("q", "asked", 1), _asked("again", "handed_off")) == ["q", "again"]


def test_an_answer_is_missed_only_when_it_did_not_help() -> None:
    answered = _asked("q", "answered")
    assert _texts(answered) == []
    assert _texts(answered, _said(None, "confirmed", pressed=True)) == []
    assert _texts(answered, _said(None, "asked", 1, pressed=True)) == ["q"]
    assert _texts(answered, _said("deny", "asked", 1)) == ["q"]
    assert _texts(answered, _said("talk_to_person", "handed_off")) == ["q"]


def test_a_suggestion_that_was_taken_and_helped_is_not_missed() -> None:
    suggested = _asked("q", "suggested")
    taken = Heard("b", "Returns", "ask_knowledge", "answered", pressed=True)
    assert _texts(suggested, taken, _said(None, "confirmed", pressed=True)) == []
    assert _texts(suggested, taken, _said(None, "asked", 1, pressed=True)) == ["q"]
    assert _texts(suggested, _asked("other words", "handed_off")) == ["other words", "q"]


def test_a_question_after_one_that_helped_leaves_it_alone() -> None:
    turns = (_asked("q", "answered"), _asked("other", "answered"), _said("talk_to_person", "handed_off"))
    assert _texts(*turns) == ["other"]
    assert (
        _texts(_asked("q", "answered"), _said(None, "confirmed"), _said("talk_to_person", "handed_off")) == []
    )


def test_orders_small_talk_and_buttons_are_no_questions_to_articles() -> None:
    order = Heard("o", "81", "order_status", "asked", 1, ours=True)
    assert _texts(order, _said("greet", "talked"), _said("talk_to_person", "handed_off")) == []
    assert _texts(Heard("b", "Returns", "ask_knowledge", "handed_off", pressed=True)) == []


def test_a_question_about_any_subject_of_the_knowledge_base_is_one() -> None:
    for intent in ("delivery_problem", "invoice", "password", "account", "opening_hours", "price"):
        assert _texts(Heard("q", "q", intent, "asked", 1)) == ["q"]


def test_a_question_asked_back_about_is_missed_when_what_came_of_it_did_not_help() -> None:
    asked_back = _asked("q", "asked")
    chosen = Heard("b", "Orders", "ask_knowledge", "suggested", pressed=True)
    assert _texts(asked_back, chosen) == []
    assert _texts(asked_back, chosen, _said(None, "asked", 1, pressed=True)) == ["q"]
    assert _texts(asked_back, _said("talk_to_person", "handed_off")) == ["q"]
    assert _texts(asked_back, chosen, _said(None, "confirmed", pressed=True)) == []


def test_a_sure_answer_is_missed_once_the_same_is_asked_in_other_words() -> None:
    assert _texts(_asked("gift wrapping", "answered"), _asked("wrap it", "answered", 1)) == ["gift wrapping"]
    more = Heard("b", "more", "ask_knowledge", "answered", pressed=True)
    assert _texts(_asked("gift wrapping", "answered"), more, _said("not_helped", "asked", 1)) == [
        "gift wrapping"
    ]


def test_of_two_questions_in_one_message_the_one_without_an_answer_is_missed() -> None:
    assert _texts(Heard("m", "Returns? Unicorns?", "ask_knowledge", "answered", partly=True)) == [
        "Returns? Unicorns?"
    ]
