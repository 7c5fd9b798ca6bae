/** @vitest-environment happy-dom
 * The bot's report: its days, its links, and what is asked when its settings are saved. */
import { describe, expect, it } from "vitest";
import { askedBy, behind, dayAgo } from "../../src/console/bot/figures.ts";
import { askOf, formOf } from "../../src/console/bot/measuring.tsx";
import { columnsOf, total } from "../../src/console/bot/trend.tsx";
import { merge } from "../../src/console/data/listing.ts";
import { aSummary } from "./builders.ts";

const day = (at: string, confirmed: number) => ({ day: at, confirmed, assumed: 1, escalated: 0, abandoned: 0 });

describe("the picture", () => {
  it("has every day, also those on which nobody came", () => {
    const columns = columnsOf("2026-02-27", "2026-03-02", [day("2026-02-28", 2)]);
    expect(columns.map((each) => each.since)).toEqual(["2026-02-27", "2026-02-28", "2026-03-01", "2026-03-02"]);
    expect(columns.map(total)).toEqual([0, 3, 0, 0]);
  });

  it("has weeks where there are many days, and loses none of them", () => {
    const days = Array.from({ length: 90 }, (_, at) => day(new Date(Date.UTC(2026, 0, 1 + at)).toISOString().slice(0, 10), 1));
    const columns = columnsOf("2026-01-01", "2026-03-31", days);
    expect(columns.length).toBe(13);
    expect(columns.at(-1)).toMatchObject({ since: "2026-03-26", until: "2026-03-31" });
    expect(columns.reduce((sum, each) => sum + total(each), 0)).toBe(180);
  });
});

describe("the report's addresses", () => {
  it("asks for four weeks unless somebody wants others", () => {
    expect(askedBy(new URLSearchParams())).toEqual({ since: dayAgo(27), until: dayAgo(0), inbox: "" });
    expect(askedBy(new URLSearchParams("since=2026-01-01&until=2026-01-31&inbox=web"))).toEqual({ since: "2026-01-01", until: "2026-01-31", inbox: "web" });
  });

  it("leads from a number to its conversations, whatever became of them since", () => {
    const address = new URL(behind({ since: "2026-01-01", until: "2026-01-31", zone: "Asia/Kolkata", inbox: "web" }, { outcome: "assumed", intent: "" }), "http://here");
    expect(address.pathname).toBe("/console/inbox/all");
    expect(address.searchParams.get("status")).toBe("any");
    expect(Object.fromEntries(new URLSearchParams(address.searchParams.get("bot")!))).toEqual({ since: "2026-01-01", until: "2026-01-31", zone: "Asia/Kolkata", inbox: "web", outcome: "assumed", intent: "" });
  });

  it("shows in that list nothing that the server did not find", () => {
    const filter = { list: "all" as const, status: ["open" as const], queue: null, q: "", me: "me", bot: "outcome=assumed" };
    expect(merge([], [aSummary()], filter)).toEqual([]);
    expect(merge([], [aSummary()], { ...filter, bot: null }).length).toBe(1);
  });
});

describe("the operator's figures", () => {
  const known = { currency: "EUR", cost: 4.5, by_channel: { email: 6 }, version: 3, inboxes: [{ id: "web", name: "Web", kind: "widget", answers: true, share: 0.075 }] };

  it("come back as they were", () => {
    expect(askOf(formOf(known), 3)).toEqual({ currency: "EUR", cost: 4.5, by_channel: { email: 6 }, hold_outs: { web: 0.075 }, version: 3 });
  });

  it("are none where a field is empty", () => {
    expect(askOf({ currency: " ", cost: "", by: { email: "" }, shares: { web: "" } }, 0)).toEqual({ currency: null, cost: null, by_channel: {}, hold_outs: { web: 0 }, version: 0 });
  });
});
