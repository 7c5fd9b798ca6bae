"""What customers want done with an order, and the subjects that articles answer by name, as patterns; pure.

A wish about an order ("I want to return this") is told from a question about how it goes ("how do I return something?"),
which articles answer. Patterns are searched in ``bot.text.plain`` of the text.
"""

QUESTION = (
    r"\b(?:how|what|which|where|who|why|when|until|within|policy|possible to|allowed|is it free|do i have to|do i need|does it cost|after \d+|how many|(?:14|30|45|60) days)\b",
    r"怎么(?!回事)|怎样|如何|流程|步骤|政策|规定|多久|几天|多少天|天内|天之内|什么时候|何时|哪里|哪儿|谁出|谁付|运费|邮费|期限|支持.{0,8}吗|能不能.{0,8}[？?]$|(?:可以|能)(?:退货?|换货?|退款|取消)(?:吗|么|嗎|不)|还能.{0,3}退|(?:超过|过了|用过|拆).{0,8}(?:退|换)",
)
"""Asks how something goes: no wish yet."""
DONE = (
    r"\b(?:returned|sent (?:it|them|everything|the \w+) back|cancell?ed|refunded|changed)\b.{0,40}\b(?:when|not|no|still|nothing|yet)\b|\bmy (?:refund|return)\b",
    r"(?:退款|退的钱|钱).{0,6}(?:还没|没到|没收到|什么时候|到账)|已经(?:退|取消|换|改)|退回去.{0,6}(?:了|周|天)",
)
NOT_ADDRESS = (
    r"\b(?:e-?mail|ip|web) addr?ess\b|\bmy account\b|\binvoice\b|\bprofile\b|\bnewsletter\b",
    r"邮箱|账户|账号|店",
)
CANCEL = (
    r"\b(?:can(?:cel|cle|sel)(?:l?ed|l?ing|lation)?|withdraw from|call off|annul|revoke|undo)\b.{0,40}\b(?:orders?|ordr|purchase|it|this|that|one|shipment|everything|something|lamps?|please|pls|[a-z]{1,3}[- ]?\d{3,12})\b",
    r"\b(?:orders?|purchase|it|this|[a-z]{1,3}[- ]\d{3,12})\b.{0,25}\bcan(?:cel|cle)l?(?:ed)?\b|^(?:please |pls )?cancel(?: please| pls)? (?:my )?(?:order|[a-z]{0,3}[- ]?\d{3,12})|\b(?:want|like|need) to cancel\b|\bstill cancel\b|\btoo late to cancel\b",
    r"\b(?:stop|don't send|do not send|dont send|don't ship|do not ship|dont ship)\b.{0,12}\b(?:(?:my|the|this) (?:order|shipment|parcel|package)|it out|(?:order )?(?:[a-z]{1,3}[- ]?)?\d{5,12})\b",
    r"(?:取消|撤销|撤回|cancel).{0,8}(?:订单|訂單|单|購買|购买|order|[a-z]{1,3}[- ]?\d{3,12}|东西|的)|(?:订单|訂單|order|单子?|[a-z]{1,3}[- ]?\d{3,12}).{0,14}(?:取消|撤销|不要了|不想要了|cancel)|(?:我要|我想|帮我|请|能|想|可以|麻烦)(?:取消|撤单|cancel)|撤单|(?:别|不要|先别)(?:给我)?发货了?|拍错了?|不想?买了",
    r"\bcan(?:cel|cle|sel) (?:the |my |number |no\.? |nr\.? |#)*\d{5,12}\b|(?<!\d)\d{5,12}(?:号|这[个单]|那[个单])?[ ,，]{0,2}(?:也|都|一起|一并|帮我|给我|请|要|想){0,4}(?:取消|不要了)|取消(?:掉|一下)? ?(?:这个|那个)? ?\d{5,12}",
)
NOT_CANCEL = (
    r"(?:\b(?:not|never|dont|didnt)|n't)\b (?:(?:want|wish|need|like|mean|plan|ask)(?: you)? to |yet |been |please )*can(?:cel|cle|sel)|\btoo late to (?:still )?can(?:cel|cle)\b",
    r"\bcan(?:cel|cle)l?ed (?:my|our|the|this|that|his|her|your|it|an?|orders?|[a-z]{0,3}[- ]?\d)|\b(?:was|were|been|got|already) can(?:cel|cle)l?ed\b",
    r"(?:不要|不想|不是要|不用|不必|不需要|没有?|请勿|勿|别|不)(?:要|再|给我|帮我)?取消|(?:不要|不想|别)(?:把|将)[^，,。！!；; ]{0,14}取消|(?:来得及|来不及|太[晚迟]了?)(?:再)?取消|取消[^，,。！!；; ]{0,14}(?:来得及|来不及|太[晚迟])",
    r"(?:朋友|家人|[他她]们?|你们|卖家|店家|系统|昨天|前天|上周|刚才|刚刚|早就|曾经?|已经?|被)(?:自动|给我|把(?:它|[^，,。！!；; ]{0,14}))?取消|取消过|(?<![帮给替为])我取消了",
)
"""Speaks of cancelling without wanting it: denied, done already, or asked whether it can still be."""
ADDRESS = (
    r"\b(?:change|update|correct|edit|modify|fix|wrong|incorrect|typo|new|different|another|other|old|mistake|forgot|mistyped)\b.{0,40}\b(?:addr?ess|adress|street|house number|postcode|post code|zip|apartment number|postal code)\b",
    r"\b(?:addr?ess|adress|street|postcode|zip code|house number)\b.{0,30}\b(?:wrong|incorrect|change|changed|mistake|typo|old|update)\b|\b(?:send|ship|deliver|redirect|reroute|forward)(?:ed)?\b.{0,30}\b(?:somewhere else|to (?:my|another|a different|the) (?:office|work|workplace|new|other|address|place|parents|mother|friend|neighbou?r|sister|brother)\w*)",
    r"(?:改|换|換|更改|修改|更正|变更|变一下|填错|写错|寫錯|选错|搞错|不对|有误|少写|错).{0,8}(?:地址|address|门牌|邮编|收货地|地方收)|(?:地址|address|门牌号?|邮编).{0,10}(?:改|换|错|錯|不对|有误|变|少写|update)|(?:改寄|改送|寄到|送到)(?:到)?(?:我)?(?:公司|学校|新家|新地址|别的地方|另一个地址|朋友|爸妈|父母)",
)
RETURN = (
    r"\b(?:want|wanna|need|like|please|pls|help me|start|register|arrange|open|set up|request|i am|i'm|going to|make)\b.{0,25}\b(?:return(?:ing)?|retrun|send(?:ing)? .{0,25}back|give .{0,25}back|giv(?:e|ing) back|bring .{0,20}back|take .{0,15}back|exchange|hand .{0,10}back)\b(?! (?:policy|label|address|shipping|customer|my (?:payment|money)))(?<!tax return)",
    r"^(?:please |pls )?return (?:this|it|my|the|order|for|request|[a-z]{1,3}[- ]?\d)|\b(?:returning|sending back) (?:it|this|the|my)\b|\breturn request\b|\breturn label for my\b|\bdon't want (?:to keep|it|the \w+)(?: any ?more)?.{0,20}\breturn\b",
    r"(?:我要|我想|想|要|帮我|给我|请|麻烦|申请|办理|退了吧|来个).{0,12}(?:退货|退貨|退掉|退回|退了|退给你们|换货|return)(?!.{0,4}(?:政策|流程|运费))|(?:想|要)退(?:$|[，,。！! ]|货|貨|了|掉|回)|^(?:退货|退貨|换货|申请退货)[。！! ]*$|(?:不想要|不喜欢|不合适|买错|不满意|太大|太小|太丑|不要了?).{0,8}(?:想|要|退货|退掉|退回|退了)|(?:把|将).{0,12}退(?:了|掉|回|给)(?!.{0,2}(?:钱|款))|帮我换(?:一个|货)|我要换",
    r"(?:^|\b(?:and|also|then|please|pls|to) )(?:return|send back) (?:the |my |order |number |no\.? |nr\.? |#)*(?:[a-z]{1,3}[- ]?)?\d{5,12}\b|(?<!\d)\d{5,12}(?:号|这[个单]|那[个单])?[ ,，]{0,2}(?:也|都|一起|一并|帮我|给我|请|要|想){0,4}(?:退货|退掉|退回|退了)|退(?:货|掉|回) ?(?:这个|那个)? ?(?:[a-z]{1,3}[- ]?)?\d{5,12}",
)
REFUND = (
    r"\b(?:want|wanna|need|like|please|pls|give|demand|request|can you|could you|just|now|apply for)\b.{0,25}\b(?:refund(?:ed)?|refound|money back|mony back|reimbursed?|reimbursement|my payment back|paid back)\b(?! (?:policy|take|arrive|paid))",
    r"^(?:please |pls )?return my (?:payment|money)\b|^(?:please |pls )?(?:a )?(?:full )?refund(?: me| my| order| the| this| it| pls| please|[.! ]*$| [a-z]{1,3}[- ]?\d)|^(?:my )?money back\b|\brefund me\b|\bpay me back\b|\bwant .{0,15}\bmoney back\b|\bcharged .{0,40}\brefund\b",
    r"(?:我要|我想|想|要|帮我|给我|请|麻烦|申请|要求|直接|尽快|赶紧|快|全额|部分).{0,10}(?:退款|退錢|退钱|refund)|^(?:退款|退钱|还钱|退錢)[。！!吧 ]*$|(?:退|还)我?(?:的)?钱(?!.{0,4}(?:多久|什么|到))|(?:把|将)(?:钱|款|.{1,12}的钱).{0,4}(?:退|还)|钱(?:给我)?退(?:回来|给我|我)|(?:没收到|坏|破).{0,10}退款",
    r"(?:^|\b(?:and|also|then|please|pls) )refund (?:me )?(?:for )?(?:the |my |order |number |no\.? |nr\.? |#)*(?:[a-z]{1,3}[- ]?)?\d{5,12}\b|(?:^|\b(?:please|but|just|and) )(?:to )?(?:get|have|receive) (?:(?:me|us|a|all|my|the|our|full) )*(?:refund(?:ed)?|money back)\b|(?<!\d)\d{5,12}(?:号|这[个单]|那[个单])?[ ,，]{0,2}(?:也|都|一起|一并|帮我|给我|请|要|想){0,4}退款|退款 ?(?:[a-z]{1,3}[- ]?)?\d{5,12}",
)
DELIVERY = (
    r"\b(?:arrived?|came|come|received?|recieved|got|delivered|was|is|are|were|it's)\b.{0,30}\b(?:damaged|broken|cracked|smashed|in pieces|scratched|chipped|crushed|shattered|dented|wrong (?:item|lamp|one|colou?r|size|product|thing)|empty)\b|\b(?:damaged|broken|cracked|smashed|shattered|crushed) (?:parcel|package|box|item|lamp|pot|glass|shade|lampshade|on arrival|plant|leaves)\b",
    r"\b(?:sent|delivered|shipped)(?: me)? (?:the |a )?wrong\b|\b(?:is|are|was|were) missing\b|\bmissing (?:from|in|item|part|screw)|\bsays? (?:it was |it is )?deliver\w+|\bmarked (?:as )?delivered\b|\b(?:parcel|package|order) (?:is |got |was )?(?:lost|stolen)\b|\bstole\b|\btracking (?:has not|hasn't|hasnt|is stuck|stuck|link|page)\b|\bnever rang\b|\bthe box was (?:empty|open)\b",
    r"(?:破损|破了|破的|碎|裂|损坏|压扁|划痕|断了|坏的|蔫了|烂了)|(?:发|寄|送)错|(?:少|漏|缺)(?:了|发|寄|一|件|配)|空(?:盒|的|包裹|箱)|(?:显示|已).{0,4}(?:签收|送达).{0,10}(?:没|未)|(?:快递|包裹|货).{0,6}(?:丢|弄丢|被偷|不见|退回)|物流.{0,8}(?:不动|不更新|没更新|停|卡)|收到.{0,8}(?:坏|不是我|错)",
)
INVOICE = (
    r"\b(?:invoice|invoce|invocie|receipt|reciept|vat|bill|billing document|proof of purchase)s?\b",
    r"发票|發票|开票|收据|專票|专票|购物凭证|invoice|税号",
)
PASSWORD = (
    r"\b(?:password|pasword|passwrd|passwort|pw|log ?-?in|log ?on|log in|sign ?-?in|signing in|logging in|locked out|account (?:is )?(?:locked|blocked))\b",
    r"密码|密碼|登录|登錄|登陆|登不|登上|验证码|账号.{0,4}锁|password|login",
)
ACCOUNT = (
    r"\b(?:accounts?|acc|acount|register|registration|sign up|sign me up|profile|guest|gdpr|personal data|my data|my email|e-?mail address)\b(?!.{0,15}\bbank\b)",
    r"账号|账户|帐号|帳號|帐户|注册|註冊|注销|销户|个人(?:信息|资料|数据)|换绑|手机号.{0,4}(?:换|改)|(?:换|改|更换).{0,3}(?:邮箱|手机号)|account|游客",
)
HOURS = (
    r"\b(?:opening|openning|business|store|shop|office|service) (?:hours|times?)\b|\b(?:are|r) (?:you|u)(?: guys)? (?:still )?(?:open|closed|there on)\b|\b(?:when|what time|how late|how long|until when|till when|what days)\b.{0,25}\b(?:open|close|closed|opens|closes|closing|start)\b|\bis (?:the|your) (?:shop|store) (?:open|closed)\b|\bopen (?:on|today|tomorrow|now|at)\b|\bclosing time\b|\bwork on (?:weekends|sundays?|saturdays?)\b|^hours[?. ]*$",
    r"营业|几点(?:开|关|上班|下班|打烊|到|能|可以)|开门|开门|開門|关门|关店|打烊|上班时间|服务时间|在线时间|放假|周[一二三四五六日末].{0,4}(?:上班|有人|开|休息)|什么时候(?:上班|有人|开门|下班)|节假日",
)
PRICE = (
    r"\b(?:how much(?! (?:light|water|fertili))|hw much|price|prices|pricing|cost|costs|cheap|cheaper|cheapest|expensive|discount|discounts|shipping (?:fee|cost)s?|postage|delivery costs?|free shipping|free delivery|on sale|sales coming|special offers?)\b",
    r"多少钱|多少錢|价格|价钱|什么价|怎么卖|运费|運費|邮费|快递费|包邮|免运费|打折|折扣|优惠(?!码|券.{0,6}(?:用不|无效|没反应))|便宜|太贵|降价|同价|怎么收费|price|discount",
)
INSULT = (
    r"\b(?:you|u|ur|your|bot|what an?|such an?|this)\b.{0,18}\b(?:stupid|dumb|idiot|moron|fool|asshole|dumbass|brainless|braindead|worthless|piece of (?:shit|junk|garbage|crap)|suck|sucks|trash)\b",
    r"\b(?:stupid|dumb|useless|fucking|fking|damn|trash|garbage|shitty|worthless|idiotic) (?:ro|chat)?(?:bot|robot|machine|computer|thing|ai)\b|\b(?:fuck|screw|f\*+k|fck) (?:you|off|u|this)\b|^f ?u$|\bstfu\b|\bshut (?:up|your mouth)\b|\bgo to hell\b|\bkiss my ass\b|\bwhat the (?:fuck|hell)\b|\bwtf\b|\bbullshit\b|^(?:you )?(?:idiots?|morons?|bastards?|bitch|asshole|fool|dickhead|crap)[!. ]*$|\bi hate you\b|\bget lost\b|\byou(?:'re| are) (?:so )?(?:useless|worthless)\b(?! people)",
    r"傻[逼x叉]|煞笔|沙雕|白痴|白癡|蠢货|蠢蛋|笨蛋|脑残|智障|弱智|废物|廢物|去死|王八蛋|混蛋|草泥马|神经病|他妈的|你妈的|妈的|操你|卧槽|cnm|nmsl|tmd|(?:你|你们|机器人)(?:真|太|怎么这么|怎么那么|好|这么)?(?:笨|蠢|傻)|(?:真|太)(?:笨|蠢)|(?:垃圾|破|死|傻|什么破)机器人|^(?:滚|滚蛋|滚开|滚滚滚|垃圾|闭嘴|閉嘴|有病|恶心|sb|操|靠)[！!。. ]*$|你有病|有毛病|脑子(?:进水|有问题|有病)|听不懂人话",
)
SMALL_TALK = (
    r"(?:lo+l|(?:ha){2,}h?|he(?:he)+|xd|hmm+|wow|cool|interesting|just (?:kidding|looking(?: around)?|testing)|testing(?: \d+)*|wass?up|what's up|whats up|sup)(?:[, ]*(?:that's |you are |you're )?(?:funny|cool))*",
    r"(?:can you |please |now )*(?:tell me (?:a|another) (?:joke|story)|sing(?: me)? a song|make me laugh)(?: please)?|(?:how(?:'s| is) it going|how(?:'s| is) your day|hows your day|nice to meet you|i'm bored|im bored|i am bored|good bot|well done|good job)(?: today| bot)?",
    r"(?:you(?:'re| are) (?:so |very |really )*(?:funny|cute|sweet|nice|smart|awesome|great|the best)|i (?:like|love) (?:you|your shop)|(?:nice|lovely|beautiful) (?:weather|day)(?: today)?|(?:happy|merry) (?:new year|christmas|xmas|easter|birthday)(?: to .{1,20})?|do you (?:love me|ever sleep|like (?:music|plants|me)|have (?:friends|a family|kids))|will you marry me|are you (?:married|happy|tired)|how old are you)",
    r"(?:哈+|呵+|嘿嘿|嘻嘻|h{3,}|233+|笑死我?了?|加油|厉害|真棒|好玩|有意思|好无聊|无聊死?了?|我好无聊|测试|试一下|随便看看|我就逛逛)(?:啊|呀|了)?",
    r"(?:给我|再)?(?:讲|说)个?(?:笑话|段子|故事)(?:吧|听听)?|唱首歌(?:给我听)?(?:吧)?|陪我聊(?:聊|天)(?:吧)?|(?:你)?(?:今天|最近)?(?:过得)?(?:好吗|怎么样|好不好)|(?:你)?吃(?:饭)?了(?:吗|没)|你(?:真|好|太)(?:可爱|聪明|逗|棒|厉害)了?|你(?:爱我|有女朋友|有男朋友|结婚了|累|几岁|多大)(?:吗|了)?|(?:新年|圣诞|中秋|生日|元旦|春节)(?:快乐|好)|今天天气(?:真|很)?好",
)
