// Inputs and settings that hold nothing in particular.

import type { AppState, PostingRead, ProviderOffer, ResumeRead, Settings } from "../src/lib/api/types";

export const resume: ResumeRead = {
  file_name: "a.pdf", format: "PDF", fingerprint: "ab", doubts: [], confidence: 1,
  resume: { blocks: [], language: "en", warnings: [] }, corrections: { made: 0, removed: [], misfits: [], trouble: null },
};
export const posting: PostingRead = {
  file_name: null, posting: { title: "Engineer", employer: null, location: null, language: null, text: "Engineer", lines: [], warnings: [] },
};
export const settings: Settings = { engine: "offline", providers: {}, silence_s: 120, limit_usd: null, theme: "system" };

const offer = (id: string, name: string, given: Partial<ProviderOffer>): ProviderOffer => ({
  id, name, local: false, needs_key: true, key_variable: null, key_page: null, home: `https://${id}.example.com`, default_model: null, ...given,
});
export const anthropic = offer("anthropic", "Anthropic", { key_variable: "ANTHROPIC_API_KEY", default_model: "claude-sonnet-5-5" });
export const ollama = offer("ollama", "Ollama", { local: true, needs_key: false, home: "http://127.0.0.1:11434" });
export const other = offer("other", "The server", { needs_key: false, home: null });

export const app: AppState = {
  version: "0.1.0", settings, providers: [anthropic, ollama, other], has_key: false, keychain: "session", resume: null, posting: null,
};
