// What files dropped on the window are taken for.

import type { AppState, Role } from "../api/types";

/** Names that a posting is likely to have and a resume is not. */
const postingName = /\b(job|posting|vacancy|position|stelle|annonce|advert)/i;

/** One file is the posting where a resume waits for one, or where its name says so; else it is the resume. */
export function dropRole(app: Pick<AppState, "resume" | "posting"> | null, name: string): Role {
  if (!app?.resume) return "resume";
  return app.posting === null || postingName.test(name) ? "posting" : "resume";
}

/** Of two files, the resume and the posting: the second is the posting unless only the first sounds like one. */
export function dropPair<F extends { name: string }>(first: F, second: F): [resume: F, posting: F] {
  return postingName.test(first.name) && !postingName.test(second.name) ? [second, first] : [first, second];
}
