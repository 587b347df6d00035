/** Reads one customer to be called out of a request's parameters, or an item of a bulk, in one look at them. */
import type { AskedLead, LeadProblem } from '#domain';
import { OddText, type Fields } from '../../../content/known-fields.js';
import { numberText } from '../../../content/number-text.js';
import { finiteNumber, isBlank, text } from '../../../content/scalars.js';
import { storableText } from '../../../content/storable.js';
import type { FacadeSettings } from '../../../facade.js';
import { isKeepable, isVariable, putCustomData, putVariable, type CustomData } from './custom-data.js';
import { readOriginateTime } from './originate-time.js';

/** The vendor's names in lower case. */
const NAMES = [
  'campaign',
  'target',
  'callerid',
  'callername',
  'originatetime',
  'isdatelocal',
  'customername',
  'priority',
  'ignoredncstatus',
  'customdata',
] as const;
type Name = (typeof NAMES)[number];
const KNOWN = new Map<string, Name>(NAMES.map((name) => [name, name]));
/** As it is mostly spelled, so that a hundred thousand items need not be put into lower case. */
const SPELLED = new Map<string, string>();
for (const name of [
  'Campaign',
  'Target',
  'CallerID',
  'Callerid',
  'CallerName',
  'OriginateTime',
  'IsDateLocal',
  'CustomerName',
  'Priority',
  'IgnoreDncStatus',
  'CustomData',
]) {
  SPELLED.set(name, name.toLowerCase());
}

type Given = Partial<Record<Name, unknown>>;

const PUBLIC_NUMBER = /^\+?\d{3,20}$/;
/** What numbers are written with beside their digits. */
const PUNCTUATION = /[\s().\-/]/g;
const HIDDEN = 'Anonymous';
const LONGEST_NAME = 256;
const LONGEST_CAMPAIGN = 256;
const MOST_PRIORITY = 2_147_483_647;
const YES = /^(?:true|1|yes|y|t|on)$/i;
const NO = /^(?:false|0|no|n|f|off)$/i;

/** Never throws. Of several problems the first that the vendor would see is told. */
export function readLead(fields: Fields, epochs: FacadeSettings['epochs']): AskedLead {
  const custom: CustomData = new Map();
  const given = sorted(fields, custom);
  const campaign = text(given.campaign) ?? '';
  const target = numberText(given.target)?.replace(/^ +/, '+') ?? '';
  const callerId = callerIdOf(given.callerid);
  const time = readOriginateTime(given.originatetime, { isLocal: flagOf(given.isdatelocal), epochs });
  const priority = given.priority === undefined ? null : finiteNumber(given.priority);
  const problem = problemOf({ campaign, target, callerId, time, priority, given, custom });
  const lead: AskedLead = {
    campaign: campaign.length > LONGEST_CAMPAIGN ? '' : campaign,
    target: target.slice(0, LONGEST_NAME),
    callerId: callerId ?? null,
    callerName: nameOf(given.callername),
    originateAt: time === 'unreadable' ? null : time,
    customerName: nameOf(given.customername),
    priority,
    customData: problem === 'custom_data' ? {} : Object.fromEntries(custom),
    problem,
  };
  if (flagOf(given.ignoredncstatus) === true) lead.despiteDoNotCall = true;
  return lead;
}

/** What is no object of an item's. */
export function noLead(): AskedLead {
  return {
    campaign: '',
    target: '',
    callerId: null,
    callerName: null,
    originateAt: null,
    customerName: null,
    priority: null,
    customData: {},
    problem: 'item',
  };
}

/** Of a name that comes twice the last value counts that is filled; the body's is behind the URL's. */
function sorted(fields: Fields, custom: CustomData): Given {
  const given: Given = {};
  for (const field of fields) {
    const spelled = field[0];
    const came = field[1];
    const lower = SPELLED.get(spelled) ?? spelled.trim().toLowerCase();
    const name = KNOWN.get(lower);
    const value = came instanceof OddText ? came.text : came;
    if (name === 'customdata') putCustomData(custom, value);
    else if (name !== undefined) {
      const single = Array.isArray(value) && value.length === 1 ? (value[0] as unknown) : value;
      if (!isBlank(single) && typeof single !== 'object') given[name] = single;
    } else if (isVariable(lower)) putVariable(custom, spelled, value);
  }
  return given;
}

/** Null for none, undefined for what is no caller id. */
function callerIdOf(value: unknown): string | null | undefined {
  const came = numberText(value);
  if (came === null) return null;
  if (came.trim().toLowerCase() === HIDDEN.toLowerCase()) return HIDDEN;
  const number = came.replace(/^ +/, '+').replace(PUNCTUATION, '');
  return PUBLIC_NUMBER.test(number) ? number : undefined;
}

interface Read {
  campaign: string;
  target: string;
  callerId: string | null | undefined;
  time: AskedLead['originateAt'] | 'unreadable';
  priority: number | null;
  given: Given;
  custom: CustomData;
}

function problemOf({ campaign, target, callerId, time, priority, given, custom }: Read): LeadProblem | null {
  if (campaign === '' || campaign.length > LONGEST_CAMPAIGN) return 'campaign';
  if (!isPublicNumber(target)) return 'target';
  if (callerId === undefined) return 'caller_id';
  if (time === 'unreadable') return 'time';
  if (priority === null ? given.priority !== undefined : !isPriority(priority)) return 'priority';
  return isKeepable(custom) ? null : 'custom_data';
}

function isPublicNumber(text: string): boolean {
  return PUBLIC_NUMBER.test(text) || PUBLIC_NUMBER.test(text.replace(PUNCTUATION, ''));
}

function nameOf(value: unknown): string | null {
  const name = text(value);
  return name === null ? null : storableText(name.slice(0, LONGEST_NAME));
}

function isPriority(priority: number): boolean {
  return Number.isInteger(priority) && Math.abs(priority) <= MOST_PRIORITY;
}

function flagOf(value: unknown): boolean | null {
  const word = text(value);
  if (word === null) return null;
  return YES.test(word) ? true : NO.test(word) ? false : null;
}
