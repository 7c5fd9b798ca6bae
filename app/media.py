"""Looks whether attachments can be stored and read from here, and whether this is where the other servers keep them."""

import asyncio

from app.health import Check, Look
from channels.media.library import newest_stored
from channels.media.store import MediaStore, is_there, try_out
from core.errors import ParleyError
from core.ids import Ids, MediaId
from core.store.database import Database

_LOOKED_AT = 5
_SECONDS = 10.0


def media_look(db: Database, store: MediaStore, ids: Ids) -> Look:
    """Away, it is no reason to send visitors away: what they write is stored without it."""

    async def look() -> Check:
        try:
            async with asyncio.timeout(_SECONDS):
                await try_out(store, MediaId(ids.new()))
                newest = await db.read(newest_stored, _LOOKED_AT)
                missing = [media for media in newest if not await is_there(store, media)]
        except ParleyError as error:
            return Check("attachments", False, f"{store}: {error}")
        except TimeoutError:
            return Check("attachments", False, f"{store}: no answer within {_SECONDS:.0f} s")
        if missing:
            said = (
                f"{len(missing)} of the newest {len(newest)} are not in {store}, {missing[0]} for one: "
                "if other servers keep theirs elsewhere, set PARLEY_MEDIA_URL to one place for all"
            )
            return Check("attachments", False, said)
        return Check("attachments", True, f"written and read in {store}")

    return look
