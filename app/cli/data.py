"""`parley backup FILE` and `parley restore FILE`."""

import sys
from pathlib import Path

from app import backup as archive
from app.runtime import opened
from app.settings import Settings
from channels.media.opening import media_store
from core.errors import Invalid


async def backup(settings: Settings, file: Path) -> int:
    """One consistent snapshot, also of a running server; 1 when the store had not all attachments."""
    if file.exists():
        raise Invalid("file", f"a name that is free; {file} exists")
    async with opened(settings, migrating=False) as runtime:
        store = media_store(settings.media, settings.media_folder, runtime.workers)
        saved = await archive.write(runtime.db, store, file)
    print(f"Wrote {file}: {_counted(saved)}, {file.stat().st_size} bytes.")
    for media in saved.missing:
        print(f"The attachment {media} is not in {store}: the back-up is without it.", file=sys.stderr)
    return 1 if saved.missing else 0


async def restore(settings: Settings, file: Path) -> int:
    """Into an empty database only."""
    if not file.is_file():
        raise Invalid("file", f"a back-up; there is no {file}")
    async with opened(settings) as runtime:
        store = media_store(settings.media, settings.media_folder, runtime.workers)
        saved = await archive.restore(runtime.db, store, file)
    print(f"Restored {_counted(saved)} from {file}.")
    return 0


def _counted(saved: archive.Saved) -> str:
    return f"{sum(saved.rows.values())} rows of {len(saved.rows)} tables, {saved.files} attachments"
