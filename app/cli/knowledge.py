"""`parley knowledge import|export`: articles from files and into files, without a browser."""

import argparse
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import select

from app.runtime import Runtime, opened
from app.settings import Settings
from core.apart import Apart
from core.errors import Invalid
from core.ids import AgentId
from core.store.tables.people import agent
from core.store.tx import Tx
from knowledge.settings import rules_of
from knowledge.transfer.apply import Given, Report, store_import, try_import
from knowledge.transfer.collecting import collect_into
from knowledge.transfer.export import write
from knowledge.transfer.reading import Form, read_into
from knowledge.transfer.spool import kept_bundle

_NAMED = 20


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """The command and what it takes."""
    knowledge = commands.add_parser("knowledge", help="import and export the articles of the knowledge base")
    what = knowledge.add_subparsers(dest="what", required=True)
    imported = what.add_parser("import", help="all of a folder, an archive or a file, or nothing of it")
    imported.add_argument("path", type=Path)
    imported.add_argument(
        "--form", type=Form, choices=list(Form), help="told by the files' endings where not given"
    )
    imported.add_argument(
        "--language", help="of all files, where folders do not say it (folders are categories then)"
    )
    imported.add_argument("--by", metavar="EMAIL", help="the agent whose work it counts as")
    imported.add_argument("--try", dest="trial", action="store_true", help="only say what would be done")
    exported = what.add_parser("export", help="everything as Markdown with front matter")
    exported.add_argument("path", type=Path, help="a new folder, or a new file that ends in .zip")


async def knowledge(settings: Settings, options: argparse.Namespace) -> int:
    """Works beside a running server."""
    async with opened(settings, migrating=False) as runtime:
        if options.what == "export":
            return await _export(runtime, settings, options.path)
        return await _import(runtime, settings, options)


async def _import(runtime: Runtime, settings: Settings, options: argparse.Namespace) -> int:
    rules = rules_of(settings.knowledge, settings.console.writing.reusables)
    by = None if options.by is None else await runtime.db.read(_agent, options.by)
    apart = Apart(rules.transfer.seconds, rules.transfer.memory_bytes)
    with TemporaryDirectory(prefix="parley-import-") as made:
        folder = Path(made)
        await apart.run(read_into, folder, options.path.resolve(), rules, options.form, options.language)
        work = try_import if options.trial else store_import
        report = await runtime.db.large.run(work, kept_bundle(folder), Given(by, rules))
    print("Would be done:" if options.trial else "Done:")
    _say(report)
    return 0


def _agent(tx: Tx, email: str) -> AgentId:
    found = tx.conn.execute(select(agent.c.id).where(agent.c.email == email.strip().casefold())).scalar()
    if found is None:
        raise Invalid("--by", f"the e-mail address of an agent, not {email}")
    return AgentId(found)


def _say(report: Report) -> None:
    lines = {
        "new articles": report.created,
        "articles with a new language": report.languages_added,
        "articles with a new draft": report.drafts_added,
        "articles that are here already": report.unchanged,
        "articles left as drafts, since they are archived": report.as_drafts,
        "other new things": report.added,
        "other things that are here already": report.kept,
        "left out": report.left_out,
    }
    for what, names in lines.items():
        if names:
            more = ", …" if len(names) > _NAMED else ""
            print(f"{len(names):>7}  {what}: {', '.join(names[:_NAMED])}{more}")
    if not any(lines.values()):
        print("      0  articles")


async def _export(runtime: Runtime, settings: Settings, path: Path) -> int:
    if path.exists():
        raise Invalid("path", f"a name that is free; {path} exists")
    limits = settings.knowledge.transfer
    with TemporaryDirectory(prefix="parley-export-") as made:
        await runtime.db.large.read(collect_into, Path(made))
        count = await Apart(limits.seconds, limits.memory_bytes).run(write, Path(made), path.resolve())
    print(f"Wrote {count} files to {path}.")
    return 0
