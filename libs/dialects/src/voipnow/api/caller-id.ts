/** A caller as the vendor writes one: `John Doe <4242425>`, a number alone, or a number in brackets. */
export interface CallerId {
  name: string | null;
  number: string;
}

const WITH_NAME = /^\s*"?([^<>"]{0,100}?)"?\s*<\s*([+\d*]{1,32})\s*>\s*$/;
const ALONE = /^\s*([+\d*]{1,32})\s*$/;

/** @returns null for what is none */
export function readCallerId(text: string): CallerId | null {
  const alone = ALONE.exec(text)?.[1];
  if (alone !== undefined) return { name: null, number: alone };
  const [, name = '', number] = WITH_NAME.exec(text) ?? [];
  return number === undefined ? null : { name: name.trim() || null, number };
}
