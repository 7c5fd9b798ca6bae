/** @vitest-environment happy-dom */
/** Which pages are for whom. */
import { afterEach, describe, expect, it } from "vitest";
import { isPage, mayOpen, type PageName } from "../../src/console/data/pages.ts";
import { session } from "../../src/console/data/session.ts";
import type { Session } from "../../src/wire.ts";

const PAGES: PageName[] = ["inbox", "articles", "status", "admin"];

function openTo(...permissions: string[]): PageName[] {
  session.value = { permissions } as unknown as Session;
  return PAGES.filter(mayOpen);
}

describe("the pages of the console", () => {
  afterEach(() => void (session.value = undefined));

  it("are those of a person's role", () => {
    expect(openTo("signed_in", "answer")).toEqual(["inbox", "articles"]);
    expect(openTo("signed_in", "answer", "edit")).toEqual(["inbox", "articles"]);
    expect(openTo("signed_in", "answer", "edit", "supervise")).toEqual(PAGES);
    expect(openTo()).toEqual([]);
  });

  it("are told from addresses where nothing is", () => {
    expect(isPage("admin")).toBe(true);
    expect(isPage("constructor")).toBe(false);
    expect(isPage(undefined)).toBe(false);
  });
});
