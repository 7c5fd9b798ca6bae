"""Makes the index what the database has published: at a start from what was kept, then change by change."""

import logging
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from pathlib import Path

import msgspec

from core.ids import ArticleId
from core.store.database import Database
from knowledge import store
from knowledge.article import Content
from knowledge.index import source
from knowledge.index.document import Filed, Prepared, place_of, prepare, state_of
from knowledge.index.finding import Finder
from knowledge.index.holding import Held, Holding
from knowledge.index.keeping import IndexStore
from knowledge.index.meaning import Meaning, Models
from knowledge.index.reading import Lacking, Reader, Runner
from knowledge.index.resting import Version, in_languages, version_of
from knowledge.index.settings import SearchSettings
from knowledge.index.shelf import language_in, room_of
from knowledge.index.source import Counts, Listed
from knowledge.index.synonyms import Group, Synonyms
from knowledge.rendering.values import Reusables
from knowledge.store import Key

_READ_AT_ONCE = 200

log = logging.getLogger(__name__)


class Difference(msgspec.Struct, frozen=True):
    """What is in the index and should not be, by room and place, and what should be and is not."""

    gone: Mapping[str, Collection[int]]
    new: Listed

    def __bool__(self) -> bool:
        return bool(self.gone or self.new)


class Renewal:
    """Used by one task at a time."""

    def __init__(
        self,
        db: Database,
        runner: Runner,
        limits: SearchSettings,
        folder: Path | None,
        models: Models | None,
    ) -> None:
        self._db = db
        self._large = db.large
        self._runner = runner
        self._limits = limits
        self._index_store = None if folder is None else IndexStore(folder)
        self._holding: Holding | None = None
        self._reader = Reader(db.large, runner, models)
        self._groups: tuple[Group, ...] = ()
        self._seen: Counts | None = None
        self._resting: Version = ()
        self._compared: datetime | None = None
        self._waiting = False
        self._unkept = 0

    async def renew(self, *, at_once: bool = False) -> Finder | None:
        """A finder of what is published now; None when it is what it was.

        ``at_once``: what would take minutes is left to the next time, and the finder has what there is.
        """
        if self._waits():
            return None
        before = self._holding
        opened = before is None
        holding = await self._runner.run(self._open) if before is None else before
        self._holding = holding
        moved = await self._db.read(source.moved, self._seen, self._limits.compare_from)
        seen = self._seen
        stirred = seen is None or seen.knowledge != moved.counts.knowledge
        resting = await self._db.read(version_of) if opened or stirred else self._resting
        everything = opened or self._is_time(moved.at) or resting != self._resting
        ids = None if everything else moved.ids
        if ids is not None and moved.counts == seen:
            return None
        listed = await (
            self._large.read(source.list_all) if ids is None else self._large.read(source.list_some, ids)
        )
        difference = await self._runner.run(difference_of, holding.held, listed, ids)
        if self._index_store is not None and len(difference.new) >= self._limits.build_alone:
            self._waiting = not at_once and self._index_store.others_build()
            if at_once or self._waiting:
                return await self._runner.run(self._finder, holding) if opened else None
            if self._index_store.has_newer():
                self._holding = None
                return await self.renew()
        groups = await self._db.read(source.list_groups)
        changed = bool(difference) or groups != self._groups or opened
        await self._apply(holding, difference)
        self._groups, self._seen, self._resting = groups, moved.counts, resting
        self._compared = moved.at if ids is None else self._compared
        return await self._runner.run(self._finder, holding) if changed else None

    def _waits(self) -> bool:
        """Whether another process is still building what this one lacks."""
        if self._waiting and self._index_store is not None:
            self._waiting = self._index_store.others_build() and not self._index_store.has_newer()
        return self._waiting

    async def rebuild(self) -> Finder:
        """A finder of what is published, built from nothing."""
        self._holding = None  # if this fails, the next renewal opens what was kept
        fresh = await self._runner.run(self._empty)
        moved = await self._db.read(source.moved, None, 0)
        listed = await self._large.read(source.list_all)
        self._unkept = self._limits.keep_after
        await self._apply(fresh, Difference({}, listed))
        self._groups = await self._db.read(source.list_groups)
        self._holding, self._seen, self._compared = fresh, moved.counts, moved.at
        return await self._runner.run(self._finder, fresh)

    async def load_models(self, runner: Runner) -> bool:
        """For seconds, beside everything else; whether one is ready that was not."""
        return await self._reader.load(self._holding.languages if self._holding is not None else (), runner)

    async def lacking(self) -> list[Lacking]:
        """The articles that have no vectors, in portions for ``take``."""
        return [] if self._holding is None else await self._reader.lacking(self._holding)

    async def take(self, lacking: Lacking) -> int:
        """The vectors of a portion, as far as they are stored by now; of how many articles."""
        taken = 0 if self._holding is None else await self._reader.take(self._holding, lacking)
        self._unkept += taken
        return taken

    async def with_vectors(self) -> Finder | None:
        """A finder with what was taken."""
        if self._holding is None:
            return None
        return await self._runner.run(self._finder, self._holding)

    async def without_vectors(self, limit: int) -> Mapping[str, Collection[str]]:
        """By language, the texts (titles, questions, gists) of about ``limit`` articles that have no vectors yet."""
        return {} if self._holding is None else await self._reader.without(self._holding, limit)

    def close(self) -> None:
        if self._index_store is not None:
            self._index_store.close()

    def _open(self) -> Holding:
        if self._index_store is None:
            return Holding()
        try:
            return self._index_store.open()
        except OSError as error:
            log.warning("the search index cannot be kept on disk, it is in memory only: %s", error)
            self._index_store = None
            return Holding()

    def _empty(self) -> Holding:
        return Holding() if self._index_store is None else self._index_store.empty()

    def _is_time(self, now: datetime) -> bool:
        """Whether to look at everything again, in case something moved without a word."""
        return self._compared is None or now - self._compared >= timedelta(seconds=self._limits.compare_s)

    async def _apply(self, holding: Holding, difference: Difference) -> None:
        if not difference:
            return
        try:
            await self._stage(holding, difference)
            await self._runner.run(holding.commit)
        except BaseException:
            await self._runner.run(holding.rollback)
            raise
        new = len(difference.new)
        if new >= self._limits.build_alone:
            await self._runner.run(holding.settle)
        log.info("the search index changed by %d articles", new + sum(map(len, difference.gone.values())))
        self._unkept += new + sum(map(len, difference.gone.values()))

    async def keep(self) -> None:
        """Put what is held on disk if enough has changed: takes seconds where there is much, so who asks has it by now."""
        index_store, holding = self._index_store, self._holding
        if index_store is None or holding is None or not self._unkept:
            return
        if self._unkept >= self._limits.keep_after or not index_store.has_any():
            await self._runner.run(self._keep, index_store, holding)

    async def _stage(self, holding: Holding, difference: Difference) -> None:
        await self._runner.run(_delete, holding, difference.gone)
        keys = list(difference.new)
        for start in range(0, len(keys), _READ_AT_ONCE):
            contents = await self._large.read(store.load_contents, keys[start : start + _READ_AT_ONCE])
            said = await self._db.read(in_languages, {key.language for key in contents})
            prepared = await self._runner.run(_prepared, contents, difference.new, said)
            await self._runner.run(holding.add, prepared)
            holding.read(await self._reader.vectors(prepared))

    def _keep(self, index_store: IndexStore, holding: Holding) -> None:
        """Without it the next start takes longer, that is all."""
        try:
            index_store.keep(holding)
        except OSError as error:
            log.warning("the search index could not be kept on disk: %s", error)
        else:
            self._unkept = 0
        index_store.built()

    def _finder(self, holding: Holding) -> Finder:
        meaning = Meaning(dict(holding.nearest), self._reader.readings)
        return Finder(holding.snapshot(), Synonyms(self._groups), self._limits, meaning)


def difference_of(held: Held, listed: Listed, ids: Collection[ArticleId] | None) -> Difference:
    """Of all articles, or only of these: between what the index has and what the database lists."""
    wanted: Held = {}
    new: Listed = {}
    for key, filed in listed.items():
        place, state = place_of(key.article, key.language), state_of(key, filed)
        room = room_of(key.language, filed.audience)
        wanted.setdefault(room, {})[place] = state
        if held.get(room, {}).get(place) != state:
            new[key] = filed
    gone: dict[str, list[int]] = {}
    for room, has in held.items():
        looked_at = (
            has
            if ids is None
            else [place for each in ids if (place := place_of(each, language_in(room))) in has]
        )
        wanted_here = wanted.get(room, {})
        if places := [place for place in looked_at if wanted_here.get(place) != has[place]]:
            gone[room] = places
    return Difference(gone, new)


def _delete(holding: Holding, gone: Mapping[str, Collection[int]]) -> None:
    for room, places in gone.items():
        holding.delete(room, places)


def _prepared(
    contents: Mapping[Key, Content], filed: Mapping[Key, Filed], said: Mapping[str, Reusables]
) -> list[Prepared]:
    return [prepare(key, content, filed[key], said[key.language]) for key, content in contents.items()]
