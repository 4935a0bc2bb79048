import { describe, expect, it } from "vitest";
import type { Event } from "../src/lib/api/types";
import { type Given, soFar } from "../src/lib/state/fields";
import { type Run, retryLine, runEvent, runSnapshot } from "../src/lib/state/run";
import { evaluationDone } from "../src/lib/state/stages";
import { card, fit, headline, noFit } from "../src/lib/state/wording";
import {
  Script, asking, begins, cancelled, declined, done, editing, evaluation, overloaded, partial, patch, snapshotAt, spent,
  started, wholeRun, writing,
} from "./events";

const play = (events: Event[], from: Run | null = null): Run => {
  const run = events.reduce<Run | null>((state, event, n) => runEvent(state, event, 1000 + n), from);
  if (run === null) throw new Error("no events");
  return run;
};

describe("a run from its start to its end", () => {
  it("shows a requirement while its text is written, and leaves out what is not known yet", () => {
    const run = play(wholeRun().slice(0, 3));
    expect(run.evaluation.requirements).toEqual([
      { id: "r1", text: "Kubern", importance: null, status: null, evidence: [] },
    ]);
    expect(run.evaluation.score).toBeNull();
    expect(run.stages.evaluation).toEqual({ state: "running", progress: 10, elapsed: null });
  });

  it("gives each stage its end and its time", () => {
    const run = play(wholeRun().slice(0, 6));
    expect(run.stages.evaluation).toEqual({ state: "done", progress: 100, elapsed: 2000 });
    expect(run.stages.planning).toEqual({ state: "done", progress: 100, elapsed: 1000 });
    expect(run.stages.implementation.state).toBe("waiting");
    expect(run.spoken).toBe("Planning done.");
  });

  it("keeps the running sum of tokens and dollars", () => {
    const script = new Script();
    const run = play([
      script.next("evaluation", 0, started), script.next("evaluation", 0, begins), script.next("evaluation", 5, spent(50, 0.01)),
      script.next("evaluation", 9, asking), script.next("evaluation", 9, spent(150, 0.02)),
    ]);
    expect(run.usage.input).toBe(150);
    expect(run.cost).toEqual({ usd: 0.02 });
    expect(play(wholeRun()).cost).toEqual({ usd: 0.02 });
  });

  it("adds up what changes, and leaves the rest as it is", () => {
    const script = new Script();
    const begin = [
      script.next("implementation", 0, started), script.next("implementation", 0, begins), script.next("implementation", 5, editing("Moved")),
    ];
    const grown = play([...begin, script.next("implementation", 5, patch("implementation", [{ at: ["edits", 0, "text"], add: " 19", done: true }]))]);
    expect(grown.edits).toMatchObject([{ text: "Moved 19", writing: true }]);
    const second = { at: ["edits", 1], set: writing({ action: done("remove"), block: done("b3") }) };
    const next = runEvent(grown, script.next("implementation", 50, patch("implementation", [{ at: ["edits", 0], done: true }, second])), 0);
    expect(next.edits).toMatchObject([{ text: "Moved 19", writing: false }, { action: "remove", writing: true }]);
    const item = (run: Run, n: number) => (soFar((soFar(run.partial as Given<{ edits: Given<unknown[]> }>))!.edits)![n] as { done?: { block: unknown } });
    const last = runEvent(next, script.next("implementation", 60, patch("implementation", [{ at: ["edits", 1, "after"], set: done(null) }])), 0);
    expect(item(last, 0)).toBe(item(next, 0));
    expect(grown.edits).toHaveLength(1);
  });

  it("begins a stage's partial result anew after a retry, at once as far as it was", () => {
    const script = new Script();
    const run = play([
      script.next("implementation", 0, started), script.next("implementation", 5, editing("Moved 19")), script.next("implementation", 5, overloaded),
      script.next("implementation", 5, editing("Brought 19")),
    ]);
    expect(run.edits).toMatchObject([{ text: "Brought 19", writing: true }]);
  });

  it("takes a change of what is not there for nothing", () => {
    const script = new Script();
    const run = play([
      script.next("implementation", 0, started), script.next("implementation", 5, patch("implementation", [{ at: ["edits", 3, "text"], add: "x" }])),
    ]);
    expect(run.edits).toEqual([]);
  });

  it("tells the edit being written from the one that is done", () => {
    const events = wholeRun();
    expect(play(events.slice(0, 8)).edits).toMatchObject([{ id: "e1", block: "b2", text: "Moved 19", writing: true }]);
    const run = play(events.slice(0, 9));
    expect(run.edits).toMatchObject([{ id: "e1", writing: false, reason: "It asks for it." }]);
    expect(run.spoken).toBe("Edit 1 of 2 done.");
  });

  it("ends with the result, and with a score that may be lower", () => {
    const run = play(wholeRun());
    expect(run.phase).toBe("finished");
    expect(run.overall).toBe(100);
    expect(run.elapsed).toBe(9000);
    expect(run.evaluation.score).toBe(71);
    expect(run.verification.score).toBe(68);
    expect(run.result?.edits).toHaveLength(2);
    expect(run.judgements.map((judgement) => judgement.edit)).toEqual(["e1", "e2"]);
  });

  it("does not change the state that it was given", () => {
    const before = play(wholeRun().slice(0, 5));
    const copy = structuredClone(before);
    runEvent(before, wholeRun()[5]!, 5);
    expect(before).toEqual(copy);
  });

  it("never shows progress going back", () => {
    const script = new Script();
    const run = play([script.next("evaluation", 60, started), script.next("evaluation", 20, begins)]);
    expect(run.stages.evaluation.progress).toBe(60);
    expect(run.overall).toBe(15);
  });
});

describe("a wait", () => {
  const script = new Script();
  const events = [
    script.next("evaluation", 0, started), script.next("evaluation", 0, begins), script.next("evaluation", 30, asking),
    script.next("evaluation", 30, overloaded),
  ];

  it("holds the stage, keeps what there is, and knows when it is over", () => {
    const run = play(events);
    expect(run.stages.evaluation).toMatchObject({ state: "held", progress: 30 });
    expect(run.evaluation.requirements).toHaveLength(1);
    expect(run.retry).toMatchObject({ attempt: 2, of: 5, until: 1003 + 8000 });
    expect(run.spoken).toBe("Anthropic is overloaded. Waiting 8 s, then attempt 2 of 5.");
  });

  it("is over with the next partial", () => {
    const run = play([script.next("evaluation", 30, asking)], play(events));
    expect(run.retry).toBeNull();
    expect(run.stages.evaluation.state).toBe("running");
  });

  it("is told in words", () => {
    expect(retryLine({ attempt: 2, of: 5, wait_ms: 8000 }, 7001)).toBe("Waiting 8 s, then attempt 2 of 5.");
    expect(retryLine({ attempt: 2, of: 5, wait_ms: 8000 }, -5)).toBe("Now attempt 2 of 5.");
    expect(retryLine({ attempt: 2, of: 3, wait_ms: 0 }, 0)).toBe("Asking again, attempt 2 of 3.");
  });
});

describe("an end that is not the end", () => {
  const script = new Script();
  const begun = [script.next("evaluation", 0, started), script.next("evaluation", 0, begins), script.next("evaluation", 30, asking)];

  it("keeps the last partial when it failed", () => {
    const run = play([...begun, { ...script.next("evaluation", 30, declined), seq: 3 }]);
    expect(run.phase).toBe("failed");
    expect(run.stages.evaluation.state).toBe("failed");
    expect(run.error?.code).toBe("no_credit");
    expect(run.evaluation.requirements).toHaveLength(1);
    expect(run.elapsed).toBe(4200);
  });

  it("keeps the last partial when the user cancelled it", () => {
    const run = play([...begun, { ...script.next("evaluation", 30, cancelled), seq: 3 }]);
    expect(run.phase).toBe("cancelled");
    expect(run.stages.evaluation).toMatchObject({ state: "cancelled", progress: 30 });
    expect(run.error).toBeNull();
    expect(run.evaluation.requirements).toHaveLength(1);
  });

  it("ends a wait", () => {
    const held = [...begun, { ...script.next("evaluation", 30, overloaded), seq: 3 }, { ...script.next("evaluation", 30, declined), seq: 4 }];
    expect(play(held).retry).toBeNull();
  });
});

describe("events that are late, repeated or missing", () => {
  it("ignores one that it has already", () => {
    const events = wholeRun();
    const run = play(events.slice(0, 6));
    expect(runEvent(run, events[5]!, 9)).toBe(run);
    expect(runEvent(run, events[1]!, 9)).toBe(run);
  });

  it("asks for a snapshot after a gap, and applies nothing until it comes", () => {
    const events = wholeRun();
    const run = play([...events.slice(0, 4), events[8]!]);
    expect(run.behind).toBe(true);
    expect(run.seq).toBe(3);
    expect(run.edits).toEqual([]);
    expect(run.pending.map((event) => event.seq)).toEqual([8]);
  });

  it("asks for a snapshot when the first event that it sees is not the first", () => {
    expect(play([wholeRun()[7]!])).toMatchObject({ behind: true, seq: -1 });
  });

  it("catches up with a snapshot and then with what came after it, in order", () => {
    const events = wholeRun();
    const gap = play([...events.slice(0, 4), events[9]!, events[8]!, events[6]!]);
    const run = runSnapshot(gap, snapshotAt(7), 5000);
    expect(run).toMatchObject({ behind: false, seq: 9, since: 2000 });
    expect(run.pending).toEqual([]);
    expect(run.stages.implementation).toEqual({ state: "done", progress: 100, elapsed: 3000 });
    expect(run.edits.map((edit) => edit.id)).toEqual(["e1", "e2"]);
  });

  it("stays behind when the snapshot is older than the gap", () => {
    const events = wholeRun();
    const gap = play([...events.slice(0, 4), events[10]!]);
    const run = runSnapshot(gap, snapshotAt(7), 5000);
    expect(run).toMatchObject({ behind: true, seq: 7 });
    expect(runSnapshot(run, { ...snapshotAt(9) }, 5000)).toMatchObject({ behind: false, seq: 10 });
  });

  it("ignores a snapshot that is older than what it has", () => {
    const run = play(wholeRun().slice(0, 10));
    expect(runSnapshot(run, snapshotAt(7), 5000)).toBe(run);
  });

  it("goes on from a snapshot with later events", () => {
    const run = play(wholeRun().slice(7), runSnapshot(null, snapshotAt(7), 5000));
    expect(run.phase).toBe("finished");
    expect(run.usage).toEqual({ input: 100, cache_write: 0, cache_read: 20, output: 30 });
  });

  it("shows from a snapshot what it would have shown from the events", () => {
    const told = runSnapshot(null, snapshotAt(7), 1000);
    const heard = play(wholeRun().slice(0, 8));
    for (const key of ["stages", "evaluation", "plan", "edits", "partial", "overall", "current", "phase", "started"] as const) {
      expect(told[key]).toEqual(heard[key]);
    }
  });

  it("tells from a snapshot what was spent", () => {
    const run = runSnapshot(null, snapshotAt(7), 1000);
    expect(run).toMatchObject({ usage: { input: 200, output: 60 }, cost: { usd: 0.04 } });
  });

  it("shows the end of a run that ended before the window opened", () => {
    const end = declined as Extract<typeof declined, { type: "failed" }>;
    const run = runSnapshot(null, { ...snapshotAt(8), ended: end }, 5000);
    expect(run).toMatchObject({ phase: "failed", elapsed: 4200 });
    expect(run.stages.implementation.state).toBe("failed");
    expect(run.stages.planning.state).toBe("done");
  });

  it("begins anew with another run", () => {
    const other = new Script("run-2");
    const run = play([...wholeRun(), other.next("evaluation", 0, started), other.next("evaluation", 10, asking)]);
    expect(run).toMatchObject({ id: "run-2", seq: 1, phase: "running", result: null });
    expect(run.edits).toEqual([]);
  });

  it("shows an edit only once its action and its block are known", () => {
    const script = new Script();
    const early = partial("implementation", { edits: writing([writing({ action: done("rewrite") })]) });
    const run = play([script.next("implementation", 0, started), script.next("implementation", 0, early)]);
    expect(run.edits).toEqual([]);
  });
});

describe("a posting that asks for nothing", () => {
  const nothing = { ...evaluation, requirements: [], match_score: 0 };

  it("has no fit once all of it was read, in the partial as in the result", () => {
    const script = new Script();
    const none = partial("evaluation", { requirements: done([]), match_score: done(0) });
    const read = play([script.next("evaluation", 0, started), script.next("evaluation", 50, none)]);
    expect(read.evaluation).toMatchObject({ none: true, score: null });
    expect(evaluationDone(nothing)).toMatchObject({ none: true, score: null });
    expect(card(read, "evaluation", null).text).toBe("No requirements found");
  });

  it("has none after the verification either, and says so", () => {
    const run = { ...play(wholeRun()), evaluation: evaluationDone(nothing) };
    expect(fit(play(wholeRun()))).toBe(68);
    expect(fit(run)).toBeNull();
    expect(card(run, "verification", null).text).toBe("2 supported");
    expect(headline({ ...run, edits: [] }, null, 0).text).toBe(noFit);
  });
});
