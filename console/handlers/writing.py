"""What authors write with: previews, images, links to articles, and their unsaved text."""

from aiohttp import hdrs, web

from console.auth import audit
from console.auth.sessions import Signed
from console.parts import Parts
from console.queries.editorial import compared_texts
from console.queries.writing import copies_of, links
from console.wire import writing as wire
from console.wire.base import Items
from core.answer import AGENT_READER
from core.errors import Invalid
from core.ids import ArticleId
from core.limits import take
from core.web import client_address, error_response, json_response, read_json
from knowledge.writing import images, working
from knowledge.writing.picture import remade
from knowledge.writing.presenter import Presenter

_PIECE_BYTES = 65_536
_STATUS = {
    "too_large": web.HTTPRequestEntityTooLarge.status_code,
    "media_type": web.HTTPUnsupportedMediaType.status_code,
}


class WritingHandlers:
    """``/api/knowledge/preview``, ``images`` and ``links``, and ``/api/articles/…/working-copy``."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._settings = parts.settings.writing
        self._presenter = Presenter(parts.db, parts.workers, parts.texts, self._settings.text)

    async def preview(self, request: web.Request, session: Signed) -> web.Response:
        await take(self._parts.limits, (f"preview:{session.agent.id}", self._settings.previews))
        ask = await read_json(request, wire.PreviewAsk)
        shown = await self._presenter.html(ask.body, ask.language, AGENT_READER, editor=True)
        headings = tuple(wire.PreviewHeading(each.level, each.id, each.text) for each in shown.headings)
        problems = tuple(
            wire.PreviewProblem(each.kind.value, each.line, each.what) for each in shown.problems
        )
        return json_response(wire.Preview(shown.body, headings, problems))

    async def compare(self, request: web.Request, session: Signed) -> web.Response:
        """As revisions are compared; of text that is not stored."""
        await take(self._parts.limits, (f"comparison:{session.agent.id}", self._settings.previews))
        ask = await read_json(request, wire.ComparisonAsk)
        two = (ask.old.title, ask.new.title, ask.old.body, ask.new.body)
        return json_response(await self._parts.workers.run(compared_texts, *two))

    async def add_image(self, request: web.Request, session: Signed) -> web.Response:
        await take(self._parts.limits, (f"image:{session.agent.id}", self._settings.images.per_person))
        try:
            data = await self._body(request)
            picture = await self._parts.workers.run(remade, data, self._settings.images)
        except Invalid as error:
            response = error_response(error)
            response.set_status(_STATUS.get(error.code, response.status))
            return response
        kept = await self._parts.db.run(images.keep, picture, session.agent.id)
        address = client_address(request)
        audit.record("image added", by=session.agent.id, address=address, image=kept.id)
        url = f"{images.ADDRESS}{kept.id}"
        shown = wire.ArticleImage(kept.id, f"image:{kept.id}", url, kept.media_type, kept.width, kept.height)
        return json_response(shown, 201)

    async def _body(self, request: web.Request) -> bytes:
        """Read in pieces, so that what is too long is refused as soon as it is."""
        most = self._settings.images.bytes
        said = request.headers.get(hdrs.CONTENT_LENGTH, "")
        if said.isdigit() and int(said) > most:
            raise Invalid("file", f"at most {most} bytes", code="too_large")
        body = bytearray()
        while piece := await request.content.read(_PIECE_BYTES):
            body += piece
            if len(body) > most:
                raise Invalid("file", f"at most {most} bytes", code="too_large")
        return bytes(body)

    async def links(self, request: web.Request, session: Signed) -> web.Response:
        text = request.query.get("q", "").strip()[: self._parts.settings.pages.search_characters]
        language = request.query.get("language") or session.agent.language
        found = await self._parts.db.read(links, text, language, self._settings.found)
        return json_response(Items(found))

    async def copies(self, request: web.Request, session: Signed) -> web.Response:
        return json_response(await self._parts.db.read(copies_of, _desk(request, session)))

    async def keep(self, request: web.Request, session: Signed) -> web.Response:
        """Answers with what others are at, so that nobody writes beside somebody else without knowing."""
        ask = await read_json(request, wire.Unsaved)
        desk = _desk(request, session)
        draft = working.Draft(ask.title, ask.body, ask.questions, ask.note, ask.source)
        await self._parts.db.run(working.keep, desk, ask.base, draft)
        return json_response(await self._parts.db.read(copies_of, desk))

    async def drop(self, request: web.Request, session: Signed) -> web.Response:
        await self._parts.db.run(working.drop, _desk(request, session))
        return web.Response(status=204)


def _desk(request: web.Request, session: Signed) -> working.Desk:
    article, language = ArticleId(request.match_info["id"]), request.match_info["language"]
    return working.Desk(article, language, session.agent.id)
