"""Articles beside a conversation: suggested, searched for, put into replies."""

from collections.abc import Sequence
from typing import Final

from aiohttp import web

from console.auth.sessions import Signed
from console.parts import Parts
from console.wire import beside as wire
from console.wire.article import Found
from console.wire.base import Items
from core.agent import Permission
from core.answer import AGENT_READER, Answer, Reader
from core.errors import Conflict, Forbidden
from core.ids import ArticleId, ConversationId
from core.limits import take
from core.web import json_response, read_json
from knowledge import using
from knowledge.beside import inserting
from knowledge.beside.asking import merged, questions
from knowledge.beside.customer import Customer, customer_of
from knowledge.beside.inserting import How, Insertion
from knowledge.beside.keeping import caution
from knowledge.beside.showing import in_their_language
from knowledge.beside.words import as_link, as_text
from knowledge.loop.recording import AskedIn, Missed, record
from knowledge.using import Use, Used

_LANGUAGE: Final = "en"
_SHOWINGS_KEPT: Final = 10_000


class BesideHandlers:
    """``/api/conversations/…/articles`` and ``insertions``, ``/api/knowledge/search`` and ``misses``."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._settings = parts.knowledge.beside
        self._shown: dict[tuple[str, str, Used], None] = {}

    async def suggest(self, request: web.Request, session: Signed) -> web.Response:
        settings = self._settings
        await take(self._parts.limits, (f"beside:{session.agent.id}", settings.looks))
        conversation = ConversationId(request.match_info["id"])
        customer = await self._parts.db.read(customer_of, conversation, settings.messages)
        asked = questions(
            customer.said, message_characters=settings.message_characters, characters=settings.characters
        )
        found = [await self._in_theirs(await self._find(each, customer.language), customer) for each in asked]
        answers = merged(found, most=settings.articles, least=settings.probability)
        await self._note_shown(conversation, session, answers)
        items = self._items(answers, customer.reader)
        return json_response(wire.Suggestions(asked, customer.language or "", items))

    async def _find(self, question: str, language: str | None) -> Sequence[Answer]:
        return await self._parts.finder.find(
            question, _primary(language), self._settings.articles, AGENT_READER
        )

    async def _in_theirs(self, answers: Sequence[Answer], customer: Customer) -> list[Answer]:
        """In the words that would be inserted."""
        return await in_their_language(self._parts.db, self._parts.workers, answers, customer.language)

    async def search(self, request: web.Request, session: Signed) -> web.Response:
        pages = self._parts.settings.pages
        question = request.query.get("q", "").strip()[: pages.search_characters]
        language = _primary(request.query.get("language") or session.agent.language)
        customer = await self._customer(_conversation_of(request, session))
        answers: Sequence[Answer] = ()
        if question:
            answers = await self._parts.finder.search(question, language, pages.found, AGENT_READER)
            answers = await self._in_theirs(answers, customer)
        return json_response(Items(self._items(answers, customer.reader)))

    async def insert(self, request: web.Request, session: Signed) -> web.Response:
        ask = await read_json(request, wire.InsertionAsk)
        conversation, how = ConversationId(request.match_info["id"]), How(ask.how)
        customer = await self._parts.db.read(customer_of, conversation, self._settings.messages)
        wishes = ask.language, customer.language
        source = await self._parts.db.read(inserting.source_of, ArticleId(ask.article), *wishes)
        if how is How.LINK:
            url = self._parts.article_url(source.article, source.language)
            if url is None:
                raise Conflict(f"nobody outside may read article {source.article}", code="no_link")
            text = as_link(source.title, url)
        else:
            text = await self._parts.workers.run(as_text, source.body, source.reusables)
        taken = Insertion(conversation, session.agent.id, source.article, source.language, source.number, how)
        made = await self._parts.db.run(inserting.keep, taken)
        why = caution(source.audience, source.brands, customer.reader)
        answer = wire.Insertion(
            made, text, source.language, source.number, None if why is None else why.value
        )
        return json_response(answer, 201)

    async def miss(self, request: web.Request, session: Signed) -> web.Response:
        """Looks itself: what is kept as missing is missing."""
        await take(self._parts.limits, (f"misses:{session.agent.id}", self._settings.misses))
        ask = await read_json(request, wire.Miss)
        customer = await self._customer(ask.conversation)
        found = await self._find(ask.q, ask.language)
        best = found[0] if found else None
        if best is not None and best.probability >= self._settings.good:
            return json_response(wire.Missed(kept=False))
        missed = Missed(
            AskedIn.CONSOLE,
            ask.language,
            ask.q,
            None if ask.conversation is None else ConversationId(ask.conversation),
            customer.reader.brand,
            None if best is None else best.article,
            0.0 if best is None else best.probability,
        )
        return json_response(wire.Missed(await self._parts.db.run(record, missed) is not None))

    async def _customer(self, conversation: str | None) -> Customer:
        """Without a conversation nobody is warned of anything."""
        if not conversation:
            return Customer(AGENT_READER, None)
        return await self._parts.db.read(customer_of, ConversationId(conversation), self._settings.messages)

    def _items(self, answers: Sequence[Answer], customer: Reader) -> tuple[Found, ...]:
        return tuple(self._item(each, customer) for each in answers)

    def _item(self, answer: Answer, customer: Reader) -> Found:
        why = caution(answer.audience, answer.brands, customer)
        return Found(
            answer.article,
            answer.title,
            answer.language,
            answer.excerpt,
            answer.probability,
            answer.revision,
            self._parts.article_url(answer.article, answer.language),
            None if why is None else why.value,
        )

    async def _note_shown(
        self, conversation: ConversationId, session: Signed, answers: Sequence[Answer]
    ) -> None:
        """Once for each agent in a conversation, however often their page asks."""
        new = []
        for each in answers:
            used = Used(each.article, each.language, each.revision, Use.SHOWN)
            key = (conversation, session.agent.id, used)
            if key not in self._shown:
                self._shown[key] = None
                new.append(used)
        while len(self._shown) > _SHOWINGS_KEPT:
            del self._shown[next(iter(self._shown))]
        if new:
            await self._parts.db.run(using.count, new)


def _primary(language: str | None) -> str:
    """As articles are looked for: zh of zh-CN."""
    return (language or _LANGUAGE).partition("-")[0].lower()


def _conversation_of(request: web.Request, session: Signed) -> str | None:
    """Beside which conversation it is searched; only who may read conversations is told about its customer."""
    conversation = request.query.get("conversation")
    if conversation and not session.may(Permission.ANSWER):
        raise Forbidden("conversations are not yours to read")
    return conversation
