"""The sample company's brand, and what its categories are about: what its help center looks like."""

from sqlalchemy import select, update

from app.sample.inboxes import CHAT, COLOUR, WEB
from core.store.tables.knowledge import category
from core.store.tx import Tx
from knowledge.helpcenter.brand import EVERYWHERE, Brand
from knowledge.helpcenter.brands import Placed, add

_BRANDS = 100
LUMEN = Brand(
    id="lumen-leaf",
    name="Lumen & Leaf",
    colour=COLOUR,
    hosts=(EVERYWHERE,),
    languages=("en", "zh"),
    words={
        "en": {
            "title": "How can we help?",
            "lead": "Everything about your order, our lamps and your plants.",
        },
        "zh": {"title": "需要什么帮助？", "lead": "关于订单、灯具和植物养护的一切。"},
    },
)
ABOUT = {
    "Orders": ("Change, cancel or follow what you ordered.", "修改、取消或查询订单。"),
    "Shipping": ("When it comes, what it costs, and parcels that go astray.", "送达时间、运费以及包裹问题。"),
    "Returns and refunds": ("Send something back, and get your money back.", "退货、换货与退款。"),
    "Payment": ("Ways to pay, invoices, vouchers.", "付款方式、发票与优惠券。"),
    "Account": ("Your details, your password, your data.", "您的资料、密码与数据。"),
    "Lamps": ("Bulbs, smart lamps, and what to do when one stays dark.", "灯泡、智能灯及故障处理。"),
    "Plants": ("Water, light, pets, and plants that arrive unwell.", "浇水、光照、宠物安全与植物受损。"),
    "Products": ("Sizes, materials and guarantees.", "尺寸、材质与保修。"),
    "About us": ("Our shop and when we are there.", "门店与营业时间。"),
}


def add_brand(tx: Tx) -> None:
    """Once the inboxes and the articles are there."""
    add(tx, Placed(LUMEN, (WEB, CHAT)), _BRANDS)
    for row in tx.conn.execute(select(category.c.id, category.c.names)).all():
        about = ABOUT.get(row.names.get("en", ""))
        if about is not None:
            told = update(category).where(category.c.id == row.id)
            tx.conn.execute(told.values(descriptions={"en": about[0], "zh": about[1]}))
