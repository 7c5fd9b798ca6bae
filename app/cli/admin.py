"""`parley migrate`, `seed`, `setup`, `doctor` and `settings`."""

import resource

import msgspec
from sqlalchemy import func, insert, select

from app.bounds import bound_of
from app.build import BUILT
from app.cli.serve import new_password
from app.deployment import deployment_looks
from app.environment import variables
from app.health import Check, bots_look, database_look, disk_look, mail_look
from app.media import media_look
from app.rasa_look import rasa_look
from app.runtime import make_folder, opened
from app.sample.company import seed as seed_company
from app.settings import Settings
from channels.chat.schema import schema
from channels.media.opening import media_store
from console.auth.invitations import invite
from console.auth.passwords import hasher
from console.changes.people import add_agent
from console.wire.people import NewAgent
from core.agent import Role
from core.errors import Conflict
from core.inbox import BotMode, stored_bot
from core.store import outbox
from core.store.schema import migrate
from core.store.tables import people
from core.store.tx import Tx

_FEWEST_OPEN_FILES = 4096
_DEAD_SHOWN = 20


async def migrate_database(settings: Settings) -> int:
    """To the newest schema."""
    make_folder(settings)
    names = await migrate(settings.database)
    print("\n".join(f"Ran {name}." for name in names) or "The schema is the newest already.")
    return 0


async def seed(settings: Settings) -> int:
    """The sample company, into a database that has nobody yet."""
    async with opened(settings) as runtime:
        people_made = await runtime.db.run(seed_company, hasher().hash, new_password)
    if not people_made:
        raise Conflict("the database has people already; nothing was changed")
    print(
        "\n".join(f"{one.email}  {one.password}  {one.name}, {', '.join(one.roles)}" for one in people_made)
    )
    return 0


async def setup(settings: Settings, *, email: str, name: str) -> int:
    """The first administrator, a queue and a widget; prints the link by which they choose a password."""
    async with opened(settings) as runtime:
        lasts_s = settings.console.sessions.invitation_s
        secret = await runtime.db.run(_first_administrator, email, name, settings.console.capacity, lasts_s)
    base = settings.public_url or f"http://{settings.host}:{settings.port}"
    print(f"Open this within {lasts_s / 3600:.0f} hours to choose a password:")
    print(f"  {base}/console/invitation/{secret}")
    return 0


def _first_administrator(tx: Tx, email: str, name: str, capacity: int, lasts_s: float) -> str:
    if tx.conn.execute(select(func.count()).select_from(people.agent)).scalar_one():
        raise Conflict("there are people already; an administrator invites others in the console")
    roles = (Role.ADMINISTRATOR, Role.AGENT)
    agent = add_agent(tx, NewAgent(email=email, name=name, roles=roles), "en", capacity)
    queue = tx.ids.new()
    tx.conn.execute(
        insert(people.queue).values(id=queue, name="General", priority=0, requirements=(), languages=())
    )
    tx.conn.execute(insert(people.queue_member).values(queue_id=queue, agent_id=agent))
    tx.conn.execute(
        insert(people.inbox).values(
            id="web",
            kind="widget",
            name="Web",
            enabled=True,
            queue_id=queue,
            **stored_bot(BotMode.ANSWER),
            config={},
            created_at=tx.now,
        )
    )
    return invite(tx, agent, "invite", lasts_s)


async def doctor(settings: Settings) -> int:
    """What is wrong, one line each; 1 when anything is."""
    async with opened(settings, migrating=False) as runtime:
        database = await database_look(runtime.db)()
        checks = [database, await disk_look(settings.folder)(), await rasa_look(settings)()]
        if database.ok:
            checks += [await mail_look(runtime.db)(), await bots_look(runtime.db)()]
            store = media_store(settings.media, settings.media_folder, runtime.workers)
            checks.append(await media_look(runtime.db, store, runtime.ids)())
        checks += await deployment_looks(runtime)
        dead = await runtime.db.read(outbox.dead, _DEAD_SHOWN) if database.ok else []
    checks += [_open_files(), _pages()]
    checks += [
        Check(
            "given up",
            False,
            f"{one.handler} on {one.topic} {one.n}: {one.error} (replay it on the status page)",
        )
        for one in dead
    ]
    for check in checks:
        print(f"{'ok  ' if check.ok else 'BAD '} {check.name}: {check.detail}")
    return 0 if all(check.ok for check in checks) else 1


def _open_files() -> Check:
    limit, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    detail = f"{limit} may be open at once, each visitor and agent takes one"
    return Check("open files", limit >= _FEWEST_OPEN_FILES, detail)


def _pages() -> Check:
    missing = [
        name
        for name in ("console/index.html", "widget/widget.js", "widget/widget-more.js")
        if not (BUILT / name).is_file()
    ]
    return Check("web pages", not missing, f"not built: {', '.join(missing)}" if missing else "built")


def list_settings() -> int:
    """As ``docs/settings.md`` has it."""
    print(settings_page(), end="")
    return 0


def print_schema() -> int:
    """Everything that travels between clients of the chat and us."""
    print(schema_page(), end="")
    return 0


def schema_page() -> str:
    """As the file in docs has it."""
    return msgspec.json.format(msgspec.json.encode(schema()), indent=2).decode() + "\n"


def settings_page() -> str:
    """A table of every setting, grouped by the part that it belongs to."""
    lines = [
        "# Settings",
        "",
        "Every setting is an environment variable. `python -m app settings` prints this page; a test keeps it current.",
        "A name that is no setting, or a value that does not fit, is refused at the start.",
    ]
    section: type | None = None
    for one in variables(Settings):
        if one.section is not section:
            section = one.section
            lines += ["", *(_section(section)), "", "| setting | default | value |", "|---|---|---|"]
        bound, default = bound_of(one), f"`{one.default}`" if one.default else ""
        lines.append(f"| `{one.name}` | {default} | {one.kind if bound is None else bound.expected} |")
    return "\n".join(lines) + "\n"


def _section(shape: type) -> list[str]:
    """The class's own words."""
    text = " ".join((shape.__doc__ or "").replace("``", "`").split())
    return [f"## {shape.__module__}", "", text]
