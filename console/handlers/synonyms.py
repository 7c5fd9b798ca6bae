"""Synonyms: read by editors, kept by publishers; and trying what a customer finds with them."""

from aiohttp import web

from console.auth.sessions import Signed
from console.handlers.setup import Collection
from console.parts import Parts
from console.wire import synonym as wire
from core.answer import PUBLIC_READER
from core.store.tx import Tx
from core.web import json_response
from knowledge import synonyms
from knowledge.index import Finding, Hit


def synonym_handlers(parts: Parts) -> Collection:
    """``/api/synonyms``."""
    return Collection(parts, "synonyms", _listed, wire.SynonymsAsk, _saved, synonyms.remove)


def _listed(tx: Tx) -> tuple[wire.Synonyms, ...]:
    groups = synonyms.list_groups(tx)
    return tuple(wire.Synonyms(each.id, each.language, each.words, each.version) for each in groups)


def _saved(tx: Tx, id: str | None, ask: wire.SynonymsAsk) -> str:
    return synonyms.save(tx, id, ask.language, ask.words, ask.version)


class TrialHandlers:
    """``/api/knowledge/trial``."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    async def search(self, request: web.Request, session: Signed) -> web.Response:
        pages = self._parts.settings.pages
        question = request.query.get("q", "").strip()[: pages.search_characters]
        language = request.query.get("language") or session.agent.language
        finder = self._parts.finder
        found = await finder.look(question, language, pages.found, PUBLIC_READER) if question else Finding()
        return json_response(_trial(found))


def _trial(found: Finding) -> wire.SearchTrial:
    return wire.SearchTrial(
        tuple(map(_tried, found.hits)),
        tuple(wire.Taken(word, (taken,)) for word, taken in found.corrected),
        tuple(wire.Taken(word, others) for word, others in found.synonyms),
    )


def _tried(hit: Hit) -> wire.Tried:
    snippet = tuple(wire.Piece(piece.text, piece.marked) for piece in hit.snippet)
    return wire.Tried(
        hit.document.article, hit.document.title, hit.document.language, snippet, hit.probability
    )
