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
