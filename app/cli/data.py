"""`parley backup FILE` and `parley restore FILE`."""

from pathlib import Path

from app import backup as archive
from app.runtime import opened
from app.settings import Settings
from core.errors import Invalid


async def backup(settings: Settings, file: Path) -> int:
    """One consistent snapshot, also of a running server."""
    if file.exists():
        raise Invalid("file", f"a name that is free; {file} exists")
    async with opened(settings, migrating=False) as runtime:
        counts = await runtime.db.read(archive.write, settings.media_folder, file)
    print(f"Wrote {file}: {sum(counts.values())} rows of {len(counts)} tables, {file.stat().st_size} bytes.")
    return 0


async def restore(settings: Settings, file: Path) -> int:
    """Into an empty database only."""
    if not file.is_file():
        raise Invalid("file", f"a back-up; there is no {file}")
    async with opened(settings) as runtime:
        counts = await runtime.db.run(archive.restore, settings.media_folder, file)
    print(f"Restored {sum(counts.values())} rows of {len(counts)} tables from {file}.")
    return 0
