"""Wrong passwords: limited for each account and each address; right ones are not counted.

Tightly for one account from one address, loosely for one account from anywhere: who knows somebody's address cannot
lock them out from elsewhere, and many addresses together still cannot guess for long.
"""

from contextlib import AbstractAsyncContextManager

from console.auth.errors import WrongPassword
from console.settings import SignInLimits
from core.limits import Rate, RateLimits, counted, of_address
from core.network import counted_in


class Attempts:
    """Accounts that do not exist are limited like others, so that nobody learns which do."""

    def __init__(self, limits: RateLimits, settings: SignInLimits) -> None:
        self._limits = limits
        self._settings = settings

    def attempt(self, account: str, address: str) -> AbstractAsyncContextManager[None]:
        """Raises TooOften before anything is checked; a WrongPassword raised within is counted.

        Attempts under way count as wrong ones, so that many at once gain nothing.
        """
        return counted(self._limits, WrongPassword, *self._rates(account, address))

    def _rates(self, account: str, address: str) -> list[tuple[str, Rate]]:
        home, _ = counted_in(address)[0]
        return [
            (f"sign_in:both:{len(account)}:{account}:{home}", self._settings.per_account_and_address),
            (f"sign_in:account:{account}", self._settings.per_account),
            *of_address("sign_in:address", address, self._settings.per_address),
        ]
