/**
 * What UnifiedAPI is asked for an order. Who stands in `source` is rung first, then `destination`.
 *
 * - `simple`: two parties of which one is a phone terminal, in either order.
 * - `callback`: two numbers outside; an extension of type Callback pays for it.
 * - `conferenceInvite`: a number is put into a room of an extension of type Conference.
 *
 * Not told to VoipNow, as it has no words for them: recording, automatic answers, languages, variables.
 */
import type { Order, OrderParty } from '#domain';
import { refused } from '../conversation.js';
import { dialledDigits } from '../dialled-digits.js';
import type { DriverAccount, DriverAnswer } from '../driver.js';
import { extended, type AccountSettings } from './account-settings.js';
import type { UapiRequest } from './uapi.js';

export type OrderPlan =
  { kind: 'plan'; request: UapiRequest } | Extract<DriverAnswer<object>, { kind: 'refused' | 'unsupported' }>;

type Way =
  | { way: 'simple' | 'callback' | 'conferenceInvite'; extension: string }
  | Extract<OrderPlan, { kind: 'refused' }>;

/** @param correlator  goes as `nonce`, which VoipNow keeps beside the call */
export function planOrder(
  order: Order,
  correlator: string,
  account: Pick<DriverAccount, 'numbers' | 'country' | 'secrets'>,
  settings: AccountSettings,
): OrderPlan {
  if (order.kind === 'announce') return { kind: 'unsupported', capability: 'announce' };
  const { first, second, callerId, callerName, ringSeconds } = order;
  const isConference = order.kind === 'conference';
  const chosen = isConference ? wayToConference(settings) : wayOfCall(first, second, settings);
  if ('kind' in chosen) return chosen;
  const { way, extension } = chosen;
  // In a conference the room is the source.
  const source = isConference ? extension : dialledBy(first, account, settings);
  const destination = dialledBy(isConference ? first : second, account, settings);
  if (source === null || destination === null) return refused(STRANGE_PARTY);
  const view = {
    source: [source],
    destination: [destination],
    ...optional('callerId', writtenCallerId(callerId.first, callerName.first)),
    ...optional('callerDestination', writtenCallerId(callerId.second, callerName.second)),
  };
  return {
    kind: 'plan',
    request: {
      method: 'POST',
      path: ['phoneCalls', settings.userId, way],
      query: {
        waitForPickup: ringSeconds.first ?? ringSeconds.second,
        ...(isConference
          ? { number: order.conferenceRoom, pin: account.secrets['conference_pin'] ?? null }
          : { callDuration: order.maxSeconds }),
      },
      body: { extension, phoneCallView: [view], nonce: correlator },
    },
  };
}

const STRANGE_PARTY = 'VoipNow dials extensions, queues and numbers, and no other party; nothing was sent.';

function wayOfCall(first: OrderParty, second: OrderParty | null, settings: AccountSettings): Way {
  if (second === null) return refused('A call has two parties; nothing was sent.');
  const phone = [first, second].find(({ kind }) => kind === 'extension');
  if (phone !== undefined) return { way: 'simple', extension: extended(phone.value, settings) };
  if (first.kind === 'number' && second.kind === 'number' && settings.callbackExtension !== null) {
    return { way: 'callback', extension: extended(settings.callbackExtension, settings) };
  }
  if (settings.chargedExtension !== null) {
    return { way: 'simple', extension: extended(settings.chargedExtension, settings) };
  }
  return refused(
    'Neither party is a phone terminal, and the account names no extension that is charged for such calls; nothing was sent.',
  );
}

function wayToConference(settings: AccountSettings): Way {
  const { conferenceExtension } = settings;
  return conferenceExtension === null
    ? refused('The account names no extension of type Conference; nothing was sent.')
    : { way: 'conferenceInvite', extension: extended(conferenceExtension, settings) };
}

/** Null for a party that VoipNow cannot dial. */
function dialledBy(
  party: OrderParty | null,
  account: Pick<DriverAccount, 'numbers' | 'country'>,
  settings: AccountSettings,
): string | null {
  switch (party?.kind) {
    case 'number':
      return dialledDigits(party.value, account);
    case 'extension':
    case 'queue':
      return extended(party.value, settings);
    default:
      return null;
  }
}

/** `Dana Levi <972...>`; it takes letters only in a name, and wants one. Null leaves it to the PBX. */
function writtenCallerId(number: string | null, name: string | null): string | null {
  const digits = number?.replace(/[^\d*+]/g, '') ?? '';
  if (digits === '') return null;
  const letters = (name ?? '').replace(/[^A-Za-z]+/g, ' ').trim();
  return `${letters === '' ? 'Call' : letters} <${digits}>`;
}

function optional(name: string, value: string | null): Record<string, string> {
  return value === null ? {} : { [name]: value };
}
