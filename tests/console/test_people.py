"""Invitations, resets, roles, skills, and agents who leave."""

from aiohttp import ClientWebSocketResponse, WSMsgType

from tests.console.conftest import PASSWORD, Browser, Office

REFUSED = {
    "ada": (
        ("POST", "/api/articles"),
        ("PUT", "/api/articles/a/en"),
        ("POST", "/api/articles/a/en/publish"),
        ("POST", "/api/articles/a/en/unpublish"),
    ),
    "eve": (
        ("POST", "/api/skills"),
        ("PUT", "/api/skills/s"),
        ("DELETE", "/api/skills/s"),
        ("POST", "/api/queues"),
        ("PUT", "/api/queues/q"),
        ("DELETE", "/api/queues/q"),
        ("POST", "/api/canned"),
        ("PUT", "/api/canned/c"),
        ("DELETE", "/api/canned/c"),
        ("GET", "/api/sla-policies"),
        ("POST", "/api/sla-policies"),
        ("PUT", "/api/sla-policies/p"),
        ("DELETE", "/api/sla-policies/p"),
        ("GET", "/api/hours"),
        ("POST", "/api/hours"),
        ("PUT", "/api/hours/h"),
        ("DELETE", "/api/hours/h"),
        ("PATCH", "/api/agents/ada"),
        ("GET", "/api/status"),
        ("POST", "/api/outbox/h/t/1/replay"),
    ),
    "sue": (
        ("POST", "/api/agents"),
        ("POST", "/api/agents/ada/reset"),
        ("POST", "/api/inboxes"),
        ("PUT", "/api/inboxes/web"),
    ),
}
"""What an agent, an editor and a supervisor may not."""

NEW = {"email": "Zoe@Example.org", "name": "Zoe", "roles": ["agent"]}


async def closes_as_signed_out(socket: ClientWebSocketResponse) -> None:
    while (message := await socket.receive(timeout=30)).type is WSMsgType.TEXT:
        pass
    assert socket.close_code == 4401, message


async def test_an_invited_person_chooses_a_password_and_is_signed_in_at_once(office: Office) -> None:
    admin = await office.browser("max")
    invited = await admin.post("/api/agents", NEW, status=201)
    assert invited["agent"]["email"] == "zoe@example.org"
    link = invited["link"]
    assert link.startswith("http://parley.example/console/invitation/")
    token = link.rpartition("/")[2]
    zoe = Browser(office.client())
    shown = await zoe.get(f"/api/invitations/{token}")
    assert shown == {"kind": "invite", "email": "zoe@example.org", "name": "Zoe"}
    session = await zoe.post(f"/api/invitations/{token}", {"name": "Zoe B.", "password": PASSWORD})
    assert session["agent"]["name"] == "Zoe B."
    await zoe.get("/api/conversations")


async def test_a_link_works_once_and_expires_and_a_new_one_ends_the_old(office: Office) -> None:
    admin, guest = await office.browser("max"), Browser(office.client())
    first = (await admin.post("/api/agents/ada/reset"))["link"].rpartition("/")[2]
    second = (await admin.post("/api/agents/ada/reset"))["link"].rpartition("/")[2]
    join = {"name": "Ada", "password": "another good one"}
    await guest.post(f"/api/invitations/{first}", join, status=404)
    await guest.post(f"/api/invitations/{second}", join)
    await guest.post(f"/api/invitations/{second}", join, status=404)
    third = (await admin.post("/api/agents/ada/reset"))["link"].rpartition("/")[2]
    office.world.clock.forward(24 * 3600)
    assert (await guest.call("GET", f"/api/invitations/{third}")).status == 404


async def test_a_reset_ends_sessions_and_the_old_password_as_soon_as_the_link_is_made(office: Office) -> None:
    admin, ada = await office.browser("max"), await office.browser("ada")
    socket = await ada.live()
    token = (await admin.post("/api/agents/ada/reset"))["link"].rpartition("/")[2]
    await closes_as_signed_out(socket)
    assert (await ada.call("GET", "/api/session")).status == 401
    body = {"email": "ada@example.org", "password": PASSWORD}
    assert (await office.client().post("/api/session", json=body)).status == 401
    agents = {agent["id"]: agent for agent in (await admin.get("/api/agents"))["items"]}
    assert agents["ada"]["presence"] == "offline"
    join = {"name": "Ada", "password": "another good one"}
    await Browser(office.client()).post(f"/api/invitations/{token}", join)
    new = body | {"password": join["password"]}
    assert (await office.client().post("/api/session", json=new)).status == 200


async def test_nobody_shuts_themselves_out_with_a_reset(office: Office) -> None:
    admin = await office.browser("max")
    refused = await admin.post("/api/agents/max/reset", status=409)
    assert refused["error"]["code"] == "own_reset"
    await admin.get("/api/session")


async def test_taking_a_role_away_signs_out_and_giving_one_does_not(office: Office) -> None:
    admin, ada = await office.browser("max"), await office.browser("ada")
    await admin.patch("/api/agents/ada", {"roles": ["agent", "publisher"]})
    await ada.get("/api/session")
    socket = await ada.live()
    await admin.patch("/api/agents/ada", {"roles": ["agent"]})
    await closes_as_signed_out(socket)
    assert (await ada.call("GET", "/api/session")).status == 401


async def test_a_role_of_former_versions_is_not_given_any_more(office: Office) -> None:
    admin = await office.browser("max")
    refused = await admin.post("/api/agents", NEW | {"roles": ["editor"]}, status=422)
    assert refused["error"]["field"] == "roles[0]"


async def test_a_short_password_and_a_taken_address_are_refused(office: Office) -> None:
    admin = await office.browser("max")
    token = (await admin.post("/api/agents/ada/reset"))["link"].rpartition("/")[2]
    short = await admin.post(f"/api/invitations/{token}", {"name": "Ada", "password": "short"}, status=422)
    assert short["error"]["field"] == "password"
    taken = await admin.post("/api/agents", NEW | {"email": "ADA@example.org"}, status=422)
    assert taken["error"]["field"] == "email"


async def test_deactivating_signs_out_closes_sockets_and_gives_back_what_was_held(office: Office) -> None:
    admin, ada = await office.browser("max"), await office.browser("ada")
    path = f"/api/conversations/{(await office.visitor_says()).conversation}"
    await ada.post(f"{path}/take")
    socket = await ada.live()
    await admin.patch("/api/agents/ada", {"active": False})
    await closes_as_signed_out(socket)
    assert (await ada.call("GET", "/api/session")).status == 401
    assert (await admin.get(path))["summary"]["handler"]["kind"] == "queue"
    body = {"email": "ada@example.org", "password": PASSWORD}
    assert (await office.client().post("/api/session", json=body)).status == 401
    await admin.patch("/api/agents/ada", {"active": True})
    assert (await office.client().post("/api/session", json=body)).status == 200


async def test_somebody_must_stay_administrator(office: Office) -> None:
    admin = await office.browser("max")
    for change in ({"active": False}, {"roles": ["agent"]}):
        refused = await admin.patch("/api/agents/max", change, status=409)
        assert refused["error"]["code"] == "last_administrator"


async def test_a_supervisor_sets_skills_and_capacity_but_not_roles(office: Office) -> None:
    sue = await office.browser("sue")
    skill = await sue.post("/api/skills", {"name": "French"}, status=201)
    change = {"skills": [{"skill": skill["id"], "level": 4}], "capacity": 6}
    changed = await sue.patch("/api/agents/ada", change)
    assert (changed["skills"], changed["capacity"]) == (change["skills"], 6)
    await sue.patch("/api/agents/ada", {"roles": ["administrator"]}, status=403)
    unknown = await sue.patch("/api/agents/ada", {"skills": [{"skill": "x", "level": 1}]}, status=422)
    assert unknown["error"]["field"] == "skills[0].skill"
    beyond = {"skills": [{"skill": skill["id"], "level": 6}]}
    assert (await sue.patch("/api/agents/ada", beyond, status=422))["error"]["field"] == "skills[0].level"


async def test_the_list_of_agents_says_who_is_there(office: Office) -> None:
    ada = await office.browser("ada")
    agents = (await ada.get("/api/agents"))["items"]
    assert [agent["name"] for agent in agents] == ["Ada", "Bob", "Eve", "Max", "Sue"]
    assert "password_hash" not in agents[0]


async def test_who_may_not_is_told_so_and_counted(office: Office) -> None:
    for agent, asked in REFUSED.items():
        browser = await office.browser(agent)
        for method, path in asked:
            response = await browser.call(method, path, {})
            assert response.status == 403, f"{agent}: {method} {path}"
            assert (await response.json())["error"]["code"] == "forbidden"
    assert office.refused["forbidden"] == sum(len(asked) for asked in REFUSED.values())


async def test_every_route_but_the_door_needs_a_session(office: Office) -> None:
    client = office.client()
    for route in office.console.routes:
        if route.permission.value in {"public", "shop"}:
            continue
        path = route.path.replace("{seq}", "1").replace("{", "").replace("}", "")
        response = await client.request(route.method, path)
        assert response.status == 401, f"{route.method} {route.path}"


async def test_every_change_needs_the_csrf_token(office: Office) -> None:
    admin = await office.browser("max")
    admin.csrf = "made-up"
    for route in office.console.routes:
        if route.permission.value == "public" or route.method == "GET":
            continue
        path = route.path.replace("{", "").replace("}", "")
        response = await admin.call(route.method, path)
        assert response.status == 403, f"{route.method} {route.path}"
