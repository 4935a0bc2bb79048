// The one door to the backend. No other folder knows Tauri; a demo or a test gives its own Backend instead.

import { invoke } from "@tauri-apps/api/core";
import { listen } from "@tauri-apps/api/event";
import type {
  AppState, Ask, Checked, ConnectionTest, Decision, Drag, EditId, ErrorReport, Estimated, Event, ExportFormat, Exported,
  LocalServer, ModelOffer, Original, PostingRead, Read, ResumeRead,
  Review, Role, RunId, Settings, Snapshot,
} from "./types";

/** One function for each command, and the two events. Each command fails with an ErrorReport. */
export interface Backend {
  appState(): Promise<AppState>;
  chooseResume(): Promise<ResumeRead | null>;
  choosePosting(): Promise<PostingRead | null>;
  readDrop(drop: string, role: Role): Promise<Read>;
  pasteResume(text: string): Promise<ResumeRead>;
  pastePosting(text: string): Promise<PostingRead>;
  unlock(password: string): Promise<ResumeRead>;
  original(): Promise<Original>;
  /** A page as PNG. */
  drawPage(page: number, width: number): Promise<ArrayBuffer>;
  correct(ask: Ask): Promise<ResumeRead>;
  takeBack(correction: number): Promise<ResumeRead>;
  undoCorrection(): Promise<ResumeRead>;
  fetchPosting(url: string): Promise<PostingRead>;
  estimate(): Promise<Estimated | null>;
  whatIsSent(): Promise<string>;
  loadSample(): Promise<AppState>;
  startOver(): Promise<AppState>;
  tailor(): Promise<RunId>;
  cancel(run: RunId): Promise<void>;
  snapshot(): Promise<Snapshot | null>;
  review(): Promise<Review | null>;
  decide(edit: EditId, decision: Decision): Promise<Review>;
  decideSupported(): Promise<Review>;
  vouch(edit: EditId, claims: string[]): Promise<Review>;
  checkText(edit: EditId, text: string): Promise<Checked>;
  rewrite(edit: EditId, text: string): Promise<Review>;
  undo(): Promise<Review>;
  export(format: ExportFormat): Promise<Exported | null>;
  saveSettings(settings: Settings): Promise<AppState>;
  setKey(key: string): Promise<AppState>;
  deleteKey(): Promise<AppState>;
  models(): Promise<ModelOffer[]>;
  testConnection(): Promise<ConnectionTest>;
  localServers(): Promise<LocalServer[]>;
  onRun(heard: (event: Event) => void): Promise<() => void>;
  onDrag(heard: (drag: Drag) => void): Promise<() => void>;
}

export const tauri: Backend = {
  appState: () => invoke("app_state"),
  chooseResume: () => invoke("choose_resume"),
  choosePosting: () => invoke("choose_posting"),
  readDrop: (drop, role) => invoke("read_drop", { drop, role }),
  pasteResume: (text) => invoke("paste_resume", { text }),
  pastePosting: (text) => invoke("paste_posting", { text }),
  unlock: (password) => invoke("unlock", { password }),
  original: () => invoke("original"),
  drawPage: (page, width) => invoke("draw_page", { page, width }),
  correct: (ask) => invoke("correct", { ask }),
  takeBack: (correction) => invoke("take_back", { correction }),
  undoCorrection: () => invoke("undo_correction"),
  fetchPosting: (url) => invoke("fetch_posting", { url }),
  estimate: () => invoke("estimate"),
  whatIsSent: () => invoke("what_is_sent"),
  loadSample: () => invoke("load_sample"),
  startOver: () => invoke("start_over"),
  tailor: () => invoke("tailor"),
  cancel: (run) => invoke("cancel", { run }),
  snapshot: () => invoke("snapshot"),
  review: () => invoke("review"),
  decide: (edit, decision) => invoke("decide", { edit, decision }),
  decideSupported: () => invoke("decide_supported"),
  vouch: (edit, claims) => invoke("vouch", { edit, claims }),
  checkText: (edit, text) => invoke("check_text", { edit, text }),
  rewrite: (edit, text) => invoke("rewrite", { edit, text }),
  undo: () => invoke("undo"),
  export: (format) => invoke("export", { format }),
  saveSettings: (settings) => invoke("save_settings", { settings }),
  setKey: (key) => invoke("set_key", { key }),
  deleteKey: () => invoke("delete_key"),
  models: () => invoke("models"),
  testConnection: () => invoke("test_connection"),
  localServers: () => invoke("local_servers"),
  onRun: (heard) => listen<Event>("run", (event) => heard(event.payload)),
  onDrag: (heard) => listen<Drag>("drag", (event) => heard(event.payload)),
};

/** What a command failed with; anything unexpected becomes a report too. */
export function failure(thrown: unknown): ErrorReport {
  if (typeof thrown === "object" && thrown !== null && "code" in thrown && "message" in thrown) {
    const { code, message, hint } = thrown as Partial<ErrorReport>;
    return { code: String(code), message: String(message), hint: String(hint ?? "") };
  }
  return {
    code: "window",
    message: `Tailorbird could not do this: ${thrown instanceof Error ? thrown.message : String(thrown)}`,
    hint: "Try again. If it happens again, restart Tailorbird; your resume file is not touched.",
  };
}
