// @vitest-environment happy-dom
/** What readers missed, in an article's use: reasons with their numbers, comments by pages, nothing where nobody said anything. */
import { render } from "preact";
import { act } from "preact/test-utils";
import { beforeAll, beforeEach, expect, it, vi } from "vitest";
import { Said } from "../../src/console/articles/said.tsx";
import { api } from "../../src/console/data/api.ts";
import { useLanguage } from "../../src/console/data/i18n.ts";
import type { ArticleUse, VoteComment } from "../../src/wire.ts";

let root: HTMLElement;
const comment = (id: string, text: string): VoteComment => ({ id, language: "en", number: 2, reason: "missing", text, at: "2026-03-02T09:00:00Z" });
const use = (change: Partial<ArticleUse>): ArticleUse => ({ revisions: [], days: [], since: "2026-02-01", until: "2026-03-02", return_days: 7, reasons: [], comments: { items: [], next: null }, ...change });
const draw = (given: ArticleUse): void => act(() => render(<Said id="a1" use={given} />, root)) as unknown as void;

beforeAll(() => useLanguage("en", false));
beforeEach(() => { document.body.replaceChildren((root = document.createElement("div"))); });

it("says nothing where nobody said anything", () => {
  draw(use({}));
  expect(root.textContent).toBe("");
});

it("counts the reasons and shows what was written, older ones when they are asked for", async () => {
  const get = vi.spyOn(api, "get").mockResolvedValue({ items: [comment("c1", "<b>Older</b>")], next: null } as never);
  draw(use({ reasons: [{ reason: "missing", count: 4 }, { reason: "wrong", count: 1 }], comments: { items: [comment("c2", "How long does it take?")], next: "c2" } }));
  expect([...root.querySelectorAll(".said-reasons li")].map((each) => each.textContent)).toEqual(["Something is missing4", "Wrong or out of date1"]);
  await act(async () => { root.querySelector("button")!.click(); });
  expect(get).toHaveBeenCalledWith("/api/articles/a1/votes?before=c2");
  expect([...root.querySelectorAll(".said-text")].map((each) => each.textContent)).toEqual(["How long does it take?", "<b>Older</b>"]);
  expect(root.querySelector("button")).toBeNull();
});

it("says that nobody wrote why where there are reasons only", () => {
  draw(use({ reasons: [{ reason: "other", count: 1 }] }));
  expect(root.textContent).toContain("Nobody has written why.");
});
