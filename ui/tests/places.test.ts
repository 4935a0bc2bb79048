import { describe, expect, it } from "vitest";
import type { Block, Origin } from "../src/lib/api/types";
import { cameFrom, spotAt, spots } from "../src/lib/text/places";

const block = (id: string, origin: Origin): Block => ({ id, kind: "bullet", section: null, section_kind: null, text: id, origin });
const onPage = (page: number, x: number, y: number, width: number, height: number): Origin => ({ in: "page", page, x, y, width, height });
const piece = { line: null, lineEnd: null, part: null, paragraph: null };

describe("a block on a page", () => {
  const blocks = [block("a", onPage(1, 60, 80, 120, 40)), block("b", onPage(1, 60, 90, 30, 10)), block("c", onPage(2, 0, 0, 1, 1))];
  const all = spots(blocks, 1, { width: 600, height: 800 });

  it("has a rectangle in parts of the page", () => {
    expect(all.map((spot) => spot.block)).toEqual(["a", "b"]);
    expect(all[0]).toEqual({ block: "a", left: 0.1, top: 0.1, width: 0.2, height: 0.05 });
    expect(spots(blocks, 1, { width: 0, height: 0 })).toEqual([]);
  });

  it("is found under the pointer, the smallest first", () => {
    expect(spotAt(all, 0.2, 0.11)?.block).toBe("a");
    expect(spotAt(all, 0.12, 0.12)?.block).toBe("b");
    expect(spotAt(all, 0.9, 0.9)).toBeNull();
  });
});

describe("a block in a text", () => {
  it("came from its lines", () => {
    const origin: Origin = { in: "lines", first: 3, last: 4 };
    expect([2, 3, 4, 5].map((line) => cameFrom(origin, { ...piece, line }))).toEqual([false, true, true, false]);
    expect(cameFrom(origin, { ...piece, line: 1, lineEnd: 3 })).toBe(true);
    expect(cameFrom(origin, piece)).toBe(false);
  });

  it("came from its paragraphs, in its part", () => {
    const origin: Origin = { in: "paragraphs", part: "word/document.xml", first: 0, last: 1 };
    expect(cameFrom(origin, { ...piece, part: "word/document.xml", paragraph: 0 })).toBe(true);
    expect(cameFrom(origin, { ...piece, part: "word/header1.xml", paragraph: 0 })).toBe(false);
    expect(cameFrom({ in: "nowhere" }, { ...piece, line: 1 })).toBe(false);
  });
});
