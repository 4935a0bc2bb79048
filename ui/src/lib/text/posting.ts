// A posting's Markdown, line by line: headings, list items, text.

export interface PostingLine {
  kind: "heading" | "item" | "text";
  text: string;
}

export function postingLines(markdown: string): PostingLine[] {
  return markdown.split("\n").flatMap((raw): PostingLine[] => {
    const line = raw.trim();
    if (line === "") return [];
    const heading = /^#{1,6}\s+(.*)$/.exec(line);
    if (heading) return [{ kind: "heading", text: heading[1]! }];
    const item = /^[-*•]\s+(.*)$/.exec(line);
    return [item ? { kind: "item", text: item[1]! } : { kind: "text", text: line }];
  });
}

/** Whether a text is a link and nothing else. */
export const isLink = (text: string): boolean => /^https?:\/\/\S+$/i.test(text.trim());

/** The site of a link. */
export const site = (link: string): string => /^https?:\/\/([^/?#\s]+)/i.exec(link.trim())?.[1] ?? link;

/** How a warning begins that the reader gives where a posting speaks to AI tools. */
const toAi = "This posting contains instructions to AI tools.";

const isToAi = (warning: string): boolean => warning.startsWith(toAi);

/** What is said of instructions to AI tools in a posting; `null` where there are none. */
export function speaksToAi(warnings: string[]): { head: string; rest: string } | null {
  const warning = warnings.find(isToAi);
  if (warning === undefined) return null;
  const rest = warning.slice(toAi.length).trim();
  return { head: toAi, rest: rest || "They are not followed: they can add nothing to your resume, and they do not change the fit." };
}

/** The other warnings. */
export const otherWarnings = (warnings: string[]): string[] => warnings.filter((warning) => !isToAi(warning));
