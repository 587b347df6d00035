/** Reads address books: vCard 2.1, 3.0 (RFC 2426) and 4.0 (RFC 6350), as Google, Apple, Outlook and Android phones write them. */
import { contentLines, type ContentLine } from './content-lines.js';
import { splitEscaped, unescapedText } from './escaped-text.js';
import { phoneKind } from './phone-kind.js';
import { tidyLine, tidyLines } from '../tidy-text.js';
import type { VCard } from './vcard.js';

export interface VCardRead {
  /** Where the card begins, from 1. */
  line: number;
  card: VCard;
}

type Text = 'uid' | 'name' | 'company' | 'email' | 'url' | 'title' | 'note';

/** Properties that have one text, and how it is read. */
const TEXTS = new Map<string, readonly [Text, (value: string) => string]>([
  ['UID', ['uid', plain]],
  ['FN', ['name', plain]],
  ['ORG', ['company', (value) => plain(splitEscaped(value, ';')[0] ?? '')]],
  ['EMAIL', ['email', (value) => plain(value).replace(/^mailto:\s*/i, '')]],
  ['URL', ['url', plain]],
  ['TITLE', ['title', plain]],
  ['NOTE', ['note', (value) => tidyLines(unescapedText(value))]],
]);
const WANTED: ReadonlySet<string> = new Set([...TEXTS.keys(), 'N', 'TEL', 'X-ABLABEL', 'CATEGORIES']);

/** Behind `AGENT:`, where some put what belongs in the next line. */
const BEGIN = /^\s*BEGIN\s*:\s*VCARD\s*$/i;
const TEL_SCHEME = /^tel:/i;
/** Parameters of a tel URI (RFC 3966). */
const URI_PARAMETERS = /;.*$/;
const EXTENSION = /;ext=.*$/i;

/**
 * Reads whatever is in a text of any origin, and nothing of what is no card.
 *
 * @param text  any number of cards
 * @returns a card for each one that begins, also when it never ends. One without any property that counts is all null.
 */
export function readVCards(text: string): VCardRead[] {
  const cards: { line: number; draft: Draft }[] = [];
  let draft: Draft | undefined;
  /** vCard 2.1 puts the card of somebody's secretary within the one of that person. */
  let agents = 0;
  let opensAgent = false;
  for (const content of contentLines(text, WANTED)) {
    const { line, name, value } = content;
    const [isBegin, isEnd] = [isBorder('BEGIN', content), isBorder('END', content)];
    if (isBegin ? opensAgent : draft !== undefined && name === 'AGENT' && BEGIN.test(value)) agents += 1;
    else if (isBegin) {
      agents = 0;
      draft = new Draft();
      cards.push({ line, draft });
    } else if (isEnd && agents > 0) agents -= 1;
    else if (isEnd) draft = undefined;
    else if (agents === 0) draft?.add(content);
    opensAgent = draft !== undefined && name === 'AGENT' && value.trim() === '';
  }
  return cards.map(({ line, draft: read }) => ({ line, card: read.done() }));
}

function isBorder(border: 'BEGIN' | 'END', { name, value }: ContentLine): boolean {
  return name === border && value.trim().toUpperCase() === 'VCARD';
}

class Draft {
  private readonly texts = new Map<Text, { text: string; preference: number }>();
  private nameOfParts = '';
  private readonly categories: string[] = [];
  private readonly phones: { number: string; types: readonly string[]; group: string }[] = [];
  /** By group. They come after what they are about. */
  private readonly labels = new Map<string, string>();

  add({ name, group, parameters: { types, preference }, value }: ContentLine): void {
    const known = TEXTS.get(name);
    if (known !== undefined) this.prefer(known[0], known[1](value), preference);
    else if (name === 'N') this.nameOfParts ||= nameOfParts(value);
    else if (name === 'TEL') this.phones.push({ number: numberOf(value), types, group });
    else if (name === 'X-ABLABEL') this.labels.set(group, plain(value));
    else if (name === 'CATEGORIES') for (const category of listed(value)) this.categories.push(category);
  }

  done(): VCard {
    const text = (of: Text) => this.texts.get(of)?.text ?? null;
    return {
      uid: text('uid'),
      name: text('name') ?? (this.nameOfParts === '' ? null : this.nameOfParts),
      company: text('company'),
      email: text('email'),
      url: text('url'),
      title: text('title'),
      note: text('note'),
      categories: this.categories,
      phones: this.phones
        .filter(({ number }) => number !== '')
        .map(({ number, types, group }) => ({ number, kind: phoneKind(types, this.labelOf(group)) })),
    };
  }

  /** The one that is preferred, else the first one. */
  private prefer(of: Text, text: string, preference: number): void {
    const known = this.texts.get(of);
    if (text !== '' && (known === undefined || preference < known.preference))
      this.texts.set(of, { text, preference });
  }

  private labelOf(group: string): string {
    return group === '' ? '' : (this.labels.get(group) ?? '');
  }
}

function plain(value: string): string {
  return tidyLine(unescapedText(value));
}

/** Of `family;given;more;prefix;suffix`. */
function nameOfParts(value: string): string {
  const [family = [], given = []] = splitEscaped(value, ';').slice(0, 2).map(listed);
  return [...given, ...family].join(' ');
}

/** The texts of a list, without empty ones. */
function listed(value: string): string[] {
  return splitEscaped(value, ',')
    .map(plain)
    .filter((text) => text !== '');
}

function numberOf(value: string): string {
  const text = plain(value);
  if (!TEL_SCHEME.test(text)) return text.replace(EXTENSION, '').trim();
  const number = text.replace(TEL_SCHEME, '').replace(URI_PARAMETERS, '');
  try {
    return tidyLine(decodeURIComponent(number));
  } catch {
    return number.trim();
  }
}
