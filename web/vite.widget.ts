/**
 * Builds the widget: one script without imports, web/dist/widget/widget.js, to be put on any page; and what it fetches
 * once it is opened, widget-more.js, which draws with the Preact of the first.
 */
import { createHash } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";
import type { UserConfig } from "vite";
import { styles } from "./build/styles.ts";

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Another address whenever anything of the widget changes, so that no browser mixes an old script with a new one. */
function version(): string {
  const hash = createHash("sha256");
  const sources = readdirSync(at("./src/widget/"), { recursive: true, encoding: "utf8" }).sort();
  for (const name of sources) if (/\.tsx?$/.test(name)) hash.update(readFileSync(at(`./src/widget/${name}`)));
  return hash.digest("hex").slice(0, 12);
}

const shared: UserConfig = {
  plugins: [styles()],
  define: { "process.env.NODE_ENV": JSON.stringify("production"), MORE_VERSION: JSON.stringify(version()) },
  publicDir: false,
};

export default defineConfig(({ mode }) =>
  mode === "more"
    ? {
        ...shared,
        resolve: { alias: { "preact/jsx-runtime": at("./src/widget/more/runtime.ts") } },
        build: {
          outDir: at("./dist/widget"),
          emptyOutDir: false,
          lib: { entry: at("./src/widget/more/main.tsx"), formats: ["es"], fileName: () => "widget-more.js" },
        },
      }
    : {
        ...shared,
        build: {
          outDir: at("./dist/widget"),
          emptyOutDir: true,
          lib: {
            entry: at("./src/widget/main.ts"),
            name: "ParleyWidget",
            formats: ["iife"],
            fileName: () => "widget.js",
          },
        },
      },
);
