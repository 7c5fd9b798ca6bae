/** Runs the tests of the pure parts: no browser, no server. */
import { defineConfig } from "vitest/config";
import { texts } from "./build/texts.ts";

/** They build the pages; what builds is native code, which cannot be used within a `vm` context. */
const BUILDING = ["tests/widget/size.test.ts"];

export default defineConfig({
  plugins: [texts()],
  // A test that needs a document says `@vitest-environment happy-dom` in its first lines.
  test: {
    environment: "node",
    projects: [
      {
        extends: true,
        // Each file still has modules and globals of its own, but no process: starting one takes longer than most files.
        test: { name: "pages", include: ["tests/**/*.test.{ts,tsx}"], exclude: BUILDING, pool: "vmThreads" },
      },
      { extends: true, test: { name: "builds", include: BUILDING, pool: "forks" } },
    ],
  },
});
