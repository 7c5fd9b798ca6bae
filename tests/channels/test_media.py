"""Attachments: known by their content, never shown as a page of ours, and only through addresses that hold."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from channels.contract import Upload
from channels.email.parsing.sanitize import sanitized
from channels.media.folder import FolderDraft, FolderStore
from channels.media.formatted import FORMATTED, with_stored_images
from channels.media.library import NewFile, clean_name
from channels.media.links import Links
from channels.media.settings import MediaSettings
from channels.media.sniff import content_type
from core.errors import Forbidden, Invalid, NotFound, Unavailable
from core.ids import MediaId
from tests.builders import ManualClock
from tests.channels.shop import Shop, Visitor, a_shop

PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 40
HTML = b"<!doctype html><script>alert(1)</script>"


async def send(
    shop: Shop, visitor: Visitor, body: bytes, name: str = "a.png", claimed: str = "image/png", **headers: str
) -> tuple[int, dict[str, Any], Any]:
    known = {"Authorization": f"Bearer {visitor.session}", "Content-Type": claimed, "X-File-Name": name}
    answer = await shop.client.post("/live/web/uploads", data=body, headers=known | headers)
    return answer.status, await answer.json(), answer.headers


async def test_a_visitor_sends_an_image_and_sees_it(shop: Shop) -> None:
    visitor = await shop.visit()
    status, stored, _ = await send(shop, visitor, PNG, "%E5%9B%BE.png")
    assert (status, stored["name"], stored["size"], stored["media_type"]) == (201, "图.png", 48, "image/png")
    await visitor.say("Look", uploads=[stored["id"]])
    parts = (await visitor.event("message"))["event"]["message"]["parts"]
    assert [part["type"] for part in parts] == ["text", "image"]
    shown = await shop.client.get(parts[1]["url"])
    assert await shown.read() == PNG
    assert shown.headers["Content-Disposition"].startswith("inline")
    assert shown.headers["X-Content-Type-Options"] == "nosniff"


async def test_an_upload_is_taken_once_and_a_repeat_of_its_message_is_still_confirmed(shop: Shop) -> None:
    visitor = await shop.visit()
    _, stored, _ = await send(shop, visitor, PNG)
    first = await visitor.say("", uploads=[stored["id"]])
    assert first["type"] == "stored"
    assert await visitor.say("", uploads=[stored["id"]]) == first
    again = await visitor.say("", key="k2", uploads=[stored["id"]])
    assert (again["type"], again["field"]) == ("error", "uploads")


async def test_somebody_elses_upload_cannot_be_sent(shop: Shop) -> None:
    visitor, thief = await shop.visit(), await shop.visit()
    _, stored, _ = await send(shop, visitor, PNG)
    error = await thief.say("Mine now", uploads=[stored["id"]])
    assert (error["code"], error["field"]) == ("upload", "uploads")


@pytest.mark.parametrize(
    ("body", "name", "claimed", "status", "code"),
    [
        (HTML, "a.png", "image/png", 415, "media_type"),
        (HTML, "a.png", "text/plain", 415, "media_type"),
        (HTML, "a.pdf", "application/pdf", 415, "media_type"),
        (b"<svg onload=alert(1)>", "a.svg", "image/svg+xml", 415, "media_type"),
        (b"", "a.png", "image/png", 422, "empty"),
        (PNG + b"\x00" * 2000, "a.png", "image/png", 413, "too_large"),
    ],
)
async def test_what_is_not_what_it_says_or_too_large_is_refused(
    tmp_path: Path, body: bytes, name: str, claimed: str, status: int, code: str
) -> None:
    async with a_shop(tmp_path, media=MediaSettings(upload_bytes=1000)) as shop:
        visitor = await shop.visit()
        refused, answer, _ = await send(shop, visitor, body, name, claimed)
        assert (refused, answer["error"]["code"], answer["error"]["field"]) == (status, code, "file")
        assert not [path for path in (tmp_path / "media").rglob("*") if path.is_file()]


async def test_a_body_of_unknown_length_is_cut_off_at_the_limit(tmp_path: Path) -> None:
    async with a_shop(tmp_path, media=MediaSettings(upload_bytes=1000)) as shop:
        left = [b"x" * 800] * 3

        async def read() -> bytes:
            return left.pop() if left else b""

        with pytest.raises(Invalid, match="at most 1000 bytes"):
            await shop.part.library.store("visitor:v", Upload("a.txt", "text/plain", read))
        assert left


async def test_html_named_as_text_is_only_ever_saved(shop: Shop) -> None:
    visitor = await shop.visit()
    status, stored, _ = await send(shop, visitor, HTML, "page.html", "text/html")
    assert (status, stored["media_type"]) == (201, "text/plain")
    url = shop.part.library.url(MediaId(stored["id"]))
    answer = await shop.client.get(url)
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.content_type == "text/plain"


async def test_an_upload_needs_the_session_of_its_inbox(shop: Shop) -> None:
    visitor = await shop.visit()
    status, answer, _ = await send(
        shop, visitor, PNG, Authorization="Bearer v1.nobody.xxxxxxxxxxxxxxxxxxxxxxxx"
    )
    assert (status, answer["error"]["code"]) == (401, "session")
    assert shop.counted["live_session"] == 1


async def test_a_page_of_another_origin_may_upload_only_where_the_inbox_says_so(shop: Shop) -> None:
    await shop.configure(origins=["https://shop.example"])
    visitor = await shop.visit()
    status, _, headers = await send(shop, visitor, HTML, Origin="https://shop.example")
    assert (status, headers["Access-Control-Allow-Origin"]) == (415, "https://shop.example")
    status, answer, headers = await send(shop, visitor, PNG, Origin="https://evil.example")
    assert (status, answer["error"]["code"]) == (403, "origin")
    assert "Access-Control-Allow-Origin" not in headers
    asked = await shop.client.options("/live/web/uploads", headers={"Origin": "https://shop.example"})
    assert "X-File-Name" in asked.headers["Access-Control-Allow-Headers"]


@pytest.mark.parametrize("path", ["..%2f..%2fparley.db", "%2e%2e", "nothing", "0123456789abcdefghjkmnpqrs"])
async def test_no_path_leads_out_of_the_folder(shop: Shop, path: str) -> None:
    answer = await shop.client.get(f"/media/{path}?t=1.x")
    assert answer.status in {403, 404}


async def test_an_upload_that_no_message_takes_is_deleted(shop: Shop) -> None:
    visitor = await shop.visit()
    _, unused, _ = await send(shop, visitor, PNG)
    _, used, _ = await send(shop, visitor, PNG)
    await visitor.say("", uploads=[used["id"]])
    shop.world.clock.forward(2 * 86_400)
    assert await shop.part.media.sweep() == 1
    gone = await shop.client.get(shop.part.library.url(MediaId(unused["id"])))
    kept = await shop.client.get(shop.part.library.url(MediaId(used["id"])))
    assert (gone.status, kept.status) == (404, 200)


class TestAddresses:
    """Signed, for one file, for a while."""

    media = MediaId("01hqzzzzzzzzzzzzzzzzzzzzzz")

    def links(self, clock: ManualClock) -> Links:
        return Links(b"key", clock, timedelta(hours=1))

    def test_an_address_holds_for_its_time_and_then_no_more(self) -> None:
        clock = ManualClock()
        links = self.links(clock)
        token = links.url(self.media).partition("?t=")[2]
        clock.forward(3600)
        assert links.check(self.media, token) == self.media
        clock.forward(3601)
        with pytest.raises(Forbidden) as refused:
            links.check(self.media, token)
        assert refused.value.code == "link_expired"

    def test_an_address_is_good_for_its_own_file_only(self) -> None:
        links = self.links(ManualClock())
        token = links.url(self.media).partition("?t=")[2]
        other = self.media.replace("q", "r")
        for media, made_up in (
            (other, token),
            (self.media, token + "x"),
            (self.media, ""),
            (self.media, "zz.zz"),
        ):
            with pytest.raises(Forbidden):
                links.check(media, made_up)

    def test_what_is_no_id_is_not_looked_for(self) -> None:
        with pytest.raises(NotFound):
            self.links(ManualClock()).check("../secret", "1.x")


class TestNames:
    """File names are shown to people, and kept short."""

    @pytest.mark.parametrize(
        ("name", "clean"),
        [
            ("../../etc/passwd", "passwd"),
            ("C:\\Users\\me\\photo.png", "photo.png"),
            ("exe\u202egnp.png", "exegnp.png"),
            ("a\x00b\n.txt", "ab.txt"),
            ("...", "file"),
            ("图片.png", "图片.png"),
            ("x" * 300 + ".pdf", "x" * 116 + ".pdf"),
        ],
    )
    def test_a_name_is_its_last_step_without_tricks(self, name: str, clean: str) -> None:
        assert clean_name(name) == clean


class TestContent:
    """The first bytes decide."""

    @pytest.mark.parametrize(
        ("head", "name", "claimed", "found"),
        [
            (PNG, "a.png", "image/png", "image/png"),
            (PNG, "a", "application/octet-stream", "image/png"),
            (b"%PDF-1.7", "a.pdf", "application/pdf", "application/pdf"),
            ("你好".encode() * 100, "a.txt", "text/plain", "text/plain"),
            (b"PK\x03\x04", "a.docx", "application/vnd.openxmlformats", "application/zip"),
            (b"MZ\x90\x00", "a.exe", "", "application/octet-stream"),
            (b"OggS\x00\x02", "voice.oga", "audio/ogg", "audio/ogg"),
            (b"\xff\xfb\x90\x00", "song.mp3", "audio/mpeg", "audio/mpeg"),
            (b"RIFF\x00\x00\x00\x00WAVEfmt ", "a.wav", "", "audio/wav"),
            (b"\x00\x00\x00\x20ftypisom", "a.mp4", "video/mp4", "video/mp4"),
            (b"\x00\x00\x00\x20ftypM4A ", "a.m4a", "", "audio/mp4"),
            (b"\x00\x00\x00\x20ftypheic", "a.heic", "image/heic", "application/octet-stream"),
            (b"\x00\x00\x00\x20ftypavif", "a.avif", "image/avif", "application/octet-stream"),
            (HTML, "a.tiff", "image/tiff", "text/plain"),
        ],
    )
    def test_a_type_is_what_the_bytes_say(self, head: bytes, name: str, claimed: str, found: str) -> None:
        assert content_type(head, name, claimed) == found


async def test_many_small_files_lie_in_the_database_and_large_ones_in_the_folder(
    shop: Shop, tmp_path: Path
) -> None:
    library = shop.part.media
    large = PNG + b"\x00" * library.limits.row_bytes
    files = [NewFile("a.png", PNG), NewFile("b.png", large), NewFile("c.html", HTML)]
    prepared = await library.prepare("mail", files)
    await shop.world.db.run(library.take, prepared)
    assert [one.attachment.media_type for one in prepared] == ["image/png", "image/png", "text/plain"]
    for one, file in zip(prepared, files, strict=True):
        assert await library.content(one.attachment.media) == file.content
        shown = await shop.client.get(library.url(one.attachment.media))
        assert await shown.read() == file.content
        assert shown.headers["X-Content-Type-Options"] == "nosniff"
    assert len([path for path in (tmp_path / "media").rglob("*") if path.is_file()]) == 1
    shop.world.clock.forward(3 * 86400)
    assert await library.sweep() == 0


async def test_what_was_prepared_for_a_message_that_never_came_is_deleted(shop: Shop, tmp_path: Path) -> None:
    library = shop.part.media
    await library.prepare(
        "mail", [NewFile("b.png", PNG + b"\x00" * library.limits.row_bytes), NewFile("a", b"x")]
    )
    shop.world.clock.forward(3 * 86400)
    assert await library.sweep() == 1
    assert not [path for path in (tmp_path / "media").rglob("*") if path.is_file()]


async def test_formatted_mail_is_shown_in_a_box_with_its_own_images_only(shop: Shop) -> None:
    library = shop.part.media
    (image,) = await library.prepare("mail", [NewFile("a.png", PNG)])
    html = '<p>Hi <img src="cid:logo@x"><img src="cid:other"><img src=\'cid:00000001\'><img src="https://x.example/t.gif">'
    stored, named = with_stored_images(html, {"logo@x": image.attachment.media})
    assert named == {"logo@x"}
    (page,) = await library.prepare("mail", [NewFile("message.html", stored.encode(), FORMATTED)])
    await shop.world.db.run(library.take, (image, page))
    url = library.url(page.attachment.media)
    shown = await shop.client.get(url)
    text = await shown.text()
    assert library.url(image.attachment.media) in text
    assert "cid:" not in text
    assert shown.content_type == "text/html"
    own = f"{shown.url.host}:{shown.url.port}/media/"
    rest = "style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox"
    assert shown.headers["Content-Security-Policy"] == f"default-src 'none'; img-src {own} data:; {rest}"
    with_remote = await shop.client.get(f"{url}&images=1")
    assert (
        with_remote.headers["Content-Security-Policy"]
        == f"default-src 'none'; img-src {own} data: https:; {rest}"
    )


@pytest.mark.parametrize("host", ["[::1]:8080", "x.example; img-src *", "x.example 'self'", ""])
async def test_a_host_that_a_policy_cannot_name_adds_nothing_to_it(shop: Shop, host: str) -> None:
    library = shop.part.media
    (page,) = await library.prepare("mail", [NewFile("message.html", b"<p>Hi</p>", FORMATTED)])
    await shop.world.db.run(library.take, (page,))
    shown = await shop.client.get(library.url(page.attachment.media), headers={"Host": host})
    assert "; img-src data:; " in shown.headers["Content-Security-Policy"]


async def test_formatted_mail_cannot_ask_our_own_pages_for_anything(shop: Shop) -> None:
    library = shop.part.media
    host = f"{shop.client.host}:{shop.client.port}"
    attack = f"http://{host}/api/session"
    html, _ = sanitized(f'<p>Hi <img src="{attack}"></p>')
    assert attack in html
    (page,) = await library.prepare("mail", [NewFile("message.html", html.encode(), FORMATTED)])
    await shop.world.db.run(library.take, (page,))
    shown = await shop.client.get(library.url(page.attachment.media))
    directives = [each.split() for each in shown.headers["Content-Security-Policy"].split(";")]
    [sources] = [sources for name, *sources in directives if name == "img-src"]
    assert sources == [f"{host}/media/", "data:"]
    assert not attack.startswith(tuple(f"http://{source}" for source in sources))


async def test_an_unused_upload_that_the_store_does_not_let_go_is_deleted_when_it_answers(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def away(_store: FolderStore, _media: MediaId) -> None:
        raise Unavailable("the store does not answer")

    visitor = await shop.visit()
    _, unused, _ = await send(shop, visitor, PNG)
    shop.world.clock.forward(2 * 86_400)
    with monkeypatch.context() as broken:
        broken.setattr(FolderStore, "delete", away)
        with pytest.raises(Unavailable):
            await shop.part.media.sweep()
    late = await visitor.say("", uploads=[unused["id"]])
    assert (late["type"], late["field"]) == ("error", "uploads")
    assert await shop.part.media.sweep() == 1
    assert await shop.part.media.sweep() == 0


async def test_an_upload_that_the_store_does_not_take_is_refused_and_swept(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def away(_draft: FolderDraft) -> None:
        raise Unavailable("the attachment cannot be stored now")

    visitor = await shop.visit()
    with monkeypatch.context() as broken:
        broken.setattr(FolderDraft, "keep", away)
        status, answer, _ = await send(shop, visitor, PNG)
    assert (status, answer["error"]["code"]) == (503, "unavailable")
    shop.world.clock.forward(2 * 86_400)
    assert await shop.part.media.sweep() == 1
