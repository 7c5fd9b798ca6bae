/** Which revision of the source a translation follows, as the editor proposes it. */
import { describe, expect, it } from "vitest";
import type { ArticleDetail, ArticleLanguage, Filing, Revision } from "../../src/wire.ts";
import { followedSource } from "../../src/console/articles/writing/source.ts";

const revision = (number: number): Revision => ({ number } as Revision);

function language(published: number | null, draft: number | null): ArticleLanguage {
  return { published: published && revision(published), draft: draft && revision(draft), revisions: [] } as unknown as ArticleLanguage;
}

function given(followed: number | null | "none", shown: number | null, draft: number | null, more: { begun?: number; looked?: boolean } = {}) {
  const translations = followed === "none" ? [] : [{ language: "zh", number: 1, followed, stale: false }];
  const filing = { source_language: "en", source: shown ?? draft, translations } as unknown as Filing;
  const detail = { languages: { en: language(shown, draft) } } as unknown as ArticleDetail;
  return { filing, detail, begun: more.begun ?? null, looked: more.looked ?? false };
}

function found(...values: Parameters<typeof given>) {
  return followedSource({ ...given(...values), tag: "zh" })!;
}

describe("the source of a translation", () => {
  it("is the one its translator began with, also when the source is published anew meanwhile", () => {
    expect(found("none", 3, null, { begun: 2 }).usual).toBe(2);
    expect(found("none", 3, null).usual).toBe(3);
    expect(found("none", null, 1).usual).toBe(1);
  });

  it("stays as before until somebody has looked at what changed", () => {
    expect(found(1, 3, null).usual).toBe(1);
    expect(found(1, 3, null, { looked: true }).usual).toBe(3);
    expect(found(null, 3, null).usual).toBeNull();
  });

  it("can be chosen among what was followed, what readers see and a draft", () => {
    expect(found(1, 3, 4).choices).toEqual([{ number: 1, kind: "before" }, { number: 3, kind: "shown" }, { number: 4, kind: "draft" }]);
    expect(found(3, 3, null).choices).toEqual([{ number: 3, kind: "before" }]);
  });

  it("is none for the source itself, or for a source without a text", () => {
    expect(followedSource({ ...given(1, 3, null), tag: "en" })).toBeNull();
    expect(followedSource({ ...given(1, 3, null), detail: { languages: {} } as unknown as ArticleDetail, tag: "zh" })).toBeNull();
  });
});
