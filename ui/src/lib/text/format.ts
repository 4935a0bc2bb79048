// Figures in words, as the window shows them.

import type { BlockKind, Cost, ExportFormat, Stage, Usage } from "../api/types";

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

/** What something costs; empty where it is free, because then there is nothing to say. */
export function costText(cost: Cost): string {
  return cost === "free" ? "" : cost === "unknown" ? "not known for this model" : dollars(cost.usd);
}

/** US dollars: `$12.30`, `$0.042` below ten cents. */
export function dollars(usd: number): string {
  if (usd === 0) return "$0.00";
  if (usd < 0.0001) return "under $0.0001";
  return `$${usd.toFixed(usd < 0.001 ? 4 : usd < 0.1 ? 3 : 2)}`;
}
