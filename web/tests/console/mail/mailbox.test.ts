// @vitest-environment happy-dom
/** The form of a mailbox: what providers want, what is sent, and that secrets stay where they are. */
import { describe, expect, it } from "vitest";
import { works } from "../../../src/console/admin/check.tsx";
import { beginMail, mailConfig, presetFor, usualPort, withPreset } from "../../../src/console/admin/email/model.ts";
import { body, begin } from "../../../src/console/admin/inbox-form.ts";
import type { Inbox } from "../../../src/wire.ts";
import { aProfile } from "../builders.ts";

const stored = {
  address: "support@shop.example", name: "Shop", password: true, aliases: ["help@shop.example"], trusted: "mx.shop.example", signature: { en: "Shop" },
  imap: { host: "imap.shop.example", user: "support", port: 993, security: "tls", folder: "INBOX", mark: "seen", take: "new" }, smtp: { host: "smtp.shop.example", user: null, port: 587, security: "starttls", per_minute: 60 },
};

describe("the providers", () => {
  it("are known by the address", () => {
    expect(["a@gmail.com", "b@QQ.com", "c@163.com", "d@hotmail.com", "e@shop.example"].map(presetFor)).toEqual(["gmail", "qq", "163", "microsoft", null]);
  });

  it("fill in hosts, ports and encryption, and leave the rest alone", () => {
    const form = withPreset({ ...beginMail({}), address: "a@outlook.com" }, "microsoft");
    expect([form.imap.host, form.imap.port, form.smtp.host, form.smtp.port, form.smtp.security, form.sign]).toEqual(["outlook.office365.com", 993, "smtp.office365.com", 587, "starttls", "oauth"]);
    expect([form.address, form.imap.folder]).toEqual(["a@outlook.com", "INBOX"]);
  });

  it("are recognised again by their host", () => {
    expect(beginMail({ imap: { host: "imap.qq.com" } }).preset).toBe("qq");
    expect(beginMail(stored).preset).toBe("other");
  });
});

describe("a stored mailbox", () => {
  it("keeps its secrets: they are not shown, and not sent unless written anew", () => {
    const form = beginMail(stored);
    expect([form.password, form.known]).toEqual(["", ["password"]]);
    expect(mailConfig(form)).not.toHaveProperty("password");
    expect(mailConfig({ ...form, password: "new" })["password"]).toBe("new");
  });

  it("is sent as it was, where nothing was changed", () => {
    expect(mailConfig(beginMail(stored))).toMatchObject({ address: "support@shop.example", aliases: ["help@shop.example"], trusted: "mx.shop.example", signature: { en: "Shop" }, imap: stored.imap, smtp: stored.smtp });
  });

  it("signs in with its address where no user name is given", () => {
    const form = { ...beginMail({}), address: "a@b.example" };
    expect([(mailConfig(form)["imap"] as { user: string }).user, (mailConfig(form)["smtp"] as { user: string }).user]).toEqual(["a@b.example", "a@b.example"]);
  });

  it("has either a password or OAuth", () => {
    const form = beginMail({ ...stored, oauth: { token_url: "https://t.example", client_id: "c", client_secret: true, refresh_token: true } });
    expect(form.sign).toBe("oauth");
    expect(form.known).toEqual(["password", "oauth.client_secret", "oauth.refresh_token"]);
    expect(mailConfig(form)["oauth"]).toEqual({ token_url: "https://t.example", client_id: "c" });
    expect(mailConfig({ ...form, sign: "password" })).not.toHaveProperty("oauth");
  });
});

describe("a test of the connection", () => {
  it("is good when nothing failed, also where nobody has to sign in", () => {
    const step = (state: "ok" | "failed" | "not_tried") => ({ name: "smtp.password", state, code: "", detail: "" });
    expect(works([step("ok"), step("not_tried")])).toBe(true);
    expect(works([step("ok"), step("failed"), step("not_tried")])).toBe(false);
  });
});

describe("ports", () => {
  it("follow the encryption", () => {
    expect([usualPort("imap", "tls"), usualPort("imap", "starttls"), usualPort("smtp", "tls"), usualPort("smtp", "starttls")]).toEqual([993, 143, 465, 587]);
  });
});

describe("the form of an inbox", () => {
  it("lets a widget go on by mail, or not at all", () => {
    const item: Inbox = { id: "w", kind: "widget", name: "W", enabled: true, queue: "q", bot: "answer", snippet: null, weight: 2, interruptible: false, profile: aProfile(), config: { origins: [], mail: "post", languages: ["en"] } };
    expect(body(begin(item, "q"))).toMatchObject({ config: { mail: "post", languages: ["en"] } });
    const form = begin(item, "q");
    expect(body({ ...form, live: { ...form.live, mail: "" } })).toMatchObject({ config: { mail: null } });
  });

  it("keeps what it does not know of another kind", () => {
    const item: Inbox = { id: "t", kind: "pager", name: "T", enabled: true, queue: "q", bot: "suggest", snippet: null, weight: 2, interruptible: false, profile: aProfile(), config: { token: true, extra: 1 } };
    expect(body(begin(item, "q"))).toEqual({ kind: "pager", name: "T", queue: "q", enabled: true, bot: "suggest", weight: 2, interruptible: false, profile: aProfile(), config: { token: true, extra: 1 } });
  });
});
