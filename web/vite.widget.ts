/** Builds the widget: one script without imports, web/dist/widget/widget.js, to be put on any page. */
import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";
import { texts } from "./build/texts.ts";

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  plugins: [texts()],
  define: { "process.env.NODE_ENV": JSON.stringify("production") },
  publicDir: false,
  build: {
    outDir: at("./dist/widget"),
    emptyOutDir: true,
    lib: { entry: at("./src/widget/main.ts"), name: "ParleyWidget", formats: ["iife"], fileName: () => "widget.js" },
  },
});
