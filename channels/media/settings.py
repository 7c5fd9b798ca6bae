"""What attachments may be, and where they lie: a folder of this machine's, a shared one, or a store that speaks S3."""

from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from urllib.parse import unquote, urlsplit

from core.errors import Invalid

_MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class S3Settings:
    """A store that speaks S3. ``endpoint`` is its address where it is not Amazon's; ``ca_file`` an authority that signed it.

    Without ``key_id`` and ``secret`` the usual ways of Amazon's clients are tried: ``AWS_…`` variables, the role of
    the machine or of the container. ``bucket_in_host``: the store wants ``bucket.host`` instead of ``host/bucket``.

    A connection has to stand within ``connect_s``, an answer to go on within ``read_s``, and a whole call to be over
    within ``whole_s``; it is tried again up to ``retries`` times, later each time, as long as no more than ``retry_s``
    have passed. ``at_once`` files are on their way there at most, each in parts of ``part_bytes`` when it is larger.
    """

    endpoint: str | None = None
    region: str = "us-east-1"
    key_id: str | None = None
    secret: str | None = field(default=None, repr=False)
    ca_file: Path | None = None
    bucket_in_host: bool = False
    connect_s: float = 5.0
    read_s: float = 30.0
    whole_s: float = 300.0
    retries: int = 3
    retry_s: float = 15.0
    at_once: int = 8
    part_bytes: int = 8 * _MEBIBYTE


@dataclass(frozen=True, slots=True)
class MediaSettings:
    """``url`` is where files lie: ``file:///…`` (a folder, a shared one for several machines) or ``s3://bucket/prefix``;
    without one they lie in our own folder.

    ``upload_bytes`` for one file; an upload that no message takes is deleted after ``unused``.
    Of what comes with messages from outside, up to ``row_bytes`` a file are kept in the database: many small files
    cost one commit that way.
    """

    url: str | None = None
    upload_bytes: int = 10 * _MEBIBYTE
    unused: timedelta = timedelta(days=1)
    row_bytes: int = 64 * 1024
    s3: S3Settings = field(default_factory=S3Settings)


@dataclass(frozen=True, slots=True)
class Folder:
    """Files lie in a folder that this machine reaches."""

    path: Path


@dataclass(frozen=True, slots=True)
class Bucket:
    """Files lie in a store that speaks S3; ``prefix`` is empty or has no slash at its ends."""

    name: str
    prefix: str


Place = Folder | Bucket


def place_of(media: MediaSettings, own: Path) -> Place:
    """``own``: where files lie unless somewhere else is named. Raises Invalid with the name of the setting."""
    if media.url is None:
        return Folder(own)
    parts = urlsplit(media.url)
    path = unquote(parts.path)
    plain = not (parts.query or parts.fragment or parts.username or parts.password)
    if parts.scheme == "file" and plain and parts.netloc in {"", "localhost"} and path.strip("/"):
        return Folder(Path(path))
    if parts.scheme == "s3" and plain and parts.netloc:
        _check(media.s3)
        return Bucket(parts.netloc, path.strip("/"))
    # What was written is not told: there may be a key in it.
    raise Invalid(
        "PARLEY_MEDIA_URL", "file:///FOLDER or s3://BUCKET/PREFIX, without user, key or question mark"
    )


def _check(s3: S3Settings) -> None:
    if (s3.key_id is None) != (s3.secret is None):
        missing = "KEY_ID" if s3.key_id is None else "SECRET"
        raise Invalid(f"PARLEY_MEDIA_S3_{missing}", "a value, as the other one of the pair has one")
    if s3.endpoint is not None and not _is_plain(s3.endpoint):
        # What was written is not told here either, but by the doctor where it is taken.
        raise Invalid(
            "PARLEY_MEDIA_S3_ENDPOINT",
            "an address that begins with https:// or http://, without user, key, question mark or #",
        )
    if s3.ca_file is not None and not s3.ca_file.is_file():
        raise Invalid("PARLEY_MEDIA_S3_CA_FILE", "a file that is there")


def _is_plain(endpoint: str) -> bool:
    """Whether it is an address and nothing else, so that it may be shown."""
    try:
        parts = urlsplit(endpoint)
        named = parts.hostname and parts.port != 0
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(named) and not {"@", "?", "#"} & set(endpoint)
