/** Reads the description of a CRM that a tenant wrote, or that was made out of a template. */
import { isRecord, readPieces, type Problem } from '#domain';
import {
  MEANINGS,
  type AnswerRule,
  type FindTemplate,
  type HttpSettings,
  type Lookup,
  type Maker,
  type RecordPaths,
  type UpdateTemplate,
  type WordMap,
} from './http-settings.js';
import { isEndOnly, isNumberForm } from './number-forms.js';
import type { PlacesOf } from './known-places.js';
import { PartReader } from './part-reader.js';

const MOST = { lookups: 6, numbers: 12, phones: 12, answers: 30, is: 20 };

export function readHttpSettings(given: unknown): { settings: HttpSettings; problems: readonly Problem[] } {
  const reader = new PartReader(given);
  const numbers = numbersIn(reader);
  const settings: HttpSettings = {
    numbers,
    lookups: reader.parts('lookups', MOST.lookups, (part) => readLookup(part, numbers)),
    create: reader.part('create', (part) => ({
      ...readMaker(part, 'create'),
      page: part.template('page', 'page'),
    })),
    log: reader.part('log', (part) => readMaker(part, 'call')),
    find: reader.part('find', readFind),
    update: reader.part('update', readUpdate),
    task: reader.part('task', (part) => readMaker(part, 'task')),
    probe: reader.part('probe', (part) => ({
      request: part.request('nothing'),
      account: part.pathIn('account'),
    })),
    answers: reader.parts('answers', MOST.answers, readRule),
    words: reader.partsByName('words', readWordMap),
  };
  if (settings.log === null && settings.lookups.length === 0 && reader.value('log') === undefined) {
    reader.complain('log', 'This is needed where there are no lookups.');
  }
  checkWords(reader, settings);
  return { settings, problems: reader.finish() };
}

/** Of placeholders for words of the CRM's, the words. */
function checkWords(reader: PartReader, { words, log, find, update, task }: HttpSettings): void {
  for (const [name, part] of Object.entries({ log, find, update, task })) {
    const named = [...JSON.stringify(part).matchAll(/\{\{\s*words\.([\w-]+)/g)].map(([, word = '']) => word);
    const unknown = named.find((word) => !Object.hasOwn(words, word));
    if (unknown !== undefined) reader.complain(name, `There is no words.${unknown} to fill in.`);
  }
}

function numbersIn(reader: PartReader): readonly string[] {
  const numbers = reader.texts('numbers', MOST.numbers);
  for (const form of numbers.filter((one) => !isNumberForm(one))) {
    const forms =
      'e164, digits, 00, national, significant, last4 to last15, or a pattern such as 0##-###-####';
    reader.complain('numbers', `${form} is no way of writing a number. There are: ${forms}.`);
  }
  return numbers.length === 0 ? ['e164'] : numbers;
}

function readLookup(part: PartReader, numbers: readonly string[]): Lookup {
  const lookup: Lookup = {
    type: part.text('type', { max: 100, byDefault: 'Contact' }),
    request: part.request('lookup'),
    list: part.pathIn('list'),
    fields: part.part('fields', readPaths) ?? readPaths(new PartReader({})),
    detail: part.part('detail', (detail) => ({ request: detail.request('found'), at: detail.pathIn('at') })),
    exact: part.flag('exact', false),
    page: part.template('page', 'page'),
  };
  if (!lookup.exact && lookup.fields.phones.length === 0) {
    part.complain('fields', 'Say where the phones are, or that only exact matches are found (exact: true).');
  }
  if (lookup.exact) checkExact(part, lookup, numbers);
  return lookup;
}

/** Of such a lookup nobody compares the numbers again. */
function checkExact(part: PartReader, { request }: Lookup, numbers: readonly string[]): void {
  const ends = numbers.filter(isEndOnly);
  for (const name of ['significant', 'national']) {
    if (names(request, `forms.${name}`)) ends.push(`forms.${name}`);
  }
  if (ends.length === 0) return;
  part.complain(
    'exact',
    `A number of another country ends in the same digits (${ends.join(', ')}): say in fields where the phones are, so that they are compared.`,
  );
}

function readPaths(part: PartReader): RecordPaths {
  const paths = {
    id: part.pathIn('id', 'id'),
    name: part.pathIn('name'),
    firstName: part.pathIn('firstName'),
    lastName: part.pathIn('lastName'),
    company: part.pathIn('company'),
    phones: part.texts('phones', MOST.phones),
    owner: part.pathIn('owner'),
    url: part.pathIn('url'),
    createdAt: part.pathIn('createdAt'),
    updatedAt: part.pathIn('updatedAt'),
  };
  if (paths.id === '') part.complain('id', 'This is needed.');
  return paths;
}

function readMaker(part: PartReader, places: PlacesOf): Maker {
  return {
    type: part.text('type', { max: 100, byDefault: 'Record' }),
    request: part.request(places),
    id: part.pathIn('id', 'id'),
  };
}

function readFind(part: PartReader): FindTemplate {
  return {
    request: part.request('call'),
    list: part.pathIn('list'),
    id: part.pathIn('id', 'id'),
    text: part.pathIn('text'),
  };
}

function readUpdate(part: PartReader): UpdateTemplate {
  const update: UpdateTemplate = {
    request: part.request('update'),
    kind: part.choice('kind', ['change', 'append'], 'change'),
    read: part.part('read', (read) => ({
      request: read.request('update'),
      list: read.pathIn('list'),
      id: read.pathIn('id', 'id'),
      subject: read.pathIn('subject'),
      body: read.pathIn('body'),
    })),
  };
  if (update.kind === 'change') checkRead(part, update);
  return update;
}

/** A text that is written without having been read would wipe out what an agent wrote into it. */
function checkRead(part: PartReader, { request, read }: UpdateTemplate): void {
  for (const name of ['subject', 'body'] as const) {
    if (names(request, `call.${name}`) && (read === null || read[name] === '')) {
      part.complain(
        'read',
        `Say how the ${name} is read, for call.${name} is to go around what an agent wrote.`,
      );
    }
  }
}

/** Whether a placeholder stands anywhere in it. */
function names(value: unknown, path: string): boolean {
  if (typeof value === 'string') {
    const reading = readPieces(value);
    return reading.ok && reading.pieces.some((one) => typeof one !== 'string' && one.path.join('.') === path);
  }
  if (typeof value !== 'object' || value === null) return false;
  return Object.values(value).some((one) => names(one, path));
}

function readRule(part: PartReader): AnswerRule {
  const rule: AnswerRule = {
    status: statusesIn(part),
    path: part.pathIn('path'),
    is: scalarsIn(part, 'is'),
    absent: part.flag('absent', false),
    means: part.choice('means', MEANINGS, 'refused'),
    reason: part.pathIn('reason'),
    id: part.pathIn('id'),
  };
  if (part.value('means') === undefined) part.complain('means', 'This is needed.');
  if (rule.status.length === 0 && rule.path === '') part.complain('path', 'A rule needs a status or a path.');
  return rule;
}

function statusesIn(part: PartReader): readonly number[] {
  const given = part.value('status') ?? [];
  const list: unknown[] = Array.isArray(given) ? given : [given];
  if (list.length <= MOST.is && list.every((one) => Number.isInteger(one) && Number(one) >= 100)) {
    return list as number[];
  }
  part.complain('status', 'This must be a list of statuses, such as 200.');
  return [];
}

function scalarsIn(part: PartReader, name: string): readonly (string | number | boolean)[] {
  const given = part.value(name) ?? [];
  const list: unknown[] = Array.isArray(given) ? given : [given];
  if (list.length <= MOST.is && list.every(isScalar)) return list;
  part.complain(name, `This must be a list of at most ${String(MOST.is)} values.`);
  return [];
}

function readWordMap(part: PartReader): WordMap {
  const of = part.text('of', { max: 100 });
  part.checkTemplate('of', `{{ ${of} }}`, 'call');
  const to = part.value('to') ?? {};
  const isFine = isRecord(to) && Object.values(to).every(isScalar);
  if (!isFine) part.complain('to', 'This must be an object of texts, numbers, or true and false.');
  const otherwise = part.value('otherwise') ?? null;
  if (otherwise !== null && !isScalar(otherwise)) part.complain('otherwise', 'This must be a single value.');
  return {
    of,
    to: isFine ? (to as WordMap['to']) : {},
    otherwise: isScalar(otherwise) ? otherwise : null,
  };
}

function isScalar(value: unknown): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}
