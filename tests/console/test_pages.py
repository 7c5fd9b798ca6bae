"""The console's files: the page under its policy, hashed assets for ever, nothing outside the folder."""

from pathlib import Path

from tests.console.conftest import Office


def _build(tmp_path: Path) -> None:
    pages = tmp_path / "pages"
    (pages / "assets").mkdir(parents=True, exist_ok=True)
    (pages / "index.html").write_text("<!doctype html><title>Parley</title>")
    (pages / "assets" / "main-1a2b.js").write_text("start()")
    (tmp_path / "secret.txt").write_text("secret")


async def test_every_place_in_the_console_is_the_same_page_under_a_strict_policy(
    office: Office, tmp_path: Path
) -> None:
    _build(tmp_path)
    client = office.client()
    for path in ("/console", "/console/", "/console/inbox/mine/c1"):
        response = await client.get(path)
        assert "<title>Parley</title>" in await response.text()
        policy = response.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["Cache-Control"] == "no-cache"


async def test_assets_with_a_hash_in_their_name_are_kept_for_ever(office: Office, tmp_path: Path) -> None:
    _build(tmp_path)
    response = await office.client().get("/console/assets/main-1a2b.js")
    assert "immutable" in response.headers["Cache-Control"]
    assert "javascript" in response.headers["Content-Type"]


async def test_a_missing_asset_is_missing_and_nothing_outside_is_served(
    office: Office, tmp_path: Path
) -> None:
    _build(tmp_path)
    client = office.client()
    assert (await client.get("/console/assets/gone.js")).status == 404
    for path in ("/console/../secret.txt", "/console/%2e%2e/secret.txt", "/console/..%2fsecret.txt"):
        assert "secret" not in await (await client.get(path)).text()


async def test_before_the_build_the_console_says_so(office: Office) -> None:
    assert (await office.client().get("/console/")).status == 503
