import { refused, unknown } from '../conversation.js';
import type { DriverAnswer, PbxDriver } from '../driver.js';
import { extended } from './account-settings.js';
import type { Uapi } from './uapi.js';
import { fieldsOf, isRecord, itemsOf, textOf, wholeOf } from './junk.js';
import { listCalls } from './live-calls.js';
import { isSameParty } from './same-party.js';

type Found = Awaited<ReturnType<NonNullable<PbxDriver['extensionState']>>>;
type State = Extract<Found, { kind: 'done' }>['state'];

/** Presence, by its number; 0 is unknown. */
const STATES: Readonly<Record<number, State>> = { 1: 'free', 2: 'ringing', 3: 'busy' };
/** Registered, or in no need of it. */
const THERE = new Set([1, 2]);

/** Presence does not tell of which call: that is looked up, and left open where it cannot be. */
export async function extensionState(
  extension: string,
  uapi: Uapi,
): Promise<DriverAnswer<{ state: State; vendorCallId: string | null }>> {
  const present = await presenceOf(extension, uapi);
  if (present.kind !== 'done') return present;
  const { state } = present;
  if (state === 'free' || state === 'unavailable') return { kind: 'done', state, vendorCallId: null };
  const listed = await listCalls(extension, uapi);
  const [call] = listed.kind === 'done' ? listed.calls : [];
  return { kind: 'done', state, vendorCallId: call?.vendorCallId ?? null };
}

export async function presenceOf(extension: string, uapi: Uapi): Promise<DriverAnswer<{ state: State }>> {
  const asked = extended(extension, uapi.settings);
  const path = ['extensions', uapi.settings.userId, asked, 'presence'];
  const said = await uapi.ask({ method: 'GET', path });
  if (said.kind !== 'said') return said;
  const { entry = said.value } = fieldsOf(said.value);
  const presences = itemsOf(isPresence(entry) ? [entry] : entry).filter(isRecord);
  const presence = presences.find((one) => isSameParty(textOf(one['extension']) ?? '', asked));
  if (presence === undefined) {
    return said.value === null
      ? refused(`The PBX knows no phone terminal ${asked}.`)
      : unknown(`The PBX's answer does not tell of ${asked}.`);
  }
  return { kind: 'done', state: stateOf(presence) };
}

function stateOf(presence: Readonly<Record<string, unknown>>): State {
  const state = STATES[wholeOf(presence['status']) ?? 0];
  if (state !== undefined) return state;
  const registrations = itemsOf(presence['registration']).map((one) =>
    wholeOf(fieldsOf(one)['registration']),
  );
  return registrations.some((registration) => THERE.has(registration ?? 0)) ? 'free' : 'unavailable';
}

function isPresence(value: unknown): boolean {
  return isRecord(value) && textOf(value['extension']) !== null;
}
