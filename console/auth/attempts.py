"""Wrong passwords: limited for each account and each address; right ones are not counted.

Tightly for one account from one address, loosely for one account from anywhere: who knows somebody's address cannot
lock them out from elsewhere, and many addresses together still cannot guess for long.
"""

from collections import Counter as Tally
from collections.abc import Iterator
from contextlib import contextmanager

from console.auth.errors import WrongPassword
from console.settings import SignInLimits
from core.errors import TooOften
from core.limits import Rate, RateLimits


class Attempts:
    """Accounts that do not exist are limited like others, so that nobody learns which do."""

    def __init__(self, limits: RateLimits, settings: SignInLimits) -> None:
        self._limits = limits
        self._settings = settings
        self._under_way: Tally[str] = Tally()

    @contextmanager
    def attempt(self, account: str, address: str) -> Iterator[None]:
        """Raises TooOften before anything is checked; a WrongPassword raised within is counted.

        Attempts under way count as wrong ones, so that many at once gain nothing.
        """
        rates = self._rates(account, address)
        for key, rate in rates:
            wait_s = self._limits.wait_s(key, rate)
            if wait_s > 0 or self._under_way[key] >= rate.burst:
                raise TooOften(wait_s or 1 / rate.per_s)
        for key, _ in rates:
            self._under_way[key] += 1
        try:
            yield
        except WrongPassword:
            for key, rate in rates:
                self._limits.allow(key, rate)
            raise
        finally:
            for key, _ in rates:
                self._under_way[key] -= 1
                if not self._under_way[key]:
                    del self._under_way[key]

    def _rates(self, account: str, address: str) -> list[tuple[str, Rate]]:
        return [
            (f"sign_in:both:{len(account)}:{account}:{address}", self._settings.per_account_and_address),
            (f"sign_in:account:{account}", self._settings.per_account),
            (f"sign_in:address:{address}", self._settings.per_address),
        ]
