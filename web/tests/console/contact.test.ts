// @vitest-environment happy-dom
/** Visitors without a name can be told apart; addresses that mean nothing to a person are not shown. */
import { beforeAll, describe, expect, it } from "vitest";
import { contactName, knownAddress } from "../../src/console/data/contact.ts";
import { useLanguage } from "../../src/console/data/i18n.ts";
import type { ContactDetail } from "../../src/wire.ts";

const point = (kind: string, address: string) => ({ kind, address, verified: false });
const who = (name: string, points = [point("widget", "01kfy4z9m3v2r7p0k0kk6")]): ContactDetail => ({
  id: "01kfy4z9m3v2r7p0k0kk6", name, language: null, points, attributes: {}, created_at: "2026-01-01T00:00:00Z",
});

describe("a contact", () => {
  beforeAll(() => useLanguage("en", false));

  it("is called by name", () => {
    expect(contactName(who("Amelia"))).toBe("Amelia");
  });

  it("without a name is told apart by the end of its id, in every language", async () => {
    expect(contactName(who(""))).toBe("Visitor k0kk6");
    await useLanguage("zh", false);
    expect(contactName(who(""))).toBe("访客 k0kk6");
  });

  it("shows the first address that a person would know", () => {
    expect(knownAddress(who(""))).toBe("");
    expect(knownAddress(who("", [point("widget", "x"), point("email", "a@b.example")]))).toBe("a@b.example");
  });
});
