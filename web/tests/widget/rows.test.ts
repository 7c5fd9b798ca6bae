/** Rows of the log: day lines, groups of one speaker, and buttons that can be pressed once. */
import { describe, expect, it } from "vitest";
import { add, empty } from "../../src/widget/model/outbox";
import type { Part } from "../../src/widget/model/protocol";
import { rows } from "../../src/widget/model/rows";
import type { Row } from "../../src/widget/model/rows";
import { apply, nothing } from "../../src/widget/model/timeline";
import type { Entry } from "../../src/widget/model/timeline";
import { said } from "./builders";

const contact = { kind: "contact" as const, name: null };
const day = (at: string): string => at.slice(0, 10);
const buttons: Part = {
  type: "buttons",
  options: [
    { id: "y", label: "Yes" },
    { id: "n", label: "No" },
  ],
};
const waiting = {
  key: "k",
  at: "2026-03-02T11:00:00Z",
  text: "Yes",
  uploads: [],
  choice: { message: "q", option: "y" },
};

function entries(...frames: Parameters<typeof said>[1][]): readonly Entry[] {
  return frames.reduce((seen, change, i) => apply(seen, said(i + 1, change))[0], nothing).entries;
}
const pressed = (row: Row | undefined): unknown => row?.kind === "said" && row.buttons;

describe("the rows", () => {
  it("draw a line where a day begins", () => {
    const shown = rows(
      entries({ at: "2026-03-01T09:00:00Z" }, { at: "2026-03-01T10:00:00Z" }, { at: "2026-03-02T09:00:00Z" }),
      empty,
      day,
    );
    expect(shown.map((row) => row.kind)).toEqual(["day", "said", "said", "day", "said"]);
  });

  it("name a speaker once in a row", () => {
    const shown = rows(entries({}, {}, { author: contact }, {}), empty, day);
    expect(shown.flatMap((row) => (row.kind === "said" ? [row.first] : []))).toEqual([true, false, true, true]);
  });

  it("leave buttons open until the visitor says anything", () => {
    expect(pressed(rows(entries({ id: "q", parts: [buttons] }), empty, day)[1])).toEqual({ open: true, option: null });
    const moved = entries({ id: "q", parts: [buttons] }, { author: contact });
    expect(pressed(rows(moved, empty, day)[1])).toEqual({ open: false, option: null });
  });

  it("show the pressed button before and after it is stored", () => {
    const asked = { id: "q", parts: [buttons] };
    expect(pressed(rows(entries(asked), add(empty, waiting), day)[1])).toEqual({ open: false, option: "y" });
    const choice: Part = { type: "choice", message: "q", option: "n", label: "No" };
    expect(pressed(rows(entries(asked, { author: contact, parts: [choice] }), empty, day)[1])).toEqual({
      open: false,
      option: "n",
    });
  });

  it("show a message once when it is both waiting and stored", () => {
    const shown = rows(entries({ author: contact, key: "k" }), add(empty, waiting), day);
    expect(shown.filter((row) => row.kind === "said")).toHaveLength(1);
  });
});
