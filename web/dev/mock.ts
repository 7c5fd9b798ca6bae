/** A made-up server for working on the console: a Vite plugin that answers /api from memory. Never shipped. */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import type { Plugin } from "vite";
import { WebSocketServer, type WebSocket } from "ws";
import type { ArticleState, ArticleSummary, ConversationDetail, ConversationSummary, LiveEvent, Me, Message, ServerFrame } from "../src/wire.ts";
import { agents, ago, articles, bot, canned, contacts, hours, inboxes, me, policies, queues, skills } from "./data.ts";
import { lyingCounts, lyingDetail, lyingMails, probed } from "./intake.ts";
import { formattedPage, outsides } from "./mails.ts";
import { cameHere, checks, dryRun, rules } from "./rules.ts";
import { talks } from "./talks.ts";

const CSP = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; media-src 'self' data:; connect-src 'self' ws:; font-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'self'";
const sockets = new Set<WebSocket>();
const numbers = new Map<string, number>();
let signedIn = true;
let serial = 100;

class Refused extends Error {
  constructor(readonly status: number, readonly code: string, readonly field: string | null = null, readonly expected: string | null = null) { super(code); }
}

function broadcast(frame: ServerFrame): void {
  for (const socket of sockets) socket.send(JSON.stringify(frame));
}
function emit(topic: string, event: LiveEvent): void {
  const n = (numbers.get(topic) ?? (topic.startsWith("agent") ? 0 : 100)) + 1;
  numbers.set(topic, n);
  broadcast({ type: "event", topic, n, at: new Date().toISOString(), event });
}
function find(id: string) {
  const found = talks.find((each) => each.summary.id === id);
  if (!found) throw new Refused(404, "not_found");
  return found;
}
function counts() {
  const open = talks.filter((each) => each.summary.status.state === "open").map((each) => each.summary);
  return { mine: open.filter((each) => each.handler.id === me.id).length, queue: open.filter((each) => each.handler.kind === "queue").length, all: open.length };
}
function detail(id: string): ConversationDetail {
  const { summary, messages, events, handoff } = find(id);
  const zh = summary.language === "zh";
  return {
    ...(outsides[id] ?? { participants: [], links: [], rearrangements: [], can: { copies: false, participants: false, threads: false, rearrange: true } }),
    summary, messages, events, contact: contacts.find((each) => each.id === summary.contact.id)!, position: numbers.get(`conversation:${id}`) ?? 100,
    earlier: talks.filter((each) => each.summary.contact.id === summary.contact.id && each.summary.id !== id).map((each) => each.summary).slice(0, 4),
    context: {}, errand: null, public: false, unreachable_since: null, ratings: [],
    handoff: handoff ? {
      summary: zh ? "客户上周购买的毛衣尺码不合适，希望换成 M 码，但页面显示缺货。" : "The parcel of order 4127-88 has not moved since Monday; it was promised for Tuesday. The customer asked for a person.",
      intent: zh ? "complaint" : "order_status", confidence: zh ? 0.62 : 0.93, slots: zh ? { size: "M" } : { order_number: "4127-88", promised: "Tuesday" }, reason: "asked_for_person", tried: ["suggest"],
      articles: [{ article: "r2", title: zh ? "订单到哪儿了？" : "Where is my order?" }, { article: "r3", title: zh ? "配送需要多久？" : "How long does delivery take?" }],
      quotes: zh ? ["毛衣太大了！！", "我要找人工"] : ["Where is my parcel?", "I want to talk to a person"], steps: [{ code: "suggested", about: zh ? "订单到哪儿了？" : "Where is my order?" }],
      matter: zh ? "order_return" : "order_status", language: summary.language, mood: zh ? "angry" : "calm", tier: null, topic: null, back_at: null, case: null,
    } : null,
    why: {
      code: "least_cost", text: "", considered: 4, by: null, after: null, overridden: [], waited_s: 48, due_s: 12, asked: {}, step: 1, steps: 2, by_name: false, trigger: "conversation", choice: "least_cost", policy: "index", competed: 1, rivals: [],
      candidates: agents.slice(0, 3).map((agent, at) => ({ agent: agent.id, name: agent.name, index: 0.25 + at * 0.25, idle_s: 300 - at * 60, cost_s: 300 + at * 40, declined: false, previous: false, skills: Object.fromEntries(agent.skills.map((each) => [each.skill, each.level])) })),
    },
  };
}
function change(summary: ConversationSummary, part: Partial<ConversationSummary>): ConversationSummary {
  const entry = find(summary.id);
  entry.summary = { ...entry.summary, ...part, updated_at: new Date().toISOString() };
  setTimeout(() => { broadcast({ type: "changed", items: [entry.summary] }); broadcast({ type: "counts", ...counts() }); }, 100);
  return entry.summary;
}
function write(id: string, body: { key: string; kind: "reply" | "note"; text: string }): Message {
  const entry = find(id);
  const message: Message = {
    id: `m${++serial}`, author: { kind: "agent", id: me.id, name: me.name }, kind: body.kind, parts: [{ type: "text", text: body.text }], at: new Date().toISOString(),
    delivery: body.kind === "note" ? null : { state: "queued", reason: null }, key: body.key, n: 200 + serial,
  };
  if (body.text.includes("refuse")) throw new Refused(422, "too_large", "text", "at most 16384 bytes");
  entry.messages.push(message);
  emit(`conversation:${id}`, { kind: body.kind === "note" ? "note" : "message", message });
  change(entry.summary, { last: { text: body.text, author_kind: "agent", at: message.at }, unread: 0 });
  if (body.kind === "reply") {
    (["sent", "delivered", "read"] as const).forEach((state, at) => setTimeout(() => emit(`conversation:${id}`, { kind: "delivery", message: message.id, state, reason: null }), 400 + at * 900));
    setTimeout(() => broadcast({ type: "typing", conversation: id, who: "contact", name: null, on: true }), 3000);
  }
  return message;
}
function articleSummary(article: (typeof articles)[0], language = "en"): ArticleSummary {
  const [tag, own] = Object.entries(article.languages).find(([each]) => each === language) ?? Object.entries(article.languages)[0]!;
  const state = (each: typeof own): ArticleState => (each.published && each.draft ? "both" : each.published ? "published" : "draft");
  const rest = { slug: article.slug, stages: {}, stale: [], missing: [], category_id: article.category_id, audience: "public" as const, tags: [], owner: "", owner_id: null, review_by: null, overdue: false, archived: false, flags: 0 };
  return { ...rest, id: article.id, title: (own.draft ?? own.published)!.title, language: tag, languages: Object.fromEntries(Object.entries(article.languages).map(([each, value]) => [each, state(value)])), category: article.category, updated_at: own.revisions[0]!.at, author: own.revisions[0]!.author };
}

type Call = { query: URLSearchParams; body: any; ids: string[] };
type Route = [method: string, path: RegExp, answer: (call: Call) => unknown];
const nouns: Record<string, { id: string }[]> = { agents, queues, skills, inboxes, "sla-policies": policies, hours, canned };
const kind = (anonymous: boolean) => ({ anonymous, starts: !anonymous, threads: false });
const session = () => ({ agent: me, csrf: "made-up", brand: "Parley", kinds: { email: kind(false), chat: kind(true), telegram: kind(true), widget: kind(true) }, permissions: ["signed_in", "answer", "edit", "supervise", "administer"], position: numbers.get(`agent:${me.id}`) ?? 0 });

const routes: Route[] = [
  ["POST", /^session$/, ({ body }) => { if (body.password === "wrong") throw new Refused(401, "wrong_password"); signedIn = true; return session(); }],
  ["GET", /^session$/, () => { if (!signedIn) throw new Refused(401, "signed_out"); return session(); }],
  ["DELETE", /^session$/, () => void (signedIn = false)],
  ["GET", /^invitations\/(.+)$/, ({ ids }) => { if (ids[0] === "gone") throw new Refused(404, "not_found"); return { kind: ids[0] === "reset" ? "reset" : "invite", email: "noah@parley.example", name: "Noah" }; }],
  ["POST", /^invitations\/(.+)$/, ({ body }) => { if (body.password.length < 12) throw new Refused(422, "invalid", "password", "at least 12 characters"); return session(); }],
  ["PUT", /^(me|presence)$/, ({ body }) => { Object.assign(me, body.state ? { presence: body.state, presence_reason: body.reason } : body); return me satisfies Me; }],
  ["GET", /^conversations$/, ({ query }) => {
    const [list, q] = [query.get("list"), (query.get("q") ?? "").toLowerCase()];
    const status = (query.get("status") ?? "open").split(",");
    const all = talks.map((each) => each).filter(({ summary, messages }) => status.includes(summary.status.state) && (list === "all" || (list === "mine" ? summary.handler.id === me.id : summary.handler.kind === "queue"))
      && (!query.get("queue") || summary.queue === query.get("queue")) && (!q || JSON.stringify([summary.contact, summary.subject, messages.map((each) => each.parts)]).toLowerCase().includes(q)))
      .map((each) => each.summary).sort((a, b) => b.updated_at.localeCompare(a.updated_at));
    const from = Number(query.get("cursor") ?? 0);
    return { items: all.slice(from, from + 12), next: from + 12 < all.length ? String(from + 12) : null, counts: counts() };
  }],
  ["GET", /^conversations\/(\w+)$/, ({ ids }) => detail(ids[0]!)],
  ["POST", /^conversations$/, () => talks[0]!.summary],
  ["POST", /^conversations\/(\w+)\/messages$/, ({ ids, body }) => write(ids[0]!, body)],
  ["POST", /^conversations\/(\w+)\/participants$/, ({ ids, body }) => {
    const list = outsides[ids[0]!]!.participants;
    const known = list.find((each) => each.address === body.address);
    if (known) known.joined = true;
    else list.push({ id: `p${++serial}`, address: body.address, name: body.name ?? "", joined: true });
    emit(`conversation:${ids[0]}`, { kind: "participants", by: me.id });
  }],
  ["DELETE", /^conversations\/(\w+)\/participants\/(\w+)$/, ({ ids }) => { const own = outsides[ids[0]!]!; own.participants = own.participants.filter((each) => each.id !== ids[1]); }],
  ["PUT", /^conversations\/(\w+)\/subject$/, ({ ids, body }) => change(find(ids[0]!).summary, { subject: body.subject })],
  ["POST", /^conversations\/(\w+)\/split$/, () => ({ conversation: "e2" })],
  ["POST", /^conversations\/(\w+)\/merge$/, ({ body }) => ({ conversation: body.into })],
  ["POST", /^messages\/(\w+)\/move$/, () => ({ conversation: "e2" })],
  ["POST", /^messages\/(\w+)\/delivery$/, ({ ids, body }) => {
    for (const { messages } of talks) for (const each of messages) if (each.id === ids[0]) each.delivery = { state: body.decision === "again" ? "queued" : "sent", reason: null };
  }],
  ["POST", /^rearrangements\/(\w+)\/undo$/, ({ ids }) => { for (const own of Object.values(outsides)) own.rearrangements = own.rearrangements.filter((each) => each.id !== ids[0]); return { conversation: "e1" }; }],
  ["GET", /^mail$/, ({ query }) => ({ items: lyingMails.filter((each) => each.state === query.get("state")), next: null, counts: lyingCounts() })],
  ["GET", /^mail\/(\w+)$/, ({ ids }) => lyingDetail(lyingMails.find((each) => each.id === ids[0]) ?? (() => { throw new Refused(404, "not_found"); })())],
  ["POST", /^mail\/(\w+)\/replay$/, ({ ids }) => { lyingMails.splice(lyingMails.findIndex((each) => each.id === ids[0]), 1); broadcast({ type: "mail", ...lyingCounts() }); }],
  ["POST", /^inboxes\/check$/, ({ body }) => { if (!body.config.address.includes("@")) throw new Refused(422, "invalid", "address", "an address"); return { steps: probed(body.config) }; }],
  ["POST", /^conversations\/(\w+)\/(\w+)$/, ({ ids, body }) => {
    const { summary } = find(ids[0]!);
    const states = { resolve: "resolved", reopen: "open", wait: "waiting", snooze: "snoozed" } as const;
    const state = states[ids[1] as keyof typeof states];
    if (ids[1] === "take") return change(summary, { handler: { kind: "agent", id: me.id, name: me.name } });
    if (ids[1] === "transfer") return change(summary, { handler: body.to.queue ? { kind: "queue", id: body.to.queue, name: queues.find((each) => each.id === body.to.queue)!.name } : { kind: "agent", id: body.to.agent, name: agents.find((each) => each.id === body.to.agent)!.name } });
    emit(`conversation:${ids[0]}`, { kind: "status", status: state, until: body?.until ?? null, by: me.id });
    return change(summary, { status: { state, until: body?.until ?? null } });
  }],
  ["POST", /^reservations\/(\w+)\/(accept|decline)$/, ({ ids }) => { if (ids[1] === "accept") change(find("v4").summary, { handler: { kind: "agent", id: me.id, name: me.name } }); return { conversation: "v4" }; }],
  ["POST", /^uploads$/, () => ({ id: `u${++serial}`, name: "file", size: 1000, media_type: "text/plain" })],
  ["GET", /^contacts$/, ({ query }) => ({ items: contacts.filter((each) => each.name.toLowerCase().includes((query.get("q") ?? "").toLowerCase())) })],
  ["GET", /^articles$/, ({ query }) => ({ items: articles.map((each) => articleSummary(each, query.get("language") || "en")).filter((each) => (!query.get("language") || each.language === query.get("language")) && each.title.toLowerCase().includes((query.get("q") ?? "").toLowerCase())), next: null, total: articles.length, most: 10_000 })],
  ["GET", /^categories$/, () => ({ items: [...new Set(articles.map((each) => each.category))].map((name, position) => ({ id: `k${position}`, slug: name.toLowerCase(), parent: null, names: { en: name }, descriptions: {}, position, version: 1, articles: articles.filter((each) => each.category === name).length })) })],
  ["GET", /^knowledge\/choices$/, () => ({ tags: [], brands: [], owners: [{ id: me.id, name: me.name }], languages: ["en", "zh"] })],
  ["GET", /^knowledge\/counts$/, () => ({ all: articles.length, published: articles.length, draft: 1, stages: {}, overdue: 0, mine: 0, mine_overdue: 1, stale: 0, missing: { en: 0, zh: 1 }, archived: 0, most: 10_000 })],
  ["GET", /^articles\/(\w+)\/filing$/, ({ ids }) => ({ version: 1, slug: ids[0], redirects: ["old-page"], category_id: null, tags: ["gift"], audience: "public", brands: [], owner: null, review_by: null, overdue: false, source_language: "en", source: 2, translations: [{ language: "zh", number: 1, followed: 1, stale: true }], missing: [], archived_at: null })],
  ["GET", /^articles\/(\w+)$/, ({ ids }) => articles.find((each) => each.id === ids[0]) ?? (() => { throw new Refused(404, "not_found"); })()],
  ["PUT", /^articles\/(\w+)\/(\w+)$/, ({ ids, body }) => {
    const article = articles.find((each) => each.id === ids[0])!;
    const own = (article.languages[ids[1]!] ??= { published: null, draft: null, revisions: [], stage: null });
    const number = (own.revisions[0]?.number ?? 0) + 1;
    own.draft = { number, title: body.title, body: body.body, questions: body.questions, author: me.name, created_at: ago(0), published_at: null };
    own.revisions.unshift({ number, author: me.name, at: ago(0), state: "draft" });
    return article;
  }],
  ["POST", /^articles\/(\w+)\/(\w+)\/(publish|unpublish)$/, ({ ids }) => {
    const article = articles.find((each) => each.id === ids[0])!;
    const own = article.languages[ids[1]!]!;
    if (ids[2] === "publish") [own.published, own.draft] = [own.draft ?? own.published, null];
    else [own.published, own.draft] = [null, own.draft ?? own.published];
    return article;
  }],
  ["POST", /^articles$/, ({ body }) => {
    const article = { id: `r${++serial}`, slug: "new", category: body.category, category_id: null, version: 1, archived_at: null, languages: { [body.language]: { published: null, draft: { number: 1, title: body.title, body: body.body, questions: body.questions, author: me.name, created_at: ago(0), published_at: null }, revisions: [{ number: 1, author: me.name, at: ago(0), state: "draft" }], stage: null } } };
    articles.push(article);
    return article;
  }],
  ["POST", /^knowledge\/preview$/, ({ body }) => ({ html: `<pre>${String(body.body).replace(/&/g, "&amp;").replace(/</g, "&lt;")}</pre>`, headings: [], problems: [] })],
  ["GET", /^knowledge\/(?:reusables|links)$/, () => ({ items: [] })],
  ["GET", /^articles\/\w+\/\w+\/working-copy$/, () => ({ newest: 0, mine: null, others: [] })],
  ["PUT", /^articles\/\w+\/\w+\/working-copy$/, () => ({ newest: 0, mine: null, others: [] })],
  ["GET", /^knowledge\/search$/, ({ query }) => ({ items: articles.slice(0, 4).map((each, at) => ({ article: each.id, title: articleSummary(each, query.get("language") ?? "en").title, language: query.get("language") ?? "en", excerpt: query.get("language") === "zh" ? "收货后 30 天内均可退货，运单号在确认邮件里。" : "Most orders arrive within two to four working days. You find the tracking number in your confirmation mail.", probability: 0.86 - at * 0.2 })) })],
  ["GET", /^status$/, () => ({ bot, outbox: { waiting: 3, oldest_s: 2, dead: [{ handler: "dispatch_reply", topic: "conversation:v7", seq: 41, error: "Undeliverable: mailbox does not exist (550 5.1.1)", at: ago(72) }] }, database: "SQLite 3.40 (WAL)", version: "0.1.0", uptime_s: 98_812, sockets: 37, checks: [{ name: "database", ok: true, detail: "answers in 1 ms" }, { name: "migrations", ok: true, detail: "0007_post_targets" }, { name: "media folder", ok: true, detail: "writable, 41 GB free" }, { name: "rasa", ok: false, detail: "not ready yet: training" }] })],
  ["POST", /^outbox\//, () => undefined],
  ["POST", /^agents$/, ({ body }) => { const agent = { ...agents[1]!, ...body, id: `a${++serial}`, skills: [] }; agents.push(agent); return { agent, link: "https://parley.example/console/invitation/9f3b2c7d41" }; }],
  ["POST", /^agents\/(\w+)\/reset$/, () => ({ link: "https://parley.example/console/invitation/reset" })],
  ["GET", /^holidays$/, () => ({ items: ["CN", "DE", "GB", "US"].map((code) => ({ code })) })],
  ["GET", /^holidays\/(\w\w)$/, ({ ids }) => ({ country: ids[0], subdivision: null, year: new Date().getFullYear(), subdivisions: [{ code: "BE", name: "Berlin" }], items: ["01-01", "05-01", "12-25"].map((day) => ({ date: `${new Date().getFullYear()}-${day}`, name: `Holiday ${day}`, called: `Holiday ${day}` })) })],
  ["GET", /^(agents|queues|skills|inboxes|sla-policies|hours|canned)$/, ({ ids }) => ({ items: nouns[ids[0]!] })],
  ["POST", /^(queues|skills|inboxes|sla-policies|hours|canned)$/, ({ ids, body }) => { if (!body.name && !body.title) throw new Refused(422, "invalid", "name", "1 to 80 characters"); const made = { waiting: 0, oldest_s: null, snippet: null, closed: [], ...body, id: `n${++serial}` }; nouns[ids[0]!]!.push(made); return made; }],
  ["PUT", /^(queues|skills|inboxes|sla-policies|hours|canned)\/(\w+)$/, ({ ids, body }) => Object.assign(nouns[ids[0]!]!.find((each) => each.id === ids[1])!, body)],
  ["PATCH", /^(agents)\/(\w+)$/, ({ ids, body }) => Object.assign(nouns[ids[0]!]!.find((each) => each.id === ids[1])!, body)],
  ["DELETE", /^(queues|skills|sla-policies|hours|canned)\/(\w+)$/, ({ ids }) => { const list = nouns[ids[0]!]!; list.splice(list.findIndex((each) => each.id === ids[1]), 1); }],
  ["GET", /^routing\/rules$/, () => ({ items: rules })],
  ["POST", /^routing\/rules$/, ({ body }) => {
    if (!body.name.trim()) throw new Refused(422, "invalid", "name", "one line with something in it");
    if (JSON.stringify(body.when).includes('"any_of":[]')) throw new Refused(422, "invalid", "when.of[0].any_of", "array of length >= 1");
    const made = { ...body, id: `u${++serial}`, position: rules.length, version: 1, changed_at: ago(0), changed_by: me.name };
    rules.push(made);
    return made;
  }],
  ["PUT", /^routing\/rules\/order$/, ({ body }) => void rules.sort((a, b) => body.ids.indexOf(a.id) - body.ids.indexOf(b.id))],
  ["PUT", /^routing\/rules\/(\w+)$/, ({ ids, body }) => Object.assign(rules.find((each) => each.id === ids[0])!, body)],
  ["DELETE", /^routing\/rules\/(\w+)$/, ({ ids }) => void rules.splice(rules.findIndex((each) => each.id === ids[0]), 1)],
  ["POST", /^routing\/rules\/dry-run$/, async ({ body }) => { await new Promise((done) => setTimeout(done, 800)); return dryRun(body); }],
  ["GET", /^routing\/checks$/, () => checks],
  ["GET", /^routing\/known$/, () => ({ languages: ["de"], intents: [], reasons: [], attributes: { tier: ["gold", "platinum"] }, context: { service: ["repair"] }, work: ["returns"] })],
  ["GET", /^conversations\/(\w+)\/routing$/, () => cameHere],
  ["GET", /^dev\/offer$/, ({ query }) => {
    const summary = find(query.get("id") ?? "v4").summary;
    emit(`agent:${me.id}`, { kind: "offer", reservation: `x${++serial}`, conversation: summary, expires_at: new Date(Date.now() + 30_000).toISOString(), reason: { ...detail(summary.id).why!, code: "longest_idle" } });
  }],
  ["GET", /^dev\/(typing|viewing|say)$/, ({ ids, query }) => {
    const id = query.get("id") ?? "v1";
    if (ids[0] === "typing") broadcast({ type: "typing", conversation: id, who: "contact", name: "Amelia", on: true });
    else if (ids[0] === "viewing") broadcast({ type: "viewing", conversation: id, agents: [{ id: "a2", name: "Maria Oliveira" }] });
    else emit(`conversation:${id}`, { kind: "message", message: { id: `m${++serial}`, author: { kind: "contact", id: "k1", name: "Amelia Hartmann" }, kind: "inbound", parts: [{ type: "text", text: query.get("text") ?? "Hello again" }], at: new Date().toISOString(), delivery: null, key: null, n: 300 + serial } });
  }],
];

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url!, "http://made-up");
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString();
  const path = url.pathname.slice("/api/".length);
  await new Promise((done) => setTimeout(done, Number(process.env["MOCK_DELAY"] ?? 60)));
  try {
    if (path === "dev/formatted") {
      const page = formattedPage(url.searchParams.get("n") ?? "1", url.searchParams.has("images"));
      return void response.writeHead(200, { "Content-Type": "text/html", "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox" }).end(page);
    }
    const route = routes.find(([method, pattern]) => method === request.method && pattern.test(path));
    if (!route) throw new Refused(404, "not_found");
    const body = request.headers["content-type"]?.includes("json") ? JSON.parse(text) : null;
    const result = await route[2]({ query: url.searchParams, body, ids: route[1].exec(path)!.slice(1) });
    response.writeHead(result === undefined ? 204 : 200, { "Content-Type": "application/json" }).end(result === undefined ? undefined : JSON.stringify(result));
  } catch (error) {
    const { status, code, field, expected } = error instanceof Refused ? error : new Refused(500, "unknown");
    if (!(error instanceof Refused)) console.error(error);
    response.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify({ error: { code, field, expected, message: code } }));
  }
}

/** Answers /api for `vite` and `vite preview`; the latter with the CSP that the real server sends. */
export function mock(): Plugin {
  const server = new WebSocketServer({ noServer: true });
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    socket.on("message", (text) => { if (String(text).includes("ping")) socket.send('{"type":"pong"}'); });
    socket.send(JSON.stringify({ type: "bot", ...bot }));
    socket.send(JSON.stringify({ type: "counts", ...counts() }));
    socket.send(JSON.stringify({ type: "mail", ...lyingCounts() }));
    socket.send(JSON.stringify({ type: "nobody", items: checks.nobody }));
  });
  const attach = (http: { on: (name: "upgrade", then: (request: IncomingMessage, socket: Duplex, head: Buffer) => void) => void } | null): void => {
    http?.on("upgrade", (request, socket, head) => {
      if (request.url?.startsWith("/api/live")) server.handleUpgrade(request, socket, head, (web) => server.emit("connection", web, request));
    });
  };
  const middleware = (csp: boolean) => (request: IncomingMessage, response: ServerResponse, next: () => void): void => {
    if (csp) response.setHeader("Content-Security-Policy", CSP);
    if (request.url?.startsWith("/api/")) void answer(request, response);
    else next();
  };
  return {
    name: "parley-mock",
    configureServer: (vite) => { attach(vite.httpServer as never); vite.middlewares.use(middleware(false)); },
    configurePreviewServer: (vite) => { attach(vite.httpServer as never); vite.middlewares.use(middleware(true)); },
  };
}
