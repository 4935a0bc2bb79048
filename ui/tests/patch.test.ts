import { describe, expect, it } from "vitest";
import { Misfit, type Op, patched } from "../src/lib/state/patch";

const play = (...ops: Op[]) => patched("absent", ops);

describe("a partial result", () => {
  it("grows by what changed", () => {
    const shown = play(
      { at: [], set: { writing: {} } },
      { at: ["edits"], set: { writing: [] } },
      { at: ["edits", 0], set: { writing: { id: { done: "e1" } } } },
      { at: ["edits", 0, "text"], set: { writing: "Moved" } },
      { at: ["edits", 0, "text"], add: " 19" },
      { at: ["edits", 0, "text"], add: " services", done: true },
      { at: ["edits", 0], done: true },
    );
    expect(shown).toEqual({ writing: { edits: { writing: [{ done: { id: { done: "e1" }, text: { done: "Moved 19 services" } } }] } } });
  });

  it("is set anew as a whole after a retry", () => {
    const shown = play({ at: [], set: { writing: { score: { done: 7 } } } }, { at: [], set: { writing: {} } });
    expect(shown).toEqual({ writing: {} });
  });

  it("leaves what does not change the same object", () => {
    const before = play({ at: [], set: { writing: { a: { writing: [{ done: 1 }] }, b: { writing: "x" } } } }) as { writing: Record<string, unknown> };
    const after = patched(before, [{ at: ["b"], add: "y" }]) as typeof before;
    expect(after.writing.a).toBe(before.writing.a);
    expect(before.writing.b).toEqual({ writing: "x" });
  });

  it("refuses a change whose ground is missing", () => {
    for (const op of [
      { at: ["edits"], set: { writing: [] } }, { at: [], add: "x" }, { at: [], done: true },
    ]) expect(() => play(op)).toThrow(Misfit);
    expect(() => patched({ writing: [] }, [{ at: [3], set: { done: 1 } }])).toThrow(Misfit);
    expect(() => patched({ done: "whole" }, [{ at: [], add: "x" }])).toThrow(Misfit);
  });
});
