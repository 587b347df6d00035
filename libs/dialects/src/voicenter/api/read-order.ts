/** Reads an order out of the parameters of click-to-call (seed 1.2 to 1.4), with the vendor's defaults. */
import {
  LONGEST_ORDER_VARIABLE,
  MOST_ORDER_VARIABLES,
  orderOf,
  partyFromText,
  type Order,
  type OrderParty,
} from '#domain';
import type { AskedFields } from '../../content/asked-fields.js';
import { asks, invalid, missing, type AskReading, type Refusal } from './api-route.js';

/** Seconds. */
const RING = 60;
const RING_ALONE = 30;
const TALK = 7200;
const TALK_ALONE = 30;
const MOST_RING = 300;
const MOST_TALK = 86_400;
/** No extension and no number is longer. */
const LONGEST_PARTY = 64;
/** Of names of callers and recordings, and whatever else is only passed on. */
const LONGEST_TEXT = 256;
/** Of the name of a variable in a note for the log. */
const LONGEST_NOTED_NAME = 64;

type Parties = { ok: true; first: OrderParty; second: OrderParty | null } | Refusal;
type Extra = Partial<Omit<Order, 'kind' | 'first' | 'second'>>;

/** What was left out is noted by name. */
type Note = (name: string) => void;

/** @param country  ISO 3166-1 alpha-2; empty while it is not known whose request it is */
export function readOrder(action: string, fields: AskedFields, country: string): AskReading {
  const kind = KINDS.get(action);
  if (kind === undefined) return invalid('action', 'Action is invalid');
  const parties = partiesOf(fields, country, kind === 'call');
  if (!parties.ok) return parties;
  const dropped: string[] = [];
  const note: Note = (name) => dropped.push(name);
  const order = orderOf(kind, parties.first, parties.second, {
    ...commonOf(fields, note),
    ...(kind === 'call' ? callOf(fields, note) : aloneOf(fields, note)),
    ...(kind === 'announce' && { announcement: announcementOf(fields, note) }),
    ...(kind === 'conference' && { conferenceRoom: textOf(fields, 'bbbcode', note) }),
    variables: variablesOf(fields, note),
  });
  const despite = despiteDoNotCall(fields, note);
  return asks({
    kind: 'place',
    order,
    ...(despite && { despiteDoNotCall: despite }),
    ...(dropped.length > 0 && { dropped }),
  });
}

const KINDS: ReadonlyMap<string, Order['kind']> = new Map([
  ['call', 'call'],
  ['message', 'announce'],
  ['callference', 'conference'],
]);

function partiesOf(fields: AskedFields, country: string, isCall: boolean): Parties {
  const first = firstOf(fields, country);
  if ('ok' in first) return first;
  if (!isCall) return { ok: true, first, second: null };
  const target = fields.number('target');
  if (target === null) return missing('Target');
  if (target.length > LONGEST_PARTY) return invalid('target', 'Target is invalid');
  return { ok: true, first, second: partyFromText(target, country) };
}

/** Whose phone rings first; the vendor has words for a trunk, and for whoever is logged in with a code. */
function firstOf(fields: AskedFields, country: string): OrderParty | Refusal {
  const phone = fields.number('phone');
  if (phone === null) return missing('Phone');
  if (phone.length > LONGEST_PARTY) return invalid('phone', 'Phone is invalid');
  const word = phone.toLowerCase();
  if (word === 'siptrunk') return { kind: 'trunk', value: '' };
  if (word !== 'logincode') return partyFromText(phone, country);
  const code = fields.text('phonelogincode');
  if (code === null) return missing('PhoneLoginCode');
  if (code.length > LONGEST_PARTY) return invalid('phonelogincode', 'PhoneLoginCode is invalid');
  return { kind: 'login_code', value: code };
}

function commonOf(fields: AskedFields, note: Note): Extra {
  return {
    record: flagOf(fields, 'record', note),
    autoAnswer: {
      first: flagOf(fields, 'phoneautoanswer', note),
      second: flagOf(fields, 'targetautoanswer', note),
    },
    checkDevice: {
      first: flagOf(fields, 'checkphonedevicestate', note),
      second: flagOf(fields, 'checktargetdevicestate', note),
    },
    language: textOf(fields, 'language', note),
    voicemailBox: textOf(fields, 'vm_id', note),
  };
}

function callOf(fields: AskedFields, note: Note): Extra {
  const ring = { byDefault: RING, most: MOST_RING, note };
  return {
    callerId: {
      first: textOf(fields, 'phonecallerid', note),
      second: textOf(fields, 'targetcallerid', note),
    },
    callerName: {
      first: textOf(fields, 'phonecallername', note),
      second: textOf(fields, 'targetcallername', note),
    },
    ringSeconds: {
      first: secondsOf(fields, 'phonemaxdialtime', ring),
      second: secondsOf(fields, 'targetmaxdialtime', ring),
    },
    maxSeconds: secondsOf(fields, 'maxduration', { byDefault: TALK, most: MOST_TALK, note }),
  };
}

/** Where one phone rings alone, the vendor calls what is shown there the target's. */
function aloneOf(fields: AskedFields, note: Note): Extra {
  return {
    callerId: {
      first: textOf(fields, 'targetcallerid', note) ?? textOf(fields, 'phonecallerid', note),
      second: null,
    },
    callerName: {
      first: textOf(fields, 'targetcallername', note) ?? textOf(fields, 'phonecallername', note),
      second: null,
    },
    ringSeconds: {
      first: secondsOf(fields, 'phonemaxdialtime', { byDefault: RING_ALONE, most: MOST_RING, note }),
      second: null,
    },
    maxSeconds: secondsOf(fields, 'maxduration', { byDefault: TALK_ALONE, most: MOST_TALK, note }),
  };
}

function announcementOf(fields: AskedFields, note: Note): Order['announcement'] {
  return {
    before: textOf(fields, 'pre_rec', note),
    digits: textOf(fields, 'dtmf', note)?.replace(/[^\d*#]/g, '') || null,
    between: textOf(fields, 'loop_rec', note),
    after: textOf(fields, 'post_rec', note),
  };
}

function textOf(fields: AskedFields, name: string, note: Note): string | null {
  const text = fields.text(name);
  if (text === null || text.length <= LONGEST_TEXT) return text;
  note(name);
  return null;
}

function flagOf(fields: AskedFields, name: string, note: Note): boolean {
  const flag = fields.flag(name);
  if (flag === null && fields.has(name)) note(name);
  return flag ?? false;
}

interface Seconds {
  byDefault: number;
  most: number;
  note: Note;
}

function secondsOf(fields: AskedFields, name: string, { byDefault, most, note }: Seconds): number {
  const seconds = fields.whole(name);
  if (seconds !== null && seconds > 0) return Math.min(seconds, most);
  if (fields.has(name)) note(name);
  return byDefault;
}

/** Of a name that comes twice the last value. The first ten names are kept. */
function variablesOf(fields: AskedFields, note: Note): Record<string, string> {
  const kept = new Map<string, string>();
  for (const [name, value] of fields.prefixed('var_')) {
    const isCut = value.length > LONGEST_ORDER_VARIABLE || name.length > LONGEST_NOTED_NAME;
    if (isCut || (kept.size >= MOST_ORDER_VARIABLES && !kept.has(name))) {
      note(`var_${name.slice(0, LONGEST_NOTED_NAME)}`);
      continue;
    }
    kept.set(name, value);
  }
  return Object.fromEntries(kept);
}

/** 1: whatever forbids it to ring the phone; 2: the target; 3: both. */
function despiteDoNotCall(
  fields: AskedFields,
  note: Note,
): { first?: boolean; second?: boolean } | undefined {
  const status = fields.whole('ignoredncstatus');
  if (status === 1) return { first: true };
  if (status === 2) return { second: true };
  if (status === 3) return { first: true, second: true };
  if (fields.has('ignoredncstatus') && status !== 0) note('ignoredncstatus');
  return undefined;
}
