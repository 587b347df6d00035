/** What an extension is doing, in the vendor's words (seed 004, "Extension status check"). */
import type { Call, ToldCall, ToldExtension } from '#domain';
import { wallClockText } from '../../content/time-texts.js';
import type { Members } from './write-members.js';

export type Doing = 'free' | 'busy' | 'ringing' | 'unavailable';

/** The words of `CHstatus.php`. */
export const CHANNEL_WORDS: Readonly<Record<Doing, string>> = {
  free: 'Idle',
  busy: 'InUse',
  ringing: 'Ringing',
  unavailable: 'Disconnected',
};

const TAIL_DIGITS = 8;

/** The call that counts of those that go on: one that is talked in before one that rings. */
export function currentCall({ calls }: Pick<ToldExtension, 'calls'>): ToldCall | undefined {
  return (
    calls.find(({ call }) => call.state === 'answered') ?? calls.find(({ call }) => call.state === 'ringing')
  );
}

export function doingOf(extension: Pick<ToldExtension, 'calls' | 'device'>): Doing {
  const current = currentCall(extension);
  if (current) return current.call.state === 'answered' ? 'busy' : 'ringing';
  return extension.device === 'unreachable' ? 'unavailable' : 'free';
}

/**
 * Of the call that goes on; none without one. The channel has no name of its own with us, and both channels of a call that is
 * talked in are found by the one id. The last three are described in the seed, and named by us.
 *
 * @param timeZone  IANA; null for UTC
 */
export function detailsOf(extension: ToldExtension, timeZone: string | null): Members {
  const current = currentCall(extension);
  if (current === undefined) return [];
  const { call, callId, recordingUrls } = current;
  return [
    ['Channel', `SIP/${extension.extension}-${callId.replace(/\W/g, '').slice(-TAIL_DIGITS)}`],
    ['BridgedUniqueid', call.state === 'answered' ? callId : ''],
    ['Uniqueid', callId],
    ['Destination', call.to.original],
    ['Calltime', startOf(call, timeZone)],
    ['Recordingfile', recordingUrls[0] ?? ''],
  ];
}

/** `2026-11-21 11:30:00`, empty where nobody knows. */
export function startOf({ startedAt }: Pick<Call, 'startedAt'>, timeZone: string | null): string {
  return startedAt === null ? '' : wallClockText(startedAt, timeZone).replace('T', ' ');
}
