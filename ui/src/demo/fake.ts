// A backend that plays a scripted run, to look at the window without the shell. Never part of the app.

import type { Backend } from "../lib/api/backend";
import type {
  AppState, Decision, Doubt, Drag, Edit, Event, ProviderOffer, Review, ReviewedEdit, RunId, Settings, Stage, StagePatch, StageResult, Tailored, What,
} from "../lib/api/types";
import { diff } from "../lib/text/words";
import { edits, evaluation, judgements, plan, posting, resume, verification } from "./sample";

const usage = { input: 7200, cache_write: 0, cache_read: 0, output: 900 };
const coverage = (found: string[]) => ({ found, missing: ["Rust", "service mesh", "Linkerd"] });
const words = ["Kubernetes", "Go", "Terraform", "CI/CD", "CKA", "on-call", "infrastructure as code"];

type Step = [percent: number, what: What, stage: Stage, wait?: number];

/** A value as a partial shows it when all of it has come. */
function whole(value: unknown): unknown {
  if (Array.isArray(value)) return { done: value.map(whole) };
  if (value === null || typeof value !== "object") return { done: value };
  return { done: Object.fromEntries(Object.entries(value).map(([key, part]) => [key, whole(part)])) };
}
const inside = (value: unknown) => (whole(value) as { done: Record<string, unknown> }).done;
const partial = (stage: Stage, value: object): What => ({ type: "partial", details: { [stage]: [{ at: [], set: { writing: value } }] } as unknown as StagePatch });
const finished = (result: StageResult): What => ({ type: "stage_finished", details: { result, elapsed_ms: 9000, usage, cost: { usd: 0.021 } } });
const begins = (message: string): What => ({ type: "stage_started", details: { message } });

function proposed(edit: Edit): object {
  const [block, text] = edit.action === "insert" ? [edit.after, edit.text] : [edit.block, edit.action === "rewrite" ? edit.text : null];
  return { action: edit.action, block, after: edit.action === "move" ? edit.after : null, kind: null, text, evidence: [], requirement: edit.requirement, reason: edit.reason };
}

function script(fail: boolean): Step[] {
  const steps: Step[] = [[0, { type: "started", details: { engine: "anthropic", model: "claude-sonnet-5-5", version: "0.1.0" } }, "evaluation"]];
  const asked = evaluation.requirements;
  steps.push([0, begins("Reading the posting"), "evaluation"]);
  asked.forEach((requirement, n) => {
    const before = asked.slice(0, n).map((one) => whole(one));
    const text = { writing: { id: { done: requirement.id }, text: { writing: requirement.text.slice(0, 9) } } };
    steps.push([10 * n, partial("evaluation", { requirements: { writing: [...before, text] } }), "evaluation"]);
    steps.push([10 * n + 5, partial("evaluation", { requirements: { writing: [...before, whole(requirement)] } }), "evaluation"]);
  });
  steps.push([98, partial("evaluation", inside(evaluation)), "evaluation"], [100, finished({ evaluation }), "evaluation"]);
  steps.push([0, begins("Planning the changes"), "planning"]);
  plan.changes.forEach((_, n) =>
    steps.push([11 * n, partial("planning", { strategy: { done: plan.strategy }, changes: { writing: plan.changes.slice(0, n + 1).map(whole) } }), "planning"]));
  steps.push([100, finished({ planning: plan }), "planning"], [0, begins("Writing the edits"), "implementation"]);
  edits.forEach((edit, n) => {
    const before = edits.slice(0, n).map((one) => whole(proposed(one)));
    const all = proposed(edit) as { text: string | null };
    const pieces = all.text === null ? [] : all.text.split(" ").map((_, i, list) => list.slice(0, i + 1).join(" "));
    for (const text of pieces) {
      const writing = { ...(whole(all) as { done: object }).done, text: { writing: text }, reason: "absent" };
      steps.push([11 * n, partial("implementation", { edits: { writing: [...before, { writing }] } }), "implementation"]);
    }
    if (n === 3) {
      steps.push([11 * n, { type: "retry", details: { attempt: 2, of: 5, wait_ms: 8000, reason: "Anthropic is overloaded." } }, "implementation", 4000]);
    }
    steps.push([11 * (n + 1), partial("implementation", { edits: { writing: [...before, whole(all)] } }), "implementation"]);
  });
  if (fail) {
    const error = { code: "no_credit", message: "Anthropic declined the request: the account has no credit left.", hint: "Add credit with Anthropic, or choose the offline engine in Settings." };
    return [...steps.slice(0, 90), [40, { type: "failed", details: { elapsed_ms: 31000, usage, cost: { usd: 0.04 } }, error }, "implementation"]];
  }
  steps.push([100, finished({ implementation: { edits, judgements } }), "implementation"], [0, begins("Checking"), "verification"]);
  verification.verdicts.forEach((_, n) =>
    steps.push([11 * n, partial("verification", { verdicts: { writing: verification.verdicts.slice(0, n + 1).map(whole) } }), "verification"]));
  steps.push([100, finished({ verification: { verification, judgements } }), "verification"]);
  const result: Tailored = {
    evaluation, plan, edits, verification, judgements, tailored_resume: resume, skipped: [],
    coverage_before: coverage(words.slice(0, 4)), coverage_after: coverage(words),
  };
  return [...steps, [100, { type: "finished", details: { elapsed_ms: 38000, usage, cost: { usd: 0.084 } }, result }, "verification"]];
}

const weights: Record<Stage, [number, number]> = { evaluation: [0, 25], planning: [25, 25], implementation: [50, 40], verification: [90, 10] };

function starts(edit: Edit): Decision {
  const standing = judgements.find((one) => one.edit === edit.id)?.standing;
  return standing === "supported" ? "accepted" : standing === "needs_review" ? "open" : "rejected";
}

function parts(edit: Edit): ReviewedEdit["diff"] {
  if (edit.action === "move") return [];
  if (edit.action === "insert") return [{ kind: "added", text: edit.text }];
  const old = resume.blocks.find((block) => block.id === edit.block)!.text;
  return edit.action === "remove" ? [{ kind: "removed", text: old }] : diff(old, edit.text);
}

function begun(edit: Edit): ReviewedEdit {
  const judgement = judgements.find((one) => one.edit === edit.id) ?? null;
  const claims = (judgement?.findings ?? []).filter((finding) => finding.standing === "unsupported");
  return {
    edit: edit.id, decision: starts(edit), diff: parts(edit), text: "text" in edit ? edit.text : null, typed: false, judgement,
    claims: claims.map(({ claim, reason }) => ({ claim, reason })), vouched: null,
  };
}

const offer = (id: string, name: string, local: boolean): ProviderOffer => ({
  id, name, local, needs_key: !local, key_variable: null, key_page: local ? null : `https://${id}.example.com/keys`,
  home: `https://${id}.example.com`, default_model: local ? null : "claude-sonnet-5-5",
});
const providers = [offer("anthropic", "Anthropic", false), offer("openai", "OpenAI", false), offer("ollama", "Ollama", true)];
const doubts: Doubt[] = [{
  block: "b19", question: "Is this one line? It ends like a list.",
  answers: [{ label: "Yes, a bullet", remedy: { do: "keep" } }, { label: "No, a paragraph", remedy: { do: "kind", kind: "paragraph" } }],
}];
const lines = resume.blocks.map((block, n) => `<p data-line="${n + 1}">${block.text.replaceAll("&", "&amp;")}</p>`).join("");

export interface Scene {
  /** Stop the run after this many of its events; -1: at its first wait. */
  until: number;
  fail: boolean;
  /** Wait between events, in ms. */
  pace: number;
  settings: Settings;
}

export function fake(scene: Scene): Backend & { drag: (drag: Drag) => void } {
  let app: AppState = { version: "0.1.0", settings: scene.settings, providers, has_key: true, keychain: "system", resume: null, posting: null };
  let run: (event: Event) => void = () => {};
  let drag: (drag: Drag) => void = () => {};
  let stopped = false;
  let review: Review | null = null;
  const both = { resume: { file_name: "Maren Holloway - Resume.docx", format: "Word", fingerprint: "ab", doubts, confidence: 0.9, resume, corrections: { made: 0, removed: [], misfits: [], trouble: null } }, posting: { file_name: null, posting } };
  const refuse = (code: string, message: string, hint: string) => Promise.reject({ code, message, hint });

  function take<K extends keyof typeof both>(key: K): (typeof both)[K] {
    app = { ...app, [key]: both[key] };
    return both[key];
  }

  async function play(id: RunId) {
    const all = script(scene.fail);
    const steps = all.slice(0, scene.until < 0 ? all.findIndex(([, what]) => what.type === "retry") + 1 : scene.until);
    for (const [seq, [stage_progress, what, current_stage, wait]] of steps.entries()) {
      if (stopped) return run({ run: id, seq, type: "cancelled", details: { elapsed_ms: 12000, usage, cost: { usd: 0.02 } }, overall_progress: 0, stage_progress: 0, current_stage });
      const [base, weight] = weights[current_stage];
      if (what.type === "finished") {
        review = { original: resume, tailored: resume, coverage: coverage(words), edits: edits.map(begun), undo: null };
      }
      run({ run: id, seq, ...what, overall_progress: Math.floor(base + (weight * stage_progress) / 100), stage_progress, current_stage } as Event);
      const pause = scene.pace === 0 ? 0 : (wait ?? scene.pace);
      if (pause > 0) await new Promise((done) => setTimeout(done, pause));
    }
  }

  return {
    drag: (what) => drag(what),
    appState: async () => app,
    chooseResume: () => refuse("scanned", "This PDF is a picture of a page, so there are no words to read.", "Choose the file you made it from, such as Word or Pages, or paste its text."),
    choosePosting: async () => take("posting"),
    readDrop: async (_, role) => (role === "resume" ? { resume: take("resume") } : { posting: take("posting") }),
    pasteResume: async () => take("resume"),
    pastePosting: async (text) =>
      text.length < 20 ? refuse("too_short", "This is too short for a posting.", "Paste the whole posting, with what it asks for.") : take("posting"),
    unlock: async () => take("resume"),
    original: async () => ({ kind: "html", html: lines }),
    drawPage: async () => new ArrayBuffer(0),
    correct: async () => take("resume"),
    takeBack: async () => take("resume"),
    undoCorrection: async () => take("resume"),
    fetchPosting: async () => take("posting"),
    estimate: async () => ({ input: 21680, output: 4710, cost: { usd: 0.11 }, over_limit: false }),
    whatIsSent: async () => resume.blocks.map((block) => `${block.id} ${block.text}`).join("\n"),
    loadSample: async () => (app = { ...app, ...both }),
    startOver: async () => (app = { ...app, resume: null, posting: null }),
    tailor: async () => {
      stopped = false;
      setTimeout(() => void play("run-1"));
      return "run-1";
    },
    cancel: async () => void (stopped = true),
    snapshot: async () => null,
    review: async () => review,
    decide: async (edit, decision) => {
      review = { ...review!, edits: review!.edits.map((one) => (one.edit === edit ? { ...one, decision } : one)) };
      return review;
    },
    decideSupported: async () => review!,
    vouch: async (edit, claims) => {
      const vouched = { claims, at_ms: Date.now() };
      return (review = { ...review!, edits: review!.edits.map((one) => (one.edit === edit ? { ...one, decision: "accepted", vouched } : one)) });
    },
    checkText: async (_, text) => ({ text, standing: "supported", findings: [] }),
    rewrite: async (edit, text) => (review = { ...review!, edits: review!.edits.map((one) => (one.edit === edit ? { ...one, text, typed: true } : one)) }),
    undo: async () => review!,
    export: async (format) => ({ file_name: `Maren Holloway - Northgate Freight.${format}`, folder: "Documents", bytes: 41230, words: 312, words_found: 312 }),
    saveSettings: async (settings) => (app = { ...app, settings }),
    models: async () => [{ id: "claude-sonnet-5-5", price: "$2.00 in, $10.00 out for a million tokens" }, { id: "claude-opus-5-5", price: null }],
    testConnection: async () => ({ well: true, told: "Claude Sonnet 5.5 answers.", hint: "" }),
    localServers: async () => [{ provider: "ollama", name: "Ollama", models: 3 }],
    setKey: async () => (app = { ...app, has_key: true }),
    deleteKey: async () => (app = { ...app, has_key: false }),
    onRun: async (heard) => ((run = heard), () => {}),
    onDrag: async (heard) => ((drag = heard), () => {}),
  };
}
