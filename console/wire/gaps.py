"""Questions that found nothing good, their clusters, what articles made of them, and findings between articles."""

from datetime import datetime
from typing import Annotated, Literal

import msgspec

from console.wire.base import Answer, Ask, Number

ClusterState = Literal["open", "drafting", "watching", "closed", "ignored"]
GapSource = Literal["bot", "help", "console"]
FindingKind = Literal["duplicate", "contradiction"]
FindingState = Literal["open", "dismissed"]

Version = Number


class GapCluster(Answer, frozen=True):
    """``size`` questions in this period, ``before`` in the last one, ``whole`` ever; ``course``: both in steps.

    ``handed`` conversations of this period went to agents and took about ``minutes``.
    """

    id: str
    language: str
    label: str
    state: ClusterState
    version: int
    size: int
    before: int
    whole: int
    course: tuple[int, ...]
    handed: int
    minutes: float
    article: str | None
    reason: str | None
    updated_at: datetime


class GapClusters(Answer, frozen=True):
    """A page of them, the largest first; ``total`` in all; ``languages`` and ``brands`` of what was asked."""

    items: tuple[GapCluster, ...]
    total: int
    days: int
    languages: tuple[str, ...]
    brands: tuple[str, ...]


class AskedGap(Answer, frozen=True):
    """``conversation`` only for who may read conversations."""

    id: str
    asked_in: GapSource
    text: str
    conversation: str | None
    subject: str | None
    brand: str | None
    at: datetime


class GivenAnswer(Answer, frozen=True):
    """``text`` without names and addresses; ``score``: how the customer rated it, 1 to 5."""

    message: str
    conversation: str | None
    agent: str
    text: str
    at: datetime
    resolved: bool
    reopened: bool
    score: int | None


class VersionShare(Answer, frozen=True):
    """Of ``asked`` conversations ``helped`` were settled by revision ``number``: the true share lies between ``low`` and ``high``.

    ``waiting``: asked so lately that nobody can tell yet.
    """

    number: int
    since: datetime
    until: datetime | None
    asked: int
    helped: int
    low: float
    high: float
    waiting: int


class GapClusterDetail(Answer, frozen=True):
    """``before``: in how many conversations the bot missed such a question in as much time before the article was watched.

    ``enough`` conversations decide, by whether the share is surely above or below ``works_below``; ``window_s``: how long
    a customer must not come back.
    """

    cluster: GapCluster
    gaps: tuple[AskedGap, ...]
    answers: tuple[GivenAnswer, ...]
    title: str | None
    versions: tuple[VersionShare, ...]
    before: int
    enough: int
    works_below: float
    window_s: float


class SourceOfDraft(Answer, frozen=True):
    """An agent's answer that a draft was made from."""

    message: str
    conversation: str | None
    agent: str
    text: str
    at: datetime


class MarkedPiece(Answer, frozen=True):
    text: str
    marked: bool


class FindingSide(Answer, frozen=True):
    """``pieces``: the passage; what differs is marked."""

    article: str
    number: int
    title: str
    pieces: tuple[MarkedPiece, ...]


class ArticleFinding(Answer, frozen=True):
    id: str
    kind: FindingKind
    language: str
    score: int
    state: FindingState
    found_at: datetime
    first: FindingSide
    second: FindingSide


class OfVersion(Ask, frozen=True):
    """409 ``newer_version`` when ``version`` is not the newest, here and below."""

    version: Version


class ClusterMerge(Ask, frozen=True):
    """``other`` goes into this one."""

    version: Version
    other: str


class ClusterSplit(Ask, frozen=True):
    version: Version
    gaps: Annotated[tuple[str, ...], msgspec.Meta(min_length=1, max_length=200)]


class ClusterIgnored(Ask, frozen=True):
    version: Version
    reason: Annotated[str, msgspec.Meta(max_length=300)]


class ClusterLink(Ask, frozen=True):
    """The article that answers it."""

    version: Version
    article: str


class FindingSettled(Ask, frozen=True):
    state: FindingState


class DraftMade(Answer, frozen=True):
    """The article, and its new draft; ``number`` None where nothing had to be written."""

    article: str
    language: str
    number: int | None
