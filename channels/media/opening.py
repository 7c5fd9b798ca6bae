"""Makes the store that the settings name."""

from pathlib import Path
from typing import assert_never

from channels.media.folder import FolderStore
from channels.media.s3 import S3Store
from channels.media.settings import Bucket, Folder, MediaSettings, place_of
from channels.media.store import MediaStore
from core.tasks import Workers


def media_store(settings: MediaSettings, own: Path, workers: Workers) -> MediaStore:
    """``own``: where files lie unless somewhere else is named. Raises Invalid with the name of the setting."""
    match place_of(settings, own):
        case Folder(path):
            return FolderStore(path, workers)
        case Bucket() as bucket:
            return S3Store(bucket, settings.s3, workers)
        case other:
            assert_never(other)
