/** What comes around the words: edits in place, blocks, ratings, albums, maps, and where a customer came from. */
import { describe, expect, it } from "vitest";
import { factsOf, shortPage } from "../../src/console/data/context.ts";
import { degrees, mapAddress, mapNamed } from "../../src/console/data/maps.ts";
import { apply, layOut } from "../../src/console/data/thread.ts";
import { inAlbums } from "../../src/console/inbox/parts/albums.ts";
import type { Part, TimelineEvent } from "../../src/wire.ts";
import { aDetail, aMessage } from "./builders.ts";

const AT = "2026-03-01T09:00:00Z";
const rated = (n: number, score: number): TimelineEvent => ({ n, kind: "rated", at: AT, by: null, facts: { score, agent: null } });
const resolved = (n: number): TimelineEvent => ({ n, kind: "status", at: AT, by: null, facts: { status: "resolved" } });

describe("an edit", () => {
  it("takes the place of what was said, and adds nothing that is not shown", () => {
    const before = aDetail({ messages: [aMessage({ id: "1", text: "Helo" }), aMessage({ id: "2", n: 3 })] });
    const message = aMessage({ id: "1", text: "Hello" });
    expect(apply(before, 4, AT, { kind: "edited", message }).messages.map((each) => each.id)).toEqual(["1", "2"]);
    expect(apply(before, 4, AT, { kind: "edited", message }).messages[0]).toEqual(message);
    expect(apply(before, 4, AT, { kind: "edited", message: aMessage({ id: "old" }) }).messages).toHaveLength(2);
  });
});

describe("a block", () => {
  it("is known at once, and over once they let us in again", () => {
    const blocked = apply(aDetail(), 2, AT, { kind: "reach", reachable: false });
    expect(blocked.unreachable_since).toBe(AT);
    expect(apply(blocked, 3, AT, { kind: "reach", reachable: true }).unreachable_since).toBeNull();
  });
});

describe("a rating", () => {
  it("that was changed is shown as it is now; one of an earlier end stays", () => {
    const events = [resolved(1), rated(2, 1), resolved(3), rated(4, 3), rated(5, 5)];
    const shown = layOut(aDetail({ events }), []).flatMap((entry) => (entry.type === "event" && entry.event.kind === "rated" ? [entry.event.facts["score"]] : []));
    expect(shown).toEqual([1, 5]);
  });
});

describe("an album", () => {
  it("holds the pictures that follow one another", () => {
    const image = (name: string): Part => ({ type: "image", url: name, name, size: 1, media_type: "image/png" });
    const text: Part = { type: "text", text: "Look" };
    const [a, b, c] = [image("a"), image("b"), image("c")];
    expect(inAlbums([text, a, b, text, c])).toEqual([text, [a, b], text, c]);
  });
});

describe("a place", () => {
  it("is looked at on the map that was chosen, else on the first one", () => {
    const berlin = { latitude: 52.5200066, longitude: 13.404954 };
    expect(mapAddress(mapNamed("amap"), berlin)).toBe("https://uri.amap.com/marker?position=13.404954,52.520007&coordinate=wgs84");
    expect(mapAddress(mapNamed("gone"), berlin)).toContain("openstreetmap.org");
    expect(degrees({ latitude: -0.5, longitude: 100 })).toBe("-0.50000, 100.00000");
  });
});

describe("what is known of where somebody is", () => {
  const config = { questions: [{ key: "order", label: { en: "Order number", zh: "订单号" } }, { key: "size", label: { zh: "尺码" } }, "nonsense"] };

  it("stands under the words of its question, in this language if it was asked in it", () => {
    const { others } = factsOf({ order: "4127", size: "M", gift_card: "yes", empty: "" }, config, "en");
    expect(others.map((each) => [each.label, each.value])).toEqual([["Order number", "4127"], ["尺码", "M"], ["gift card", "yes"]]);
  });

  it("is a link only where it is a web page", () => {
    expect(shortPage("https://shop.example/灯?colour=red")).toBe("shop.example/灯");
    expect(shortPage("https://shop.example/")).toBe("shop.example");
    expect(shortPage("https://shop.example/%ZZ")).toBe("shop.example/%ZZ");
    for (const page of ["javascript:alert(1)", "data:text/html,x", "shop", ""]) expect(shortPage(page)).toBeNull();
  });
});
