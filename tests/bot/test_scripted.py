"""The bot without Rasa: what it understands of real sentences in both languages, and whole conversations with it."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.contract import ORDER_FORM, Asked, Intent, PastTurn, Turn
from bot.phrases import asks_for_person, covering_intent, searched_intent
from bot.policy.settings import PolicySettings
from bot.proposals import LookupFailed
from bot.record import Thought, asked_by, outcome_of
from bot.reply import AskBack, HandOff, Line, Passage, Say, Suggest
from bot.thinking import Thinker
from bot.wording import articles_of
from core.ids import TurnId
from tests.bot.builders import (
    SmallKnowledge,
    a_past,
    a_turn,
    named,
    not_helped_asked,
    scripted,
    some_findings,
)

SENTENCES: dict[Intent, list[str]] = {
    Intent.GREET: [
        "Hi",
        "hello!!",
        "Hey there :)",
        "good evening",
        "Hi, anyone there?",
        "你好",
        "您好！",
        "在吗",
        "早上好呀",
    ],
    Intent.GOODBYE: [
        "bye",
        "ok bye then",
        "See you later!",
        "have a nice day",
        "再见",
        "好的，再见",
        "拜拜~",
    ],
    Intent.THANK: [
        "thanks",
        "Thank you so much!",
        "great, thanks a lot",
        "ok thx",
        "谢谢",
        "好的，谢谢您",
        "非常感谢！",
    ],
    Intent.AFFIRM: ["yes", "Yes please", "sure", "ok", "是的", "好的", "对", "嗯嗯"],
    Intent.DENY: [
        "no",
        "No, thank you",
        "nope",
        "never mind",
        "不用了",
        "不是",
        "算了吧",
        "I don't have the number",
        "没有订单号",
    ],
    Intent.BOT_CHALLENGE: [
        "are you a robot?",
        "Am I talking to a real person?",
        "who are you",
        "你是机器人吗？",
        "你是真人吗",
    ],
    Intent.TALK_TO_PERSON: [
        "I'd like to speak with someone from support",
        "Can you transfer me to a human agent please?",
        "let me talk to a real person",
        "HUMAN",
        "customer service",
        "this bot is useless, get me a person",
        "can someone call me back",
        "please call me",
        "no bots please",
        "I hate talking to a machine",
        "I need a human being",
        "I don't want to chat with a bot",
        "转人工客服",
        "人工",
        "我想跟真人聊",
        "请帮我接客服人员",
        "能不能换个人来",
        "你们有人工客服吗",
    ],
    Intent.COMPLAINT: [
        "I want to file a complaint",
        "Your service is terrible!",
        "I am extremely disappointed",
        "this is unacceptable",
        "我要投诉你们",
        "你们的服务太差了！",
        "气死我了，没人管",
    ],
    Intent.ORDER_STATUS: [
        "where is my order",
        "Where's my parcel?? It should be here by now",
        "when will my package arrive?",
        "can you track my shipment",
        "my lamp still has not arrived",
        "order status",
        "I want to check my order LL-10234",
        "has my order been shipped?",
        "LL-10234",
        "我的订单到哪了？",
        "查一下我的快递",
        "我的包裹怎么还没到",
        "什么时候能送到",
        "订单号是 LL-10234",
        "did 10234 arrive at your depot",
        "any news, is LL-10234 on its way",
        "10234寄了吗",
        "请问10234到哪里了",
    ],
}
SUBJECTS = {
    Intent.ORDER_CANCEL: [
        "please cancel my order",
        "can I cancel my order?",
        "cancle order LL-10234",
        "please don't ship 10234",
        "stop order LL-10234 please",
        "I don't want it any more, cancel order 10234",
        "I want order 10234 cancelled",
        "it is too late now, please cancel order 10234",
        "别给我发了，取消订单10234",
        "来不及了，请取消订单10234",
        "帮我取消了订单10234吧",
        "我要取消订单",
        "订单不要了",
    ],
    Intent.ORDER_CHANGE_ADDRESS: [
        "I entered the wrong address",
        "please send it to my office",
        "地址填错了",
        "帮我改一下收货地址",
    ],
    Intent.ORDER_RETURN: [
        "I want to return the lamp",
        "i'd like to send this back",
        "我要退货",
        "上周买的台灯想退掉",
        "这个灯我不喜欢，想退",
    ],
    Intent.ORDER_REFUND: ["I want my money back", "refund me please", "我要退款", "把钱退给我"],
    Intent.DELIVERY_PROBLEM: [
        "My lamp arrived broken",
        "you sent the wrong one",
        "收到的灯是碎的",
        "少发了一件",
    ],
    Intent.INVOICE: ["where is my invoice", "你好，请问怎么开发票"],
    Intent.PASSWORD: ["I forgot my password", "登录不了"],
    Intent.ACCOUNT: ["how do I create an account", "怎么注销账号"],
    Intent.OPENING_HOURS: ["what time do you close", "周日营业吗"],
    Intent.PRICE: ["how much is the floor lamp", "can I talk about prices for companies?", "台灯多少钱"],
}
"""What articles answer under a name of their own, or a form will."""

KNOWLEDGE = [
    "How do I return an item?",
    "what payment methods do you accept",
    "How long does delivery take?",
    "do you have a store in Berlin?",
    "How do I place an order?",
    "is there a warranty on the bulbs",
    "What does an agent of yours earn?",
    "how do I track a package?",
    "怎么查物流单号",
    "Do I need a person to install the lamp?",
    "Can I put the shade into the washing machine or is it not for a machine?",
    "Will the courier call me before delivery?",
    "does it work with my robot vacuum",
    "请问有人工植物吗",
    "换灯泡需要人工费吗",
    "Hello, how can I pay?",
    "怎么退货？",
    "收到两个星期了还可以退货吗",
    "货到了可以退吗",
    "灯还没拆可以退吗",
    "退货寄出了什么时候退款",
    "没用过的灯可以退吗",
    "how do I return something?",
    "when do I get my money back?",
    "可以用支付宝付款吗",
    "发货一般需要多久",
    "怎么取消订单",
    "灯泡有保修吗",
    "如何修改收货地址",
]
NO_CANCELLING = [
    "Please don't cancel order 10234",
    "I do not want to cancel my order",
    "my friend cancelled order 10234",
    "order 10234 was cancelled by the shop",
    "is it too late to cancel my order 10234?",
    "不要取消订单10234",
    "别把订单10234取消",
    "我朋友取消了订单10234",
    "现在取消订单还来得及吗",
]
"""Speaks of cancelling, and wants nothing cancelled."""


@pytest.mark.parametrize(
    ("text", "intent"), [(text, intent) for intent, texts in SENTENCES.items() for text in texts]
)
async def test_a_sentence_is_understood(text: str, intent: Intent) -> None:
    assert (await scripted().understand(a_turn(text))).intent == intent


@pytest.mark.parametrize(
    ("text", "intent"), [(text, intent) for intent, texts in SUBJECTS.items() for text in texts]
)
async def test_a_subject_has_its_name_and_its_articles(text: str, intent: Intent) -> None:
    knowledge = SmallKnowledge()
    assert (await scripted(knowledge).understand(a_turn(text))).intent == intent


@pytest.mark.parametrize("text", KNOWLEDGE)
async def test_every_other_question_goes_to_the_knowledge_base(text: str) -> None:
    knowledge = SmallKnowledge()
    understood = await scripted(knowledge).understand(a_turn(text))
    assert understood.intent == Intent.ASK_KNOWLEDGE
    assert knowledge.asked == [text]


@pytest.mark.parametrize("text", NO_CANCELLING)
async def test_who_does_not_want_to_cancel_is_not_taken_for_one_who_does(text: str) -> None:
    assert (await scripted().understand(a_turn(text))).intent != Intent.ORDER_CANCEL


async def test_that_did_not_help_means_it_only_after_an_answer() -> None:
    alone = await scripted().understand(a_turn("my gift card does not work"))
    after = await scripted().understand(a_turn("that doesn't help", history=(not_helped_asked(),)))
    assert alone.intent == Intent.ASK_KNOWLEDGE
    assert after.intent == Intent.NOT_HELPED


async def test_a_failing_knowledge_base_is_said_so() -> None:
    understood = await scripted(SmallKnowledge(fails=True)).understand(a_turn("How do I pay?"))
    assert understood.proposals == (LookupFailed("knowledge"),)


@given(st.text(alphabet="aeit 找转人工客服orbperson没有,。?!/ \n", max_size=400))
@settings(max_examples=60)
def test_no_text_takes_the_patterns_long(text: str) -> None:
    """Patterns that could explode would run into the test's own deadline."""
    covering_intent(text)
    searched_intent(text)


@pytest.mark.parametrize(
    "text", ["ok " * 4000, "好的" * 4000, "connect " * 2000, "a" * 16000, "不要" * 8000, "the " * 4000]
)
def test_a_huge_text_is_looked_at_in_part(text: str) -> None:
    assert asks_for_person(text) in {True, False}


class Talk:
    """A conversation that keeps its own record, as the database would."""

    def __init__(self) -> None:
        self.thinker = Thinker(scripted(), some_findings(), PolicySettings())
        self.history: tuple[PastTurn, ...] = ()

    async def say(self, text: str) -> Thought:
        turn: Turn = a_turn(text, history=self.history)
        thought = await self.thinker.think(turn)
        reply, heard = thought.reply, thought.understood
        past = a_past(
            text,
            outcome_of(reply),
            id=TurnId(str(len(self.history))),
            language=thought.language,
            asked=asked_by(reply),
            failures=reply.failures if isinstance(reply, Say | AskBack | Suggest) else 0,
            active_form=heard.active_form if heard else None,
            slots=heard.slots if heard else turn.slots,
        )
        self.history = (*self.history, replace(past, articles=articles_of(reply)))
        return thought

    async def hear(self, text: str) -> list[str]:
        """What is said, by keys and article names."""
        reply = (await self.say(text)).reply
        assert isinstance(reply, Say | AskBack | Suggest | HandOff)
        said = [named(piece) for piece in reply.pieces]
        return [*said, *(str(each.article) for each in articles_of(reply) if not _shown(reply))]


def _shown(reply: Say | AskBack | Suggest | HandOff) -> bool:
    return any(isinstance(piece, Passage) for piece in reply.pieces)


async def test_a_conversation_in_english() -> None:
    talk = Talk()
    assert await talk.hear("Hi there!") == ["bot-greet"]
    assert await talk.hear("How can I pay, by card?") == ["paying"]
    assert await talk.hear("thanks, that helped") == ["bot-thanks"]
    assert await talk.hear("Where is my order?") == ["bot-order-ask-number"]
    assert await talk.hear("How long does shipping take?") == ["shipping", "bot-order-ask-number"]
    assert await talk.hear("it's 99999") == ["bot-order-unknown"]
    assert await talk.hear("sorry, 10234") == ["bot-order-shipped-expected"]
    assert await talk.hear("bye") == ["bot-goodbye"]


async def test_a_conversation_in_chinese() -> None:
    talk = Talk()
    assert await talk.hear("你好") == ["bot-greet"]
    assert await talk.hear("怎么退货") == ["returns"]
    assert await talk.hear("没用") == ["bot-rephrase"]
    assert await talk.hear("我的订单到哪了") == ["bot-order-ask-number"]
    assert await talk.hear("我不知道订单号") == ["bot-order-stopped"]
    thought = await talk.say("转人工")
    assert isinstance(thought.reply, HandOff)
    assert thought.language == "zh"


async def test_a_form_is_left_for_a_person_or_a_complaint() -> None:
    for text, reason in (("get me a human", "asked_for_person"), ("this is outrageous", "complaint")):
        talk = Talk()
        await talk.say("where is my order")
        reply = (await talk.say(text)).reply
        assert isinstance(reply, HandOff)
        assert reply.reason == reason


async def test_a_conversation_that_leads_nowhere_ends_with_a_person() -> None:
    talk = Talk()
    assert await talk.hear("Do you sell cars?") == ["bot-no-answer"]
    assert isinstance((await talk.say("And boats?")).reply, HandOff)


async def test_an_answer_that_did_not_help_twice_ends_with_a_person() -> None:
    talk = Talk()
    await talk.say("How can I pay, by card?")
    assert not isinstance((await talk.say("that did not help")).reply, HandOff)
    assert isinstance((await talk.say("no, still not what I asked")).reply, HandOff)


async def test_the_form_is_kept_in_the_record_not_in_the_engine() -> None:
    engine = scripted()
    opened = await engine.understand(a_turn("where is my order"))
    past = a_past("where is my order", active_form=opened.active_form)
    told = await scripted().understand(a_turn("LL-20871", history=(past,)))
    assert opened.active_form == ORDER_FORM
    assert told.active_form is None
    assert told.slots["order_number"] == "LL-20871"


async def test_a_word_of_english_leaves_a_chinese_conversation_chinese() -> None:
    talk = Talk()
    assert [(await talk.say(text)).language for text in ("你好", "ok", "怎么退货？", "refund", "thanks")] == [
        "zh"
    ] * 5
    assert (await talk.say("sorry, can we speak English?")).language == "en"
    assert (await talk.say("wifi")).language == "en"


async def test_who_writes_another_language_is_told_which_ones_are_read_and_offered_a_person() -> None:
    talk = Talk()
    reply = (await talk.say("¿Dónde puedo aparcar mi bicicleta?")).reply
    assert isinstance(reply, AskBack)
    assert reply.pieces == (Line("bot-other-tongue"),)
    assert reply.asked is Asked.PERSON
