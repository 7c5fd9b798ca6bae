"""What is on the outside of mails, as an open console gets it."""

from dataclasses import replace

import pytest

from core.message import Envelope, Party
from core.receive import receive_message
from core.store.tx import Tx
from tests.builders import an_inbound
from tests.console.conftest import Office
from tests.console.letters import a_mailbox


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
