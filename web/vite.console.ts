/** Builds the agents' console: an application under /console/ with hashed assets, fit for a strict CSP. */
import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";
import { texts } from "./build/texts.ts";
import { mock } from "./dev/mock.ts";

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  root: at("./src/console"),
  base: "/console/",
  plugins: [texts(), mock()],
  build: {
    outDir: at("./dist/console"),
    emptyOutDir: true,
    assetsInlineLimit: 0, // data: addresses are not allowed by our CSP
    modulePreload: { polyfill: false },
  },
});
