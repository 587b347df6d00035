import { note, quoted, shapes, type DocumentShape } from '#domain';
import { readPath } from './path-shape.js';
import type { ReadyTemplate, TemplatePart } from './ready-mapping.js';

const { text } = shapes;

const MOST_PLACES = 30;
const PLACE = /\{\{([^{}]{0,200})\}\}/g;
const SECRET = /^secret(?:\.([A-Za-z0-9_-]{1,40}))?$/;

/**
 * Text with places in it: words of ours, secrets, or paths.
 *
 * @param words  that have a meaning here; `secret` allows secrets
 */
export function template(words: readonly string[], max = 4000): DocumentShape<ReadyTemplate> {
  return (value, at) => {
    if (value === '') return [];
    // Line breaks belong to what is sent.
    if (typeof value !== 'string' || value.length > max) {
      text({ max })(value, at);
      return [];
    }
    const parts: TemplatePart[] = [];
    let from = 0;
    for (const found of value.matchAll(PLACE)) {
      if (found.index > from) parts.push({ kind: 'text', text: value.slice(from, found.index) });
      from = found.index + found[0].length;
      const part = placeOf((found[1] ?? '').trim(), words);
      if (typeof part === 'string') note(at, part);
      else parts.push(part);
    }
    if (from < value.length) parts.push({ kind: 'text', text: value.slice(from) });
    if (parts.length > MOST_PLACES * 2) note(at, `This has more than ${MOST_PLACES} places.`);
    return parts;
  };
}

/** @returns a sentence where it is no place */
function placeOf(name: string, words: readonly string[]): TemplatePart | string {
  if (words.includes(name))
    return name === 'secret' ? { kind: 'secret', name: 'secret' } : { kind: 'word', word: name };
  const secret = SECRET.exec(name)?.[1];
  if (secret !== undefined && words.includes('secret')) return { kind: 'secret', name: secret };
  if (name === '') return 'A place {{ }} has nothing in it.';
  const path = readPath(name);
  return typeof path === 'string' ? `In {{ ${quoted(name)} }}: ${path}` : { kind: 'path', path };
}
