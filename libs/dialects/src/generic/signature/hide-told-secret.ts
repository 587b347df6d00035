import type { KeptParts, Secrets } from '../../dialect.js';
import type { ReadySignature } from '../ready-mapping.js';

const STAR = '*';
const INDEX = /^(?:\d+|\*)$/;
/** What may stand behind a value: marks of JSON, XML, forms and lists, and blanks. */
const BORDERS: ReadonlySet<number> = new Set(Buffer.from('"\'=<>&,;%\\ \t\r\n'));
/** Between a name and its value, such as `%22%3A%20%22` or `</name><value>`. */
const MOST_BETWEEN = 40;
/** In no honest message the secret stands so often beside other names. Beyond, it is hidden wherever it stands: ingress has others to answer. */
const MOST_LOOKS = 2_000;
const BETWEEN = /^(?:[>"'=:\\[\s]|<[^<>]*>|%[0-9a-f]{2})+$/i;

/**
 * A message as it is kept, without the secret that it told. Only where that stands beside its own name: a secret that is a word or a
 * number may be the value of another field as well. What is packed is not looked into.
 */
export function hideToldSecret(rule: ReadySignature | null, kept: KeptParts, secrets: Secrets): KeptParts {
  if (rule?.kind !== 'token') return kept;
  const { root, names } = rule.at;
  const own = rule.secrets.flatMap((name) => (Object.hasOwn(secrets, name) ? (secrets[name] ?? []) : []));
  if (root === 'header') return { ...kept, headers: withoutHeader(kept.headers, names[0] ?? '') };
  const name = names.findLast((one) => !INDEX.test(one));
  if (name === undefined) return kept;
  const needles = own.flatMap((secret) => spellings(rule.prefix + secret)).map((text) => Buffer.from(text));
  const hidden = (bytes: Uint8Array) => hideIn(bytes, Buffer.from(name), needles);
  return {
    ...kept,
    query: Buffer.from(hidden(Buffer.from(kept.query, 'latin1'))).toString('latin1'),
    body: hidden(kept.body),
    surplus: kept.surplus == null ? null : hidden(kept.surplus),
  };
}

function withoutHeader(headers: KeptParts['headers'], name: string): KeptParts['headers'] {
  return headers[name] === undefined ? headers : { ...headers, [name]: '[redacted]' };
}

/** As it may stand in JSON, in a URL and in a form. */
function spellings(text: string): string[] {
  const inForm = new URLSearchParams({ x: text }).toString().slice('x='.length);
  const all = [text, JSON.stringify(text).slice(1, -1), encodeURIComponent(text.toWellFormed()), inForm];
  return [...new Set(all)].filter((one) => one !== '');
}

/** Of the same length, so that nothing else of it is another. */
function hideIn(bytes: Uint8Array, name: Buffer, needles: readonly Buffer[]): Uint8Array {
  const given = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let hidden: Buffer | undefined;
  let looks = 0;
  for (const needle of needles) {
    for (let at = given.indexOf(needle); at !== -1; at = given.indexOf(needle, at + 1)) {
      const end = at + needle.length;
      if (looks < MOST_LOOKS && !(isBorder(given[end]) && isNamed(given, name, at))) {
        looks += 1;
        continue;
      }
      hidden ??= Buffer.from(given);
      hidden.fill(STAR, at, end);
      at = end - 1;
    }
  }
  return hidden ?? bytes;
}

function isNamed(bytes: Buffer, name: Buffer, at: number): boolean {
  const before = bytes.subarray(Math.max(0, at - name.length - MOST_BETWEEN), at);
  const named = before.lastIndexOf(name);
  return named !== -1 && BETWEEN.test(before.toString('latin1', named + name.length));
}

/** The end is one too. */
function isBorder(byte: number | undefined): boolean {
  return byte === undefined || BORDERS.has(byte);
}
