"""Articles as their readers see them: looks up what a text rests on, and renders it beside the event loop."""

from core.answer import PUBLIC_READER, Reader
from core.store.database import Database
from core.tasks import Workers
from core.texts import Texts
from knowledge.rendering import Context, Html, Reusables, to_html
from knowledge.rendering.parsing import filled, linked_slugs
from knowledge.rendering.values import Limits
from knowledge.writing.lookup import Asked, addresses
from knowledge.writing.reusables import in_language

_LIMITS = Limits()
_CALLOUTS = ("note", "tip", "important", "warning")


class Presenter:
    """``images``: what stands before an image's id, for pages that are read elsewhere, such as feeds."""

    def __init__(
        self,
        db: Database,
        workers: Workers,
        texts: Texts,
        limits: Limits = _LIMITS,
        images: str = "/help/images/",
    ) -> None:
        self._db = db
        self._workers = workers
        self._texts = texts
        self._limits = limits
        self._images = images

    async def html(
        self, markdown: str, language: str, reader: Reader = PUBLIC_READER, *, editor: bool = False
    ) -> Html:
        """For this reader; ``editor``: with marks where something is missing. Raises Invalid ``too_large``."""
        reusables = await self._db.read(in_language, language)
        slugs = await self._workers.run(_slugs, markdown, reusables, self._limits)
        articles: dict[str, str] = {}
        if slugs:
            articles = await self._db.read(addresses, slugs, Asked(language, reader, editor))
        callouts = {kind: self._texts.say(f"console-callout-{kind}", language) for kind in _CALLOUTS}
        given = Context(reusables, articles, self._images, callouts, editor, self._limits)
        return await self._workers.run(to_html, markdown, given)


def _slugs(markdown: str, reusables: Reusables, limits: Limits) -> frozenset[str]:
    """Most texts link to no article, and are taken apart once only."""
    if len(markdown) > limits.characters or "article:" not in markdown + "".join(
        each.text for each in reusables.values()
    ):
        return frozenset()
    return linked_slugs(filled(markdown, reusables, limits))
