"""What customers say in English and Chinese, as patterns: the scripted engine's whole understanding; pure.

``bot.wishes`` has the wish for a person, ``bot.subjects`` wishes about orders, subjects, insults and small talk. A pattern is searched in ``bot.text.plain`` of the text. *Whole* patterns must cover all of it but punctuation and
words of politeness, since "hello" inside a question does not make it a greeting.
"""

import re

from bot import subjects
from bot.contract import Intent
from bot.text import plain
from bot.unwished import denied, wished
from bot.wishes import wishes_person

_EDGE = r"[\s.,!?;:~…。，！？；：、～'\"“”‘’「」()（）\U0001F300-\U0001FAFF\u2600-\u27bf\ufe0f]*"
_FILLER_EN = r"(?:oh|ok|okay|well|so|hey|hi|hello|please|thanks|thank you|then|great|good|perfect|cool|awesome|wonderful|excellent|nice|got it)"
_FILLER_ZH = r"(?:哦|噢|嗯+|那|那么|好的?|好吧|请|谢谢|麻烦|亲|你好|您好|啊|吧|了)"
_FILLER = rf"(?:{_EDGE}(?:{_FILLER_EN}\b|{_FILLER_ZH}))*?{_EDGE}"

_COMPLAINT = (
    r"\bcomplain(?:t|ts|ing)?\b|\bunacceptable\b|\boutrag(?:eous|e)\b|\bdisgrace(?:ful)?\b|\bscam(?:mers?)?\b|\bfurious\b|\bfed up\b",
    r"\b(?:an?|such|total|complete|absolute|daylight|real|pure|huge|are|is|'s) (?:\w+ )?rip[- ]?offs?\b(?! (?:the|this|that|an?|my|its?|strip|tab|label|edge|film|seal|calendar)\b)|\brip[- ]?off (?:prices?|shop|store|company|merchants?|artists?)\b|^(?:\w+ )?rip[- ]?off[.! ]*$",
    r"\bripp?(?:ing|ed)? (?:me|us|people|customers) off\b|\bripp(?:ing|ed) off (?:me|us|people|customers|by)\b|\b(?:i|we|i'm|we're|i've|we've|i am|we are|customers|people) (?:\w+ ){0,3}ripped off\b",
    r"\b(?:terrible|awful|horrible|appalling|worst|lousy|pathetic|disgusting|dreadful)\b.{0,40}\b(?:service|support|shop|store|company|experience|quality|staff|courier|driver)\b",
    r"\b(?:service|support|shop|company|experience|quality|staff|courier|driver|delivery)\b.{0,30}\b(?:terrible|awful|horrible|appalling|the worst|lousy|pathetic|disgusting|rude|useless)\b",
    r"\b(?:i am|i'm|im) (?:so |very |really |extremely )*(?:angry|upset|disappointed|unhappy|annoyed|dissatisfied|frustrated)\b",
    r"\bthis is (?:ridiculous|a joke|a disaster|insane|absurd)\b|\byou(?: people| guys)? are (?:useless|incompetent|liars|thieves|crooks)\b",
    r"\b(?:bad|negative|one[- ]star) review\b|\bconsumer protection\b|\bmy lawyer\b|\b(?:take|see) you (?:to|in) court\b|\bnever (?:order|buy|shop).{0,15}again\b",
    r"\b(?:third|fourth|fifth) time\b.{0,30}\b(?:wrong|broken|this|happen)|\bnobody (?:cares|answers|replies)\b|\bthrew my (?:parcel|package)\b|\bsold me (?:garbage|rubbish|junk)\b|\bhow (?:can|could|dare) you treat\b",
    r"投诉|举报|消协|消费者协会|差评|骗子|欺诈|骗人|太过分|太差|太烂|太离谱|不像话|气死|很生气|非常生气|愤怒|无法接受|不能接受|太让人失望|很失望|非常失望|非常不满|很不满|垃圾(?:店|公司|客服|服务|产品)|破服务|态度.{0,4}(?:差|恶劣|不好)|再也不.{0,8}(?:买|来|光顾)|没人管|乱扔|这样对待",
)
_NOT_COMPLAINT = (
    r"\b(?:how|where|who|what)\b.{0,30}\b(?:complaints? (?:process|procedure|policy)|handle complaints)",
    r"投诉(?:流程|渠道|电话|邮箱)",
)
_ORDER = (
    r"^(?:it's|it is|(?:the |my |order )*number(?: is)?|是|号码是|就是|它是)?[ :#：]*(?:[a-z]{1,3}[ -]?)?\d{3,12}[ .!。]*$",
    r"\b(?:where|wheres|where's)\b.{0,20}\b(?:order|package|parcel|delivery|shipment|stuff|lamp|item|purchase)\b(?!.*\b(?:find|see|view) my (?:order (?:number|confirmation)|invoice))",
    r"\b(?:track|tracking|trace|locate)\b(?!.{0,20}\bsays\b)",
    r"\b(?:status|state|progress)\b.{0,12}\b(?:order|package|parcel|delivery|shipment)\b|\b(?:order|delivery|shipping|shipment) status\b",
    r"\b(?:has|have|did|was|is)\b.{0,12}\b(?:(?:my|the|our) (?:order|package|parcel|delivery|shipment|item|lamp|stuff)|order [a-z]{0,3}[- ]?\d{3,})\b.{0,20}\b(?:ship|shipped|sent|left|dispatched|on its way|arrive|arrived|come|coming|delivered|ready|delayed|late|lost)\b",
    r"\bdid you\b.{0,15}\b(?:ship|send)\b.{0,10}\b(?:order|package|parcel)\b|\bwhen\b.{0,20}\border [a-z]{0,3}[- ]?\d{3,}|\bwhen\b.{0,20}\b(?:my|the|our) (?:order|package|parcel|delivery|shipment|item|lamp|stuff)\b.{0,20}\b(?:arrive|come|get here|be here|here|ship|delivered|reach|sent)\b",
    r"\b(?:order|package|parcel|delivery|shipment|lamp)\b.{0,25}\b(?:has not|hasn't|hasnt|not|never|still)\b.{0,15}\b(?:arrived?|come|here|delivered|received|shipped)\b",
    r"\b(?:still|been) waiting (?:for|on) (?:my|the|our) (?:order|package|parcel|delivery|lamp|stuff|shipment)\b|\bwaiting for my\b",
    r"\bhaven't (?:received|got|gotten)\b.{0,20}\b(?:order|package|parcel|delivery|anything|lamp|it)\b|\bi ordered\b.{0,50}\b(?:where|nothing|still|yet)\b",
    r"\b(?:check|look up|find|see|know)\b.{0,15}\b(?:(?:my|the|on my|an) order|order [a-z]{0,3}[- ]?\d{3,})\b(?! (?:number|confirmation|history|minimum))|\bnews (?:on|about|of) my\b|\bhappening with my order\b|\bmy order (?:number )?(?:is|:|#)?\s*(?:[a-z]{0,3}[- ]?)?\d{3,}",
    r"\b(?:has|is|was|did|when|any news|status|where)\b.{0,12}(?<![\w-])(?:[a-z]{1,3}[- ]?)?\d{5,12}\b.{0,20}\b(?:ship(?:ped)?|sent|left|dispatched|on its way|arrived?|come|coming|delivered|ready|here)\b|(?<!\d)\d{5,12}.{0,4}(?:发货了?[没吗]|发了[没吗]|寄了[没吗]|到了[没吗]|到哪|在哪|什么时候[到发])",
    r"^order[ #:]*(?:number|no\.?)?[ #:]*(?:[a-z]{1,3}[- ]?)?\d{3,12}$",
    r"(?:订单|订單|訂單|order|package|包裹|快递|物流|货(?!币)|东西|商品|台灯|灯).{0,8}(?:到哪|在哪|哪里|哪儿|什么时候到|什么时候能到|几时到|何时到|到了吗|到了没|进度|状态|情况|怎么样了|发货了|寄出|发出|没到|没收到|还没|有消息)",
    r"(?:查|跟踪|追踪|看看|看一下|查询).{0,6}(?:订单|物流|快递|包裹|单号|进度)|订单状态|物流信息|(?:还没|没有?|怎么没).{0,3}(?:发货|收到货|到货|收到东西|收到包裹)|什么时候.{0,4}(?:到货|能到|送到|寄到|能收到|发货)(?!.*(?:一般|通常|需要))",
    r"下单.{0,12}(?:没|还未)|(?:上周|昨天|前天|上个月).{0,3}下的单|(?:订单号|单号|订单编号)(?:是|为|:)?\s*[a-z]{0,3}[- ]?\d{3,}|^订单\s*[a-z]{0,3}[- ]?\d{3,}",
)
# Questions about orders in general: the knowledge base knows them.
_NOT_ORDER = (
    r"\border (?:number|confirmation)\b(?! (?:is|:|#|[a-z]{0,3}[- ]?\d))|\bhow (?:long|much|many|fast|do i place|can i place|do i order|can i order)\b",
    r"\b(?:cancel|change|modify|return|exchange|refund|pay|invoice|damaged|broken|wrong|missing|minimum|discount|track .{0,10}account)\b.{0,30}\border\b|\border\b.{0,20}\b(?:cancel|change|modify|return|exchange|refund|damaged|broken|wrong|missing)\b",
    r"\bhow (?:do|can|could) (?:i|you|we) track\b|\btracking (?:number|link|page|code)\b",
    r"显示.{0,6}(?:送达|签收|收到)|(?:怎么|如何|怎样)(?:查|跟踪|追踪)|单号在哪",
    r"(?:取消|修改|更改|退|换|发票|付款|支付|破损|坏了|错|少了|怎么下|如何下).{0,8}(?:订单|单|货|商品)?(?:$|.{0,6}[吗么呢？?])|(?:一般|通常|大概).{0,6}(?:多久|几天|什么时候)|多长时间|要多久|几天能",
)
_NOT_HELPED = (
    r"\b(?:did not|didn't|didnt|does not|doesn't|doesnt|is not|isn't|isnt|was not|wasn't|not)\b.{0,12}\b(?:help|helpful|useful|answer(?:ed)?|what i (?:asked|meant|wanted|need)|the answer|solve|work(?:ing)?)\b",
    r"\b(?:wrong|useless|stupid) answer\b|\banswer is (?:useless|wrong)\b|\bsomething (?:else|different)\b|\bnot what i\b|\balready (?:read|tried|did|know)\b|\bstill (?:not|doesn't|don't|no|can't)\b|\bmisunderstood\b|\byou (?:don't|do not) (?:understand|get)\b|\bunhelpful\b",
    r"没有?用|没(?:有)?帮助|没(?:有)?帮到|没(?:有)?解决|还是没|还是不|答非所问|不是这个|不是我要|不是我想|没有?回答|没明白|理解错|不对题|回答不对|说的不是|看过了|试过了|没看懂|不管用",
)
_THANK = (
    r"(?:many |ok |great |perfect |that helped |got it )*(?:thank(?:s|ss+|x)?|thank (?:you|u)|thx|thnx|tnx|ty|tysm|cheers|much appreciated|appreciate it|appreciated|i appreciate (?:it|your help))(?: a lot| so much| very much| a bunch| again| man| mate| for (?:the|your) .{1,25}| you)*(?:[, ]*(?:that (?:solves|solved|did|settles) it|it works(?: now)?|problem solved))?",
    r"(?:that|this|it|you) (?:was|were|is|have been|really|very)*\s*(?:very |so |really )*(?:helped|helpful|perfect)(?: thanks?| thank you)?|that answers my question",
    r"(?:好的?|明白了?|知道了?|太好了|很有用|问题解决了|解决了)?[，, ]*(?:非常|太|十分|很)*(?:谢谢|謝謝|感谢|多谢|谢啦|谢了|辛苦了?|3q|thx)(?:你|您|妳|了|啦|啊|哦|哈|亲|们|的|帮助|帮忙|回复|解答|耐心|多谢|谢谢)*",
    r"(?:你真是?)?帮(?:了)?大忙了|(?:麻烦|打扰)(?:你|您)了[，, ]*(?:谢谢)?|问题解决了|解决了|很有用|很有帮助",
)
_GREET = (
    r"(?:hi+|hell?o+|hey+|hiya|howdy|yo|greetings|good (?:morning|afternoon|evening|day)|morning|evening|hello there|hi there|hey there)(?:,? (?:there|all|everyone|team|bot|again|everybody|guys|support|to you|you all|good day))*(?:,? (?:is )?any(?:body|one) (?:there|here))?(?:,? how are you(?: doing)?(?: today)?)?",
    r"(?:is )?any(?:body|one) (?:there|here|home)|how are you(?: doing)?(?: today)?",
    r"(?:客服|亲|大家|你们)?(?:你好|您好|妳好|嗨|哈喽|哈啰|嘿|喂|hello|hi|早上好|上午好|中午好|下午好|晚上好|早安|早|大家好)(?:啊|呀|吗|哦|客服|亲)*[，, ]*(?:有人吗|有人在吗|在吗|在不在)?",
    r"(?:(?:亲|客服)[，, ]*)?(?:在吗|在不在|有人吗|有人在吗|在么)",
)
_GOODBYE = (
    r"(?:ok |okay |that's all|that is all|nothing else|i have to go|have to go|gotta go|i'm done(?: here)?|for (?:today|now)|[, ])*(?:i have to go(?: now)?|gotta go|bye+|bye[- ]?bye|goodbye|good bye|see (?:you|ya)(?: later| soon| around)?|cya|farewell|take care|good ?night|have a (?:nice|good|great) (?:day|one|evening|weekend)|talk to you later|catch you later|ttyl|i'm off|gtg|bye for now)(?:[, ]*(?:bye|goodbye|thanks?|then|later|and have a .{3,20}))*",
    r"that's all(?: for (?:today|now))?|that is all(?: for (?:today|now))?|nothing else",
    r"(?:好的|先这样吧?|就这样|没(?:有)?(?:别的|其他)(?:事|问题)?了?|我先走了|我要下线了|改天再聊|以后再说|祝你愉快|[，, ])*(?:那|好了?|没事了|先走了|[，, ])*(?:再见(?:了|啦)?|拜拜?(?:了|啦|咯)?|回头见|下次(?:见|再聊)|明天见|晚安|88|886|回见|我?先下了|我下线了|我先走了|我走啦|我要下线了|改天再聊|先这样吧?)",
)
_AFFIRM = (
    r"(?:yes+|yeah|yea|yep|yup|ya|sure|of course|ok|okay|correct|right|that's right|exactly|indeed|absolutely|definitely|please do|go ahead|sounds good|y|yes it did|it did|that would be (?:great|nice|good)|i would|why not)(?:[, ]*(?:please|thanks|thank you|sure|fine|yes|it did|do it|go on|go ahead|of course|i do|that one|that's (?:right|correct|the one)|that is what i want|correct))*",
    r"(?:是|是的|是啊|对|对的|对啊|没错|好|好的|好啊|可以|可以的|行|行的|嗯+|当然|当然可以|要|要的|需要|正确|没问题|请继续|请|麻烦了|有用|有帮助|就是这样|ok|yes)(?:[，, ]*(?:谢谢|的|啊|呀|请|没错|对|继续|就?是?这个|麻烦了))*",
)
_DENY = (
    r"(?:no+|nope|nah|rather not|i'd rather not|not really|never(?: ?mind)?|forget (?:it|about it)|stop(?: it)?|cancel(?: that| it)?|don't|not now|skip(?: it)?|let's not|leave it|n|none(?: of (?:these|them))?|neither|i don't want (?:that|to|it)|i changed my mind|it did not|it didn't)(?:[, ]*(?:please|thanks|thank you|leave it|it did not|it didn't|don't|it's fine|that's wrong|i don't want to|stop|never ?mind))*",
    r"(?:i )?(?:don't|dont|do not|can't|cannot|can not)(?: even)? (?:have|know|find|remember)(?: it| (?:the|my|any|that)(?: order)?(?: number)?| one)?|i lost (?:it|the number|my order number)",
    r"(?:不|不行|不想要|先不用了?|算了不弄了|不是|不是的|不要|不要了|不用|不用了|不需要|不对|算了|算了吧|没有|别了|不想|取消|停|先不查了|不查了|暂时不用|不了|改主意了|都不是|没用)(?:[，, ]*(?:谢谢|了|吧))*",
    r"(?:我)?(?:没有|不知道|找不到|忘记?了?|不记得|没记)(?:我的)?(?:订单号|单号|号码|订单编号|编号)了?|(?:订单号|单号|号码)(?:忘记?了?|找不到了?|不记得了?|没有|丢了)",
)
_CHALLENGE = (
    r"\b(?:are|r) (?:you|u) (?:an? )?(?:real|human|bot|robot|machine|computer|ai|person|chatbot|actual|live)\b|\bam i (?:talking|speaking|chatting) (?:to|with)\b|^(?:who|what) are you\b|\bwhat(?:'s| is) your name\b|\bwhat can you (?:do|help)|\bis this (?:an? )?(?:bot|automated)|\bhow does this chat work",
    r"你(?:到底)?(?:是不是|是)(?:机器人|真人|谁|什么|ai|人还是|智能|人吗|机器|客服吗)|请问你叫啥|你叫啥|你有(?:什么|啥)(?:功能|用)|你可以帮我(?:做|干)|在跟(?:真人|人|机器人?)(?:聊|说)|是机器人(?:回复|吧|在)|你叫什么|你(?:会|能)(?:做|干|帮我)什么|(?:是真人|自动)(?:在)?回复|跟机器聊|聊天怎么用",
)


def _any(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))


def _whole(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"{_FILLER}(?:{'|'.join(f'(?:{pattern})' for pattern in patterns)}){_FILLER}{_EDGE}")


_NO_CANCEL = _any(subjects.NOT_CANCEL)
_ASKS_HOW = _any((*subjects.QUESTION, *subjects.DONE))
_SEARCHED = (
    (Intent.BOT_CHALLENGE, _any(_CHALLENGE), None),
    (Intent.COMPLAINT, _any(_COMPLAINT), _any(_NOT_COMPLAINT)),
    (
        Intent.ORDER_CANCEL,
        _any(subjects.CANCEL),
        _any((*subjects.QUESTION, *subjects.DONE, *subjects.NOT_CANCEL)),
    ),
    (Intent.ORDER_CHANGE_ADDRESS, _any(subjects.ADDRESS), _any((*subjects.QUESTION, *subjects.NOT_ADDRESS))),
    (Intent.ORDER_REFUND, _any(subjects.REFUND), _ASKS_HOW),
    (Intent.ORDER_RETURN, _any(subjects.RETURN), _ASKS_HOW),
    (Intent.ORDER_STATUS, _any(_ORDER), _any(_NOT_ORDER)),
    (Intent.INSULT, _any(subjects.INSULT), None),
    (Intent.NOT_HELPED, _any(_NOT_HELPED), None),
    (Intent.DELIVERY_PROBLEM, _any(subjects.DELIVERY), None),
    (Intent.INVOICE, _any(subjects.INVOICE), None),
    (Intent.PASSWORD, _any(subjects.PASSWORD), None),
    (Intent.ACCOUNT, _any(subjects.ACCOUNT), None),
    (Intent.OPENING_HOURS, _any(subjects.HOURS), None),
    (Intent.PRICE, _any(subjects.PRICE), None),
)
_COVERING = (
    (Intent.GOODBYE, _whole(_GOODBYE)),
    (Intent.THANK, _whole(_THANK)),
    (Intent.DENY, _whole(_DENY)),
    (Intent.AFFIRM, _whole(_AFFIRM)),
    (Intent.GREET, _whole(_GREET)),
    (Intent.SMALL_TALK, _whole(subjects.SMALL_TALK)),
)
_LONGEST_COVERED = 80
_LONGEST_SEARCHED = 500


def covering_intent(text: str) -> Intent | None:
    """The intent of a text that is nothing but a greeting, thanks, a farewell, a yes or a no."""
    flat = plain(text)
    if len(flat) > _LONGEST_COVERED:
        return None
    return next((intent for intent, pattern in _COVERING if pattern.fullmatch(flat)), None)


def searched_intent(text: str) -> Intent | None:
    """The first intent whose words are in the text and that nothing speaks against."""
    flat = plain(text)[:_LONGEST_SEARCHED]
    if wishes_person(flat):
        return Intent.TALK_TO_PERSON
    for intent, pattern, unless in _SEARCHED:
        if pattern.search(wished(flat, intent)) and not (unless is not None and unless.search(flat)):
            return intent
    return None


def unwished(text: str, intent: str) -> bool:
    """Whether the text only denies a wish about an order, or asks whether it can be, whatever an engine takes it for."""
    flat = plain(text)[:_LONGEST_SEARCHED]
    of, pattern, _ = next((each for each in _SEARCHED if each[0].value == intent), (None, None, None))
    if of is None or pattern is None:
        return False
    if of is Intent.ORDER_CANCEL and _NO_CANCEL.search(flat):
        return True
    left = wished(flat, of)
    return left != flat and pattern.search(left) is None


def denies(text: str, intent: Intent) -> bool:
    """Whether the text says that this change of an order is not wanted, and nothing else of it."""
    flat = plain(text)[:_LONGEST_SEARCHED]
    return denied(flat, intent) and unwished(text, intent)


def asks_for_person(text: str) -> bool:
    """Whether a person is asked for in plain words: then no engine is asked."""
    return wishes_person(plain(text)[:_LONGEST_SEARCHED])
