/** A request out of a template: placeholders filled in, each as the place wants it. */
import { asText, filled, isRecord, readPieces, valueOf } from '#domain';
import type { CrmRequest } from '../talk/crm-io.js';
import type { RequestTemplate } from './http-settings.js';

/** What placeholders may name. */
export type Words = Readonly<Record<string, unknown>>;

/** An object with nothing but this holds a number written as text. */
export const NUMBER = '$number';

/**
 * @param makes  it makes a record
 */
export function fillRequest(template: RequestTemplate, words: Words, makes = false): CrmRequest {
  const { method, url, query, headers, json, form } = template;
  return {
    method,
    path: fillUrl(url, words),
    query: fillTexts(query, words),
    headers: fillHeaders(headers, words),
    ...(json === null ? {} : { json: fillJson(json, words) ?? {} }),
    ...(form === null ? {} : { form: fillTexts(form, words) }),
    ...(makes && { makes }),
  };
}

/** What is filled in is escaped: it never changes the path or adds a parameter. */
export function fillUrl(url: string, words: Words): string {
  return fill(url, words, (text) => {
    const escaped = encodeURIComponent(text.toWellFormed());
    // Dots alone climb in the path, also when they are escaped.
    return /^\.\.?$/.test(escaped) ? '-' : escaped;
  });
}

export function fillText(text: string, words: Words): string {
  return fill(text, words, (value) => value);
}

function fill(text: string, words: Words, write: (value: string) => string): string {
  const reading = readPieces(text);
  return reading.ok ? filled(reading.pieces, (place) => write(asText(valueOf(place, words)))) : text;
}

/** Those that hold nothing are left out. */
function fillTexts(texts: Readonly<Record<string, string>>, words: Words): Record<string, string> {
  const pairs = Object.entries(texts).map(([name, text]): [string, string] => [name, fillText(text, words)]);
  return Object.fromEntries(pairs.filter(([, text]) => text !== ''));
}

/** Nothing that is filled in may begin another header. */
function fillHeaders(headers: Readonly<Record<string, string>>, words: Words): Record<string, string> {
  const pairs = Object.entries(fillTexts(headers, words));
  return Object.fromEntries(pairs.map(([name, text]) => [name, text.replaceAll(/[^\x20-\x7e]+/g, ' ')]));
}

/**
 * A text that is one placeholder becomes its value, whatever it is; other texts stay texts. What has no value is left out, and so
 * is a list or an object of which nothing is left.
 *
 * @returns undefined where nothing is left
 */
export function fillJson(value: unknown, words: Words): unknown {
  if (typeof value === 'string') return fillOne(value, words);
  if (Array.isArray(value)) {
    const items = value.map((one) => fillJson(one, words)).filter((one) => one !== undefined);
    return items.length === 0 && value.length > 0 ? undefined : items;
  }
  if (!isRecord(value)) return value;
  const entries = Object.entries(value);
  if (entries.length === 1 && typeof value[NUMBER] === 'string')
    return asNumber(fillText(value[NUMBER], words));
  const left = entries
    .map(([name, member]): [string, unknown] => [name, fillJson(member, words)])
    .filter(([, member]) => member !== undefined);
  return left.length === 0 && entries.length > 0 ? undefined : Object.fromEntries(left);
}

function fillOne(text: string, words: Words): unknown {
  const reading = readPieces(text);
  if (!reading.ok) return text;
  const [only, ...others] = reading.pieces;
  if (only !== undefined && typeof only !== 'string' && others.length === 0) return valueOf(only, words);
  return fillText(text, words);
}

function asNumber(text: string): number | undefined {
  const number = Number(text);
  return text.trim() === '' || !Number.isFinite(number) ? undefined : number;
}
