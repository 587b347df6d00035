/**
 * Takes apart what surrounds a number: SIP and tel URIs (RFC 3261, RFC 3966), display names, channels of Asterisk, an
 * extension behind it, escapes that were escaped once too often.
 */
import { numberBeside } from './number-beside.js';
import { tidyNumberText } from './tidy-number-text.js';

export interface WrittenNumber {
  /** What should be the number, with its separators; a blank in front stays, as it may be a plus that a form lost. */
  text: string;
  /** The extension that is written behind it; null without one. */
  extension: string | null;
  /** It names a phone of the PBX and not a subscriber. */
  device: boolean;
  /** It stands beside words. */
  beside: boolean;
}

const NONE = { text: '', extension: null, device: false, beside: false };

const ESCAPE = /%[0-9a-f]{2}/i;
/** What was escaped by the PBX, by its proxy and by nobody else. */
const MOST_ESCAPES = 2;

const SCHEME = /^\s*(?:sips?|tel|callto|phone|h323|whatsapp|sms(?:to)?|mms|fax|im|viber)\s*:(?:\/\/)?/i;
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
  `^(.*\\d[)\\s]*?)\\s*(?:[,;/-]?\\s*\\(?(?:${EXTENSION_WORDS})[.:=]?\\s*(\\d{1,9})|(?:([#*;~pw])|,{1,3})\\s*(\\d{1,6}))\\)?\\s*#?\\s*$`,
  'isu',
);
/** Parameters of a tel URI that have no value (RFC 4694, RFC 4759). */
const FLAG = /^;\s*(?:npdi|enumdi)\s*$/i;
/** A port that the number kept of its URI. */
const PORT = /(?<=\d):\d{4,5}$/;
const PARAMETERS = /;\s*[a-z][a-z0-9-]*(?:=[^;]*)?/gi;
const BOXED = /^\s*(["'`=]+)(.*?)["'`]*\s*$/s;

/** What a number must at least have for something behind it to be an extension of it. */
const FEWEST_DIGITS = 6;
/** An extended number of a PBX is organisation and extension, `0003*210`, and no number with an extension. */
const FEWEST_BEFORE_STAR = 9;

/** @param tidied  see `tidyNumberText` */
export function writtenNumber(tidied: string): WrittenNumber {
  const plain = withoutEntities(unescaped(tidied));
  const text = plain === tidied ? tidied : tidyNumberText(plain);
  const { inside, outside } = bracketed(text);
  const inner = unwrapped(inside);
  return inner.text === '' && outside !== '' ? unwrapped(outside) : inner;
}

const ENTITY = /&(?:amp;)?(?:#(\d{1,6})|#x([\da-f]{1,5})|([a-z]{2,6}));/gi;
/** Characters by name that may stand in or around a number. */
const NAMED: Readonly<Record<string, string>> = {
  plus: '+', nbsp: ' ', ensp: ' ', emsp: ' ', thinsp: ' ', tab: ' ', lt: '<', gt: '>', quot: '"', apos: "'", amp: '&', shy: '',
  zwnj: '', zwj: '', lrm: '', rlm: '', ndash: '-', mdash: '-', minus: '-', hyphen: '-', dash: '-', lpar: '(', rpar: ')',
  period: '.', sol: '/', num: '#',
}; // prettier-ignore

function withoutEntities(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(ENTITY, (whole, decimal?: string, hex?: string, name?: string) => {
    if (name !== undefined) return NAMED[name.toLowerCase()] ?? whole;
    const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
    return code > 0 && code <= 0xffff ? String.fromCharCode(code) : whole;
  });
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
  if (isUri && at === -1 && ADDRESS.test(user)) return NONE;
  return isUri || at !== -1 || bare.includes(';') ? ofUser(user, isUri || at !== -1) : ofPlain(bare);
}

/** `SIP/101-00000a3f` is a phone; `SIP/trunk/0501234567` and `Local/0501234567@from-internal` were dialed. */
function ofChannel(channel: string): WrittenNumber {
  const parts = (channel.split('@')[0] ?? '').replace(CHANNEL_SERIAL, '').split('/');
  return { ...NONE, text: parts.at(-1) ?? '', device: parts.length === 1 };
}

/** @param anyway  whether it is a URI's user for certain; else only what looks like a parameter of one ends the number */
function ofUser(user: string, anyway: boolean): WrittenNumber {
  const parameters = [...user.matchAll(PARAMETERS)].map(([parameter]) => parameter);
  if (!anyway && !parameters.some((parameter) => parameter.includes('=') || FLAG.test(parameter)))
    return ofPlain(user);
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
  const boxed = (BOXED.exec(text)?.[2] ?? text).replace(/(?<=\S)\s{2,}/g, ' ');
  const plain = withoutMarks(boxed);
  const [, number, told, mark, dialed] = WITH_EXTENSION.exec(plain) ?? [];
  const extension = told ?? dialed;
  const fewest = mark === '*' ? FEWEST_BEFORE_STAR : FEWEST_DIGITS;
  if (number === undefined || extension === undefined || digitsIn(number) < fewest) return lonely(plain);
  return { ...lonely(number), extension };
}

function lonely(text: string): WrittenNumber {
  const number = numberBeside(text);
  return number === null ? { ...NONE, text } : { ...NONE, text: number, beside: true };
}

const MARKS = ',;:.!?#* ';

/** Without the keys that were pressed after it, what punctuates it, stars that make it bold, a port. */
function withoutMarks(text: string): string {
  const [isBold, isListed] = [text.startsWith('*') && text.endsWith('*'), /^[,;:.!?]/.test(text)];
  let end = text.length;
  while (end > 0 && MARKS.includes(text.charAt(end - 1))) end -= 1;
  const bare = text.slice(isBold || isListed ? 1 : 0, end);
  const number = bare.replace(PORT, '');
  return digitsIn(number) < FEWEST_DIGITS || ADDRESS.test(number) ? bare : number;
}

function digitsIn(text: string): number {
  return text.replace(/\D/g, '').length;
}
