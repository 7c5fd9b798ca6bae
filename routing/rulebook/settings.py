"""How much of a conversation the rules look at, and how long what they saw is kept."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RuleSettings:
    """``messages`` and ``characters``: so much of what the contact wrote is looked at, the newest first. ``traced``: of so
    many rules that did not hold it is stored why. ``keep_days``: how long it is kept why a conversation went where it went.

    A dry run looks at ``tried`` conversations at most, ``tried_at_once`` in one go, and shows ``shown`` of them. There are
    ``rules`` rules at most. ``searched``: so many steps of one search for rules that can never decide. ``unserved``: of so
    many waiting conversations each it is told that nobody can serve them. ``evaluations``: so many of one conversation are
    shown, the newest.
    """

    messages: int = 20
    characters: int = 20_000
    traced: int = 100
    keep_days: float = 30.0
    tried: int = 2000
    tried_at_once: int = 100
    shown: int = 200
    rules: int = 500
    searched: int = 2000
    unserved: int = 100
    evaluations: int = 20
