import { unknown } from '../conversation.js';
import type { DriverAnswer, PbxLiveCall } from '../driver.js';
import { extended } from './account-settings.js';
import { pagesOf } from './pages-of.js';
import type { PhoneCall, PhoneCallView } from './phone-call.js';
import type { Uapi } from './uapi.js';

/** Stands for all extensions of the user. */
export const ALL = '@self';

/** One for each extension that is in a call. */
export async function listCalls(
  extension: string | null,
  uapi: Uapi,
): Promise<DriverAnswer<{ calls: PbxLiveCall[] }>> {
  const path = [
    'phoneCalls',
    uapi.settings.userId,
    extension === null ? ALL : extended(extension, uapi.settings),
  ];
  const found = await pagesOf({ method: 'GET', path }, uapi);
  if (found.kind !== 'pages') return found;
  if (!found.areAll) return unknown('More calls go on at the PBX than are read at once.');
  return { kind: 'done', calls: found.calls.flatMap(liveCallsOf) };
}

function liveCallsOf(call: PhoneCall): PbxLiveCall[] {
  const views = call.views.filter(({ extension }) => extension !== null);
  const [first] = call.views;
  const seen =
    views.length > 0 ? views : first === undefined ? [] : [{ ...first, extension: call.extension }];
  const told = (extension: string | null, number: string | null, isAnswered: boolean): PbxLiveCall => ({
    vendorCallId: call.id,
    extension,
    number,
    state: isAnswered ? 'answered' : 'ringing',
    startedAt: call.publishedAt,
    correlator: call.nonce,
  });
  if (seen.length === 0) return [told(call.extension, null, call.isAnswered)];
  return seen.map((view) => told(view.extension, otherSideOf(view), view.isAnswered));
}

function otherSideOf({ extension, sources, destinations }: PhoneCallView): string | null {
  const own = extension ?? '';
  const others = sources.includes(own) ? destinations : sources;
  return others.find((party) => party !== own) ?? null;
}
