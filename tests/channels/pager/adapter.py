"""A pager network as a channel: signed webhooks in, signed posts out; docs/adding-a-channel.md tells how it was made."""

import hashlib
import hmac
from collections.abc import Mapping, Sequence
from datetime import datetime

import aiohttp
import msgspec
from aiohttp import web

from channels.basic import BasicChannel
from channels.contract import Capabilities, Outgoing, Receipt
from channels.registry import Supplies
from core.agent import Permission
from core.contact import Sender
from core.errors import Forbidden, NotFound, Unavailable, Undeliverable
from core.ids import InboxId
from core.message import Exact, Inbound, Text, plain_text
from core.receive import receive_message
from core.store.conversations import get_inbox
from core.web import Route, json_response, read_json
from tests.channels.pager.wire import Page, pager_config

KIND = "pager"
SIGNATURE = "X-Pager-Signature"
CAPABILITIES = Capabilities(
    buttons=False,
    articles=False,
    attachments=False,
    typing=False,
    starts=True,
    by_stream=False,
    repeats_harmless=True,
    text_characters=500,
    attachment_bytes=0,
)


def to_inbound(inbox: InboxId, page: Page, at: datetime) -> Inbound:
    """Pure: from the wire to the conversation model."""
    return Inbound(
        inbox=inbox,
        external_id=page.id,
        # The network's signature proves whose pager it is.
        sender=Sender(KIND, page.number, verified=True, name=page.name),
        parts=(Text(page.text),),
        thread=Exact(page.number),
        sent_at=at,
    )


def signed(secret: str, body: bytes) -> str:
    return hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


class Pager(BasicChannel):
    """The network takes a message id once, so a repeat is harmless."""

    def __init__(self, given: Supplies) -> None:
        super().__init__(KIND, CAPABILITIES)
        self._given = given

    @property
    def secrets(self) -> Sequence[str]:
        return ("secret",)

    @property
    def destinations(self) -> Sequence[str]:
        return ("url",)

    def check(self, config: Mapping[str, object]) -> None:
        pager_config(config)

    def routes(self) -> Sequence[Route]:
        return (Route("POST", "/pager/{inbox}", self.webhook, Permission.PUBLIC),)

    async def webhook(self, request: web.Request) -> web.Response:
        given, body = self._given, await request.read()
        inbox = await given.db.read(get_inbox, InboxId(request.match_info["inbox"]))
        if inbox.kind != KIND or not inbox.enabled:
            raise NotFound("there is no such inbox")
        proof = signed(pager_config(inbox.config).secret, body)
        if not hmac.compare_digest(request.headers.get(SIGNATURE, "").encode(), proof.encode()):
            given.count("pager_signature")
            raise Forbidden("the signature is not that of this inbox", code="signature")
        page = await read_json(request, Page)
        received = await given.db.run(receive_message, to_inbound(inbox.id, page, given.clock.now()))
        return json_response({"message": received.message})

    async def send(self, outgoing: Outgoing) -> Receipt:
        config = pager_config(outgoing.inbox.config)
        reply = {"id": outgoing.message, "number": outgoing.to, "text": plain_text(outgoing.parts)}
        body = msgspec.json.encode(reply)
        headers = {SIGNATURE: signed(config.secret, body), "Content-Type": "application/json"}
        post = self._given.session().post(config.url, data=body, headers=headers, allow_redirects=False)
        try:
            async with post as answer:
                status = answer.status
        except aiohttp.ClientConnectorError as error:
            raise Unavailable("the pager network is not reached") from error
        if status == 429 or status >= 500:
            raise Unavailable(f"the pager network said {status}")
        if status >= 300:
            raise Undeliverable(f"the pager network said {status}")
        return Receipt(external_id=outgoing.message)
