"""The rules by themselves: who may be threaded in on what."""

import pytest

from channels.email.threading.evidence import Code
from channels.email.threading.rules import Candidate, Claim, Decision, decide, may_enter
from channels.email.threading.subjects import Subject, read_subject
from core.conversation import LinkKind
from core.ids import ConversationId
from core.message import Evidence, Proof

ANSWER, FRESH = read_subject("Re: Broken kettle"), read_subject("Broken kettle")


def a_candidate(*codes: Code, takes_part: bool = True, over: bool = False) -> Candidate:
    evidence = tuple(Evidence(code.value, 2.0) for code in codes)
    return Candidate(ConversationId("c1"), takes_part, over, (FRESH,), evidence)


@pytest.mark.parametrize(
    ("proof", "code", "subject", "enters"),
    [
        (Proof.NONE, Code.IN_REPLY_TO, FRESH, True),
        (Proof.NONE, Code.SUBJECT, ANSWER, False),
        (Proof.NONE, Code.MENTIONED, ANSWER, False),
        (Proof.REPLY_ADDRESS, Code.REPLY_ADDRESS, FRESH, True),
        (Proof.REPLY_ADDRESS, Code.SUBJECT, ANSWER, False),
        (Proof.AUTHENTICATED, Code.SUBJECT, ANSWER, True),
        (Proof.AUTHENTICATED, Code.SUBJECT, FRESH, False),
        (Proof.AUTHENTICATED, Code.MENTIONED, FRESH, True),
        (Proof.FAILED, Code.REPLY_ADDRESS, ANSWER, False),
    ],
)
def test_what_a_participant_may_enter_on(
    proof: Proof,
    code: Code,
    subject: Subject,
    enters: bool,  # noqa: FBT001
) -> None:
    claim = Claim(proof, subject)
    assert may_enter(claim, a_candidate(code)) is enters
    assert not may_enter(claim, a_candidate(code, takes_part=False))


def test_a_conversation_that_is_over_is_followed_up_unless_a_machine_wrote() -> None:
    over = a_candidate(Code.IN_REPLY_TO, over=True)
    assert decide(Claim(Proof.NONE, ANSWER), [over]) == Decision(over, LinkKind.FOLLOW_UP)
    assert decide(Claim(Proof.NONE, ANSWER, automatic=True), [over]) == Decision(over)


def test_nothing_is_made_of_somebody_elses_words() -> None:
    assert decide(Claim(Proof.NONE, ANSWER), [a_candidate(Code.SUBJECT, takes_part=False)]) is None
