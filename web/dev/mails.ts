/** Made-up mail conversations: quotes, formatting, proofs, people, links, notices, failures and a suggestion. */
import type { ConversationDetail, Envelope, Evidence, Link, Message, Part, Participant, Party, Rearrangement } from "../src/wire.ts";
import { ago, contacts, talk, type Talk } from "./data.ts";

type Outside = Pick<ConversationDetail, "participants" | "links" | "rearrangements" | "can">;
type C = (typeof contacts)[number];

const ours: Party = { address: "support@lumenandleaf.example", name: "Lumen & Leaf" };
const sophie: Party = { address: "sophie.martin@mail.example", name: "Sophie Martin" };
const ben: Party = { address: "ben.okoye@studio.example", name: "Ben Okoye" };
const carla: Party = { address: "carla@accounts.example", name: "Carla Reyes" };
const dave: Party = { address: "dave@elsewhere.example", name: null };
const siyu: Party = { address: "siyu.wang@qq.example", name: "王思雨" };
const lin = { kind: "agent", id: "a1", name: "Lin Yue" } as const;

const WHY: Evidence[] = [{ code: "reply_address", weight: 12 }, { code: "references", weight: 7 }, { code: "subject", weight: 2 }, { code: "takes_part", weight: 3 }, { code: "time", weight: -0.15 }];
const envelope = (sender: Party, change: Partial<Envelope> = {}): Envelope => ({ subject: "Invoice 2291 has the wrong address", sender, to: [ours], copies: [], proof: "authenticated", why: WHY, automatic: null, ...change });

let at = 0;
interface Said { from: "contact" | "agent" | "bot" | "note"; of: C; minutes: number; parts: string | Part[]; envelope?: Envelope; change?: Partial<Message> }
const mail = ({ from, of, minutes, parts, envelope: outside, change }: Said): Message => ({
  id: `e${++at}`, kind: from === "contact" ? "inbound" : from === "note" ? "note" : "reply", n: at * 2 + 2, at: ago(minutes), key: null,
  author: from === "contact" ? { kind: "contact", id: of.id, name: of.name } : from === "agent" ? lin : { kind: "bot", id: null, name: null },
  parts: typeof parts === "string" ? [{ type: "text", text: parts }] : parts, delivery: from === "agent" || from === "bot" ? { state: "sent", reason: null } : null, envelope: outside ?? null, ...change,
});

const mailTalk = (id: string, of: C, messages: Message[], shape: Parameters<typeof talk>[4]): Talk => {
  const made = talk(id, of, lin, [["contact", 1, ""]], { inbox: "post", ...shape });
  const last = messages.at(-1)!;
  const text = last.parts.map((part) => (part.type === "text" ? part.text : "")).join(" ");
  return { ...made, messages, handoff: false, events: [{ n: 1, kind: "started", at: messages[0]!.at, by: null, facts: {} }], summary: { ...made.summary, last: { text, author_kind: last.author.kind, at: last.at }, updated_at: last.at, created_at: messages[0]!.at } };
};

const QUOTE = "On Mon, 2 Mar 2026 at 10:12, Lumen & Leaf <support@lumenandleaf.example> wrote:\n> Hello Sophie,\n>\n> we have changed the address on invoice 2291. You find it attached.\n>\n> Kind regards\n> Lin";
const [, wang, , , , sophieC, , zhao] = contacts as [C, C, C, C, C, C, C, C];

for (const [of, party] of [[sophieC, sophie], [wang, siyu]] as const) of.points.push({ kind: "email", address: party.address, verified: true });

const english = [
  mail({ from: "contact", of: sophieC, minutes: 1500, parts: [{ type: "text", text: "Hello,\n\nthe invoice for our order 3981 still has our old address on it. Could you send a new one? My colleague Ben needs it for the books, he is in copy.\n\nThank you!" }, { type: "folded", what: "signature", text: "Sophie Martin\nAtelier Martin\n12 rue des Lilas, 69003 Lyon\n+33 4 72 00 00 00" }, { type: "formatted", url: "/api/dev/formatted?n=1", remote_images: 3 }, { type: "file", url: "#", name: "invoice-2291.pdf", size: 84_112, media_type: "application/pdf" }], envelope: envelope(sophie, { copies: [ben], why: [] }) }),
  mail({ from: "agent", of: sophieC, minutes: 1400, parts: "Hello Sophie,\n\nwe have changed the address on invoice 2291. You find it attached.", envelope: envelope(ours, { to: [sophie], copies: [ben], why: [] }), change: { parts: [{ type: "text", text: "Hello Sophie,\n\nwe have changed the address on invoice 2291. You find it attached." }, { type: "file", url: "#", name: "invoice-2291-corrected.pdf", size: 83_004, media_type: "application/pdf" }] } }),
  mail({ from: "contact", of: sophieC, minutes: 1399, parts: "I am out of the office until Monday and will answer then.", envelope: envelope(ben, { automatic: "auto_reply", subject: "Out of office: Invoice 2291 has the wrong address", proof: "none" }) }),
  mail({ from: "contact", of: sophieC, minutes: 60, parts: [{ type: "text", text: "Thank you, that was quick. One more thing: the VAT number is missing as well. I put Dave in copy, who looks after our taxes." }, { type: "folded", what: "quote", text: QUOTE }, { type: "formatted", url: "/api/dev/formatted?n=2", remote_images: 0 }], envelope: envelope(sophie, { subject: "Re: Invoice 2291 has the wrong address", proof: "reply_address", copies: [ben, dave] }) }),
  mail({ from: "note", of: sophieC, minutes: 59, parts: "Hello Sophie,\n\nI am sorry about that. The VAT number is added on the new invoice, which you find in your account under Orders within an hour." }),
  mail({ from: "agent", of: sophieC, minutes: 40, parts: "Hello Sophie, the VAT number is on it now.", envelope: envelope(ours, { to: [sophie], copies: [carla], why: [] }), change: { delivery: { state: "failed", reason: "carla@accounts.example: 550 5.1.1 The email account that you tried to reach does not exist" } } }),
  mail({ from: "agent", of: sophieC, minutes: 20, parts: "And here is the corrected one.", envelope: envelope(ours, { to: [sophie], copies: [ben], why: [] }), change: { delivery: { state: "uncertain", reason: "The connection was lost after the mail had been handed over" } } }),
  mail({ from: "contact", of: sophieC, minutes: 4, parts: [{ type: "text", text: "Got it! Please also send it to my new private address." }], envelope: envelope({ address: "sophie.martin@free.example", name: "Sophie Martin" }, { subject: "Re: Invoice 2291 has the wrong address", proof: "failed", why: [{ code: "in_reply_to", weight: 3 }, { code: "subject", weight: 1 }] }) }),
];
const chinese = [
  mail({ from: "contact", of: wang, minutes: 95, parts: [{ type: "text", text: "您好：\n\n上周订购的陶盆龟背竹到货时叶子折断了两片，附照片，请问可以补发吗？\n\n谢谢！" }, { type: "folded", what: "signature", text: "王思雨\n发自我的 iPhone" }, { type: "formatted", url: "/api/dev/formatted?n=3", remote_images: 1 }], envelope: envelope(siyu, { subject: "龟背竹到货破损", proof: "none", why: [] }) }),
  mail({ from: "bot", of: wang, minutes: 94, parts: "您好，非常抱歉！破损的植物可以免费补发，同事会尽快与您确认。", envelope: envelope(ours, { subject: "Re: 龟背竹到货破损", to: [siyu], why: [] }) }),
  mail({ from: "contact", of: wang, minutes: 6, parts: [{ type: "text", text: "好的，那请尽快寄出。" }, { type: "folded", what: "quote", text: "------------------ 原始邮件 ------------------\n发件人: \"Lumen & Leaf\" <support@lumenandleaf.example>;\n主题: Re: 龟背竹到货破损\n\n您好，非常抱歉！" }], envelope: envelope(siyu, { subject: "回复：龟背竹到货破损", proof: "reply_address" }) }),
];
const alone = [mail({ from: "contact", of: zhao, minutes: 15, parts: [{ type: "text", text: "Hello, I am writing for Sophie Martin about invoice 2291. Please send it to me." }], envelope: envelope({ address: "zhaomin@mail.example", name: "赵敏" }, { proof: "none", why: [{ code: "references", weight: 3 }, { code: "subject", weight: 1 }] }) })];

export const mails: Talk[] = [
  mailTalk("e1", sophieC, english, { due: 9, unread: 1, subject: "Invoice 2291 has the wrong address" }),
  mailTalk("e2", wang, chinese, { due: 30, unread: 1, subject: "龟背竹到货破损" }),
  mailTalk("e3", zhao, alone, { due: 60, unread: 1, subject: "Invoice 2291 has the wrong address" }),
];

const all = { copies: true, participants: true, threads: true, rearrange: true };
const person = (party: Party, joined: boolean): Participant => ({ id: party.address.split("@")[0]!.replace(".", ""), address: party.address, name: party.name ?? "", joined });
const link = (kind: Link["kind"], id: string, subject: string, ours: boolean, contact: C): Link => ({ kind, ours, conversation: { id, subject, contact: { id: contact.id, name: contact.name }, status: { state: "open", until: null } } });
const done = (id: string, kind: Rearrangement["kind"], subject: string, minutes: number, out: boolean, undoable: boolean): Rearrangement => ({ id, kind, at: ago(minutes), by: "Lin Yue", other: { id: "e2", subject }, out, count: 2, undoable });

export const outsides: Record<string, Outside> = {
  e1: { participants: [person(ben, true), person(carla, true), person(dave, false)], can: all, rearrangements: [done("x1", "move", "Delivery to Lyon", 300, true, true), done("x2", "split", "Order 3981", 900, false, false)], links: [link("suspected", "e3", "Invoice 2291 has the wrong address", false, zhao), link("split", "v6", "Change of address", false, sophieC), link("follow_up", "v9", "Order 3981", true, sophieC)] },
  e2: { participants: [], links: [], rearrangements: [], can: all },
  e3: { participants: [person(sophie, false)], rearrangements: [], can: all, links: [link("suspected", "e1", "Invoice 2291 has the wrong address", true, sophieC)] },
};
for (const talks of mails) {
  if (talks.summary.id === "e1") talks.events.push({ n: 8, kind: "linked", at: ago(15), by: null, facts: { conversation: "e3", subject: "Invoice 2291 has the wrong address", link: "suspected", ours: false } }, { n: 9, kind: "moved_out", at: ago(300), by: "a1", facts: { count: 2, conversation: "e2", subject: "Delivery to Lyon", by: "a1" } }, { n: 10, kind: "participants", at: ago(59.5), by: null, facts: {} });
}

const STYLE = "body{font:15px/1.5 Georgia,serif;margin:20px;color:#222}h1{color:#7a4;font-size:22px}table{border-collapse:collapse}td{border:1px solid #ccc;padding:4px 10px}blockquote{border-left:3px solid #7a4;margin:0;padding-left:12px;color:#555}.image{display:inline-block;width:90px;height:60px;background:#cde;margin:4px}";
/** What the real server makes of a mail's HTML: a page of its own without scripts. */
export function formattedPage(number: string, images: boolean): string {
  const words = number === "3" ? "<h1>龟背竹到货破损</h1><p>您好：</p><p>上周订购的陶盆龟背竹到货时叶子折断了<b>两片</b>，请问可以补发吗？</p>" : `<h1>Invoice 2291</h1><p>Hello,</p><p>the invoice for our order <b>3981</b> still has our old address on it:</p><table><tr><td>Old</td><td>4 quai Saint-Vincent</td></tr><tr><td>New</td><td>12 rue des Lilas</td></tr></table>`;
  const shown = images ? '<p><span class="image"></span><span class="image"></span><span class="image"></span></p>' : "";
  return `<!doctype html><meta charset="utf-8"><style>${STYLE}</style>${words}${shown}<blockquote>${QUOTE.replaceAll("<", "&lt;").replaceAll("\n", "<br>")}</blockquote>`;
}
