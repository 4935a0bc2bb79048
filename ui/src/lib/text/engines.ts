// Who does the work, in words.

import type { AppState, ProviderChoice, ProviderOffer, Settings } from "../api/types";

export const offline = (settings: Pick<Settings, "engine">): boolean => settings.engine === "offline";

/** The provider that is chosen; `null` offline. */
export const provider = (app: Pick<AppState, "settings" | "providers">): ProviderOffer | null =>
  app.providers.find(({ id }) => id === app.settings.engine) ?? null;

/** What was chosen for a provider, or what it begins with. */
export const choice = (app: Pick<AppState, "settings">, of: ProviderOffer): ProviderChoice =>
  app.settings.providers[of.id] ?? { model: of.default_model ?? "", base_url: null };

/** How a provider is called where it is offered. */
export const offerName = (of: ProviderOffer): string => (of.id === "other" ? "Another server" : of.name);

/** `claude-sonnet-5-5` as `Claude Sonnet 5.5`; other names as they are. */
export function modelName(model: string): string {
  const known = /^claude-([a-z]+)-(\d+)(?:-(\d{1,2}))?$/.exec(model);
  if (!known) return model;
  const family = known[1]!;
  return `Claude ${family[0]!.toUpperCase()}${family.slice(1)} ${known[2]}${known[3] ? `.${known[3]}` : ""}`;
}

/** The engine by the name of its model, or else of its provider. */
export function engineName(app: Pick<AppState, "settings" | "providers">): string {
  const of = provider(app);
  if (of === null) return "Offline engine";
  return modelName(choice(app, of).model) || offerName(of);
}

/** Why the chosen engine cannot work yet; `null` when it can. */
export function lacks(app: AppState): string | null {
  const of = provider(app);
  if (of === null) return null;
  const { model, base_url } = choice(app, of);
  // A server at an address of one's own may do without a key.
  if (of.needs_key && !app.has_key && base_url === null) return `${offerName(of)} needs a key.`;
  if (of.home === null && base_url === null) return `${offerName(of)} needs an address.`;
  return model === "" ? `No model of ${offerName(of)} is chosen.` : null;
}

/** Where the text of the resume goes, in one sentence. */
export function goesTo(app: AppState): string {
  const of = provider(app);
  if (of === null) return "Offline engine. Nothing leaves this computer.";
  const { base_url } = choice(app, of);
  const where = base_url === null ? (of.local ? `${of.name} on this computer` : offerName(of)) : hostOf(base_url);
  return `Name, phone, mail and links stay here. The rest goes to ${where} when you press Tailor.`;
}

function hostOf(url: string): string {
  try {
    return new URL(url).host;
  } catch {
    return url;
  }
}
