"""Conversations as they are: what customers and agents write, in English and Chinese, and what of it names somebody.

Made up; numbers of cards are those that card companies give out for tests.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Talk:
    """``name``: of the contact, None where nobody knows it. ``secrets`` must not be shown, ``kept`` must."""

    name: str | None
    said: tuple[str, ...]
    answer: str
    secrets: tuple[str, ...]
    kept: tuple[str, ...] = ()


ENGLISH = (
    Talk(
        None,
        (
            "Hi there, this is Priya from Leeds",
            "can you engrave a watering can? my order is LL-10442, card 4242 4242 4242 4242 exp 04/28 cvc 123",
        ),
        "Hi Priya,\n\nyes, we engrave watering cans for 5 euros. Your order LL-10442 can still be changed.\n\nBest wishes,\nTomasz",
        ("Priya", "LL-10442", "10442", "4242", "04/28", "123", "Tomasz"),
        ("engrave watering cans for 5 euros",),
    ),
    Talk(
        "Jonas Weber",
        (
            "Could you engrave the name Mia on it? Call me on +49 (0)170 555 12 34 or write to jonas (at) example.com",
        ),
        "Dear Mr Weber,\nengraving is possible within 14 days. I have noted 0170/5551234.\nKind regards\nMei Lin\nLumen & Leaf",
        ("Jonas", "Weber", "170", "555", "5551234", "example.com", "Mei Lin"),
        ("engraving is possible within 14 days",),
    ),
    Talk(
        None,
        (
            "My name is Anne-Marie O'Neill, please engrave it on lamp",
            "sorry, O'Neill here again. password is Sunflower77!",
        ),
        "Hello Anne-Marie,\nwe engrave up to 20 letters. Mrs O'Neill, I have reset it; your code is 88-41-07.",
        ("Anne-Marie", "O'Neill", "Neill", "Sunflower77", "88-41-07"),
        ("we engrave up to 20 letters",),
    ),
    Talk(
        "visitor",
        (
            "do you engrave?? order #4711, ring 020 7946 0018. its for my wife Chloe Brown (chloe.brown+gift@example.co.uk)",
        ),
        "Hi! Yes, engraving takes 3 days.\nChloe will get it by post: 221B Baker Street, London NW1 6XE. IBAN GB29 NWBK 6016 1331 9268 19.",
        (
            "4711",
            "7946",
            "0018",
            "chloe.brown",
            "example.co.uk",
            "221B",
            "Baker",
            "NW1 6XE",
            "6016",
            "9268",
        ),
        ("engraving takes 3 days",),
    ),
    Talk(
        None,
        (
            "engraving pls. card: 5555-5555.5555/4444 , amex 3782 822463 10005; wechat: leafy_lamp88; I am called Bo Chen",
        ),
        "Dear Bo,\r\nwe engrave in gold, too.\r\nIf you pay with 4111\n1111\n1111\n1111 it is booked today.\r\nCheers, Bo's team",
        ("5555", "4444", "3782", "822463", "10005", "leafy_lamp88", "Bo", "4111", "1111"),
        ("we engrave in gold, too",),
    ),
)
CHINESE = (
    Talk(
        None,
        ("你好，我叫林晓梅，想问一下能不能刻字", "订单号 LL10442，手机 138 0013 8000，急"),
        "林晓梅女士，您好！\n可以刻字，每盏灯五元，三天内发货。\n晓梅，订单LL10442已备注，稍后致电13800138000。\n客服 王芳",
        ("林晓梅", "晓梅", "10442", "138", "8000", "王芳"),
        ("可以刻字，每盏灯五元，三天内发货",),
    ),
    Talk(
        "张伟",
        ("请问能刻字吗？银行卡 6222 0200 0000 0000 005 ，验证码：845912，密码是abc123",),
        "张先生您好，刻字最多二十个字。\n请勿提供卡号6222020000000000005。微信：zhangwei_2020 已记录。\n祝好\n李娜",
        ("张伟", "张先生", "6222", "845912", "abc123", "zhangwei_2020", "李娜"),
        ("刻字最多二十个字",),
    ),
    Talk(
        None,
        (
            "我姓欧阳，能刻字吗，寄到上海市浦东新区世纪大道100号3楼301室，收件人：陈小明，电话021-58887777转802",
        ),
        "欧阳女士，可以刻字，工期两天。\n已寄往世纪大道100号3楼301室，收件人陈小明。快递单号SF1234567890123。\n邮箱 chenxm＠example．cn 已更新。",
        (
            "欧阳",
            "世纪大道",
            "301室",
            "陈小明",
            "58887777",
            "802",
            "SF1234567890123",
            "chenxm",
            "example",
        ),
        ("可以刻字，工期两天",),
    ),
    Talk(
        "Li Na 李娜",
        ("刻字服务怎么收费？QQ：123456789，身份证11010519491231002X，车牌沪A12345",),
        "李娜您好：\n刻字免费。\n娜娜您的微信 lina88 收到了。卡尾号 4242-4242-4242-4242。\n此致\n敬礼\n赵敏",
        ("李娜", "123456789", "1101051949", "1231002X", "lina88", "4242", "赵敏", "A12345"),
        ("刻字免费",),
    ),
)
