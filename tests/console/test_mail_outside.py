"""What is on the outside of mails, as an open console gets it."""

from dataclasses import replace

import pytest

from core.message import Delivery, DeliveryState, Envelope, Party
from core.receive import receive_message
from core.reply import set_delivery
from core.store.messages import set_envelope
from core.store.tx import Tx
from tests.builders import an_inbound
from tests.console.conftest import Office, frame_of
from tests.console.letters import a_mailbox, held, letter


@pytest.fixture
async def post(office: Office) -> Office:
    await office.world.db.run(a_mailbox)
    return office


async def test_what_of_a_mail_may_be_missing_is_told(post: Office) -> None:
    def cut(tx: Tx) -> str:
        outside = Envelope("Long", Party("ann@example.org"), problems=("nesting", "text_cut"))
        mail = replace(an_inbound("long", key="long", inbox="mail"), envelope=outside)
        return receive_message(tx, mail).conversation

    conversation = await post.world.db.run(cut)
    ada = await post.browser("ada")
    [mail] = (await ada.get(f"/api/conversations/{conversation}"))["messages"]
    assert mail["envelope"]["problems"] == ["nesting", "text_cut"]


async def test_an_open_console_hears_who_gets_a_reply_when_it_leaves(post: Office) -> None:
    ada = await post.browser("ada")
    path = await held(ada, await letter(post, "first"))
    reply = await ada.post(f"{path}/messages", {"key": "k", "kind": "reply", "text": "Hi"}, status=201)
    position = (await ada.get(path))["position"]
    socket = await ada.live()
    topic = path.replace("/api/conversations/", "conversation:")
    await socket.send_json({"type": "subscribe", "topic": topic, "n": position})
    await frame_of(socket, "viewing")

    def leaves(tx: Tx) -> None:
        """As the dispatcher lets it go."""
        set_delivery(tx, reply["id"], Delivery(DeliveryState.SENDING), frozenset(DeliveryState))
        outside = Envelope("Re: Lamp", Party("help@example.org"), (Party("ann@example.org"),))
        set_envelope(tx, reply["id"], replace(outside, copies=(Party("ben@example.org"),)))

    await post.world.db.run(leaves)
    told = (await frame_of(socket, "event"))["event"]
    assert (told["kind"], told["state"]) == ("delivery", "sending")
    assert [party["address"] for party in told["envelope"]["to"]] == ["ann@example.org"]
    assert [party["address"] for party in told["envelope"]["copies"]] == ["ben@example.org"]
    assert (await ada.get(path))["messages"][1]["envelope"] == told["envelope"]
    await socket.close()
