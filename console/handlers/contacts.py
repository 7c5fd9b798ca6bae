"""Contacts: shown, found, merged, taken apart; who did it is in the log of audits."""

from aiohttp import web

from console.auth import audit
from console.auth.sessions import Signed
from console.changes import contacts as changes
from console.parts import Parts
from console.queries.contacts import contact_of, find_contacts
from console.wire.base import Items
from console.wire.contact import MergeContact
from core.errors import Invalid
from core.ids import ContactId, ContactMergeId
from core.web import client_address, json_response, read_json


class ContactHandlers:
    """``/api/contacts`` and ``/api/merges``."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    async def list(self, request: web.Request, session: Signed) -> web.Response:
        pages = self._parts.settings.pages
        text = request.query.get("q", "").strip()
        if len(text) > pages.search_characters:
            raise Invalid("q", f"at most {pages.search_characters} characters")
        return json_response(Items(await self._parts.db.read(find_contacts, text, pages.contacts)))

    async def show(self, request: web.Request, session: Signed) -> web.Response:
        return await self._shown(ContactId(request.match_info["id"]))

    async def merge(self, request: web.Request, session: Signed) -> web.Response:
        ask = await read_json(request, MergeContact)
        into, source = ContactId(request.match_info["id"]), ContactId(ask.source)
        run, most = self._parts.db.run, self._parts.settings.pages.suggestions
        merge = await run(changes.merge_contacts, session.agent.id, into, source, most)
        _audit("contacts merged", request, session, contact=into, source=source, merge=merge)
        return await self._shown(into)

    async def dismiss(self, request: web.Request, session: Signed) -> web.Response:
        contact, other = ContactId(request.match_info["id"]), ContactId(request.match_info["other"])
        await self._parts.db.run(changes.dismiss_suggestion, session.agent.id, contact, other)
        _audit("merge dismissed", request, session, contact=contact, other=other)
        return await self._shown(contact)

    async def undo(self, request: web.Request, session: Signed) -> web.Response:
        merge = ContactMergeId(request.match_info["id"])
        source, into = await self._parts.db.run(changes.undo_merge, session.agent.id, merge)
        _audit("merge undone", request, session, contact=into, source=source, merge=merge)
        return await self._shown(into)

    async def _shown(self, contact: ContactId) -> web.Response:
        return json_response(await self._parts.db.read(contact_of, contact, self._parts.settings.pages))


def _audit(did: str, request: web.Request, session: Signed, **about: str) -> None:
    audit.record(did, by=session.agent.id, address=client_address(request), **about)
