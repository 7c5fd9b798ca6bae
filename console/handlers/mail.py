"""Mails that did not become messages: shown as they came, and taken up again."""

from aiohttp import hdrs, web

from channels.contract import WITH_A_REASON, Intake, TakenState
from console.auth import audit
from console.auth.sessions import Signed
from console.parts import Parts
from console.queries import mail as queries
from console.wire import mail as wire
from core.errors import Invalid, NotFound
from core.web import client_address, json_response

_AS_A_FILE = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Cache-Control": "no-store",
}


class MailHandlers:
    """``/api/mail``."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    async def list(self, request: web.Request, session: Signed) -> web.Response:
        asked = request.query.get("state") or TakenState.QUARANTINED.value
        names = [each.value for each in WITH_A_REASON]
        if asked not in names:
            raise Invalid("state", f"one of {', '.join(names)}")
        intake, cursor = self._parts.intake, request.query.get("cursor") or None
        if intake is None:
            return json_response(wire.MailPage((), None, queries.counts({})))
        most = self._parts.settings.pages.mails
        page = await self._parts.db.read(queries.page, intake, TakenState(asked), cursor, most)
        return json_response(page)

    async def show(self, request: web.Request, session: Signed) -> web.Response:
        mail, pages = request.match_info["id"], self._parts.settings.pages
        limits = queries.Limits(pages.mail_bytes, pages.mail_headers)
        found = await self._parts.db.read(queries.detail, self._intake(), mail, limits)
        return json_response(found)

    async def raw(self, request: web.Request, session: Signed) -> web.Response:
        mail = request.match_info["id"]
        body = await self._parts.db.read(self._intake().raw, mail)
        self._audit("mail downloaded", request, session)
        name = "".join(each for each in mail if each.isalnum() and each.isascii())
        disposition = {hdrs.CONTENT_DISPOSITION: f'attachment; filename="mail-{name}.eml"'}
        return web.Response(body=body, content_type="message/rfc822", headers=_AS_A_FILE | disposition)

    async def replay(self, request: web.Request, session: Signed) -> web.Response:
        intake, mail = self._intake(), request.match_info["id"]
        await intake.replay(mail)
        self._audit("mail replayed", request, session)
        return json_response(await self._parts.db.read(queries.item, intake, mail))

    def _intake(self) -> Intake:
        if self._parts.intake is None:
            raise NotFound("no mail is kept here")
        return self._parts.intake

    def _audit(self, did: str, request: web.Request, session: Signed) -> None:
        address = client_address(request)
        audit.record(did, by=session.agent.id, address=address, mail=request.match_info["id"])
