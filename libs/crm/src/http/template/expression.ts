/**
 * The expressions of CRM templates: text with `[Variable]`, `[[Variable].Method("argument")]` and `[IIf(condition,this,that)]` in
 * it, inside each other.
 */
export type Part =
  | string
  | { kind: 'variable'; name: string }
  | { kind: 'method'; of: readonly Part[]; method: string; words: readonly string[] }
  | { kind: 'if'; condition: string; yes: string; no: string };

const DEEPEST = 8;

/** Null where brackets do not match, or it is nested too deep. */
export function readExpression(text: string, deep = 0): readonly Part[] | null {
  if (deep > DEEPEST) return null;
  const parts: Part[] = [];
  let at = 0;
  while (at < text.length) {
    const open = text.indexOf('[', at);
    if (open === -1) break;
    const close = closing(text, open);
    if (close === -1) return null;
    if (open > at) parts.push(text.slice(at, open));
    const inside = readInside(text.slice(open + 1, close).trim(), deep);
    if (inside === null) return null;
    parts.push(...inside);
    at = close + 1;
  }
  if (at < text.length) parts.push(text.slice(at));
  return parts;
}

function readInside(text: string, deep: number): readonly Part[] | null {
  if (/^\w+(::\w+)?$/.test(text)) return [{ kind: 'variable', name: text }];
  const [, choice] = /^IIf\s*\(([^]*)\)$/i.exec(text) ?? [];
  if (choice !== undefined) {
    const [condition, yes, no, ...more] = splitAt(choice, ',');
    if (condition === undefined || yes === undefined || no === undefined || more.length > 0) return null;
    return [{ kind: 'if', condition, yes, no }];
  }
  if (!text.startsWith('[')) return null;
  const close = closing(text, 0);
  if (close === -1) return null;
  const of = readExpression(text.slice(0, close + 1), deep + 1);
  const rest = text.slice(close + 1).trim();
  // Twice in brackets: what the variable holds is an expression itself.
  if (of === null || rest === '') return of;
  const [, method, words] = /^\.(\w+)\s*\(([^]*)\)$/.exec(rest) ?? [];
  if (method === undefined || words === undefined) return null;
  const list = words.trim() === '' ? [] : splitAt(words, ',').map(unquoted);
  return [{ kind: 'method', of, method, words: list }];
}

/** Of an opening bracket. -1: there is none. */
function closing(text: string, open: number): number {
  let deep = 0;
  for (let at = open; at < text.length; at += 1) {
    if (text[at] === '[') deep += 1;
    if (text[at] === ']') deep -= 1;
    if (deep === 0) return at;
  }
  return -1;
}

/** At marks that are outside of brackets, parentheses and quotes. */
export function splitAt(text: string, mark: string): string[] {
  const parts = [''];
  let [deep, quoted] = [0, false];
  for (let at = 0; at < text.length; at += 1) {
    const letter = text[at] ?? '';
    if (letter === '"') quoted = !quoted;
    if (!quoted && /[[(]/.test(letter)) deep += 1;
    if (!quoted && /[\])]/.test(letter)) deep -= 1;
    if (!quoted && deep === 0 && text.startsWith(mark, at)) {
      parts.push('');
      at += mark.length - 1;
    } else {
      parts.push(`${parts.pop() ?? ''}${letter}`);
    }
  }
  return parts;
}

export function unquoted(text: string): string {
  return /^"[^"]*"$/.test(text.trim()) ? text.trim().slice(1, -1) : text.trim();
}
