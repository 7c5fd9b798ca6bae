"""Articles in and out over the API: for publishers only, all or nothing, and what is wrong is named."""

import asyncio
import io
import threading
import zipfile
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from console.handlers import transfer
from core.store.tx import Tx
from knowledge.transfer.collecting import collect_into
from tests.console.conftest import Browser, Office

PAGE = b"---\ntitle: Returns\ncategory: Returns\n---\n\n30 days.\n"
NONE = {"count": 0, "names": []}


def packed(**files: bytes) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        for name, data in files.items():
            archive.writestr(name.replace("__", "/") + ".md", data)
    return whole.getvalue()


async def bring(browser: Browser, data: bytes, status: int = 200, **query: str) -> Any:
    path = "/api/knowledge/imports"
    response = await browser.call("POST", path, data=data, params={"name": "articles.zip", **query})
    assert response.status == status, await response.text()
    return await response.json()


async def test_an_archive_is_tried_brought_in_and_taken_out(office: Office) -> None:
    eve = await office.browser("eve")
    data = packed(en__returns=PAGE)
    tried = await bring(eve, data, trial="1")
    assert tried["created"] == {"count": 1, "names": ["returns"]}
    assert (await eve.get("/api/articles"))["items"] == []
    assert await bring(eve, data) == tried
    assert (await bring(eve, data))["created"] == NONE
    async with await eve.call("GET", "/api/knowledge/export") as response:
        assert response.headers["Content-Type"] == "application/zip"
        archive = zipfile.ZipFile(io.BytesIO(await response.read()))
    assert set(archive.namelist()) == {"parley.yaml", "categories.yaml", "en/returns.md"}


async def test_a_bad_file_is_named_and_nothing_of_the_others_stays(office: Office) -> None:
    eve = await office.browser("eve")
    error = (await bring(eve, packed(en__good=PAGE, en__bad=b"---\ntitle: x\n---\n"), 422))["error"]
    assert (error["field"], error["expected"]) == ("en/bad.md: body", "the article's text")
    assert (await eve.get("/api/articles"))["items"] == []
    assert (await bring(eve, b"", 422))["error"]["field"] == "body"
    assert (await bring(eve, packed(en__good=PAGE), 422, form="docx"))["error"]["field"] == "form"
    assert (await bring(eve, PAGE, 422, language="klingon!", name="a.md"))["error"]["field"] == "language"


async def test_one_import_at_a_time_is_taken_which_tells_how_far_it_is(office: Office) -> None:
    eve, path = await office.browser("eve"), "/api/knowledge/imports"
    assert await eve.get(path) == {"step": "none", "articles": 0}
    begun, rest = asyncio.Event(), asyncio.Event()

    async def slowly() -> AsyncIterator[bytes]:
        data = packed(en__returns=PAGE)
        yield data[:10]
        begun.set()
        await rest.wait()
        yield data[10:]

    first = asyncio.ensure_future(eve.call("POST", path, data=slowly(), params={"name": "a.zip"}))
    async with asyncio.timeout(60):
        await begun.wait()
        while (await eve.get(path))["step"] == "none":  # the upload is on its way
            pass
    assert await eve.get(path) == {"step": "receiving", "articles": 0}
    refused = (await bring(eve, packed(en__other=PAGE), 429))["error"]
    assert refused["message"].startswith("another import is under way")
    rest.set()
    assert (await first).status == 200
    assert await eve.get(path) == {"step": "none", "articles": 0}
    assert (await bring(eve, packed(en__other=PAGE)))["created"]["names"] == ["other"]


async def test_one_export_at_a_time_is_made(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    eve, path = await office.browser("eve"), "/api/knowledge/export"
    begun, rest = threading.Event(), threading.Event()

    def slowly(tx: Tx, folder: Path) -> None:
        begun.set()
        assert rest.wait(10)
        collect_into(tx, folder)

    monkeypatch.setattr(transfer, "collect_into", slowly)
    first = asyncio.ensure_future(eve.call("GET", path))
    assert await asyncio.to_thread(begun.wait, 10)
    refused = await eve.call("GET", path)
    assert refused.status == 429
    assert (await refused.json())["error"]["message"].startswith("another export is under way")
    rest.set()
    assert (await first).status == 200
    assert (await eve.call("GET", path)).status == 200


async def test_only_publishers_import_and_export(office: Office) -> None:
    ada = await office.browser("ada")
    assert (await bring(ada, packed(en__good=PAGE), 403))["error"]["code"] == "forbidden"
    assert (await ada.call("GET", "/api/knowledge/export")).status == 403
    assert (await ada.call("GET", "/api/knowledge/imports")).status == 403
