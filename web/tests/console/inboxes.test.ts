// @vitest-environment happy-dom
/** The forms of widgets, chat pages and Telegram bots: what is sent, and that nothing gets lost on the way. */
import { describe, expect, it } from "vitest";
import { begin, body } from "../../src/console/admin/inbox-form.ts";
import { beginLive, freshSecret, freshWebhookSecret, liveConfig } from "../../src/console/admin/live/model.ts";
import { beginQuestion, moved, newQuestion, questionConfig } from "../../src/console/admin/live/questions.ts";
import { beginTelegram, telegramConfig } from "../../src/console/admin/telegram/model.ts";
import type { Inbox } from "../../src/wire.ts";
import { aProfile } from "./builders.ts";

const stored = {
  origins: ["https://shop.example"], color: "#123456", position: "left", greeting: { en: "Hi", fr: "Salut" }, languages: ["zh", "en"], mail: "post", telegram: null, rating: true, articles: false, later: 1,
  questions: [{ key: "order", label: { en: "Order" }, kind: "choice", required: true, options: [{ en: "Lamp", zh: "灯" }, { en: "Plant" }] }],
  identity: { secrets: [0, 1], required: true }, webhook: { url: "https://app.example/hook", secret: true },
};

describe("a chat page", () => {
  it("is sent back as it was when nothing is changed", () => {
    const item: Inbox = { id: "c", kind: "chat", name: "C", enabled: true, queue: "q", bot: "answer", snippet: null, weight: 2, interruptible: false, profile: aProfile(), config: stored };
    const { secret: _, ...webhook } = stored.webhook;
    expect(body(begin(item, "q"))).toEqual({ kind: "chat", name: "C", queue: "q", enabled: true, bot: "answer", weight: 2, interruptible: false, profile: aProfile(), config: { ...stored, webhook } });
  });

  it("loses what is taken away, and a widget has no webhook", () => {
    const form = { ...beginLive(stored, false), secrets: [], questions: [], webhook: { url: " ", secret: "", known: true } };
    expect(liveConfig(form, "chat")).not.toHaveProperty("identity");
    expect(liveConfig(form, "chat")).not.toHaveProperty("webhook");
    expect(liveConfig(beginLive(stored, false), "widget")).not.toHaveProperty("webhook");
  });

  it("gets a new secret before the one that goes on to be believed", () => {
    const form = beginLive(stored, false);
    expect(liveConfig({ ...form, secrets: ["new", form.secrets[1]!] }, "chat")["identity"]).toEqual({ secrets: ["new", 1], required: true });
  });

  it("makes secrets of 32 bytes that fit into an address", () => {
    expect(freshSecret((bytes) => bytes.fill(255))).toBe("_".repeat(42) + "8");
    expect(freshSecret()).not.toBe(freshSecret());
    expect(freshWebhookSecret((bytes) => bytes.fill(0))).toBe(`whsec_${"A".repeat(43)}=`);
  });
});

describe("questions", () => {
  it("pair the choices of each language line by line, and leave empty lines out", () => {
    const question = { ...newQuestion([]), kind: "choice" as const, label: { en: " What? ", zh: "" }, options: { en: "Lamp\n\nPlant\n", zh: "灯\n\n植物" } };
    expect(questionConfig(question)).toEqual({ key: "question_1", label: { en: "What?" }, kind: "choice", required: false, options: [{ en: "Lamp", zh: "灯" }, { en: "Plant", zh: "植物" }] });
    expect(questionConfig({ ...question, kind: "text" })).not.toHaveProperty("options");
  });

  it("are edited as they were stored", () => {
    expect(stored.questions.map(beginQuestion).map(questionConfig)).toEqual(stored.questions);
    expect(questionConfig(beginQuestion("nonsense"))).toEqual({ key: "", label: {}, kind: "text", required: false });
  });

  it("get a name of their own, and change places", () => {
    const [first, second] = [newQuestion([]), { ...newQuestion([]), key: "question_3" }];
    expect(newQuestion([first, second]).key).toBe("question_4");
    expect(moved(["a", "b", "c"], 2, -1)).toEqual(["a", "c", "b"]);
  });
});

describe("a Telegram bot", () => {
  it("keeps its token until another one is written", () => {
    const form = beginTelegram({ token: true, mode: "webhook", groups: true, languages: ["zh"] });
    expect(telegramConfig(form)).toEqual({ mode: "webhook", groups: true, languages: ["zh"] });
    expect(telegramConfig({ ...form, token: " 1:abc ", languages: "en; zh" })).toMatchObject({ token: "1:abc", languages: ["en", "zh"] });
  });
});
