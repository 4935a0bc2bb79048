// Rust counts text in UTF-8 bytes, JavaScript in UTF-16 units.

/** The UTF-16 index of a byte offset in `text`. Inside a character: that character's start. Beyond the end: the end. */
export function indexOfByte(text: string, byte: number): number {
  let bytes = 0;
  let index = 0;
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0;
    bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    if (bytes > byte) return index;
    index += character.length;
  }
  return text.length;
}

/** The byte offset of a UTF-16 index in `text`. */
export const byteOfIndex = (text: string, index: number): number => new TextEncoder().encode(text.slice(0, index)).length;
