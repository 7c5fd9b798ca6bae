"""The live socket: what an agent's console hears, and when it hears nothing more."""

from typing import Any

import pytest
from aiohttp import ClientWebSocketResponse, WSMsgType, WSServerHandshakeError

from console.auth.secret import hash_of
from console.auth.sessions import Signed, find_sessions
from console.live.connection import TOO_SLOW, Connection
from console.settings import ConsoleSettings, LiveSettings
from core.bus import StateChanged, Transient
from core.connection import Care
from core.events import conversation_topic
from core.limits import Rate
from tests.console.conftest import Browser, Office, Serve, frame_of
from tests.core.deaf import Deaf


async def _open(office: Office, browser: Browser) -> tuple[ClientWebSocketResponse, str]:
    """A socket that follows a conversation which the agent holds, and the conversation's path."""
    received = await office.visitor_says()
    path = f"/api/conversations/{received.conversation}"
    await browser.post(f"{path}/take")
    detail = await browser.get(path)
    socket = await browser.live()
    topic = f"conversation:{received.conversation}"
    await socket.send_json({"type": "subscribe", "topic": topic, "n": detail["position"]})
    await frame_of(socket, "viewing")
    return socket, path


async def _closed(socket: ClientWebSocketResponse) -> int | None:
    while (await socket.receive(timeout=30)).type is WSMsgType.TEXT:
        pass
    return socket.close_code


async def test_a_message_comes_once_with_the_next_number(office: Office) -> None:
    ada = await office.browser("ada")
    socket, path = await _open(office, ada)
    before = (await ada.get(path))["position"]
    await office.visitor_says("Still there?", key="m2")
    frame = await frame_of(socket, "event")
    assert frame["n"] == before + 1
    assert frame["event"]["kind"] == "message"
    assert frame["event"]["message"]["parts"] == [{"type": "text", "text": "Still there?"}]
    await socket.close()


async def test_a_console_that_comes_back_gets_exactly_what_it_missed(office: Office) -> None:
    ada = await office.browser("ada")
    socket, path = await _open(office, ada)
    position = (await ada.get(path))["position"]
    await socket.close()
    for number in range(3):
        await office.visitor_says(f"{number}", key=f"k{number}")
    socket = await ada.live()
    topic = path.replace("/api/conversations/", "conversation:")
    await socket.send_json({"type": "subscribe", "topic": topic, "n": position})
    frames = [await frame_of(socket, "event") for _ in range(3)]
    assert [frame["n"] for frame in frames] == [position + 1, position + 2, position + 3]
    await socket.close()


async def test_a_console_that_missed_too_much_is_told_to_load_again(serve: Serve) -> None:
    office = await serve(ConsoleSettings(live=LiveSettings(replay=2)))
    ada = await office.browser("ada")
    received = await office.visitor_says()
    for number in range(5):
        await office.visitor_says(f"{number}", key=f"k{number}")
    socket = await ada.live()
    topic = f"conversation:{received.conversation}"
    await socket.send_json({"type": "subscribe", "topic": topic, "n": 1})
    assert (await frame_of(socket, "reload"))["topic"] == topic
    await socket.close()


async def test_every_console_hears_which_conversations_changed_and_the_new_counts(office: Office) -> None:
    ada, bob = await office.browser("ada"), await office.browser("bob")
    sockets = [await ada.live(), await bob.live()]
    received = await office.visitor_says("Hello")
    for socket in sockets:
        frame = await frame_of(socket, "changed")
        assert [item["id"] for item in frame["items"]] == [received.conversation]
        counts = await frame_of(socket, "counts")
        assert (counts["mine"], counts["queue"], counts["all"]) == (0, 1, 1)
    await ada.post(f"/api/conversations/{received.conversation}/take")
    assert (await frame_of(sockets[0], "counts"))["mine"] == 1
    for socket in sockets:
        await socket.close()


async def test_what_the_holder_has_open_is_not_unread(office: Office) -> None:
    ada = await office.browser("ada")
    socket, path = await _open(office, ada)
    await office.visitor_says("And?", key="m2")
    frame = await frame_of(socket, "changed")
    assert [item["unread"] for item in frame["items"] if item["id"] in path] == [0]
    await socket.close()


async def test_typing_and_looking_on_reach_the_others_and_are_not_stored(office: Office) -> None:
    ada, bob = await office.browser("ada"), await office.browser("bob")
    socket, path = await _open(office, ada)
    conversation = path.rpartition("/")[2]
    other = await bob.live()
    await other.send_json({"type": "subscribe", "topic": f"conversation:{conversation}", "n": 0})
    viewing = await frame_of(socket, "viewing")
    assert viewing["agents"] == [{"id": "ada", "name": "Ada"}, {"id": "bob", "name": "Bob"}]
    await other.send_json({"type": "typing", "conversation": conversation, "on": True})
    typing = await frame_of(socket, "typing")
    assert (typing["who"], typing["name"], typing["on"]) == ("agent", "Bob", True)
    topic = conversation_topic(conversation)  # type: ignore[arg-type]
    office.world.bus.publish(Transient(topic, "typing", {"who": "contact", "on": True}))
    assert (await frame_of(socket, "typing"))["who"] == "contact"
    await other.close()
    assert (await frame_of(socket, "viewing"))["agents"] == [{"id": "ada", "name": "Ada"}]
    await socket.close()


async def test_the_bots_state_comes_at_once_and_when_it_changes(office: Office) -> None:
    ada = await office.browser("ada")
    socket = await ada.live()
    assert (await frame_of(socket, "bot"))["engine"] == "rasa"
    office.world.bus.publish(StateChanged("bot", {}))
    await frame_of(socket, "bot")
    await socket.close()


async def test_presence_comes_on_the_agents_own_topic(office: Office) -> None:
    ada = await office.browser("ada")
    socket = await ada.live()
    await ada.put("/api/presence", {"state": "busy"})
    event = (await frame_of(socket, "event"))["event"]
    assert (event["kind"], event["presence"]) == ("presence", "busy")
    await socket.close()


async def test_the_load_follows_what_the_agent_holds(office: Office) -> None:
    ada = await office.browser("ada")
    socket, path = await _open(office, ada)
    await ada.post(f"{path}/resolve")
    assert (await frame_of(socket, "me", load=0))["capacity"] == 3
    await socket.close()


async def test_another_sites_page_gets_no_socket(office: Office) -> None:
    ada = await office.browser("ada")
    with pytest.raises(WSServerHandshakeError) as refused:
        await ada.live(headers={"Origin": "https://evil.example"})
    assert refused.value.status == 403
    assert office.refused["origin"] == 1


async def test_nobody_gets_a_socket_without_a_session(office: Office) -> None:
    with pytest.raises(WSServerHandshakeError) as refused:
        await office.client().ws_connect("/api/live")
    assert refused.value.status == 401


async def test_signing_out_closes_this_sessions_sockets_only(office: Office) -> None:
    here, there = await office.browser("ada"), await office.browser("ada")
    sockets = await here.live(), await there.live()
    await here.delete("/api/session")
    assert await _closed(sockets[0]) == 4401
    await sockets[1].send_json({"type": "ping"})
    await frame_of(sockets[1], "pong")
    await sockets[1].close()


async def test_a_session_that_expires_closes_its_socket(office: Office) -> None:
    ada = await office.browser("ada")
    socket = await ada.live()
    await frame_of(socket, "bot")
    office.world.clock.forward(15 * 86_400)
    await office.console.sockets.check_sessions()
    assert await _closed(socket) == 4401


WRONG = (
    ("{", "malformed", "frame"),
    ('{"x":' + "[" * 10_000, "malformed", "frame"),
    ('{"type": "dance"}', "invalid", "type"),
    ('{"type": "subscribe", "topic": "conversation:x"}', "invalid", "n"),
    ('{"type": "subscribe", "topic": "conversation:none", "n": 0}', "not_found", None),
    ('{"type": "subscribe", "topic": "agent:bob", "n": 0}', "forbidden", None),
    ('{"type": "subscribe", "topic": "settings", "n": 0}', "forbidden", None),
    ('{"type": "typing", "conversation": "none", "on": true}', "not_found", None),
    ("x" * 20_000, "too_large", "frame"),
)


async def test_a_wrong_frame_gets_an_error_and_the_socket_lives_on(office: Office) -> None:
    ada = await office.browser("ada")
    socket = await ada.live()
    for sent, code, field in WRONG:
        await socket.send_str(sent)
        error = await frame_of(socket, "error")
        assert (error["code"], error["field"]) == (code, field), sent[:50]
    await socket.send_json({"type": "ping"})
    await frame_of(socket, "pong")
    await socket.close()


async def test_a_socket_that_says_too_much_is_slowed_down(serve: Serve) -> None:
    office = await serve(ConsoleSettings(live=LiveSettings(frames=Rate(burst=3, per_s=1))))
    ada = await office.browser("ada")
    socket = await ada.live()
    for _ in range(4):
        await socket.send_json({"type": "ping"})
    error = await frame_of(socket, "error")
    assert (error["code"], error["retry_after_s"]) == ("rate", 1)
    assert office.refused["rate"] == 1
    await socket.close()


async def test_a_reader_that_does_not_keep_up_is_told_to_reload_and_let_go(office: Office) -> None:
    ada = await office.browser("ada")
    session: Signed = (await _sessions(office, ada))[0]
    deaf = Deaf()
    care = Care(office.world.supervisor, LiveSettings(queued=10).bounds, TOO_SLOW, lambda: None)
    connection = Connection(deaf, care, session, deaf.abort)
    for number in range(30):
        connection.give(f"{number}".encode())
    deaf.reads.set()
    await deaf.until_over()
    assert deaf.code == 4408
    assert deaf.sent == [b'{"type":"reload","topic":""}']


async def _sessions(office: Office, browser: Browser) -> list[Any]:
    jar = browser.client.session.cookie_jar.filter_cookies(browser.client.make_url("/"))
    keys = [hash_of(jar["parley_session"].value)]
    return list((await office.world.db.read(find_sessions, keys)).values())
