"""Canned replies of the sample company: shortcut, then for each language a title and the text."""

from typing import NamedTuple


class Canned(NamedTuple):
    shortcut: str
    language: str
    title: str
    text: str


CANNED = (
    Canned(
        "hello",
        "en",
        "Greeting",
        "Hello! Thank you for writing to Lumen & Leaf. I'm having a look right now.",
    ),
    Canned("hello", "zh", "问候", "您好！感谢您联系 Lumen & Leaf，我马上为您查看。"),
    Canned(
        "number",
        "en",
        "Ask for the order number",
        "Could you tell me your order number, please? It begins with LL- and is in your order confirmation.",
    ),
    Canned(
        "number",
        "zh",
        "询问订单号",
        "请告诉我您的订单号，好吗？订单号以 LL- 开头，在订单确认邮件里可以找到。",
    ),
    Canned(
        "photo",
        "en",
        "Ask for a photo",
        "I'm sorry about that. Could you send me a photo of the damage and one of the box? "
        "Then I can send you a new one at once.",
    ),
    Canned(
        "photo",
        "zh",
        "请顾客发照片",
        "非常抱歉。请发一张破损处的照片和一张箱子的照片给我，我马上为您安排补发。",
    ),
    Canned(
        "return",
        "en",
        "How to return",
        "You can return it within 30 days: open My orders, choose the order and press Return items. "
        "You'll get the label right there.",
    ),
    Canned(
        "return",
        "zh",
        "如何退货",
        "30 天内都可以退货：请打开“我的订单”，选择订单，点击“退货”，就能得到退货标签。",
    ),
    Canned(
        "refund",
        "en",
        "Refund started",
        "I have started your refund. It arrives the way you paid, within 1 to 5 working days.",
    ),
    Canned("refund", "zh", "已办理退款", "已经为您办理退款，款项会在 1 至 5 个工作日内原路退回。"),
    Canned("moment", "en", "One moment", "One moment, please. I'm checking that for you."),
    Canned("moment", "zh", "请稍等", "请稍等，我正在为您查询。"),
    Canned("bye", "en", "Goodbye", "Is there anything else I can do for you? If not, have a bright day!"),
    Canned("bye", "zh", "告别", "还有什么可以帮您的吗？如果没有，祝您生活愉快！"),
)
