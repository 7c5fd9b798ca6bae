"""Clusters, what was asked in them and how it was answered, and findings, as the console shows them."""

from collections.abc import Mapping

from sqlalchemy import select

from console.wire import gaps as wire
from core.errors import Invalid
from core.ids import ArticleId
from core.store.tables.loop import gap
from core.store.tx import Tx
from knowledge.editorial.comparing import Piece, words_of
from knowledge.loop import counting, drafting, looking
from knowledge.loop.answers import AgentAnswer, answers
from knowledge.loop.cluster import State, find
from knowledge.loop.comparing import Finding, findings
from knowledge.loop.deflection import Version
from knowledge.loop.redacting import redact_lines
from knowledge.loop.settings import LoopSettings
from knowledge.store import find_article

_PAGE, _MOST_OFFSET = 50, 10_000
_DAYS = (7, 30, 90)
_GAPS, _ANSWERS = 200, 10


def wanted_from(query: Mapping[str, str]) -> looking.Wanted:
    """``state`` (one, or ``all``), ``language``, ``brand``, ``days``, ``offset``. Raises Invalid."""
    state = query.get("state", "")
    try:
        states = tuple(State) if state == "all" else (State(state),) if state else looking.Wanted().states
    except ValueError:
        raise Invalid("state", "all, " + ", ".join(State)) from None
    days, offset = _number(query, "days", 30), _number(query, "offset", 0)
    if days not in _DAYS:
        raise Invalid("days", ", ".join(map(str, _DAYS)))
    if not 0 <= offset <= _MOST_OFFSET:
        raise Invalid("offset", f"0 to {_MOST_OFFSET}")
    return looking.Wanted(
        states, query.get("language") or None, query.get("brand") or None, days, _PAGE, offset
    )


def _number(query: Mapping[str, str], name: str, default: int) -> int:
    value = query.get(name, "")
    if value and not value.isdecimal():
        raise Invalid(name, "a whole number")
    return int(value[:6]) if value else default


def cluster_page(tx: Tx, wanted: looking.Wanted) -> wire.GapClusters:
    found, total = looking.lines(tx, wanted)
    languages = tx.conn.execute(select(gap.c.language).distinct().order_by(gap.c.language)).scalars()
    brands = tx.conn.execute(
        select(gap.c.brand).distinct().where(gap.c.brand.is_not(None)).order_by(gap.c.brand)
    )
    return wire.GapClusters(
        tuple(map(_cluster, found)), total, wanted.days, tuple(languages), tuple(brands.scalars())
    )


def cluster_detail(tx: Tx, cluster_id: str, settings: LoopSettings, *, whole: bool) -> wire.GapClusterDetail:
    """``whole``: with the conversations. Raises NotFound."""
    cluster = find(tx, cluster_id)
    line = looking.line(tx, cluster)
    versions = counting.versions(tx, cluster)
    article = None if cluster.article is None else find_article(tx, cluster.article)
    edition = None if article is None else article.editions.get(cluster.language)
    newest = None if edition is None else edition.draft or edition.published
    return wire.GapClusterDetail(
        cluster=_cluster(line),
        gaps=tuple(_gap(each, whole=whole) for each in looking.questions(tx, cluster.id, _GAPS)),
        answers=tuple(_answer(each, whole=whole) for each in answers(tx, cluster.id, _ANSWERS)),
        title=None if newest is None else newest.content.title,
        versions=tuple(map(_version, versions)),
        before=counting.before(tx, cluster, versions[-1].since) if versions else 0,
        enough=settings.enough,
        works_below=settings.works_below,
        window_s=settings.window_s,
    )


def _cluster(line: looking.Line) -> wire.GapCluster:
    cluster = line.cluster
    return wire.GapCluster(
        id=cluster.id,
        language=cluster.language,
        label=cluster.label,
        state=cluster.state.value,
        version=cluster.version,
        size=line.size,
        before=line.before,
        whole=line.whole,
        course=line.course,
        handed=line.handed,
        minutes=line.minutes,
        article=cluster.article,
        reason=cluster.reason,
        updated_at=cluster.updated_at,
    )


def _gap(one: looking.Gap, *, whole: bool) -> wire.AskedGap:
    shown = (one.conversation, one.subject) if whole else (None, None)
    return wire.AskedGap(one.id, one.asked_in.value, one.text, *shown, one.brand, one.at)


def _answer(one: AgentAnswer, *, whole: bool) -> wire.GivenAnswer:
    return wire.GivenAnswer(
        message=one.message,
        conversation=one.conversation if whole else None,
        agent=one.agent,
        text=redact_lines(one.text, one.names),
        at=one.at,
        resolved=one.fate.resolved,
        reopened=one.fate.reopened,
        score=one.fate.score,
    )


def _version(one: Version) -> wire.VersionShare:
    share = one.share
    return wire.VersionShare(
        one.number, one.since, one.until, share.asked, share.helped, share.low, share.high, one.waiting
    )


def sources_shown(
    tx: Tx, article: ArticleId, language: str, *, whole: bool
) -> tuple[wire.SourceOfDraft, ...]:
    """As they were written for who may read conversations, else without names and addresses."""
    return tuple(
        wire.SourceOfDraft(
            each.message,
            each.conversation if whole else None,
            each.agent,
            each.text if whole else redact_lines(each.text, each.names),
            each.at,
        )
        for of, found in drafting.sources(tx, article).items()
        for each in found
        if not language or of == language
    )


def findings_shown(tx: Tx, state: str, language: str | None) -> tuple[wire.ArticleFinding, ...]:
    return tuple(map(_finding, findings(tx, state, language)))


def _finding(one: Finding) -> wire.ArticleFinding:
    first, second = words_of(one.first_says, one.second_says)
    return wire.ArticleFinding(
        one.id,
        one.kind.value,
        one.language,
        one.score,
        one.state.value,
        one.found_at,
        _side(one.first, first),
        _side(one.second, second),
    )


def _side(of: tuple[ArticleId, int, str], pieces: tuple[Piece, ...]) -> wire.FindingSide:
    return wire.FindingSide(*of, tuple(wire.MarkedPiece(each.text, each.changed) for each in pieces))
