"""Whether a customer asks for a person, in plain words of English, Chinese and a few of other languages; pure.

Patterns are searched in ``bot.text.plain`` of the text, after everything is taken out that only speaks of persons. They
are wide on purpose: a wish for a person that is missed is worse than a person too many. What they miss an engine may find.
"""

import re

_NOUN = (
    r"(?:persons?|perosn|preson|hum[ae]n(?: being)?s?|humna|people|somebody|someone|sombody|any(?:body|one)"
    r"|(?:customer )?(?:service |support |care |sales )?(?:agents?|agnet|representatives?|reps?|assistants?|advis[oe]rs?|operators?|executives?)"
    r"|staff(?: members?)?|member of (?:the |your )?staff|employees?|colleagues?|co-?workers?|managers?|supervisors?|boss|superior"
    r"|(?:customer |costumer |client )(?:service|support|care|relations)|(?:support|service|sales) (?:team|desk|staff|department)|support|sales|real one|team(?: members?)?|one of you)"
)
_REAL = r"(?:an? |the |your |one of (?:your|the) |some |any |other |another )*(?:(?:real|live|actual|human|proper|physical|living|normal|different) )*"
_TALK = r"(?:talk(?:ing)?|tlak|speak(?:ing)?|speek|spaek|chat(?:ting)?|discuss|communicate|write)"
_WISH = (
    # talk to a person, can I speak with somebody; not "I talked to your agent yesterday"
    rf"\b{_TALK} (?:to|with|2|w/) {_REAL}{_NOUN}\b(?! (?:yesterday|last|on (?:mon|tues|wednes|thurs|fri|satur|sun)day|before|who (?:said|told)))",
    rf"\b(?:connect|transfer|forward|hand|hook|put|pass|switch|refer|escalate|direct|patch|route|redirect|complain)\b.{{0,25}}\b(?:to|with|through)\b.{{0,20}}\b{_NOUN}\b",
    rf"\b(?:get|give|find|send|fetch|bring|show|put|assign|let me have)(?: me)? (?:to )?{_REAL}(?:persons?|perosn|hum[ae]ns?(?: being)?|humna|agents?|agnet|representative|rep|operator|manager|supervisor|someone|somebody|colleague|real one)\b(?! (?:else )?(?:to (?:sign|install|pick)))",
    r"\b(?:real|live|actual|proper) (?:person|human(?: being)?|agent|people|being|support|operator|representative|rep|advisor|chat)\b(?!.{0,30}\b(?:made|reviews?|photos?)\b)",
    rf"(?<!\bdo i )(?<!\bwill i )(?<!\bdoes it )(?<!\bdo you )\b(?:want|wanna have|need|like|prefer|require|demand|request|have|hav|rather)(?: to have)? {_REAL}(?:person|perosn|hum[ae]n(?: being)?|humna|(?:customer |support |live )?(?:agent|representative|rep)|operator|manager|supervisor)\b(?! (?:to (?:sign|install|pick|be)|over|under|discount|account|lamp|who))",
    rf"\b(?:human|person|agent|representative|operator) (?:please|pls|plz)\b|\bany (?:real |live )?(?:humans?|agents?|representatives?) (?:around|here|there|available|online)\b|\b(?:help|assistance|assisted|an answer|support) (?:from|by) (?:an? |one of )?{_REAL}(?:person|human|agent|someone|somebody|colleagues?|employees?|staff|people)\b",
    rf"\bwith (?:a|an|one of your) {_REAL}(?:human|agent|representative|colleagues?|employees?)\b",
    r"\bneed (?:some )?(?:human|personal|live|real) (?:help|support|assistance|contact)\b|\bhuman (?:help|support|assistance|service|operator|agent|contact)\b|\b(?:live|manual) (?:chat|support|agent|help|service)\b(?! (?:hours|times?))",
    r"\b(?:is|are) there (?:an? |any )?(?:real |live |actual )*(?:person|human|agents?|representatives?|people|someone|somebody|anybody|anyone)\b.{0,25}\b(?:talk|speak|chat|write|help me|available|online|i can)\b",
    r"\b(?:can|could|may|would|will|should|must|have|let|please|want|need|'d like|like) (?:an? |some ?|any ?|the |your |one of your )?(?:one|body|person|human|agents?|manager|supervisor|colleagues?|employees?|staff|team|real person)\b (?:please |to |from .{3,20} )?(?:help|contact|reach|call|talk|phone|ring|write|answer|look (?:at|into)|get back|take (?:over|care)|deal|handle|reply|respond|come)\b(?!.{0,30}\b(?:else|parcel|package|delivery|lamp|plant)\b)",
    r"\b(?:person|human|someone|somebody|agent|colleague)\b.{0,15}\b(?:call|phone|ring) me\b|(?:^|[.!,;] ?|\b(?:please|can you|could you|want you to|just) )(?:call|phone|ring) me\b(?! when| before| if| an? )|\b(?:want|need|request|like|arrange|get|have) (?:a |to get a )?(?:call ?back|phone call)\b|^call ?back\b",
    r"(?:^|[.!,;] ?|\b(?:please|pls|(?:can|could|would|will) (?:you|some ?one|some ?body|any ?one|any ?body|one of you|a person|an agent)) )(?:please )?give (?:me|us) a (?:quick |short )?(?:call|ring|call ?back)\b(?! when\b| before\b| once\b| if\b)",
    r"\b(?:no more|without|instead of|don't want|do not want|dont want|stop|enough of|sick of|tired of)\b.{0,25}\b(?:chat|ro)?(?:bots?|robots?|machines?)\b(?! (?:vacuum|cleaner|lawn))|\bnot? an? (?:stupid |dumb |chat)?(?:bot|robot|machine|chatbot)\b(?!.{0,20}\bmyself\b)|^(?:no|stop|enough)\b.{0,10}\b(?:chat|ro)?bots?\b",
    r"(?:\bnot\b|\bdont\b|n't\b|\bhate\b|\brefuse to\b).{0,15}\b(?:talk|speak|chat|deal)(?:ing)? (?:to|with) .{0,10}\b(?:machines?|computers?|(?:chat)?bots?|robots?|an? ai)\b",
    r"\b(?:talk|speak) to (?:a )?(?:him|her|them) in person\b|\btake (?:it|this) (?:up )?with (?:your|the) (?:manager|supervisor|boss)\b|\bhand (?:me )?(?:this |it )?over\b(?! the)|\bescalate (?:this|it|me|my)\b|\b(?:want|like|need|ask|asked|have) to be (?:transferred|connected|forwarded|called back|put through)\b|\bbe called back\b|\bout of (?:this|the) (?:chat)?bot\b|\bwho (?:else )?can i (?:talk|speak|chat|turn) (?:to|with)\b",
    rf"\b(?:where|how) (?:is|are|do i get|can i get|do i reach|can i reach) (?:to )?{_REAL}(?:human|person|agent|representative|operator)\b|\bsomeone (?:real|human|alive|competent)\b|\bany ?(?:one|body) (?:real|human|alive) (?:here|there)\b|\b(?:person|human|agent|colleague|employee)s? (?:should|must|has to) (?:answer|help|contact|write)\b",
    r"[,.;!] ?(?:an? )?(?:human|agent|operator|representative)[.! ]*$|\b(?:put|patch) me through[\s.,!?]*(?:$|(?:please|pls|plz|now|asap|immediately)\b)",
)
_WISH_ZH = (
    r"(?:转|找|要|接|换|叫|喊|联系|呼叫|请|给我|帮我|需要|想和|想跟|想找|接通|转接|连接|召唤|呼唤|上|来个|派|安排|申请|求|呼).{0,6}(?:人工(?!审核|智能|费|成本|合成|草|植|花|安装|客服(?:电话|上班|时间|态度))|真人|活人|客服(?!电话|邮箱|热线|号码|微信|吗|上班|时间|态度|说|的)|坐席|座席|接线员|客服人员|经理|负责人|主管|老板|领导|店长|店主)",
    r"(?:和|跟|同|与|让|叫)(?:一个|一位|你们的?|你们家|真)*(?:真人|活人|人工|客服|工作人员|人员|经理|主管|负责人|老板|领导|店长|人类?|同事)(?:来)?(?:们)?(?:跟我|和我|给我|过来)?(?:直接)?(?:说话|说|聊|讲|谈|沟通|对话|通话|交流|处理|解决|回复|回答|联系|接待|出来|来)(?:一下)?(?!过|了)",
    r"(?:不要|不想|别|不跟|不和|讨厌|不需要|受够).{0,8}(?:机器人|机器)(?!人?吸尘|洗)|机器人.{0,3}(?:走开|滚|退下|闪开)|有没有(?:真人|人工|活人|人工客服|人类|人能|人可以)|有(?:真人|人工|活人)(?:吗|么|客服|服务)",
    r"(?:找|换|叫|派|来)(?:一?个|你们的?)(?:真|活|会说话的|懂的|能解决的|能做主的)*人(?:类)?(?:来|过来)?(?:$|[。！!？?，, ]|跟|和|给|帮|处理|说|聊|联系|解决|回)|(?:找|叫|派|让)(?:真|活)?人来(?:$|[。！!？?，, ]|跟|和|给|帮|处理|说|聊|联系)",
    r"(?:让|叫|请|安排|派|麻烦)(?:你们的?)?(?:人|一?个人|工作人员|客服|经理|同事|专人).{0,4}(?:联系|回复|打给|回电|处理|跟进|给我)(?!快)|(?:经理|主管|负责人|店长|老板)(?:在吗|在不在|呢[？?]?$|出来)",
    r"(?:给我|能|可以|请).{0,4}(?:打|回)(?:个|一个)?电话(?:给我|过来|吧|吗)?(?:$|[。！!？?，, ])|(?:请|给我|麻烦|尽快|帮我)回(?:个)?电(?:话)?|(?:打|回)电话给我(?!的)(?!快递)",
    r"(?:我要|我想|想|要|能不能|可不可以|能|可以)(?:人工|真人)(?:$|[。！!？?，, ]|服务|处理|帮|回|解|吗)|人工(?:服务|客服)?(?:在哪|怎么(?:找|转|接|联系)|在吗|在不在|呢|快来|来一个)|(?:转|轉|接)(?:接)?(?:人(?!民|发|寄|送|家)|客服|專人|专人)(?!吗.{2,})",
    r"(?:轉|找|要|接|換|請).{0,4}(?:人工|真人|客服)|人工agent|(?:human|agent)(?:吧|来|呢|啊)|转(?:human|agent)|找(?:个)?(?:human|agent)|客服.{0,3}(?:出来|来一下|快来|介入|接待)|(?:直接|马上|立刻|赶紧|快)(?:给我)?(?:转)?人工|客服客服|人工人工",
    r"(?:不要|别)(?:自动|机器)?(?:回复|答复)了?.{0,4}(?:人|真人|人工)|(?:你|机器)(?:解决|处理|回答)不了.{0,6}(?:人|客服)|能(?:不能)?有个人(?:来)?(?:帮|跟|理)|(?:^|[，,。！!？?\s])我(?:就|只)?要(?:个)?人(?:$|[，,。！!？?])|我(?:要|想)(?:给你们)?打电话(?:给你们|投诉|$)",
    r"找(?:一?个)(?:能|会)(?:说话|沟通|听懂|做主|解决)的人?(?:$|[。！!？?，, 吧来])|帮我(?:转|接|找|叫|喊)(?:一?个)人(?:$|[。！!？?，, 吧来])",
)
_WISH_OTHER = (
    r"\b(?:hablar|conversar|contactar) con (?:una? )?(?:persona|humano|agente|asesor|alguien|operador)|\b(?:agente|asesor|operador|persona real|humano) por favor|quiero (?:una? )?(?:persona|humano|agente)",
    r"\bparler (?:à|a|avec) (?:une? )?(?:personne|humain|conseill\w+|agent|quelqu'un)|\bun (?:vrai )?(?:humain|conseiller)\b|\bfalar com (?:uma? )?(?:pessoa|humano|atendente|alguém)|\batendente\b",
    r"\bmit (?:einem|einer|jemand\w*) .{0,25}(?:sprechen|reden|chatten)|\b(?:echte[nrm]?|richtige[nrm]?) (?:mensch\w*|person|mitarbeiter\w*)|^mitarbeiter(?: bitte)?[.! ]*$|\bparlare con (?:una? )?(?:persona|operatore|umano)",
    r"オペレーター|(?:人|担当者|スタッフ)(?:と|に)(?:話|つな|代わ)|有人対応|상담원|상담사|사람(?:과|이랑|하고) (?:얘기|대화|통화)|оператор|(?:с|живым|живого) человек|(?:التحدث|اتكلم|أتحدث|اتحدث|تحدث|أتكلم) (?:مع|الى|إلى) .{0,12}(?:شخص|موظف|إنسان|انسان|أحد|احد)|موظف (?:حقيقي|خدمة)|شخص حقيقي",
)
_ALONE_EN = (
    r"(?:(?:oh|ok|okay|well|so|hey|hi|hello|please|pls|thanks|no|just|now|then|i said|again|sorry|but)[\s,.!]+)*(?:an? |the |some )?(?:(?:real|live|human|actual) )*"
    r"(?:person|perosn|human(?: being)?|humna|humans|agent|agnet|operator|op|representative|reps?|advisor|supervisor|manager|staff|(?:customer )?(?:service|support|care)(?: agent| representative| rep| team)?|real one|help ?desk|call ?cent(?:er|re)|someone real|human support|human service)"
    r"(?:[\s,.!]+(?:please|pls|plz|plss|now|asap|thanks|here|immediately|right now|already|needed|thank you|representative|agent))*"
)
_ALONE_ZH = (
    r"(?:(?:哦|嗯+|那|好的?|请|请问|麻烦|亲|你好|您好|直接|马上|赶紧|快|我要|我想|要|求)[\s,.!，。！]*)*"
    r"(?:人工|真人|活人|客服|人工客服|人工服务|真人客服|人工坐席|接线员|在线客服|转人|人类|专员|客服专员|人工回复|客服人员|人工咨询|人(?=呢)|工作人员|转接|客服人)(?:[\s,.!，。！]*(?:谢谢|快|呢|在|啊|吧|来|呀|服务|人工|客服|快点|急|一下))*"
)
_EDGE = r"[\s.,!?;:~…。，！？；：、～'\"“”‘’「」()（）\U0001F300-\U0001FAFF☀-➿️]*"
# What only speaks of persons, of bots, or says that none is wanted.
_NO_WISH = (
    r"\b(?:are|r) (?:you|u)\b.{0,20}\b(?:human|person|real|bot|robot|agent|machine)s?\b(?: (?:person|human|being|agent|or .{0,12}))?",
    r"\b(?:am|was) i (?:talking|speaking|chatting|writing) (?:to|with) .{0,25}(?:person|human|bot|robot|machine|ai|somebody|someone)?",
    r"\b(?:is|was) (?:this|it|that) (?:an? )?(?:real |live )?(?:human|person|bot|robot|agent)\b|\bi(?:'m| am) (?:an? )?(?:real |actual )?(?:human|person)\b(?:,? not an? (?:bot|robot|machine))?",
    r"\bhuman (?:hair|skin|teeth|body|size|figures?|wigs?)\b|\b(?:travel|estate|cleaning|shipping|customs|cooling|bleaching|insurance|press|delivery|your bleaching) agents?\b|\bpassword manager\b|\bphone operator\b|\b(?:mobile|network) operator\b|\bfield representative\b",
    rf"(?:\b(?:don't|do not|dont|didn't|did not|no need to|not necessary to|rather not) (?:(?:want|need|have|like|wish)(?: to)? )?(?:{_TALK} (?:to|with) )?{_REAL}(?:persons?|humans?(?: being)?|agents?|representatives?|people|anyone|anybody|somebody|someone)\b)(?!\s*(?:answers?|ever|replies))|\bwithout {_REAL}(?:human|person|agent)\b|\bno (?:human|agent|person)s? (?:needed|necessary|required)\b",
    r"\b(?:i|we|my \w+) (?:already |just )?(?:talked|spoke|chatted|have spoken|have talked|wrote) (?:to|with) .{0,25}(?:person|human|agent|someone|somebody|representative|support|service|team|colleague)s?\b",
    r"\b(?:your|the|an?|another|one) (?:\w+ )?(?:agent|representative|colleague|employee|manager|person|operator|rep|staff)s? (?:\w+ )?(?:told|said|promised|wrote|answered|assured|confirmed|advised|mentioned|was|were|has|had|did|didn't|hung|offered)\b",
    r"\b(?:some(?:one|body)|another person|a person|other people|people|anyone|anybody)(?: else)?(?: \w+)? (?:stole|signed|took|accepted|else|opened|under|over|aged|with|at home|in my|at your|at the)\b",
    r"\b(?:when|what time|which hours|what hours|how|what|where|what's|which|until when)\b(?! (?:can|could|do|may|will) (?:i|we) (?:talk|speak|chat|get)).{0,40}\b(?:customer (?:service|support|care)|support team|service team|contact|support)\b(?:.{0,10}\b(?:hours|number|address|email|mail|open))?",
    r"\b(?:staff|employee|agent|team) (?:discount|members? discount|jobs?)\b|\b(?:become|work as|be) (?:an? |your )*(?:agent|representative|employee|colleague|manager)\b",
    r"\btalk(?:s|ing)? (?:to|with) (?:alexa|google|siri|the app|my (?:phone|wifi|router|hub))\b",
    r"\b(?:put|pass|hand)\b.{0,15}\b(?:lamp|plant|order|parcel|package|item|it|vase|label)s? .{0,15}\b(?:to|with)\b.{0,20}\b(?:courier|driver|neighbou?r)\b",
    r"\b(?:transfer|forward|send|switch|connect)\b.{0,20}\b(?:money|order|parcel|package|lamp|invoice|gift card|account|refund|bulb)s?\b.{0,20}\b(?:to|with)\b.{0,15}\b(?:persons?|someone|somebody|people|anybody|anyone)\b(?: else)?",
    r"\bhave (?:an?|any|some) (?:agents?|representatives?|managers?|people) in\b",
    r"(?:你|您)(?:们)?(?:到底)?(?:是不是|是).{0,4}(?:真人|人工|机器人|客服|活人)|是真人(?:在|吗)|(?:你|这|對面|对面)是(?:人|机器|真人)|在(?:跟|和)(?:真人|机器人?|人)(?:在)?(?:聊天|说话|聊|对话)(?:吗|嗎|呢)|(?:几点|什么时候|何时).{0,8}打电话|给(?:我的?)?老板",
    r"(?:不需要|不用|不必|不要|先别|别|不想)(?:转|找|给我转|联系|再转)?(?:人工|真人|客服)(?:了)?(?!.{0,4}机器)",
    r"(?:客服|人工客服|经理|工作人员|你们的人|主管)(?:之前|昨天|上次|刚才|上周|前天|早上|已经|明明)?(?:跟我|和我|告诉我|对我)?(?:说|答应|承诺|回复我|告诉|讲过|联系过|保证)(?:了|过|我|的|会|今天|可以|要|是|明天)",
    r"(?:联系|找|问|跟|和|要|需要|打给|咨询)(?:你们的?|你们)?(?:人工|客服|工作人员)(?:聊|谈|说|沟通|确认)?(?:过|了.{0,6}(?:没|但|可|还))|我找不到.{0,4}客服(?:电话|邮箱|热线)|(?:要|需要|必须|还要|得|是不是要)(?:先)?(?:联系|找|问|经过|等)(?:你们的?|人工)?(?:客服|人工审核|人工|经理)(?:审核|同意|确认)?(?:吗|么|嗎|才|才能|[？?])",
    r"(?:请问|想问|问一下|要|找|给我)?(?:你们的?|人工)?客服的?(?:电话|邮箱|热线|号码|微信|工作时间|上班时间|在线时间|服务时间|几点|什么时候|周末|周[一二三四五六日末]|上班|下班)|需要人工(?:审核|操作|安装|费|确认)(?:吗|么|多久)?|(?:要|需要|请|换|接|找)(?:师傅|快递员|工人|邻居|别人|家人|朋友)",
    r"(?:会有|需要|要|有没有|派|请|叫|让)(?:你们的?)?(?:工作人员|师傅|人|专人)(?:来|上门|到家)?(?:安装|送|上门|签收|代收|代取|取件|收货)",
    r"人工(?:智能|智障|合成|草|花|植物|费|成本|湖|审核|做|制作|制造|种|培育|养|皮|光源|泪)|真人(?:秀|试|图|照|实拍|同款)",
)


def _any(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))


_SPOKEN_OF = _any(_NO_WISH)
_WISHED = _any((*_WISH, *_WISH_ZH, *_WISH_OTHER))
_ALONE = re.compile(rf"{_EDGE}(?:{_ALONE_EN}|{_ALONE_ZH}){_EDGE}")
_GREETED = re.compile(
    rf"(?:hi|hello|hey|dear) (?:there )?(?:customer )?(?:support|service|team|agent|staff){_EDGE}"
)
_TAKEN_OUT = " … "


def wishes_person(flat: str) -> bool:
    """Whether ``flat`` (``bot.text.plain``) asks for a person."""
    if _GREETED.fullmatch(flat):
        return False
    return _ALONE.fullmatch(flat) is not None or _WISHED.search(_SPOKEN_OF.sub(_TAKEN_OUT, flat)) is not None
