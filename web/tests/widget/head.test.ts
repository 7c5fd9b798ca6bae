/** What the top of the panel says of hours, waits and places; and what is asked before a chat. */
import { describe, expect, it } from "vitest";
import { begins, nothing } from "../../src/widget/model/timeline";
import { Store } from "../../src/widget/state";
import type { State } from "../../src/widget/state";
import { notice } from "../../src/widget/view/head";
import { asks } from "../../src/widget/view/panel";
import type { Scene } from "../../src/widget/view/scene";
import { moment, sayIn, span } from "../../src/widget/view/texts";
import { aWelcome } from "./builders";

const words = {
  about: "about {time}",
  place: "number {position}",
  next: "next",
  away: "away",
  "away-until": "back {time}",
  answers: "answered in {time}",
};

function told(change: Partial<State>): string | null {
  const state = { ...new Store().state, ...change };
  const say = sayIn({ language: "en", direction: "ltr", words });
  return notice({ say, state, locale: "en-GB" } as unknown as Scene);
}

describe("the notice", () => {
  const service = { open: true, opens_at: null, expected_wait_s: null };

  it("says the place in the queue, and how long that may take where it is known", () => {
    expect(told({ waiting: { position: 3, expected_wait_s: 200 } })).toBe("number 3 · about 4 minutes");
    expect(told({ waiting: { position: 1, expected_wait_s: null } })).toBe("next");
  });

  it("says when people are back, or only that they are away", () => {
    expect(told({ service: { ...service, open: false } })).toBe("away");
    expect(told({ service: { ...service, open: false, opens_at: "2099-01-05T09:00:00Z" } })).toMatch(/^back .*January/);
  });

  it("says nothing that nobody knows, and nothing while a person answers", () => {
    expect(told({ service: null })).toBeNull();
    expect(told({ service })).toBeNull();
    expect(told({ service: { ...service, expected_wait_s: 7200 } })).toBe("answered in about 2 hours");
    const timeline = { ...nothing, conversation: "c1", handler: "agent" };
    expect(told({ timeline, service: { ...service, open: false } })).toBeNull();
  });
});

describe("times to come", () => {
  const now = new Date(2026, 2, 2, 10);
  const at = (days: number): string => new Date(2026, 2, 2 + days, 9, 5).toISOString();

  it.each([
    [0, "today 9:05"],
    [1, "tomorrow 9:05"],
    [3, "Thursday 9:05"],
    [20, "22 March 9:05"],
  ])("in %i days are said as %s", (days, expected) => {
    expect(moment(at(days), "en-GB", now)).toBe(expected);
  });

  it("are whole minutes or hours", () => {
    expect([span(1, "en"), span(89 * 60, "en"), span(91 * 60, "en")]).toEqual(["1 minute", "89 minutes", "2 hours"]);
  });
});

describe("questions before a chat", () => {
  const question = { key: "topic", label: "Topic", kind: "text", required: true };
  const inbox = { ...aWelcome().inbox, questions: [question] };
  const fresh: State = { ...new Store().state, inbox };
  const talking = begins({ id: "c1", n: 1, after: 1, status: "open", handler: "bot", agent: null });

  it("are asked once before each conversation", () => {
    expect(asks(fresh)).toBe(true);
    expect(asks({ ...fresh, details: { topic: "x" } })).toBe(false);
    expect(asks({ ...fresh, timeline: talking })).toBe(false);
    expect(asks({ ...fresh, timeline: { ...talking, status: "closed" } })).toBe(true);
  });

  it("are not asked where there are none", () => {
    expect(asks({ ...fresh, inbox: aWelcome().inbox })).toBe(false);
    expect(asks({ ...fresh, inbox: null })).toBe(false);
  });
});
