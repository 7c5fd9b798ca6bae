# 产品的中文文本。键名与 en.ftl 一致。

## 网页聊天
widget-open = 打开聊天
widget-open-unread = 打开聊天，{$count} 条未读
widget-close = 关闭聊天
widget-title = 在线咨询
widget-greeting = 您好！请问有什么可以帮您？
widget-ask = 有问题请随时咨询
widget-with-bot = 智能助手即时为您解答
widget-in-queue = 正在等待人工客服
widget-with-agent = {$name} 正在为您服务
widget-with-team = 人工客服正在为您服务
widget-other-language = English
widget-messages = 消息
widget-you = 您
widget-assistant = 智能助手
widget-team = 客服
widget-typing = {$name} 正在输入
widget-joined = {$name} 已加入会话
widget-left = 客服已离开会话
widget-closed = 本次会话已结束，如需帮助请随时留言。
widget-connecting = 正在连接…
widget-reconnecting = 正在重新连接…
widget-offline = 连接已断开。您写下的消息会保留，恢复连接后自动发送。
widget-write = 输入消息
widget-send = 发送
widget-sending = 等待发送
widget-sent = 已发送
widget-read = 已读
widget-try-again = 重试
widget-remove = 删除
widget-attach = 添加附件
widget-attachments = 已添加的附件
widget-drop-here = 松开鼠标即可添加文件
widget-uploading = 正在上传 {$name}
widget-remove-file = 移除 {$name}
widget-image = 图片 {$name}，在新标签页中打开
widget-file = 文件 {$name}，{$size}，在新标签页中打开
widget-read-article = 阅读全文
widget-text-too-long = 消息过长，请缩短或分成两条发送。
widget-file-too-large = 文件过大：最大 {$size}
widget-file-empty = 文件为空
widget-file-too-many = 每条消息最多添加 {$count} 个文件
widget-file-media-type = 不支持发送此类文件
widget-file-network = 上传失败
widget-file-rate = 上传过于频繁，请稍候再试。
widget-error-too-large = 未发送：消息过长
widget-error-empty = 未发送：消息为空
widget-error-other = 未发送
## 机器人
bot-greet = 您好！关于我们商店的任何问题都可以问我，也可以直接告诉我订单号。
bot-goodbye = 再见！有需要随时再来。
bot-thanks = 不客气。还有什么可以帮您的吗？
bot-what-am-i = 我是本店的自动助手。我根据我们的文章回答问题，也能查询订单，并且随时可以为您转接人工客服。
bot-all-right = 好的。如果还有其他问题，请随时告诉我。
bot-go-ahead = 请说，您有什么问题？
bot-glad = 很高兴能帮到您。如果还有其他问题，请随时告诉我。
bot-no-answer = 我没有找到这个问题的答案。您能换一种说法吗？或者我为您转接同事。
bot-rephrase = 很抱歉没有帮到您。您能换一种说法再问一次吗？或者我为您转接同事。
bot-same-answer = 我找到的还是同样的答案。您能再说得具体一些吗？或者我为您转接同事。
bot-suggest = 下面也许有您要的答案：
bot-suggest-other = 很抱歉。也许下面有您需要的：
bot-which-one = 您指的是哪一个？请点击按钮或输入序号。
bot-choice-gone = 这个按钮已经失效了。请直接写下您需要什么。
bot-other-language = 这篇内容目前只有其他语言的版本：
bot-button-person = 转人工客服
bot-button-helped = 有帮助
bot-button-not-helped = 没有帮助
bot-order-ask-number = 请问您的订单号是多少？格式类似 {$example}。
bot-order-not-a-number = {$number} 不像我们的订单号。订单号的格式类似 {$example}。请您核对一下好吗？
bot-order-unknown = 我没有找到订单 {$number}。请您核对一下号码好吗？
bot-order-stopped = 好的，先不查了。没有订单号，同事也能帮您找到订单。
bot-order-give-up = 这样我找不到您的订单。
bot-order-state-placed = 我们已收到您的订单 {$number}，正在准备。
bot-order-state-packed = 您的订单 {$number} 已打包，很快就会发出。
bot-order-state-shipped = 您的订单 {$number} 已经发出，正在送往您那里。
bot-order-shipped-expected = 您的订单 {$number} 已经发出，预计 {$date} 送达。
bot-order-state-delivered = 您的订单 {$number} 已送达。
bot-order-state-cancelled = 您的订单 {$number} 已取消。
bot-order-state-returned = 您的订单 {$number} 已退回我们这里。
bot-complaint = 非常抱歉给您带来不便，感谢您告诉我们。我们的同事会亲自处理。
bot-sorry = 很抱歉没能帮到您。
bot-give-up = 很抱歉，我没有找到答案。
bot-asked-twice = 看来我的回答没有解决您的问题。
bot-lookup-failed = 很抱歉，我现在无法查询。
bot-attachment = 谢谢。我读不了文件，但我们的同事可以。
bot-not-proven = 订单信息只告诉能确认身份的客户，而这封邮件无法证明是谁写的。
bot-way-to-person = 没有解决您的问题？请回复“人工”，由同事为您处理。
bot-hand-over = 我正在为您转接同事，他们会在这里回复您，并且能看到您写的内容。
bot-hand-over-open = 我正在为您转接同事，他们会尽快回复您，并且能看到您写的内容。
bot-hand-over-closed = 我已把您的问题转给我们的团队。现在是非工作时间，上班后同事会在这里回复您，并且能看到您写的内容。
bot-reason-asked-for-person = 客户要求人工服务。
bot-reason-complaint = 客户投诉。
bot-reason-no-answer = 机器人没有找到答案。
bot-reason-not-helped = 机器人的回答没有帮助。
bot-reason-asked-twice = 客户重复提出同样的问题。
bot-reason-no-order = 机器人没有找到订单。
bot-reason-lookup-failed = 机器人需要的服务没有响应。
bot-reason-attachment = 客户发送了机器人无法读取的文件。
bot-reason-not-proven = 这封邮件询问订单，但无法证明发件人的身份：请先核实。
bot-reason-bot-failed = 机器人出错。
bot-summary-wrote = 客户写道：{$text}
bot-summary-shown = 已展示：{$titles}
bot-summary-order = 订单号：{$number}

## 演示页 /demo 上的虚构小店
demo-title = Lumen & Leaf
demo-language = 中文
demo-tagline = 暖光与绿意
demo-new = 本月新品
demo-lead = 让夜晚更温柔的灯，和与它相伴的绿植。两个工作日内发货。
demo-lamp = 暖光吊灯
demo-plant = 陶盆龟背竹
demo-pot = 釉面花盆两件套
demo-lamp-price = €89
demo-plant-price = €45
demo-pot-price = €38
demo-questions = 有疑问？
demo-questions-lead = 点击右下角的聊天按钮，智能助手会立即回答；如需人工服务，请直接告知。
demo-shipping = 配送需要多长时间？
demo-returns = 如何退货？
demo-person = 我想找人工客服
demo-note = 本店纯属虚构，用于在采用严格安全策略的网页上展示 Parley 聊天组件。

## Console: general

console-loading = 正在加载…
console-close = 关闭
console-cancel = 取消
console-save = 保存
console-saved = 已保存
console-clear = 清除
console-back = 返回
console-undo = 撤销
console-more = 更多操作
console-remove = 移除{ $name }
console-try-again = 重试
console-skip = 跳到正文
console-you = 你
console-agent = 客服
console-system = 系统
console-visitor = 访客 { $id }
console-name = 姓名
console-email = 邮箱
console-language = 语言
console-inbox = 渠道
console-people = 人员
console-queues = 队列
console-articles = 文章
console-no-page = 这个地址没有内容
console-not-for-role = 您的角色无法查看此页面
console-not-for-role-help = 如有需要，请联系管理员。
console-no-page-home = 回到首页
console-connection-lost = 连接已断开，正在重连。你写的内容不会丢失。

## Console: signing in

console-sign-in = 登录
console-sign-out = 退出登录
console-sign-in-title = 欢迎回来
console-sign-in-lead = 登录后即可答复客户。
console-password = 密码
console-password-new = 新密码
console-password-old = 当前密码
console-password-change = 修改密码
console-password-help = 至少 { $count } 个字符
console-forgotten = 忘记密码？请向管理员索取重置链接。
console-session-ended = 会话已结束，请重新登录。
console-invite-title = 欢迎加入团队
console-invite-lead = 你受邀以 { $email } 加入。请设置姓名和密码。
console-invite-do = 加入
console-reset-title = 设置新密码
console-reset-lead = 账号 { $email }。设置后将直接登录。
console-reset-do = 保存并登录
console-link-gone = 此链接已失效
console-link-gone-help = 链接已被使用或已过期，请向管理员索取新链接。
console-auth-question = 你好，我的包裹本该周二送到。
console-auth-bot = 订单 4127 周一已从仓库发出。需要请同事帮您查一下吗？
console-auth-question-more = 好的，麻烦了！
console-auth-agent = 您好，我是小林。刚和快递确认过，明早十点前送到。
console-auth-claim = 机器人先答，关键时刻由人接手，客户无需重复。

## Console: navigation and account

console-nav = 主导航
console-nav-inbox = 收件箱
console-nav-articles = 知识库
console-nav-status = 状态
console-nav-admin = 设置
console-nav-me = 我
console-nav-mine-count = 个你的进行中会话
console-account = { $name } 的账号
console-profile = 姓名与密码
console-sound-toggle = 开关提示音
console-sound-on = 打开提示音
console-sound-off = 关闭提示音
console-theme-system = 跟随系统
console-theme-light = 浅色
console-theme-dark = 深色
console-theme-next = 切换浅色与深色
console-language-next = 切换语言
console-role-agent = 客服
console-role-editor = 编辑
console-role-supervisor = 主管
console-role-administrator = 管理员

## Console: presence

console-presence-change = 更改在线状态
console-presence-to-available = 设为可接待
console-presence-available = 可接待
console-presence-available-help = 会收到新会话邀请
console-presence-busy = 忙碌
console-presence-busy-help = 保留现有会话，不再邀请
console-presence-away = 离开
console-presence-away-help = 暂时离开，可注明原因
console-presence-not-responding = 未响应
console-presence-offline = 离线
console-presence-offline-help = 今天结束工作
console-presence-reason = 离开原因
console-presence-reason-lunch = 午餐
console-presence-reason-break = 休息
console-presence-reason-meeting = 会议
console-presence-reason-training = 培训
console-presence-reason-other = 其他原因，按回车确认
console-load = 负载

## Console: keys and palette

console-palette = 命令面板
console-palette-hint = 想做什么？
console-palette-none = 这里没有这样的操作。
console-keys = 键盘快捷键
console-keys-go = 前往
console-keys-list = 列表
console-keys-conversation = 会话
console-keys-composer = 撰写
console-keys-offer = 邀请
console-keys-articles = 知识库
console-keys-general = 通用
console-keys-letters = 启用单字母快捷键
console-keys-letters-help = 如果语音输入或辅助软件会键入字母，请关闭此项。
console-key-next = 下一个会话
console-key-previous = 上一个会话
console-key-close = 关闭当前会话
console-key-reply = 写回复
console-key-note = 写内部备注
console-key-send = 发送
console-key-canned = 插入快捷回复
console-key-article = 插入文章
console-key-leave = 离开输入框
console-go-mine = 我的会话
console-go-queue = 排队中的会话
console-go-all = 全部会话
console-go-articles = 知识库
console-go-status = 系统状态
console-go-admin = 设置

## Console: offers

console-offer = 新会话邀请
console-offer-title-flash = ● 有客户在等待
console-offer-from = 与 { $name } 的会话邀请
console-offer-announce = 来自 { $name } 的新会话邀请。{ $why }。按 A 接受。
console-offer-accept = 接受
console-offer-accept-writing = 写作时接受邀请
console-offer-decline = 拒绝
console-offer-declined = 已拒绝，将邀请其他同事。
console-offer-left = 还剩 { $seconds } 秒
console-offer-expired = 来自 { $name } 的邀请已超时，转给其他同事。
console-offer-withdrawn = 来自 { $name } 的邀请已撤回。
console-offer-too-late = 来晚了，此邀请已结束。
console-why = 为什么是你：
console-why-you = 为什么是你
console-why-skills = 技能：{ $skills }
console-why-load = 已用负载 { $share }
console-why-only-one = 你是唯一空闲且符合要求的人
console-why-previous-agent = 你曾接待过这位客户
console-why-least-loaded = 在能处理的同事中，你最有余力
console-why-longest-idle = 在能处理的同事中，你空闲最久
console-why-offered-again = 没有其他人可以接手
console-why-taken = 从队列中手动接手
console-why-transferred = 由同事转接

## Console: lists

console-lists = 会话列表
console-conversations = 会话
console-list-mine = 我的
console-list-queue = 排队
console-list-all = 全部
console-list-search = 搜索会话
console-list-no-match = 没有找到
console-list-no-match-help = 没有会话包含“{ $query }”。
console-list-none = 这里没有会话
console-list-empty-mine = 全部处理完毕
console-list-empty-mine-help = 只要你处于可接待状态，就会收到新的会话邀请。
console-list-empty-queue = 没有人在等待
console-list-empty-queue-help = 需要人工处理的会话会显示在这里，直到有人接手。
console-list-empty-all = 没有进行中的会话
console-list-empty-all-help = 一有客户来信，就会显示在这里。
console-filter-status = 按状态筛选
console-filter-queue = 按队列筛选
console-filter-queue-any = 所有队列
console-filter-active = 处理中
console-filter-open = 进行中
console-filter-waiting = 等待中
console-filter-snoozed = 已暂缓
console-filter-resolved = 已解决
console-filter-closed = 已关闭
console-filter-any = 任意状态
console-queue-waiting = 
  { $count ->
    [0] 无人等待
    *[other] { $count } 人等待
  }
console-unread = { $count } 条未读
console-draft = 草稿：
console-no-message = 还没有消息
console-status-waiting = 等待中
console-status-snoozed = 已暂缓
console-status-resolved = 已解决
console-status-closed = 已关闭
console-handler-bot = 机器人
console-handler-queue = 排队中
console-sla-first = 首次答复截止 { $time }
console-sla-next = 下次答复截止 { $time }
console-sla-resolution = 解决截止 { $time }
console-sla-late = 超时 { $time }

## Console: conversation

console-conversation = 会话
console-conversation-with = 与 { $name } 的会话
console-conversation-gone = 此会话不存在，或你无权查看
console-none-open = 选择一个会话
console-none-open-help = 或按 J 打开下一个，按 ? 查看所有快捷键。
console-yours = 你负责
console-take = 接手
console-taken = 已由你接手
console-resolve = 解决
console-resolved = 已解决
console-reopen = 重新打开
console-reopened = 已重新打开
console-wait = 等待客户
console-waited = 正在等待客户
console-snooze = 暂缓
console-snooze-hour = 一小时后
console-snooze-hours = 四小时后
console-snooze-tomorrow = 明天上午
console-snooze-week = 下周一
console-snooze-own = 其他时间
console-snooze-do = 暂缓
console-snoozed = 已暂缓至 { $time }
console-transfer = 转接
console-transfer-search = 搜索队列和人员
console-transfer-to = 转接给
console-transfer-note = 给接手人的备注
console-transfer-note-help = 仅同事可见。
console-transfer-do = 转接
console-transferred = 已转接给 { $name }
console-write-contact = 给此联系人写信
console-write-first = 新建会话
console-write-to = 收件人
console-write-search = 姓名或地址
console-write-nobody = 没有找到联系人。
console-write-inbox = 通过
console-write-text = 消息
console-viewing = { $names } 也在查看
console-typing = { $name } 正在输入…
console-thread = 消息
console-new-below = 新消息
console-note = 内部备注
console-bot-tag = 自动回复
console-buttons = 提供的选项
console-delivery-queued = 等待发送
console-delivery-put-off = 对方尚未接收：{ $reason }；将再次尝试
console-delivery-sending = 发送中…
console-delivery-sent = 已发送
console-delivery-delivered = 已送达
console-delivery-read = 已读
console-delivery-failed = 未送达
console-delivery-withdrawn = 发送前已撤回
console-delivery-uncertain = 可能未送达

## Console: what happened

console-event-started = 会话开始
console-event-target-missed = 错过一个 SLA 目标
console-event-target-missed-first = 错过首次答复目标
console-event-target-missed-next = 错过下次答复目标
console-event-target-missed-resolution = 错过解决目标
console-event-bot-answered = 机器人完成一轮应答
console-event-handler = 会话已易手
console-event-handler-bot = 由机器人接待
console-event-handler-bot-returned-to-bot = 已交还机器人
console-event-handler-queue = 在 { $queue } 中排队
console-event-handler-queue-handed-off = 机器人转交至 { $queue }
console-event-handler-queue-bot-failed = 机器人无法作答：转入 { $queue }
console-event-handler-queue-transferred = 已转接至 { $queue }
console-event-handler-queue-agent-lost = 客服离线：回到 { $queue }
console-event-handler-queue-reopened = 重新打开：在 { $queue } 中排队
console-event-handler-agent = 现由 { $name } 负责
console-event-handler-agent-offer-accepted = { $name } 已接受
console-event-handler-agent-taken = { $name } 已接手
console-event-handler-agent-transferred = 已转接给 { $name }
console-event-handler-agent-wrote-first = { $name } 主动发起
console-event-status = 状态已更改
console-event-status-open = 已重新打开
console-event-status-waiting = 等待客户
console-event-status-snoozed = 暂缓至 { $time }
console-event-status-resolved = 由 { $by } 解决
console-event-status-closed = 已关闭

## Console: hand-off

console-handoff = 机器人转交
console-handoff-intent = 意图
console-handoff-tried = 已尝试
console-handoff-articles = 机器人参考的文章

## Console: writing

console-composer-kind = 回复或备注
console-composer-reply = 回复
console-composer-note = 备注
console-composer-reply-hint = 写回复。/ 快捷回复，@ 文章
console-composer-note-hint = 仅同事可见的备注
console-send = 发送
console-send-again = 重新发送
console-discard = 丢弃
console-add-note = 添加备注
console-closed = 此会话已彻底关闭。
console-attach = 添加附件
console-attachments = 附件
console-uploading = 正在上传
console-still-uploading = 请等待附件上传完成。
console-canned = 快捷回复
console-suggest-none = 没有找到。
console-unready-done = 会话已结束，重新打开后即可回复。
console-unready-free = 接手此会话后即可回复。
console-unready-held = 此会话由 { $name } 负责，你可以留下备注。

## Console: contact panel

console-panel = 详情
console-verified = 已验证
console-unverified = 未验证
console-began = 开始于
console-suggested = 推荐文章
console-suggested-none = 没有匹配的文章。
console-knowledge-search = 搜索文章
console-match = 匹配程度
console-insert = 插入
console-earlier = 以往会话
console-earlier-none = 这是第一次会话。

## Console: more of the contact

console-point-visitor = 浏览器 …{ $id }

## Console: knowledge base

console-article-new = 新建文章
console-article-search = 搜索文章
console-article-close = 关闭文章
console-article-none-open = 选择一篇文章
console-article-none-open-help = 在此发布的内容，两秒后机器人即可用来作答。
console-article-nothing = 这里没有文章
console-article-gone = 此文章不存在
console-article-filter-any = 任意状态
console-article-filter-published = 已发布
console-article-filter-draft = 有草稿
console-article-language-any = 任意语言
console-article-state-published = 已发布
console-article-state-draft = 草稿
console-article-state-both = 已发布，有修改
console-article-state-none = 尚未撰写
console-article-not-in = 没有{ $language }版本
console-article-no-category = 无分类
console-article-category = 分类
console-article-title = 标题
console-article-questions = 能回答的问题
console-article-questions-help = 每行一个，用客户的原话。机器人会据此学习。
console-article-body = 正文
console-article-body-help = 支持 Markdown：**粗体**、*斜体*、列表、链接、> 引用
console-article-view = 编辑或预览
console-article-write = 编辑
console-article-preview = 预览
console-article-sides = 并排显示语言
console-article-save = 保存草稿
console-article-saved = 草稿已保存
console-article-publish = 发布
console-article-published = 已发布，机器人已掌握
console-article-unpublish = 取消发布
console-article-unpublished = 已取消发布
console-article-unsaved = 尚未保存
console-article-unsaved-leave = 不保存就离开吗？修改将会丢失。
console-revisions = 
  { $count ->
    *[other] { $count } 个版本
  }
console-revisions-title = 版本记录
console-revision = 第 { $number } 版
console-revision-published = 已发布
console-revision-draft = 草稿
console-revision-superseded = 已被替换
console-revision-restore = 恢复为已发布的内容

## Console: status

console-health-title = 系统状态
console-health-bot = 机器人
console-health-engine-rasa = 由 Rasa 作答。
console-health-engine-scripted = 在 Rasa 就绪前，由简易引擎基于同一知识库作答。
console-health-engine-alone = 由简易引擎基于知识库作答；Rasa 已关闭。
console-health-progress = Rasa 进度
console-health-detail = 正在进行
console-health-since = 已持续
console-health-model = 模型
console-health-sockets = 在线连接
console-health-waiting = 待处理任务
console-health-oldest = 最早 { $time } 前
console-health-uptime = 已运行
console-health-version = 版本
console-bot-off = 已关闭
console-bot-installing = 安装中
console-bot-training = 训练中
console-bot-starting = 启动中
console-bot-ready = 就绪
console-bot-failed = 失败
console-dead = 已放弃的任务
console-dead-none = 没有被放弃的任务。
console-dead-lead = 这些步骤多次失败。查明原因后可重新执行。
console-dead-replay = 重新执行
console-dead-replayed = 将重新执行
console-checks = 检查
console-check-good = 正常
console-check-bad = 异常

## Console: settings

console-admin-people = 人员
console-admin-queues = 队列
console-admin-skills = 技能
console-admin-inboxes = 渠道
console-admin-sla = SLA 策略
console-admin-hours = 营业时间
console-admin-canned = 快捷回复
console-none = 无
console-done = 完成
console-copy = 复制
console-copied = 已复制
console-removed = 已删除
console-remove-do = 删除
console-remove-sure = 确认删除？
console-name-thing = 名称
console-unit = 单位
console-unit-seconds = 秒
console-unit-minutes = 分钟
console-unit-hours = 小时
console-unit-days = 天
console-people-lead = 负责接待、编辑、主管和管理的人员。
console-people-search = 搜索人员
console-invite = 邀请成员
console-invite-make = 生成链接
console-invite-link = 邀请链接
console-invited = { $name } 可通过此链接加入。链接仅可使用一次，请自行转交。
console-roles = 角色
console-role-agent-help = 接待会话
console-role-editor-help = 撰写文章
console-role-supervisor-help = 管理队列、技能和 SLA
console-role-administrator-help = 管理人员和渠道
console-person-inactive = 已停用
console-person-capacity = 容量
console-person-skills-help = 1 为入门，5 为专家
console-deactivate = 停用
console-deactivated = 已停用并退出登录
console-activate = 启用
console-activated = 已重新启用
console-reset-link = 重置链接
console-reset-help = 重置链接会立即让此人退出登录，旧密码随即失效。取消角色也会让其退出登录。
console-reset-made = { $name } 可用此链接设置新密码，仅可使用一次。旧密码已失效，{ $name } 已在所有设备上退出登录。
console-level-of = { $skill } 的等级
console-skill-add = 添加技能
console-skill-title = 技能
console-skill-lead = 客服的能力。队列要求一定等级的技能，客服拥有一定等级的技能。
console-skill-none = 还没有技能
console-skill-holders = 
  { $count ->
    [0] 无人拥有
    *[other] { $count } 人拥有
  }
console-queue-add = 添加队列
console-queue-title = 队列
console-queue-lead = 会话等待人工的地方：需要什么技能、询问谁、何时之前答复。
console-queue-none = 还没有队列
console-queue-priority = 优先级
console-queue-priority-help = 数值越高越优先
console-queue-sla = SLA 策略
console-queue-hours = 营业时间
console-queue-requirements = 所需技能
console-queue-requirements-help = 设置时间后，等待超过该时间即不再要求此技能。
console-queue-drop = 多久后放宽
console-queue-never = 从不
console-queue-add-skill = 添加技能…
console-queue-languages = 语言
console-queue-members = 成员
console-queue-all-members = 全选或全不选
console-queue-member-count = 
  { $count ->
    *[other] { $count } 名成员
  }
console-inbox-add = 添加渠道
console-inbox-title = 渠道
console-inbox-lead = 客户联系你们的入口。
console-inbox-none = 还没有渠道
console-inbox-queue = 转交至
console-inbox-enabled = 客户可在此联系
console-inbox-bot = 机器人
console-inbox-off = 已停用
console-inbox-looks = 网页组件
console-inbox-origins = 允许嵌入的网站
console-inbox-origins-help = 每行一个，例如 https://shop.example
console-inbox-color = 颜色
console-inbox-position = 位置
console-inbox-position-left = 左侧
console-inbox-position-right = 右侧
console-inbox-greeting = 问候语（{ $language }）
console-inbox-snippet = 网站嵌入代码
console-inbox-snippet-help = 放在每个页面 body 结束标签之前。
console-sla-add = 添加策略
console-sla-title = SLA 策略
console-sla-lead = 最晚何时答复客户。列表和分配均据此排序。
console-sla-none = 还没有策略
console-sla-first-response-s = 首次答复
console-sla-next-response-s = 后续答复
console-sla-resolution-s = 解决
console-sla-no-target = 无目标
console-sla-hours = 计时方式
console-hours-add = 添加营业时间
console-hours-title = 营业时间
console-hours-lead = SLA 目标仅在这些时段内计时。
console-hours-none = 还没有营业时间
console-hours-always = 全天候
console-hours-zone = 时区
console-hours-week = 每周
console-hours-from = { $day } 开始
console-hours-to = { $day } 结束
console-hours-closed = 休息
console-hours-add-span = 为 { $day } 添加时段
console-hours-holidays = 节假日
console-hours-holiday = 节日名称
console-hours-holiday-add = 添加节假日
console-hours-holiday-count = 
  { $count ->
    *[other] { $count } 个节假日
  }
console-hours-date = 日期
console-canned-add = 添加快捷回复
console-canned-title = 快捷回复
console-canned-lead = 客服撰写时用 / 插入的文本。
console-canned-none = 还没有快捷回复
console-canned-name = 标题
console-canned-shortcut = 快捷词
console-canned-text = 正文
console-canned-help = { $contact } 和 { $agent } 会自动填入。

## Console: intents, slots and reasons of a hand-off

console-handoff-reason-asked-for-person = 要求人工
console-handoff-reason-asked-twice = 重复询问
console-handoff-reason-attachment = 发来了附件
console-handoff-reason-not-for-bot = 机器人不回复的消息
console-handoff-reason-not-proven = 询问订单，发件人身份未证实
console-handoff-reason-bot-failed = 机器人无法作答
console-handoff-reason-complaint = 投诉
console-handoff-reason-lookup-failed = 无法查询订单
console-handoff-reason-no-answer = 没有可用文章
console-handoff-reason-no-order = 未找到订单
console-handoff-reason-not-helped = 答复未能帮到客户
console-intent-greet = 问候
console-intent-goodbye = 告别
console-intent-thank = 致谢
console-intent-affirm = 肯定
console-intent-deny = 否定
console-intent-bot-challenge = 询问是否为机器人
console-intent-talk-to-person = 转人工
console-intent-order-status = 订单状态
console-intent-complaint = 投诉
console-intent-ask-knowledge = 咨询问题
console-intent-not-helped = 答复无帮助
console-intent-out-of-scope = 其他
console-intent-none = 未知
console-slot-order-number = 订单号
console-slot-lang = 语言

## Console: mail in a conversation

console-mail-from = 发件人
console-mail-to = 收件人
console-mail-copies = 抄送
console-mail-subject = 主题
console-mail-no-subject = 无主题
console-mail-no-sender = 无发件人
console-mail-to-only = 发给 { $to }
console-mail-to-copies = 发给 { $to }，抄送 { $copies }
console-mail-and-more = { $names } 等另外 { $count } 人
console-mail-show-quote = 显示引用内容
console-mail-hide-quote = 隐藏引用内容
console-mail-show-signature = 显示签名
console-mail-hide-signature = 隐藏签名
console-mail-left-out = 此邮件在这里可能不完整，缺少：{ $what }。邮箱中有完整邮件。
console-mail-problem-headers-cut = 部分邮件头（过多）
console-mail-problem-nesting = 嵌套过深的内容
console-mail-problem-parts = 末尾的部分（过多）
console-mail-problem-files = 部分文件（过多或过大）
console-mail-problem-text-cut = 正文末尾（过长）
console-mail-problem-html-cut = 带格式正文的末尾（过长）
console-mail-problem-html-nesting = 格式（嵌套过深）
console-mail-problem-tnef = winmail.dat 中的内容
console-mail-problem-encoding = 编码损坏的内容
console-mail-view = 邮件显示方式
console-mail-view-plain = 纯文本
console-mail-view-formatted = 原格式
console-mail-frame = 发件人的原格式：{ $subject }
console-mail-images =
  { $count ->
    *[other] 显示 { $count } 张图片
  }
console-mail-images-help = 未加载外部图片：加载后发件人会知道邮件已被阅读。
console-mail-automatic = 来自 { $name } 的自动邮件
console-mail-automatic-auto-reply = 来自 { $name } 的自动回复
console-mail-automatic-bounce = 来自 { $name } 的投递报告
console-mail-automatic-failed = { $name } 告知：投递失败
console-mail-automatic-delayed = { $name } 告知：投递延迟
console-mail-automatic-delivered = { $name } 告知：已送达
console-mail-automatic-list = 邮件列表：{ $name }
console-mail-why = 为何在此
console-mail-why-total = 合计
console-mail-why-help = 合计越高，越能确定邮件属于此会话。无论合计多少，只有参与者才能写入会话。
console-evidence-reply-address = 发到了此会话的专属回复地址
console-evidence-signed-id = 回复了我们在此会话中签发的邮件
console-evidence-in-reply-to = 声明回复的是此会话中的邮件
console-evidence-references = 引用了此会话中的邮件
console-evidence-mentioned = 被此会话中的邮件引用
console-evidence-subject = 主题相同
console-evidence-former-subject = 与会话曾用的主题相同
console-evidence-people = 收发件人相同
console-evidence-takes-part = 发件人是此会话的参与者
console-evidence-time = 距上一条消息的时间
console-evidence-subject-anew = 主题未表明是回复
console-evidence-same-writer = 与上一封出自同一人
console-evidence-other-references = 引用了其他会话的邮件
console-evidence-no-references = 未引用任何邮件，而此处其他邮件均有引用
console-proof-label = { $proof }：说明
console-proof-proven = 发件人已证实
console-proof-unproven = 发件人未证实
console-proof-failed = 发件人验证失败
console-proof-authenticated-help = 收信服务器已验证：此邮件确实来自 { $address }。
console-proof-reply-address-help = 此邮件发到了我们只告知过 { $address } 的专属地址，等同于已证实。
console-proof-none-help = 无法证明此邮件确实来自 { $address }。任何人都可以伪造发件人，确认身份之前请勿透露个人信息。
console-proof-failed-help = 收信服务器验证后发现，此邮件并非来自 { $address }，请按伪造邮件处理。
console-subject-change = 修改主题
console-subject-saved = 主题已修改
console-delivery-unknown = 无法确定是否已送达
console-delivery-arrived = 标为已送达
console-delivery-arrived-done = 已记为送达
console-delivery-again-done = 正在重新发送

## Console: who takes part

console-participants = 参与者
console-people-requester = 发起人
console-people-outside = 未参与
console-people-add = 添加地址
console-people-add-do = 添加
console-people-added = { $name } 已加入
console-people-remove = 将 { $name } 移出会话
console-people-removed = { $name } 将不再收到回复
console-copies-choice = 回复给谁
console-copies-one = 只回复一人
console-copies-all = 回复全部（{ $count }）
console-copies-leave-out = 这次不发给 { $name }
console-copies-outside = { $name } 未参与：添加
console-copies-outside-help = { $address } 出现在邮件中，但尚未被加入。添加之前不会收到任何内容。

## Console: moving, splitting, merging

console-links = 关联会话
console-links-more = 另外 { $count } 个
console-links-fewer = 收起
console-link-suspected-ours = 可能属于另一个会话，但发件人未参与其中：
console-link-suspected-theirs = 有未参与者就此事来信：
console-link-new-subject-ours = 由另一个会话换主题而来：
console-link-new-subject-theirs = 已换主题继续：
console-link-follow-up-ours = 接续已结束的会话：
console-link-follow-up-theirs = 结束后又继续于：
console-link-split-ours = 拆分自
console-link-split-theirs = 已拆分出一部分：
console-link-merged-ours = 已合并到
console-link-merged-theirs = 已并入以下会话的内容：
console-message-more = 更多消息操作
console-move-to = 移动到…
console-move-help = 此消息及其全部内容将移到你选择的会话。
console-move-do = 移动
console-move-done = 已移动
console-split-from = 从这里拆分…
console-split-choose = 拆分 { $name } 的消息：{ $text }
console-split-count =
  { $count ->
    [0] 未选择消息。
    *[other] 已选择 { $count } 条消息。
  }
console-split-help = 它们将成为一个新会话。
console-split-all = 至少要保留一条消息。
console-split-subject = 新会话的主题
console-split-do = 拆分
console-split-done = 已拆分为新会话
console-merge-into = 合并到…
console-merge-help = 全部消息将移到你选择的会话。此会话会关闭，并注明消息去向。
console-merge-strange = 这是两位不同的客户：{ $name } 和 { $other }。另一会话的参与者会在下次带引用的回复中看到这里的全部内容。
console-merge-people = 这里的参与者也加入那个会话
console-merge-people-help = 否则他们不会收到那边的回复。
console-merge-do = 合并
console-merge-done = 已合并
console-pick-linked = 关联会话
console-pick-own = 同一联系人
console-pick-other = 其他
console-pick-found = 搜索结果
console-undone = 已撤销
console-rearranged = 移动、拆分、合并
console-rearranged-move-out = 移出 { $count } 条到
console-rearranged-move-in = 移入 { $count } 条，来自
console-rearranged-split-out = 拆出 { $count } 条到
console-rearranged-split-in = 拆入 { $count } 条，来自
console-rearranged-merge-out = 合并 { $count } 条到
console-rearranged-merge-in = 并入 { $count } 条，来自
console-event-open = 打开
console-event-moved-in =
  { $count ->
    *[other] { $by } 从“{ $subject }”移入 { $count } 条消息
  }
console-event-moved-out =
  { $count ->
    *[other] { $by } 将 { $count } 条消息移到“{ $subject }”
  }
console-event-linked = 已与“{ $subject }”关联
console-event-linked-suspected-ours = 可能属于“{ $subject }”
console-event-linked-suspected-theirs = “{ $subject }”可能属于这里
console-event-linked-new-subject-ours = 由“{ $subject }”而来
console-event-linked-new-subject-theirs = 以“{ $subject }”继续
console-event-linked-follow-up-ours = 接续“{ $subject }”
console-event-linked-follow-up-theirs = 继续于“{ $subject }”
console-event-linked-split-ours = 拆分自“{ $subject }”
console-event-linked-split-theirs = 已拆分出“{ $subject }”
console-event-linked-merged-ours = 已合并到“{ $subject }”
console-event-linked-merged-theirs = 已并入“{ $subject }”
console-event-participants = 参与者有变化

## Console: what the bot suggests

console-suggestion = 机器人建议
console-suggestion-help = 仅你们可见。
console-suggestion-use = 采用
console-suggestion-first = 接手会话后即可采用。

## Console: writing first by mail

console-write-search-address = 姓名，或新地址
console-write-new-address = 新地址

## Console: mail that did not become a message

console-nav-mail = 邮件
console-nav-mail-count = 封邮件待查看
console-go-mail = 待查看的邮件
console-mail-title = 待查看的邮件
console-mail-state-quarantined = 已隔离
console-mail-state-held = 已拦下
console-mail-state-set-aside = 已搁置
console-mail-state-too-large = 过大
console-mail-state-stored = 等待读取
console-mail-state-done = 已收入
console-mail-quarantined-lead = 无法在限制内读取的邮件。原件完整保留，不会丢失。
console-mail-held-lead = 同一发件人一小时内来信过多，放行后才会收入。
console-mail-set-aside-lead = 不属于任何会话的机器邮件：自动回复、报告、邮件列表。
console-mail-too-large-lead = 超过大小限制的邮件。只取回了邮件头，其余仍在邮件服务器上。
console-mail-quarantined-none = 所有邮件均可读取
console-mail-held-none = 没有被拦下的邮件
console-mail-set-aside-none = 没有被搁置的邮件
console-mail-too-large-none = 没有过大的邮件
console-mail-quarantined-next = 可在升级后重试，或在此查看源文件。
console-mail-held-next = 如果来自客户，请放行。
console-mail-set-aside-next = 如果需要有人答复，请放行，它将成为一个会话。
console-mail-too-large-next = 可在调高限制后重试，或在邮件服务器上查看。
console-mail-stored-next = 正在收入。
console-mail-done-next = 已收入。
console-mail-reason-too-many = 该发件人一小时内来信过多
console-mail-reason-auto-reply = 不属于任何会话的自动回复
console-mail-reason-report = 与我们的邮件无关的投递报告
console-mail-reason-list = 来自邮件列表
console-mail-reason-own = 我们自己的邮件又回到这里
console-mail-reason-before-start = 此渠道启用之前已在邮箱中
console-mail-reason-no-sender = 没有发件人
console-mail-reason-too-large = 超过大小限制
console-mail-reason-gone = 已不在邮件服务器上
console-mail-reason-taken = 已从另一份副本收取
console-mail-reason-asked = 下次查看邮箱时重新取回
console-mail-reason-empty = 内容为空
console-mail-reason-no-headers = 没有邮件头，不是邮件
console-mail-reason-time = 读取超时
console-mail-reason-memory = 读取占用内存过多
console-mail-reason-crashed = 读取时程序崩溃
console-mail-reason-unfetchable = 邮件服务器未交出此邮件
console-mail-news-held = 某发件人一小时内来信超过上限，其余已暂扣
console-mail-news-quarantined = 收到一封无法读取的邮件
console-mail-news-look = 查看
console-mail-reason-failed = 读取失败
console-mail-received = 收到时间
console-mail-size = 大小
console-mail-headers = 邮件头
console-mail-source = 源文件
console-mail-source-start = 源文件开头
console-mail-download = 下载
console-mail-replay = 重试
console-mail-release = 放行
console-mail-replayed = 正在收入
console-mail-open = 打开会话
console-mail-older = 更早的邮件

## Console: settings of a mailbox

console-save-anyway = 仍然保存
console-secret-set = 已设置
console-secret-replace = 更换
console-secret-keep = 保留原来的
console-inbox-kind = 类型
console-inbox-kind-widget = 网站聊天
console-inbox-kind-widget-help = 网页角落里的聊天窗口
console-inbox-kind-email = 邮箱
console-inbox-kind-email-help = 通过 IMAP 和 SMTP 收发的邮箱
console-inbox-go-on = 访客离开后，通过以下邮箱继续
console-inbox-go-on-none = 不继续
console-inbox-go-on-help = 仅限留下邮箱地址的访客。
console-inbox-bot-answer = 先作答
console-inbox-bot-suggest = 仅建议答复
console-inbox-bot-answer-help = 无法作答时转交人工。
console-inbox-bot-suggest-help = 客服看到建议后自行决定，机器人不发送任何内容。
console-inbox-bot-off = 关闭
console-inbox-bot-off-help = 每个会话直接进入队列。
console-inbox-bot-answer-short = 机器人作答
console-inbox-bot-suggest-short = 机器人建议
console-mailbox-address = 邮箱地址
console-mailbox-display = 显示名称
console-mailbox-display-help = 客户看到的名称
console-mailbox-preset = 服务商
console-mailbox-preset-gmail = Gmail
console-mailbox-preset-microsoft = Microsoft 365
console-mailbox-preset-qq = QQ 邮箱
console-mailbox-preset-163 = 163 邮箱
console-mailbox-preset-other = 其他
console-mailbox-preset-gmail-help = 需要应用专用密码（Google 账号的“安全性”、“两步验证”）或 OAuth，普通密码无效。
console-mailbox-preset-microsoft-help = 需要 OAuth：在 Entra ID 注册应用，并授予 IMAP.AccessAsUser.All 和 SMTP.Send。密码登录已停用。
console-mailbox-preset-qq-help = 请在 QQ 邮箱设置中开启 IMAP/SMTP 服务，并填写生成的授权码，而不是密码。
console-mailbox-preset-163-help = 请在 163 邮箱设置中开启 IMAP/SMTP 服务，并填写生成的授权码，而不是密码。
console-mailbox-sign = 登录方式
console-mailbox-sign-how = 方式
console-mailbox-sign-password = 密码
console-mailbox-sign-oauth = OAuth 2（刷新令牌）
console-mailbox-code = 授权码
console-mailbox-smtp-password = 发信使用其他密码
console-mailbox-smtp-password-help = 留空则相同
console-mailbox-client-id = 客户端 ID
console-mailbox-client-secret = 客户端密钥
console-mailbox-refresh-token = 刷新令牌
console-mailbox-token-url = 令牌地址
console-mailbox-scope = 权限范围
console-mailbox-imap = 收信（IMAP）
console-mailbox-smtp = 发信（SMTP）
console-mailbox-smtp-signs = 发信时登录
console-mailbox-host = 服务器
console-mailbox-port = 端口
console-mailbox-user = 用户名
console-mailbox-security = 加密方式
console-mailbox-security-tls = 全程 TLS
console-mailbox-security-starttls = STARTTLS
console-mailbox-security-none = 不加密
console-mailbox-folder = 文件夹
console-mailbox-take = 收取
console-mailbox-take-new = 仅从现在起的新邮件
console-mailbox-take-all = 已有的全部邮件
console-mailbox-mark = 收取后，服务器上的邮件
console-mailbox-mark-nothing = 保持原样
console-mailbox-mark-seen = 标为已读
console-mailbox-mark-flagged = 加上旗标
console-mailbox-per-minute = 每分钟最多回复
console-mailbox-language = 语言未知时使用
console-mailbox-signature = 签名（{ $language }）
console-mailbox-agent-names = 发件人中显示客服姓名
console-mailbox-agent-names-help = 位于邮箱名称之前，例如：安娜（客服）
console-mailbox-quote = 每封回复下方附上所回复的内容
console-mailbox-rules = 规则与信任
console-mailbox-aliases = 此邮箱的其他地址
console-mailbox-aliases-help = 每行一个
console-mailbox-forms = 联系表单的发件地址
console-mailbox-forms-help = 每行一个。来自这些地址的邮件以其 Reply-To 为发件人。
console-mailbox-plus = 带加号的地址也投递到此邮箱
console-mailbox-plus-help = 例如 support+任意内容@example.com。回复将发往专属地址，从而证实回信人。
console-mailbox-trusted = 信任由谁写入的 Authentication-Results
console-mailbox-trusted-help = 收信服务器写入验证结果时所用的名称，例如 mx.example.com。仅当您的服务器会给收到的每封邮件写入此标头、并删除外来的同名标头时才填写，否则发件人可以伪造。留空则不采信任何验证结果。
console-mailbox-resolved = 对已解决会话的回复
console-mailbox-resolved-reopen = 重新打开该会话
console-mailbox-resolved-link = 新建关联会话
console-mailbox-lists = 邮件列表的来信
console-mailbox-lists-queue = 进入队列
console-mailbox-lists-set-aside = 搁置
console-mailbox-limit = 每位发件人每小时邮件数
console-mailbox-limit-help = 超出的会被拦下，放行后才收入。
console-probe-title = 连接
console-probe-do = 测试连接
console-probe-help = 不会保存、读取或发送任何内容。
console-probe-busy = 需要几秒钟…
console-probe-good = 一切正常，可以收发邮件。
console-probe-bad = 还有问题。
console-probe-imap = 收信
console-probe-smtp = 发信
console-probe-name = 服务器名称
console-probe-port = 端口
console-probe-tls = 加密
console-probe-password = 登录
console-probe-folder = 文件夹
console-probe-state-ok = 正常
console-probe-state-failed = 失败
console-probe-state-not-tried = 未尝试
console-probe-failed-name = 找不到此名称的服务器，请检查拼写。
console-probe-failed-port = 没有响应，请检查端口，以及是否被防火墙阻挡。
console-probe-failed-tls = 无法建立安全连接，请检查加密方式或服务器证书。
console-probe-failed-password = 服务器拒绝登录，请检查用户名和密码。许多服务商要求使用应用专用密码或授权码。
console-probe-failed-folder = 该文件夹不存在或无法打开。
console-probe-code-address-refused = 这是内网地址，此处不允许连接内网主机（PARLEY_EMAIL_PRIVATE_HOSTS）。
console-probe-code-certificate-name = 服务器证书属于其他名称，请检查服务器名称。
console-probe-code-certificate-expired = 服务器证书已过期。
console-probe-code-certificate-untrusted = 服务器证书不受信任。
console-probe-code-no-tls = 此端口不支持全程 TLS，请尝试 STARTTLS 或其他端口。
console-probe-code-tls-unsupported = 服务器不支持 STARTTLS，请尝试全程 TLS。
console-probe-code-tls-required = 未加密时服务器不接受密码，请选择 TLS 或 STARTTLS。
console-probe-code-no-imap = 有响应，但不是 IMAP 服务器，请检查端口。
console-probe-code-no-greeting = 已连上但没有响应，请检查端口和加密方式。
console-probe-code-turned-away = 服务器拒绝了连接，请稍后再试。
console-probe-code-too-slow = 服务器响应太慢。
console-probe-code-try-later = 服务器暂时不允许登录，请稍后再试。
console-probe-code-no-xoauth2 = 服务器不接受 OAuth 2 令牌，请使用密码。
console-probe-code-token-revoked = 刷新令牌已失效，需要重新登录并生成新令牌。
console-probe-code-token-client = 客户端 ID 或客户端密钥有误。
console-probe-code-token-refused = 访问令牌被拒绝，请检查权限范围以及是否属于此邮箱。
console-probe-code-token-insecure = 令牌地址必须以 https:// 开头
console-probe-code-token-garbled = 令牌地址的响应不符合 OAuth 2，请检查地址。
console-probe-code-token-unreachable = 无法连接令牌地址。
console-probe-code-ca-file = 无法读取本系统的证书文件（PARLEY_EMAIL_CA_FILE）。
console-probe-code-folder-missing = 没有这个名称的文件夹，请检查写法；INBOX 始终存在。
console-probe-code-no-sign-in = 此端口不能登录，请使用发信端口（通常为 465 或 587）。
console-probe-code-no-smtp = 该端口有应答，但不是 SMTP 服务器，请检查端口。
console-probe-code-no-uids = 服务器没有为此文件夹中的邮件提供固定编号，无法可靠读取。
console-probe-code-not-reached = 没有应答，请检查端口，以及中间是否有防火墙。
console-probe-code-read-only = 此文件夹为只读，无法标记邮件，请选择不改动邮件。
console-probe-code-tls-from-start = 此端口一开始就要求 TLS，请选择 TLS 而不是 STARTTLS。
console-probe-code-unusable = 其中有无法发送的字符，例如换行。

## Console: errors

error-unknown = 出错了，请重试。
error-expected = 应为：{ $expected }
error-offline = 无法连接服务器，请检查网络。
error-page = 页面加载失败
error-list = 列表加载失败
error-conversation = 会话加载失败
error-wrong-password = 邮箱或密码错误。
error-rate = 尝试次数过多，请稍候。
error-forbidden = 你没有权限执行此操作。
error-not-found = 内容已不存在。
error-conflict = 已被其他人更改，请刷新后再试。
error-expired = 来晚了，此邀请已结束。
error-unavailable = 暂时不可用，请稍后重试。
error-csrf = 会话已变化，请刷新页面。
error-too-large = 内容过大。
error-media-type = 不支持发送此类文件。
error-empty = 内容为空。
error-held = 此会话已由其他人负责。
error-offered = 此会话正在邀请其他同事。
error-over = 已结束或已变化。
error-moved-on = 内容已变化。
error-not-held = 此会话尚无人负责，请先接手。
error-not-yours = 此会话不由你负责。
error-already-open = 与此联系人已有进行中的会话。
error-cannot-start = 无法通过此渠道主动发起会话。
error-in-use = 仍在其他地方使用。
error-taken = 已存在。
error-agent-unavailable = 离线或已停用的人员不能接手会话，请先上线。
error-at-capacity = 已接手和正在分派的会话数已达上限。
error-already-offered = 正在向此人分派该会话。
error-closed = 此会话已关闭。
error-inbox-off = 此渠道已停用。
error-upload = 文件已不存在，请重新添加。
error-own-reset = 您可以在个人资料中修改自己的密码。
error-last-administrator = 必须保留最后一位管理员。
error-too-many = 数量过多。
error-origin = 此页面无权执行该操作。
error-wrong-password-old = 当前密码不正确。
error-no-participants = 此处只有客户本人可以参与。
error-no-subjects = 此处的会话没有主题。
error-own-address = 这是我们自己收件箱的地址。
error-requester = 这就是客户本人，每条回复都会发给他们。
error-copies = 抄送对象中有人不是参与者。
error-cannot-rearrange = 不同渠道的会话以及实时会话无法调整。
error-not-here = 有消息已不在此处。
error-only-ours = 不能只拆分回复或备注，请同时选择客户的消息。
error-nothing-left = 这里将没有消息剩下，请改用合并。
error-on-its-way = 有回复正在发送，请发送完成后再试。
error-newer = 之后还有其他操作，请先撤销那些操作。
error-undone = 已经撤销过了。
error-answered = 期间已有答复，无法再撤销。
error-went-on = 期间已有新消息，无法再撤销。
error-moved = 不能发送给原本未写给的人。
error-gone = 内容已不存在。
error-secret = 服务器已更改，请重新填写。
error-rule-valid = 此值无效。
error-rule-address = 请填写形如 name@example.com 的地址
error-rule-host = 请填写形如 mail.example.com 的主机名
error-rule-url = 请填写形如 https://login.example.com/token 的地址
error-rule-line = 只能是一行，不能含控制字符
error-rule-name = 只能是一行，且不能为空
error-rule-language = 请填写语言代码，例如 en 或 zh
error-rule-time = 请填写形如 09:00 的时间
error-rule-date = 请填写形如 2026-12-25 的日期
error-rule-shortcut = 最多 40 个字符，不能含空格和斜杠
error-rule-control = 不能含控制字符
error-rule-mailbox = 收件箱“{ $inbox }”已在读取这个邮箱。
error-rule-length-least = 至少 { $limit } 个字符
error-rule-length-most = 最多 { $limit } 个字符
error-rule-count-least = 至少 { $limit } 项
error-rule-count-most = 最多 { $limit } 项
error-rule-value-least = 不小于 { $limit }
error-rule-value-most = 不大于 { $limit }

## Console ends

## Mail
letter-quote = { $name } 于 { $date } 写道：
letter-no-subject = 您发给{ $name }的消息
letter-missed = 您离开聊天时还没有看到以下回复。直接回复本邮件即可继续，也可以回到聊天窗口。
letter-missed-subject = 您与{ $name }的对话
letter-address-noted = 已记下 { $address }。如果您离开，我们会把回复发到这个邮箱。
