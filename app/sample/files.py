"""The pictures, the voice and the sticker of the sample's conversations, kept as those of real ones are."""

import hashlib
from pathlib import Path

from sqlalchemy import insert

from channels.media.library import TAKEN
from channels.media.sniff import SAFE_IMAGES, SNIFFED_BYTES, sniffed
from core.ids import MediaId
from core.message import Attachment
from core.store.tables.conversation import media, media_content
from core.store.tx import Tx

_FILES = Path(__file__).parent / "files"


def keep_file(tx: Tx, name: str) -> Attachment:
    """Store one of the sample's files, small enough for the database, as part of a message."""
    content = (_FILES / name).read_bytes()
    media_type = sniffed(content[:SNIFFED_BYTES])
    kept = Attachment(MediaId(tx.ids.new()), name, media_type, len(content), inline=media_type in SAFE_IMAGES)
    row = {
        "id": kept.media,
        "owner": TAKEN,
        "name": kept.name,
        "media_type": kept.media_type,
        "size": kept.size,
        "digest": hashlib.sha256(content).hexdigest(),
        "created_at": tx.now,
    }
    tx.conn.execute(insert(media).values(**row))
    tx.conn.execute(insert(media_content).values(media_id=kept.media, content=content))
    return kept
