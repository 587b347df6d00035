import type { CallLeg, Direction, Party } from '../call/call.js';
import type { StoredCall } from '../call/stored-call.js';
import { maskJson } from './mask-number.js';
import { holdsNumber, type NumberTrace } from './number-trace.js';

type Leg = StoredCall['legs'][number];

/** Whose side of a leg the person outside is on. */
const OUTSIDE: Record<Direction, readonly ('from' | 'to')[]> = {
  inbound: ['from'],
  outbound: ['to'],
  internal: [],
};

/**
 * A call of which nobody can tell whose it was: times, result, and the tenant's own people, queues and numbers stay, as
 * statistics need them. Names, numbers and texts of the other side, custom data, recordings, transcripts and what the PBX sent
 * besides are left out: what is kept is named here, and nothing else is.
 */
export function anonymousCall(record: StoredCall, trace: NumberTrace): StoredCall {
  const { legs, closedAt, told, rang } = record;
  const kept: StoredCall = {
    legs: legs.map((leg) => anonymousLeg(leg, trace)),
    ...(closedAt !== undefined && { closedAt }),
    ...(told && { told }),
    ...(rang && { rang }),
  };
  return JSON.parse(maskJson(JSON.stringify(kept), trace)) as StoredCall;
}

/** The addresses of its recordings. They are the PBX's: whoever erases a call has to have them deleted there. */
export function recordingsOf({ legs }: StoredCall): string[] {
  return [...new Set(legs.flatMap(({ recordings }) => recordings.map(({ url }) => url)))];
}

function anonymousLeg(leg: Leg, trace: NumberTrace): Leg {
  const { key, vendorType, vendorStatus, direction, result, nobodyMissed, startedAt, heard } = leg;
  const { ringSeconds, queueSeconds, talkSeconds, menuSeconds, did, extension, agent, queue, department } =
    leg;
  const outside = OUTSIDE[direction];
  const party = (side: 'from' | 'to') =>
    outside.includes(side) || holdsNumber(JSON.stringify(leg[side]), trace)
      ? anonymousParty(leg[side])
      : leg[side];
  const kept: CallLeg = {
    ...{ key, vendorType, vendorStatus, direction, result, startedAt, heard },
    ...(nobodyMissed && { nobodyMissed }),
    ...{ ringSeconds, queueSeconds, talkSeconds },
    ...(menuSeconds !== undefined && { menuSeconds }),
    ...{ from: party('from'), to: party('to'), did, extension, agent, queue, department },
    price: leg.price,
    recordings: [],
    // What a caller typed may be a number, of a card or of a person.
    ivrPath: leg.ivrPath.map((step) => ({ ...step, digits: null })),
    customData: {},
    transferOf: null,
    ai: null,
    unreadableFields: [],
    raw: {},
  };
  return kept;
}

/** The country and the kind of line say nothing of who it was. */
function anonymousParty({ country, countryName, type }: Party): Party {
  return { original: '', e164: null, country, countryName, type };
}
