import fc from 'fast-check';
import { matchesEventType } from './event-types.js';

describe('matchesEventType', () => {
  it.each([
    [['call.ended'], 'call.ended'],
    [['*'], 'ivr.input'],
    [['endpoint.*'], 'endpoint.failing'],
    [['call.*'], 'call.ended'],
    [['call.*'], 'call.leg.ended'],
    [['ivr.*', 'call.ended'], 'call.ended'],
  ])('%j asks for %s', (patterns, type) => {
    expect(matchesEventType(patterns, type)).toBe(true);
  });

  it.each([
    [[], 'call.ended'],
    [['*', 'call.*'], 'endpoint.failing'],
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

  it('a type always asks for itself, and "*" for everything that is not about endpoints', () => {
    fc.assert(
      fc.property(fc.string(), (type) => {
        expect(matchesEventType([type], type)).toBe(true);
        expect(matchesEventType(['*'], type)).toBe(!type.startsWith('endpoint.'));
      }),
    );
  });
});
