// What a run says of itself, in the window's words.

import type { Resume, Stage } from "../api/types";
import { clock, count } from "../text/format";
import { opening } from "../text/words";
import { type Run, retryLine } from "./run";
import type { EditView } from "./stages";

const doing: Record<Stage, string> = {
  evaluation: "Reading the posting",
  planning: "Planning the changes",
  implementation: "Writing the edits",
  verification: "Checking every edit",
};

const ordinals = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"];

/** What is said in the place of the fit where there is none. */
export const noFit = "No requirements were found in the posting, so there is no fit to tell.";

/** What to do about a requirement that the resume does not show. */
export const gapAdvice = "If you have done this, add it to your resume.";

/** The fit in points, the last one that is known; `null` too where there is none to tell. */
export const fit = (run: Run): number | null =>
  run.evaluation.none ? null : (run.verification.score ?? run.evaluation.score);

export const editsDone = (run: Run): number => run.edits.filter((edit) => !edit.writing).length;

export const standings = (run: Run) => ({
  supported: run.judgements.filter((judgement) => judgement.standing === "supported").length,
  eye: run.judgements.filter((judgement) => judgement.standing === "needs_review").length,
  unsupported: run.judgements.filter((judgement) => judgement.standing === "unsupported").length,
});

function lineOf(edit: EditView, resume: Resume | null): string {
  const block = resume?.blocks.find(({ id }) => id === edit.block);
  return block ? `“${opening(block.text)}”` : "a line";
}

/** The head of the run: what is going on, and one sentence more. `left` is what is left of a wait, in ms. */
export function headline(run: Run, resume: Resume | null, left: number): { title: string; text: string } {
  if (run.phase === "failed" && run.error) return { title: run.error.message, text: kept(run, run.error.hint) };
  if (run.phase === "cancelled") return { title: "Cancelled", text: kept(run, "Your resume is as it was.") };
  if (run.phase === "finished") {
    const { supported, eye, unsupported } = standings(run);
    if (run.edits.length === 0) {
      return { title: "Done", text: run.evaluation.none ? noFit : "There is nothing to change: your resume already says it." };
    }
    const parts = [`${supported} supported`];
    if (eye > 0) parts.push(`${eye} ${eye === 1 ? "needs" : "need"} your eye`);
    if (unsupported > 0) parts.push(`${unsupported} left out`);
    return { title: `${count(run.edits.length, "edit")} to review`, text: `${parts.join(", ")}. Nothing is in your resume until you say so.` };
  }
  if (run.retry) {
    return { title: run.retry.reason.replace(/\.$/, ""), text: `${retryLine(run.retry, left)} Finished stages are kept and not paid for again.` };
  }
  return { title: doing[run.current], text: sentence(run, resume) };
}

function sentence(run: Run, resume: Resume | null): string {
  if (run.current === "implementation" && run.edits.length > 0) {
    const ended = editsDone(run);
    const planned = Math.max(run.plan.changes.length, run.edits.length);
    const writing = run.edits.find((edit) => edit.writing);
    const nth = ordinals[ended] ?? "next";
    return writing ? `${ended} of ${planned} done. The ${nth} is being written into ${lineOf(writing, resume)}.` : `${ended} of ${planned} done.`;
  }
  if (run.current === "planning" && run.plan.changes.length > 0) {
    const intent = run.plan.changes.at(-1)!.intent;
    return `${count(run.plan.changes.length, "change")} so far.${intent ? ` ${intent}` : ""}`;
  }
  if (run.current === "evaluation" && run.evaluation.requirements.length > 0) {
    return `${count(run.evaluation.requirements.length, "requirement")} so far, each held against your resume.`;
  }
  if (run.current === "verification" && run.edits.length > 0) {
    return `${run.verification.verdicts} of ${run.edits.length} edits held against the lines that they rest on.`;
  }
  return run.message || (run.started ? "" : "Starting.");
}

/** What is safe after an end that was not the end. */
function kept(run: Run, hint: string): string {
  const finished = Object.values(run.stages).filter((stage) => stage.state === "done").length;
  return finished === 0 ? hint : `${hint} What ${count(finished, "finished stage")} found stays on this page.`;
}

/** The line and the figure of a stage's card. */
export function card(run: Run, stage: Stage, resume: Resume | null): { text: string; count: string } {
  const { state } = run.stages[stage];
  if (state === "held") return { text: "Waiting for the provider", count: progressOf(run, stage) };
  const ended = state === "failed" ? "Did not end well" : state === "cancelled" ? "Cancelled" : null;
  if (ended) return { text: ended, count: progressOf(run, stage) };
  return { text: state === "waiting" ? waits[stage] : found(run, stage, resume), count: progressOf(run, stage) };
}

const waits: Record<Stage, string> = {
  evaluation: "Comes first",
  planning: "Follows the evaluation",
  implementation: "Follows the plan",
  verification: "Follows the edits",
};

function progressOf(run: Run, stage: Stage): string {
  if (run.stages[stage].state === "waiting") return "";
  if (stage === "implementation" && run.plan.changes.length > 0) {
    return `${editsDone(run)} of ${Math.max(run.plan.changes.length, run.edits.length)}`;
  }
  if (stage === "verification" && run.edits.length > 0) return `${run.verification.verdicts} of ${run.edits.length}`;
  return "";
}

function found(run: Run, stage: Stage, resume: Resume | null): string {
  switch (stage) {
    case "evaluation": {
      const { requirements, none, score } = run.evaluation;
      if (none) return "No requirements found";
      const asked = requirements.length > 0 ? count(requirements.length, "requirement") : "Reading";
      return score === null ? asked : `${asked}, fit ${score}`;
    }
    case "planning":
      return run.plan.changes.length > 0 || run.stages.planning.state === "done"
        ? `${count(run.plan.changes.length, "edit")} planned` : "Weighing what may change";
    case "implementation": {
      const at = run.edits.findIndex((edit) => edit.writing);
      if (at >= 0) return `Edit ${at + 1}: ${lineOf(run.edits[at]!, resume)}`;
      return run.edits.length > 0 || run.stages.implementation.state === "done" ? `${count(run.edits.length, "edit")} written` : "Beginning";
    }
    case "verification": {
      const score = fit(run);
      if (run.stages.verification.state !== "done") return "Held against your lines";
      return `${standings(run).supported} supported${score === null ? "" : `, fit ${score}`}`;
    }
  }
}

export const elapsed = (run: Run, now: number): string => clock(run.elapsed ?? now - run.since);
