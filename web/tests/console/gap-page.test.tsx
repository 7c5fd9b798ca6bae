// @vitest-environment happy-dom
/** The page of one cluster says what was asked, how it was answered and what its article does, and changes it. */
import { render } from "preact";
import { beforeAll, expect, it, vi } from "vitest";
import { api } from "../../src/console/data/api.ts";
import { useLanguage } from "../../src/console/data/i18n.ts";
import { GapDetail } from "../../src/console/knowledge/gap.tsx";
import type { GapClusterDetail } from "../../src/wire.ts";

const AT = "2026-03-01T09:00:00Z";
const DETAIL: GapClusterDetail = {
  cluster: { id: "c", language: "en", label: "Can you engrave it?", state: "watching", version: 4, size: 7, before: 2, whole: 9, course: [0, 1, 2, 3, 1, 2], handed: 3, minutes: 21.4, article: "a", reason: null, updated_at: AT },
  gaps: [
    { id: "g1", asked_in: "bot", text: "Can you engrave it? [✉]", conversation: "k1", subject: null, brand: null, at: AT },
    { id: "g2", asked_in: "help", text: "engraving", conversation: null, subject: null, brand: null, at: AT },
  ],
  answers: [{ message: "m", conversation: "k1", agent: "Mei", text: "Yes, for <b>5</b> euros.", at: AT, resolved: true, reopened: false, score: 5 }],
  title: "Engraving",
  versions: [{ number: 2, since: AT, until: null, asked: 20, helped: 15, low: 0.53, high: 0.89, waiting: 3 }],
  before: 12, enough: 20, works_below: 0.5, window_s: 259_200,
};

async function shown(): Promise<HTMLElement> {
  const into = document.createElement("main");
  document.body.replaceChildren(into);
  render(<GapDetail id="c" />, into);
  await vi.waitFor(() => expect(into.querySelector("h1")).not.toBeNull());
  return into;
}

beforeAll(() => { vi.spyOn(api, "get").mockResolvedValue(DETAIL); });

it.each([
  ["en", ["English", "No. 2", "15 of 20", "75% (surely 53% to 89%)", "3 more are too recent to tell", "3 conversations with agents, about 21 min", "0 of 12"]],
  ["zh", ["英语", "第 2 版", "15 / 20", "75%（可信区间 53% 至 89%）", "另有 3 个刚提出", "约 21 分钟"]],
])("says in %s what the article does, and how sure that is", async (tag, words) => {
  await useLanguage(tag, false);
  const text = ((await shown()).textContent ?? "").replace(/[\u2066-\u2069]/gu, "");
  for (const each of words) expect(text).toContain(each);
});

it("sends to the article that does not help enough, before a new draft", async () => {
  await useLanguage("en", false);
  vi.spyOn(api, "get").mockResolvedValueOnce({ ...DETAIL, cluster: { ...DETAIL.cluster, state: "open" } });
  const page = await shown();
  expect(page.textContent).toContain("the article settles too few of these questions");
  const [first, second] = page.querySelectorAll(".gap-actions button");
  expect(first?.textContent).toBe("Improve the article");
  expect(second?.textContent).toBe("Start a draft");
  (first as HTMLButtonElement).click();
  expect(location.pathname).toContain("/articles/a");
});

it("shows what agents and customers wrote as text", async () => {
  await useLanguage("en", false);
  const page = await shown();
  expect(page.querySelector(".gap-answer b")).toBeNull();
  expect(page.querySelector(".gap-answer")?.textContent).toContain("<b>5</b>");
});

it("splits off the questions that were chosen, with the version that was seen", async () => {
  const post = vi.spyOn(api, "post").mockResolvedValue(DETAIL);
  const page = await shown();
  page.querySelector<HTMLInputElement>(".gap-asked input")!.click();
  await vi.waitFor(() => expect(page.querySelector<HTMLButtonElement>(".gap-part-head button")!.disabled).toBe(false));
  page.querySelector<HTMLButtonElement>(".gap-part-head button")!.click();
  await vi.waitFor(() => expect(post).toHaveBeenCalledWith("/api/knowledge/gaps/c/split", { version: 4, gaps: ["g1"] }));
});
