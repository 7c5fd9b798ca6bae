/** A supervisor is told when more mail is held back or cannot be read, and only then. */
// @vitest-environment happy-dom
import { expect, it, vi } from "vitest";
import { live } from "../../../src/console/data/live.ts";
import { followMail } from "../../../src/console/data/mail.ts";
import type { ServerFrame } from "../../../src/wire.ts";

const counts = (held: number, quarantined: number): ServerFrame => ({ type: "mail", held, quarantined, set_aside: 9, too_large: 0 });

it("tells of what is new, not of what waited already nor of what was settled", () => {
  let hear: (frame: ServerFrame) => void = () => undefined;
  vi.spyOn(live, "on").mockImplementation((listener) => ((hear = listener as typeof hear), () => undefined));
  const told: string[] = [];
  followMail((what) => told.push(what));
  hear(counts(2, 1));
  expect(told).toEqual([]);
  hear(counts(3, 1));
  hear(counts(3, 2));
  hear(counts(0, 0));
  expect(told).toEqual(["held", "quarantined"]);
});
