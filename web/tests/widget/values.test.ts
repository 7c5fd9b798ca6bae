/** Back-off, colours, the script line, sizes and addresses. */
import { describe, expect, it } from "vitest";
import { humanSize, ready, refusal } from "../../src/widget/model/attachments";
import { FIRST_MS, LONGEST_MS, delay } from "../../src/widget/model/backoff";
import { contrast, palette, parse } from "../../src/widget/model/colour";
import { configured } from "../../src/widget/model/config";
import { decode } from "../../src/widget/model/protocol";
import { safeAddress } from "../../src/widget/view/parts";

describe("the back-off", () => {
  it("doubles, is spread over half of its length, and ends at a ceiling", () => {
    expect([delay(0, 0), delay(0, 1)]).toEqual([FIRST_MS / 2, FIRST_MS]);
    expect(delay(3, 1)).toBe(FIRST_MS * 8);
    expect(delay(1000, 1)).toBe(LONGEST_MS);
  });
});

describe("colours", () => {
  const rgb = (colour: string): readonly [number, number, number] => parse(colour)!;

  it.each(["#1f6f5c", "#ffeb3b", "#000", "#ffffff", "#7f7f7f", "#e91e63"])("of %s can be read", (colour) => {
    const { brand, on, light, dark } = palette(colour);
    expect(contrast(rgb(brand), rgb(on))).toBeGreaterThanOrEqual(4.5);
    expect(contrast(rgb(light), [255, 255, 255])).toBeGreaterThanOrEqual(4.5);
    expect(contrast(rgb(dark), [27, 31, 36])).toBeGreaterThanOrEqual(4.5);
  });

  it("that are none become ours, so that nothing else reaches the style sheet", () => {
    expect(palette("red;}*{display:none}")).toEqual(palette("#1f6f5c"));
  });
});

describe("the script line", () => {
  const source = "https://parley.example/widget.js?v=2";

  it("names inbox and server", () => {
    expect(configured({ inbox: "shop" }, source, [])).toMatchObject({
      inbox: "shop",
      server: "https://parley.example",
      theme: "auto",
    });
  });

  it("wishes for its own language before the page's and the browser's", () => {
    expect(configured({ lang: "zh" }, source, ["en", ""]).wishes).toEqual(["zh", "en"]);
    expect(configured({}, source, ["", "fr-FR", "zh-Hans-CN"]).wishes).toEqual(["fr-FR", "zh-Hans-CN"]);
    expect(configured({}, source, Array<string>(99).fill("en")).wishes.length).toBeLessThan(10);
  });

  it("may make the chat the whole page, and say who the visitor is", () => {
    expect(configured({ mode: "page", identity: "a.b.c" }, source, [])).toMatchObject({ mode: "page", identity: "a.b.c" });
    expect(configured({ mode: "moon", identity: "" }, source, [])).toMatchObject({ mode: "corner", identity: null });
  });

  it("ignores a side or theme that does not exist", () => {
    expect(configured({ position: "top", theme: "pink" }, source, [])).toMatchObject({ position: null, theme: "auto" });
  });
});

describe("attachments", () => {
  const limits = { text_bytes: 1, upload_bytes: 100, uploads: 2 };
  const draft = { id: 1, name: "a", size: 1, progress: 0, uploaded: false, error: null, fatal: false };

  it("are refused before they travel, with the reason", () => {
    expect([refusal(100, 0, limits), refusal(101, 0, limits), refusal(0, 0, limits), refusal(1, 2, limits)]).toEqual([
      null,
      "too_large",
      "empty",
      "too_many",
    ]);
  });

  it("hold the message back only while they travel", () => {
    expect(ready([draft])).toBe(false);
    expect(
      ready([
        { ...draft, uploaded: true },
        { ...draft, error: "too_large" },
      ]),
    ).toBe(true);
  });

  it("have sizes that people read", () => {
    expect(humanSize(1536, "en")).toBe("1.5 kB");
    expect(humanSize(3, "en")).toBe("0.1 kB");
    expect(humanSize(10 * 1024 * 1024, "en")).toBe("10 MB");
  });
});

describe("what comes from elsewhere", () => {
  it("is no frame when it is not an object with a type", () => {
    expect([decode("{"), decode("[]"), decode('"x"'), decode(new ArrayBuffer(1)), decode('{"type":"pong"}')]).toEqual([
      null,
      null,
      null,
      null,
      { type: "pong" },
    ]);
  });

  it("is no address when a script hides in it", () => {
    expect(safeAddress("javascript:alert(1)", "https://a.example")).toBeUndefined();
    expect(safeAddress("/media/1?t=2", "https://a.example")).toBe("https://a.example/media/1?t=2");
  });
});
