"""Sums of money in words; pure."""

from decimal import Decimal

from babel.numbers import format_currency, get_currency_precision


def money(amount: int, currency: str, language: str | None) -> str:
    """``amount`` in minor units, as the language writes it."""
    locale = "zh" if (language or "").startswith("zh") else "en"
    return str(format_currency(major(amount, currency), currency, locale=locale))


def major(amount: int, currency: str) -> Decimal:
    """Of minor units (cents) the major ones (euros)."""
    return Decimal(amount).scaleb(-get_currency_precision(currency))
