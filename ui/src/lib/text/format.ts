// Figures in words, as the window shows them.

import type { BlockKind, EngineChoice, ExportFormat, Settings, Stage, Usage } from "../api/types";

/** Milliseconds as `0:21`, or `1:02:03` from an hour on. */
export function clock(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const two = (n: number) => String(n).padStart(2, "0");
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

/** A moment as the time of its day, `14:03`. */
export const time = (ms: number): string => new Date(ms).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });

export const figure = (n: number): string => n.toLocaleString("en");

/** Tokens in and out. */
export function tokenLine(usage: Usage): string {
  return `${figure(usage.input + usage.cache_write + usage.cache_read)} in · ${figure(usage.output)} out`;
}

/** Bytes as `41 kB`. */
export function fileSize(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`;
  if (bytes < 1_000_000) return `${Math.round(bytes / 1000)} kB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}

/** `1 block`, `2 blocks`. */
export function count(n: number, one: string, many = `${one}s`): string {
  return `${figure(n)} ${n === 1 ? one : many}`;
}

export const kindNames: Record<BlockKind, string> = {
  name: "Name",
  contact: "Contact",
  section_heading: "Heading",
  entry_heading: "Entry",
  bullet: "Bullet",
  paragraph: "Paragraph",
  skills_line: "Skills",
  other: "Other",
};

export const stageNames: Record<Stage, string> = {
  evaluation: "Evaluation",
  planning: "Planning",
  implementation: "Implementation",
  verification: "Verification",
};

export const formatNames: Record<ExportFormat, string> = {
  pdf: "PDF",
  docx: "Word",
  markdown: "Markdown",
  text: "Plain text",
};

/** `claude-sonnet-5-5` as `Claude Sonnet 5.5`; other names as they are. */
export function modelName(model: string): string {
  const known = /^claude-([a-z]+)-(\d+)(?:-(\d{1,2}))?$/.exec(model);
  if (!known) return model;
  const family = known[1]!;
  return `Claude ${family[0]!.toUpperCase()}${family.slice(1)} ${known[2]}${known[3] ? `.${known[3]}` : ""}`;
}

export function engineName(settings: Pick<Settings, "model"> & { engine: EngineChoice }): string {
  return settings.engine === "offline" ? "Offline engine" : modelName(settings.model);
}
