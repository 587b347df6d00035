/** What the variables of a CRM template are with us: placeholders, or texts. */
import { readExpression, splitAt, unquoted, type Part } from './expression.js';

export const CALL_TYPES = ['inbound', 'outbound', 'missed', 'notanswered'] as const;
export type CallType = (typeof CALL_TYPES)[number];

const AS_WRITTEN: Readonly<Record<CallType, readonly [type: string, direction: string]>> = {
  inbound: ['Inbound', 'Inbound'],
  outbound: ['Outbound', 'Outbound'],
  missed: ['Missed', 'Inbound'],
  notanswered: ['Notanswered', 'Outbound'],
};

/** All times are told in UTC: whose local time it is a template does not say. */
const LOCAL_TIME = /^(DateTime|\w+Local)$/;

const PLACES: Readonly<Record<string, string>> = {
  Number: 'number',
  Name: 'contact.name',
  Agent: 'call.extension',
  AgentFirstName: 'call.agentName',
  Duration: 'call.talkClock',
  DurationTimespan: 'call.talkClock',
  DateTime: 'call.started.sql',
  CallStartTimeUTC: 'call.started.iso',
  CallStartTimeLocal: 'call.started.iso',
  CallEstablishedTimeUTC: 'call.answered.iso',
  CallEstablishedTimeLocal: 'call.answered.iso',
  CallEndTimeUTC: 'call.ended.iso',
  CallEndTimeLocal: 'call.ended.iso',
  EntityId: 'contact.id',
  EntityType: 'contact.type',
  RecordingUrl: 'call.recordingUrl',
  CreateContactFirstName: 'draft.firstName',
  CreateContactLastName: 'draft.lastName',
  // Texts that a tenant words by the logging policy, and in which our marker has to stand.
  Subject: 'call.subject',
  CallSubject: 'call.subject',
  InboundCallText: 'call.body',
  MissedCallText: 'call.body',
  OutboundCallText: 'call.body',
  NotAnsweredOutboundCallText: 'call.body',
};

/** Methods that give the same with us under another name. */
const METHODS: Readonly<Record<string, string>> = {
  'call.talkClock get_TotalSeconds': 'call.talkSeconds',
  'call.talkClock TotalSeconds': 'call.talkSeconds',
  'call.talkClock get_TotalMinutes': 'call.talkMinutes',
  'call.talkClock TotalMinutes': 'call.talkMinutes',
  'call.talkClock get_TotalMilliseconds': 'call.talkMilliseconds',
  'call.talkClock TotalMilliseconds': 'call.talkMilliseconds',
  'number Replace +,': 'forms.digits',
  'number TrimStart +': 'forms.digits',
  // By hand what is done to whatever is put into a URL.
  'number Replace +,%2B': 'number',
};

const TIME_PARTS: Readonly<Record<string, string>> = {
  yyyy: 'year',
  MM: 'month',
  dd: 'day',
  HH: 'hour',
  mm: 'minute',
  ss: 'second',
};

export interface TemplateWords {
  /** Of parameters, by name; undefined: there is no such parameter, or it is not to be shown. */
  parameter(name: string): string | undefined;
  /** What the scenario itself found, and what else stands for something. */
  own: Readonly<Record<string, string>>;
  type: CallType;
  /** A part is left out, and why. */
  complain(sentence: string): void;
  /** A parameter that stands for the endpoint's own URL. */
  isOwnUrl(name: string): void;
}

/** What cannot be said with us; the message is a sentence for the tenant. */
export class CannotTake extends Error {
  override readonly name = 'CannotTake';
}

/** Without it nothing works, and settings are no place for it. */
export class SecretInside extends CannotTake {}

const DEEPEST = 8;

/** A text of the template as one of ours, for one type of call. @throws CannotTake */
export function ourText(text: string, words: TemplateWords, deep = 0): string {
  const parts = readExpression(text);
  if (parts === null || deep > DEEPEST)
    throw new CannotTake(`The expression ${short(text)} is not understood.`);
  return parts.map((part) => ourPart(part, words, deep)).join('');
}

function ourPart(part: Part, words: TemplateWords, deep: number): string {
  if (typeof part === 'string') return part;
  if (part.kind === 'variable') return ourVariable(part.name, words, deep);
  if (part.kind === 'if') {
    return ourText(unquoted(holds(part.condition, words) ? part.yes : part.no), words, deep + 1);
  }
  const [, place] =
    /^\{\{ ([\w.]+) \}\}$/.exec(part.of.map((one) => ourPart(one, words, deep)).join('')) ?? [];
  const found = place === undefined ? undefined : ourMethod(place, part.method, part.words);
  if (found === undefined) throw new CannotTake(`The method ${part.method} is not known here.`);
  return found;
}

function ourMethod(place: string, method: string, words: readonly string[]): string | undefined {
  const other = METHODS[[place, method, words.join(',')].join(' ').trim()];
  if (other !== undefined) return placed(other);
  if (method !== 'ToString') return undefined;
  if (/^call\.talk(Seconds|Minutes|Milliseconds)$/.test(place)) return placed(place);
  const [, at] = /^(call\.(?:started|answered|ended))\.\w+$/.exec(place) ?? [];
  return at === undefined ? undefined : timeText(at, words[0] ?? '');
}

/** `yyyy-MM-dd` and the like. */
function timeText(at: string, format: string): string | undefined {
  if (format === '') return placed(`${at}.iso`);
  const parts = format.match(/yyyy|MM|dd|HH|mm|ss|'[^']*'|[^A-Za-z]|[TZ]|[A-Za-z]+/g) ?? [];
  const ours = parts.map((part) => {
    const name = TIME_PARTS[part];
    if (name !== undefined) return placed(`${at}.${name}`);
    if (/^'/.test(part)) return part.slice(1, -1);
    return /^([^A-Za-z]|[TZ])$/.test(part) ? part : undefined;
  });
  return ours.includes(undefined) ? undefined : ours.join('');
}

function ourVariable(name: string, words: TemplateWords, deep: number): string {
  const [type, direction] = AS_WRITTEN[words.type];
  if (name === 'CallType') return type;
  if (name === 'CallDirection') return direction;
  const own = words.own[name];
  if (own !== undefined) return own;
  // Of another scenario: the contact that it found.
  const place = /^\w+::(Contact|Lead|Entity|Record)?_?Id$/i.test(name) ? 'contact.id' : PLACES[name];
  if (place !== undefined && LOCAL_TIME.test(name)) {
    words.complain(
      `[${name}] is told in UTC, and the template means the time of day where the telephones are.`,
    );
  }
  if (place !== undefined) return placed(place);
  const given = words.parameter(name);
  if (given === undefined) throw new CannotTake(`Nothing here stands for [${name}].`);
  return ourText(given, words, deep + 1);
}

export function placed(place: string): string {
  return `{{ ${place} }}`;
}

/** Conditions of `==` and `!=`, joined by `||` and `&&`. @throws CannotTake */
export function holds(condition: string, words: TemplateWords): boolean {
  const text = condition.trim();
  const [, inner] = /^\[([^[\]]*IIf[^]*)\]$/i.exec(text) ?? [];
  if (inner !== undefined) return isTrue(ourText(text, words));
  const either = splitAt(text, '||');
  if (either.length > 1) return either.some((one) => holds(one, words));
  const both = splitAt(text, '&&');
  if (both.length > 1) return both.every((one) => holds(one, words));
  for (const sign of ['!=', '==']) {
    const [left, right, ...more] = splitAt(text, sign);
    if (left === undefined || right === undefined || more.length > 0) continue;
    return sameWord(side(left, words), side(right, words)) === (sign === '==');
  }
  const value = side(text, words);
  if (/^(true|false)$/i.test(value)) return isTrue(value);
  throw new CannotTake(`The condition ${short(text)} is not understood.`);
}

function side(text: string, words: TemplateWords): string {
  return ourText(unquoted(text), words);
}

/** A placeholder holds something: which it is, nobody knows before there is a call. */
function sameWord(a: string, b: string): boolean {
  const isOpen = (text: string) => text.includes('{{');
  if ((isOpen(a) && b === '') || (isOpen(b) && a === '')) return false;
  if (isOpen(a) || isOpen(b)) throw new CannotTake('A condition depends on the contact.');
  return a.toLowerCase() === b.toLowerCase();
}

function isTrue(text: string): boolean {
  return text.trim().toLowerCase() === 'true';
}

function short(text: string): string {
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
