"""The widget's words, served to it: the script carries none, so that a language is a file here and nothing to build."""

from functools import cache

from channels.live.protocol import TextsOut
from core.texts import FALLBACK, Texts

GROUP = "widget"
_RIGHT_TO_LEFT = frozenset({"ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})
NO_NAME = "none"
"""What texts are given for the name of a bot that has none."""
_MOST_WISHES = 12


class WidgetTexts:
    """``texts`` is the one catalogue; the group named ``widget`` is for visitors."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts
        self._known = {tag.lower(): tag for tag in texts.languages}
        self._in = cache(self._words_in)

    def pick(self, wishes: str) -> str:
        """The first of ``zh-Hans-CN,en`` that there are words for, exactly or for its language alone."""
        for wish in wishes.lower().replace("_", "-").split(",")[:_MOST_WISHES]:
            for tag in (wish.strip(), wish.strip().partition("-")[0]):
                if tag in self._known:
                    return self._known[tag]
        return FALLBACK

    def hello(self, language: str, persona: str) -> str:
        """What a bot says of itself to who opens a chat: that it is one, by which name, and what it can do."""
        return self._texts.say("bot-greet", language, persona=persona or NO_NAME)

    def words(self, language: str) -> TextsOut:
        """``language`` is one that ``pick`` gave."""
        return self._in(language)

    def _words_in(self, language: str) -> TextsOut:
        direction = "rtl" if language.partition("-")[0] in _RIGHT_TO_LEFT else "ltr"
        return TextsOut(language, direction, dict(self._texts.templates(GROUP, language)))
