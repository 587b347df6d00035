/** New calls: `simple`, `callback` and `conferenceInvite` (UnifiedAPI, PhoneCalls service). */
import { orderOf, type Order, type OrderParty } from '#domain';
import type { AskedFields } from '../../content/asked-fields.js';
import { askedParty } from '../../content/asked-party.js';
import { readCallerId, type CallerId } from './caller-id.js';
import { asking, invalid, unsupported, type AskReading, type Refused } from './reading.js';

/** The vendor's own default. */
export const DEFAULT_PICKUP_SECONDS = 25;
const MOST_PICKUP_SECONDS = 300;
const MOST_DURATION_SECONDS = 86_400;

type Extras = Pick<Order, 'callerId' | 'callerName' | 'ringSeconds' | 'maxSeconds'>;

/**
 * The source is rung first, and the destination when it has answered: an agent's phone for `simple`, a customer's for
 * `callback`. A conference rings the destination and puts it into the room.
 *
 * @param country  null while nobody knows whose request it is
 */
export function readCreate(fields: AskedFields, kind: string, country: string | null): AskReading {
  const views = fields.objects('phonecallview');
  if (views.length > 1) return unsupported('several_calls', 'One request places one call.');
  // The query's parameters may stand in the body, and the view's beside it.
  const asked = fields.within('phonecallview');
  const extension = partyOf(fields.list('extension'), 'extension', country);
  if (isRefused(extension)) return extension;
  const source = partyOf(asked.list('source'), 'source', country);
  if (isRefused(source)) return source;
  const destination = partyOf(asked.list('destination'), 'destination', country);
  if (isRefused(destination)) return destination;
  const extras = readExtras(asked);
  if (isRefused(extras)) return extras;
  const parties = { extension, source, destination };
  return kind === 'conferenceinvite' ? conference(asked, parties, extras) : call(kind, parties, extras);
}

interface Parties {
  extension: OrderParty | null;
  source: OrderParty | null;
  destination: OrderParty | null;
}

/** The extension stands for the agent's side where that is not said. */
function call(kind: string, { extension, source, destination }: Parties, extras: Extras): AskReading {
  const first = source ?? (kind === 'simple' ? extension : null);
  if (first === null) return invalid('source', 'source is missing.');
  const second = destination ?? (kind === 'callback' ? extension : null);
  if (second === null) return invalid('destination', 'destination is missing.');
  return asking({ kind: 'place', order: orderOf('call', first, second, extras) });
}

function conference(asked: AskedFields, { extension, destination }: Parties, extras: Extras): AskReading {
  if (destination === null) return invalid('destination', 'destination is missing.');
  const conferenceRoom = asked.text('number') ?? extension?.value ?? null;
  if (conferenceRoom === null) return invalid('number', 'number is missing: the conference to invite to.');
  const pin = asked.text('pin');
  const more = { ...extras, conferenceRoom, ...(pin !== null && { conferencePin: pin }) };
  return asking({ kind: 'place', order: orderOf('conference', destination, null, more) });
}

function partyOf(
  texts: readonly string[],
  field: string,
  country: string | null,
): OrderParty | null | Refused {
  const [text, ...others] = new Set(texts);
  if (text === undefined) return null;
  if (others.length > 0) return unsupported(`several_${field}s`, `One request rings one ${field}.`);
  return askedParty(text, country) ?? invalid(field, `${field} is neither a number nor an extension.`);
}

function readExtras(asked: AskedFields): Extras | Refused {
  const toFirst = callerIn(asked, 'callerid');
  if (isRefused(toFirst)) return toFirst;
  const toSecond = callerIn(asked, 'callerdestination');
  if (isRefused(toSecond)) return toSecond;
  const pickup = asked.has('waitforpickup') ? asked.whole('waitforpickup') : DEFAULT_PICKUP_SECONDS;
  if (pickup === null || pickup < 1 || pickup > MOST_PICKUP_SECONDS) {
    return invalid('waitforpickup', `waitForPickup is a number of seconds from 1 to ${MOST_PICKUP_SECONDS}.`);
  }
  const duration = asked.whole('callduration');
  if (
    asked.has('callduration') &&
    !(duration !== null && duration >= 1 && duration <= MOST_DURATION_SECONDS)
  ) {
    return invalid('callduration', `callDuration is a number of seconds from 1 to ${MOST_DURATION_SECONDS}.`);
  }
  return {
    callerId: { first: toFirst?.number ?? null, second: toSecond?.number ?? null },
    callerName: { first: toFirst?.name ?? null, second: toSecond?.name ?? null },
    ringSeconds: { first: pickup, second: null },
    maxSeconds: duration,
  };
}

function callerIn(asked: AskedFields, field: string): CallerId | null | Refused {
  const text = asked.text(field);
  if (text === null) return null;
  return readCallerId(text) ?? invalid(field, 'A caller is written as a number, or as a name and <number>.');
}

function isRefused(value: object | null): value is Refused {
  return value !== null && 'ok' in value;
}
