"""Review over HTTP: what each role may do, what is shown, and what the console is told."""

from datetime import UTC, datetime
from typing import Any

import pytest

from core.agent import Permission
from core.ids import AgentId, ArticleId
from core.store.tx import Tx
from knowledge.editorial.desk import At, Desk
from knowledge.editorial.settings import EditorialSettings
from knowledge.editorial.stages import Who
from knowledge.filing import categories
from knowledge.settings import KnowledgeSettings
from tests.builders import an_agent
from tests.console.conftest import Browser, Office, Serve, frame_of

NEW = {"language": "en", "title": "Returns", "body": "Send it back.\n\nWithin 30 days.", "category": "Orders"}
STRICT = KnowledgeSettings(editorial=EditorialSettings(review_required=True))


def _writers(tx: Tx) -> None:
    categories.find_or_make(tx, "Orders", "en")
    an_agent(tx, "amy", roles=("author",))
    an_agent(tx, "ray", roles=("reviewer",))


@pytest.fixture
async def office(serve: Serve) -> Office:
    """Where a review is required; amy writes, ray reviews, eve publishes, ada answers customers."""
    office = await serve(knowledge=STRICT)
    await office.world.db.run(_writers)
    await office.world.db.run(_passwords)
    return office


def _passwords(tx: Tx) -> None:
    found = tx.conn.exec_driver_sql("SELECT password_hash FROM agent WHERE id = 'ada'").scalar_one()
    tx.conn.exec_driver_sql("UPDATE agent SET password_hash = ?", (found,))


async def written(amy: Browser) -> str:
    return f"/api/articles/{(await amy.post('/api/articles', NEW, status=201))['id']}"


async def test_an_article_goes_from_its_author_through_a_review_to_its_readers(office: Office) -> None:
    amy, ray, eve = [await office.browser(name) for name in ("amy", "ray", "eve")]
    path = await written(amy)
    review = await amy.get(f"{path}/en/review")
    assert (review["stage"], review["steps"], review["review_required"]) == ("draft", ["ask", "delete"], True)
    assert [person["id"] for person in review["reviewers"]] == ["eve", "max", "ray", "sue"]
    ask = {"version": review["version"], "reviewer": "ray", "note": "Is it right?"}
    review = await amy.post(f"{path}/en/review/ask", ask)
    waiting = await ray.get("/api/knowledge/work")
    assert (waiting["count"], waiting["review"][0]["title"]) == (1, "Returns")
    said = {"revision": 1, "line": 3, "body": "Which days?"}
    review = await ray.post(f"{path}/en/review/comments", said)
    comment = review["comments"][0]
    assert (comment["line"], comment["quote"], comment["author"]["name"]) == (3, "Within 30 days.", "Ray")
    answer = {"revision": 1, "body": "Calendar days", "parent": comment["id"]}
    review = await amy.post(f"{path}/en/review/comments", answer)
    assert [each["body"] for each in review["comments"][0]["answers"]] == ["Calendar days"]
    review = await amy.put(f"{path}/en/review/comments/{comment['id']}", {"resolved": True})
    assert review["comments"][0]["resolved_by"]["id"] == "amy"
    decision = {"version": review["version"], "approved": True, "note": "Good"}
    review = await ray.post(f"{path}/en/review/decision", decision)
    assert review["approved"]
    assert (await eve.get("/api/knowledge/work"))["publish"][0]["by"]["id"] == "ray"
    await eve.post(f"{path}/en/publish", {"revision": 1, "version": review["version"]})
    history = (await amy.get(f"{path}/en/review"))["history"]
    assert [(each["step"], each["by"]["id"], each["note"]) for each in reversed(history)] == [
        ("write", "amy", ""),
        ("ask", "amy", "Is it right?"),
        ("approve", "ray", "Good"),
        ("publish", "eve", ""),
    ]


async def test_nobody_publishes_past_a_review_that_is_required(office: Office) -> None:
    amy, eve = await office.browser("amy"), await office.browser("eve")
    path = await written(amy)
    refused = await eve.post(f"{path}/en/publish", {"revision": 1}, status=409)
    assert refused["error"]["code"] == "not_approved"
    own = await written(eve)
    review = await eve.get(f"{own}/en/review")
    review = await eve.post(f"{own}/en/review/ask", {"version": review["version"]})
    decision = {"version": review["version"], "approved": True}
    refused = await eve.post(f"{own}/en/review/decision", decision, status=403)
    assert refused["error"]["code"] == "own_revision"


ROUTES: list[tuple[str, str, dict[str, Any] | None, str]] = [
    ("GET", "/api/knowledge/work", None, "edit"),
    ("GET", "{path}/en/review", None, "edit"),
    ("GET", "{path}/en/comparison?from=1&to=1", None, "edit"),
    ("POST", "{path}/en/review/ask", {"version": 99}, "edit"),
    ("POST", "{path}/en/review/withdraw", {"version": 99}, "edit"),
    ("POST", "{path}/en/review/comments", {"revision": 99, "body": "Hm"}, "edit"),
    ("PUT", "{path}/en/review/comments/none", {"resolved": True}, "edit"),
    ("DELETE", "{path}", {"version": 99}, "edit"),
    ("POST", "{path}/en/review/decision", {"version": 99, "approved": True}, "review"),
    ("POST", "{path}/en/schedule", {"version": 99, "publish_at": "2026-05-01T00:00:00Z"}, "publish"),
    ("DELETE", "{path}/en/schedule", {"version": 99}, "publish"),
    ("PUT", "{path}/en/end", {"version": 99, "unpublish_at": None}, "publish"),
    ("POST", "{path}/en/roll-back", {"version": 99, "revision": 1}, "publish"),
    ("POST", "{path}/archive", {"version": 99}, "publish"),
    ("DELETE", "{path}/archive", {"version": 99}, "publish"),
    ("POST", "{path}/en/publish", {"revision": 1, "version": 99}, "publish"),
    ("POST", "{path}/en/unpublish", {"revision": 1, "version": 99}, "publish"),
]


async def test_each_route_asks_for_its_permission_and_for_what_was_seen(office: Office) -> None:
    """Who may gets past the door: what is asked for here fails, if at all, because it is out of date."""
    people = {name: await office.browser(name) for name in ("ada", "amy", "ray", "eve")}
    path = await written(people["amy"])
    may = {"ada": set(), "amy": {"edit"}, "ray": {"edit", "review"}, "eve": {"edit", "review", "publish"}}
    for method, route, body, needed in ROUTES:
        for name, browser in people.items():
            answer = await browser.call(method, route.format(path=path), body)
            expected = {200, 404, 409} if needed in may[name] else {403}
            assert answer.status in expected, (method, route, name, await answer.text())


async def test_two_revisions_are_compared_in_words(office: Office) -> None:
    amy = await office.browser("amy")
    path = await written(amy)
    edit = {"title": "Returns", "body": "Send it back.\n\nWithin 60 days.", "base": 1}
    await amy.put(f"{path}/en", edit)
    compared = await amy.get(f"{path}/en/comparison?from=1&to=2")
    assert [line["change"] for line in compared["body"]] == ["equal", "equal", "replaced"]
    changed = [piece["text"] for piece in compared["body"][2]["new"]["pieces"] if piece["changed"]]
    assert (changed, compared["same"], compared["old"]["number"]) == (["60"], False, 1)
    for query, field in (("from=x&to=1", "from"), ("from=1", "to")):
        refused = await amy.call("GET", f"{path}/en/comparison?{query}")
        assert (await refused.json())["error"]["field"] == field
    assert (await amy.call("GET", f"{path}/en/comparison?from=1&to=9")).status == 404


async def test_a_publisher_schedules_goes_back_archives_and_brings_back(office: Office) -> None:
    amy, ray, eve = [await office.browser(name) for name in ("amy", "ray", "eve")]
    path = await written(amy)

    async def approve() -> dict[str, Any]:
        review = await amy.get(f"{path}/en/review")
        review = await amy.post(f"{path}/en/review/ask", {"version": review["version"]})
        decision = {"version": review["version"], "approved": True}
        approved: dict[str, Any] = await ray.post(f"{path}/en/review/decision", decision)
        return approved

    review = await approve()
    times = {"version": review["version"], "publish_at": "2026-03-03T09:00:00+08:00"}
    review = await eve.post(f"{path}/en/schedule", times)
    due = datetime.fromisoformat(review["publish_at"])
    assert (review["stage"], due) == ("scheduled", datetime(2026, 3, 3, 1, tzinfo=UTC))
    response = await eve.call("DELETE", f"{path}/en/schedule", {"version": review["version"]})
    assert (await response.json())["stage"] == "approved"
    await eve.post(f"{path}/en/publish", {"revision": 1})
    await amy.put(f"{path}/en", {"title": "Returns", "body": "A mistake", "base": 1})
    await approve()
    await eve.post(f"{path}/en/publish", {"revision": 2})
    review = await eve.get(f"{path}/en/review")
    assert review["fit"] == [1]
    back = {"version": review["version"], "revision": 1, "note": "A mistake"}
    review = await eve.post(f"{path}/en/roll-back", back)
    assert (review["shown"], review["body"]) == (3, NEW["body"])
    archived = {"version": review["article_version"]}
    assert (await eve.call("POST", f"{path}/archive", archived)).status == 204
    review = await eve.get(f"{path}/en/review")
    assert (review["archived"], review["shown"], review["steps"]) == (True, None, ["bring_back"])
    again = {"version": review["article_version"]}
    assert (await eve.call("DELETE", f"{path}/archive", again)).status == 204
    assert (await eve.call("DELETE", path, {"version": 3})).status == 409


async def test_who_reads_hears_that_what_articles_rest_on_changed(office: Office) -> None:
    pam, ada = await office.browser("eve"), await office.browser("ada")
    socket = await ada.live()
    await socket.send_json({"type": "ping"})
    await frame_of(socket, "pong")
    await pam.post("/api/categories", {"names": {"en": "Lamps"}}, status=201)
    await frame_of(socket, "knowledge")
    path = await written(pam)
    frame = await frame_of(socket, "articles")
    assert frame["ids"] == [path.rpartition("/")[2]]
    await socket.close()


async def test_who_writes_hears_at_once_that_articles_changed(office: Office) -> None:
    amy, ray = await office.browser("amy"), await office.browser("ray")
    path = await written(amy)
    socket = await ray.live()
    await socket.send_json({"type": "ping"})
    await frame_of(socket, "pong")
    review = await amy.get(f"{path}/en/review")
    await amy.post(f"{path}/en/review/ask", {"version": review["version"]})
    frame = await frame_of(socket, "articles")
    assert frame["ids"] == [path.rpartition("/")[2]]
    await socket.close()


async def test_an_end_that_comes_before_what_is_scheduled_is_told_apart_from_its_own(office: Office) -> None:
    eve = await office.browser("eve")
    path = await written(eve)
    await office.world.db.run(_approved, path.rpartition("/")[2])
    await eve.post(f"{path}/en/publish", {"revision": 1})
    review = await eve.get(f"{path}/en/review")
    end = {"version": review["version"], "unpublish_at": "2026-03-03T09:00:00Z"}
    await eve.put(f"{path}/en/end", end)
    await eve.put(f"{path}/en", {"title": "Returns", "body": "Keep it.", "base": 1})
    await office.world.db.run(_approved, path.rpartition("/")[2])
    review = await eve.get(f"{path}/en/review")
    times = {"version": review["version"], "publish_at": "2026-03-04T09:00:00Z"}
    review = await eve.post(f"{path}/en/schedule", times)
    assert (review["gap_from"], review["unpublish_at"]) == ("2026-03-03T09:00:00Z", None)
    times = {"version": review["version"], "publish_at": "2026-03-03T08:00:00Z"}
    assert (await eve.post(f"{path}/en/schedule", times))["gap_from"] is None


def _approved(tx: Tx, article: str) -> None:
    desk, at = Desk(STRICT.editorial), At(ArticleId(article), "en")
    desk.ask(tx, at, Who(AgentId("amy"), frozenset({Permission.EDIT})))
    desk.decide(tx, at, Who(AgentId("ray"), frozenset({Permission.REVIEW})), approved=True)
