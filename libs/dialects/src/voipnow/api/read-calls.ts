/** Calls that go on: their list, what is done to one of them, and their end (UnifiedAPI, PhoneCalls service). */
import type { AskedFields } from '../../content/asked-fields.js';
import { askedParty } from '../../content/asked-party.js';
import { squeezed } from '../../content/squeezed.js';
import type { PlaceInPath } from './place-in-path.js';
import { asking, invalid, unsupported, type AskReading } from './reading.js';

type Action = (callId: string, fields: AskedFields, country: string | null) => AskReading;

const ACTIONS: Readonly<Record<string, Action>> = {
  onhold: (callId) => asking({ kind: 'set_hold', callId, held: true }),
  offhold: (callId) => asking({ kind: 'set_hold', callId, held: false }),
  startrecording: (callId) => asking({ kind: 'record', callId, state: 'on' }),
  stoprecording: (callId) => asking({ kind: 'record', callId, state: 'off' }),
  transfer: (callId, fields, country) => {
    const text = fields.text('sendcallto');
    const to = text === null ? null : askedParty(text, country);
    if (to === null) return invalid('sendcallto', 'sendCallTo is a number or an extension.');
    const party = fields.text('transfernumber');
    return asking({ kind: 'transfer', callId, to, ...(party !== null && { party }) });
  },
};

const OTHER_ACTIONS: ReadonlySet<string> = new Set([
  'transfertovoicemail',
  'pickup',
  'bargein',
  'park',
  'unpark',
  'whisper',
  'monitor',
]);

export function readCallsList({ extension, rest: [callId] }: PlaceInPath): AskReading {
  return asking({
    kind: 'live_calls',
    ...(extension !== null && { extension }),
    ...(callId !== undefined && { callId }),
  });
}

export function readCallAction(
  fields: AskedFields,
  { rest: [callId] }: PlaceInPath,
  country: string | null,
): AskReading {
  const word = squeezed(fields.text('action') ?? '');
  if (OTHER_ACTIONS.has(word)) return unsupported(word, 'This action is not offered.');
  const action = Object.hasOwn(ACTIONS, word) ? ACTIONS[word] : undefined;
  if (action === undefined)
    return invalid('action', 'The action is OnHold, OffHold, StartRecording, StopRecording or Transfer.');
  if (callId === undefined) return invalid('phonecallid', 'The id of the call is missing.');
  return action(callId, fields, country);
}

/** One call, or all of an extension: never those of everybody. */
export function readHangUp(fields: AskedFields, { extension, rest: [callId] }: PlaceInPath): AskReading {
  if (callId !== undefined) {
    return asking({ kind: 'hang_up', callId, ...(extension !== null && { extension }) });
  }
  if (fields.has('phonenumber')) {
    return unsupported('hang_up_by_number', 'A call is ended by its id, or all those of an extension.');
  }
  if (extension === null) return invalid('extension', 'The extension or the id of the call is missing.');
  return asking({ kind: 'hang_up', extension });
}
