import { readVCards, type VCard } from '#domain';
import { csvLine } from '#platform';

/** In the order in which a contact's numbers are kept: who is called on the way is wanted first. */
const KINDS = ['mobile', 'work', 'main', 'home', 'other', null, 'fax'] as const;
const HEADER = [
  ...['externalId', 'name', 'company', 'email', 'url'],
  ...KINDS.map((kind) => (kind === null ? 'phone' : `phone:${kind}`)),
  ...['metadata:title', 'metadata:note', 'metadata:categories'],
];
const BOUND = /^(BEGIN|END):VCARD[ \t]*\r?$/gim;
const LINE_ENDS = /\s*[\r\n]+\s*/g;
/** What parts several numbers of one cell. */
const PARTS = /[;,]/g;

/** An address book as the table that is imported: a row for each card, so that the n-th card is in line n + 1. */
export async function* csvOfVCards(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const decoder = new TextDecoder();
  let held = csvLine(HEADER);
  let rest = '';
  for await (const piece of pieces) {
    rest += decoder.decode(piece, { stream: true });
    const end = endOfCards(rest);
    if (end === 0) continue;
    yield Buffer.from(held + rowsOf(rest.slice(0, end)));
    held = '';
    rest = rest.slice(end);
  }
  const last = held + rowsOf(rest + decoder.decode());
  if (last !== '') yield Buffer.from(last);
}

/** Where the last card ends that is whole; one may hold another. */
function endOfCards(text: string): number {
  let depth = 0;
  let end = 0;
  for (const { 0: line, 1: bound = '', index } of text.matchAll(BOUND)) {
    depth = Math.max(0, depth + (bound.toUpperCase() === 'BEGIN' ? 1 : -1));
    if (depth === 0) end = index + line.length;
  }
  return end;
}

function rowsOf(text: string): string {
  return readVCards(text)
    .map(({ card }) => rowOf(card))
    .join('');
}

function rowOf({ uid, name, company, email, url, title, note, categories, phones }: VCard): string {
  const numbers = KINDS.map((wanted) =>
    phones
      .filter(({ kind }) => kind === wanted)
      .map(({ number }) => number.replace(PARTS, ' '))
      .join('; '),
  );
  const cells = [uid, name, company, email, url, ...numbers, title, note, categories.join(', ')];
  return csvLine(cells.map((cell) => cell?.replace(LINE_ENDS, ' ') ?? null));
}
