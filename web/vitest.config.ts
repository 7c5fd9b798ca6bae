/** Runs the tests of the pure parts: no browser, no server. */
import { defineConfig } from "vitest/config";
import { texts } from "./build/texts.ts";

export default defineConfig({
  plugins: [texts()],
  // A test that needs a document says `@vitest-environment happy-dom` in its first lines.
  test: { include: ["tests/**/*.test.{ts,tsx}"], environment: "node" },
});
