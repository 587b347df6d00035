/**
 * Reads small XML documents that people wrote by hand: elements, attributes, text, CDATA, comments. Strict: one root, every
 * element closed by its own name, no document type, and no entities but the five of XML and references to characters.
 */
export interface Markup {
  name: string;
  attributes: Readonly<Record<string, string>>;
  children: readonly Markup[];
  /** All character data directly inside, joined. */
  text: string;
}

export type MarkupReading = { ok: true; root: Markup } | { ok: false; reason: string };

const LONGEST = 500_000;
const DEEPEST = 24;
const MOST_ELEMENTS = 10_000;

const NAME = '[A-Za-z_][\\w.:-]*';
const TAG = new RegExp(`<(/?)(${NAME})((?:\\s+${NAME}\\s*=\\s*(?:"[^"<]*"|'[^'<]*'))*)\\s*(/?)>`, 'y');
const ATTRIBUTE = new RegExp(`(${NAME})\\s*=\\s*(?:"([^"]*)"|'([^']*)')`, 'g');
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

class Unreadable extends Error {}

interface Open extends Markup {
  children: Markup[];
}

export function readMarkup(xml: string): MarkupReading {
  try {
    if (xml.length > LONGEST) throw new Unreadable(`It has more than ${String(LONGEST)} characters.`);
    return { ok: true, root: parse(xml.replace(/^\uFEFF/, '')) };
  } catch (error) {
    if (error instanceof Unreadable) return { ok: false, reason: error.message };
    throw error;
  }
}

function parse(xml: string): Markup {
  const top: Open = { name: '', attributes: {}, children: [], text: '' };
  const open: Open[] = [top];
  let [at, count] = [0, 0];
  while (at < xml.length) {
    const inside = open.at(-1) ?? top;
    const lt = xml.indexOf('<', at);
    inside.text += decoded(xml.slice(at, lt === -1 ? xml.length : lt));
    if (lt === -1) break;
    const other = afterOther(xml, lt, inside);
    at = other ?? afterTag(xml, lt, open);
    count += 1;
    if (count > MOST_ELEMENTS) throw new Unreadable('It has too many elements.');
    if (open.length > DEEPEST) throw new Unreadable('It is nested too deep.');
  }
  const [root, second] = top.children;
  if (open.length > 1) throw new Unreadable(`<${open.at(-1)?.name ?? ''}> is not closed.`);
  if (root === undefined || second !== undefined || top.text.trim() !== '') {
    throw new Unreadable('It has not exactly one root element.');
  }
  return root;
}

/** What follows a comment, CDATA or a declaration; undefined where a tag begins. */
function afterOther(xml: string, lt: number, inside: Open): number | undefined {
  if (xml.startsWith('<!--', lt)) return after(xml, '-->', lt + 4);
  if (xml.startsWith('<?', lt)) return after(xml, '?>', lt);
  if (xml.startsWith('<![CDATA[', lt)) {
    const end = after(xml, ']]>', lt);
    inside.text += xml.slice(lt + 9, end - 3);
    return end;
  }
  if (xml.startsWith('<!', lt)) throw new Unreadable('It has a document type, which is not accepted.');
  return undefined;
}

function afterTag(xml: string, lt: number, open: Open[]): number {
  TAG.lastIndex = lt;
  const tag = TAG.exec(xml);
  if (tag === null) throw new Unreadable(`There is no proper tag at character ${String(lt + 1)}.`);
  const [all, end, name = '', attributes = '', empty] = tag;
  const inside = open.at(-1);
  if (end === '/') {
    if (inside?.name !== name || open.length === 1)
      throw new Unreadable(`</${name}> closes what is not open.`);
    open.pop();
  } else {
    const element: Open = { name, attributes: attributesIn(attributes), children: [], text: '' };
    inside?.children.push(element);
    if (empty !== '/') open.push(element);
  }
  return lt + all.length;
}

function after(xml: string, mark: string, from: number): number {
  const found = xml.indexOf(mark, from);
  if (found === -1) throw new Unreadable('It ends in the middle of something.');
  return found + mark.length;
}

function attributesIn(text: string): Record<string, string> {
  const pairs = [...text.matchAll(ATTRIBUTE)].map(([, name = '', double, single]): [string, string] => [
    name,
    decoded(double ?? single ?? ''),
  ]);
  if (new Set(pairs.map(([name]) => name)).size < pairs.length)
    throw new Unreadable('An attribute stands twice.');
  return Object.fromEntries(pairs);
}

function decoded(text: string): string {
  return text.replaceAll(/&([^;&]{0,12});?/g, (all, name: string) => {
    const [, hex, decimal] = /^#(?:x([\da-f]{1,6})|(\d{1,7}))$/i.exec(name) ?? [];
    const code = hex !== undefined ? Number.parseInt(hex, 16) : Number(decimal ?? '-1');
    const isCharacter = code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
    const found = isCharacter ? String.fromCodePoint(code) : ENTITIES[name];
    if (found === undefined || !all.endsWith(';')) throw new Unreadable(`There is no entity ${all}.`);
    return found;
  });
}
