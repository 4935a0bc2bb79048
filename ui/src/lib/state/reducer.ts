// All that the window shows, and the one function that changes it.

import type {
  AppState, Drag, EditId, ErrorReport, Event, ExportFormat, Exported, PostingRead, Resume, ResumeRead, Review, Role, RunId,
  Snapshot,
} from "../api/types";
import { type Run, newRun, runEvent, runSnapshot } from "./run";

export type View = "start" | "read" | "run" | "review" | "export";

/** What went wrong, and where it is shown. */
export interface Trouble {
  at: Role | "run" | "review" | "export" | "settings" | "window";
  report: ErrorReport;
  /** The file that was read, where there was one. */
  file: string | null;
}

export interface State {
  /** `null` until the backend has answered. */
  app: AppState | null;
  view: View;
  settings: boolean;
  /** Names of files over the window; `null` when there are none. */
  dragged: string[] | null;
  /** What is being read or written. */
  busy: Role | "run" | "export" | "settings" | null;
  trouble: Trouble | null;
  run: Run | null;
  /** The resume that the run works on: the inputs may be changed later. */
  runResume: Resume | null;
  /** What is said of the posting that it works for. */
  runWarnings: string[];
  review: Review | null;
  selected: EditId | null;
  format: ExportFormat;
  exported: Exported | null;
}

export const initial: State = {
  app: null, view: "start", settings: false, dragged: null, busy: null, trouble: null, run: null, runResume: null, runWarnings: [], review: null,
  selected: null, format: "pdf", exported: null,
};

export type Act =
  | { do: "app"; app: AppState }
  | { do: "caught_up"; app: AppState; snapshot: Snapshot | null; review: Review | null; now: number }
  | { do: "view"; view: View }
  | { do: "settings"; open: boolean }
  | { do: "busy"; with: State["busy"] }
  | { do: "trouble"; trouble: Trouble | null }
  | { do: "drag"; drag: Drag }
  | { do: "resume"; resume: ResumeRead }
  | { do: "corrected"; resume: ResumeRead }
  | { do: "posting"; posting: PostingRead | null }
  | { do: "tailoring"; run: RunId; now: number }
  | { do: "event"; event: Event; now: number }
  | { do: "snapshot"; snapshot: Snapshot; now: number }
  | { do: "review"; review: Review }
  | { do: "select"; edit: EditId }
  | { do: "format"; format: ExportFormat }
  | { do: "exported"; exported: Exported };

/** New inputs make what came of the old ones stale. */
const fresh = { run: null, runResume: null, runWarnings: [], review: null, selected: null, exported: null };

/** Trouble that is not about what has just gone well. */
const other = (trouble: Trouble | null, at: Trouble["at"]) => (trouble?.at === at ? null : trouble);

export function reduce(state: State, act: Act): State {
  switch (act.do) {
    case "app":
      return { ...state, app: act.app };
    case "caught_up": {
      const run = act.snapshot ? runSnapshot(state.run, act.snapshot, act.now) : state.run;
      const caught = withReview({ ...state, app: act.app, run, ...works(act.app, act.review) }, act.review);
      return { ...caught, view: run === null ? state.view : run.phase === "finished" && act.review ? "review" : "run" };
    }
    case "view":
      return { ...state, view: act.view, settings: false, trouble: null };
    case "settings":
      return { ...state, settings: act.open, trouble: null };
    case "busy":
      return { ...state, busy: act.with };
    case "trouble":
      return { ...state, trouble: act.trouble };
    case "drag":
      return { ...state, dragged: act.drag.type === "enter" ? act.drag.names : null };
    case "resume":
      if (state.app === null) return state;
      return { ...state, ...fresh, trouble: other(state.trouble, "resume"), app: { ...state.app, resume: act.resume } };
    case "corrected":
      // What came of an earlier reading stands on its own copy of it.
      if (state.app === null) return state;
      return { ...state, trouble: other(state.trouble, "resume"), app: { ...state.app, resume: act.resume } };
    case "posting":
      if (state.app === null) return state;
      return { ...state, ...fresh, trouble: other(state.trouble, "posting"), app: { ...state.app, posting: act.posting } };
    case "tailoring": {
      // Its first events may have come before the command's answer.
      const run = state.run?.id === act.run ? state.run : newRun(act.run, act.now);
      return { ...state, ...fresh, run, ...works(state.app), view: "run", trouble: null };
    }
    case "event":
      return { ...state, run: runEvent(state.run, act.event, act.now) };
    case "snapshot":
      return { ...state, run: runSnapshot(state.run, act.snapshot, act.now) };
    case "review":
      return { ...withReview(state, act.review), exported: null, trouble: null };
    case "select":
      return { ...state, selected: act.edit };
    case "format":
      return { ...state, format: act.format, exported: null, trouble: null };
    case "exported":
      return { ...state, exported: act.exported, trouble: null };
  }
}

function withReview(state: State, review: Review | null): State {
  if (review === null) return { ...state, review };
  const has = review.edits.some((edit) => edit.edit === state.selected);
  return { ...state, review, selected: has ? state.selected : (review.edits[0]?.edit ?? null) };
}

/** What a run on these inputs works on. */
const works = (app: AppState | null, review: Review | null = null) => ({
  runResume: review?.original ?? app?.resume?.resume ?? null, runWarnings: app?.posting?.posting.warnings ?? [],
});

/** Whether a snapshot is needed to go on. */
export const needsSnapshot = (state: State): boolean => state.run?.behind === true;

/** The views that can be gone to now. */
export function reachable(state: State, view: View): boolean {
  switch (view) {
    case "start": return true;
    case "read": return state.app?.resume != null;
    case "run": return state.run !== null;
    case "review":
    case "export": return state.review !== null && state.run?.phase === "finished";
  }
}
