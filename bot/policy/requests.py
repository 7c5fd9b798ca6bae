"""What is said once something was asked of whoever keeps orders, or of whoever proves addresses: what they answered, no more."""

from collections.abc import Sequence
from typing import assert_never

from bot.contract import Outcome, Turn
from bot.policy.falling_short import PERSON, failures_of
from bot.proposals import Changed, ChangeUnknown, CodeRight, CodeWrong, ProofFailed, Proposal, Result
from bot.reply import AskBack, HandOff, Line, Piece, Say
from core.order import AwaitsApproval, Done, NoSuchOrder, Refused


def outcome(turn: Turn, result: Result) -> Say | AskBack | HandOff:
    match result:
        case Changed():
            return changed(result)
        case ChangeUnknown():
            return HandOff("lookup_failed", (Line("bot-change-unknown"),))
        case CodeRight():
            return Say((Line("bot-proof-right"),), Outcome.TALKED)
        case CodeWrong(left):
            # The guesses are counted where they are stored: it is no failure to understand.
            wrong = Line("bot-proof-wrong", {"left": str(left)})
            return AskBack((wrong,), (PERSON,), failures=failures_of(turn))
        case ProofFailed(here):
            return HandOff("not_proven", (Line("bot-proof-failed" if here else "bot-proof-impossible"),))


def changes_told(turn: Turn, proposals: Sequence[Proposal]) -> tuple[Piece, ...]:
    """What became of the changes among them: the customer hears it, whatever else comes of the turn."""
    return tuple(
        piece
        for each in proposals
        if isinstance(each, Changed | ChangeUnknown)
        for piece in outcome(turn, each).pieces
    )


def changed(changed: Changed) -> Say:
    wish, number = changed.wish.value, {"number": changed.number}
    match changed.result:
        case Done():
            return Say((Line(f"bot-done-{wish}", number),), Outcome.CONFIRMED)
        case AwaitsApproval():
            return Say((Line(f"bot-waits-{wish}", number),), Outcome.CONFIRMED)
        case Refused(reason):
            line = Line(f"bot-refused-{reason.value.replace('_', '-')}", number)
            return Say((line, Line("bot-refused-person")), Outcome.ANSWERED, (PERSON,))
        case NoSuchOrder():
            return Say((Line("bot-refused-not-yours", number),), Outcome.ANSWERED, (PERSON,))
        case _:
            assert_never(changed.result)
