"""What follows a commit: presses are answered, and what was left out is counted."""

from collections import Counter
from collections.abc import Callable

from channels.telegram.receiving.boxes import Box
from channels.telegram.receiving.desk import Outcome
from channels.telegram.receiving.intake import Taken
from channels.telegram.sending.presses import Press, Presses


class Telling:
    """``count`` is told ``telegram_…`` of what was left out."""

    def __init__(self, presses: Presses, count: Callable[[str], None]) -> None:
        self._presses = presses
        self._count = count

    def tell(self, box: Box, taken: Taken) -> None:
        """Returns at once."""
        for why, times in taken.left_out.items():
            for _ in range(times):
                self._count(f"telegram_{why}")
        for outcome in taken.pressed:
            self._presses.answer(_press(box, outcome))

    def pressed(self, box: Box, outcome: Outcome) -> None:
        """One that had to wait for its turn."""
        self.tell(box, Taken(Counter(), [outcome]))


def _press(box: Box, outcome: Outcome) -> Press:
    press = outcome.press
    return Press(
        token=box.config.token,
        query=press.query,
        fate=outcome.fate,
        chat=press.where.chat,
        message=press.message,
        label=outcome.label,
        language=box.config.language_of(press.person.language),
    )
