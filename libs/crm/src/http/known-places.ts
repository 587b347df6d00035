/** Which placeholders there are, by the request that they stand in. */
import { instant } from '#domain';
import type { CallEntry } from '../connector.js';
import { callWords, contactWords, draftWords, formsOf, taskWords } from './call-words.js';

const AT = instant(0);
const CALL: CallEntry = {
  callId: '',
  marker: '',
  direction: 'inbound',
  result: 'answered',
  missed: false,
  startedAt: AT,
  answeredAt: AT,
  endedAt: AT,
  talkSeconds: 0,
  number: '',
  e164: '+10',
  ourNumber: '',
  extension: '',
  agentName: '',
  ownerId: '',
  subject: '',
  body: '',
  outcome: '',
  activityType: '',
  recordingUrl: '',
};
const SOMEBODY = { id: '', type: '', name: '', url: '', ownerId: '' };
const OF_CALL = callWords(CALL, SOMEBODY, {});

/** One of everything that is known when it is asked: what a template may name is what stands here. */
const PLACES = {
  nothing: {},
  lookup: { number: '', forms: formsOf('+10') },
  /** Of whom a search found, whose record is read for the rest. */
  found: { contact: { id: '', type: '', ids: {} } },
  page: { contact: contactWords(SOMEBODY) },
  create: draftWords({ name: 'a b', e164: '+10', withoutNumber: false, ownerId: '' }),
  call: OF_CALL,
  update: { ...OF_CALL, record: { id: '', type: '' } },
  task: taskWords({ subject: '', body: '', dueAt: AT, ownerId: '', call: CALL }, SOMEBODY, {}),
} as const satisfies Record<string, object>;

export type PlacesOf = keyof typeof PLACES;

/** Whatever the settings name there, or the CRM. */
const OPEN = /^(words|contact\.ids)\.[^.]+$/;

export function hasPlace(path: readonly string[], of: PlacesOf): boolean {
  const isOpen = OPEN.test(path.join('.'));
  let value: unknown = PLACES[of];
  for (const name of isOpen ? path.slice(0, -1) : path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return false;
    value = (value as Record<string, unknown>)[name];
  }
  return true;
}
