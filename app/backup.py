"""Back-up and restore: every table as JSON lines and every attachment, in one archive that either database can read."""

import base64
import io
import json
import tarfile
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

import msgspec
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, LargeBinary, Table, Text, insert, select, type_coerce

from core.errors import Conflict, Invalid
from core.store.schema import pending
from core.store.tables import metadata
from core.store.tx import Tx
from core.store.types import Json, UtcDateTime

FORMAT = 1
_MANIFEST = "manifest.json"
_ROWS_AT_ONCE = 500
_SKIPPED = frozenset({"agent_session", "lease"})
"""These end with the server that gave them. Visitors' sessions stay: nobody else can give them their conversation."""


def write(tx: Tx, media: Path, target: Path) -> dict[str, int]:
    """Put one consistent snapshot into ``target`` (a .tar.gz, readable by its owner only); rows by table.

    Raises Conflict when migrations are waiting.
    """
    if pending(tx.conn):
        raise Conflict("the schema is not this version's: run `parley migrate` first")
    counts: dict[str, int] = {}
    with target.open("xb") as raw:
        target.chmod(0o600)
        with tarfile.open(fileobj=raw, mode="w:gz") as archive:
            manifest = {"format": FORMAT, "schema": _revision(tx.conn), "at": tx.now.isoformat()}
            _add(archive, _MANIFEST, json.dumps(manifest).encode())
            for table in _tables():
                counts[table.name] = _add_table(archive, tx, table)
            for path in sorted(media.rglob("*")) if media.is_dir() else ():
                archive.add(path, f"media/{path.relative_to(media)}", recursive=False)
    return counts


def restore(tx: Tx, media: Path, source: Path) -> dict[str, int]:
    """Fill an empty database of the same schema from a back-up; rows by table.

    Raises Conflict when the database is not empty or of another schema, Invalid when the archive is no back-up.
    """
    if pending(tx.conn) or any(_count(tx, table) for table in _tables() if table.name != "secret"):
        raise Conflict("a back-up is restored into an empty, migrated database only")
    tx.conn.execute(metadata.tables["secret"].delete())
    counts: dict[str, int] = {}
    with tarfile.open(source, mode="r:gz") as archive:
        manifest = _manifest(archive)
        if manifest.get("schema") != _revision(tx.conn):
            raise Conflict(
                f"the back-up has the schema {manifest.get('schema')}, this version {_revision(tx.conn)}: "
                "restore it with the version that wrote it, then upgrade"
            )
        for table in _tables():
            counts[table.name] = _fill(tx, table, archive)
        _restore_media(archive, media)
    return counts


def _tables() -> list[Table]:
    return [table for table in metadata.sorted_tables if table.name not in _SKIPPED]


def _revision(conn: Connection) -> str | None:
    return MigrationContext.configure(conn).get_current_revision()


def _count(tx: Tx, table: Table) -> bool:
    return tx.conn.execute(select(table).limit(1)).first() is not None


def _lines(tx: Tx, table: Table) -> Iterator[bytes]:
    raw = select(*[_stored(column) for column in table.columns]).order_by(*table.primary_key.columns)
    for row in tx.conn.execute(raw).mappings():
        values = {name: _written(value) for name, value in row.items()}
        yield json.dumps(values, ensure_ascii=False).encode() + b"\n"


def _written(value: object) -> object:
    match value:
        case datetime():
            return value.astimezone(UTC).isoformat()
        case bytes() | memoryview():
            return base64.b64encode(value).decode()
        case _:
            return value


def _stored(column: Any) -> Any:
    """The column as the database holds it, except that instants come aware."""
    return type_coerce(column, Text).label(column.name) if isinstance(column.type, Json) else column


def _fill(tx: Tx, table: Table, archive: tarfile.TarFile) -> int:
    try:
        member = archive.extractfile(f"tables/{table.name}.jsonl")
    except KeyError:
        member = None
    if member is None:
        return 0
    rows: list[dict[str, Any]] = []
    count = 0
    for line in member:
        rows.append(_row(table, json.loads(line)))
        if len(rows) == _ROWS_AT_ONCE:
            tx.conn.execute(insert(table), rows)
            count, rows = count + len(rows), []
    if rows:
        tx.conn.execute(insert(table), rows)
    return count + len(rows)


def _row(table: Table, values: dict[str, Any]) -> dict[str, Any]:
    row: dict[str, Any] = {}
    for name, value in values.items():
        if name not in table.columns:
            continue
        kind = table.columns[name].type
        if value is not None and isinstance(kind, Json):
            row[name] = msgspec.json.decode(value, type=kind.shape)
        elif value is not None and isinstance(kind, UtcDateTime):
            row[name] = datetime.fromisoformat(value)
        elif value is not None and isinstance(kind, LargeBinary):
            row[name] = base64.b64decode(value)
        else:
            row[name] = value
    return row


def _manifest(archive: tarfile.TarFile) -> dict[str, Any]:
    try:
        member = archive.extractfile(_MANIFEST)
        manifest = json.load(member) if member else {}
    except (KeyError, ValueError) as error:
        raise Invalid("file", "a back-up that `parley backup` wrote") from error
    if manifest.get("format") != FORMAT:
        raise Invalid("file", f"a back-up of format {FORMAT}")
    return cast("dict[str, Any]", manifest)


def _restore_media(archive: tarfile.TarFile, media: Path) -> None:
    media.mkdir(parents=True, exist_ok=True, mode=0o700)
    for member in archive.getmembers():
        name = Path(member.name)
        if name.parts[0] != "media" or not (member.isfile() or member.isdir()):
            continue
        member.name = str(name.relative_to("media"))
        archive.extract(member, media, filter="data")


def _add_table(archive: tarfile.TarFile, tx: Tx, table: Table) -> int:
    """By way of a temporary file: a table may be larger than the memory."""
    count = 0
    with tempfile.TemporaryFile() as spool:
        for line in _lines(tx, table):
            spool.write(line)
            count += 1
        info = tarfile.TarInfo(f"tables/{table.name}.jsonl")
        info.size, info.mode = spool.tell(), 0o600
        spool.seek(0)
        archive.addfile(info, spool)
    return count


def _add(archive: tarfile.TarFile, name: str, content: bytes) -> None:
    info = tarfile.TarInfo(name)
    info.size = len(content)
    info.mode = 0o600
    archive.addfile(info, io.BytesIO(content))
