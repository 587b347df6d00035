/**
 * Takes apart what surrounds a number: SIP and tel URIs (RFC 3261, RFC 3966), display names, channels of Asterisk, an
 * extension behind it, escapes that were escaped once too often.
 */

export interface WrittenNumber {
  /** What should be the number, with its separators; a blank in front stays, as it may be a plus that a form lost. */
  text: string;
  /** The extension that is written behind it; null without one. */
  extension: string | null;
  /** It names a phone of the PBX and not a subscriber. */
  device: boolean;
}

const ESCAPE = /%[0-9a-f]{2}/i;
/** What was escaped by the PBX, by its proxy and by nobody else. */
const MOST_ESCAPES = 2;
const PLUS_ENTITY = /&(?:#43|#x2b|plus);/gi;

const SCHEME = /^\s*(?:sips?|tel|callto|phone|h323)\s*:(?:\/\/)?/i;
const BRACKETED = /^(.*?)<([^<>]*)>?[^<>]*$/s;
const ADDRESS = /^\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?$/;
/** A channel's technology, its peer or trunk, and perhaps what was dialed over it. */
const CHANNEL = /^\s*(?:PJ?SIP|SIP|IAX2?|Local|DAHDI|Zap|SCCP|Skinny|Agent|Dongle|Motif|H323)\/(.+)$/i;
/** Asterisk's number of a channel (in hex, of a line card's short), and the half of a Local channel. */
const CHANNEL_SERIAL = /(?:-(?:[0-9a-f]{8}|\d{1,3}|(?=\d*[a-f])[0-9a-f]{4,10}))?(?:;[12])?$/i;

/** Behind a number: `x12`, `ext. 12`, `#12`, `,,12`, and the word for it in the languages of our users. */
const EXTENSION_WORDS = [
  'extension', 'extn?', 'xt?', 'int(?:erno|\\.)?', 'ramal', 'anexo', 'poste?', 'durchwahl', 'dw', 'nst', 'apparat', 'app',
  'kl', 'klapka', 'wew', 'toestel', 'anknytning', 'доб(?:авочный)?', 'вн', 'שלוחה', 'שלו', 'تحويلة', '内線', '内线', '分机', '转', '轉',
].join('|'); // prettier-ignore
const WITH_EXTENSION = new RegExp(
  `^(.*\\d[)\\s]*?)\\s*(?:[,;/-]?\\s*\\(?(?:${EXTENSION_WORDS})[.:=]?|#|,{1,3}|~|p|w)\\s*(\\d{1,9})\\)?\\s*#?\\s*$`,
  'isu',
);
const PARAMETERS = /;\s*[a-z][a-z0-9-]*(?:=[^;]*)?/gi;
const BOXED = /^\s*(["'`=]+)(.*?)["'`]*\s*$/s;

/** What a number must at least have for something behind it to be an extension of it. */
const FEWEST_DIGITS = 6;

/** @param tidied  see `tidyNumberText` */
export function writtenNumber(tidied: string): WrittenNumber {
  const text = unescaped(tidied).replace(PLUS_ENTITY, '+');
  const { inside, outside } = bracketed(text);
  const inner = unwrapped(inside);
  return inner.text === '' && outside !== '' ? unwrapped(outside) : inner;
}

function unescaped(text: string): string {
  let plain = text;
  for (let times = 0; times < MOST_ESCAPES && ESCAPE.test(plain); times += 1) {
    try {
      plain = decodeURIComponent(plain);
    } catch {
      return plain;
    }
  }
  return plain;
}

/** `"John" <0502345678>`. What is in the brackets is the number, unless it plainly is the name. */
function bracketed(text: string): { inside: string; outside: string } {
  const [whole, name = '', inside = ''] = BRACKETED.exec(text) ?? [];
  if (whole === undefined) return { inside: text, outside: '' };
  return /^[^\d@:]+$/.test(inside) ? { inside: name, outside: '' } : { inside, outside: '' };
}

function unwrapped(text: string): WrittenNumber {
  const channel = CHANNEL.exec(text)?.[1];
  if (channel !== undefined) return ofChannel(channel);
  const bare = text.replace(SCHEME, '');
  const isUri = bare !== text;
  const at = bare.indexOf('@');
  const user = at === -1 ? bare : bare.slice(0, at);
  if (isUri && at === -1 && ADDRESS.test(user)) return { text: '', extension: null, device: false };
  return isUri || at !== -1 || bare.includes(';') ? ofUser(user, isUri || at !== -1) : ofPlain(bare);
}

/** `SIP/101-00000a3f` is a phone; `SIP/trunk/0501234567` and `Local/0501234567@from-internal` were dialed. */
function ofChannel(channel: string): WrittenNumber {
  const parts = (channel.split('@')[0] ?? '').replace(CHANNEL_SERIAL, '').split('/');
  return { text: parts.at(-1) ?? '', extension: null, device: parts.length === 1 };
}

/** @param anyway  whether it is a URI's user for certain; else only what looks like a parameter of one ends the number */
function ofUser(user: string, anyway: boolean): WrittenNumber {
  const parameters = [...user.matchAll(PARAMETERS)].map(([parameter]) => parameter);
  if (!anyway && !parameters.some((parameter) => parameter.includes('='))) return ofPlain(user);
  const end = parameters.length === 0 ? user.length : user.indexOf(parameters[0] ?? '');
  const number = ofPlain(anyway ? withoutPassword(user.slice(0, end)) : user.slice(0, end));
  const extension = valueOf(parameters, 'ext')?.replace(/\D/g, '') ?? '';
  const context = valueOf(parameters, 'phone-context') ?? '';
  const global = /^\+\d+$/.test(context) && !number.text.includes('+');
  return {
    ...number,
    text: global ? context + number.text : number.text,
    extension: extension === '' ? number.extension : extension,
  };
}

function withoutPassword(user: string): string {
  const colon = user.indexOf(':');
  return colon === -1 ? user : user.slice(0, colon);
}

function valueOf(parameters: readonly string[], name: string): string | undefined {
  const start = new RegExp(`^;\\s*${name}=`, 'i');
  return parameters
    .find((parameter) => start.test(parameter))
    ?.replace(start, '')
    .trim();
}

function ofPlain(text: string): WrittenNumber {
  // A long run of blanks would make the search for an extension try each of them.
  const plain = (BOXED.exec(text)?.[2] ?? text).replace(/(?<=\S)\s{2,}/g, ' ');
  const [, number, extension] = WITH_EXTENSION.exec(plain) ?? [];
  const whole = { text: plain, extension: null, device: false };
  if (number === undefined || extension === undefined) return whole;
  return digitsIn(number) < FEWEST_DIGITS ? whole : { text: number, extension, device: false };
}

function digitsIn(text: string): number {
  return text.replace(/\D/g, '').length;
}
