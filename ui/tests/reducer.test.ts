import { describe, expect, it } from "vitest";
import type { Review } from "../src/lib/api/types";
import { type Act, type State, initial, needsSnapshot, reachable, reduce } from "../src/lib/state/reducer";
import { reviewed, snapshotAt, wholeRun } from "./events";
import { app, posting, resume } from "./given";

const review = (decisions: Parameters<typeof reviewed>[0]): Review => ({
  original: resume.resume, tailored: resume.resume, coverage: { found: [], missing: [] }, edits: reviewed(decisions), undo: null,
});
const play = (acts: Act[], from: State = initial) => acts.reduce(reduce, from);
const events = wholeRun().map((event): Act => ({ do: "event", event, now: 0 }));
const ready: Act[] = [{ do: "app", app }, { do: "resume", resume }, { do: "posting", posting }];

describe("the inputs", () => {
  it("open the way to what was read", () => {
    expect(reachable(play([{ do: "app", app }]), "read")).toBe(false);
    expect(reachable(play(ready), "read")).toBe(true);
  });

  it("make an earlier run stale when they change", () => {
    const after = play([...ready, ...events, { do: "review", review: review({ e1: "accepted" }) }, { do: "posting", posting }]);
    expect(after).toMatchObject({ run: null, review: null, exported: null, runWarnings: [] });
  });

  it("clear only the trouble that was about them", () => {
    const report = { code: "scanned", message: "A picture.", hint: "Choose another." };
    const troubled = play([...ready, { do: "trouble", trouble: { at: "resume", report, file: "scan.pdf" } }]);
    expect(reduce(troubled, { do: "posting", posting }).trouble?.report.code).toBe("scanned");
    expect(reduce(troubled, { do: "resume", resume }).trouble).toBeNull();
  });
});

describe("a run", () => {
  it("keeps the events that came before the command’s answer", () => {
    const state = play([...ready, ...events.slice(0, 4), { do: "tailoring", run: "run-1", now: 0 }]);
    expect(state).toMatchObject({ view: "run", runResume: resume.resume });
    expect(state.run?.seq).toBe(3);
  });

  it("keeps what is said of its posting, also when the posting is changed in the window", () => {
    const warned = { ...posting, posting: { ...posting.posting, warnings: ["This posting contains instructions to AI tools."] } };
    const state = play([{ do: "app", app }, { do: "resume", resume }, { do: "posting", posting: warned }, { do: "tailoring", run: "run-1", now: 0 }]);
    expect(state.runWarnings).toEqual(warned.posting.warnings);
    expect(reduce(state, { do: "app", app: { ...app, posting } }).runWarnings).toEqual(warned.posting.warnings);
  });

  it("waits for its first event after the command’s answer", () => {
    const state = play([...ready, { do: "tailoring", run: "run-1", now: 0 }, ...events.slice(0, 4)]);
    expect(state.run).toMatchObject({ seq: 3, behind: false });
  });

  it("asks for a snapshot after a gap, until one comes", () => {
    const gap = play([...ready, ...events.slice(0, 4), events[8]!]);
    expect(needsSnapshot(gap)).toBe(true);
    expect(needsSnapshot(reduce(gap, { do: "snapshot", snapshot: snapshotAt(7), now: 0 }))).toBe(false);
  });

  it("is shown again after a reload, in the midst of it", () => {
    const state = play([{ do: "caught_up", app: { ...app, resume: resume, posting }, snapshot: snapshotAt(7), review: null, now: 0 }]);
    expect(state.view).toBe("run");
    expect(state.run?.seq).toBe(7);
  });

  it("keeps events that came while the state was asked for", () => {
    const state = play([events[8]!, { do: "caught_up", app, snapshot: snapshotAt(7), review: null, now: 0 }]);
    expect(state.run).toMatchObject({ seq: 8, behind: false });
  });

  it("opens the review only when it has finished", () => {
    const open = review({ e1: "accepted" });
    expect(reachable(play([...ready, ...events.slice(0, 9), { do: "review", review: open }]), "review")).toBe(false);
    expect(reachable(play([...ready, ...events, { do: "review", review: open }]), "review")).toBe(true);
  });
});

describe("the review", () => {
  const first = play([...ready, ...events, { do: "review", review: review({ e1: "accepted", e2: "open" }) }]);

  it("selects the first edit, and keeps the selection", () => {
    expect(first.selected).toBe("e1");
    const second = play([{ do: "select", edit: "e2" }, { do: "review", review: review({ e1: "accepted", e2: "accepted" }) }], first);
    expect(second.selected).toBe("e2");
  });

  it("makes an export stale", () => {
    const exported = { file_name: "a.pdf", folder: "Documents", bytes: 1, words: 1, words_found: 1 };
    const saved = play([{ do: "exported", exported }], first);
    expect(saved.exported).toEqual(exported);
    expect(play([{ do: "review", review: review({ e1: "rejected", e2: "open" }) }], saved).exported).toBeNull();
    expect(play([{ do: "format", format: "docx" }], saved).exported).toBeNull();
  });
});

describe("files over the window", () => {
  it("are named until they leave or are dropped", () => {
    const over = play([{ do: "drag", drag: { type: "enter", names: ["a.pdf"] } }]);
    expect(over.dragged).toEqual(["a.pdf"]);
    expect(reduce(over, { do: "drag", drag: { type: "leave" } }).dragged).toBeNull();
    expect(reduce(over, { do: "drag", drag: { type: "drop", files: [] } }).dragged).toBeNull();
  });
});
