"""Agents propose their answers as articles: a look at what the draft would say, then the draft."""

from aiohttp import web

from console.auth import audit
from console.auth.sessions import Signed
from console.parts import Parts
from console.wire import proposal as wire
from console.wire.article import Found
from core.answer import AGENT_READER
from core.ids import ConversationId, MessageId
from core.web import client_address, json_response, read_json
from knowledge.beside.proposal import Proposal, proposal_of, redacted
from knowledge.beside.proposals import Said, answered, draft


class ProposalHandlers:
    """``/api/conversations/…/messages/…/proposal``."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._settings = parts.knowledge.beside

    async def look(self, request: web.Request, session: Signed) -> web.Response:
        settings, workers = self._settings, self._parts.workers
        found = await self._parts.db.large.read(answered, _said(request, session))
        made = await workers.run(proposal_of, found, settings.proposal_characters)
        similar = await self._similar(made)
        return json_response(
            wire.Proposal(made.language, made.title, made.question, made.body, similar, found.before)
        )

    async def _similar(self, made: Proposal) -> tuple[Found, ...]:
        settings, asked = self._settings, made.question or made.title
        answers = await self._parts.finder.find(asked, made.language, settings.similar, AGENT_READER)
        return tuple(
            Found(
                each.article,
                each.title,
                each.language,
                each.excerpt,
                each.probability,
                each.revision,
                self._parts.article_url(each.article, each.language),
                None,
            )
            for each in answers
            if each.probability >= settings.similar_probability
        )

    async def add(self, request: web.Request, session: Signed) -> web.Response:
        """Whatever the agent wrote into it is redacted once more."""
        ask = await read_json(request, wire.ProposalAsk)
        said, parts = _said(request, session), self._parts
        found = await parts.db.large.read(answered, said)
        wished = Proposal(ask.language, ask.title, ask.question, ask.body)
        most = self._settings.proposal_characters
        clean = await parts.workers.run(redacted, wished, found.names, most)
        note = parts.texts.say("console-proposal-note", session.agent.language)
        made = await parts.db.run(draft, said, clean, note)
        address = client_address(request)
        audit.record("article proposed", by=session.agent.id, address=address, article=made.id)
        return json_response(wire.Proposed(made.id, clean.language, clean.title), 201)


def _said(request: web.Request, session: Signed) -> Said:
    match = request.match_info
    return Said(ConversationId(match["id"]), MessageId(match["message"]), session.agent.id)
