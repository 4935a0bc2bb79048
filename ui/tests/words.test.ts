import { describe, expect, it } from "vitest";
import type { DiffKind, DiffPart, Finding } from "../src/lib/api/types";
import { indexOfByte } from "../src/lib/text/bytes";
import { diff, marked, opening, tokens, unfinished } from "../src/lib/text/words";

const old = "Moved 19 services to k8s (EKS) in eleven months, with a template.";
const text = (parts: DiffPart[], without: DiffKind) => parts.filter((part) => part.kind !== without).map((part) => part.text).join("");

describe("the word diff", () => {
  it.each([
    ["Moved 19 services to Kubernetes (k8s, EKS) in eleven months, with a template."],
    ["Something else entirely."], [""], [old], ["  Moved 19  services"], ["Überführte 19 Dienste – im Nu."],
  ])("gives the new text back from all but what was removed: %j", (fresh) => {
    expect(text(diff(old, fresh), "removed")).toBe(fresh);
  });

  it("keeps the words that both have", () => {
    expect(diff("Mentor two engineers.", "Mentor two junior engineers.")).toEqual([
      { kind: "same", text: "Mentor two " }, { kind: "added", text: "junior " }, { kind: "same", text: "engineers." },
    ]);
  });

  it("leaves a word alone when a comma comes behind it", () => {
    expect(diff("One week in six. Pages fell.", "One week in six, shared. Pages fell.")).toEqual([
      { kind: "same", text: "One week in six" }, { kind: "added", text: ", shared" }, { kind: "same", text: ". Pages fell." },
    ]);
  });

  it("loses no character", () => {
    for (const line of [old, " a,b;  c. ", "…", "?!", "p99 (1.4M), 5+ years"]) expect(tokens(line).join("")).toBe(line);
  });
});

describe("a line that is being written", () => {
  it("keeps the old words in place until new ones come", () => {
    expect(unfinished(old, "")).toEqual({ parts: [], rest: old });
    expect(unfinished(old, "Moved 19 ").rest).toBe("services to k8s (EKS) in eleven months, with a template.");
  });

  it("does not jump ahead to a word that stands further on", () => {
    expect(unfinished("Wrote the tests, then led the team", "Led the").rest).not.toBe("team");
  });

  it("lets a new word take the place of an old one", () => {
    const { parts, rest } = unfinished(old, "Moved 19 services to Kubernetes ");
    expect(text(parts, "removed")).toBe("Moved 19 services to Kubernetes ");
    expect(rest).toBe("(EKS) in eleven months, with a template.");
  });
});

describe("findings", () => {
  const finding = (claim: string, start: number, end: number): Finding => ({
    kind: "tool", standing: "unsupported", claim, start, end, reason: "Nothing says it.",
  });

  it("are found by bytes, not by UTF-16 units", () => {
    const line = "Größe “ä” 🐦 Rust";
    const bytes = new TextEncoder();
    for (const word of ["Größe", "ä", "🐦", "Rust"]) {
      const start = bytes.encode(line.slice(0, line.indexOf(word))).length;
      const end = start + bytes.encode(word).length;
      expect(line.slice(indexOfByte(line, start), indexOfByte(line, end))).toBe(word);
    }
    expect(indexOfByte(line, 3)).toBe(2);
    expect(indexOfByte(line, 999)).toBe(line.length);
  });

  it("mark the words of the new text across the parts of a diff", () => {
    const parts: DiffPart[] = [
      { kind: "same", text: "Größe: " }, { kind: "removed", text: "in Go " }, { kind: "added", text: "in Rust" }, { kind: "same", text: " geschrieben" },
    ];
    const pieces = marked(parts, [finding("Rust ges", 12, 20)]);
    expect(pieces.filter((piece) => piece.finding).map((piece) => piece.text).join("")).toBe("Rust ges");
    expect(pieces.map((piece) => piece.text).join("")).toBe(parts.map((part) => part.text).join(""));
    expect(pieces.find((piece) => piece.kind === "removed")?.finding).toBeNull();
  });
});

describe("the opening of a line", () => {
  it("is its first words, without the sign behind them", () => {
    expect(opening("Moved 19 services, and more")).toBe("Moved 19 services…");
    expect(opening("Two words")).toBe("Two words");
  });
});
