import {
  LONGEST_ORDER_VARIABLE,
  MOST_ORDER_VARIABLES,
  lookupNumber,
  orderOf,
  type Order,
  type OrderParty,
} from '#domain';
import { invalidRequest } from '../http/validation.pipe.js';
import type { NewOrderDto, OrderPartyDto } from './order.dto.js';

/** A name that every vendor's API can carry. */
const VARIABLE_NAME = /^[A-Za-z][A-Za-z0-9_]{0,39}$/;

/**
 * @param country  ISO 3166-1 alpha-2 of the connection, in which numbers without a country code are dialled
 * @throws AppError `request.invalid`
 */
export function readOrder(given: NewOrderDto, country: string): Order {
  const { kind = 'call', announcement } = given;
  const second = secondOf(given, country);
  const none = { before: null, digits: null, between: null, after: null };
  return orderOf(kind, partyOf(given.first, 'first.value', country), second, {
    callerId: { first: given.callerIdForFirst ?? null, second: given.callerIdForSecond ?? null },
    ringSeconds: { first: given.ringSecondsFirst ?? null, second: given.ringSecondsSecond ?? null },
    maxSeconds: given.maxSeconds ?? null,
    record: given.record ?? null,
    autoAnswer: { first: given.autoAnswer ?? false, second: false },
    checkDevice: { first: given.checkDevice ?? false, second: false },
    language: given.language ?? null,
    announcement: announcement ? { ...none, ...announcement } : null,
    conferenceRoom: given.conferenceRoom ?? null,
    variables: variablesOf(given.variables ?? {}),
  });
}

function secondOf({ kind = 'call', second }: NewOrderDto, country: string): OrderParty | null {
  if (kind === 'call' && second === undefined) {
    throw invalidRequest([{ field: 'second', message: 'second must be given for a call' }]);
  }
  if (kind !== 'call' && second !== undefined) {
    throw invalidRequest([{ field: 'second', message: 'second must be left out for all but a call' }]);
  }
  return second === undefined ? null : partyOf(second, 'second.value', country);
}

function partyOf({ kind, value }: OrderPartyDto, field: string, country: string): OrderParty {
  if (kind !== 'number') return { kind, value };
  const e164 = lookupNumber(value, country);
  if (e164 === null) throw invalidRequest([{ field, message: `${field} must be a phone number` }]);
  return { kind, value: e164 };
}

function variablesOf(given: Record<string, unknown>): Record<string, string> {
  const entries = Object.entries(given);
  if (entries.length > MOST_ORDER_VARIABLES) {
    const message = `variables must have at most ${String(MOST_ORDER_VARIABLES)} members`;
    throw invalidRequest([{ field: 'variables', message }]);
  }
  for (const [name, value] of entries) {
    if (!VARIABLE_NAME.test(name) || typeof value !== 'string' || value.length > LONGEST_ORDER_VARIABLE) {
      const message =
        'variables must have names of letters, digits and underscores, and texts of at most ' +
        `${String(LONGEST_ORDER_VARIABLE)} characters`;
      throw invalidRequest([{ field: `variables.${name.slice(0, 40)}`, message }]);
    }
  }
  return given as Record<string, string>;
}
