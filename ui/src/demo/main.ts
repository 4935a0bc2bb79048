// The window with a scripted backend. `demo.html?theme=dark&pace=80` plays a run when Tailor is pressed;
// `&scene=drop|error|read|run|held|failed|review|left-out|export|settings` goes to one picture.

import "../css/index.css";
import { mount } from "svelte";
import App from "../App.svelte";
import type { Theme } from "../lib/api/types";
import { fake } from "./fake";

const wanted = new URLSearchParams(location.search);
const scene = wanted.get("scene") ?? "";
const still: Record<string, number> = { run: 74, cancel: 74, held: -1 };

const backend = fake({
  until: still[scene] ?? Infinity,
  fail: scene === "failed",
  pace: scene === "" ? Number(wanted.get("pace") ?? 80) : 0,
  settings: { engine: wanted.get("engine") === "offline" ? "offline" : "anthropic", providers: {}, silence_s: 120, limit_usd: 0.5, theme: (wanted.get("theme") ?? "system") as Theme },
});
mount(App, { target: document.body, props: { backend } });

const settle = () => new Promise((done) => setTimeout(done, 60));
async function press(...ids: string[]) {
  for (const id of ids) {
    await settle();
    document.querySelector<HTMLElement>(`[data-testid="${id}"]`)?.click();
  }
  await settle();
}

await settle();
switch (scene) {
  case "drop":
    backend.drag({ type: "enter", names: ["Maren Holloway - Resume.docx"] });
    break;
  case "error":
    await press("choose-posting", "choose-resume");
    break;
  case "got":
    await press("use-sample", "posting-edit");
    break;
  case "read":
    await press("use-sample");
    break;
  case "run":
  case "held":
  case "failed":
  case "finished":
    await press("use-sample", "tailor");
    break;
  case "cancel":
    await press("use-sample", "tailor", "cancel");
    break;
  case "review":
    await press("use-sample", "tailor", "review-open", "edit-e3");
    break;
  case "left-out":
    await press("use-sample", "tailor", "review-open", "edit-e6");
    break;
  case "export":
    await press("use-sample", "tailor", "review-open", "export-open", "export-save");
    break;
  case "settings":
    await press("settings-open");
    break;
}
