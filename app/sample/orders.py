"""What the lamp shop sold of late, and what two customers want back."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import NamedTuple

from sqlalchemy import select

from app.sample.past import back_then
from core.ids import AgentId, ConversationId, OrderRequestId
from core.order import Instruction, OrderItem, OrderState, Owner, Refund, SendBack, Wish
from core.order_rules import OrderSettings
from core.ordering.approving import Told, Verdict, decide
from core.ordering.changing import carry_out
from core.ordering.importing import GivenOrder, put_orders
from core.store.tables.conversation import conversation
from core.store.tables.orders import order_request
from core.store.tables.people import contact_point
from core.store.tx import Tx

AMARA = "chat:amara"
_COURIER = timedelta(days=3)

HARBOUR = ("Harbour table lamp, sage", 12900)
READING = ("Reading lamp Nora", 8900)
FLOOR = ("Floor lamp Arc", 24900)
SMART = ("Smart lamp Pixel", 7900)
BULB = ("LED bulb E27, warm", 650)
MONSTERA = ("Monstera deliciosa, 60 cm", 3900)
FICUS = ("Ficus lyrata, 90 cm", 5900)
SOIL = ("Airy soil, 5 l", 890)


class Sold(NamedTuple):
    """``days`` ago; ``items``: what, its price and how many; ``owner``: an e-mail address, or a name at a site."""

    number: str
    state: OrderState
    days: int
    items: tuple[tuple[tuple[str, int], int], ...]
    address: str
    owner: str
    tracking: str | None = None


SOLD = (
    Sold(
        "LL-20431", OrderState.PLACED, 0, ((HARBOUR, 1),), "Amara Diallo\nLindenweg 4\n20095 Hamburg", AMARA
    ),
    Sold(
        "LL-20166",
        OrderState.SHIPPED,
        2,
        ((BULB, 6), (SOIL, 2)),
        "Amara Diallo\nLindenweg 4\n20095 Hamburg",
        AMARA,
        "DE-4471-0098",
    ),
    Sold(
        "LL-19874",
        OrderState.DELIVERED,
        16,
        ((READING, 1), (BULB, 2)),
        "Amara Diallo\nLindenweg 4\n20095 Hamburg",
        AMARA,
        "DE-4470-5521",
    ),
    Sold(
        "LL-18302",
        OrderState.DELIVERED,
        70,
        ((MONSTERA, 1),),
        "Amara Diallo\nLindenweg 4\n20095 Hamburg",
        AMARA,
        "DE-4466-1020",
    ),
    Sold(
        "LL-20417",
        OrderState.PACKED,
        1,
        ((FLOOR, 1),),
        "Marta Silva\nRua das Flores 12\n1200 Lisboa",
        "marta.silva@example.com",
    ),
    Sold(
        "LL-20388",
        OrderState.SHIPPED,
        3,
        ((READING, 2),),
        "Priya Shah\n18 Mill Lane\nLeeds LS1 4AB",
        "priya.shah@example.com",
        "GB-8812-7740",
    ),
    Sold(
        "LL-20377",
        OrderState.PLACED,
        4,
        ((FLOOR, 1),),
        "陈静\n南京西路 1266 号\n200040 上海",
        "chen.jing@example.com",
    ),
    Sold(
        "LL-10234",
        OrderState.SHIPPED,
        5,
        ((READING, 1),),
        "Nina Roth\nAm Hang 3\n50667 Köln",
        "nina.roth@example.com",
        "DE-4471-2201",
    ),
    Sold(
        "LL-20871",
        OrderState.PACKED,
        1,
        ((SMART, 2),),
        "Ben Adler\nParkstraße 8\n80331 München",
        "ben.adler@example.com",
    ),
    Sold(
        "LL-48213",
        OrderState.DELIVERED,
        12,
        ((FICUS, 1),),
        "Oliver Grant\n1 Elm Road\nYork YO1 7HH",
        "oliver.grant@example.com",
        "GB-8812-1133",
    ),
    Sold(
        "LL-10877",
        OrderState.PLACED,
        0,
        ((BULB, 10),),
        "Hannah Keller\nGartenweg 21\n04109 Leipzig",
        "hannah.keller@example.com",
    ),
    Sold(
        "LL-77120",
        OrderState.CANCELLED,
        8,
        ((HARBOUR, 1),),
        "Jonas Weber\nKastanienallee 5\n10435 Berlin",
        "jonas.weber@example.com",
    ),
    Sold(
        "LL-55012",
        OrderState.RETURNED,
        40,
        ((SMART, 1),),
        "李伟\n人民大道 200 号\n200003 上海",
        "li.wei@example.com",
    ),
    Sold(
        "LL-30456",
        OrderState.SHIPPED,
        2,
        ((MONSTERA, 1), (SOIL, 1)),
        "王芳\n天河路 385 号\n510620 广州",
        "wang.fang@example.com",
        "CN-7710-3345",
    ),
)


def add_orders(tx: Tx, agents: Mapping[str, AgentId]) -> None:
    """Through the same use cases as real ones, so that each has its history."""
    for sold in SOLD:
        with back_then(tx, timedelta(days=sold.days, hours=1)):
            put_orders(tx, [_given(tx, sold)])
    amara = _conversation(tx)
    sara, leah = agents["Sara Novak"], agents["Leah Okafor"]
    with back_then(tx, timedelta(days=2)):
        _ask(tx, "LL-48213", Refund("Two leaves were broken", 1500), Instruction("sample-1", by=sara))
        request = tx.conn.execute(select(order_request.c.id)).scalar_one()
        verdict = Verdict(accepted=True, reason="", by=leah, administers=False)
        decide(tx, OrderRequestId(request), verdict, OrderSettings(), _nothing)
    with back_then(tx, timedelta(hours=2)):
        _ask(
            tx,
            "LL-19874",
            SendBack("The shade is darker than in the picture"),
            Instruction("sample-2", amara),
        )
        _ask(tx, "LL-19874", Refund("The lamp goes back", None), Instruction("sample-3", amara))
    with back_then(tx, timedelta(hours=1)):
        _ask(tx, "LL-30456", Refund("一片叶子在运输中折断", 1200), Instruction("sample-4", by=sara))


def _given(tx: Tx, sold: Sold) -> GivenOrder:
    there = sold.state in {OrderState.DELIVERED, OrderState.RETURNED}
    items = tuple(OrderItem(name, count, price) for (name, price), count in sold.items)
    at_site = "@" not in sold.owner
    owner = Owner(user=sold.owner) if at_site else Owner(email=sold.owner)
    expected = (tx.now + _COURIER).date() if sold.state is OrderState.SHIPPED else None
    return GivenOrder(
        sold.number,
        sold.state,
        tx.now,
        "EUR",
        items,
        sold.address,
        owner,
        _day(expected),
        sold.tracking,
        tx.now + _COURIER if there else None,
    )


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _conversation(tx: Tx) -> ConversationId:
    """Amara's, whom the site's token named."""
    hers = select(contact_point.c.contact_id).where(contact_point.c.address == AMARA).scalar_subquery()
    found = select(conversation.c.id).where(conversation.c.contact_id == hers)
    return ConversationId(tx.conn.execute(found).scalars().first() or "")


def _ask(tx: Tx, number: str, wish: Wish, instruction: Instruction) -> None:
    carry_out(tx, number, None, instruction, wish, OrderSettings())


def _nothing(_told: Told, _language: str | None) -> str:
    return ""
