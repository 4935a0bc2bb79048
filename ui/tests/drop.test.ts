import { describe, expect, it } from "vitest";
import { dropPair, dropRole } from "../src/lib/state/drop";
import { posting, resume } from "./given";

describe("one file dropped on the window", () => {
  it("is the resume while there is none, whatever its name", () => {
    expect(dropRole(null, "a.pdf")).toBe("resume");
    expect(dropRole({ resume: null, posting: null }, "job.pdf")).toBe("resume");
    expect(dropRole({ resume: null, posting }, "a.pdf")).toBe("resume");
  });

  it("is the posting where a resume waits for one", () => {
    expect(dropRole({ resume, posting: null }, "a.pdf")).toBe("posting");
  });

  it("is a new resume where both are there, unless its name says posting", () => {
    expect(dropRole({ resume, posting }, "Maren Holloway.docx")).toBe("resume");
    expect(dropRole({ resume, posting }, "Job - Platform engineer.html")).toBe("posting");
  });
});

describe("two files dropped on the window", () => {
  const names = (first: string, second: string) => dropPair({ name: first }, { name: second }).map(({ name }) => name);

  it("are told apart by their names, or else by their order", () => {
    expect(names("posting.html", "a.pdf")).toEqual(["a.pdf", "posting.html"]);
    expect(names("a.pdf", "posting.html")).toEqual(["a.pdf", "posting.html"]);
    expect(names("a.pdf", "b.pdf")).toEqual(["a.pdf", "b.pdf"]);
  });
});
