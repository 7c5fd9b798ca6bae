"""Signing in: who is let in, who is not, and how often one may try."""

import pytest

from console.auth.attempts import Attempts
from console.auth.errors import WrongPassword
from console.settings import SignInLimits
from core.errors import TooOften
from core.limits import InProcessRateLimits
from tests.builders import ManualClock
from tests.console.conftest import PASSWORD, Browser, Office


async def test_signing_in_gives_a_session_that_scripts_cannot_read(office: Office) -> None:
    client = office.client()
    body = {"email": " Ada@Example.org ", "password": PASSWORD}
    response = await client.post("/api/session", json=body)
    session = await response.json()
    assert session["agent"]["name"] == "Ada"
    assert session["permissions"] == ["answer", "read", "signed_in"]
    load = {"weight": 1, "interruptible": False}
    assert session["kinds"]["widget"] == {"anonymous": True, "starts": True, "threads": False, **load}
    assert session["kinds"]["email"] == {"anonymous": False, "starts": True, "threads": True, **load}
    cookie = response.cookies["parley_session"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert (await (await client.get("/api/session")).json())["csrf"] == session["csrf"]


async def test_a_wrong_password_and_an_unknown_account_look_the_same(office: Office) -> None:
    client = office.client()
    answers = []
    for email in ("ada@example.org", "nobody@example.org"):
        response = await client.post("/api/session", json={"email": email, "password": "wrong"})
        answers.append((response.status, await response.json()))
    assert answers[0] == answers[1]
    assert answers[0][0] == 401
    assert answers[0][1]["error"]["code"] == "wrong_password"
    assert office.refused["wrong_password"] == 2


async def test_wrong_passwords_for_one_account_from_one_address_are_limited_until_time_has_passed(
    office: Office,
) -> None:
    client = office.client()
    wrong = {"email": "ada@example.org", "password": "wrong"}
    right = {"email": "ada@example.org", "password": PASSWORD}
    for _ in range(5):
        assert (await client.post("/api/session", json=wrong)).status == 401
    limited = await client.post("/api/session", json=right)
    assert limited.status == 429
    assert (await limited.json())["error"]["code"] == "rate"
    assert int(limited.headers["Retry-After"]) == 60
    office.world.clock.forward(60)
    assert (await client.post("/api/session", json=right)).status == 200


async def is_let_in(attempts: Attempts, address: str) -> bool:
    """Whether another attempt at Ada's account is looked at at all."""
    try:
        async with attempts.attempt("ada@example.org", address):
            return True
    except TooOften:
        return False


async def guess_wrong(attempts: Attempts, address: str) -> None:
    with pytest.raises(WrongPassword):
        async with attempts.attempt("ada@example.org", address):
            raise WrongPassword


async def test_who_guesses_from_a_whole_network_of_ipv6_gets_no_further_than_from_one_address() -> None:
    attempts = Attempts(InProcessRateLimits(ManualClock()), SignInLimits())
    for number in range(5):
        await guess_wrong(attempts, f"2001:db8:1:2::{number:x}")
    assert not await is_let_in(attempts, "2001:db8:1:2::ffff")
    assert await is_let_in(attempts, "2001:db8:1:3::1")


async def test_a_stranger_elsewhere_cannot_lock_the_owner_of_an_account_out(office: Office) -> None:
    attempts = Attempts(InProcessRateLimits(office.world.clock), SignInLimits())
    for _ in range(5):
        await guess_wrong(attempts, "stranger")
    assert not await is_let_in(attempts, "stranger")
    assert await is_let_in(attempts, "home")


async def test_one_account_cannot_be_guessed_for_long_from_many_addresses(office: Office) -> None:
    attempts = Attempts(InProcessRateLimits(office.world.clock), SignInLimits())
    for number in range(50):
        await guess_wrong(attempts, f"address{number % 10}")
    assert not await is_let_in(attempts, "another")
    office.world.clock.forward(10)
    assert await is_let_in(attempts, "another")


async def test_wrong_passwords_from_one_address_are_limited_whatever_the_account(office: Office) -> None:
    client = office.client()
    for number in range(30):
        body = {"email": f"guess{number}@example.org", "password": "wrong"}
        assert (await client.post("/api/session", json=body)).status == 401
    body = {"email": "ada@example.org", "password": PASSWORD}
    assert (await client.post("/api/session", json=body)).status == 429


async def test_right_passwords_are_not_counted(office: Office) -> None:
    client = office.client()
    body = {"email": "ada@example.org", "password": PASSWORD}
    for _ in range(12):
        assert (await client.post("/api/session", json=body)).status == 200


async def test_signing_in_again_ends_the_session_that_the_browser_had(office: Office) -> None:
    ada = await office.browser("ada")
    old = ada.client.session.cookie_jar.filter_cookies(ada.client.make_url("/"))["parley_session"].value
    await ada.sign_in("ada")
    thief = office.client()
    response = await thief.get("/api/session", cookies={"parley_session": old})
    assert response.status == 401
    assert office.refused["signed_out_revoked"] == 1


async def test_a_request_without_a_session_or_with_a_made_up_one_is_refused(office: Office) -> None:
    client = office.client()
    assert (await client.get("/api/conversations")).status == 401
    response = await client.get("/api/conversations", cookies={"parley_session": "made-up"})
    assert (await response.json())["error"]["code"] == "signed_out"
    assert office.refused == {"signed_out_missing": 1, "signed_out_unknown": 1}


async def test_a_change_without_the_csrf_token_is_refused(office: Office) -> None:
    ada = await office.browser("ada")
    for token in ("", "made-up"):
        ada.csrf = token
        response = await ada.call("PUT", "/api/presence", {"state": "away"})
        assert response.status == 403
        assert (await response.json())["error"]["code"] == "csrf"
    assert office.refused["csrf"] == 2


async def test_a_change_asked_for_by_another_sites_page_is_refused(office: Office) -> None:
    ada = await office.browser("ada")
    evil = {"Origin": "https://evil.example"}
    response = await ada.call("PUT", "/api/presence", {"state": "away"}, headers=evil)
    assert response.status == 403
    body = {"email": "ada@example.org", "password": PASSWORD}
    assert (await office.client().post("/api/session", json=body, headers=evil)).status == 403
    assert office.refused["origin"] == 2


async def test_a_session_ends_when_it_is_not_used_for_long(office: Office) -> None:
    ada = await office.browser("ada")
    office.world.clock.forward(11 * 3600)
    await ada.get("/api/session")
    office.world.clock.forward(11 * 3600)
    await ada.get("/api/session")
    office.world.clock.forward(12 * 3600)
    assert (await ada.call("GET", "/api/session")).status == 401
    assert office.refused["signed_out_expired"] == 1


async def test_a_session_ends_after_two_weeks_however_much_it_is_used(office: Office) -> None:
    ada = await office.browser("ada")
    for _ in range(14 * 3 - 1):
        office.world.clock.forward(8 * 3600)
        await ada.get("/api/session")
    office.world.clock.forward(8 * 3600)
    assert (await ada.call("GET", "/api/session")).status == 401


async def test_signing_out_ends_the_session_and_takes_the_cookie(office: Office) -> None:
    ada = await office.browser("ada")
    await ada.delete("/api/session")
    assert (await ada.call("GET", "/api/session")).status == 401


async def test_who_has_signed_out_everywhere_is_offline(office: Office) -> None:
    here, there, bob = [await office.browser(name) for name in ("ada", "ada", "bob")]
    for browser, presence in ((here, "available"), (there, "offline")):
        await browser.delete("/api/session")
        agents = (await bob.get("/api/agents"))["items"]
        assert agents[0]["presence"] == presence


async def test_changing_the_password_asks_for_the_old_one_and_ends_the_other_sessions(office: Office) -> None:
    here, there = await office.browser("ada"), await office.browser("ada")
    new = "a much better password"
    wrong = await here.put("/api/me", {"password": {"old": "wrong", "new": new}}, status=422)
    assert wrong["error"]["field"] == "password.old"
    await here.put("/api/me", {"password": {"old": PASSWORD, "new": new}})
    await here.get("/api/session")
    assert (await there.call("GET", "/api/session")).status == 401
    await Browser(office.client()).sign_in("ada", new)


async def test_a_person_changes_their_own_language_and_name(office: Office) -> None:
    ada = await office.browser("ada")
    me = await ada.put("/api/me", {"language": "zh", "name": " Ada L. "})
    assert (me["language"], me["name"]) == ("zh", "Ada L.")
    bad = await ada.put("/api/me", {"language": "not a tag"}, status=422)
    assert bad["error"]["field"] == "language"


async def test_a_name_is_one_line_whatever_was_sent(office: Office) -> None:
    ada = await office.browser("ada")
    for name in ("Ada\r\nBcc: all", "\x1b[2J", " "):
        refused = await ada.put("/api/me", {"name": name}, status=422)
        assert refused["error"]["field"] == "name"
    assert (await ada.put("/api/me", {"name": "A\x00da"}))["name"] == "Ada"


async def test_a_body_that_is_no_utf_8_is_malformed(office: Office) -> None:
    ada = await office.browser("ada")
    headers = {"Content-Type": "application/json"}
    for body in (b'{"name":"\xff\xfe"}', b'{"name":"\xed\xa0\x80"}', b"\x00"):
        answer = await ada.call("PUT", "/api/me", data=body, headers=headers)
        assert answer.status == 422
        assert (await answer.json())["error"]["code"] == "malformed"


async def test_presence_is_set_with_a_reason(office: Office) -> None:
    ada = await office.browser("ada")
    me = await ada.put("/api/presence", {"state": "away", "reason": "lunch"})
    assert (me["presence"], me["presence_reason"]) == ("away", "lunch")
    refused = await ada.put("/api/presence", {"state": "not_responding"}, status=422)
    assert refused["error"]["field"] == "state"
