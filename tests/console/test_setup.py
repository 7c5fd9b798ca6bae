"""Skills, queues, inboxes, SLA policies, business hours and canned replies over HTTP."""

from typing import Any

import pytest
from sqlalchemy import delete, insert, update

from core.events import SETTINGS_TOPIC, SettingsChanged
from core.ids import InboxId
from core.inbox import BotProfile, Caution
from core.store.conversations import get_inbox
from core.store.messages import read_events
from core.store.tables.people import inbox
from core.store.tables.routing import conversation_route, sla_clock
from core.store.tx import Tx
from tests.console.conftest import Office

WEEK = [[["09:00", "12:00"], ["13:00", "17:30"]]] * 5 + [[], []]


@pytest.mark.parametrize(
    ("path", "made", "changed"),
    [
        ("/api/skills", {"name": "French"}, {"name": "German"}),
        ("/api/queues", {"name": "Billing"}, {"name": "Invoices", "priority": 5, "languages": ["en", "zh"]}),
        (
            "/api/sla-policies",
            {"name": "Gold", "first_response_s": 60},
            {"name": "Gold", "first_response_s": None, "resolution_s": 3600, "worth": 4.0, "warn_share": 0.5},
        ),
        (
            "/api/hours",
            {"name": "Office", "zone": "Europe/Berlin", "week": WEEK},
            {
                "name": "Office",
                "zone": "Asia/Shanghai",
                "week": WEEK,
                "holidays": [{"date": "2026-12-25", "name": "Christmas", "yearly": True}],
                "country": "CN",
                "subdivision": None,
                "struck": ["2026-02-16"],
            },
        ),
        (
            "/api/canned",
            {"shortcut": "hi", "language": "en", "title": "Greeting", "text": "Hello!"},
            {"shortcut": "hello", "language": "en", "title": "Greeting", "text": "Good morning!"},
        ),
    ],
)
async def test_a_setting_is_added_listed_changed_and_removed(
    office: Office, path: str, made: dict[str, Any], changed: dict[str, Any]
) -> None:
    sue = await office.browser("sue")
    added = await sue.post(path, made, status=201)
    assert made.items() <= added.items()
    assert added in (await sue.get(path))["items"]
    put = await sue.put(f"{path}/{added['id']}", changed)
    assert changed.items() <= put.items()
    await sue.delete(f"{path}/{added['id']}")
    assert put not in (await sue.get(path))["items"]
    for method in ("PUT", "DELETE"):
        assert (await sue.call(method, f"{path}/{added['id']}", changed)).status == 404
    told = await office.world.db.read(read_events, SETTINGS_TOPIC, 0, 10)
    assert [each.event.id for each in told if isinstance(each.event, SettingsChanged)] == [added["id"]] * 3


async def test_an_inbox_shows_its_snippet_and_refuses_a_wrong_configuration(office: Office) -> None:
    admin = await office.browser("max")
    ask = {"kind": "widget", "name": "Shop", "queue": "general", "config": {"color": "#123456"}}
    added = await admin.post("/api/inboxes", ask, status=201)
    assert added["snippet"].startswith('<script src="http://parley.example/widget.js"')
    for change, field in (
        ({"config": {"color": 7}}, "config.color"),
        ({"queue": "none"}, "queue"),
        ({"kind": "pigeon"}, "kind"),
    ):
        refused = await admin.put(f"/api/inboxes/{added['id']}", ask | change, status=422)
        assert refused["error"]["field"] == field
    for mode in ("suggest", "off", "answer"):
        assert (await admin.put(f"/api/inboxes/{added['id']}", ask | {"bot": mode}))["bot"] == mode
    assert (await admin.put(f"/api/inboxes/{added['id']}", ask | {"enabled": False}))["enabled"] is False


async def test_a_queue_knows_its_members_and_who_waits(office: Office) -> None:
    sue = await office.browser("sue")
    queue = await sue.post("/api/queues", {"name": "Billing", "members": ["ada", "bob"]}, status=201)
    assert queue["members"] == ["ada", "bob"]
    changed = await sue.put(f"/api/queues/{queue['id']}", {"name": "Billing", "members": ["bob"]})
    assert changed["members"] == ["bob"]
    await office.visitor_says()
    general = next(each for each in (await sue.get("/api/queues"))["items"] if each["id"] == "general")
    assert general["waiting"] == 1
    agents = (await sue.get("/api/agents"))["items"]
    assert {each["id"]: each["queues"] for each in agents}["bob"] == [queue["id"]]


async def test_what_is_in_use_is_not_removed(office: Office) -> None:
    sue = await office.browser("sue")
    skill = await sue.post("/api/skills", {"name": "French"}, status=201)
    hours = await sue.post("/api/hours", {"name": "H", "zone": "UTC", "week": WEEK}, status=201)
    policy = await sue.post("/api/sla-policies", {"name": "Gold", "hours": hours["id"]}, status=201)
    await sue.post(
        "/api/queues",
        {
            "name": "Billing",
            "sla_policy": policy["id"],
            "requirements": [{"skill": skill["id"], "level": 2, "drop_after_s": 60}],
        },
        status=201,
    )
    for path in (
        f"/api/skills/{skill['id']}",
        f"/api/hours/{hours['id']}",
        f"/api/sla-policies/{policy['id']}",
        "/api/queues/general",
    ):
        assert (await sue.delete(path, status=409))["error"]["code"] == "in_use"


async def test_what_makes_no_sense_names_its_field(office: Office) -> None:
    sue = await office.browser("sue")
    hours = {"name": "H", "zone": "UTC", "week": WEEK}
    for path, body, field in (
        ("/api/skills", {"name": ""}, "name"),
        ("/api/queues", {"name": "General"}, "name"),
        ("/api/queues", {"name": "Q", "members": ["nobody"]}, "members"),
        ("/api/queues", {"name": "Q", "sla_policy": "none"}, "sla_policy"),
        ("/api/queues", {"name": "Q", "hours": "none"}, "hours"),
        ("/api/hours", hours | {"zone": "Mars/Phobos"}, "zone"),
        ("/api/hours", hours | {"week": WEEK[:6]}, "week"),
        ("/api/hours", hours | {"week": [[["17:00", "09:00"]], *WEEK[1:]]}, "week"),
        ("/api/hours", hours | {"holidays": [{"date": "2026-02-30", "name": "?"}]}, "holidays"),
        ("/api/hours", hours | {"country": "XX"}, "country"),
        ("/api/hours", hours | {"country": "DE", "subdivision": "XX"}, "subdivision"),
        ("/api/hours", hours | {"country": "DE", "struck": ["Bastille Day"]}, "struck"),
        ("/api/sla-policies", {"name": "P", "worth": 0}, "worth"),
        ("/api/sla-policies", {"name": "P", "warn_share": 1.5}, "warn_share"),
        ("/api/sla-policies", {"name": "P", "first_response_s": 0}, "first_response_s"),
        ("/api/canned", {"shortcut": "a b", "language": "en", "title": "T", "text": "x"}, "shortcut"),
    ):
        refused = await sue.post(path, body, status=422)
        assert refused["error"]["field"] == field, path


async def test_two_enabled_inboxes_are_not_the_same_mailbox(office: Office) -> None:
    admin = await office.browser("max")
    config = {"address": "help@example.org", "password": "open sesame", "imap": {"host": "imap.example.org"}}
    ask = {"kind": "email", "name": "Support", "queue": "general", "config": config}
    first = await admin.post("/api/inboxes", ask, status=201)
    await admin.put(f"/api/inboxes/{first['id']}", ask)
    refused = await admin.post("/api/inboxes", ask | {"name": "Second"}, status=422)
    assert refused["error"]["field"] == "address"
    assert "inbox Support uses this one already" in refused["error"]["message"]
    second = await admin.post("/api/inboxes", ask | {"name": "Second", "enabled": False}, status=201)
    path = f"/api/inboxes/{second['id']}"
    assert (await admin.put(path, ask, status=422))["error"]["field"] == "address"
    other = {"config": config | {"address": "shop@example.org"}}
    await admin.put(path, ask | other)
    assert (await admin.put(path, ask, status=422))["error"]["field"] == "address"
    await admin.put(f"/api/inboxes/{first['id']}", ask | {"enabled": False})
    await admin.put(path, ask)


async def test_an_inbox_leads_only_to_another_one_that_works(office: Office) -> None:
    admin = await office.browser("max")
    config = {"address": "help@example.org", "password": "open sesame"}
    post = {"kind": "email", "name": "Support", "queue": "general", "config": config}
    support = await admin.post("/api/inboxes", post, status=201)

    async def refused(mail: str) -> tuple[str, str]:
        error = (await admin.post("/api/inboxes", web | {"config": {"mail": mail}}, status=422))["error"]
        return error["field"], error["code"]

    web = {"kind": "widget", "name": "Shop", "queue": "general"}
    other = await admin.post("/api/inboxes", web, status=201)
    shop = await admin.post("/api/inboxes", web | {"config": {"mail": support["id"]}}, status=201)
    assert await refused("nowhere") == ("mail", "inbox_gone")
    assert await refused(other["id"]) == ("mail", "inbox_kind")
    await admin.put(f"/api/inboxes/{support['id']}", post | {"enabled": False})
    assert await refused(support["id"]) == ("mail", "inbox_off")
    # It may be switched off itself, and stop to lead there.
    off = web | {"config": {"mail": support["id"]}, "enabled": False}
    await admin.put(f"/api/inboxes/{shop['id']}", off)
    await admin.put(f"/api/inboxes/{shop['id']}", web | {"config": {"mail": None}})


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": "Sup\x00port"}, "name"),
        ({"queue": "gen\x00eral"}, "queue"),
        ({"config": {"address": "a\x00b@example.com", "password": "p"}}, "address"),
        ({"config": {"address": "a@example.com", "imap": {"user": "a\x00"}, "password": "p"}}, "imap.user"),
        ({"config": {"address": "a@example.com", "aliases": ["b@example.com", "c\x00"]}}, "aliases.1"),
        ({"config": {"address": "a@example.com", "sig\x00": "x"}}, "sig"),
    ],
)
async def test_a_setting_is_never_saved_without_a_character_that_was_sent(
    office: Office, change: dict[str, Any], field: str
) -> None:
    admin = await office.browser("max")
    ask = {"kind": "email", "name": "Help", "queue": "general", "config": {"address": "a", "password": "p"}}
    made = await admin.post("/api/inboxes", ask, status=201)
    for path, method in (("/api/inboxes", admin.post), (f"/api/inboxes/{made['id']}", admin.put)):
        refused = await method(path, ask | change, status=422)
        assert refused["error"]["field"] == field
    checked = {"kind": "email", "config": change.get("config", {"address": "\x00"})}
    assert (await admin.post("/api/inboxes/check", checked, status=422))["error"]["expected"]


async def test_a_canned_reply_with_a_nul_is_refused(office: Office) -> None:
    sue = await office.browser("sue")
    ask = {"shortcut": "hi", "language": "en", "title": "Greeting", "text": "Hel\x00lo"}
    assert (await sue.post("/api/canned", ask, status=422))["error"]["field"] == "text"


async def test_holidays_are_looked_at_before_they_are_chosen(office: Office) -> None:
    sue = await office.browser("sue")
    countries = (await sue.get("/api/holidays"))["items"]
    assert {"code": "DE"} in countries
    found = await sue.get("/api/holidays/DE?year=2027&subdivision=BE")
    assert {"code": "BE", "name": "Berlin"} in found["subdivisions"]
    assert {"date": "2027-03-08", "name": "Women's Day", "called": "Women's Day"} in found["items"]
    for path, field in (
        ("/api/holidays/XX", "country"),
        ("/api/holidays/DE?subdivision=XX", "subdivision"),
        ("/api/holidays/DE?year=soon", "year"),
        ("/api/holidays/DE?year=99999", "year"),
    ):
        response = await sue.call("GET", path)
        assert ((await response.json())["error"]["field"], response.status) == (field, 422), path
    assert (await (await office.browser("ada")).call("GET", "/api/holidays")).status == 403


async def test_hours_close_on_the_countrys_holidays_but_for_those_struck_out(office: Office) -> None:
    sue = await office.browser("sue")
    ask = {"name": "H", "zone": "Europe/Berlin", "week": WEEK, "country": "DE", "struck": ["Labor Day"]}
    made = await sue.post("/api/hours", ask, status=201)
    closed = {each["name"] for each in made["closed"]}
    assert "Good Friday" in closed
    assert "Labor Day" not in closed
    mixed = ask | {"week": [[["13:00", "17:00"], ["09:00", "12:00"]], *WEEK[1:]]}
    put = await sue.put(f"/api/hours/{made['id']}", mixed)
    assert put["week"][0] == [["09:00", "12:00"], ["13:00", "17:00"]]


async def test_hours_that_overlap_or_run_backwards_are_refused_with_the_day_and_the_times(
    office: Office,
) -> None:
    sue = await office.browser("sue")
    for day, says in (
        (
            [["09:00", "17:00"], ["16:40", "18:20"]],
            "on Wednesday hours in order that do not overlap, not 09:00–17:00",
        ),
        ([["22:00", "06:00"]], "on Wednesday hours that end after they start, not 22:00–06:00"),
    ):
        ask = {"name": "H", "zone": "UTC", "week": [*WEEK[:2], day, *WEEK[3:]]}
        refused = await sue.post("/api/hours", ask, status=422)
        assert refused["error"]["field"] == "week"
        assert says in refused["error"]["expected"]


async def test_a_policy_that_an_open_conversation_was_given_is_not_removed(office: Office) -> None:
    sue = await office.browser("sue")
    policy = await sue.post("/api/sla-policies", {"name": "Gold", "first_response_s": 60}, status=201)
    received = await office.visitor_says()

    def give(tx: Tx) -> None:
        given = {
            "conversation_id": received.conversation,
            "sla_policy_id": policy["id"],
            "updated_at": tx.now,
        }
        tx.conn.execute(delete(conversation_route))
        tx.conn.execute(insert(conversation_route).values(**given))
        running = {"target": "first", "started_at": tx.now, "pauses": (), "n": 1}
        tx.conn.execute(insert(sla_clock).values(conversation_id=received.conversation, **running))

    await office.world.db.run(give)
    refused = await sue.delete(f"/api/sla-policies/{policy['id']}", status=409)
    assert refused["error"]["code"] == "in_use"
    await office.world.db.run(lambda tx: tx.conn.execute(update(sla_clock).values(stopped_at=tx.now)))
    await sue.delete(f"/api/sla-policies/{policy['id']}")


@pytest.mark.parametrize(
    ("path", "ask"),
    [
        ("queues", {"name": "Billing"}),
        ("hours", {"name": "Office", "zone": "Europe/Berlin", "week": [[["09:00", "17:00"]], *[[]] * 6]}),
        ("sla-policies", {"name": "Fast", "first_response_s": 60}),
    ],
)
async def test_nobody_overwrites_what_somebody_else_saved_in_between(
    office: Office, path: str, ask: dict[str, Any]
) -> None:
    sue = await office.browser("sue")
    made = await sue.post(f"/api/{path}", ask, status=201)
    own = f"/api/{path}/{made['id']}"
    assert made["version"] == 1
    first = await sue.put(own, ask | {"name": "First", "version": 1})
    assert (first["name"], first["version"]) == ("First", 2)
    refused = await sue.put(own, ask | {"name": "Second", "version": 1}, status=409)
    assert refused["error"]["code"] == "newer_version"
    items = (await sue.get(f"/api/{path}"))["items"]
    assert [each["name"] for each in items if each["id"] == made["id"]] == ["First"]
    # Who does not say what they saw, as a script, changes what there is.
    assert (await sue.put(own, ask))["version"] == 3
    await sue.put(f"/api/{path}/none", ask | {"version": 1}, status=404)


async def test_an_inbox_says_how_the_bot_is_there(office: Office) -> None:
    admin = await office.browser("max")
    ask = {"kind": "widget", "name": "Shop", "queue": "general", "config": {"color": "#123456"}}
    made = await admin.post("/api/inboxes", ask, status=201)
    assert made["profile"] == {"engine": None, "persona": "", "languages": [], "caution": "usual"}
    path = f"/api/inboxes/{made['id']}"
    profile = {"engine": "scripted", "persona": " Lumi ", "languages": ["zh"], "caution": "careful"}
    assert (await admin.put(path, ask | {"profile": profile}))["profile"] == profile | {"persona": "Lumi"}
    assert (await admin.put(path, ask))["profile"]["persona"] == "Lumi"
    stored = await office.world.db.read(get_inbox, InboxId(made["id"]))
    assert stored.profile == BotProfile("scripted", "Lumi", ("zh",), Caution.CAREFUL)
    for change, field in (
        ({"engine": "parrot"}, "profile.engine"),
        ({"persona": "x" * 41}, "profile.persona"),
        ({"persona": "two\nlines"}, "profile.persona"),
        ({"languages": ["zh", "zh"]}, "profile.languages"),
        ({"languages": ["!"]}, "profile.languages[0]"),
        ({"languages": ["zh", "tlh"]}, "profile.languages"),
        ({"languages": ["zh", "ar-XB"]}, "profile.languages"),
        ({"caution": "reckless"}, "profile.caution"),
    ):
        refused = await admin.put(path, ask | {"profile": profile | change}, status=422)
        assert refused["error"]["field"] == field


async def test_a_field_that_there_is_not_is_refused_and_what_an_older_version_kept_goes(
    office: Office,
) -> None:
    admin = await office.browser("max")
    ask = {"kind": "widget", "name": "Shop", "queue": "general", "config": {"color": "#123456"}}
    wrong = {**ask, "config": {"color": "#123456", "positon": "left"}}
    assert (await admin.post("/api/inboxes", wrong, status=422))["error"]["field"] == "positon"
    made = await admin.post("/api/inboxes", ask, status=201)
    path = f"/api/inboxes/{made['id']}"
    here = inbox.c.id == made["id"]
    kept = {"color": "#123456", "bygone": 1}
    await office.world.db.run(lambda tx: tx.conn.execute(update(inbox).where(here).values(config=kept)))
    changed = {**ask, "config": kept | {"bygone": 2}}
    assert (await admin.put(path, changed, status=422))["error"]["field"] == "bygone"
    saved = await admin.put(path, {**ask, "config": kept})
    assert saved["config"] == {"color": "#123456"}
