import fc from 'fast-check';
import { matchesEventType } from './event-types.js';
import { OPERATIONAL_EVENT_TYPES, isOperational } from './operational-event-type.js';

describe('matchesEventType', () => {
  it.each([
    [['call.ended'], 'call.ended'],
    [['*'], 'ivr.input'],
    [['endpoint.*'], 'endpoint.failing'],
    [['connection.*'], 'connection.token_expiring'],
    [['api_key.expiring'], 'api_key.expiring'],
    [['call.*'], 'call.ended'],
    [['call.*'], 'call.leg.ended'],
    [['ivr.*', 'call.ended'], 'call.ended'],
  ])('%j asks for %s', (patterns, type) => {
    expect(matchesEventType(patterns, type)).toBe(true);
  });

  it.each([
    [[], 'call.ended'],
    [['*', 'call.*'], 'endpoint.failing'],
    [['*', 'endpoint.*'], 'connection.token_expiring'],
    [['*', 'connection.*'], 'api_key.expiring'],
    [['call.ended'], 'call.ended.late'],
    [['call'], 'call.ended'],
    [['call.*'], 'call'],
    [['call.*'], 'call.'],
    [['call.*'], 'caller.known'],
    [['c*'], 'call.ended'],
    [['*.ended'], 'call.ended'],
    [['Call.*'], 'call.ended'],
  ])('%j does not ask for %s', (patterns, type) => {
    expect(matchesEventType(patterns, type)).toBe(false);
  });

  it('a type always asks for itself, and "*" for everything that is not operational', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('', 'endpoint.', 'connection.', 'api_key.', 'call.'),
        fc.string(),
        (family, rest) => {
          const type = family + rest;
          expect(matchesEventType([type], type)).toBe(true);
          expect(matchesEventType(['*'], type)).toBe(!/^(endpoint|connection|api_key)\./.test(type));
        },
      ),
    );
  });

  it('"*" takes none of what this build tells of its own work', () => {
    for (const type of OPERATIONAL_EVENT_TYPES) {
      expect(isOperational(type)).toBe(true);
      expect(matchesEventType(['*'], type)).toBe(false);
      expect(matchesEventType([`${type.slice(0, type.indexOf('.'))}.*`], type)).toBe(true);
    }
  });
});
