import fc from 'fast-check';
import {
  failedConditions,
  passesFilter,
  readEndpointFilter,
  type EndpointFilter,
} from './endpoint-filter.js';

const DATA = {
  direction: 'inbound',
  extension: '101',
  queue: { id: '7', name: 'Sales' },
  legs: [{ extension: '101' }, { extension: '102' }],
};
const passes = (filter: EndpointFilter | null, data: unknown = DATA, met = true, type = 'call.ended') =>
  passesFilter(filter, { type, data }, () => met);

describe('an endpoint’s filter', () => {
  it('that is not there or empty lets everything pass', () => {
    expect(passes(null)).toBe(true);
    expect(passes({})).toBe(true);
  });

  it.each<[EndpointFilter, boolean]>([
    [{ directions: ['inbound', 'internal'] }, true],
    [{ directions: ['outbound'] }, false],
    [{ extensions: ['102'] }, true],
    [{ extensions: ['103'] }, false],
    [{ queues: ['Sales'] }, true],
    [{ queues: ['7'] }, true],
    [{ queues: ['Support'] }, false],
    [{ directions: ['inbound'], extensions: ['103'] }, false],
  ])('%j: %s', (filter, expected) => {
    expect(passes(filter)).toBe(expected);
  });

  it('asks its conditions on the payload last', () => {
    expect(passes({ payload: { a: 1 } }, DATA, false)).toBe(false);
    expect(passes({ payload: { a: 1 } }, DATA, true)).toBe(true);
  });

  it('is not met by data that is no call', () => {
    expect(passes({ directions: ['inbound'] }, null)).toBe(false);
    expect(passes({ queues: ['Sales'] }, { queue: null })).toBe(false);
  });

  it('asks of events that are about no call only what it says of their payload', () => {
    const filter = { directions: ['inbound' as const], extensions: ['101'], queues: ['7'] };
    const data = { endpoint: { name: 'CRM' } };
    for (const type of ['endpoint.disabled', 'api_key.expiring', 'connection.token_expiring']) {
      expect(passes(filter, data, true, type)).toBe(true);
      expect(passes({ ...filter, payload: { a: 1 } }, data, false, type)).toBe(false);
      expect(passes({ ...filter, payload: { a: 1 } }, data, true, type)).toBe(true);
    }
    expect(passes(filter, data)).toBe(false);
  });
});

describe('the conditions that an event does not meet', () => {
  const lists: fc.Arbitrary<EndpointFilter> = fc.record(
    {
      directions: fc.constantFrom<EndpointFilter['directions'] & object>(['inbound'], ['outbound']),
      extensions: fc.constantFrom<string[]>(['102'], ['103']),
      queues: fc.constantFrom<string[]>(['Sales'], ['Support']),
      payload: fc.constantFrom<Record<string, unknown>>({ a: 1 }, { a: 1, b: 2 }, {}),
    },
    { requiredKeys: [] },
  );
  const types = fc.constantFrom('call.ended', 'endpoint.failing');

  it('are none exactly where it passes', () => {
    fc.assert(
      fc.property(fc.option(lists), types, fc.boolean(), (filter, type, met) => {
        const event = { type, data: DATA };
        const failed = failedConditions(filter, event, () => met);
        expect(failed.length === 0).toBe(passesFilter(filter, event, () => met));
      }),
    );
  });

  it('are told by their path', () => {
    const matches = (_: unknown, conditions: Record<string, unknown>) => !('b' in conditions);
    const filter = { directions: ['outbound' as const], queues: ['7'], payload: { a: 1, b: 2 } };
    const event = { type: 'call.ended', data: DATA };
    expect(failedConditions(filter, event, matches)).toEqual(['directions', 'payload.b']);
    const together = (_: unknown, conditions: Record<string, unknown>) => Object.keys(conditions).length < 2;
    expect(failedConditions(filter, event, together)).toEqual(['directions', 'payload']);
  });
});

describe('reading a filter', () => {
  it.each([
    [{}],
    [{ directions: ['inbound'], extensions: ['101'], queues: ['Sales'] }],
    [{ payload: { talkSeconds: { $gte: 30 }, $or: [{ result: 'missed' }, { result: 'busy' }] } }],
  ])('%j is a filter', (value) => {
    expect(readEndpointFilter(value)).toEqual({ ok: true, filter: value });
  });

  it.each<[unknown, string]>([
    ['x', 'object'],
    [{ direction: ['inbound'] }, '"direction"'],
    [{ directions: ['sideways'] }, 'inbound, outbound, internal'],
    [{ extensions: [] }, 'list'],
    [{ extensions: [101] }, 'list'],
    [{ payload: [] }, '"payload"'],
    [{ payload: { a: { $like: 'x' } } }, '"$like"'],
    [{ payload: { a: { $ref: 'b' } } }, '"$ref"'],
  ])('%j is refused with a word about it', (value, about) => {
    expect(readEndpointFilter(value)).toEqual({
      ok: false,
      problem: expect.stringContaining(about) as string,
    });
  });

  it('never throws, and what it takes can be asked', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 12 }), fc.jsonValue(), (value, data) => {
        const reading = readEndpointFilter(value);
        if (reading.ok) expect(typeof passes(reading.filter, data)).toBe('boolean');
      }),
    );
  });
});
