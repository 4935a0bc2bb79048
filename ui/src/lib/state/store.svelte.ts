// The state that components look at, and what they can ask for. Decides nothing that the reducer could decide.

import { type Backend, failure } from "../api/backend";
import type {
  AppState, Ask, Decision, Drag, DroppedFile, EditId, Event, ExportFormat, PostingRead, ProviderChoice, ResumeRead, Role, Settings,
} from "../api/types";
import { choice, provider } from "../text/engines";
import { isLink } from "../text/posting";
import { dropPair, dropRole } from "./drop";
import { Questions } from "./questions";
import { type Act, type State, type Trouble, type View, initial, needsSnapshot, reachable, reduce } from "./reducer";

export class Store {
  state = $state.raw<State>(initial);
  private readonly backend: Backend;
  /** What can be asked without changing anything here. */
  readonly questions: Questions;
  private asking = false;
  private pending = false;

  constructor(backend: Backend) {
    this.backend = backend;
    this.questions = new Questions(backend);
  }

  send(act: Act): void {
    this.state = reduce(this.state, act);
  }

  /** Listens first and then asks for the state, so that nothing falls between the two. */
  async open(): Promise<void> {
    try {
      await this.backend.onRun((event) => this.heard(event));
      await this.backend.onDrag((drag) => void this.dragged(drag));
      const [app, snapshot, review] = await Promise.all([
        this.backend.appState(), this.backend.snapshot(), this.backend.review(),
      ]);
      this.send({ do: "caught_up", app, snapshot, review, now: performance.now() });
      if (needsSnapshot(this.state)) void this.catchUp();
    } catch (thrown) {
      this.fail("window", thrown);
    }
  }

  private heard(event: Event): void {
    const before = this.state.run?.phase;
    this.send({ do: "event", event, now: performance.now() });
    if (needsSnapshot(this.state)) void this.catchUp();
    if (before !== "finished" && this.state.run?.phase === "finished") void this.finished();
  }

  private async catchUp(): Promise<void> {
    if (this.asking) return;
    this.asking = true;
    try {
      const snapshot = await this.backend.snapshot();
      if (snapshot) this.send({ do: "snapshot", snapshot, now: performance.now() });
      if (this.state.run?.phase === "finished" && this.state.review === null) await this.finished();
    } catch (thrown) {
      this.fail("run", thrown);
    } finally {
      this.asking = false;
    }
  }

  private async finished(): Promise<void> {
    const review = await this.attempt("review", null, () => this.backend.review());
    if (review) this.send({ do: "review", review });
  }

  private async dragged(drag: Drag): Promise<void> {
    this.send({ do: "drag", drag });
    if (drag.type === "drop") await this.drop(drag.files);
  }

  private async drop(files: DroppedFile[]): Promise<void> {
    if (files.length === 0 || this.running) return;
    this.send({ do: "view", view: "start" });
    const [first, second] = files as [DroppedFile, DroppedFile?];
    if (second) {
      const [resume, posting] = dropPair(first, second);
      await this.readDrop(resume, "resume");
      await this.readDrop(posting, "posting");
    } else {
      await this.readDrop(first, dropRole(this.state.app, first.name));
    }
  }

  private async readDrop(file: DroppedFile, role: Role): Promise<void> {
    const read = await this.attempt(role, role, () => this.backend.readDrop(file.id, role), file.name);
    if (!read) return;
    if ("resume" in read) this.send({ do: "resume", resume: read.resume });
    else this.send({ do: "posting", posting: read.posting });
  }

  /** Reads the file that needs a password, with it. */
  unlock = (password: string) => this.takeResume(() => this.backend.unlock(password), this.state.trouble?.file ?? null);

  correct = (ask: Ask) => this.corrected(() => this.backend.correct(ask));
  takeBack = (correction: number) => this.corrected(() => this.backend.takeBack(correction));
  undoCorrection = () => this.corrected(() => this.backend.undoCorrection());

  /** Changes what was read; whether that went well. One at a time: each is about what the one before it left. */
  private async corrected(change: () => Promise<ResumeRead>): Promise<boolean> {
    if (this.running) return false;
    let well = false;
    await this.alone(async () => {
      const resume = await this.attempt("resume", null, change);
      if (resume) this.send({ do: "corrected", resume });
      well = resume !== undefined;
    });
    return well;
  }

  chooseResume = () => this.takeResume(() => this.backend.chooseResume());
  pasteResume = (text: string) => this.takeResume(() => this.backend.pasteResume(text));
  choosePosting = () => this.takePosting(() => this.backend.choosePosting());
  /** The text of a posting, or a link to one. */
  pastePosting = (text: string) =>
    this.takePosting(() => (isLink(text) ? this.backend.fetchPosting(text.trim()) : this.backend.pastePosting(text)));

  private async takeResume(read: () => Promise<ResumeRead | null>, file: string | null = null): Promise<boolean> {
    const resume = await this.attempt("resume", "resume", read, file);
    if (resume) this.send({ do: "resume", resume });
    return resume != null;
  }

  private async takePosting(read: () => Promise<PostingRead | null>): Promise<boolean> {
    const posting = await this.attempt("posting", "posting", read);
    if (posting) this.send({ do: "posting", posting });
    return posting != null;
  }

  async loadSample(): Promise<void> {
    const app = await this.attempt("resume", "resume", () => this.backend.loadSample());
    if (!app?.resume) return;
    this.send({ do: "resume", resume: app.resume });
    this.send({ do: "app", app });
    this.go("read");
  }

  async startOver(): Promise<void> {
    const app = await this.attempt("window", null, () => this.backend.startOver());
    if (!app) return;
    this.send({ do: "posting", posting: null });
    this.send({ do: "app", app });
    this.go("start");
  }

  get running(): boolean {
    return this.state.run?.phase === "running";
  }

  get ready(): boolean {
    return this.state.app?.resume != null && this.state.app.posting != null && !this.running && this.state.busy === null;
  }

  async tailor(): Promise<void> {
    if (!this.ready) return;
    const run = await this.attempt("run", "run", () => this.backend.tailor());
    if (run) this.send({ do: "tailoring", run, now: performance.now() });
    if (run && this.state.run?.phase === "finished") await this.finished();
  }

  async cancel(): Promise<void> {
    const run = this.state.run;
    if (run?.phase === "running") await this.attempt("run", null, () => this.backend.cancel(run.id));
  }

  /** Whether a decision is on its way. */
  get deciding(): boolean { return this.pending; }

  /** Decides, and goes to the next edit unless another was selected meanwhile. */
  decide = (edit: EditId, decision: Decision) => this.alone(async () => {
    const review = await this.attempt("review", null, () => this.backend.decide(edit, decision));
    if (!review) return;
    this.send({ do: "review", review });
    if (this.state.selected === edit) this.step(1);
  });

  /** Lets an unsupported edit through, on the user's word for the claims that were shown. */
  vouch = (edit: EditId, claims: string[]) => this.alone(async () => {
    const review = await this.attempt("review", null, () => this.backend.vouch(edit, claims));
    if (review) this.send({ do: "review", review });
  });

  /** Gives an edit the user's own text; whether that went well. */
  async rewrite(edit: EditId, text: string): Promise<boolean> {
    if (this.pending) return false;
    const review = await this.attempt("review", null, () => this.backend.rewrite(edit, text));
    if (review) this.send({ do: "review", review });
    return review != null;
  }

  decideSupported = () => this.alone(async () => {
    const review = await this.attempt("review", null, () => this.backend.decideSupported());
    if (review) this.send({ do: "review", review });
  });

  /** Drops what is asked while a decision is on its way: it was meant for what is on the screen until then. */
  private async alone(work: () => Promise<void>): Promise<void> {
    if (this.pending) return;
    this.pending = true;
    try {
      await work();
    } finally {
      this.pending = false;
    }
  }

  /** Goes to the review, and asks for it where it is not here yet. */
  async openReview(): Promise<void> {
    if (this.state.review === null) await this.finished();
    this.go("review");
  }

  /** Takes the last change back, or all that were made in one go. */
  undo = () => this.alone(async () => {
    const about = this.state.review?.undo;
    if (about == null) return;
    const review = await this.attempt("review", null, () => this.backend.undo());
    if (!review) return;
    this.send({ do: "review", review });
    this.send({ do: "select", edit: about });
  });

  /** Selects the next edit, or the previous one. */
  step(by: 1 | -1): void {
    const edits = this.state.review?.edits ?? [];
    const at = edits.findIndex((edit) => edit.edit === this.state.selected);
    const next = edits[Math.min(edits.length - 1, Math.max(0, at + by))];
    if (next) this.send({ do: "select", edit: next.edit });
  }

  async export(format: ExportFormat): Promise<void> {
    if (this.state.busy !== null) return;
    const exported = await this.attempt("export", "export", () => this.backend.export(format));
    if (exported) this.send({ do: "exported", exported });
  }

  async saveSettings(change: Partial<Settings>): Promise<void> {
    const settings = this.state.app?.settings;
    const app = settings && (await this.attempt("settings", null, () => this.backend.saveSettings({ ...settings, ...change })));
    if (app) this.settled(app);
  }

  async setKey(key: string): Promise<boolean> {
    const app = await this.attempt("settings", "settings", () => this.backend.setKey(key));
    if (app) this.settled(app);
    return app != null;
  }

  async deleteKey(): Promise<void> {
    const app = await this.attempt("settings", "settings", () => this.backend.deleteKey());
    if (app) this.settled(app);
  }

  /** Changes what is chosen for the provider at work. */
  choose = (change: Partial<ProviderChoice>): Promise<void> => {
    const { app } = this.state;
    const of = app && provider(app);
    if (!of) return Promise.resolve();
    return this.saveSettings({ providers: { ...app.settings.providers, [of.id]: { ...choice(app, of), ...change } } });
  };

  private settled(app: AppState): void {
    this.send({ do: "app", app });
    this.send({ do: "trouble", trouble: null });
  }

  go(view: View): void {
    if (view === "start" && this.running) return;
    if (reachable(this.state, view)) this.send({ do: "view", view });
  }

  openSettings = (open: boolean) => this.send({ do: "settings", open });

  private async attempt<T>(
    at: Trouble["at"], busy: State["busy"], work: () => Promise<T>, file: string | null = null,
  ): Promise<T | undefined> {
    if (busy) this.send({ do: "busy", with: busy });
    try {
      return await work();
    } catch (thrown) {
      this.fail(at, thrown, file);
      return undefined;
    } finally {
      if (busy) this.send({ do: "busy", with: null });
    }
  }

  private fail(at: Trouble["at"], thrown: unknown, file: string | null = null): void {
    // A change made in leaving the settings fails when they are no longer shown.
    const shown = at === "settings" && !this.state.settings ? "window" : at;
    this.send({ do: "trouble", trouble: { at: shown, report: failure(thrown), file } });
  }
}
