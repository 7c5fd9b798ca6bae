"""Looks up articles for a turn: the question, several of them, with what it leans on, alike to which, in which language."""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.contract import AboutArticles, ArticleFinder, Asked, Outcome, PastTurn, Turn
from bot.parts import content, leans_back, parts_of
from bot.policy.separating import about as about_topic
from bot.policy.settings import DEFAULT_LANGUAGE
from bot.proposals import Found, LookupFailed
from bot.text import language_of
from core.answer import Answer
from core.ids import ArticleId

log = logging.getLogger(__name__)

_QUESTIONS = frozenset({Outcome.ANSWERED, Outcome.SUGGESTED, Outcome.FAILED})
_GUESSED = 0.9
_CHOOSING = frozenset({Asked.WHICH, Asked.TOPIC})


@dataclass(frozen=True, slots=True)
class FindingSettings:
    """``articles`` at most are looked at; each look-up may take ``seconds``.

    Below the probability ``sure`` of the best one more is found out. A message of ``few`` words leans on what was said
    before. The newest ``compared`` questions are compared in meaning. Where an engine is less sure than ``doubtful`` that
    something is wanted of an order, an article that is sure to answer comes first. Of a customer's own orders the newest
    ``own_orders`` are looked at.
    """

    articles: int = 6
    seconds: float = 1.5
    sure: float = 0.5
    few: int = 3
    compared: int = 3
    doubtful: float = 0.6
    own_orders: int = 20


class ArticleLookup:
    """A failure is a finding too; of what only helps to understand, it is left out."""

    def __init__(
        self,
        finder: ArticleFinder,
        about: AboutArticles | None = None,
        settings: FindingSettings | None = None,
    ) -> None:
        self._finder = finder
        self._about = about
        self._settings = settings or FindingSettings()

    async def articles(self, turn: Turn, question: str | None = None) -> Found | LookupFailed:
        """For a question, else for the turn's own text."""
        turn = turn if question is None else replace(turn, text=question)
        found = await self._find(turn, turn.text)
        return found if isinstance(found, LookupFailed) else await self._looked_into(turn, found)

    async def sure_article(self, turn: Turn, confidence: float) -> Found | None:
        """Where it is doubtful whether something is wanted of an order: what answers the text as a question for sure."""
        if confidence >= self._settings.doubtful:
            return None
        found = await self.articles(turn)
        return found if isinstance(found, Found) and self._sure(found) else None

    async def other_articles(self, turn: Turn) -> Found | LookupFailed:
        """For the question asked last, since its answer did not help."""
        asked = next((past.text for past in reversed(turn.history) if past.outcome in _QUESTIONS), None)
        if asked is None:
            return Found(turn.text, (), again=True)
        found = await self._find(turn, asked)
        return found if isinstance(found, LookupFailed) else replace(found, again=True)

    async def about(self, turn: Turn, topic: str) -> Found | LookupFailed:
        """For the question that we asked back about, what is about this topic."""
        asked = next((past.text for past in reversed(turn.history) if past.asked is Asked.TOPIC), turn.text)
        found = await self._find(turn, asked)
        if isinstance(found, LookupFailed):
            return found
        found = await self._with_topics(found)
        return replace(found, answers=about_topic(found.answers, found.topics, topic), narrowed=True)

    async def article(self, turn: Turn, article: ArticleId, title: str, language: str) -> Answer | None:
        """One article that a button named; None when it is no longer published."""
        try:
            async with asyncio.timeout(self._settings.seconds):
                answers = await self._finder.find(title, language, self._settings.articles, turn.reader)
                found = next((each for each in answers if each.article == article), None)
                if found is None and self._about is not None:
                    others = await self._about.elsewhere(
                        title, language, self._settings.articles, turn.reader
                    )
                    found = next((each for each in others if each.article == article), None)
        except Exception as error:  # noqa: BLE001 - whatever it raises, a person can still help
            self._log(turn, "knowledge", error)
            return None
        return found

    async def _find(self, turn: Turn, question: str) -> Found | LookupFailed:
        language = spoken(turn, question)
        try:
            async with asyncio.timeout(self._settings.seconds):
                answers = await self._finder.find(question, language, self._settings.articles, turn.reader)
        except Exception as error:  # noqa: BLE001 - whatever it raises, a person can still help
            self._log(turn, "knowledge", error)
            return LookupFailed("knowledge")
        return Found(question, tuple(answers), language=language)

    async def _looked_into(self, turn: Turn, found: Found) -> Found:
        for step in (self._with_parts, self._with_before, self._with_likeness, self._with_others):
            try:
                async with asyncio.timeout(self._settings.seconds):
                    found = await step(turn, found)
            except Exception as error:  # noqa: BLE001 - the answer to the question itself is there
                self._log(turn, "what is beside the question", error)
        return found

    async def _with_parts(self, turn: Turn, found: Found) -> Found:
        parts = parts_of(turn.text)
        if len(parts) == 1:
            return found
        looked: list[Found] = []
        for at, part in enumerate(parts):
            each = await self._find(turn, part)
            if at and isinstance(each, Found) and leans_back(part):
                each = await self._leaning_on(turn, parts[at - 1], each)
            if isinstance(each, Found):
                looked.append(each)
        return replace(found, parts=tuple(looked))

    async def _leaning_on(self, turn: Turn, before: str, part: Found) -> Found | LookupFailed:
        """What a part comes to that says by the one before what it is about; its own passages where it has the article itself."""
        both = await self._find(turn, f"{before} {part.question}")
        if isinstance(both, LookupFailed):
            return both
        own = {(each.article, each.language): each for each in part.answers}
        others = [
            replace(own.get((each.article, each.language), each), probability=each.probability)
            for each in both.answers
        ]
        return replace(part, answers=merged(part.answers, others, self._settings.articles))

    async def _with_before(self, turn: Turn, found: Found) -> Found:
        """A message of few words ("and abroad?") leans on the question before it, the first one on what is around it.

        What they chose before the chat and the page they are on only suggest: nobody asked about them.
        """
        if self._sure(found) or content(turn.text) > self._settings.few:
            return found
        for before, at_most in leaning(turn, below=self._settings.sure):
            more = await self._find(turn, f"{before} {turn.text}")
            if isinstance(more, Found):
                others = [replace(each, probability=min(each.probability, at_most)) for each in more.answers]
                found = replace(found, answers=merged(found.answers, others, self._settings.articles))
        return found

    async def _with_likeness(self, turn: Turn, found: Found) -> Found:
        if self._about is None:
            return found
        language = found.language or DEFAULT_LANGUAGE
        before = [past for past in turn.history if past.outcome in _QUESTIONS and past.text]
        alike = {
            past.text: await self._about.alike(turn.text, past.text, language)
            for past in before[-self._settings.compared :]
        }
        return replace(found, alike={text: near for text, near in alike.items() if near is not None})

    async def _with_others(self, turn: Turn, found: Found) -> Found:
        """Where no answer is sure: what the candidates are about, and what there is in other languages."""
        if self._about is None or self._sure(found):
            return found
        others = await self._about.elsewhere(
            turn.text, found.language or DEFAULT_LANGUAGE, self._settings.articles, turn.reader
        )
        return await self._with_topics(replace(found, elsewhere=tuple(others)))

    async def _with_topics(self, found: Found) -> Found:
        if self._about is None or len(found.answers) < 2:  # noqa: PLR2004 - of one there is nothing to tell apart
            return found
        articles = [each.article for each in found.answers]
        return replace(found, topics=await self._about.topics(articles, found.language or DEFAULT_LANGUAGE))

    def _sure(self, found: Found) -> bool:
        return bool(found.answers) and found.answers[0].probability >= self._settings.sure

    def _log(self, turn: Turn, what: str, error: Exception) -> None:
        log.warning(
            "%s could not be asked: %s: %s",
            what,
            type(error).__name__,
            error,
            extra={"conversation": turn.conversation},
        )


def spoken(turn: Turn, question: str) -> str:
    """The question's language, else that of what was said before, else of the contact's side."""
    before = next((past.language for past in reversed(turn.history) if past.language), None)
    return language_of(question) or before or turn.language or DEFAULT_LANGUAGE


def leaning(turn: Turn, *, below: float) -> list[tuple[str, float]]:
    """What a message of few words leans on, and how likely an answer can be by it."""
    last = turn.last
    if last is not None and _asks(last) and last.text:
        return [(last.text, 1.0)]
    return [] if turn.history else [(each, below * _GUESSED) for each in turn.near]


def _asks(past: PastTurn) -> bool:
    return past.outcome in _QUESTIONS or past.asked in _CHOOSING


def merged(some: Sequence[Answer], others: Sequence[Answer], most: int) -> tuple[Answer, ...]:
    """Each article once, by the question that it answers better, the likeliest first."""
    best: dict[tuple[ArticleId, str], Answer] = {}
    for each in (*some, *others):
        key = (each.article, each.language)
        if key not in best or best[key].probability < each.probability:
            best[key] = each
    return tuple(sorted(best.values(), key=lambda each: -each.probability))[:most]
