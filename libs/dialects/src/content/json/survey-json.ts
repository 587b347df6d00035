import { isExact } from './exact-numbers.js';

/** What a text of JSON holds, told by one look at it. Of what is no JSON it says something, too, and nothing of use. */
export interface JsonSurvey {
  /** Names of members, repeated ones counted as often as they stand there. */
  names: number;
  /** Levels of lists and objects. */
  depth: number;
  /** Whether each number is kept as it is written. */
  exact: boolean;
}

const [QUOTE, BACKSLASH, COLON, MINUS, ZERO, NINE] = [0x22, 0x5c, 0x3a, 0x2d, 0x30, 0x39];
const [LIST, LIST_END, OBJECT, OBJECT_END] = [0x5b, 0x5d, 0x7b, 0x7d];
const NUMBER = /-?[\d.]+(?:[eE][+-]?\d+)?/y;
/** JavaScript keeps as many digits in any case. */
const SURE_DIGITS = 9;

/** Texts are jumped over, so what costs is the few characters between them. */
export function surveyJson(json: string): JsonSurvey {
  let [names, depth, level, exact] = [0, 0, 0, true];
  for (let at = 0; at < json.length; at += 1) {
    const code = json.charCodeAt(at);
    if (code === QUOTE) at = endOfText(json, at);
    else if (code === COLON) names += 1;
    else if (code === OBJECT || code === LIST) {
      level += 1;
      if (level > depth) depth = level;
    } else if (code === OBJECT_END || code === LIST_END) level -= 1;
    else if (code === MINUS || (code >= ZERO && code <= NINE)) {
      const number = numberAt(json, at);
      exact &&= (number.length <= SURE_DIGITS && !/e/i.test(number)) || isExact(number);
      at += number.length - 1;
    }
  }
  return { names, depth, exact };
}

/** The place of the quotation mark that ends a text; behind everything where none does. */
function endOfText(json: string, from: number): number {
  for (let at = json.indexOf('"', from + 1); at !== -1; at = json.indexOf('"', at + 1)) {
    let before = at - 1;
    while (json.charCodeAt(before) === BACKSLASH) before -= 1;
    if ((at - before) % 2 === 1) return at;
  }
  return json.length;
}

function numberAt(json: string, at: number): string {
  NUMBER.lastIndex = at;
  return NUMBER.exec(json)?.[0] ?? json.charAt(at);
}
