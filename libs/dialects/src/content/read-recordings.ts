import { readJson } from './read-json.js';
import { rawText } from './scalars.js';
import { isWordForNothing } from './word-for-nothing.js';

const WEB_ADDRESS = /^https?:\/\/[^\s/]+/i;
/** Several addresses in one text are parted by what no address has in front of another one. */
const BEFORE_ANOTHER = /(?<=[\s;|,])(?=https?:\/\/)/i;
const BETWEEN: ReadonlySet<string> = new Set([' ', '\t', '\r', '\n', '\u00a0', ';', '|', ',']);
const NONE: ReadonlySet<string> = new Set(['0', '-']);
/** A list of lists of objects is deeper than any PBX nests. */
const MAX_DEPTH = 5;
const TOO_DEEP = 'too deep';

/** `whole`: nothing came that is neither an address nor a word for none. */
export interface RecordingsReading {
  recordings: { url: string }[];
  whole: boolean;
}

/**
 * URLs of recordings, in whatever they come: a text, several in one text, a list, an object that has them under any name, or
 * the JSON text of either. None twice; `0`, `N/A` and the like are none.
 */
export function readRecordings(value: unknown): RecordingsReading {
  const urls = new Set<string>();
  let whole = true;
  for (const text of textsIn(value, MAX_DEPTH)) {
    if (WEB_ADDRESS.test(text)) urls.add(text);
    else whole &&= NONE.has(text) || isWordForNothing(text);
  }
  return { recordings: [...urls].map((url) => ({ url })), whole };
}

function textsIn(value: unknown, depth: number): string[] {
  // Whatever is in there is not read.
  if (depth === 0 && typeof value === 'object') return [TOO_DEEP];
  if (Array.isArray(value)) return value.flatMap((item) => textsIn(item, depth - 1));
  if (typeof value === 'object' && value !== null) {
    // Beside its address an object tells a name, a length and the like.
    const texts = Object.values(value).flatMap((member) => textsIn(member, depth - 1));
    const addresses = texts.filter((text) => WEB_ADDRESS.test(text));
    return addresses.length > 0 ? addresses : texts;
  }
  const text = rawText(value).trim();
  if (/^[[{]/.test(text)) {
    const reading = readJson(text);
    if (reading.ok) return textsIn(reading.value, depth - 1);
  }
  return text.split(BEFORE_ANOTHER).map(withoutMarkAtEnd);
}

function withoutMarkAtEnd(text: string): string {
  let end = text.length;
  while (BETWEEN.has(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end).trim();
}
