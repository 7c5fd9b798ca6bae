"""The probabilities and counts by which the bot decides."""

from dataclasses import dataclass, replace

from core.inbox import Caution

DEFAULT_LANGUAGE = "en"


@dataclass(frozen=True, slots=True)
class PolicySettings:
    """``answer_at``, ``suggest_at``, ``doubtful_answer_at`` are probabilities that an article answers the question.

    They are chosen on ``tests/knowledge/questions.py``. Beside what is worth suggesting others are suggested from
    ``beside_at``; something vague, for which several are as likely as that and the best as ``vague_at``, is asked back about.
    One question narrows it down where its answer tells ``topic_bits``. From ``same_meaning`` (0 to 1) on two questions ask
    the same; below ``other_meaning`` they are clearly about something else. ``doubtful_answer_at`` counts where the engine takes the question for out of scope. ``failures_to_person``: so many in a row, and a person takes over.
    ``bold_answer_at`` and ``careful_answer_at`` count in inboxes that are set so; a careful bot passes on one failure sooner, too.
    An article is told ``short`` at first, in characters (half as many Chinese ones), and ``more`` on request.
    """

    answer_at: float = 0.5
    suggest_at: float = 0.15
    beside_at: float = 0.02
    vague_at: float = 0.04
    topic_bits: float = 0.8
    same_meaning: float = 0.7
    other_meaning: float = 0.35
    doubtful_answer_at: float = 0.8
    suggestions: int = 3
    failures_to_person: int = 2
    bold_answer_at: float = 0.35
    careful_answer_at: float = 0.7
    short: int = 480
    more: int = 1200

    def under(self, caution: Caution) -> "PolicySettings":
        """As cautious as an inbox is set."""
        match caution:
            case Caution.USUAL:
                return self
            case Caution.BOLD:
                return replace(self, answer_at=min(self.answer_at, self.bold_answer_at))
            case Caution.CAREFUL:
                return replace(
                    self,
                    answer_at=max(self.answer_at, self.careful_answer_at),
                    doubtful_answer_at=max(self.doubtful_answer_at, self.careful_answer_at),
                    failures_to_person=max(1, self.failures_to_person - 1),
                )

    def doubtful(self) -> "PolicySettings":
        """For what seems to have nothing to do with us: only what would else be an answer is suggested."""
        return replace(
            self,
            answer_at=self.doubtful_answer_at,
            suggest_at=self.answer_at,
            beside_at=self.suggest_at,
            vague_at=self.answer_at,
        )
