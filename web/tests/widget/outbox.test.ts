/** What the visitor wrote is kept and sent under one key until the server has it. */
import { describe, expect, it } from "vitest";
import * as outbox from "../../src/widget/model/outbox";
import type { Unsent } from "../../src/widget/model/outbox";

const unsent = (key: string, change: Partial<Unsent> = {}): Unsent => ({
  key,
  at: "2026-03-02T10:00:00Z",
  text: `text of ${key}`,
  uploads: [],
  choice: null,
  ...change,
});
const two = outbox.add(outbox.add(outbox.empty, unsent("a")), unsent("b"));
const keys = (box: outbox.Outbox): string[] =>
  outbox.frames(box, null).map((frame) => (frame.type === "message" ? frame.key : ""));

describe("the outbox", () => {
  it("sends what waits in the order in which it was written", () => {
    expect(keys(two)).toEqual(["a", "b"]);
  });

  it("takes the same message once, also when another tab tells of it", () => {
    expect(outbox.add(two, unsent("a", { text: "again" }))).toBe(two);
  });

  it("does not send again what is stored, but still shows it", () => {
    const box = outbox.stored(two, "a");
    expect(keys(box)).toEqual(["b"]);
    expect(box).toHaveLength(2);
  });

  it("sends a refused message again only when the visitor asks", () => {
    const refused = outbox.refused(two, "b", "too_large");
    expect(keys(refused)).toEqual(["a"]);
    expect(refused[1]).toMatchObject({ state: "refused", error: "too_large" });
    expect(keys(outbox.retried(refused, "b"))).toEqual(["a", "b"]);
  });

  it("takes along what was answered before the conversation", () => {
    expect(outbox.frames(two, { topic: "An order" })[0]).toMatchObject({ key: "a", details: { topic: "An order" } });
    expect(outbox.frames(two, null)[0]).not.toHaveProperty("details");
  });

  it("lets go of a message", () => {
    expect(keys(outbox.without(two, "a"))).toEqual(["b"]);
  });

  it("shows a waiting message the way a stored one looks", () => {
    const media = { type: "image" as const, url: "blob:x", name: "a.png", size: 3, media_type: "image/png" };
    const message = outbox.asMessage(outbox.waiting(unsent("a", { uploads: [{ id: "u1", media }] })));
    expect(message.parts).toEqual([{ type: "text", text: "text of a" }, media]);
  });

  it("shows a pressed button as a choice", () => {
    const message = outbox.asMessage(
      outbox.waiting(unsent("a", { text: "Yes", choice: { message: "m1", option: "o1" } })),
    );
    expect(message.parts).toEqual([{ type: "choice", message: "m1", option: "o1", label: "Yes" }]);
  });
});
