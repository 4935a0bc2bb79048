import { describe, expect, it } from "vitest";
import type { Event, StagePatch, What } from "../src/lib/api/types";
import { type Run, retryLine, runEvent, runSnapshot } from "../src/lib/state/run";
import { evaluationDone } from "../src/lib/state/stages";
import { card, fit, headline, noFit } from "../src/lib/state/wording";
import {
  Script, asking, begins, cancelled, declined, done, editing, evaluated, evaluation, overloaded, partial, snapshotAt, started, wholeRun, writing,
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

  it("gives each stage its end, its time and its tokens", () => {
    const run = play(wholeRun().slice(0, 6));
    expect(run.stages.evaluation).toEqual({ state: "done", progress: 100, elapsed: 2000 });
    expect(run.stages.planning).toEqual({ state: "done", progress: 100, elapsed: 1000 });
    expect(run.stages.implementation.state).toBe("waiting");
    expect(run.usage).toEqual({ input: 200, cache_write: 0, cache_read: 40, output: 60 });
    expect(run.spoken).toBe("Planning done.");
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
    for (const key of ["stages", "evaluation", "plan", "edits", "usage", "overall", "current", "phase", "started"] as const) {
      expect(told[key]).toEqual(heard[key]);
    }
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
    const early = partial("implementation", { edits: writing([writing({ action: done("rewrite"), block: "absent" })]) });
    const run = play([script.next("implementation", 0, started), script.next("implementation", 0, early)]);
    expect(run.edits).toEqual([]);
  });
});

describe("what changes in a stage's result", () => {
  const change = (...ops: object[]): What => ({ type: "partial", details: { implementation: ops } as unknown as StagePatch });

  it("is put into what was there", () => {
    const script = new Script();
    const run = play([
      script.next("implementation", 0, started), script.next("implementation", 0, editing("Moved 19")),
      script.next("implementation", 0, change({ at: ["edits", 0, "text"], add: " services" })),
    ]);
    expect(run.edits[0]?.text).toBe("Moved 19 services");
  });

  it("that fits nothing asks for a snapshot, which brings all of it", () => {
    const script = new Script();
    const run = play([script.next("implementation", 0, started), script.next("implementation", 0, change({ at: ["edits", 0, "text"], add: " x" }))]);
    expect(run.behind).toBe(true);
    expect(runSnapshot(run, snapshotAt(7), 0)).toMatchObject({ behind: false, edits: [{ text: "Moved 19" }] });
    const on = runEvent(runSnapshot(run, snapshotAt(1), 0), script.next("implementation", 0, change({ at: ["edits", 0, "text"], add: " services" })), 0);
    expect(on.edits[0]?.text).toBe("Moved 19 services");
  });
});

describe("what a run costs", () => {
  it("is told while it runs, and is settled as stages end", () => {
    const script = new Script();
    const totals = { elapsed_ms: 10, usage: { input: 5, cache_write: 0, cache_read: 0, output: 1 } };
    const spent: What = { type: "spent", details: { ...totals, cost: { usd: 0.002 } } };
    const begun = play([script.next("evaluation", 0, started), script.next("evaluation", 0, spent)]);
    expect(begun).toMatchObject({ cost: { usd: 0.002 }, usage: { input: 5 } });
    const settled = runEvent(begun, script.next("evaluation", 100, evaluated), 0);
    expect(settled.cost).toEqual({ usd: 0.01 });
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
