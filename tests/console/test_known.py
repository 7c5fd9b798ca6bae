"""What rules are offered to ask about: collected from what conversations had of late."""

from sqlalchemy import update

from console.settings import ConsoleSettings, KnownSettings
from core.store.forms import StoredHandoff
from core.store.tables.conversation import conversation
from core.store.tables.people import contact
from core.store.tx import Tx
from tests.console.conftest import Office, Serve


def _give(tx: Tx, attributes: dict[str, str], context: dict[str, str]) -> None:
    tx.conn.execute(update(contact).values(attributes=attributes))
    handoff = StoredHandoff("complaint", "", intent="order_status")
    tx.conn.execute(update(conversation).values(context=context, handoff=handoff, language="zh"))


async def test_a_supervisor_is_offered_what_conversations_had(office: Office) -> None:
    await office.visitor_says()
    await office.world.db.run(
        _give, {"tier": "gold"}, {"service": "repair", "page": "https://shop.example/" * 9}
    )
    sue = await office.browser("sue")
    found = await sue.get("/api/routing/known")
    assert found["languages"] == ["zh"]
    assert (found["intents"], found["reasons"]) == (["order_status"], ["complaint"])
    assert found["attributes"] == {"tier": ["gold"]}
    assert found["context"] == {"page": [], "service": ["repair"]}


async def test_what_is_different_for_everybody_is_offered_by_its_name_alone(serve: Serve) -> None:
    office = await serve(ConsoleSettings(known=KnownSettings(values=1)))
    await office.visitor_says(key="m1", visitor="v1")
    await office.world.db.run(_give, {"account": "1"}, {})
    await office.visitor_says(key="m2", visitor="v2")
    await office.world.db.run(_number)
    sue = await office.browser("sue")
    assert (await sue.get("/api/routing/known"))["attributes"] == {"account": []}


def _number(tx: Tx) -> None:
    for number, row in enumerate(tx.conn.execute(contact.select()).all()):
        tx.conn.execute(
            update(contact).where(contact.c.id == row.id).values(attributes={"account": str(number)})
        )


async def test_an_agent_is_not_told(office: Office) -> None:
    ada = await office.browser("ada")
    assert (await ada.call("GET", "/api/routing/known")).status == 403
