"""Conversations read, and what is written into them: replies, notes, files, the first word to somebody."""

from urllib.parse import unquote

import msgspec
from aiohttp import hdrs, web

from channels.contract import Upload
from console.auth.sessions import Signed
from console.changes.conversations import begin, check_text, write
from console.changes.insertions import settle
from console.parts import Parts, upload_owner
from console.queries.detail import detail
from console.queries.lists import page, wanted_from
from console.queries.messages import shown_message, versions
from console.queries.summaries import mark_seen, summary_of
from console.wire import conversation as wire
from console.wire import message as message_wire
from console.wire.base import Items
from core.errors import Invalid
from core.ids import AgentId, ConversationId, MessageId
from core.store.tx import Tx
from core.web import error_response, json_response, read_json

_PIECE_BYTES = 65_536
_UPLOAD_STATUS = {
    "too_large": web.HTTPRequestEntityTooLarge.status_code,
    "media_type": web.HTTPUnsupportedMediaType.status_code,
}


class ConversationHandlers:
    """``/api/conversations``, what messages said before, ``/api/contacts`` and ``/api/uploads``."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    async def list(self, request: web.Request, session: Signed) -> web.Response:
        pages = self._parts.settings.pages
        wanted = wanted_from(
            request.query,
            session.agent.id,
            self._parts.clock.now().date(),
            limit=pages.conversations,
            characters=pages.search_characters,
        )
        return json_response(await self._parts.db.read(page, wanted))

    async def show(self, request: web.Request, session: Signed) -> web.Response:
        conversation = ConversationId(request.match_info["id"])
        pages, link = self._parts.settings.pages, self._parts.library.url
        found = await self._parts.db.read(detail, conversation, pages, link, self._parts.channels)
        if found.summary.unread and found.summary.handler.id == session.agent.id:
            await self._parts.db.run(mark_seen, [conversation])
            read = msgspec.structs.replace(found.summary, unread=0)
            found = msgspec.structs.replace(found, summary=read)
        return json_response(found)

    async def write(self, request: web.Request, session: Signed) -> web.Response:
        ask = await read_json(request, message_wire.Write)
        ask = msgspec.structs.replace(ask, text=check_text(ask.text, self._parts.settings.text_bytes))
        conversation = ConversationId(request.match_info["id"])
        library, channels = self._parts.library, self._parts.channels
        stored = await self._parts.db.run(write, session.agent.id, conversation, ask, library, channels)
        if ask.insertions:
            await settle(self._parts, stored.id)
        return json_response(await self._parts.db.read(shown_message, stored.id, library.url), 201)

    async def versions(self, request: web.Request, session: Signed) -> web.Response:
        message, most = MessageId(request.match_info["id"]), self._parts.settings.pages.versions
        said = await self._parts.db.read(versions, message, self._parts.library.url, most)
        return json_response(Items(said))

    async def begin(self, request: web.Request, session: Signed) -> web.Response:
        ask = await read_json(request, wire.WriteFirst)
        ask = msgspec.structs.replace(ask, text=check_text(ask.text, self._parts.settings.text_bytes))
        if not ask.text.strip():
            raise Invalid("text", "something to say", code="empty")
        begun = await self._parts.db.run(_begun, session.agent.id, ask, self._parts)
        return json_response(begun, 201)

    async def upload(self, request: web.Request, session: Signed) -> web.Response:
        async def read() -> bytes:
            return await request.content.read(_PIECE_BYTES)

        name = unquote(request.headers.get("X-File-Name", "file"), errors="replace")
        claimed = request.headers.get(hdrs.CONTENT_TYPE, "")
        upload = Upload(name, claimed, read)
        try:
            stored = await self._parts.library.store(upload_owner(session.agent.id), upload)
        except Invalid as error:
            if error.code not in _UPLOAD_STATUS:
                raise
            refused = error_response(error)
            refused.set_status(_UPLOAD_STATUS[error.code])
            return refused
        answer = message_wire.Upload(stored.media, stored.name, stored.size, stored.media_type)
        return json_response(answer, 201)


def _begun(tx: Tx, agent: AgentId, ask: wire.WriteFirst, parts: Parts) -> wire.ConversationSummary:
    return summary_of(tx, begin(tx, agent, ask, parts.channels))
