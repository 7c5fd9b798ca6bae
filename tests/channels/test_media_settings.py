"""Where files lie is said by one address; what is wrong with it is told without what may be a key."""

from pathlib import Path

import pytest

from channels.media.settings import Bucket, Folder, MediaSettings, Place, S3Settings, place_of
from core.errors import Invalid

OWN = Path("var/media")


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (None, Folder(OWN)),
        ("file:///srv/parley/media", Folder(Path("/srv/parley/media"))),
        ("file://localhost/srv/a%20folder", Folder(Path("/srv/a folder"))),
        ("s3://files", Bucket("files", "")),
        ("s3://files/parley/media/", Bucket("files", "parley/media")),
    ],
)
def test_an_address_names_a_folder_or_a_bucket(url: str | None, expected: Place) -> None:
    assert place_of(MediaSettings(url), OWN) == expected


@pytest.mark.parametrize(
    "url",
    [
        "",
        "/srv/media",
        "file:///",
        "file://elsewhere/srv/media",
        "https://s3.example/files",
        "s3:///files",
        "s3://key:hush@files",
        "s3://files?secret=hush",
    ],
)
def test_another_address_is_refused_and_not_repeated(url: str) -> None:
    with pytest.raises(Invalid) as refused:
        place_of(MediaSettings(url), OWN)
    assert refused.value.field == "PARLEY_MEDIA_URL"
    assert "hush" not in str(refused.value)


@pytest.mark.parametrize(
    "endpoint",
    [
        "https://key:hush@store.internal",
        "https://hush@store.internal",
        "https://@store.internal",
        "https://store.internal/?key=hush",
        "https://store.internal/?",
        "https://store.internal/#hush",
        "https:///hush",
        "https://store.internal:hush",
        "https://[hush",
    ],
)
def test_a_store_is_named_by_an_address_without_a_key_which_is_shown_by_the_doctor(endpoint: str) -> None:
    with pytest.raises(Invalid) as refused:
        place_of(MediaSettings("s3://files", s3=S3Settings(endpoint=endpoint)), OWN)
    assert refused.value.field == "PARLEY_MEDIA_S3_ENDPOINT"
    assert "hush" not in str(refused.value)


@pytest.mark.parametrize(
    "endpoint", ["https://store.internal", "http://10.0.0.5:9000/", "https://[fd00::1]:9000/s3"]
)
def test_a_store_is_named_by_any_address(endpoint: str) -> None:
    s3 = S3Settings(endpoint=endpoint)
    assert place_of(MediaSettings("s3://files", s3=s3), OWN) == Bucket("files", "")


@pytest.mark.parametrize(
    ("s3", "field"),
    [
        (S3Settings(key_id="one"), "SECRET"),
        (S3Settings(secret="hush"), "KEY_ID"),
        (S3Settings(endpoint="store.internal:9000"), "ENDPOINT"),
        (S3Settings(ca_file=Path("nowhere.pem")), "CA_FILE"),
    ],
)
def test_what_does_not_fit_together_is_named(s3: S3Settings, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        place_of(MediaSettings("s3://files", s3=s3), OWN)
    assert refused.value.field == f"PARLEY_MEDIA_S3_{field}"
    assert "hush" not in str(refused.value) + repr(s3)
