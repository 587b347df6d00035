/** GlobalEx and the switchboards of its family (seed 004). They echo no correlator: a call is known by its id, else by its parties and time. */
import type { Order, OrderParty } from '#domain';
import { problemsOfSettings, textSetting } from '../account-urls.js';
import { refused, unknown } from '../conversation.js';
import { dialledDigits } from '../dialled-digits.js';
import type { DriverAccount, DriverAnswer, DriverIo, PbxDriver, Placed } from '../driver.js';
import { textOf, textOrNull, type Fields } from '../read-reply.js';
import { dialup } from './dialup.js';
import { FIELDS } from './fields.js';
import { findCall } from './find-call.js';

const LONGEST_RING_SECONDS = 300;

async function place(
  order: Order,
  _correlator: string,
  account: DriverAccount,
  io: DriverIo,
): Promise<DriverAnswer<Placed>> {
  if (order.kind !== 'call') return { kind: 'unsupported', capability: order.kind };
  const [dial1, dial2] = [dialled(order.first, account), dialled(order.second, account)];
  if (dial1 === null || dial2 === null) return refused('GlobalEx calls extensions, queues and numbers only.');
  const callerId = callerIdOf(order, account);
  const seconds = order.ringSeconds.first ?? order.ringSeconds.second;
  const answer = await dialup(
    {
      dial1,
      dial2,
      showUID: 'yes',
      ...(callerId === null ? {} : { SetCID: callerId }),
      ...(seconds === null ? {} : { Timeout: String(Math.min(LONGEST_RING_SECONDS, Math.max(1, seconds))) }),
    },
    account,
    io,
  );
  if (answer.kind !== 'done') return answer;
  const { fields } = answer;
  // Nothing but this word says that it dials.
  if (textOf(fields, 'Response') === '') return unknown("The PBX's answer does not say whether it dials.");
  return { kind: 'done', vendorCallId: textOrNull(fields, 'Uniqueid1', 'Uniqueid') };
}

/** The plus is refused there, whatever the account says. */
function dialled(party: OrderParty | null, account: DriverAccount): string | null {
  if (party === null || party.kind === 'trunk' || party.kind === 'login_code') return null;
  return party.kind === 'number' ? dialledDigits(party.value, account).replace(/^\+/, '') : party.value;
}

/**
 * A caller id also makes or prevents a recording, which is told both ways; where that is against the order's wish, the wish
 * about the recording counts.
 */
function callerIdOf({ callerId, record }: Order, account: DriverAccount): string | null {
  const setting = textSetting(account, 'caller_id', FIELDS);
  const digits = (callerId.second ?? callerId.first ?? setting).replace(/\D/g, '');
  const recordsWith = textSetting(account, 'recording', FIELDS) === 'with_caller_id';
  const mayShow = record === null || record === recordsWith;
  return digits === '' || !mayShow ? null : digits;
}

type State = 'free' | 'ringing' | 'busy' | 'unavailable';

/** The words of both pages that tell it. */
const STATES: ReadonlyMap<string, State> = new Map([
  ['free', 'free'],
  ['idle', 'free'],
  ['ringing', 'ringing'],
  ['busy', 'busy'],
  ['inuse', 'busy'],
  ['unavailable', 'unavailable'],
  ['disconnected', 'unavailable'],
]);

async function extensionState(
  extension: string,
  account: DriverAccount,
  io: DriverIo,
): Promise<DriverAnswer<{ state: State; vendorCallId: string | null }>> {
  const answer = await dialup({ exten: extension }, account, io);
  if (answer.kind !== 'done') return answer;
  const state = stateIn(answer.fields);
  if (state === undefined) return unknown("The PBX's answer cannot be read.");
  return { kind: 'done', state, vendorCallId: textOrNull(answer.fields, 'Uniqueid') };
}

/** Under which name is not documented. */
function stateIn(fields: Fields): State | undefined {
  const words = [
    textOf(fields, 'Status', 'State'),
    ...Object.keys(fields).map((name) => textOf(fields, name)),
  ];
  return words.map((word) => STATES.get(word.toLowerCase())).find((state) => state !== undefined);
}

async function hangUp(
  { extension }: { extension: string | null },
  account: DriverAccount,
  io: DriverIo,
): Promise<DriverAnswer<{ endsAllOfExtension: boolean }>> {
  if (extension === null) return refused('GlobalEx ends the calls of an extension, and none is known.');
  const answer = await dialup({ exten: extension, operation: 'hangup' }, account, io);
  if (answer.kind !== 'done') return answer;
  if (textOf(answer.fields, 'Response') === '') return unknown("The PBX's answer does not say what it did.");
  return { kind: 'done', endsAllOfExtension: true };
}

export const globalexDriver: PbxDriver = {
  vendor: 'globalex',
  hangsUpExtensions: true,
  title: 'GlobalEx',
  fields: FIELDS,
  numbers: 'local',
  can: {
    place_call: true,
    place_to_customer_first: true,
    hang_up: true,
    list_calls: true,
    extension_state: true,
    find_call: true,
  },
  problemsOf: (settings) => problemsOfSettings(settings, FIELDS),
  // An extension that nobody has: the answer's words tell a right account from a wrong one all the same.
  probe: async (account, io) => {
    const answer = await dialup({ exten: '0' }, account, io);
    if (answer.kind !== 'done') return answer;
    return { kind: 'done', what: 'The PBX answers to this user.' };
  },
  place,
  hangUp,
  // It tells of one extension at a time.
  listCalls: async (extension, account, io) => {
    if (extension === null) return { kind: 'unsupported', capability: 'list_calls' };
    const answer = await extensionState(extension, account, io);
    if (answer.kind !== 'done') return answer;
    const { state, vendorCallId } = answer;
    if (state !== 'busy' && state !== 'ringing') return { kind: 'done', calls: [] };
    const call = { vendorCallId, extension, number: null, startedAt: null, correlator: null };
    return { kind: 'done', calls: [{ ...call, state: state === 'busy' ? 'answered' : 'ringing' }] };
  },
  extensionState,
  findCall,
};
