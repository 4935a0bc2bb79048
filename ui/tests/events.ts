// Events of a small run that exists nowhere.

import type { Cost, Event, Judgement, ReviewedEdit, Snapshot, Stage, StagePartial, StagePatch, Tailored, What } from "../src/lib/api/types";

const cost: Cost = { usd: 0.01 };
const usage = { input: 100, cache_write: 0, cache_read: 20, output: 30 };
const twice = (of: typeof usage) => ({ input: 2 * of.input, cache_write: 2 * of.cache_write, cache_read: 2 * of.cache_read, output: 2 * of.output });
const weights: Record<Stage, [number, number]> = { evaluation: [0, 25], planning: [25, 25], implementation: [50, 40], verification: [90, 10] };

export const done = (value: unknown) => ({ done: value });
export const writing = (value: unknown) => ({ writing: value });
export const partial = (stage: Stage, value: object): What => ({
  type: "partial", details: { [stage]: [{ at: [], set: { writing: value } }] } as unknown as StagePatch,
});

/** Numbers events from 0, one after the other. */
export class Script {
  private seq = 0;
  constructor(readonly run = "run-1") {}

  next(stage: Stage, progress: number, what: What): Event {
    const [base, weight] = weights[stage];
    return {
      run: this.run, seq: this.seq++, ...what, current_stage: stage, stage_progress: progress,
      overall_progress: Math.floor(base + (weight * progress) / 100),
    } as Event;
  }
}

export const started: What = { type: "started", details: { engine: "anthropic", model: "claude-sonnet-5-5", version: "0.1.0" } };
export const begins: What = { type: "stage_started", details: { message: "Reading the posting" } };
export const overloaded: What = { type: "retry", details: { attempt: 2, of: 5, wait_ms: 8000, reason: "Anthropic is overloaded." } };
export const declined: What = {
  type: "failed", details: { elapsed_ms: 4200, usage, cost },
  error: { code: "no_credit", message: "The account has no credit left.", hint: "Add credit, or go on offline." },
};
export const cancelled: What = { type: "cancelled", details: { elapsed_ms: 4200, usage, cost } };

export const evaluation: Tailored["evaluation"] = {
  requirements: [{ id: "r1", text: "Kubernetes in production", importance: "must", status: "met", evidence: ["b2"] }],
  match_score: 71, strengths: ["19 services moved"], gaps: [], overall_assessment: "It fits.",
};
export const plan: Tailored["plan"] = {
  strategy: "Use the posting’s words.",
  changes: [
    { blocks: ["b2"], action: "rewrite", intent: "Name it", requirements: ["r1"] },
    { blocks: ["b3"], action: "remove", intent: "Shorten", requirements: [] },
  ],
  keywords: [],
};
export const edits: Tailored["edits"] = [
  { id: "e1", action: "rewrite", block: "b2", text: "Moved 19 services to Kubernetes (k8s)", evidence: [], requirement: "r1", reason: "It asks for it." },
  { id: "e2", action: "remove", block: "b3", evidence: [], requirement: null, reason: "It says little." },
];
export const judgements: Judgement[] = edits.map((edit) => ({
  edit: edit.id, standing: "supported", findings: [], verdict: null, reason: "Every claim has a source.",
}));
export const verification: Tailored["verification"] = { verdicts: [], final_score: 68, summary: "All true." };
const resume = { blocks: [], language: "en", warnings: [] };
const coverage = { found: [], missing: [] };

export const finished: What = {
  type: "finished", details: { elapsed_ms: 9000, usage, cost },
  result: {
    evaluation, plan, edits, verification, judgements, tailored_resume: resume, skipped: [], coverage_before: coverage, coverage_after: coverage,
  },
};
export const evaluated: What = { type: "stage_finished", details: { result: { evaluation }, elapsed_ms: 2000, usage, cost } };
export const planned: What = { type: "stage_finished", details: { result: { planning: plan }, elapsed_ms: 1000, usage, cost } };
export const edited: What = { type: "stage_finished", details: { result: { implementation: { edits, judgements } }, elapsed_ms: 3000, usage, cost } };
export const verified: What = { type: "stage_finished", details: { result: { verification: { verification, judgements } }, elapsed_ms: 500, usage, cost } };

/** The first requirement while its text is written. */
export const asking = partial("evaluation", {
  requirements: writing([writing({ id: done("r1"), text: writing("Kubern") })]),
});
/** The first edit while its text is written. */
const unfinished = (text: string) => ({
  edits: writing([writing({ action: done("rewrite"), block: done("b2"), after: done(null), kind: done(null), text: writing(text) })]),
});
export const editing = (text: string): What => partial("implementation", unfinished(text));
export const firstEdit = partial("implementation", {
  edits: writing([done({ action: done("rewrite"), block: done("b2"), text: done("Moved 19 services to Kubernetes (k8s)"), reason: done("It asks for it.") })]),
});

/** The whole run, from its start to its end. */
export function wholeRun(): Event[] {
  const script = new Script();
  return [
    script.next("evaluation", 0, started), script.next("evaluation", 0, begins), script.next("evaluation", 10, asking),
    script.next("evaluation", 100, evaluated), script.next("planning", 0, begins), script.next("planning", 100, planned),
    script.next("implementation", 0, begins), script.next("implementation", 0, editing("Moved 19")),
    script.next("implementation", 50, firstEdit), script.next("implementation", 100, edited),
    script.next("verification", 0, begins), script.next("verification", 100, verified), script.next("verification", 100, finished),
  ];
}

/** What the backend would tell after the events up to `seq` of the whole run, which is in its third stage. */
export const snapshotAt = (seq: number): Snapshot => ({
  run: "run-1", seq, overall_progress: 50, current_stage: "implementation", elapsed_ms: 3000, ended: null, usage: twice(usage), cost: { usd: 0.02 },
  started: { engine: "anthropic", model: "claude-sonnet-5-5", version: "0.1.0" },
  stages: [
    { stage: "evaluation", progress: 100, partial: null, finished: { result: { evaluation }, elapsed_ms: 2000, usage, cost } },
    { stage: "planning", progress: 100, partial: null, finished: { result: { planning: plan }, elapsed_ms: 1000, usage, cost } },
    { stage: "implementation", progress: 0, partial: { implementation: unfinished("Moved 19") } as unknown as StagePartial, finished: null },
  ],
});

export const reviewed = (decisions: Record<string, ReviewedEdit["decision"]>): ReviewedEdit[] =>
  Object.entries(decisions).map(([edit, decision]) => underReview({ edit, decision }));

export const underReview = (given: Partial<ReviewedEdit>): ReviewedEdit => ({
  edit: "e1", decision: "open", diff: [], text: null, typed: false, judgement: null, claims: [], vouched: null, ...given,
});
