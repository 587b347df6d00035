import type { XmlElement } from './read-xml.js';
import type { XmlRpcValue } from './value.js';

/**
 * An element of no known meaning as JSON has it, so that it can be kept: its text, or its elements by their names, several
 * of one name as a list. Text beside elements goes by the name of nothing.
 */
export function xmlValue(element: XmlElement): XmlRpcValue {
  if (element.children.length === 0) return element.text;
  const members = new Map<string, XmlRpcValue[]>();
  for (const child of element.children) {
    members.set(child.name, [...(members.get(child.name) ?? []), xmlValue(child)]);
  }
  const text = element.text.trim();
  const named = [...members].map(([name, all]): [string, XmlRpcValue] => [
    name,
    all.length > 1 ? all : (all[0] ?? ''),
  ]);
  return Object.fromEntries(text === '' ? named : [...named, ['', text]]);
}
