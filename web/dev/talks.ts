/** The made-up conversations of the made-up server. */
import { contacts, talk, type Talk } from "./data.ts";
import { mails } from "./mails.ts";

type C = (typeof contacts)[number];
const mine = { kind: "agent", id: "a1", name: "Lin Yue" } as const;
const maria = { kind: "agent", id: "a2", name: "Maria Oliveira" } as const;
const withBot = { kind: "bot", id: null, name: null } as const;
const queued = (id: string, name: string) => ({ kind: "queue", id, name }) as const;
const nobody = { kind: "nobody", id: null, name: null } as const;
const [amelia, siyu, visitor, diego, jianguo, sophie, seun, zhaomin] = contacts as [C, C, C, C, C, C, C, C];
const shirt = "data:image/svg+xml," + encodeURIComponent('<svg xmlns="http://www.w3.org/2000/svg" width="420" height="280"><rect width="420" height="280" fill="#d8c3a5"/><rect x="120" y="70" width="180" height="140" rx="8" fill="#8e6b4a"/><path d="M120 110h180" stroke="#d8c3a5" stroke-width="10"/></svg>');

export const talks: Talk[] = [
  ...mails,
  talk("v1", amelia, mine, [
    ["contact", 1460, "Do you deliver to Austria as well?"],
    ["bot", 1459.9, "Yes, we deliver to Germany, Austria and Switzerland. Delivery to Austria takes three to four working days."],
    ["contact", 42, "Hi! My parcel should have been here on Tuesday but the tracking has not moved since Monday morning."],
    ["contact", 41.5, "Order number is 4127-88."],
    ["bot", 41, [{ type: "text", text: "I found these articles. Does one of them help?" }, { type: "article", article: "r2", title: "Where is my order?", excerpt: "You find the tracking number in your confirmation mail…", url: null }, { type: "buttons", options: [{ id: "1", label: "Yes, thanks" }, { id: "2", label: "No, talk to a person" }] }]],
    ["contact", 40, "No, talk to a person"],
    ["bot", 39.8, "I am passing you on to a colleague. They can see everything you wrote."],
    ["agent", 36, "Hello Amelia, this is Lin. I am sorry about the wait! I am looking at order 4127-88 right now."],
    ["note", 30, "Carrier says it is stuck in Leipzig because of a damaged label. Ticket DHL-77812.", "a2"],
    ["agent", 24, "The label was damaged on the way and the parcel was held back. The carrier is sending it on today, so it should be with you tomorrow before noon."],
    ["contact", 4, [{ type: "text", text: "Thank you, that is good to know. This is the box it should be in, maybe that helps:" }, { type: "image", url: shirt, name: "box.jpg", size: 184_220, media_type: "image/jpeg" }]],
    ["contact", 2, "Could you let me know if it is late again? https://shop.example/orders/4127-88"],
  ], { due: 3.5, unread: 2, subject: "Parcel has not moved since Monday" }),
  talk("v2", siyu, mine, [
    ["contact", 25, "你好，我上周买的毛衣尺码不对，可以换货吗？"],
    ["bot", 24.8, "收货后 30 天内可以免费换货。请问您想换成什么尺码？"],
    ["contact", 24, "换成 M 码，但是页面上显示没货了，转人工吧"],
    ["bot", 23.7, "好的，正在为您转接同事。"],
    ["agent", 20, "王女士您好，我是小林。M 码明天到货，我可以先帮您预留一件。"],
    ["contact", 12, "太好了，谢谢！那旧的什么时候寄回去？"],
  ], { due: -2, unread: 1, subject: "毛衣换货", inbox: "help" }),
  talk("v3", visitor, queued("q1", "Orders and delivery"), [
    ["contact", 3, "my card was charged twice??"], ["bot", 2.9, "I am sorry to hear that. I am passing you on to a colleague."], ["contact", 1.5, "hello?"],
  ], { due: 0.6, due_kind: "first", unread: 2 }),
  talk("v4", jianguo, queued("q3", "投诉处理"), [
    ["contact", 2, "我要投诉，快递员把包裹扔在雨里，东西全湿了！"], ["bot", 1.9, "非常抱歉给您带来不好的体验，正在为您转接专人处理。"],
  ], { due: 8, due_kind: "first", unread: 1, subject: "投诉：包裹淋湿", inbox: "help", queue: "q3" }),
  talk("v5", diego, withBot, [["contact", 1, "Which payment methods do you accept?"], ["bot", 0.9, "We accept Visa, Mastercard, PayPal and bank transfer."]], {}),
  talk("v6", sophie, maria, [["contact", 64, "I would like to change the delivery address of order 3981."], ["bot", 63, "One moment, I am asking a colleague."], ["agent", 60, "Of course, Sophie. What is the new address?", "a2"], ["contact", 8, "12 rue des Lilas, 69003 Lyon. Thank you so much!"]], { due: 12, subject: "Change of address" }),
  talk("v7", seun, mine, [["contact", 180, "Is the walnut table coming back in stock?"], ["bot", 179, "I do not know that. I am asking a colleague."], ["agent", 170, "We expect it in the first week of December. Shall I write to you when it is here?"], ["contact", 150, "Yes please."]], { status: "waiting", subject: "Walnut table" }),
  talk("v8", zhaomin, nobody, [["contact", 2900, "发票抬头可以修改吗？"], ["bot", 2899, "正在为您转接。"], ["agent", 2890, "可以的，已经帮您改好了，新发票会发到您的邮箱。", "a3"], ["contact", 2880, "收到，谢谢"]], { status: "resolved", subject: "修改发票" }),
  talk("v9", amelia, nobody, [["contact", 60 * 24 * 20, "The zip of my jacket broke after two weeks."], ["agent", 60 * 24 * 20 - 20, "I am sending you a new one, you can keep the old one."]], { status: "resolved", subject: "Broken zip" }),
  ...Array.from({ length: 24 }, (_, at) => talk(`w${at}`, contacts[at % contacts.length]!, at % 3 ? maria : nobody, [["contact", 300 + at * 47, at % 2 ? "谢谢，已经收到了。" : "Thanks, that worked!"]], { status: at % 3 ? "open" : "resolved" })),
];
