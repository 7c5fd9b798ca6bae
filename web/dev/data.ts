/** A made-up company for the made-up server: people, conversations and articles in both languages. */
import type {
  Agent, ArticleDetail, BotState, Canned, ContactDetail, ConversationSummary, Hours, Inbox, Me, Message, Part, Queue, Skill, SlaPolicy, TimelineEvent,
} from "../src/wire.ts";

const MINUTE = 60_000;
export const ago = (minutes: number): string => new Date(Date.now() - minutes * MINUTE).toISOString();

export const me: Me = {
  id: "a1", name: "Lin Yue", email: "lin@parley.example", roles: ["agent", "publisher", "supervisor", "administrator"], language: "en",
  presence: "available", presence_reason: null, capacity: 4, load: 2, presence_since: ago(30), presence_by: "a1",
};
const person = (id: string, name: string, roles: Agent["roles"], presence: Agent["presence"], skills: Agent["skills"], load: number, active = true): Agent => ({
  id, name, email: `${name.split(" ")[0]!.toLowerCase()}@parley.example`, roles, active, presence, skills, capacity: 4, load, queues: ["q1"], channels: null, presence_reason: null, presence_since: ago(20), presence_by: id,
});
export const agents: Agent[] = [
  person("a1", "Lin Yue", ["agent", "publisher", "supervisor", "administrator"], "available", [{ skill: "s1", level: 5 }, { skill: "s3", level: 4 }, { skill: "s4", level: 5 }], 2),
  person("a2", "Maria Oliveira", ["agent"], "busy", [{ skill: "s1", level: 3 }, { skill: "s2", level: 4 }, { skill: "s3", level: 5 }], 4),
  person("a3", "陈晓明", ["agent", "publisher"], "available", [{ skill: "s2", level: 5 }, { skill: "s4", level: 5 }], 1),
  person("a4", "Jonas Weber", ["agent"], "away", [{ skill: "s1", level: 2 }, { skill: "s3", level: 3 }], 0),
  person("a5", "Priya Nair", ["supervisor"], "offline", [], 0),
  person("a6", "Tom Fischer", ["agent"], "offline", [{ skill: "s3", level: 2 }], 0, false),
];
export const skills: Skill[] = [{ id: "s1", name: "Orders" }, { id: "s2", name: "Returns" }, { id: "s3", name: "English" }, { id: "s4", name: "中文" }];
export const policies: SlaPolicy[] = [
  { id: "p1", name: "Standard", first_response_s: 120, next_response_s: 600, resolution_s: 86400, hours: "h1", worth: 1, warn_share: 0.8, version: 1 },
  { id: "p2", name: "Gold", first_response_s: 30, next_response_s: 180, resolution_s: 14400, hours: null, worth: 4, warn_share: 0.5, version: 1 },
];
export const hours: Hours[] = [{
  id: "h1", name: "Office hours", zone: "Europe/Berlin",
  week: [[["09:00", "12:30"], ["13:30", "18:00"]], [["09:00", "18:00"]], [["09:00", "18:00"]], [["09:00", "18:00"]], [["09:00", "16:00"]], [], []],
  country: "DE", subdivision: "BE", struck: ["Women's Day"],
  holidays: [{ date: "2026-12-24", name: "Christmas Eve", yearly: true }],
  closed: [{ date: "2026-12-24", name: "Christmas Eve" }, { date: "2026-12-25", name: "Christmas Day" }, { date: "2027-01-01", name: "New Year's Day" }], version: 1,
}];
const usual: Pick<Queue, "ladder" | "delays" | "routing" | "version"> = {
  ladder: { required: [{ skill: "s1", level: 2 }], steps: [{ any_of: [[{ skill: "s3", level: 3 }]], agents: [], until_s: 120 }, { any_of: [[]], agents: [], until_s: null }] },
  version: 1, delays: { a4: 30 }, routing: { policy: "index", parameters: {}, choice: "least_cost", guard: 6, reserve: 0, previous_agent_s: 30, wrap_up_s: 60 },
};
export const queues: Queue[] = [
  { id: "q1", name: "Orders and delivery", priority: 5, sla_policy: "p1", hours: "h1", requirements: [{ skill: "s1", level: 2, drop_after_s: null }, { skill: "s3", level: 3, drop_after_s: 120 }], members: ["a1", "a2", "a4"], languages: ["en", "zh"], waiting: 2, oldest_s: 95, ...usual },
  { id: "q2", name: "Returns", priority: 3, sla_policy: "p1", hours: "h1", requirements: [{ skill: "s2", level: 3, drop_after_s: null }], members: ["a2", "a3"], languages: ["en"], waiting: 1, oldest_s: 40, ...usual },
  { id: "q3", name: "投诉处理", priority: 9, sla_policy: "p2", hours: null, requirements: [{ skill: "s4", level: 4, drop_after_s: null }], members: ["a1", "a3"], languages: ["zh"], waiting: 0, oldest_s: null, ...usual },
];
export const inboxes: Inbox[] = [
  { id: "web", kind: "widget", name: "Web shop", enabled: true, queue: "q1", bot: "answer", weight: 2, interruptible: false, profile: { engine: null, persona: "", languages: [], caution: "usual" }, config: { origins: ["https://shop.example"], color: "#3d55d9", position: "right", greeting: { en: "How can we help?", zh: "有什么可以帮您？" } }, snippet: '<script src="https://parley.example/widget.js" data-inbox="web" async></script>' },
  { id: "help", kind: "widget", name: "帮助中心", enabled: true, queue: "q3", bot: "answer", weight: 2, interruptible: false, profile: { engine: null, persona: "", languages: [], caution: "usual" }, config: { origins: [] }, snippet: '<script src="https://parley.example/widget.js" data-inbox="help" async></script>' },
  { id: "post", kind: "email", name: "Support mail", enabled: true, queue: "q1", bot: "suggest", weight: 1, interruptible: true, profile: { engine: null, persona: "", languages: [], caution: "usual" }, snippet: null, config: {
    address: "support@lumenandleaf.example", name: "Lumen & Leaf", aliases: ["help@lumenandleaf.example"], password: true, trusted: "mx.example.com", plus_addresses: true,
    imap: { host: "imap.example.com", port: 993, security: "tls", user: "support@lumenandleaf.example", folder: "INBOX", mark: "seen", take: "new" },
    smtp: { host: "smtp.example.com", port: 587, security: "starttls", user: "support@lumenandleaf.example", per_minute: 60 },
    signature: { en: "Lumen & Leaf\nWarm light, green rooms", zh: "Lumen & Leaf\n暖光与绿意" }, language: "en", resolved: "reopen", lists: "queue", forms: [], per_sender_hour: 30 } },
];
export const canned: Canned[] = [
  { id: "c1", shortcut: "hello", language: "en", title: "Greeting", text: "Hello {{contact}}, this is {{agent}}. How can I help you today?" },
  { id: "c2", shortcut: "late", language: "en", title: "Parcel is late", text: "I am sorry that your parcel is late. I have asked the carrier and will come back to you within the hour." },
  { id: "c3", shortcut: "refund", language: "en", title: "Refund on its way", text: "Your refund is on its way. It takes three to five working days until it shows on your account." },
  { id: "c4", shortcut: "bye", language: "en", title: "Goodbye", text: "Thank you for writing to us. Have a lovely day!" },
  { id: "c5", shortcut: "hao", language: "zh", title: "问候", text: "{{contact}}您好，我是{{agent}}，很高兴为您服务。" },
  { id: "c6", shortcut: "tui", language: "zh", title: "退款进度", text: "您的退款已经提交，预计 3 至 5 个工作日到账，请留意查收。" },
];

const contact = (id: string, name: string, language: string, address: string, verified: boolean, attributes: Record<string, string> = {}): ContactDetail => ({
  id, name, language, points: [{ kind: "widget", address, verified }], attributes, created_at: ago(60 * 24 * 120),
});
export const contacts: ContactDetail[] = [
  contact("k1", "Amelia Hartmann", "en", "amelia.hartmann@mail.example", true, { tier: "Gold", orders: "14" }),
  contact("k2", "王思雨", "zh", "siyu.wang@mail.example", true, { tier: "标准" }),
  contact("k3", "", "en", "visitor 8c1f", false),
  contact("k4", "Diego Fernández", "en", "diego@mail.example", true),
  contact("k5", "李建国", "zh", "jianguo@mail.example", false),
  contact("k6", "Sophie Martin", "en", "sophie.martin@mail.example", true, { tier: "Gold" }),
  contact("k7", "Oluwaseun Adeyemi", "en", "seun@mail.example", true),
  contact("k8", "赵敏", "zh", "zhaomin@mail.example", true),
];

type Say = [who: "contact" | "bot" | "agent" | "note" | "system", minutes: number, parts: string | Part[], by?: string];
const names: Record<string, string> = Object.fromEntries(agents.map((agent) => [agent.id, agent.name]));

function messages(of: ContactDetail, said: Say[]): Message[] {
  return said.map(([who, minutes, parts, by], at): Message => ({
    id: `${of.id}-m${at}`, kind: who === "contact" ? "inbound" : who === "note" ? "note" : "reply", n: at * 2 + 2, at: ago(minutes), key: null,
    author: who === "contact" ? { kind: "contact", id: of.id, name: of.name || null } : who === "bot" ? { kind: "bot", id: null, name: null }
      : who === "system" ? { kind: "system", id: null, name: null } : { kind: "agent", id: by ?? "a1", name: names[by ?? "a1"]! },
    parts: typeof parts === "string" ? [{ type: "text", text: parts }] : parts,
    delivery: who === "bot" || who === "agent" ? { state: minutes > 5 ? "read" : "delivered", reason: null } : null,
  }));
}

export interface Talk { summary: ConversationSummary; messages: Message[]; events: TimelineEvent[]; handoff: boolean }
type Shape = Partial<Pick<ConversationSummary, "due_kind" | "unread" | "priority" | "subject" | "queue">> & { status?: ConversationSummary["status"]["state"]; due?: number; inbox?: string };

export function talk(id: string, of: ContactDetail, handler: ConversationSummary["handler"], said: Say[], shape: Shape = {}): Talk {
  const all = messages(of, said);
  const last = all.at(-1)!;
  const inbox = inboxes.find((each) => each.id === (shape.inbox ?? "web"))!;
  const began = said[0]![1];
  const events: TimelineEvent[] = [{ n: 1, kind: "started", at: ago(began + 0.1), by: null, facts: {} }];
  const handed = said.findLast(([who]) => who === "bot");
  if (handed && handler.kind !== "bot") {
    events.push({ n: 5, kind: "handler", at: ago(handed[1] - 0.05), by: null, facts: { handler: "queue", id: "q1", name: "Orders and delivery", cause: "handed_off" } });
    if (handler.kind === "agent") events.push({ n: 6, kind: "handler", at: ago(handed[1] - 0.3), by: handler.id, facts: { handler: "agent", id: handler.id, name: handler.name, cause: "offer_accepted" } });
  }
  const text = last.parts.map((part) => (part.type === "text" ? part.text : "")).join(" ");
  return {
    messages: all, events, handoff: handler.kind !== "bot",
    summary: {
      id, subject: shape.subject ?? "", status: { state: shape.status ?? "open", until: null }, handler, inbox: { id: inbox.id, name: inbox.name, kind: inbox.kind },
      contact: { id: of.id, name: of.name }, language: of.language ?? "en", priority: shape.priority ?? 3, queue: shape.queue ?? "q1",
      due_at: shape.due === undefined ? null : new Date(Date.now() + shape.due * MINUTE).toISOString(), due_kind: shape.due_kind ?? "next",
      last: { text, author_kind: last.author.kind, at: last.at }, unread: shape.unread ?? 0, created_at: ago(began), updated_at: last.at, n: all.length * 2 + 2,
    },
  };
}

export const bot: BotState = { state: "training", engine: "scripted", step: "train", seconds: 14, detail: "Training the model (epoch 31 of 60)", model: null };

const revision = (number: number, title: string, body: string, questions: string[], published: boolean) => ({ number, title, body, questions, author: "Lin Yue", created_at: ago(60 * 24 * (9 - number)), published_at: published ? ago(60 * 24 * (8 - number)) : null });
const BODY = "You can return anything within **30 days** of delivery.\n\n1. Open *My orders* and choose **Return**.\n2. Print the label, or show the code at the counter.\n3. Drop the parcel at any shop of the carrier.\n\n> Opened software and swimwear cannot be returned.\n\nThe money is back on your account within five working days after we have received the parcel. See [the full policy](https://shop.example/returns).";
const BODY_ZH = "收货后 **30 天**内均可退货。\n\n1. 打开*我的订单*，选择**退货**。\n2. 打印面单，或在柜台出示二维码。\n3. 将包裹交给任一快递网点。\n\n> 已拆封的软件和泳装不支持退货。\n\n我们收到包裹后五个工作日内退款到账。";
export const articles: ArticleDetail[] = [
  {
    id: "r1", slug: "returns", category: "Returns", category_id: null, version: 1, archived_at: null, languages: {
      en: { published: revision(2, "How do I return something?", BODY, ["How can I send it back?", "What is your return policy?", "I want to return my order"], true), draft: revision(3, "How do I return something?", `${BODY}\n\n## Gifts\n\nGifts can be returned for a voucher.`, ["How can I send it back?", "What is your return policy?"], false),
        revisions: [{ number: 3, author: "Lin Yue", at: ago(90), state: "draft" }, { number: 2, author: "Lin Yue", at: ago(60 * 24 * 6), state: "published" }, { number: 1, author: "陈晓明", at: ago(60 * 24 * 30), state: "superseded" }], stage: null },
      zh: { published: revision(1, "如何退货？", BODY_ZH, ["怎么退货", "退货政策是什么", "我想退掉订单"], true), draft: null, revisions: [{ number: 1, author: "陈晓明", at: ago(60 * 24 * 28), state: "published" }], stage: null },
    },
  },
  ...[["r2", "Where is my order?", "订单到哪儿了？", "Delivery"], ["r3", "How long does delivery take?", "配送需要多久？", "Delivery"], ["r4", "Which payment methods do you accept?", "支持哪些付款方式？", "Payment"],
    ["r5", "How do I change my address?", "如何修改地址？", "Account"], ["r6", "I forgot my password", "忘记密码怎么办？", "Account"], ["r7", "Can I cancel my order?", "可以取消订单吗？", "Orders"]].map(([id, en, zh, category]): ArticleDetail => ({
    id: id!, slug: id!, category: category!, category_id: null, version: 1, archived_at: null, languages: {
      en: { published: revision(1, en!, `Most orders arrive within **two to four working days**. You find the tracking number in your confirmation mail.`, [en!], true), draft: null, revisions: [{ number: 1, author: "Lin Yue", at: ago(60 * 24 * 12), state: "published" }], stage: null },
      ...(id === "r6" ? {} : { zh: { published: id === "r5" ? null : revision(1, zh!, "大多数订单会在 **2 到 4 个工作日**内送达，运单号在确认邮件里。", [zh!], true), draft: id === "r5" ? revision(1, zh!, "在账号设置中修改。", [zh!], false) : null, revisions: [{ number: 1, author: "陈晓明", at: ago(60 * 24 * 11), state: id === "r5" ? "draft" : "published" }], stage: null } }),
    },
  })),
];
