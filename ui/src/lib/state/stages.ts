// What the window shows of each stage. A partial and a final result come out in the same shape, so that
// nothing on the screen changes its place when a stage ends.

import type {
  Action, BlockKind, Edit, Evaluation, EvaluationPartial, Evidence, ImplementationPartial, Importance, Judgement, Met, Plan, PlanPartial,
  Verification, VerificationPartial,
} from "../api/types";
import { done, doneItems, items, soFar } from "./fields";

export interface RequirementView {
  id: string;
  text: string;
  importance: Importance | null;
  status: Met | null;
  evidence: string[];
}

export interface EvaluationView {
  requirements: RequirementView[];
  /** All of the posting was read, and it asks for nothing: there is no fit to tell. */
  none: boolean;
  /** 0 to 100 points, once it is known. */
  score: number | null;
  strengths: string[];
  gaps: string[];
  assessment: string;
}

export interface PlannedView {
  blocks: string[];
  action: Action | null;
  intent: string;
}

export interface PlanView {
  strategy: string;
  changes: PlannedView[];
}

export interface EditView {
  id: string;
  action: Action;
  /** The block that changes, or that a new one follows. */
  block: string;
  after: string | null;
  kind: BlockKind | null;
  text: string | null;
  evidence: Evidence[];
  requirement: string | null;
  reason: string;
  /** Whether the model is still writing it. */
  writing: boolean;
}

export interface VerificationView {
  verdicts: number;
  score: number | null;
  summary: string;
}

export const noEvaluation: EvaluationView = { requirements: [], none: false, score: null, strengths: [], gaps: [], assessment: "" };
export const noPlan: PlanView = { strategy: "", changes: [] };
export const noVerification: VerificationView = { verdicts: 0, score: null, summary: "" };

export function evaluationSoFar(partial: EvaluationPartial): EvaluationView {
  const none = done(partial.requirements)?.length === 0;
  return {
    requirements: items(partial.requirements).map(({ value }, n) => ({
      id: done(value.id) ?? `r${n + 1}`,
      text: soFar(value.text) ?? "",
      importance: done(value.importance) ?? null,
      status: done(value.status) ?? null,
      evidence: doneItems(value.evidence),
    })),
    none,
    score: none ? null : (done(partial.match_score) ?? null),
    strengths: doneItems(partial.strengths),
    gaps: doneItems(partial.gaps),
    assessment: soFar(partial.overall_assessment) ?? "",
  };
}

export function evaluationDone(evaluation: Evaluation): EvaluationView {
  const { requirements, strengths, gaps, overall_assessment: assessment } = evaluation;
  const none = requirements.length === 0;
  return { requirements, none, strengths, gaps, score: none ? null : evaluation.match_score, assessment };
}

export function planSoFar(partial: PlanPartial): PlanView {
  return {
    strategy: soFar(partial.strategy) ?? "",
    changes: items(partial.changes).map(({ value }) => ({
      blocks: doneItems(value.blocks),
      action: done(value.action) ?? null,
      intent: soFar(value.intent) ?? "",
    })),
  };
}

export const planDone = (plan: Plan): PlanView => ({ strategy: plan.strategy, changes: plan.changes });

/** Edits whose action and block are known; one that has only begun cannot be shown anywhere yet. */
export function editsSoFar(partial: ImplementationPartial): EditView[] {
  return items(partial.edits).flatMap(({ value, done: whole }, n) => {
    const action = done(value.action);
    const block = done(value.block);
    if (action === undefined || block === undefined) return [];
    return [{
      id: `e${n + 1}`,
      action,
      block,
      after: done(value.after) ?? null,
      kind: done(value.kind) ?? null,
      text: soFar(value.text) ?? null,
      evidence: [],
      requirement: done(value.requirement) ?? null,
      reason: soFar(value.reason) ?? "",
      writing: !whole,
    }];
  });
}

export function editDone(edit: Edit): EditView {
  const { id, evidence, requirement, reason } = edit;
  const common = { id, evidence, requirement, reason, writing: false, action: edit.action };
  switch (edit.action) {
    case "rewrite": return { ...common, block: edit.block, after: null, kind: null, text: edit.text };
    case "remove": return { ...common, block: edit.block, after: null, kind: null, text: null };
    case "move": return { ...common, block: edit.block, after: edit.after, kind: null, text: null };
    case "insert": return { ...common, block: edit.after, after: null, kind: edit.kind, text: edit.text };
  }
}

export function verificationSoFar(partial: VerificationPartial): VerificationView {
  return {
    verdicts: doneItems(partial.verdicts).length,
    score: done(partial.final_score) ?? null,
    summary: soFar(partial.summary) ?? "",
  };
}

export function verificationDone(verification: Verification): VerificationView {
  return { verdicts: verification.verdicts.length, score: verification.final_score, summary: verification.summary };
}

/** Judgements by the edit that they speak of. */
export const byEdit = (judgements: Judgement[]): Map<string, Judgement> =>
  new Map(judgements.map((judgement) => [judgement.edit, judgement]));
