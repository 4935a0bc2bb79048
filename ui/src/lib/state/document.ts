// The lines of the document as the run and the review show them.

import type { Block, BlockId, DiffPart, Finding, Judgement, Resume, Review } from "../api/types";
import { type Piece, diff, marked, opening, unfinished } from "../text/words";
import type { Run } from "./run";
import { type EditView, byEdit } from "./stages";

/** How a mark in the margin looks; each differs in shape as well as in colour. */
export type Look = "plan" | "run" | "supported" | "vouched" | "eye" | "bad" | "out";

export interface Mark {
  number: number;
  look: Look;
  label: string;
  edit: string | null;
}

export interface Line {
  block: Block;
  marks: Mark[];
  /** What changes in it; `null` where nothing does. */
  pieces: Piece[] | null;
  /** Old words that no new ones have replaced yet. */
  rest: string;
  /** An edit is being written into it. */
  writing: boolean;
  /** A remark below it. */
  note: { text: string; bad: boolean } | null;
  /** It is not in the original. */
  inserted: boolean;
}

export interface Group {
  list: boolean;
  lines: Line[];
}

const plain = (block: Block): Line => ({
  block, marks: [], pieces: null, rest: "", writing: false, note: null, inserted: false,
});

const unchanged = (parts: DiffPart[]): Piece[] => marked(parts, []);

function lookOf(judgement: Judgement | undefined): Look {
  if (judgement?.standing === "unsupported") return "bad";
  return judgement?.standing === "needs_review" ? "eye" : "supported";
}

const looks: Record<Look, string> = {
  plan: ", planned",
  run: ", being written",
  supported: "",
  vouched: ", you vouch for it",
  eye: ", needs your eye",
  bad: ", left out",
  out: ", rejected",
};

const mark = (number: number, look: Look, edit: string | null): Mark => ({
  number, look, edit, label: `Edit ${number}${looks[look]}`,
});

function inserted(edit: EditView, parent: Block): Block {
  return {
    ...parent, id: `n-${edit.id}`, kind: edit.kind ?? "paragraph", text: edit.text ?? "", origin: { in: "nowhere" },
  };
}

const goesAfter = (resume: Resume, after: BlockId | null) => {
  const block = resume.blocks.find(({ id }) => id === after);
  return { text: block ? `Goes after “${opening(block.text, 6)}”` : "Goes elsewhere", bad: false };
};

/** Edits by the block that they change or follow, each with its number. */
function numbered(edits: EditView[]): Map<BlockId, { edit: EditView; number: number }[]> {
  const found = new Map<BlockId, { edit: EditView; number: number }[]>();
  edits.forEach((edit, n) => found.set(edit.block, [...(found.get(edit.block) ?? []), { edit, number: n + 1 }]));
  return found;
}

/** The original with the run's edits so far. */
export function runLines(resume: Resume, run: Run): Line[] {
  const judged = byEdit(run.judgements);
  const edits = numbered(run.edits);
  const planned = new Map<BlockId, number>();
  if (run.stages.implementation.state !== "done") {
    run.plan.changes.forEach((change, n) => {
      for (const id of change.blocks) if (!planned.has(id)) planned.set(id, n + 1);
    });
  }
  return resume.blocks.flatMap((block) => {
    const line = plain(block);
    const after: Line[] = [];
    for (const { edit, number } of edits.get(block.id) ?? []) {
      const judgement = judged.get(edit.id);
      const look = edit.writing ? "run" : lookOf(judgement);
      const sign = mark(number, look, edit.id);
      if (edit.action === "insert") {
        const fresh = inserted(edit, block);
        if (look === "bad") continue;
        const pieces = unchanged([{ kind: "added", text: fresh.text }]);
        after.push({ ...plain(fresh), marks: [sign], pieces, writing: edit.writing, inserted: true });
        continue;
      }
      line.marks.push(sign);
      line.writing ||= edit.writing;
      if (look === "bad") line.note = { text: judgement?.reason ?? "", bad: true };
      else if (edit.action === "move") line.note = edit.writing ? null : goesAfter(resume, edit.after);
      else if (edit.action === "remove") {
        line.pieces = edit.writing ? null : unchanged([{ kind: "removed", text: block.text }]);
      } else if (edit.writing) {
        const { parts, rest } = unfinished(block.text, edit.text ?? "");
        line.pieces = unchanged(parts.filter((part) => part.kind !== "removed"));
        line.rest = rest;
      } else {
        line.pieces = unchanged(diff(block.text, edit.text ?? ""));
      }
    }
    const number = planned.get(block.id);
    if (line.marks.length === 0 && number !== undefined) line.marks.push(mark(number, "plan", null));
    return [line, ...after];
  });
}

/** The run's edits as they stand now, in the user's own words where there are some. */
export function reviewedEdits(review: Review, run: Run): EditView[] {
  const texts = new Map(review.edits.map((edit) => [edit.edit, edit.text]));
  return run.edits.map((edit) => ({ ...edit, text: texts.get(edit.id) ?? edit.text }));
}

/** The original with the reviewed edits in place: accepted and open ones as diffs, others left out. */
export function reviewLines(review: Review, run: Run): Line[] {
  const edits = numbered(reviewedEdits(review, run));
  const reviewed = new Map(review.edits.map((edit) => [edit.edit, edit]));
  return review.original.blocks.flatMap((block) => {
    const line = plain(block);
    const after: Line[] = [];
    for (const { edit, number } of edits.get(block.id) ?? []) {
      const { decision = "open", diff: parts = [], judgement = null, vouched = null } = reviewed.get(edit.id) ?? {};
      const out = decision === "rejected";
      const standing = lookOf(judgement ?? undefined);
      const look = out ? (standing === "bad" ? "bad" : "out") : decision === "accepted" ? (vouched ? "vouched" : "supported") : standing;
      const sign = mark(number, look, edit.id);
      const findings: Finding[] = judgement?.findings ?? [];
      if (edit.action === "insert") {
        const pieces = out ? null : marked(parts, findings);
        const fresh = { ...plain(inserted(edit, block)), marks: [sign], pieces, inserted: true };
        const note = { text: judgement?.reason ?? "", bad: true };
        if (!out) after.push(fresh);
        else if (look === "bad") after.push({ ...fresh, block: { ...fresh.block, text: "" }, note });
        else after.push({ ...fresh, block: { ...fresh.block, text: "" }, note: { text: "A new line, rejected", bad: false } });
        continue;
      }
      line.marks.push(sign);
      if (look === "bad" && judgement) line.note = { text: judgement.reason, bad: true };
      else if (out) continue;
      else if (edit.action === "move") line.note = goesAfter(review.original, edit.after);
      else if (parts.length > 0) line.pieces = marked(parts, findings);
    }
    return [line, ...after];
  });
}

export const plainLines = (resume: Resume): Line[] => resume.blocks.map(plain);

/** Bullets that follow each other make a list. */
export function groups(lines: Line[]): Group[] {
  const found: Group[] = [];
  for (const line of lines) {
    const list = line.block.kind === "bullet";
    const last = found.at(-1);
    if (list && last?.list) last.lines.push(line);
    else found.push({ list, lines: [line] });
  }
  return found;
}
