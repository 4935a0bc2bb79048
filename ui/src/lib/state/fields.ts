// The three states of a field of a partial value: absent, being written, done; and how patches change them.

import type { Op, Patch, Place } from "../api/types";

type Has<T> = { writing: T } | { done: T };
/** A field as it arrives: no key at all where nothing of it has come. */
export type Given<T> = Has<T> | "absent" | undefined;

/** What there is, whole or not. */
export function soFar<T>(field: Given<T>): T | undefined {
  if (field === undefined || field === "absent") return undefined;
  return "done" in field ? field.done : field.writing;
}

/** The whole value. */
export function done<T>(field: Given<T>): T | undefined {
  return field !== undefined && field !== "absent" && "done" in field ? field.done : undefined;
}

/** The items of a list, whole or not. */
export function items<T>(field: Given<Array<Given<T>>>): { value: T; done: boolean }[] {
  return (soFar(field) ?? []).flatMap((item) => {
    const value = soFar(item);
    return value === undefined ? [] : [{ value, done: done(item) !== undefined }];
  });
}

/** The items of a list that are whole. */
export const doneItems = <T>(field: Given<Array<Given<T>>>): T[] =>
  items(field).flatMap((item) => (item.done ? [item.value] : []));

/** A field after a patch. What the patch does not touch stays the very same object. */
export const patched = (field: Given<unknown>, patch: Patch): Given<unknown> =>
  patch.reduce<Given<unknown>>((now, op) => changed(now, op.at, 0, op), field);

/** A field after one change of it, or of what is in it from the `depth`th step of the way on. */
function changed(field: Given<unknown>, way: Place[], depth: number, op: Op): Given<unknown> {
  const place = way[depth];
  if (place === undefined) return here(field, op);
  const whole = soFar(field);
  // A change of what is not there: one before it was lost, and a snapshot is on its way.
  if (whole === null || typeof whole !== "object") return field;
  const inside = Array.isArray(whole) ? [...(whole as unknown[])] : { ...whole };
  const parts = inside as Record<Place, Given<unknown>>;
  parts[place] = changed(parts[place], way, depth + 1, op);
  return { writing: inside };
}

function here(field: Given<unknown>, op: Op): Given<unknown> {
  let now = "set" in op ? (op.set as Given<unknown>) : field;
  if (op.add !== undefined) {
    const text = soFar(now);
    now = { writing: (typeof text === "string" ? text : "") + op.add };
  }
  return op.done ? { done: soFar(now) } : now;
}
