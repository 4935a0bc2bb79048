// A run as the window sees it: events in, view state out. Pure; `now` is the window's own clock in ms.

import type {
  Cost, ErrorReport, Event, Judgement, Patch, Retrying, RunId, Snapshot, Stage, StagePartial, StagePatch, StageResult, Started, Tailored,
  Totals, Usage, What,
} from "../api/types";
import { count, stageNames } from "../text/format";
import { type Given, patched, soFar } from "./fields";
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
  /** The current stage's partial result as it came: what the next patch changes. */
  partial: Given<unknown>;
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
  usage: Usage;
  /** What that costs so far. */
  cost: Cost;
  /** When it began on the window's clock. */
  since: number;
  /** How long it took, once it ended. */
  elapsed: number | null;
  /** The last thing worth saying aloud. */
  spoken: string;
}

const noUsage: Usage = { input: 0, cache_write: 0, cache_read: 0, output: 0 };
const waiting: StageView = { state: "waiting", progress: 0, elapsed: null };

export function newRun(id: RunId, now: number): Run {
  return {
    id, seq: -1, behind: false, pending: [], phase: "running", started: null, overall: 0, current: "evaluation",
    stages: { evaluation: waiting, planning: waiting, implementation: waiting, verification: waiting },
    partial: undefined, evaluation: noEvaluation, plan: noPlan, edits: [], judgements: [], verification: noVerification,
    message: "", retry: null, error: null, result: null, usage: noUsage, cost: "free", since: now, elapsed: null, spoken: "",
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
    usage: snapshot.usage,
    cost: snapshot.cost,
  };
  for (const { stage, progress, partial, finished } of snapshot.stages) {
    next = { ...next, partial: undefined };
    if (partial !== null) next = withPartial({ ...next, partial: { writing: Object.values(partial)[0] } }, partial);
    if (finished !== null) next = withResult(next, finished.result);
    const state: StageState = finished !== null ? "done" : "running";
    next = withStage(next, stage, { state, progress, elapsed: finished?.elapsed_ms ?? null });
  }
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
      return { ...withState(run, "running"), partial: undefined, retry: null, message: what.details.message };
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
      return { ...withResult(ended, result), retry: null, message: "", spoken };
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

const end = (totals: Totals) => ({
  elapsed: totals.elapsed_ms, usage: totals.usage, cost: totals.cost, retry: null, message: "",
});

/** What there was of the stage's result, changed. */
function withPatch(run: Run, patch: StagePatch): Run {
  const [stage, ops] = Object.entries(patch)[0] as [Stage, Patch];
  const partial = patched(run.partial, ops);
  const shown = soFar(partial);
  return shown === undefined ? run : withPartial({ ...run, partial }, { [stage]: shown } as unknown as StagePartial);
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

/** What happens next, `left` ms before the wait is over. */
export function retryLine(retry: Pick<Retrying, "attempt" | "of" | "wait_ms">, left: number): string {
  const attempt = `attempt ${retry.attempt} of ${retry.of}`;
  if (retry.wait_ms === 0) return `Asking again, ${attempt}.`;
  const seconds = Math.max(0, Math.ceil(left / 1000));
  return seconds > 0 ? `Waiting ${seconds} s, then ${attempt}.` : `Now ${attempt}.`;
}
