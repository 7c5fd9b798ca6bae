"""How much goes into one transaction: the router's ends long before its lease does, and the relay's keeps nobody waiting."""

_FIRST = 32
_FEWEST = 4
_QUICK = 2
"""So many times faster than it may be is fast enough for more."""


class Batching:
    """At most ``most`` at once; less when that took longer than ``within_s``, more again when it is quick.

    What a few took long for would take as long in smaller parts.
    """

    def __init__(self, most: int, within_s: float) -> None:
        self._most = most
        self._within_s = within_s
        self.size = min(most, _FIRST)

    def took(self, many: int, seconds: float) -> None:
        """A transaction of so many."""
        fewest = min(_FEWEST, self._most)
        if seconds > self._within_s and many > fewest:
            self.size = max(fewest, min(self.size, many) // 2)
        elif many >= self.size and seconds * _QUICK < self._within_s:
            self.size = min(self._most, self.size * 2)
