// @vitest-environment happy-dom
/** Who a contact is, as the panel shows it: addresses and how well they are known, claims, suggestions, merges, edits. */
import { render } from "preact";
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { api } from "../../src/console/data/api.ts";
import { pointText } from "../../src/console/data/contact.ts";
import { useLanguage } from "../../src/console/data/i18n.ts";
import { session } from "../../src/console/data/session.ts";
import { Contact } from "../../src/console/inbox/contact/contact.tsx";
import { evidenceText, matchText } from "../../src/console/inbox/contact/evidence.ts";
import { joining } from "../../src/console/inbox/contact/joining.ts";
import { Merges } from "../../src/console/inbox/contact/merges.tsx";
import { Edited } from "../../src/console/inbox/edited.tsx";
import { Reach } from "../../src/console/inbox/reach.tsx";
import type { ContactDetail } from "../../src/wire.ts";
import { aDetail, aMessage, aSession } from "./builders.ts";

const AT = "2026-03-01T09:00:00Z";
const amelia: ContactDetail = {
  id: "k1", name: "Amelia", language: "en", attributes: {}, created_at: AT,
  points: [{ kind: "telegram", address: "77", verified: true, unreachable_since: AT }, { kind: "user", address: "web:amelia:7", verified: true }, { kind: "widget", address: "01j9visitor", verified: false }],
  claims: [{ kind: "email", value: "a@shop.example", source: "left", at: AT }, { kind: "email", value: "a@shop.example", source: "asked", at: AT }, { kind: "telegram", value: "77", source: "card", at: AT }],
  suggestions: [{ other: { id: "k2", name: "A. Hart", points: [] }, matches: [{ kind: "email", value: "a@shop.example", here: "claimed", there: "proven" }] }],
};
const page = document.body;
const show = (what: preact.ComponentChild): void => render(what, page);

beforeAll(async () => {
  session.value = aSession();
  await useLanguage("en", false);
});
afterEach(() => {
  render(null, page);
  joining.value = null;
  vi.restoreAllMocks();
});

describe("a contact", () => {
  it("has its addresses in words, with how well each is known", () => {
    show(<Contact detail={aDetail({ contact: { ...amelia, suggestions: [] } })} />);
    const points = [...page.querySelectorAll(".points:not(.claims) li")].map((each) => each.textContent);
    expect(points).toEqual(["Telegram 77VerifiedBlocked us", "Account amelia:7Verified", "Browser …sitor"]);
  });

  it("of a channel that only the server knows has its address in words where the server says that it means nothing", () => {
    expect(pointText({ kind: "kiosk", address: "01j9visitor" })).toBe("Browser …sitor");
    expect(pointText({ kind: "pager", address: "4711" })).toBe("4711");
  });

  it("says of themselves what is not known otherwise, once", () => {
    show(<Contact detail={aDetail({ contact: amelia })} />);
    expect([...page.querySelectorAll(".claims li .point-address")].map((each) => each.textContent)).toEqual(["a@shop.example"]);
  });

  it("may be somebody else, which an agent decides", async () => {
    const asked = vi.spyOn(api, "post").mockResolvedValue({ ...amelia, suggestions: [] });
    show(<Contact detail={aDetail({ contact: amelia })} />);
    expect(page.querySelector(".same-why")!.textContent).toBe("a@shop.example: only said here, proven there");
    const [merge, dismiss] = page.querySelectorAll<HTMLButtonElement>(".same-deeds button");
    merge!.click();
    expect(joining.value?.other?.id).toBe("k2");
    dismiss!.click();
    expect(asked).toHaveBeenCalledWith("/api/contacts/k1/suggestions/k2/dismiss");
  });

  it("is taken apart by its merge", () => {
    const asked = vi.spyOn(api, "post").mockResolvedValue(amelia);
    show(<Merges merges={[{ id: "m1", source: { id: "k2", name: "A. Hart", points: [] }, by: null, evidence: ["code:email"], at: AT }]} />);
    expect(page.textContent).toContain("by proof · code sent to the e-mail address");
    page.querySelector<HTMLButtonElement>(".joined button")!.click();
    expect(asked).toHaveBeenCalledWith("/api/merges/m1/undo");
  });
});

describe("evidence", () => {
  it("of a kind that is not known here is shown as it came", () => {
    expect(evidenceText("dream:email")).toBe("dream:email");
    expect(evidenceText("token:fax")).toBe("fax in the site's signed token");
    expect(matchText({ kind: "phone", value: "+49", here: "claimed", there: "claimed" })).toBe("Both say +49");
    expect(pointText({ kind: "fax", address: "12" })).toBe("12");
  });
});

describe("a message that was edited", () => {
  it("tells on demand what it said before", async () => {
    const versions = [{ parts: [{ type: "text", text: "Helo" }], at: AT }, { parts: [{ type: "text", text: "Hello" }], at: AT }];
    const asked = vi.spyOn(api, "get").mockResolvedValue({ items: versions });
    show(<Edited message={aMessage({ id: "m7", edited_at: AT })} language="en" />);
    expect(asked).not.toHaveBeenCalled();
    page.querySelector<HTMLButtonElement>(".edited")!.click();
    await vi.waitFor(() => expect([...page.querySelectorAll(".version-said")].map((each) => each.textContent)).toEqual(["Helo", "Hello"]));
    expect(asked).toHaveBeenCalledWith("/api/messages/m7/versions");
  });

  it("is told from one that was not", () => {
    show(<Edited message={aMessage()} language="en" />);
    expect(page.querySelector(".edited")).toBeNull();
  });
});

describe("before one writes", () => {
  it("stands that it will not arrive, and that others read along", () => {
    show(<Reach detail={aDetail({ unreachable_since: AT, public: true })} />);
    expect([...page.querySelectorAll(".reach strong")].map((each) => each.textContent)).toEqual(["Amelia has blocked us here.", "Others read along."]);
    show(<Reach detail={aDetail({ public: true })} />);
    expect(page.querySelector(".reach-public")).not.toBeNull();
    show(<Reach detail={aDetail()} />);
    expect(page.querySelector(".reach")).toBeNull();
  });
});
