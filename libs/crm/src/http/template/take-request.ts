/** A request of a CRM template as one of ours. */
import { NUMBER } from '../fill-request.js';
import { unquoted } from './expression.js';
import type { Markup } from './read-markup.js';
import { attribute, type Scenario } from './template-document.js';
import { CannotTake, SecretInside, holds, ourText, type TemplateWords } from './template-words.js';

const TEXT_HEADERS: ReadonlySet<string> = new Set(['content-type', 'accept', 'content-length', 'host']);
const CREDENTIAL = /^(authorization|x-api-key|api-key)$/;

export interface TakenRequest {
  method: string;
  url: string;
  headers?: Record<string, string>;
  json?: unknown;
  form?: Record<string, string>;
}

/** A header by which the template shows who asks. */
export interface CredentialHeader {
  name: string;
  /** As the template writes it, with the names of what is secret. */
  text: string;
}

/** @throws CannotTake */
export function takeRequest(scenario: Scenario, words: TemplateWords): TakenRequest {
  const { method, encoding, headers } = scenario;
  const plain = headers.filter((one) => !isCredential(one) && !TEXT_HEADERS.has(keyOf(one).toLowerCase()));
  const taken = Object.fromEntries(plain.map((one) => [keyOf(one).toLowerCase(), textOf(one, words)]));
  const body = method === 'GET' ? undefined : bodyOf(scenario, words);
  return {
    method,
    url: takeUrl(scenario.url, words),
    ...(plain.length > 0 && { headers: taken }),
    ...(body !== undefined && (encoding === 'json' ? { json: body } : { form: asForm(body) })),
  };
}

export function credentialHeader({ headers }: Scenario): CredentialHeader | undefined {
  const found = headers.find(isCredential);
  return found && { name: keyOf(found).toLowerCase(), text: found.text.trim() };
}

function isCredential(header: Markup): boolean {
  return (
    CREDENTIAL.test(keyOf(header).toLowerCase()) || /\[\w*(key|token|secret|passw)\w*\]/i.test(header.text)
  );
}

/** What begins with a parameter that holds no URL, or names a host by one that holds nothing, is behind the endpoint's own. */
export function takeUrl(url: string, words: TemplateWords): string {
  const [all, scheme, name] = /^(https?:\/\/(?=\[\w+\](?:[/?]|$)))?\[(\w+)\]/i.exec(url) ?? [];
  if (all === undefined || name === undefined) return ourText(url, words).trim();
  const given = words.parameter(name) ?? '';
  if (scheme !== undefined && given !== '') return ourText(url, words).trim();
  const base = /^https?:\/\/[^/\s[\]]+/i.test(given) ? given.replace(/\/+$/, '') : '';
  if (base === '') words.isOwnUrl(name);
  const rest = ourText(url.slice(all.length), words);
  return `${base}${/^[/?]/.test(rest) || (rest === '' && base !== '') ? '' : '/'}${rest}`;
}

function bodyOf({ message, values }: Scenario, words: TemplateWords): unknown {
  if (message === '') return values.length === 0 ? undefined : membersOf(values, words);
  let body: unknown;
  try {
    body = JSON.parse(ourText(message, words));
  } catch (error) {
    if (error instanceof CannotTake) throw error;
    throw new CannotTake('A body that is written as text is taken where it is JSON only.');
  }
  return body;
}

function membersOf(values: readonly Markup[], words: TemplateWords): Record<string, unknown> {
  const members = values
    .filter((one) => isWanted(one, words))
    .map((one): [string, unknown] => [keyOf(one), valueOrNothing(one, words)]);
  return Object.fromEntries(members.filter(([, value]) => value !== undefined));
}

/** A report without one of its fields is better than none. */
function valueOrNothing(value: Markup, words: TemplateWords): unknown {
  try {
    return valueOf(value, words);
  } catch (error) {
    if (!(error instanceof CannotTake) || error instanceof SecretInside) throw error;
    words.complain(`The field ${keyOf(value)} is left out: ${error.message}`);
    return undefined;
  }
}

function isWanted(value: Markup, words: TemplateWords): boolean {
  const [when, unless] = [attribute(value, 'If'), attribute(value, 'SkipIf')];
  return (when === '' || holds(when, words)) && (unless === '' || !holds(unless, words));
}

function valueOf(value: Markup, words: TemplateWords): unknown {
  if (value.name === 'Array') {
    return value.children.filter((one) => isWanted(one, words)).map((one) => valueOf(one, words));
  }
  if (value.children.length > 0) return membersOf(value.children, words);
  if (value.name !== 'Value') throw new CannotTake(`The element ${value.name} is not known in a body.`);
  const text = textOf(value, words);
  const type = attribute(value, 'Type');
  if (/^(integer|int|double|decimal|number|long)$/i.test(type)) return { [NUMBER]: text };
  if (/^bool/i.test(type) && /^(true|false)$/i.test(text)) return text.toLowerCase() === 'true';
  return text;
}

function textOf(value: Markup, words: TemplateWords): string {
  return ourText(unquoted(value.text), words);
}

function keyOf(value: Markup): string {
  return attribute(value, 'Key');
}

function asForm(body: unknown): Record<string, string> {
  const pairs = Object.entries(body as Record<string, unknown>).map(([name, value]): [string, string] => {
    if (typeof value === 'string') return [name, value];
    if (typeof value === 'boolean') return [name, String(value)];
    const number = (value as Record<string, unknown>)[NUMBER];
    if (typeof number === 'string') return [name, number];
    throw new CannotTake(`The field ${name} of a form holds more than a text.`);
  });
  return Object.fromEntries(pairs);
}
