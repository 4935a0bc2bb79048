import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "..", "src");
const files = readdirSync(root, { recursive: true, encoding: "utf8" })
  .filter((name) => /\.(svelte|ts)$/.test(name))
  .map((name) => ({ name: name.replaceAll("\\", "/"), text: readFileSync(join(root, name), "utf8") }));
const those = (wrong: (file: { name: string; text: string }) => boolean) => files.filter(wrong).map((file) => file.name);

describe("the walls of the window", () => {
  it("have something to hold", () => {
    expect(files.length).toBeGreaterThan(20);
  });

  it("have one door to the backend", () => {
    expect(those(({ name, text }) => !name.startsWith("lib/api/") && text.includes("@tauri-apps/"))).toEqual([]);
  });

  it("keep the demo out of the app", () => {
    expect(those(({ name, text }) => !name.startsWith("demo/") && /from "[^"]*demo\//.test(text))).toEqual([]);
  });

  it("let nothing through that the content security policy refuses", () => {
    expect(those(({ text }) => /\sstyle="|\son[a-z]+="|\beval\(|new Function\(|\{@html/.test(text))).toEqual([]);
  });

  it("keep every file short enough to be read at once", () => {
    expect(those(({ name, text }) => name !== "lib/api/types.ts" && text.split("\n").length > 300)).toEqual([]);
  });
});
