"""Synonyms over HTTP: read by editors, kept by publishers, checked by their field."""

from tests.console.conftest import Office

PATH = "/api/synonyms"
SOFAS = {"language": "en", "words": ["sofa", "couch"]}


async def test_a_publisher_keeps_synonyms(office: Office) -> None:
    eve = await office.browser("eve")
    added = await eve.post(PATH, SOFAS, status=201)
    assert (await eve.get(PATH))["items"] == [added]
    changed = await eve.put(f"{PATH}/{added['id']}", SOFAS | {"words": ["sofa", "settee"], "version": 1})
    assert (changed["words"], changed["version"]) == (["sofa", "settee"], 2)
    stale = await eve.put(f"{PATH}/{added['id']}", SOFAS | {"version": 1}, status=409)
    assert stale["error"]["code"] == "newer_version"
    assert (await eve.call("DELETE", f"{PATH}/{added['id']}")).status == 204
    assert (await eve.get(PATH))["items"] == []


async def test_what_is_wrong_is_named(office: Office) -> None:
    eve = await office.browser("eve")
    for wrong, field in (
        (SOFAS | {"words": ["sofa"]}, "words"),
        (SOFAS | {"words": ["sofa", "a\0"]}, "words.1"),
        (SOFAS | {"language": "??"}, "language"),
    ):
        assert (await eve.post(PATH, wrong, status=422))["error"]["field"] == field
    assert (await eve.put(f"{PATH}/nowhere", SOFAS, status=404))["error"]["code"] == "not_found"


async def test_who_does_not_publish_may_not_change_them(office: Office) -> None:
    ada = await office.browser("ada")
    assert (await ada.call("GET", PATH)).status == 403
    assert (await ada.call("POST", PATH, SOFAS)).status == 403


async def test_trying_a_search_shows_what_a_customer_finds(office: Office) -> None:
    eve = await office.browser("eve")
    tried = await eve.get("/api/knowledge/trial?q=sending+it+back&language=en")
    (found,) = tried["found"]
    assert "".join(piece["text"] for piece in found["snippet"]) == "Send it back."
    assert [piece["text"] for piece in found["snippet"] if piece["marked"]] == ["Send", "back"]
    assert (tried["corrected"], tried["synonyms"]) == ([], [])
    assert (await eve.get("/api/knowledge/trial?q="))["found"] == []
