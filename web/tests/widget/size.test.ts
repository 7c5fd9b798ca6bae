/** The widget stays small: everybody's page loads it. */
import { gzipSync } from "node:zlib";
import { fileURLToPath } from "node:url";
import { build } from "vite";
import { expect, it, vi } from "vitest";

const MOST_BYTES = 20_000;

/** What a visitor who opens it fetches on top. */
const MOST_MORE_BYTES = 12_000;

async function built(mode: string): Promise<{ name: string; code: string }> {
  vi.stubEnv("NODE_ENV", "production");
  const configFile = fileURLToPath(new URL("../../vite.widget.ts", import.meta.url));
  const made = await build({ configFile, mode, logLevel: "silent", build: { write: false } });
  const files = (Array.isArray(made) ? made : [made]).flatMap((each) => ("output" in each ? each.output : []));
  expect(files).toHaveLength(1);
  const [file] = files;
  return { name: file?.fileName ?? "", code: file?.type === "chunk" ? file.code : "" };
}

it("is one script of at most 20 kB gzip, without eval or inline style attributes", { timeout: 60_000 }, async () => {
  const { name, code } = await built("production");
  expect(name).toBe("widget.js");
  expect(gzipSync(code).length).toBeLessThanOrEqual(MOST_BYTES);
  expect(code).not.toMatch(/\beval\(|new Function|setAttribute\([`'"]style/);
  expect(code).toMatch(/widget-more\.js\?v=[0-9a-f]{12}/);
});

it("fetches the rest as one module that draws with the Preact of the first", { timeout: 60_000 }, async () => {
  const { name, code } = await built("more");
  expect(name).toBe("widget-more.js");
  expect(gzipSync(code).length).toBeLessThanOrEqual(MOST_MORE_BYTES);
  expect(code).not.toMatch(/\beval\(|new Function|setAttribute\([`'"]style|\bimport\b|diffed/);
});
