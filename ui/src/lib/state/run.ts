// A run as the window sees it: events in, view state out. Pure; `now` is the window's own clock in ms.

import type {
  Cost, ErrorReport, Event, Judgement, Retrying, RunId, Snapshot, Stage, StagePartial, StagePatch, StageResult, Started, Tailored, Usage, What,
} from "../api/types";
import { count, stageNames } from "../text/format";
import { type Given, soFar } from "./fields";
import { Misfit, type Op, patched } from "./patch";
import {
  type EditView, type EvaluationView, type PlanView, type VerificationView, editDone, editsSoFar, evaluationDone, evaluationSoFar,
  noEvaluation, noPlan, noVerification, planDone, planSoFar, verificationDone, verificationSoFar,
} from "./stages";

export const stages: readonly Stage[] = ["evaluation", "planning", "implementation", "verification"];

export type StageState = "waiting" | "running" | "held" | "done" | "failed" | "cancelled";

export interface StageView {
  state: StageState;
  /** 0 to 100. */
  progress: number;
  /** How long it took, in ms, once it is done. */
  elapsed: number | null;
}

export interface Run {
  id: RunId;
  /** The last event in it. */
  seq: number;
  /** An event is missing: only a snapshot can tell what happened. */
  behind: boolean;
  /** Events that came after the missing one. */
  pending: Event[];
  phase: "running" | "finished" | "failed" | "cancelled";
  started: Started | null;
  overall: number;
  current: Stage;
  stages: Record<Stage, StageView>;
  evaluation: EvaluationView;
  plan: PlanView;
  edits: EditView[];
  judgements: Judgement[];
  verification: VerificationView;
  /** What is going on, in words. */
  message: string;
  /** A wait, and when on the window's clock it is over. */
  retry: (Retrying & { until: number }) | null;
  error: ErrorReport | null;
  result: Tailored | null;
  /** What it took so far, and what of that belongs to finished stages; the rest is an estimate. */
  usage: Usage;
  cost: Cost;
  settled: { usage: Usage; cost: Cost };
  /** What there is of each stage's answer, as it arrives. */
  raw: Partial<Record<Stage, Given<unknown>>>;
  /** When it began on the window's clock. */
  since: number;
  /** How long it took, once it ended. */
  elapsed: number | null;
  /** The last thing worth saying aloud. */
  spoken: string;
}

const noUsage: Usage = { input: 0, cache_write: 0, cache_read: 0, output: 0 };
const nothing: Run["settled"] = { usage: noUsage, cost: "free" };
const waiting: StageView = { state: "waiting", progress: 0, elapsed: null };

export function newRun(id: RunId, now: number): Run {
  return {
    id, seq: -1, behind: false, pending: [], phase: "running", started: null, overall: 0, current: "evaluation",
    stages: { evaluation: waiting, planning: waiting, implementation: waiting, verification: waiting },
    evaluation: noEvaluation, plan: noPlan, edits: [], judgements: [], verification: noVerification,
    message: "", retry: null, error: null, result: null, usage: noUsage, cost: "free", settled: nothing, raw: {}, since: now, elapsed: null, spoken: "",
  };
}

/** Takes one event in. Old and repeated ones change nothing; after a gap it waits for a snapshot. */
export function runEvent(run: Run | null, event: Event, now: number): Run {
  if (run === null || run.id !== event.run) {
    const fresh = newRun(event.run, now);
    return event.seq === 0 ? apply(fresh, event, now) : { ...fresh, behind: true, pending: [event] };
  }
  if (event.seq <= run.seq) return run;
  if (run.behind || event.seq > run.seq + 1) return { ...run, behind: true, pending: [...run.pending, event] };
  return apply(run, event, now);
}

/** Takes the whole state in, and then the events that came after it. An older snapshot changes nothing. */
export function runSnapshot(run: Run | null, snapshot: Snapshot, now: number): Run {
  const ours = run !== null && run.id === snapshot.run ? run : null;
  if (ours !== null && !ours.behind && ours.seq >= snapshot.seq) return ours;
  let next: Run = {
    ...newRun(snapshot.run, now - snapshot.elapsed_ms),
    seq: snapshot.seq,
    started: snapshot.started,
    overall: snapshot.overall_progress,
    current: snapshot.current_stage,
  };
  for (const { stage, progress, partial, finished } of snapshot.stages) {
    if (partial !== null) {
      const raw = { ...next.raw, [stage]: { writing: (partial as Record<string, unknown>)[stage] } };
      next = { ...withPartial(next, partial), raw };
    }
    if (finished !== null) next = settle(withResult(next, finished.result), finished);
    const state: StageState = finished !== null ? "done" : "running";
    next = withStage(next, stage, { state, progress, elapsed: finished?.elapsed_ms ?? null });
  }
  next = { ...next, usage: snapshot.usage, cost: snapshot.cost };
  if (snapshot.ended !== null) next = withWhat(next, snapshot.ended, now);
  const later = (ours?.pending ?? []).filter((event) => event.seq > snapshot.seq).sort((a, b) => a.seq - b.seq);
  for (const event of later) next = runEvent(next, event, now);
  return next;
}

function apply(run: Run, event: Event, now: number): Run {
  const moved: Run = {
    ...run,
    seq: event.seq,
    overall: Math.max(run.overall, event.overall_progress),
    current: event.current_stage,
  };
  const before = moved.stages[event.current_stage];
  const progress = Math.max(before.progress, event.stage_progress);
  return withWhat(withStage(moved, event.current_stage, { ...before, progress }), event, now);
}

function withStage(run: Run, stage: Stage, view: StageView): Run {
  return { ...run, stages: { ...run.stages, [stage]: view } };
}

function withState(run: Run, state: StageState): Run {
  const stage = run.stages[run.current];
  return stage.state === state || stage.state === "done" ? run : withStage(run, run.current, { ...stage, state });
}

function withWhat(run: Run, what: What, now: number): Run {
  switch (what.type) {
    case "started":
      return { ...run, started: what.details };
    case "stage_started":
      return { ...withState(run, "running"), retry: null, message: what.details.message };
    case "progress":
      return { ...withState(run, "running"), retry: null, message: what.details.message };
    case "partial":
      return { ...withPatch(withState(run, "running"), what.details), retry: null };
    case "spent":
      return { ...run, usage: what.details.usage, cost: what.details.cost };
    case "stage_finished": {
      const { result, elapsed_ms } = what.details;
      const ended = withStage(run, run.current, { state: "done", progress: 100, elapsed: elapsed_ms });
      const spoken = `${stageNames[run.current]} done.`;
      return { ...settle(withResult(ended, result), what.details), retry: null, message: "", spoken };
    }
    case "retry": {
      const spoken = `${what.details.reason} ${retryLine(what.details, what.details.wait_ms)}`;
      return { ...withState(run, "held"), retry: { ...what.details, until: now + what.details.wait_ms }, spoken };
    }
    case "finished": {
      const { evaluation, plan, edits, verification, judgements } = what.result;
      return {
        ...run, ...end(what.details), phase: "finished", overall: 100, result: what.result, judgements,
        evaluation: evaluationDone(evaluation), plan: planDone(plan), edits: edits.map(editDone),
        verification: verificationDone(verification), spoken: `Done. ${count(edits.length, "edit")} to review.`,
      };
    }
    case "failed": {
      const spoken = `${what.error.message} ${what.error.hint}`;
      return { ...withState(run, "failed"), ...end(what.details), phase: "failed", error: what.error, spoken };
    }
    case "cancelled":
      return { ...withState(run, "cancelled"), ...end(what.details), phase: "cancelled", spoken: "Cancelled." };
  }
}

const end = (totals: { elapsed_ms: number; usage: Usage; cost: Cost }) => ({
  elapsed: totals.elapsed_ms, usage: totals.usage, cost: totals.cost, retry: null, message: "",
});

/** A change that does not fit means that one before it is missing: a snapshot has them all. */
function withPatch(run: Run, patch: StagePatch): Run {
  const [stage, ops] = Object.entries(patch)[0] as [Stage, Op[]];
  try {
    const now = patched(run.raw[stage], ops);
    const next = { ...run, raw: { ...run.raw, [stage]: now } };
    return withPartial(next, { [stage]: soFar(now) } as unknown as StagePartial);
  } catch (thrown) {
    if (thrown instanceof Misfit) return { ...run, behind: true };
    throw thrown;
  }
}

/** What a stage took is known when it has ended. */
function settle(run: Run, took: { usage: Usage; cost: Cost }): Run {
  const settled = { usage: add(run.settled.usage, took.usage), cost: addCost(run.settled.cost, took.cost) };
  return { ...run, ...settled, settled };
}

function addCost(a: Cost, b: Cost): Cost {
  if (a === "unknown" || b === "unknown") return "unknown";
  if (a === "free") return b;
  return b === "free" ? a : { usd: a.usd + b.usd };
}

function withPartial(run: Run, partial: StagePartial): Run {
  if ("evaluation" in partial) return { ...run, evaluation: evaluationSoFar(partial.evaluation) };
  if ("planning" in partial) return { ...run, plan: planSoFar(partial.planning) };
  if ("verification" in partial) return { ...run, verification: verificationSoFar(partial.verification) };
  const edits = editsSoFar(partial.implementation);
  const ended = (list: EditView[]) => list.filter((edit) => !edit.writing).length;
  const planned = run.plan.changes.length;
  const [was, is] = [ended(run.edits), ended(edits)];
  const spoken = is > was ? (planned >= is ? `Edit ${is} of ${planned} done.` : `Edit ${is} done.`) : run.spoken;
  return { ...run, edits, spoken };
}

function withResult(run: Run, result: StageResult): Run {
  if ("evaluation" in result) return { ...run, evaluation: evaluationDone(result.evaluation) };
  if ("planning" in result) return { ...run, plan: planDone(result.planning) };
  if ("implementation" in result) {
    return { ...run, edits: result.implementation.edits.map(editDone), judgements: result.implementation.judgements };
  }
  const { verification, judgements } = result.verification;
  return { ...run, verification: verificationDone(verification), judgements };
}

function add(a: Usage, b: Usage): Usage {
  return {
    input: a.input + b.input,
    cache_write: a.cache_write + b.cache_write,
    cache_read: a.cache_read + b.cache_read,
    output: a.output + b.output,
  };
}

/** What happens next, `left` ms before the wait is over. */
export function retryLine(retry: Pick<Retrying, "attempt" | "of" | "wait_ms">, left: number): string {
  const attempt = `attempt ${retry.attempt} of ${retry.of}`;
  if (retry.wait_ms === 0) return `Asking again, ${attempt}.`;
  const seconds = Math.max(0, Math.ceil(left / 1000));
  return seconds > 0 ? `Waiting ${seconds} s, then ${attempt}.` : `Now ${attempt}.`;
}
