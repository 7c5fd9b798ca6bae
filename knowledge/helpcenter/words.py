"""The help center's own words in one language, with dates as people there write them."""

from datetime import datetime

from babel.dates import format_date

from core.locales import locale_of
from core.texts import Texts
from knowledge.helpcenter.negotiating import direction


class Words:
    """Texts without values are worked out once."""

    def __init__(self, texts: Texts, language: str) -> None:
        self._texts = texts
        self._known: dict[str, str] = {}
        self.language = language
        self.direction = direction(language)
        self._locale = locale_of(language)

    def __call__(self, key: str, **values: str | float) -> str:
        if values:
            return self._texts.say(key, self.language, **values)
        if key not in self._known:
            self._known[key] = self._texts.say(key, self.language)
        return self._known[key]

    def date(self, at: datetime) -> str:
        return format_date(at, format="long", locale=self._locale)

    def name_of(self, language: str) -> str:
        """What a language calls itself."""
        found = locale_of(language)
        if found.language != language.partition("-")[0]:
            return language
        own = found.get_display_name() or language
        return own[:1].upper() + own[1:]
