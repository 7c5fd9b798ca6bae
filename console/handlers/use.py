"""How an article is used, revision by revision and day by day."""

import re
from collections import Counter
from collections.abc import Mapping
from datetime import timedelta
from typing import get_args

from aiohttp import web
from sqlalchemy import func, select

from console.auth.sessions import Signed
from console.parts import Parts
from console.wire import beside as wire
from core.agent import Permission
from core.errors import Invalid
from core.ids import ArticleId
from core.store.tables.loop import article_vote
from core.store.tx import Tx
from core.web import json_response
from knowledge import library, using
from knowledge.beside.outcomes import Given, given_by_revision
from knowledge.helpcenter import voting
from knowledge.helpcenter.settings import HelpSettings
from knowledge.settings import KnowledgeSettings
from knowledge.using import Use

_BOT = (Use.BOT_ANSWERED, Use.BOT_SUGGESTED)
_AGENTS = (Use.INSERTED_TEXT, Use.INSERTED_LINK)
_NONE: Mapping[Use, int] = {}
_REASONS: tuple[wire.VoteReason, ...] = get_args(wire.VoteReason)
_ID = re.compile(r"[0-9a-zA-Z]{1,40}")


class UseHandlers:
    """``GET /api/articles/…/use``, and what readers said."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    async def show(self, request: web.Request, session: Signed) -> web.Response:
        article, drafts = ArticleId(request.match_info["id"]), session.may(Permission.EDIT)
        return json_response(await self._parts.db.read(_use, article, self._parts.knowledge, drafts=drafts))

    async def votes(self, request: web.Request, session: Signed) -> web.Response:
        """``?before=``: the ``next`` of the page before."""
        article, before = ArticleId(request.match_info["id"]), request.query.get("before") or None
        if before is not None and not _ID.fullmatch(before):
            raise Invalid("before", "what the page before gave as next")
        limits, drafts = self._parts.knowledge.help, session.may(Permission.EDIT)
        return json_response(await self._parts.db.read(_older, article, before, limits, drafts=drafts))


def _older(
    tx: Tx, article: ArticleId, before: str | None, limits: HelpSettings, *, drafts: bool
) -> wire.VoteComments:
    library.get_for(tx, article, drafts=drafts)
    return _comments(tx, article, before, limits.comments)


def _comments(tx: Tx, article: ArticleId, before: str | None, most: int) -> wire.VoteComments:
    found = voting.comments(tx, article, before, most + 1)
    items = tuple(
        wire.VoteComment(each.id, each.language, each.number, _reason(each.reason), each.text, each.at)
        for each in found[:most]
    )
    return wire.VoteComments(items, items[-1].id if len(found) > most else None)


def _reason(text: str | None) -> wire.VoteReason | None:
    return next((each for each in _REASONS if each == text), None)


def _use(tx: Tx, article: ArticleId, knowledge: KnowledgeSettings, *, drafts: bool) -> wire.ArticleUse:
    settings = knowledge.beside
    known = library.get_for(tx, article, drafts=drafts)
    counted, votes = using.by_revision(tx, article), _votes(tx, article)
    window = timedelta(days=settings.return_days)
    given = given_by_revision(tx, article, window, settings.insertions)
    revisions = [
        (language, mark.number) for language, edition in known.editions.items() for mark in edition.history
    ]
    used = [key for key in revisions if key in counted or key in votes or key in given]
    until = tx.now.date()
    since = until - timedelta(days=settings.use_days - 1)
    return wire.ArticleUse(
        tuple(
            _revision(key, counted.get(key, _NONE), votes.get(key, (0, 0)), given.get(key, Given()))
            for key in sorted(used, key=lambda key: (key[0], -key[1]))
        ),
        tuple(
            wire.DayUse(
                day,
                kinds.get(Use.VIEWED, 0),
                sum(kinds.get(each, 0) for each in _BOT),
                sum(kinds.get(each, 0) for each in _AGENTS),
            )
            for day, kinds in sorted(using.by_day(tx, article, None, since).items())
        ),
        since,
        until,
        settings.return_days,
        tuple(
            wire.ReasonUse(each, count)
            for name, count in voting.reasons(tx, article).items()
            if (each := _reason(name)) is not None
        ),
        _comments(tx, article, None, knowledge.help.comments),
    )


def _votes(tx: Tx, article: ArticleId) -> Mapping[tuple[str, int], tuple[int, int]]:
    """By language and number, how many found it helpful and how many did not."""
    columns = (article_vote.c.language, article_vote.c.number, article_vote.c.helpful)
    wanted = select(*columns, func.count().label("votes")).where(article_vote.c.article_id == article)
    yes, no = Counter[tuple[str, int]](), Counter[tuple[str, int]]()
    for row in tx.conn.execute(wanted.group_by(*columns)):
        (yes if row.helpful else no)[row.language, row.number] += row.votes
    return {key: (yes[key], no[key]) for key in yes | no}


def _revision(
    key: tuple[str, int], counted: Mapping[Use, int], votes: tuple[int, int], given: Given
) -> wire.RevisionUse:
    return wire.RevisionUse(
        language=key[0],
        number=key[1],
        viewed=counted.get(Use.VIEWED, 0),
        helpful=votes[0],
        unhelpful=votes[1],
        bot_answered=counted.get(Use.BOT_ANSWERED, 0),
        bot_suggested=counted.get(Use.BOT_SUGGESTED, 0),
        shown=counted.get(Use.SHOWN, 0),
        texts=given.texts,
        links=given.links,
        edited=given.edited,
        helped=given.helped,
        came_back=given.came_back,
        settling=given.settling,
    )
