/** Reads parts of the settings that stand inside each other; what is wrong anywhere is told with its whole path. */
import { SettingsReader, isRecord, maySetHeader, readPieces, readUrl } from '#domain';
import { NUMBER } from './fill-request.js';
import type { RequestTemplate } from './http-settings.js';
import { hasPlace, type PlacesOf } from './known-places.js';

const LONGEST_PATH = 200;
const LONGEST_TEXT = 4_000;
const MOST_MEMBERS = 100;
const DEEPEST = 10;
const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
const PATH = /^$|^[^.\s]+(\.[^.\s]+)*$/;

export class PartReader extends SettingsReader {
  constructor(
    given: unknown,
    readonly path = '',
    /** What its templates may name. */
    private readonly places: PlacesOf = 'nothing',
  ) {
    super(given, path);
  }

  /** A part of its own. Null where it was left out. */
  part<T>(name: string, read: (part: PartReader) => T): T | null {
    const given = this.value(name);
    return given === undefined ? null : this.inside(name, given, read);
  }

  /** Like `part`, for what has to be there. */
  needed<T>(name: string, read: (part: PartReader) => T): T {
    const given = this.value(name);
    if (given === undefined) this.complain(name, 'This is needed.');
    return given === undefined ? read(new PartReader({})) : this.inside(name, given, read);
  }

  parts<T>(name: string, most: number, read: (part: PartReader) => T): readonly T[] {
    const given = this.value(name) ?? [];
    if (!Array.isArray(given) || given.length > most) {
      this.complain(name, `This must be a list of at most ${String(most)}.`);
      return [];
    }
    return given.map((one, index) => this.inside(`${name}.${String(index)}`, one, read));
  }

  partsByName<T>(name: string, read: (part: PartReader) => T): Readonly<Record<string, T>> {
    const given = this.value(name) ?? {};
    if (!isRecord(given) || Object.keys(given).length > MOST_MEMBERS) {
      this.complain(name, `This must be an object of at most ${String(MOST_MEMBERS)} members.`);
      return {};
    }
    const parts = Object.entries(given).map(([key, one]): [string, T] => {
      if (!/^[A-Za-z_][\w-]{0,60}$/.test(key)) this.complain(name, `${key} cannot be a placeholder's name.`);
      return [key, this.inside(`${name}.${key}`, one, read)];
    });
    return Object.fromEntries(parts);
  }

  /** Where something stands in an answer. */
  pathIn(name: string, byDefault = ''): string {
    const path = this.text(name, { max: LONGEST_PATH, byDefault });
    if (!PATH.test(path)) this.complain(name, 'This must be names parted by dots, such as data.items.id.');
    return path;
  }

  texts(name: string, most: number): readonly string[] {
    const given = this.value(name) ?? [];
    const list = typeof given === 'string' ? [given] : given;
    const isList = Array.isArray(list) && list.length <= most;
    if (isList && list.every((one) => typeof one === 'string' && one.length <= LONGEST_PATH)) {
      return list as string[];
    }
    this.complain(name, `This must be a list of at most ${String(most)} texts.`);
    return [];
  }

  /** Text with placeholders. */
  template(name: string, places = this.places): string {
    const text = this.text(name, { max: LONGEST_TEXT });
    this.checkTemplate(name, text, places);
    return text;
  }

  request(places: PlacesOf): RequestTemplate {
    const given = this.value('request');
    if (given === undefined) this.complain('request', 'This is needed.');
    return given === undefined
      ? readRequest(new PartReader({}))
      : this.inside('request', given, readRequest, places);
  }

  checkTemplate(name: string, text: string, places = this.places): void {
    const reading = readPieces(text);
    if (!reading.ok) {
      this.complain(name, `${reading.problem} (character ${String(reading.position)}).`);
      return;
    }
    for (const piece of reading.pieces) {
      if (typeof piece === 'string' || hasPlace(piece.path, places)) continue;
      this.complain(name, `There is no ${piece.path.join('.')} to fill in.`);
    }
  }

  /** An object of texts with placeholders. */
  templates(name: string): Readonly<Record<string, string>> {
    const given = this.value(name) ?? {};
    const pairs = isRecord(given) ? Object.entries(given) : undefined;
    const isFine = pairs?.every(([, text]) => typeof text === 'string' && text.length <= LONGEST_TEXT);
    if (pairs === undefined || isFine !== true || pairs.length > MOST_MEMBERS) {
      this.complain(name, `This must be an object of at most ${String(MOST_MEMBERS)} texts.`);
      return {};
    }
    for (const [key, text] of pairs) this.checkTemplate(`${name}.${key}`, text as string);
    return Object.fromEntries(pairs) as Record<string, string>;
  }

  checkJson(name: string, value: unknown, deep = 0): void {
    if (deep > DEEPEST) {
      this.complain(name, `This is nested more than ${String(DEEPEST)} levels deep.`);
    } else if (typeof value === 'string') {
      this.checkTemplate(name, value);
    } else if (Array.isArray(value)) {
      for (const [index, one] of value.entries()) this.checkJson(`${name}.${String(index)}`, one, deep + 1);
    } else if (isRecord(value)) {
      const isNumber = Object.hasOwn(value, NUMBER);
      if (isNumber && (Object.keys(value).length > 1 || typeof value[NUMBER] !== 'string')) {
        this.complain(name, `${NUMBER} stands alone, with a text.`);
      }
      for (const [key, one] of Object.entries(value)) this.checkJson(`${name}.${key}`, one, deep + 1);
    }
  }

  private inside<T>(name: string, given: unknown, read: (part: PartReader) => T, places = this.places): T {
    const part = new PartReader(given, this.path === '' ? name : `${this.path}.${name}`, places);
    const value = read(part);
    this.problems.push(...part.finish());
    return value;
  }
}

function readRequest(part: PartReader): RequestTemplate {
  const method = part.choice('method', METHODS, 'GET');
  const url = part.template('url');
  checkUrl(part, url);
  const headers = part.templates('headers');
  for (const name of Object.keys(headers)) {
    if (maySetHeader(name) && !/^(authorization|cookie|x-api-key)$/.test(name)) continue;
    part.complain(
      `headers.${name}`,
      'This header is not set here: names are in lower case, and keys belong to the credentials.',
    );
  }
  const [json, form] = [part.value('json') ?? null, part.value('form')];
  part.checkJson('json', json);
  if (form !== undefined && json !== null) part.complain('form', 'A body is either JSON or a form.');
  if ((form !== undefined || json !== null) && method === 'GET') part.complain('method', 'GET has no body.');
  const query = part.templates('query');
  return { method, url, query, headers, json, form: form === undefined ? null : part.templates('form') };
}

/** Placeholders may be anywhere but in the host. */
function checkUrl(part: PartReader, url: string): void {
  if (url.startsWith('/') && !url.startsWith('//') && !url.includes('\\')) return;
  const [, host] = /^https?:\/\/([^/?#]+)([/?#]|$)/i.exec(url) ?? [];
  if (host !== undefined && !/[{}@\\]/.test(host) && readUrl(`https://${host}`) !== null) return;
  part.complain('url', 'This must begin with a slash, or with https:// and a host that is written out.');
}
