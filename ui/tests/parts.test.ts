import type { Component } from "svelte";
import { render } from "svelte/server";
import { describe, expect, it } from "vitest";
import type { Backend } from "../src/lib/api/backend";
import type { AppState, Keychain, Tailored } from "../src/lib/api/types";
import EditPanel from "../src/lib/parts/EditPanel.svelte";
import KeyRow from "../src/lib/parts/KeyRow.svelte";
import Notice from "../src/lib/parts/Notice.svelte";
import Overlay from "../src/lib/parts/Overlay.svelte";
import Requirements from "../src/lib/parts/Requirements.svelte";
import ResultPane from "../src/lib/parts/ResultPane.svelte";
import VouchDialog from "../src/lib/parts/VouchDialog.svelte";
import { giveStore } from "../src/lib/state/context";
import { editDone, evaluationDone, evaluationSoFar } from "../src/lib/state/stages";
import { Store } from "../src/lib/state/store.svelte";
import { noFit } from "../src/lib/state/wording";
import { otherWarnings } from "../src/lib/text/posting";
import { anthropic, app as empty } from "./given";
import { edits, evaluation, finished, judgements, underReview } from "./events";

/** The words of a part, as they would stand on the screen. */
function words<P extends Record<string, unknown>>(part: Component<P>, props: P): string {
  const within = (...given: unknown[]) => {
    giveStore(new Store({} as Backend));
    return (part as (...all: unknown[]) => unknown)(...given);
  };
  const { body } = render(within as unknown as Component<Record<string, unknown>>, { props });
  return body.replace(/<!--.*?-->/g, "").replace(/<[^>]+>/g, " ").replace(/\s+/g, " ");
}

const resume = { blocks: [], language: "en", warnings: [] };
const result = (finished as { result: Tailored }).result;
const nothing = { ...evaluation, requirements: [], match_score: 0 };

describe("a posting that asks for nothing", () => {
  const review = { original: resume, tailored: resume, coverage: { found: [], missing: [] }, edits: [], undo: null };

  it("has no fit in the run", () => {
    const text = words(Requirements, { evaluation: evaluationDone(nothing), score: null, resume, jump: () => {} });
    expect(text).toContain(noFit);
    expect(text).toContain("–");
    expect(text).not.toContain("Reading the posting");
  });

  it("has no fit in the result", () => {
    const text = words(ResultPane, { review, result: { ...result, evaluation: nothing } });
    expect(text).toContain(noFit);
    expect(text).toContain("Fit –");
    expect(words(ResultPane, { review, result })).toContain("Fit 68 was 71");
  });

  it("is told from one that is being read", () => {
    const text = words(Requirements, { evaluation: evaluationSoFar({ requirements: { writing: [] } }), score: null, resume, jump: () => {} });
    expect(text).toContain("Reading the posting");
    expect(text).not.toContain(noFit);
  });
});

describe("an edit", () => {
  const props = {
    edit: editDone(edits[0]!), reviewed: underReview({}), requirement: undefined,
    block: () => undefined, decide: () => {}, vouch: () => {}, rewrite: () => {},
  };

  it("without a judgement is not called checked", () => {
    const text = words(EditPanel, { ...props, judgement: undefined });
    expect(text).toContain("Not checked yet.");
    expect(text).not.toContain("By rule");
    expect(words(EditPanel, { ...props, judgement: judgements[0] })).toContain("By rule: every claim has a source");
  });
});

describe("an edit without support", () => {
  const finding = { kind: "number" as const, standing: "unsupported" as const, claim: "40", start: 6, end: 8, reason: "Your line says 19." };
  const judgement = { ...judgements[0]!, standing: "unsupported" as const, findings: [finding], reason: "Your line says 19." };
  const reviewed = underReview({ decision: "rejected", text: "Moved 40 services", judgement, claims: [{ claim: "40", reason: "Your line says 19." }] });
  const props = {
    edit: editDone(edits[0]!), judgement, requirement: undefined, block: () => undefined, decide: () => {}, vouch: () => {}, rewrite: () => {},
  };

  it("cannot be accepted, only vouched for, rewritten or left out", () => {
    const text = words(EditPanel, { ...props, reviewed });
    expect(text).not.toMatch(/Accept\b/);
    expect(text).toContain("This is true, I vouch for it");
    expect(text).toContain("Rewrite");
    expect(text).toContain("Your line says 19.");
  });

  it("names each claim before it is vouched for", () => {
    const text = words(VouchDialog, { reviewed, close: () => {}, vouch: () => {} });
    expect(text).toContain("40");
    expect(text).toContain("Your line says 19.");
  });

  it("says so once it was, and can be taken back", () => {
    const vouched = { claims: ["40"], at_ms: 0 };
    const text = words(EditPanel, { ...props, reviewed: { ...reviewed, decision: "accepted" as const, vouched } });
    expect(text).toContain("You vouch for it");
    expect(text).toContain("“40”");
    expect(text).toContain("Take it back");
  });
});

describe("a posting that speaks to AI tools", () => {
  it("is told of, beside what else is said of it", () => {
    const warnings = ["A menu was left out.", "This posting contains instructions to AI tools."];
    expect(words(Notice, { warnings })).toContain("They are not followed");
    expect(words(Notice, { warnings: warnings.slice(0, 1) }).trim()).toBe("");
    expect(otherWarnings(warnings)).toEqual(warnings.slice(0, 1));
  });
});

describe("a must-have without support", () => {
  const missing = { ...evaluation, requirements: [{ id: "r1", text: "A pilot’s licence", importance: "must" as const, status: "missing" as const, evidence: [] }] };

  it("is a gap in the run and in the result, with advice", () => {
    const run = words(Requirements, { evaluation: evaluationDone(missing), score: 20, resume, jump: () => {} });
    expect(run).toContain("If you have done this, add it to your resume.");
    const review = { original: resume, tailored: resume, coverage: { found: [], missing: [] }, edits: [], undo: null };
    const text = words(ResultPane, { review, result: { ...result, evaluation: missing } });
    expect(text).toContain("A pilot’s licence");
    expect(text).toContain("If you have done this, add it to your resume.");
  });
});

describe("the key", () => {
  const app = (keychain: Keychain): AppState => ({ ...empty, has_key: true, keychain, settings: { ...empty.settings, engine: "anthropic" } });
  const of = anthropic;

  it("of the environment cannot be deleted, and another can be kept", () => {
    const text = words(KeyRow, { app: app("environment"), of });
    expect(text).toContain("The key comes from ANTHROPIC_API_KEY.");
    expect(text).toContain("Keep");
    expect(text).not.toContain("Delete");
    expect(words(KeyRow, { app: app("system"), of })).toContain("Delete");
  });
});

describe("the overlay", () => {
  it("says what the file will be read as", () => {
    expect(words(Overlay, { names: ["a.pdf"], role: "resume" })).toContain("“a.pdf” as your resume");
    expect(words(Overlay, { names: ["a.pdf"], role: "posting" })).toContain("“a.pdf” as the job");
  });
});
