import {
  MOST_LOG_ROWS,
  lookupNumber,
  type AskedTime,
  type Bound,
  type Call,
  type CallLogSearch,
  type Party,
} from '#domain';
import type { CallLogFilter, CallLogRepository, ExtensionRepository } from '#db';
import { failed, told, type Asker, type CarryOut } from './asking.js';
import { askedInstant } from './asked-instant.js';
import type { CallNames } from './call-names.js';
import { phoneWords } from './phone-words.js';

export interface CallLogParts {
  calls: Pick<CallLogRepository, 'search'>;
  extensions: Pick<ExtensionRepository, 'all'>;
  names: Pick<CallNames, 'told' | 'vendorCallIdsOf'>;
}

/** The log of calls. What has more rows than may be told is an error, and never cut. */
export function callLog({ calls, extensions, names }: CallLogParts): CarryOut<'call_log'> {
  return async ({ search, page, order }, asker) => {
    const { credential, connection } = asker;
    // Of another organisation, or another one's user, this credential sees nothing.
    if (search.owner !== undefined && !isOwn(search.owner, asker)) {
      return told({ kind: 'call_log', calls: [], total: 0 });
    }
    const vendorCallIds =
      search.callIds === undefined
        ? undefined
        : (await Promise.all(search.callIds.map((id) => names.vendorCallIdsOf(id, asker)))).flat();
    const of = { tenant: credential.tenantId, connectionId: connection.id, country: connection.country };
    const phones = search.extensions === undefined ? [] : await extensions.all(of.tenant, of.connectionId);
    const words = search.extensions?.flatMap((said) => phoneWords(phones, said).words);
    const filter = { ...filterOf(search, asker), vendorCallIds, extensions: words };
    const found = await calls.search(of, filter, MOST_LOG_ROWS);
    if (found.length > MOST_LOG_ROWS) {
      return failed({ code: 'too_many', found: found.length, most: MOST_LOG_ROWS });
    }
    const fit = found.filter((call) => isWanted(call, search, connection));
    if (order === 'oldest_first') fit.reverse();
    const { offset, limit } = page ?? { offset: 0, limit: fit.length };
    const shown = fit.slice(offset, offset + limit);
    return told({ kind: 'call_log', calls: await names.told(shown, asker), total: fit.length });
  };
}

function filterOf(search: CallLogSearch, { credential, connection }: Asker): CallLogFilter {
  const at = (time: AskedTime | undefined) => time && askedInstant(time, connection.timeZone);
  return {
    from: at(search.from),
    to: at(search.to),
    phones: search.phones,
    queues: search.queues,
    results: search.results,
    directions: search.directions,
    // How much a credential sees is never widened by what is asked.
    agentId:
      credential.scope === 'agent' || search.scope === 'user' ? (credential.agentId ?? undefined) : undefined,
    department:
      credential.scope === 'department' || search.scope === 'department'
        ? (credential.department ?? undefined)
        : undefined,
  };
}

/** `shown` of a credential is its client, or its user and organisation (`user@organisation`); VoipNow's clients say `@me`. */
function isOwn(owner: string, { credential: { shown, name } }: Asker): boolean {
  const at = shown.lastIndexOf('@');
  return (
    owner.startsWith('@') ||
    [shown, name].includes(owner) ||
    (at > 0 && [shown.slice(0, at), shown.slice(at + 1)].includes(owner))
  );
}

/** What no index helps with. */
function isWanted(
  call: Call,
  search: CallLogSearch,
  { country, timeZone: zone }: { country: string; timeZone: string },
): boolean {
  const { callers, called, dids, duration, price, toCountry, numberTypes, campaigns } = search;
  const outside = call.direction === 'outbound' ? call.to : call.from;
  return (
    isOneOf(call.from, callers, country) &&
    isOneOf(call.to, called, country) &&
    (dids === undefined || isOneOf(call.did, dids, country)) &&
    within(lengthOf(call), duration) &&
    within(call.price?.amount ?? 0, price) &&
    (toCountry === undefined || isCountry(call.to, toCountry)) &&
    (numberTypes === undefined || numberTypes.some((type) => isOfType(outside, type, country))) &&
    isEndedWithin(call, search, zone) &&
    // Campaigns come with the dialer; until then no call is of one.
    campaigns === undefined
  );
}

function isOneOf(party: Party | null, numbers: readonly string[] | undefined, country: string): boolean {
  if (numbers === undefined) return true;
  if (party === null) return false;
  return numbers.some((number) => {
    if (number.toLowerCase() === party.original.toLowerCase()) return true;
    const e164 = lookupNumber(number, country);
    return e164 !== null && e164 === (party.e164 ?? lookupNumber(party.original, country));
  });
}

function isCountry({ country, countryName }: Party, wanted: string): boolean {
  const text = wanted.toLowerCase();
  return country?.toLowerCase() === text || countryName?.toLowerCase() === text;
}

/** GlobalEx has calls abroad for a type beside the types of lines. */
function isOfType(party: Party, type: string, country: string): boolean {
  if (type === 'international') return party.country !== null && party.country !== country;
  return party.type === type;
}

function isEndedWithin({ endedAt }: Call, { endedFrom, endedTo }: CallLogSearch, zone: string): boolean {
  if (endedFrom === undefined && endedTo === undefined) return true;
  if (endedAt === null) return false;
  return (
    (endedFrom === undefined || endedAt >= askedInstant(endedFrom, zone)) &&
    (endedTo === undefined || endedAt <= askedInstant(endedTo, zone))
  );
}

/** Seconds from its start to its end. */
function lengthOf({ startedAt, endedAt, talkSeconds }: Call): number {
  return startedAt === null || endedAt === null ? (talkSeconds ?? 0) : (endedAt - startedAt) / 1_000;
}

function within(value: number, bounds: readonly Bound[] | undefined): boolean {
  return (bounds ?? []).every((bound) => {
    if (bound.sign === '>') return value > bound.value;
    return bound.sign === '<' ? value < bound.value : value === bound.value;
  });
}
