import { escapedText } from './escaped-text.js';
import { foldedLine } from './folded-line.js';
import { tidyLine, tidyLines } from '../tidy-text.js';
import type { PhoneKind, VCard } from './vcard.js';

/** MAIN and OTHER are Apple's; a program that does not know them still sees a telephone. */
const TYPES: Readonly<Record<PhoneKind, string>> = {
  mobile: 'CELL',
  work: 'WORK',
  home: 'HOME',
  main: 'MAIN,VOICE',
  fax: 'FAX',
  other: 'OTHER,VOICE',
};
const TYPE_UNTOLD = 'VOICE';

/**
 * Writes a vCard 3.0 (RFC 2426): phones and Outlook import that one and not all of them 4.0.
 *
 * Line ends and other control characters of a value are cleaned away, so no value can add a property of its own. A card must
 * have a name: without one it is the company, else the e-mail address, else the first number.
 *
 * @param card  its `id` stands for a missing `uid`
 * @returns with a line end behind it, so that cards can be put one after the other
 */
export function writeVCard(card: VCard & { id: string }): string {
  const name = firstOf(card.name, card.company, card.email, card.phones[0]?.number);
  const categories = card.categories.map(tidyLine).filter((category) => category !== '');
  const lines = [
    'BEGIN:VCARD',
    'VERSION:3.0',
    ...property('UID', firstOf(card.uid, card.id)),
    `FN:${escapedText(name)}`,
    `N:${partsOf(name)}`,
    ...property('ORG', firstOf(card.company)),
    ...property('TITLE', firstOf(card.title)),
    ...card.phones.flatMap(({ number, kind }) =>
      property(`TEL;TYPE=${kind === null ? TYPE_UNTOLD : TYPES[kind]}`, firstOf(number)),
    ),
    ...property('EMAIL;TYPE=INTERNET', firstOf(card.email)),
    ...urlProperty(firstOf(card.url)),
    ...property('NOTE', tidyLines(card.note ?? '')),
    ...(categories.length === 0 ? [] : [`CATEGORIES:${categories.map(escapedText).join(',')}`]),
    'END:VCARD',
  ];
  return lines.map((line) => `${foldedLine(line)}\r\n`).join('');
}

/** The first text that is not empty, in one line; empty when all are. */
function firstOf(...texts: (string | null | undefined)[]): string {
  return texts.map((text) => tidyLine(text ?? '')).find((text) => text !== '') ?? '';
}

function property(head: string, value: string): string[] {
  return value === '' ? [] : [`${head}:${escapedText(value)}`];
}

/**
 * A URL is no text and keeps its commas and semicolons (RFC 2426 section 3.6.8). A backslash is of no URL, and would be read
 * as an escape.
 */
function urlProperty(url: string): string[] {
  return url === '' ? [] : [`URL:${url.replaceAll('\\', '\\\\')}`];
}

/** `family;given;;;`. The last of several words is the family's name, which is right more often than not. */
function partsOf(name: string): string {
  const words = name.split(/\s+/);
  const family = words.length > 1 ? words.pop() : undefined;
  return `${escapedText(family ?? '')};${escapedText(words.join(' '))};;;`;
}
