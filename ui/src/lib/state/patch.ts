// Partial results come as what changed: each change once, however long the result has become. The same few rules
// stand in the llm crate's `patch`.

import type { Given } from "./fields";

/** One change of one field: first `set`, then `add`, then `done`, as far as each is there. */
export interface Op {
  /** Names of members and places in lists; the whole itself has the empty way. */
  at: (string | number)[];
  set?: unknown;
  add?: string;
  done?: boolean;
}

/** A change that fits nothing: one before it is missing. */
export class Misfit extends Error {}

type Field = Given<unknown>;

/** The field with the changes in it. What does not change is shared with what was there. */
export const patched = (field: Field, ops: Op[]): Field => ops.reduce((now, op) => changed(now, op.at, op), field);

function changed(field: Field, at: Op["at"], op: Op): Field {
  const [place, ...rest] = at;
  if (place === undefined) return here(field, op);
  if (field === undefined || field === "absent" || !("writing" in field)) throw new Misfit();
  const value = field.writing;
  if (Array.isArray(value)) {
    if (typeof place !== "number" || place > value.length) throw new Misfit();
    const items = value.slice();
    items[place] = changed(items[place], rest, op);
    return { writing: items };
  }
  if (typeof value !== "object" || value === null || typeof place !== "string") throw new Misfit();
  return { writing: { ...value, [place]: changed((value as Record<string, Field>)[place], rest, op) } };
}

function here(field: Field, op: Op): Field {
  let now = "set" in op ? (op.set as Field) : field;
  if (op.add) {
    if (now === undefined || now === "absent" || !("writing" in now) || typeof now.writing !== "string") throw new Misfit();
    now = { writing: now.writing + op.add };
  }
  if (op.done) {
    if (now === undefined || now === "absent") throw new Misfit();
    now = { done: "writing" in now ? now.writing : now.done };
  }
  return now;
}
