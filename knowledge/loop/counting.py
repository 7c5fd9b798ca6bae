"""What each revision of a watched article did: which conversations asked for it, and what became of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, func, or_, select

from core.message import Kind
from core.shares import share
from core.store.tables.bot import bot_turn
from core.store.tables.conversation import conversation, message
from core.store.tables.knowledge import publication
from core.store.tables.loop import gap, gap_answer
from core.store.tx import Tx
from knowledge.loop.cluster import Cluster
from knowledge.loop.deflection import Version
from knowledge.loop.settings import LoopSettings


@dataclass(frozen=True, slots=True)
class _Ask:
    """One question; ``number`` of the revision that the bot gave, None where it had nothing good."""

    conversation: str
    message: str
    at: datetime
    number: int | None = None


@dataclass(slots=True)
class _Talk:
    """One conversation, however often it asked."""

    last: datetime
    missed: bool = False
    given: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Seen:
    """A revision, from when it counts, and the conversations that asked first under it."""

    row: Row[Any]
    begun: datetime
    talks: Mapping[str, _Talk]


def versions(tx: Tx, cluster: Cluster) -> list[Version]:
    """What each revision of its article did since it was first watched, the newest first; a conversation counts for one.

    That is the revision under which it asked first, and it was settled when none of its questions was missed or lost.
    """
    return [_version(tx, cluster, each) for each in _seen(tx, cluster)][::-1]


def current(tx: Tx, cluster: Cluster) -> Version | None:
    """What the revision did that readers see now; None where they see none. Of former ones it is only known who asked."""
    seen = _seen(tx, cluster)
    return _version(tx, cluster, seen[-1]) if seen and seen[-1].row.until is None else None


def _seen(tx: Tx, cluster: Cluster) -> list[_Seen]:
    """Each revision since its article was first watched, the oldest first."""
    since = cluster.watched_since
    if cluster.article is None or since is None:
        return []
    of_it = publication.c.article_id == cluster.article, publication.c.language == cluster.language
    shown = or_(publication.c.until.is_(None), publication.c.until > since)
    rows = tx.conn.execute(select(publication).where(*of_it, shown).order_by(publication.c.at)).all()
    asks = sorted((*_missed(tx, cluster, since), *_given(tx, cluster, since)), key=lambda each: each.at)
    found: list[_Seen] = []
    counted: set[str] = set()
    for row in rows:
        begun = max(row.at, since)
        talks = _talks(each for each in asks if _is_of(each, row, begun) and each.conversation not in counted)
        counted.update(talks)
        found.append(_Seen(row, begun, talks))
    return found


def _is_of(ask: _Ask, row: Row[tuple[object, ...]], begun: datetime) -> bool:
    inside = begun <= ask.at and (row.until is None or ask.at < row.until)
    return inside and ask.number in {None, row.number}


def _talks(asks: Iterable[_Ask]) -> dict[str, _Talk]:
    talks: dict[str, _Talk] = {}
    for each in asks:
        talk = talks.setdefault(each.conversation, _Talk(each.at))
        talk.last = each.at
        if each.number is None:
            talk.missed = True
        else:
            talk.given.append(each.message)
    return talks


def _version(tx: Tx, cluster: Cluster, seen: _Seen) -> Version:
    settings, talks = tx.setting(LoopSettings), seen.talks
    ripe = tx.now - timedelta(seconds=settings.window_s)
    settled = [each for each in talks.values() if each.last <= ripe]
    wrong = _lost(tx, cluster, seen)
    helped = sum(not talk.missed and wrong.isdisjoint(talk.given) for talk in settled)
    found = share(helped, len(settled), settings.z)
    return Version(seen.row.number, seen.begun, seen.row.until, found, len(talks) - len(settled))


def _missed(tx: Tx, cluster: Cluster, since: datetime) -> list[_Ask]:
    """Questions of the cluster to which the bot had nothing good: what readers find for themselves nobody sees."""
    rows = tx.conn.execute(
        select(gap.c.id, gap.c.conversation_id, gap.c.message_id, gap.c.created_at).where(
            gap.c.cluster_id == cluster.id, gap.c.asked_in == "bot", gap.c.created_at >= since
        )
    )
    return [_Ask(row.conversation_id or row.id, row.message_id or row.id, row.created_at) for row in rows]


def _given(tx: Tx, cluster: Cluster, since: datetime) -> list[_Ask]:
    """Questions like the cluster's that got its article."""
    rows = tx.conn.execute(
        select(gap_answer).where(
            gap_answer.c.cluster_id == cluster.id,
            gap_answer.c.article_id == cluster.article,
            gap_answer.c.alike.is_not(False),
            gap_answer.c.created_at >= since,
        )
    )
    return [_Ask(row.conversation_id, row.message_id, row.created_at, row.number) for row in rows]


def before(tx: Tx, cluster: Cluster, since: datetime) -> int:
    """Conversations in which the bot missed such a question, in as much time before ``since`` as went by after it, at least a day."""
    begun = since - max(timedelta(days=1), tx.now - since)
    rows = tx.conn.execute(
        select(gap.c.id, gap.c.conversation_id).where(
            gap.c.cluster_id == cluster.id,
            gap.c.asked_in == "bot",
            gap.c.created_at >= begun,
            gap.c.created_at < since,
        )
    )
    return len({row.conversation_id or row.id for row in rows})


def _lost(tx: Tx, cluster: Cluster, seen: _Seen) -> set[str]:
    """After which answers, within the window, a person took over or the customer began another conversation.

    One query, however many were given.
    """
    asked, again = conversation.alias(), conversation.alias()
    handed = select(func.min(bot_turn.c.created_at)).where(
        bot_turn.c.conversation_id == gap_answer.c.conversation_id,
        bot_turn.c.outcome == "handed_off",
        bot_turn.c.created_at >= gap_answer.c.created_at,
    )
    taken = select(func.min(message.c.created_at)).where(
        message.c.conversation_id == gap_answer.c.conversation_id,
        message.c.kind == Kind.REPLY.value,
        message.c.author == "agent",
        message.c.created_at >= gap_answer.c.created_at,
    )
    back = select(func.min(again.c.created_at)).where(
        again.c.contact_id == asked.c.contact_id,
        again.c.id != asked.c.id,
        again.c.created_at >= gap_answer.c.created_at,
    )
    ends = [each.correlate(gap_answer, asked).scalar_subquery() for each in (handed, taken, back)]
    rows = tx.conn.execute(
        select(gap_answer.c.message_id, gap_answer.c.created_at, *ends)
        .join(asked, asked.c.id == gap_answer.c.conversation_id)
        .where(
            gap_answer.c.cluster_id == cluster.id,
            gap_answer.c.number == seen.row.number,
            gap_answer.c.created_at >= seen.begun,
        )
    )
    window = timedelta(seconds=tx.setting(LoopSettings).window_s)
    return {key for key, at, *then in rows if any(each is not None and each <= at + window for each in then)}
