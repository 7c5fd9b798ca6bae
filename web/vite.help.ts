/** Builds the help center's style sheet and its one small script: web/dist/help/help.css and help.js. */
import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  publicDir: false,
  build: {
    outDir: at("./dist/help"),
    emptyOutDir: true,
    lib: { entry: at("./src/help/main.ts"), name: "ParleyHelp", formats: ["iife"], fileName: () => "help.js", cssFileName: "help" },
  },
});
