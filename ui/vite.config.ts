import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vitest/config";

// `--mode demo` builds demo.html alone, into a folder of its own; it is never part of ui/dist.
export default defineConfig(({ mode }) => ({
  base: "./",
  plugins: [svelte()],
  build: {
    target: "es2022",
    modulePreload: { polyfill: false },
    ...(mode === "demo"
      ? { outDir: "node_modules/.demo", emptyOutDir: true, rollupOptions: { input: "demo.html" } }
      : {}),
  },
  server: { host: "127.0.0.1", port: 5173, strictPort: true },
  test: { include: ["tests/**/*.test.ts"] },
}));
