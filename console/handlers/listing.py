"""The editors' list of articles: narrowed, sorted, by page, and how many each view has."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from enum import StrEnum
from typing import TypeVar

import msgspec
from aiohttp import web

from console import cursor
from console.auth.sessions import Signed
from console.parts import Parts
from console.queries.messages import names_of
from console.wire import listing as wire
from core.agent import Permission
from core.answer import Audience
from core.errors import Forbidden, Invalid
from core.ids import AgentId
from core.store.tx import Tx
from core.web import json_response
from knowledge.article import Stage, State
from knowledge.beside.flags import count_open
from knowledge.filing import shelves
from knowledge.filing.category import name_in
from knowledge.filing.lines import Line
from knowledge.filing.listing import Asked, count, page
from knowledge.filing.narrowing import Wanted
from knowledge.filing.ordering import Mark, Sort
from knowledge.filing.settings import FilingSettings
from knowledge.filing.translations import missing

E = TypeVar("E", bound=StrEnum)


class ListingHandlers:
    """``GET /api/articles`` and its counts."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    async def list(self, request: web.Request, session: Signed) -> web.Response:
        settings = self._parts.knowledge.filing
        wanted = _wanted(request.query, self._parts.settings.pages.search_characters)
        if not session.may(Permission.EDIT):
            wanted = _without_drafts(wanted)
        sort = _one_of(Sort, "sort", request.query.get("sort") or Sort.UPDATED.value)
        start = _start(request.query.get("cursor"))
        asked = Asked(wanted, sort, start, (session.agent.language, "en"), settings.page)
        return json_response(await self._parts.db.read(_page, asked, settings))

    async def counts(self, request: web.Request, session: Signed) -> web.Response:
        settings = self._parts.knowledge.filing
        return json_response(await self._parts.db.read(_counts, session.agent.id, settings))


def _wanted(query: Mapping[str, str], characters: int) -> Wanted:
    text = query.get("q", "").strip()
    if len(text) > characters:
        raise Invalid("q", f"at most {characters} characters")
    state, stage, audience = query.get("status"), query.get("stage"), query.get("audience")
    return Wanted(
        text=text,
        language=query.get("language") or None,
        state=_one_of(State, "status", state) if state else None,
        stage=_one_of(Stage, "stage", stage) if stage else None,
        category=_or_none(query.get("category")),
        tag=query.get("tag") or None,
        audience=_one_of(Audience, "audience", audience) if audience else None,
        brand=query.get("brand") or None,
        owner=_or_none(query.get("owner")),
        overdue=_is_on(query, "overdue"),
        stale=_is_on(query, "stale"),
        missing=query.get("missing") or None,
        archived=_is_on(query, "archived"),
    )


def _without_drafts(wanted: Wanted) -> Wanted:
    """What whoever writes no articles may see; raises Forbidden for a list of what is not published."""
    if wanted.archived or wanted.stage or wanted.stale or wanted.state not in {None, State.PUBLISHED}:
        raise Forbidden("to see drafts needs the permission edit")
    return replace(wanted, shown=True)


def _one_of(kind: type[E], field: str, value: str) -> E:
    try:
        return kind(value)
    except ValueError:
        raise Invalid(field, f"one of {', '.join(kind)}") from None


def _or_none(value: str | None) -> str | None:
    """``none`` means what has none, nothing means any."""
    return None if not value else "" if value == "none" else value


def _is_on(query: Mapping[str, str], field: str) -> bool:
    value = query.get(field, "")
    if value not in {"", "0", "1"}:
        raise Invalid(field, "1, or nothing")
    return value == "1"


def _page(tx: Tx, asked: Asked, settings: FilingSettings) -> wire.ArticlePage:
    found = page(tx, asked)
    people = {each for line in found.items for each in (line.author, line.owner) if each is not None}
    names = {who: name or "" for who, name in names_of(tx, set(people)).items()}
    shelf = {id: name_in(each, *asked.prefer) for id, each in shelves.names_of(tx).items()}
    today, flags = tx.now.date(), count_open(tx, [each.id for each in found.items])
    items = (
        _line(each, {**names, **shelf}, missing(each.states, settings.languages), today, flags)
        for each in found.items
    )
    return wire.ArticlePage(
        tuple(items),
        None if found.next is None else cursor.written(_Cursor(found.next.value, found.next.id)),
        count(tx, asked.wanted, settings.counted),
        settings.counted,
    )


def _line(
    line: Line, names: Mapping[str, str], lacking: tuple[str, ...], today: date, flags: Mapping[str, int]
) -> wire.ArticleSummary:
    """``names``: of people and categories, by id."""
    return wire.ArticleSummary(
        id=line.id,
        slug=line.slug,
        title=line.title,
        language=line.language,
        languages={language: state.value for language, state in line.states.items()},
        stages={language: stage.value for language, stage in line.stages.items()},
        stale=line.stale,
        missing=lacking,
        category=names.get(line.category or "", ""),
        category_id=line.category,
        audience=line.audience.value,
        tags=line.tags,
        owner=names.get(line.owner or "", ""),
        owner_id=line.owner,
        review_by=line.review_by,
        overdue=line.review_by is not None and line.review_by < today,
        archived=line.archived_at is not None,
        updated_at=line.updated_at,
        author=names.get(line.author or "", ""),
        flags=flags.get(line.id, 0),
    )


def _counts(tx: Tx, asker: AgentId, settings: FilingSettings) -> wire.ArticleCounts:
    most, mine = settings.counted, Wanted(owner=asker)
    return wire.ArticleCounts(
        all=count(tx, Wanted(), most),
        published=count(tx, Wanted(state=State.PUBLISHED), most),
        draft=count(tx, Wanted(state=State.DRAFT), most),
        stages={stage.value: count(tx, Wanted(stage=stage), most) for stage in Stage},
        overdue=count(tx, Wanted(overdue=True), most),
        mine=count(tx, mine, most),
        mine_overdue=count(tx, replace(mine, overdue=True), most),
        stale=count(tx, Wanted(stale=True), most),
        missing={language: count(tx, Wanted(missing=language), most) for language in settings.languages},
        archived=count(tx, Wanted(archived=True), most),
        most=most,
    )


class _Cursor(msgspec.Struct, array_like=True, frozen=True):
    """The last line of the page before."""

    value: str
    id: str


def _start(text: str | None) -> Mark | None:
    if not text:
        return None
    last = cursor.read(text, _Cursor)
    return Mark(last.value, last.id)
