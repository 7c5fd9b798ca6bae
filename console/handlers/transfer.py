"""Articles in and out of the knowledge base as files; an upload is read, and a download packed, in a process of its own."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields
from pathlib import Path
from tempfile import TemporaryDirectory

from aiohttp import hdrs, web

from console.auth import audit
from console.auth.sessions import Signed
from console.parts import Parts
from console.wire import transfer as wire
from core.apart import Apart
from core.errors import Invalid, TooOften
from core.web import client_address, json_response
from knowledge.settings import rules_of
from knowledge.transfer.apply import Given, Report, store_import, try_import
from knowledge.transfer.collecting import collect_into
from knowledge.transfer.export import write
from knowledge.transfer.progress import Progress
from knowledge.transfer.reading import Form, read_into
from knowledge.transfer.spool import kept_bundle

_PIECE = 1 << 16
_NAME_CHARACTERS = 200


@dataclass(slots=True)
class _Under:
    """How far the import that is under way has come."""

    folder: Path
    step: str = "receiving"
    stored: int = 0

    def told(self, stored: int) -> None:
        self.stored = stored

    def shown(self) -> wire.Importing:
        articles = self.stored if self.step == "storing" else Progress(self.folder).seen()
        return wire.Importing(self.step, articles)


class TransferHandlers:
    """``/api/knowledge/imports`` and ``/api/knowledge/export``; each goes one at a time in each process."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._rules = rules_of(parts.knowledge, parts.settings.writing.reusables)
        limits = parts.knowledge.transfer
        self._limits = limits
        self._reading = Apart(limits.seconds, limits.memory_bytes)
        self._packing = Apart(limits.seconds, limits.memory_bytes)
        self._import: _Under | None = None
        self._exporting = False

    async def bring(self, request: web.Request, session: Signed) -> web.Response:
        """The body is a file or an archive; with ``trial=1`` nothing is stored."""
        if self._import is not None:
            raise TooOften(self._limits.retry_s, "another import is under way")
        with TemporaryDirectory(prefix="parley-import-") as folder:
            self._import = _Under(Path(folder))
            try:
                report = await self._bring(request, session, self._import)
            finally:
                self._import = None
        return json_response(_shown(report, self._limits.told))

    async def progress(self, request: web.Request, session: Signed) -> web.Response:
        """How far the import has come that this process is at."""
        return json_response(wire.Importing("none", 0) if self._import is None else self._import.shown())

    async def _bring(self, request: web.Request, session: Signed, under: _Under) -> Report:
        form, language = _form(request), request.query.get("language") or None
        trial = request.query.get("trial") == "1"
        path = under.folder / "upload" / _name(request)
        path.parent.mkdir()
        await self._receive(request, path)
        under.step = "reading"
        await self._reading.run(read_into, under.folder, path, self._rules, form, language)
        under.step = "storing"
        given = Given(session.agent.id, self._rules, stored=under.told)
        work = try_import if trial else store_import
        report = await self._parts.db.large.run(work, kept_bundle(under.folder), given)
        if not trial:
            audit.record("articles imported", by=session.agent.id, address=client_address(request))
        return report

    async def _receive(self, request: web.Request, path: Path) -> None:
        received, most = 0, self._limits.packed_bytes
        with path.open("xb") as into:
            while piece := await request.content.read(_PIECE):
                received += len(piece)
                if received > most:
                    raise Invalid("body", f"at most {most} bytes")
                into.write(piece)
        if not received:
            raise Invalid("body", "a file")

    async def take(self, request: web.Request, session: Signed) -> web.StreamResponse:
        """An archive of everything; what was made for it is gone when it has been sent."""
        with self._alone_at_exporting(), TemporaryDirectory(prefix="parley-export-") as folder:
            path = Path(folder) / "articles.zip"
            await self._parts.db.large.read(collect_into, Path(folder))
            await self._packing.run(write, Path(folder), path)
            audit.record("articles exported", by=session.agent.id, address=client_address(request))
            response = web.StreamResponse(
                headers={
                    hdrs.CONTENT_TYPE: "application/zip",
                    hdrs.CONTENT_DISPOSITION: f'attachment; filename="articles-{self._parts.clock.now():%Y-%m-%d}.zip"',
                    hdrs.CONTENT_LENGTH: str(path.stat().st_size),
                    hdrs.CACHE_CONTROL: "no-store",
                }
            )
            async with asyncio.timeout(self._limits.seconds):
                await response.prepare(request)
                with path.open("rb") as packed:
                    while piece := packed.read(_PIECE):
                        await response.write(piece)
                await response.write_eof()
            return response

    @contextmanager
    def _alone_at_exporting(self) -> Iterator[None]:
        """Raises TooOften while somebody else's is made or sent."""
        if self._exporting:
            raise TooOften(self._limits.retry_s, "another export is under way")
        self._exporting = True
        try:
            yield
        finally:
            self._exporting = False


def _form(request: web.Request) -> Form | None:
    form = request.query.get("form") or None
    if form is not None and form not in set(Form):
        raise Invalid("form", f"one of {', '.join(Form)}")
    return None if form is None else Form(form)


def _name(request: web.Request) -> str:
    """What the file was called, without anything that leads elsewhere."""
    plain = Path(request.query.get("name", "import").replace("\\", "/").replace("\0", "")).name
    return plain[-_NAME_CHARACTERS:] or "import"


def _shown(report: Report, most: int) -> wire.Imported:
    said = {field.name: getattr(report, field.name) for field in fields(report)}
    return wire.Imported(**{name: wire.ImportedSome(len(some), some[:most]) for name, some in said.items()})
