// The three states of a field of a partial value: absent, being written, done.

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
