"""Real Rasa understands what it never saw, in both languages, and picks what follows."""

import pytest

from tests.servers.rasa import RunningRasa

pytestmark = pytest.mark.rasa

FOLLOWS = {
    "greet": "bot-greet",
    "goodbye": "bot-goodbye",
    "thank": "bot-thanks",
    "bot_challenge": "bot-what-am-i",
    "affirm": "affirm",
    "deny": "deny",
    "talk_to_person": "action_hand_over",
    "order_status": "ask",
    "complaint": "action_complaint",
    "ask_knowledge": "action_ask_knowledge",
    "small_talk": "bot-small-talk",
    "insult": "bot-insult",
    "order_cancel": "action_ask_knowledge",
    "order_change_address": "action_ask_knowledge",
    "order_return": "action_ask_knowledge",
    "order_refund": "action_ask_knowledge",
    "delivery_problem": "action_ask_knowledge",
    "invoice": "action_ask_knowledge",
    "password": "action_ask_knowledge",
    "account": "action_ask_knowledge",
    "opening_hours": "action_ask_knowledge",
    "price": "action_ask_knowledge",
    "not_helped": "action_not_helped",
    "out_of_scope": "action_ask_knowledge",
}
"""What the first payload is, by what the customer wants."""

PLAIN = [
    ("greet", "hello!", "en"),
    ("greet", "你好！", "zh"),
    ("goodbye", "ok, goodbye then", "en"),
    ("goodbye", "那就再见啦", "zh"),
    ("thank", "thank you so much for your help", "en"),
    ("thank", "非常感谢你的帮助", "zh"),
    ("bot_challenge", "are you a robot or a human?", "en"),
    ("bot_challenge", "请问你是真人还是机器人？", "zh"),
    ("affirm", "yes, please", "en"),
    ("affirm", "好的，可以", "zh"),
    ("deny", "no, thank you", "en"),
    ("deny", "不用了", "zh"),
    ("talk_to_person", "I'd like to speak to a real person", "en"),
    ("talk_to_person", "帮我转人工客服", "zh"),
    ("order_status", "where's my order, please?", "en"),
    ("order_status", "请问我的订单到哪里了", "zh"),
    ("complaint", "I want to file a complaint about your service", "en"),
    ("complaint", "我要投诉你们的服务", "zh"),
    ("ask_knowledge", "how do I return a lamp?", "en"),
    ("ask_knowledge", "台灯怎么退货？", "zh"),
    ("not_helped", "that did not answer my question", "en"),
    ("not_helped", "这没有解决我的问题", "zh"),
    ("out_of_scope", "what's the weather in Paris?", "en"),
    ("out_of_scope", "北京明天天气怎么样？", "zh"),
]

KNOWLEDGE = [
    "within how many days can I send the lamp back?",
    "do I get my money back if I return it?",
    "how many days until the parcel is here after I order?",
    "what does delivery to Germany cost?",
    "is PayPal possible?",
    "which credit cards do you take?",
    "please send me the invoice",
    "I can't remember my password",
    "how can I set a new password?",
    "how can I have my account removed?",
    "my address has changed, what do I do?",
    "can I still cancel?",
    "does the lamp have a warranty?",
    "at what time does the shop open?",
    "how do I use my gift card?",
    "the box was broken and the lamp too",
    "几天之内可以把灯退回来？",
    "退货以后多久能拿到钱？",
    "下单以后几天能到？",
    "寄到上海运费多少钱？",
    "可以用微信付款吗？",
    "你们接受哪些信用卡？",
    "请问怎么拿到发票？",
    "我想不起密码了怎么办",
    "密码在哪里改？",
    "怎样才能注销我的账户？",
    "我的地址变了，怎么修改？",
    "订单还能取消吗？",
    "灯的保修期是几年？",
    "你们店几点开门？",
    "礼品卡怎么使用？",
    "箱子破了，里面的灯也碎了",
]


@pytest.mark.parametrize(("intent", "text", "language"), PLAIN, ids=[text for _, text, _ in PLAIN])
def test_what_the_customer_wants_is_understood_and_followed(
    rasa: RunningRasa, intent: str, text: str, language: str
) -> None:
    answer = rasa.say(text, f"plain {text}", turn="t1")
    first = answer.said[0]
    assert (answer.intent, answer.record["language"]) == (intent, language)
    assert FOLLOWS[intent] in (first["kind"], first.get("key"))
    assert answer.record["turn"] == "t1"


def test_questions_it_never_saw_reach_the_knowledge_base(rasa: RunningRasa) -> None:
    """Either as a question, or because nothing else fits: `not understood` looks in the knowledge base too."""
    astray = [
        (text, answer.intent)
        for text in KNOWLEDGE
        if (answer := rasa.say(text, f"knowledge {text}")).kinds != ["action_ask_knowledge"]
    ]
    assert len(astray) <= 2, astray


def test_what_fits_nothing_goes_to_the_knowledge_base(rasa: RunningRasa) -> None:
    assert rasa.say("qwxz plomf 77", "nothing fits").kinds == ["action_ask_knowledge"]


def test_a_second_hello_is_answered_like_the_first(rasa: RunningRasa) -> None:
    assert [rasa.say("hello", "two hellos").kinds for _ in range(3)] == [["say"]] * 3


def test_a_bare_number_leaves_the_language_as_it_was(rasa: RunningRasa) -> None:
    rasa.say("你好", "language")
    assert rasa.say("12345", "language").record["language"] == "zh"


def test_a_chinese_text_with_an_english_word_is_chinese(rasa: RunningRasa) -> None:
    assert rasa.say("我想查一下我的 order", "mixed").record["language"] == "zh"


def test_our_turn_id_and_secret_reach_the_action_server(rasa: RunningRasa) -> None:
    answer = rasa.say("how do I return a lamp?", "travels", turn="turn-77")
    assert answer.said == [{"kind": "action_ask_knowledge", "turn": "turn-77"}]
    call = rasa.actions.calls[-1]
    assert call["sender_id"] == "travels"
    assert call["tracker"]["latest_message"]["intent"]["name"] == "ask_knowledge"
    assert "domain" not in call
    assert rasa.actions.secrets[-1] is not None
