// Keys that work without the mouse.

const mac = /Mac|iPhone|iPad/.test(navigator.platform);

/** Whether the command key of this system is down, and no other. */
export const command = (event: KeyboardEvent): boolean =>
  (mac ? event.metaKey && !event.ctrlKey : event.ctrlKey && !event.metaKey) && !event.altKey;

/** `⌘E` here, `Ctrl+E` there. */
export const commandName = (key: string): string => (mac ? `⌘${key}` : `Ctrl+${key}`);

/** Whether a text field has the focus, so that single letters are text. */
export function typing(event: KeyboardEvent): boolean {
  const at = event.target;
  if (!(at instanceof HTMLElement)) return false;
  return at.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName);
}

/** Leaves the field that has the focus, so that what was typed in it is kept as a change. */
export function leaveField(): void {
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
}

/** A single letter that is not text and not part of a shortcut. */
export const letter = (event: KeyboardEvent): boolean =>
  !typing(event) && !event.ctrlKey && !event.metaKey && !event.altKey && document.querySelector("dialog[open]") === null;

/** Moves the focus to the next pane. */
export function nextPane(back: boolean): void {
  const panes = [...document.querySelectorAll<HTMLElement>("[data-pane]")].filter((pane) => pane.offsetParent !== null);
  if (panes.length === 0) return;
  const at = panes.findIndex((pane) => pane.contains(document.activeElement));
  const next = panes[(at + (back ? -1 : 1) + panes.length) % panes.length];
  next?.focus();
}
