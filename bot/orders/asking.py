"""How many orders that nobody showed to be theirs may be asked about: who tries numbers learns little."""

from dataclasses import dataclass, field

from bot.contract import Turn
from core.limits import Rate, RateLimits

_DAY_S = 86_400
_HOUR_S = 3_600
_ONCE = Rate(burst=1, per_s=1 / _DAY_S)


@dataclass(frozen=True, slots=True)
class AskingSettings:
    """Different order numbers, there or not, of orders that are not proven to be the customer's: ``by_contact`` a day,
    ``by_network`` of all who write from one an hour (chat and widget; an IPv6 /48 is one), ``by_inbox`` of all its contacts.

    Beyond it the state is told to who proves that the order is theirs; who cannot comes to a person.
    """

    by_contact: Rate = field(default_factory=lambda: Rate(burst=10, per_s=10 / _DAY_S))
    by_network: Rate = field(default_factory=lambda: Rate(burst=20, per_s=20 / _HOUR_S))
    by_inbox: Rate = field(default_factory=lambda: Rate(burst=300, per_s=300 / _HOUR_S))


class Asking:
    """Counts a number once a day for each contact, so that asking after the same order again is free."""

    def __init__(self, limits: RateLimits, settings: AskingSettings | None = None) -> None:
        self._limits = limits
        self._settings = settings or AskingSettings()

    async def may_hear(self, turn: Turn, number: str) -> bool:
        """Whether what became of this order may be told without a proof."""
        known = f"order-asked:{turn.contact}:{number}", _ONCE
        if await self._limits.wait_s(known) > 0:
            return True
        by_contact = f"orders-asked:{turn.contact}", self._settings.by_contact
        by_inbox = f"orders-asked-in:{turn.inbox}", self._settings.by_inbox
        # Whoever likes is a new contact with each session.
        from_there = (f"orders-asked-from:{turn.network}", self._settings.by_network)
        by_network = () if turn.network is None else (from_there,)
        # The last: it may have been asked about elsewhere at the same moment.
        taken = not await self._limits.take(by_contact, *by_network, by_inbox, known)
        return taken or await self._limits.wait_s(known) > 0
