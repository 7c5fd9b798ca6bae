"""Mails that did not become messages, over HTTP: for supervisors, shown as text, taken up again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from channels.contract import Taken, TakenState
from core.bus import StateChanged
from core.errors import Conflict, Invalid, NotFound
from core.ids import InboxId
from core.store.tx import Tx
from tests.builders import MORNING
from tests.console.conftest import Office, Serve
from tests.console.letters import a_mailbox, code

SOURCE = (
    b"From: Mallory <mallory@example.net>\r\nSubject: =?utf-8?q?Hi?=\r\n\tagain\r\nX-Odd: \xff\r\nnot a header\r\n"
    b"\r\n<script>alert(1)</script>\x00" + b"x" * 100_000
)


@dataclass
class Drawer:
    """An intake that holds what a test puts into it."""

    mails: dict[str, Taken] = field(default_factory=dict)
    replayed: list[str] = field(default_factory=list)

    def list(
        self, tx: Tx, state: TakenState, cursor: str | None, most: int
    ) -> tuple[Sequence[Taken], str | None]:
        if cursor == "nonsense":
            raise Invalid("cursor", "what the page before gave as next")
        return [each for each in self.mails.values() if each.state is state], None

    def get(self, tx: Tx, id: str) -> Taken:
        if id not in self.mails:
            raise NotFound(f"there is no mail {id}")
        return self.mails[id]

    def raw(self, tx: Tx, id: str) -> bytes:
        self.get(tx, id)
        return SOURCE

    def counts(self, tx: Tx) -> Mapping[str, int]:
        return {"quarantined": len(self.mails), "stored": 7}

    async def replay(self, id: str) -> None:
        if id not in self.mails:
            raise NotFound(f"there is no mail {id}")
        if id in self.replayed:
            raise Conflict("its source is no longer kept", code="gone")
        self.replayed.append(id)
        self.mails[id] = replace(self.mails[id], state=TakenState.DONE, reason_code=None, reason=None)


def a_taken(id: str = "q1") -> Taken:
    return Taken(
        id,
        InboxId("mail"),
        "mallory@example.net",
        "Hi",
        MORNING,
        len(SOURCE),
        TakenState.QUARANTINED,
        "too_deep",
        "more than 100 parts inside one another",
        None,
    )


@pytest.fixture
async def post(serve: Serve) -> Office:
    office = await serve(intake=Drawer({"q1": a_taken()}))
    await office.world.db.run(a_mailbox)
    return office


async def test_what_waits_for_a_look_is_listed_with_its_reason(post: Office) -> None:
    sue = await post.browser("sue")
    page = await sue.get("/api/mail?state=quarantined")
    [mail] = page["items"]
    assert (mail["from"], mail["inbox"]["name"], mail["reason_code"]) == (
        "mallory@example.net",
        "Mail",
        "too_deep",
    )
    assert page["counts"] == {"quarantined": 1, "held": 0, "set_aside": 0, "too_large": 0}
    assert (await sue.get("/api/mail?state=held"))["items"] == []
    for query, name in (("state=done", "state"), ("state=held&cursor=nonsense", "cursor")):
        response = await sue.call("GET", f"/api/mail?{query}")
        assert (response.status, (await response.json())["error"]["field"]) == (422, name)


async def test_its_source_is_shown_as_text_and_cut_short(post: Office) -> None:
    sue = await post.browser("sue")
    mail = await sue.get("/api/mail/q1")
    assert [(each["name"], each["value"]) for each in mail["headers"]] == [
        ("From", "Mallory <mallory@example.net>"),
        ("Subject", "=?utf-8?q?Hi?= again"),
        ("X-Odd", "\ufffd"),
    ]
    assert "<script>alert(1)</script>\ufffd" in mail["source"]
    assert (len(mail["source"]) <= 65_536, mail["complete"], mail["conversation"]) == (True, False, None)


async def test_it_is_downloaded_as_it_came_and_never_shown_as_a_page(post: Office) -> None:
    sue = await post.browser("sue")
    response = await sue.call("GET", "/api/mail/q1/raw")
    assert await response.read() == SOURCE
    assert response.headers["Content-Disposition"] == 'attachment; filename="mail-q1.eml"'
    assert response.headers["Content-Type"] == "message/rfc822"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"


async def test_it_is_taken_up_again_by_a_supervisor(post: Office) -> None:
    sue = await post.browser("sue")
    assert (await sue.post("/api/mail/q1/replay"))["state"] == "done"
    assert await code(sue, "POST", "/api/mail/q1/replay") == (409, "gone")
    assert await code(sue, "POST", "/api/mail/none/replay") == (404, "not_found")


async def test_nobody_below_a_supervisor_sees_any_of_it(post: Office) -> None:
    for name in ("ada", "eve"):
        browser = await post.browser(name)
        for method, path in (
            ("GET", "/api/mail"),
            ("GET", "/api/mail/q1"),
            ("GET", "/api/mail/q1/raw"),
            ("POST", "/api/mail/q1/replay"),
        ):
            assert await code(browser, method, path) == (403, "forbidden")


async def test_supervisors_hear_at_once_how_many_wait_and_agents_do_not(post: Office) -> None:
    sue, ada = await post.browser("sue"), await post.browser("ada")
    theirs, hers = await sue.live(), await ada.live()
    first = await frame_of(theirs, "mail")
    assert first == {"type": "mail", "quarantined": 1, "held": 0, "set_aside": 0, "too_large": 0}
    post.world.bus.publish(StateChanged("mail", {"quarantined": 2, "held": 1, "done": 9}))
    post.world.bus.publish(StateChanged("bot", {}))
    assert (await frame_of(theirs, "mail"))["held"] == 1
    await hers.send_json({"type": "ping"})
    seen = set()
    while "pong" not in seen:
        seen.add((await hers.receive_json(timeout=30))["type"])
    assert seen == {"bot", "pong"}
    for socket in (theirs, hers):
        await socket.close()


async def frame_of(socket: Any, kind: str) -> Any:
    while True:
        received = await socket.receive_json(timeout=30)
        if received["type"] == kind:
            return received


async def test_where_no_mail_is_kept_there_is_none(office: Office) -> None:
    sue = await office.browser("sue")
    assert await sue.get("/api/mail") == {
        "items": [],
        "next": None,
        "counts": {"quarantined": 0, "held": 0, "set_aside": 0, "too_large": 0},
    }
    assert await code(sue, "GET", "/api/mail/q1") == (404, "not_found")
