/** What can be done to a call that goes on: PUT with an action, or DELETE. A call has to be named: without, all are meant. */
import { refused, unknown } from '../conversation.js';
import { dialledDigits } from '../dialled-digits.js';
import type { DriverAnswer } from '../driver.js';
import { extended } from './account-settings.js';
import type { Uapi, Said } from './uapi.js';
import { ALL } from './live-calls.js';
import { phoneCallsIn } from './phone-call.js';
import { isSameParty } from './same-party.js';

export interface NamedCall {
  extension: string | null;
  vendorCallId: string | null;
}

const NO_CALL = 'The call has no id yet, so nothing was sent.';
const GONE = 'The PBX has no such call any more.';

/** Ends one call, or all of an extension where the call is not known by an id. */
export async function hangUp(
  { extension, vendorCallId }: NamedCall,
  uapi: Uapi,
): Promise<DriverAnswer<{ endsAllOfExtension: boolean }>> {
  if (vendorCallId === null && extension === null) return refused(NO_CALL);
  const path = pathOf({ extension, vendorCallId }, uapi);
  const said = await uapi.ask({ method: 'DELETE', path });
  if (said.kind !== 'said') return said;
  return isNothing(said) ? refused(GONE) : { kind: 'done', endsAllOfExtension: vendorCallId === null };
}

/** It begins and ends recordings, and cannot silence one: `mute` ends it, `unmute` begins another. */
export async function record(
  call: NamedCall,
  state: 'on' | 'off' | 'mute' | 'unmute',
  uapi: Uapi,
): Promise<DriverAnswer<object>> {
  if (call.vendorCallId === null) return refused(NO_CALL);
  const path = pathOf(call, uapi);
  // It wants to know whose side is recorded.
  const said = await uapi.ask({ method: 'GET', path });
  if (said.kind === 'unknown') return refused(`The call could not be looked up: ${said.why}`);
  if (said.kind !== 'said') return said;
  const found = phoneCallsIn(said.value, uapi.account.timeZone).find(({ id }) => id === call.vendorCallId);
  const view = found?.views.find((one) => isOf(one.extension, call.extension, uapi)) ?? found?.views[0];
  if (view === undefined || view.id === null) return refused(GONE);
  const begins = state === 'on' || state === 'unmute';
  const action = begins ? { action: 'StartRecording', format: 'wav' } : { action: 'StopRecording' };
  return put(path, { ...action, phoneCallViewId: view.id }, uapi);
}

/** A blind one: whoever it is given to is rung at once. */
export async function transfer(
  { to, ...call }: NamedCall & { vendorCallId: string; to: string },
  uapi: Uapi,
): Promise<DriverAnswer<object>> {
  const from = call.extension === null ? {} : { transferFromNumber: extended(call.extension, uapi.settings) };
  const sendCallTo = to.startsWith('+') ? dialledDigits(to, uapi.account) : to;
  return put(pathOf(call, uapi), { action: 'Transfer', sendCallTo, ...from }, uapi);
}

async function put(path: readonly string[], body: object, uapi: Uapi): Promise<DriverAnswer<object>> {
  const said = await uapi.ask({ method: 'PUT', path, body });
  if (said.kind !== 'said') return said;
  if (said.value === null) return refused(GONE);
  const [call] = phoneCallsIn(said.value, uapi.account.timeZone);
  return call === undefined ? unknown('The PBX took it and told of no call.') : { kind: 'done' };
}

function pathOf({ extension, vendorCallId }: NamedCall, uapi: Uapi): string[] {
  const asked = extension === null ? ALL : extended(extension, uapi.settings);
  return ['phoneCalls', uapi.settings.userId, asked, ...(vendorCallId === null ? [] : [vendorCallId])];
}

function isOf(extension: string | null, wanted: string | null, uapi: Uapi): boolean {
  return extension !== null && wanted !== null && isSameParty(extension, extended(wanted, uapi.settings));
}

function isNothing({ value }: Extract<Said, { kind: 'said' }>): boolean {
  return value === null || (Array.isArray(value) && value.length === 0);
}
