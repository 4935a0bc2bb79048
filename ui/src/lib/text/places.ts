// Which block stands where in the original.

import type { Block, Origin } from "../api/types";

/** A rectangle on a page of the original, in parts of the page's width and height, 0 to 1. */
export interface Spot {
  block: string;
  left: number;
  top: number;
  width: number;
  height: number;
}

/** The rectangles of blocks on a page, counted from 1, that is so many points wide and high. */
export function spots(blocks: Block[], page: number, size: { width: number; height: number }): Spot[] {
  return blocks.flatMap(({ id, origin }) =>
    origin.in !== "page" || origin.page !== page || size.width <= 0 || size.height <= 0 ? [] : [{
      block: id, left: origin.x / size.width, top: origin.y / size.height,
      width: origin.width / size.width, height: origin.height / size.height,
    }]);
}

/** The smallest rectangle around a point, given in parts of the page. */
export function spotAt(all: Spot[], x: number, y: number): Spot | null {
  const around = all.filter((spot) => x >= spot.left && x <= spot.left + spot.width && y >= spot.top && y <= spot.top + spot.height);
  return around.sort((a, b) => a.width * a.height - b.width * b.height)[0] ?? null;
}

/** A piece of a rendered original: from which lines or which paragraph of the file it came. */
export interface Piece {
  line: number | null;
  lineEnd: number | null;
  part: string | null;
  paragraph: number | null;
}

export function cameFrom(origin: Origin, piece: Piece): boolean {
  switch (origin.in) {
    case "lines": {
      if (piece.line === null) return false;
      return piece.line <= origin.last && (piece.lineEnd ?? piece.line) >= origin.first;
    }
    case "paragraphs":
      return piece.part === origin.part && piece.paragraph !== null && piece.paragraph >= origin.first && piece.paragraph <= origin.last;
    default:
      return false;
  }
}

/** The page that a block begins on, counted from 1. */
export const pageOf = (block: Block | undefined): number | null => (block?.origin.in === "page" ? block.origin.page : null);
