// @vitest-environment happy-dom
/** Promised times are told in one zone, and whoever lives by another clock is told which. */
import { render } from "preact";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { api } from "../../src/console/data/api.ts";
import { useLanguage } from "../../src/console/data/i18n.ts";
import { Deadlines } from "../../src/console/inbox/deadlines.tsx";
import type { ConversationDetail, Deadline } from "../../src/wire.ts";

const promised = (zone: string): Deadline => ({
  target: "first", state: "running", text: "Thu 07:30 + 30 min = 08:00", policy: "Gold", hours: "Office", zone, started_at: "2026-03-04T23:30:00Z", promised_s: 1800, counted_s: 0,
  paused_s: 0, due_at: "2026-03-05T00:00:00Z", warn_at: "2026-03-04T23:54:00Z", warned_at: null, missed_at: null, stopped_at: null, steps: [], hidden: 0,
});
const detail = (id: string): ConversationDetail => ({ summary: { id, due_at: null, due_near: false, status: { state: "open" }, handler: { id: null } }, events: [] }) as unknown as ConversationDetail;

async function shown(zone: string): Promise<string> {
  vi.spyOn(api, "get").mockResolvedValue({ evaluations: [], deadlines: [promised(zone)] });
  const root = document.createElement("div");
  render(<Deadlines detail={detail(zone)} />, root);
  await vi.waitFor(() => expect(root.textContent).toContain("Thu 07:30"));
  return root.textContent ?? "";
}

beforeAll(async () => void await useLanguage("en", false));

describe("promised times", () => {
  it("are all those of the zone of the hours, which is named where it is not the reader's", async () => {
    const text = await shown("Pacific/Kiritimati");
    expect(text).toContain("08:00 (times in Pacific/Kiritimati)");
    expect(text).toMatch(/warning Mar 5, 2026, 1:54\sPM/u);
    expect(text).toMatch(/Mar 5, 2026, 2:00\sPM \(Pacific\/Kiritimati\)/u);
  });

  it("name no zone to whoever lives by that clock", async () => {
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
    expect(await shown(timeZone)).not.toContain(timeZone);
  });
});
