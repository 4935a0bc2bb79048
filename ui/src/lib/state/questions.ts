// Questions to the backend whose answers belong to one part of the window, and change nothing elsewhere.

import { type Backend, failure } from "../api/backend";
import type { Checked, ConnectionTest, EditId, Estimated, LocalServer, ModelOffer, Original } from "../api/types";

const sentence = (text: string): string => (/[.!?…]$/.test(text) ? text : `${text}.`);

/** An error as one line of text. */
function said(thrown: unknown): string {
  const { message, hint } = failure(thrown);
  return [sentence(message), hint].filter(Boolean).join(" ");
}

/** A page as an address for an image, or what is wrong. */
export type Drawn = { url: string } | { trouble: string };

/** Page pictures that are kept. More pages than a resume has. */
const most = 24;

export class Questions {
  private readonly backend: Backend;
  private shown: { file: string; original: Promise<Original> } | null = null;
  private readonly pages = new Map<string, Promise<Drawn>>();

  constructor(backend: Backend) {
    this.backend = backend;
  }

  /** How an edit would stand with this text; `null` where that cannot be told. */
  checkText = (edit: EditId, text: string): Promise<Checked | null> => this.backend.checkText(edit, text).catch(() => null);

  /** How the original looks; fails with a sentence. Asked once for each file, so that coming back shows it at once. */
  original(file: string): Promise<Original> {
    if (this.shown?.file !== file) {
      const original = this.backend.original().catch((thrown: unknown) => Promise.reject(said(thrown)));
      this.shown = { file, original };
      original.catch(() => (this.shown = null));
    }
    return this.shown!.original;
  }

  /** A page of the original as an address for an image; or a sentence on what is wrong. */
  drawPage(file: string, page: number, width: number): Promise<Drawn> {
    const key = [file, page, width].join();
    const known = this.pages.get(key);
    if (known) return known;
    const [oldest] = this.pages.keys();
    if (this.pages.size >= most && oldest !== undefined) {
      void this.pages.get(oldest)?.then((drawn) => "url" in drawn && URL.revokeObjectURL(drawn.url));
      this.pages.delete(oldest);
    }
    const drawn = this.draw(page, width);
    this.pages.set(key, drawn);
    void drawn.then((made) => "trouble" in made && this.pages.delete(key));
    return drawn;
  }

  private async draw(page: number, width: number): Promise<Drawn> {
    try {
      return { url: URL.createObjectURL(new Blob([await this.backend.drawPage(page, width)], { type: "image/png" })) };
    } catch (thrown) {
      return { trouble: said(thrown) };
    }
  }

  /** The models of the provider at work; fails with a sentence. */
  models = (): Promise<ModelOffer[]> => this.backend.models().catch((thrown: unknown) => Promise.reject(said(thrown)));

  /** Whether the provider at work answers. */
  testConnection = (): Promise<ConnectionTest> =>
    this.backend.testConnection()
      .catch((thrown: unknown) => {
        const { message, hint } = failure(thrown);
        return { well: false, told: message, hint };
      })
      .then((test) => ({ ...test, told: sentence(test.told) }));

  /** What a run would take; `null` offline, and where that cannot be told. */
  estimate = (): Promise<Estimated | null> => this.backend.estimate().catch(() => null);

  /** To the letter what would be sent; a sentence where there is nothing to send yet. */
  whatIsSent = (): Promise<string> => this.backend.whatIsSent().catch(said);

  /** Model servers on this computer. */
  localServers = (): Promise<LocalServer[]> => this.backend.localServers().catch(() => []);
}
