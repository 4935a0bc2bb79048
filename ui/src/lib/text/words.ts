// Word diffs for text that is still being written. Finished edits come with their diff from the backend.

import type { DiffKind, DiffPart, Finding } from "../api/types";
import { indexOfByte } from "./bytes";

/** Words, and the signs that end them, each with the space behind it: a comma that comes or goes leaves its word alone. */
export function tokens(text: string): string[] {
  return text.match(/[^\s]+?(?=[,.;:!?]*(?:\s|$))\s*|[,.;:!?]+\s*|\s+/gu) ?? [];
}

function push(parts: DiffPart[], kind: DiffKind, text: string): void {
  const last = parts.at(-1);
  if (last?.kind === kind) parts[parts.length - 1] = { kind, text: last.text + text };
  else parts.push({ kind, text });
}

const same = (a: string | undefined, b: string | undefined): boolean =>
  a !== undefined && b !== undefined && a.trimEnd() === b.trimEnd();

/**
 * Table of the smallest number of words to add, remove or replace, `cost[i][j]` for the first `i` new and
 * the first `j` old words. Texts are single lines of a resume, so the table stays small.
 */
function costs(fresh: string[], old: string[]): Uint16Array[] {
  const rows: Uint16Array[] = [];
  for (let i = 0; i <= fresh.length; i++) {
    const row = new Uint16Array(old.length + 1);
    const above = rows[i - 1];
    for (let j = 0; j <= old.length; j++) {
      if (above === undefined) row[j] = j;
      else if (j === 0) row[j] = i;
      else {
        const swap = above[j - 1]! + (same(fresh[i - 1], old[j - 1]) ? 0 : 1);
        row[j] = Math.min(above[j]! + 1, row[j - 1]! + 1, swap);
      }
    }
    rows.push(row);
  }
  return rows;
}

function trace(rows: Uint16Array[], fresh: string[], old: string[], until: number): DiffPart[] {
  const steps: [DiffKind, string][] = [];
  let i = fresh.length;
  let j = until;
  while (i > 0 || j > 0) {
    const here = rows[i]![j]!;
    if (i > 0 && j > 0 && same(fresh[i - 1], old[j - 1]) && here === rows[i - 1]![j - 1]!) {
      steps.push(["same", fresh[--i]!]);
      j--;
    } else if (i > 0 && j > 0 && here === rows[i - 1]![j - 1]! + 1) {
      steps.push(["removed", old[--j]!], ["added", fresh[--i]!]);
    } else if (j > 0 && here === rows[i]![j - 1]! + 1) steps.push(["removed", old[--j]!]);
    else steps.push(["added", fresh[--i]!]);
  }
  // A run of replaced words reads better as all the new ones and then all the old ones.
  const parts: DiffPart[] = [];
  let added = "";
  let removed = "";
  const flush = () => {
    if (added) push(parts, "added", added);
    if (removed) push(parts, "removed", removed);
    added = removed = "";
  };
  for (const [kind, text] of steps.reverse()) {
    if (kind === "added") added += text;
    else if (kind === "removed") removed += text;
    else {
      flush();
      push(parts, "same", text);
    }
  }
  flush();
  return parts;
}

/** The word diff from `old` to `fresh`. */
export function diff(old: string, fresh: string): DiffPart[] {
  const before = tokens(old);
  const after = tokens(fresh);
  return trace(costs(after, before), after, before, before.length);
}

/** A line that is being written: what is there, and the old words that no new ones have replaced yet. */
export interface Unfinished {
  parts: DiffPart[];
  rest: string;
}

/** The diff of a new text that has only begun: `fresh` is held against the start of `old` that fits it best. */
export function unfinished(old: string, fresh: string): Unfinished {
  const before = tokens(old);
  const after = tokens(fresh);
  const rows = costs(after, before);
  const last = rows[after.length]!;
  let until = 0;
  for (let j = 1; j <= before.length; j++) if (last[j]! <= last[until]!) until = j;
  return { parts: trace(rows, after, before, until), rest: before.slice(until).join("") };
}

/** A piece of a diff, and the finding that speaks of it. */
export interface Piece {
  kind: DiffKind;
  text: string;
  finding: Finding | null;
}

/** Cuts a diff where findings start and end. Findings count bytes of the new text. */
export function marked(parts: DiffPart[], findings: Finding[]): Piece[] {
  const fresh = parts.filter((part) => part.kind !== "removed").map((part) => part.text).join("");
  const ranges = findings.map((finding) => ({
    finding,
    start: indexOfByte(fresh, finding.start),
    end: indexOfByte(fresh, finding.end),
  }));
  const pieces: Piece[] = [];
  let at = 0;
  for (const part of parts) {
    if (part.kind === "removed") {
      pieces.push({ ...part, finding: null });
      continue;
    }
    const end = at + part.text.length;
    const cuts = new Set([at, end]);
    for (const range of ranges) for (const cut of [range.start, range.end]) if (cut > at && cut < end) cuts.add(cut);
    const sorted = [...cuts].sort((a, b) => a - b);
    for (let i = 0; i + 1 < sorted.length; i++) {
      const [from, to] = [sorted[i]!, sorted[i + 1]!];
      const hit = ranges.find((range) => range.start <= from && to <= range.end);
      pieces.push({ kind: part.kind, text: fresh.slice(from, to), finding: hit?.finding ?? null });
    }
    at = end;
  }
  return pieces;
}

/** How many words a text has. */
export function wordCount(text: string): number {
  return text.match(/\S+/g)?.length ?? 0;
}

/** The first words of a line, to name it by. */
export function opening(text: string, words = 3): string {
  const all = text.split(/\s+/).filter(Boolean);
  const cut = all.slice(0, words).join(" ").replace(/[,;:.]$/, "");
  return all.length > words ? `${cut}…` : cut;
}
