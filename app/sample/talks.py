"""What was said on Telegram and on the chat page of the sample: places, cards, voices, edits, a block, ratings."""

from dataclasses import dataclass, field
from datetime import timedelta

from channels.live.rating import Rated
from core.message import Location, SharedContact


@dataclass(frozen=True, slots=True)
class File:
    """One of ``app/sample/files``."""

    name: str


@dataclass(frozen=True, slots=True)
class Answering:
    """Quotes what was said before, counted back from here: 1 is the message before this one."""

    back: int


@dataclass(frozen=True, slots=True)
class Says:
    """The customer; ``corrected`` is how they put the words a minute later."""

    parts: tuple[str | File | Answering | Location | SharedContact, ...]
    corrected: str | None = None


@dataclass(frozen=True, slots=True)
class Replies:
    """The agent; ``lost``: why it did not arrive, or why nobody knows that it did."""

    text: str
    lost: str | None = None
    certain: bool = True


@dataclass(frozen=True, slots=True)
class Talk:
    """One conversation; ``address`` is the customer's on the kind of its inbox.

    ``proven``: the site's token named them. ``blocked``: they no longer let us write. ``says``: an e-mail address that
    they left and nobody has proven.
    """

    inbox: str
    address: str
    name: str
    language: str
    ago: timedelta
    agent: str
    lines: tuple[Says | Replies, ...]
    context: dict[str, str] = field(default_factory=dict)
    public: bool = False
    proven: bool = False
    says: str | None = None
    blocked: bool = False
    rated: Rated | None = None
    open: bool = False


TELEGRAM = "telegram"
CHAT = "chat"

TALKS = (
    Talk(
        inbox=TELEGRAM,
        address="52810394",
        name="李伟",
        language="zh",
        ago=timedelta(hours=7),
        agent="Mei Lin",
        context={"start": "spring-plants"},
        lines=(
            Says(("我的龟被竹叶子发黄还破了",), corrected="我的龟背竹叶子发黄，还破了"),
            Says(("这是照片", File("monstera.jpg"), File("leaf.jpg"))),
            Replies("李先生您好，我是 Mei。放在窗边哪里？方便说一下平时怎么浇水吗？"),
            Says((File("voice.wav"),)),
            Says((Answering(2), "朝南的窗边，每天浇一次")),
            Replies("那是浇水太多了：等表土干透再浇，移到明亮的散射光处。我给您补寄一袋透气土，寄到哪里？"),
            Says((Location(31.23037, 121.4737, "人民广场", "上海市黄浦区"),)),
            Says((File("sticker.webp"),)),
        ),
    ),
    Talk(
        inbox=TELEGRAM,
        address="77120465",
        name="Jonas Weber",
        says="jonas.weber@example.com",
        language="en",
        ago=timedelta(hours=3),
        agent="Tom Becker",
        lines=(
            Says(("The shade of my floor lamp came like this", File("lamp.jpg"))),
            Replies("Sorry about that, Jonas! A new shade leaves us today. Who can take the parcel?"),
            Says((Answering(1), "I am away until Friday, please give it to my neighbour")),
            Says((SharedContact("Carla Weiss", "+49 30 5550 1447"),)),
            Replies(
                "It goes to Carla Weiss. You get the tracking number here.", lost="no answer", certain=False
            ),
        ),
        open=True,
    ),
    Talk(
        inbox=TELEGRAM,
        address="61558820",
        name="Priya Shah",
        language="en",
        ago=timedelta(days=1, hours=2),
        agent="Sara Novak",
        lines=(
            Says(("Can I still change the colour of order LL-20388?",)),
            Replies("It has left our house already, Priya. You can send it back free of charge for 30 days."),
            Replies("Shall I prepare the label for you?", lost="Forbidden: bot was blocked by the user"),
        ),
        blocked=True,
        open=True,
    ),
    Talk(
        inbox=CHAT,
        address="sample-app-1",
        name="Amara Diallo",
        language="en",
        ago=timedelta(hours=5),
        agent="Tom Becker",
        proven=True,
        context={"page": "https://shop.lumenandleaf.example/lamps/harbour?colour=sage", "order": "LL-20431"},
        lines=(
            Says(("Does the Harbour lamp fit a 60 cm shelf?",)),
            Replies("Hello Amara, Tom here. Yes: its foot is 22 cm and the arm turns inwards."),
            Says(("Perfect, I have just ordered it.",)),
        ),
        rated=Rated(5, "Quick and friendly, and Tom knew the lamp."),
    ),
    Talk(
        inbox=CHAT,
        address="sample-app-3",
        name="Jonas W.",
        language="en",
        ago=timedelta(days=6),
        agent="Sara Novak",
        says="jonas.weber@example.com",
        context={"page": "https://shop.lumenandleaf.example/checkout"},
        lines=(
            Says(("Do you deliver on Saturdays?",)),
            Replies("Hello Jonas, in Berlin yes, elsewhere from Monday to Friday."),
        ),
        rated=Rated(4),
    ),
    Talk(
        inbox=CHAT,
        address="sample-app-2",
        name="陈静",
        language="zh",
        ago=timedelta(days=3),
        agent="Mei Lin",
        context={"page": "https://shop.lumenandleaf.example/zh/orders"},
        lines=(
            Says(("订单 LL-20377 怎么还没发货？",)),
            Replies("您好，这盏灯缺货到周五，非常抱歉没有提前告知您。"),
            Says(("好吧，下次请早点说",)),
        ),
        rated=Rated(2, "等了太久才有人告诉我缺货"),
    ),
)
