/**
 * Looks for a call in VoipNow's history. It can be asked for times and parties but not for ids, and prints parties in its own
 * way; so all calls around that time are read, and judged here.
 */
import { instant, type Instant, type OrderParty } from '#domain';
import { byItsClock } from '../by-its-clock.js';
import { unknown } from '../conversation.js';
import type { DriverAnswer, PbxPastCall, WantedCall } from '../driver.js';
import { pagesOf } from './pages-of.js';
import type { PhoneCall } from './phone-call.js';
import { isSameParty } from './same-party.js';
import type { Uapi } from './uapi.js';

const AROUND_MS = 90_000;
/** Its times have no zone, and nobody says whose they are: no clock is further from UTC. */
const ANY_ZONE_MS = 14 * 3_600_000;
/** It is in the history from its end on. */
const LONGEST_CALL_MS = 4 * 3_600_000;

export function findCall(
  wanted: WantedCall,
  uapi: Uapi,
): Promise<DriverAnswer<{ call: PbxPastCall | null }>> {
  return byItsClock(wanted, async (at) => {
    const answer = await lookUp(at, uapi);
    return { answer, clockAheadMs: uapi.clockAheadMs };
  });
}

async function lookUp(wanted: WantedCall, uapi: Uapi): Promise<DriverAnswer<{ call: PbxPastCall | null }>> {
  const query = {
    saveStartDate: written(wanted.from - ANY_ZONE_MS),
    saveEndDate: written(wanted.to + LONGEST_CALL_MS + ANY_ZONE_MS),
  };
  const found = await pagesOf({ method: 'GET', path: ['cdr', uapi.settings.userId], query }, uapi);
  if (found.kind !== 'pages') return found;
  const call = pick(found.calls, wanted);
  if (call !== undefined) return { kind: 'done', call: pastCallOf(call, wanted) };
  return found.areAll
    ? { kind: 'done', call: null }
    : unknown("The PBX's history of that time is longer than is read at once.");
}

type Kept = PhoneCall & { id: string };

/** By its id; by what it was given; where neither is known of any, by who called whom when. */
function pick(calls: readonly PhoneCall[], wanted: WantedCall): Kept | undefined {
  const kept = calls.filter((call): call is Kept => call.id !== null);
  const { vendorCallId, correlator } = wanted;
  const named = kept.find(({ id, nonce }) => id === vendorCallId || nonce === correlator);
  if (named !== undefined || vendorCallId !== null) return named;
  // One that was given something else is another order's.
  return kept.find((call) => call.nonce === null && isAround(call.publishedAt, wanted) && isOf(call, wanted));
}

function isAround(at: Instant | null, { from, to }: WantedCall): boolean {
  return at !== null && at >= from - AROUND_MS && at <= to + AROUND_MS;
}

function isOf(call: PhoneCall, { order: { first, second } }: WantedCall): boolean {
  const told = partiesOf(call);
  const dialled = [first, second].filter((party): party is OrderParty => party !== null);
  return dialled.every(({ value }) => told.some((party) => isSameParty(party, value)));
}

function partiesOf({ extension, views }: PhoneCall): string[] {
  const all = views.flatMap((view) => [view.extension, ...view.sources, ...view.destinations]);
  return [extension, ...all].filter((party) => party !== null);
}

function pastCallOf(call: Kept, { order: { first, second } }: WantedCall): PbxPastCall {
  const told = partiesOf(call);
  const spelled = (kind: OrderParty['kind']) => {
    const party = [second, first].find((one) => one?.kind === kind);
    return party ? (told.find((one) => isSameParty(one, party.value)) ?? party.value) : null;
  };
  return {
    vendorCallId: call.id,
    extension: spelled('extension') ?? call.extension,
    number: spelled('number'),
    startedAt: call.publishedAt,
    answered: call.isAnswered,
  };
}

/** `YYYY-MM-DDTHH:mm:ss`: it refuses others. */
function written(at: number): string {
  return new Date(instant(at)).toISOString().slice(0, 19);
}
