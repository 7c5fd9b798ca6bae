/** The widget stays small: everybody's page loads it. */
import { gzipSync } from "node:zlib";
import { fileURLToPath } from "node:url";
import { build } from "vite";
import { expect, it, vi } from "vitest";

const MOST_BYTES = 20_000;

it("is one script of at most 20 kB gzip, without eval or inline style attributes", { timeout: 60_000 }, async () => {
  vi.stubEnv("NODE_ENV", "production");
  const configFile = fileURLToPath(new URL("../../vite.widget.ts", import.meta.url));
  const built = await build({ configFile, mode: "production", logLevel: "silent", build: { write: false } });
  const files = (Array.isArray(built) ? built : [built]).flatMap((each) => ("output" in each ? each.output : []));
  expect(files.map((file) => file.fileName)).toEqual(["widget.js"]);
  const code = files[0]?.type === "chunk" ? files[0].code : "";
  expect(gzipSync(code).length).toBeLessThanOrEqual(MOST_BYTES);
  expect(code).not.toMatch(/\beval\(|new Function|setAttribute\([`'"]style/);
});
