// @vitest-environment happy-dom
/** Being at work: what is told of it, what was set by others, and what is still wrapped up. */
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { withDelay } from "../../src/console/admin/members.tsx";
import { withParameter } from "../../src/console/admin/routing-fields.tsx";
import { Activity } from "../../src/console/data/activity.ts";
import { session } from "../../src/console/data/session.ts";
import { followWrapUps, receive, wrapUps } from "../../src/console/data/wrap-ups.ts";
import { setByOthers } from "../../src/console/shell/set-for-you.tsx";
import type { Me, ServerFrame, WrapUp } from "../../src/wire.ts";
import { aSession } from "./builders.ts";

const NINE = Date.parse("2026-03-02T09:00:00Z");

describe("activity", () => {
  it("is told at most once in half a minute, however much is done", () => {
    let now = 0;
    const told: number[] = [];
    const activity = new Activity(() => { told.push(now); return true; }, () => now, 30_000);
    for (now = 0; now <= 90_000; now += 1000) activity.acted();
    expect(told).toEqual([0, 30_000, 60_000, 90_000]);
  });

  it("is told when the connection is back, if there was any meanwhile", () => {
    let connected = false;
    let told = 0;
    const activity = new Activity(() => { if (connected) told += 1; return connected; }, () => 0);
    activity.acted();
    connected = true;
    activity.back();
    activity.back();
    expect(told).toBe(1);
  });
});

describe("what is wrapped up", () => {
  const wrapUp = (id: string, minutes: number): WrapUp => ({ id, conversation: "c", contact: { id: "v", name: "Vera" }, subject: "", ends_at: new Date(NINE + minutes * 60_000).toISOString() });
  const event = (event: object): ServerFrame => ({ type: "event", topic: "agent:me", n: 1, at: "", event } as ServerFrame);

  beforeEach(() => { vi.useFakeTimers(); vi.setSystemTime(NINE); });
  afterEach(() => { vi.useRealTimers(); wrapUps.value = []; session.value = null; });

  it("comes with the session, is added live once, and goes when it ends", () => {
    followWrapUps();
    session.value = aSession({ wrap_ups: [wrapUp("one", 1), wrapUp("late", -1)] });
    expect(wrapUps.value.map((each) => each.id)).toEqual(["one"]);
    receive(event({ kind: "wrap_up", ...wrapUp("one", 1) }));
    receive(event({ kind: "wrap_up", ...wrapUp("two", 2) }));
    expect(wrapUps.value.map((each) => each.id)).toEqual(["one", "two"]);
    receive(event({ kind: "wrap_up_ended", wrap_up: "one", how: "done" }));
    expect(wrapUps.value.map((each) => each.id)).toEqual(["two"]);
  });
});

describe("a presence", () => {
  const set = (by: string | null): Me => ({ ...aSession().agent, presence_by: by });
  it("was set by others when a colleague or the system did it", () => {
    expect([set("me"), set(null), set("sue"), set("system")].map(setByOthers)).toEqual([false, false, true, true]);
  });
});

describe("what an operator sets of a queue", () => {
  it("keeps only numbers that are not as usual", () => {
    expect(withParameter({}, "late_s", "900", 600)).toEqual({ late_s: 900 });
    expect(withParameter({ late_s: 900 }, "late_s", "600", 600)).toEqual({});
    expect(withParameter({ late_s: 900, unit_s: 60 }, "late_s", "", 600)).toEqual({ unit_s: 60 });
  });

  it("keeps only delays that there are", () => {
    expect(withDelay({ ada: 30 }, "bob", 60)).toEqual({ ada: 30, bob: 60 });
    expect(withDelay({ ada: 30 }, "ada", null)).toEqual({});
  });
});
