"""How each language writes dates, numbers and places."""

from babel import Locale, UnknownLocaleError


def locale_of(language: str) -> Locale:
    """English where nobody knows."""
    for tag in (language, language.partition("-")[0]):
        try:
            return Locale.parse(tag, sep="-")
        except (ValueError, UnknownLocaleError):
            continue
    return Locale("en")
