import { describe, expect, it } from "vitest";
import type { Backend } from "../src/lib/api/backend";
import type { AppState, Decision, Drag, Review, Role } from "../src/lib/api/types";
import { Store } from "../src/lib/state/store.svelte";
import { reviewed } from "./events";
import { app as empty, posting, resume } from "./given";

const app: AppState = { ...empty, resume, posting };
const review = (decisions: Record<string, Decision>): Review => ({
  original: resume.resume, tailored: resume.resume, coverage: { found: [], missing: [] }, edits: reviewed(decisions), undo: null,
});

/** A store on three open edits, whose backend answers a decision when it is told to. */
async function deciding() {
  const decisions: Record<string, Decision> = { e1: "open", e2: "open", e3: "open" };
  const asked: string[] = [];
  const answers: (() => void)[] = [];
  const answer = (ids: string[], decision: Decision) =>
    new Promise<Review>((resolve) => {
      asked.push(`${ids.join()} ${decision}`);
      answers.push(() => {
        for (const id of ids) decisions[id] = decision;
        resolve(review(decisions));
      });
    });
  const backend: Partial<Backend> = {
    decide: (edit, decision) => answer([edit], decision),
    decideSupported: () => answer(Object.keys(decisions), "accepted"),
  };
  const store = new Store(backend as Backend);
  store.send({ do: "review", review: review(decisions) });
  return { store, asked, answers };
}

describe("a decision", () => {
  it("goes to the next edit once it is made", async () => {
    const { store, asked, answers } = await deciding();
    const made = store.decide("e1", "accepted");
    expect(store).toMatchObject({ deciding: true, state: { selected: "e1" } });
    answers[0]!();
    await made;
    expect(asked).toEqual(["e1 accepted"]);
    expect(store).toMatchObject({ deciding: false, state: { selected: "e2" } });
  });

  it("drops another that comes while it is on its way", async () => {
    const { store, asked, answers } = await deciding();
    const made = store.decide("e1", "accepted");
    await Promise.all([store.decide("e1", "accepted"), store.decide("e2", "rejected"), store.decideSupported(), store.undo()]);
    answers[0]!();
    await made;
    expect(asked).toEqual(["e1 accepted"]);
    expect(store.state.selected).toBe("e2");
    const next = store.decide("e2", "rejected");
    answers[1]!();
    await next;
    expect(store.state.review?.edits.map(({ decision }) => decision)).toEqual(["accepted", "rejected", "open"]);
  });

  it("does not pass over an edit that was selected meanwhile", async () => {
    const { store, answers } = await deciding();
    const made = store.decide("e1", "accepted");
    store.step(1);
    answers[0]!();
    await made;
    expect(store.state.selected).toBe("e2");
  });

  it("that fails leaves the edit where it is, and lets the next one through", async () => {
    const refused: Partial<Backend> = { decide: () => Promise.reject({ code: "no_edit", message: "There is no such edit.", hint: "" }) };
    const store = new Store(refused as Backend);
    store.send({ do: "review", review: review({ e1: "open", e2: "open" }) });
    await store.decide("e1", "accepted");
    expect(store).toMatchObject({ deciding: false, state: { selected: "e1", trouble: { at: "review" } } });
  });
});

describe("a file dropped on the window", () => {
  it("is read as what the overlay said", async () => {
    const roles: Role[] = [];
    let drag: (drag: Drag) => void = () => {};
    const backend: Partial<Backend> = {
      appState: async () => app, snapshot: async () => null, review: async () => null, onRun: async () => () => {},
      onDrag: async (heard) => ((drag = heard), () => {}),
      readDrop: async (_, role) => (roles.push(role), role === "resume" ? { resume } : { posting }),
    };
    const store = new Store(backend as Backend);
    await store.open();
    for (const name of ["Maren Holloway.docx", "vacancy.html"]) {
      drag({ type: "drop", files: [{ id: name, name }] });
      await Promise.resolve();
    }
    expect(roles).toEqual(["resume", "posting"]);
  });
});

describe("a setting that is not taken", () => {
  const refused: Partial<Backend> = { saveSettings: () => Promise.reject({ code: "address", message: "No address.", hint: "" }) };

  it("is told where it was made, or in the next view when the settings were left", async () => {
    const store = new Store(refused as Backend);
    store.send({ do: "app", app });
    store.openSettings(true);
    await store.saveSettings({ silence_s: 1 });
    expect(store.state.trouble?.at).toBe("settings");
    const saved = store.saveSettings({ silence_s: 1 });
    store.openSettings(false);
    await saved;
    expect(store.state.trouble?.at).toBe("window");
  });
});

describe("the picture of the original", () => {
  const counted = () => {
    const asked: string[] = [];
    const backend: Partial<Backend> = {
      original: () => (asked.push("original"), Promise.resolve({ kind: "html", html: "" })),
      drawPage: (page) => (asked.push(`page ${page}`), page === 9 ? Promise.reject({ code: "no_such_page", message: "There is no page 9", hint: "" }) : Promise.resolve(new ArrayBuffer(1))),
    };
    return { asked, store: new Store(backend as Backend) };
  };

  it("is asked for once for each file and page", async () => {
    const { asked, store } = counted();
    const { questions } = store;
    await Promise.all([questions.original("ab"), questions.original("ab")]);
    const [one, two] = await Promise.all([questions.drawPage("ab", 1, 400), questions.drawPage("ab", 1, 400)]);
    expect(one).toBe(two);
    await questions.original("cd");
    expect(asked).toEqual(["original", "page 1", "original"]);
  });

  it("is asked for again where it could not be drawn", async () => {
    const { asked, store } = counted();
    expect(await store.questions.drawPage("ab", 9, 400)).toEqual({ trouble: "There is no page 9." });
    await store.questions.drawPage("ab", 9, 400);
    expect(asked).toEqual(["page 9", "page 9"]);
  });
});
