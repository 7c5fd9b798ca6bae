// @vitest-environment happy-dom
/** Articles beside a conversation: suggested, inserted with a warning where they are not for the customer, missed once. */
import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { daysBetween, highest } from "../../src/console/articles/use-days.ts";
import { api } from "../../src/console/data/api.ts";
import { useLanguage } from "../../src/console/data/i18n.ts";
import { noteInserted, takeInserted } from "../../src/console/data/inserted.ts";
import { session } from "../../src/console/data/session.ts";
import { lastSaid } from "../../src/console/inbox/articles.ts";
import { CautionDialog } from "../../src/console/inbox/caution.tsx";
import { insertion } from "../../src/console/inbox/insertion.ts";
import { Knowledge } from "../../src/console/inbox/knowledge.tsx";
import type { ConversationDetail, Found, Session } from "../../src/wire.ts";
import { Toasts } from "../../src/console/ui/toast.tsx";
import { aMail, aMailDetail } from "./mail/builders.ts";

const RETURNS: Found = { article: "a1", title: "Returns", language: "en", excerpt: "Within 30 days.", probability: 0.8, revision: 2, url: "https://x.example/help/en/articles/returns", caution: null };
let root: HTMLElement;
let items: Found[];
let searched: Found[];
const draw = (node: preact.ComponentChild): void => act(() => render(node, root)) as unknown as void;
const find = (selector: string): HTMLElement => root.querySelector<HTMLElement>(selector)!;
const click = (selector: string): Promise<void> => act(async () => { find(selector).click(); await vi.advanceTimersByTimeAsync(1); });
const later = (ms: number): Promise<void> => act(async () => { await vi.advanceTimersByTimeAsync(ms); });

function held(): ConversationDetail {
  const detail = aMailDetail({ messages: [aMail()] });
  return { ...detail, summary: { ...detail.summary, status: { state: "open", until: null }, handler: { kind: "agent", id: "ada", name: "Ada" } } };
}

async function open(): Promise<void> {
  draw(<><Knowledge detail={held()} /><CautionDialog /><Toasts /></>);
  await later(500);
}

async function type(text: string): Promise<void> {
  const field = find(".search-input") as HTMLInputElement;
  await act(async () => {
    field.value = text;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    await vi.advanceTimersByTimeAsync(300);
  });
}

let posted: [string, unknown][];
let given: string | null;
beforeAll(() => useLanguage("en", false));
beforeEach(() => {
  vi.useFakeTimers();
  localStorage.clear();
  posted = [];
  given = null;
  items = [RETURNS];
  searched = [];
  insertion.value = null;
  session.value = { agent: { id: "ada" }, permissions: [] } as unknown as Session;
  document.body.replaceChildren((root = document.createElement("div")));
  vi.spyOn(api, "get").mockImplementation(async (path: string) => (path.endsWith("/articles") ? { asked: ["x"], language: "en", items } : { items: searched }) as never);
  vi.spyOn(api, "post").mockImplementation(async (path: string, body: unknown) => { posted.push([path, body]); return { id: "i1", text: "Words", language: given ?? (body as { language: string }).language } as never; });
});
afterEach(() => {
  draw(null);
  vi.useRealTimers();
  vi.restoreAllMocks();
});

describe("a suggested article", () => {
  it("goes into the reply as text or as a link, and is remembered until it is sent", async () => {
    await open();
    expect(find(".found-title").textContent).toBe("Returns");
    await click(".found-deeds button");
    const { id } = held().summary;
    expect(posted).toEqual([[`/api/conversations/${id}/insertions`, { article: "a1", language: "en", how: "text" }]]);
    expect(insertion.value).toEqual({ conversation: id, text: "Words" });
    expect(takeInserted(id)).toEqual(["i1"]);
    expect(takeInserted(id)).toEqual([]);
    await click(".found-deeds button:nth-child(2)");
    expect(posted[1]![1]).toMatchObject({ how: "link" });
  });

  it("is marked where it is not in the customer's language, and its own language goes in", async () => {
    items = [{ ...RETURNS, language: "de", title: "Rückgabe" }];
    await open();
    expect(find(".found-marks").textContent).toBe("In German");
    await click(".found-deeds button");
    expect(posted[0]![1]).toEqual({ article: "a1", language: "de", how: "text" });
    expect(root.textContent).not.toContain("Inserted in");
  });

  it("stands with two others, and the rest waits until somebody wants it", async () => {
    items = ["a1", "a2", "a3", "a4", "a5"].map((article) => ({ ...RETURNS, article }));
    await open();
    expect(root.querySelectorAll(".found > li")).toHaveLength(3);
    expect(find(".found-more").textContent).toContain("2 more");
    await click(".found-more");
    expect(root.querySelectorAll(".found > li")).toHaveLength(5);
    expect(root.querySelector(".found-more")).toBeNull();
  });

  it("says in which language it went in when that is not the one it was shown in", async () => {
    given = "zh";
    await open();
    await click(".found-deeds button");
    expect(root.textContent).toContain("Inserted in Chinese");
  });

  it("that is for agents only asks first, and stays where it is when one thinks better of it", async () => {
    items = [{ ...RETURNS, caution: "agents", url: null }];
    await open();
    expect(find(".found-marks").textContent).toContain("For agents only");
    expect(root.querySelectorAll(".found-deeds button")).toHaveLength(2);
    await click(".found-deeds button");
    expect(posted).toEqual([]);
    await click("dialog footer button:last-child");
    expect(posted).toEqual([]);
    expect(root.querySelector("dialog")).toBeNull();
    await click(".found-deeds button");
    await click("dialog footer button");
    expect(posted).toHaveLength(1);
  });
});

describe("a search that finds nothing good", () => {
  it("is told once, when it rests, whatever is typed on", async () => {
    await open();
    await type("dim");
    expect(posted).toEqual([]);
    await type("dimmer");
    await later(4100);
    await type("dimmer switch");
    await later(4100);
    expect(posted.map(([path, body]) => [path, (body as { q: string }).q])).toEqual([["/api/knowledge/misses", "dimmer"]]);
    await type("");
    await type("carbon filter");
    await later(600);
    draw(null);
    expect(posted).toHaveLength(2);
  });

  it("is not told when there is a good one", async () => {
    searched = [RETURNS];
    await open();
    await type("returns");
    await later(5000);
    expect(posted).toEqual([]);
  });
});

describe("small parts", () => {
  it("keep what was inserted apart by conversation", () => {
    noteInserted("c1", "a");
    noteInserted("c2", "b");
    expect(takeInserted("c1")).toEqual(["a"]);
    expect(takeInserted("c2")).toEqual(["b"]);
  });

  it("know the customer's last message, not ours", () => {
    const mine = { ...aMail(), n: 9, author: { kind: "agent", id: "ada", name: "Ada" } } as ReturnType<typeof aMail>;
    expect(lastSaid([{ ...aMail(), n: 4 }, mine])).toBe(4);
  });

  it("show every day, also those without any use", () => {
    const days = daysBetween("2026-02-27", "2026-03-02", [{ day: "2026-03-01", viewed: 2, bot: 1, agents: 0 }]);
    expect(days.map((each) => each.day)).toEqual(["2026-02-27", "2026-02-28", "2026-03-01", "2026-03-02"]);
    expect(highest(days)).toBe(3);
  });
});
