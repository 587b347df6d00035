import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { instant, type Exchange } from '#domain';
import type { CrmFault, CrmReply, CrmRequest, CrmVerdict } from './crm-io.js';
import { judgeExchange } from './judge-exchange.js';

const NOW = instant(Date.UTC(2026, 10, 21, 9, 30));
const READS: CrmRequest = { method: 'GET', path: '/x' };
const MAKES: CrmRequest = { method: 'POST', path: '/x', json: {}, makes: true };

type Cause = Extract<Exchange, { kind: 'failed' }>['cause'];
interface Given {
  request?: CrmRequest;
  judge?: () => CrmVerdict | undefined;
}

function answered(status: number, body: unknown = '', headers: Record<string, string> = {}): Exchange {
  return { kind: 'answered', status, headers, body: typeof body === 'string' ? body : JSON.stringify(body) };
}

function judged(exchange: Exchange, { request = READS, judge }: Given = {}): CrmReply | CrmFault {
  try {
    return judgeExchange(exchange, request, { now: NOW, judge });
  } catch (fault) {
    return fault as CrmFault;
  }
}

const kindOf = (exchange: Exchange, given?: Given) => {
  const result = judged(exchange, given);
  return 'kind' in result ? result.kind : 'good';
};

describe('judgeExchange', () => {
  it('gives a good answer, with its JSON where it is some', () => {
    expect(judged(answered(200, { id: 7 }))).toMatchObject({ status: 200, json: { id: 7 } });
    expect(judged(answered(204))).toMatchObject({ status: 204, json: undefined });
    expect(judged(answered(200, '<html>'))).toMatchObject({ body: '<html>', json: undefined });
  });

  it('takes a status for what it says where the connector says nothing', () => {
    const meant: [number, string][] = [
      ...([
        [302, 'refused'],
        [400, 'refused'],
        [422, 'refused'],
      ] as [number, string][]),
      ...([
        [401, 'unauthorised'],
        [403, 'unauthorised'],
        [404, 'gone'],
        [410, 'gone'],
      ] as [number, string][]),
      ...([
        [409, 'duplicate'],
        [429, 'throttled'],
        [408, 'unreachable'],
        [500, 'unreachable'],
      ] as [number, string][]),
    ];
    for (const [status, kind] of meant) expect([status, kindOf(answered(status))]).toEqual([status, kind]);
  });

  it('does not take a record that cannot be made for one that is gone', () => {
    for (const status of [404, 410]) {
      expect(judged(answered(status), { request: MAKES })).toMatchObject({
        kind: 'refused',
        more: { unclear: false, outcome: { class: 'refused' } },
      });
    }
  });

  it('takes the word of the connector before the status, even against a 2xx and for an error', () => {
    const gone = () => ({ kind: 'gone', reason: 'merged away' }) as const;
    expect(kindOf(answered(200), { judge: gone })).toBe('gone');
    expect(kindOf(answered(500), { judge: () => ({ kind: 'good' }) })).toBe('good');
    expect(kindOf(answered(404), { judge: () => undefined })).toBe('gone');
  });

  it('heeds what HTTP says of waiting, whatever else the connector says', () => {
    const judge = () => ({ kind: 'refused', reason: 'no' }) as const;
    const fault = judged(answered(429, '', { 'retry-after': '7' }), { judge, request: MAKES });
    expect(fault).toMatchObject({ kind: 'throttled', more: { unclear: false, outcome: { waitMs: 7_000 } } });
  });

  it('waits for as long as the connector reads, or for a while where nobody says how long', () => {
    const told = judged(answered(200), { judge: () => ({ kind: 'throttled', waitMs: 21_000, reason: '' }) });
    expect(told).toMatchObject({ more: { outcome: { class: 'throttled', waitMs: 21_000 } } });
    expect(judged(answered(429))).toMatchObject({
      more: { outcome: { class: 'throttled', waitMs: 10_000 } },
    });
  });

  it('knows when something may have been made although no good answer came', () => {
    const unclear = (exchange: Exchange, request: CrmRequest) =>
      (judged(exchange, { request }) as CrmFault).more.unclear;
    const failed = (cause: Cause): Exchange => ({ kind: 'failed', cause, message: 'It failed.' });
    const after: Cause[] = ['timeout', 'reset', 'protocol', 'unknown', 'body_too_large'];
    const before: Cause[] = ['refused', 'dns', 'tls', 'blocked'];
    for (const cause of after) expect([cause, unclear(failed(cause), MAKES)]).toEqual([cause, true]);
    for (const cause of before) expect([cause, unclear(failed(cause), MAKES)]).toEqual([cause, false]);
    expect(unclear(failed('timeout'), READS)).toBe(false);
    expect([500, 502, 503].map((status) => unclear(answered(status), MAKES))).toEqual([true, true, true]);
    expect(unclear(answered(500), READS)).toBe(false);
    expect([400, 401, 404, 409, 429].map((status) => unclear(answered(status), MAKES)).some(Boolean)).toBe(
      false,
    );
  });

  it("says it in the CRM's own words, on one line and not endless", () => {
    const said = (body: unknown) => (judged(answered(400, body)) as CrmFault).reason;
    expect(said({ message: 'No such field' })).toBe('The CRM answered 400: No such field');
    expect(said([{ errorCode: 'X', message: 'Rule\n  broken' }])).toBe('The CRM answered 400: Rule broken');
    expect(said({ error: { message: 'deep' } })).toBe('The CRM answered 400: deep');
    expect(said({ errors: ['first', 'second'] })).toBe('The CRM answered 400: first');
    expect(said({ message: 'x'.repeat(5_000) }).length).toBeLessThan(400);
  });

  it('carries the id of what is there already, and what is refused for ever', () => {
    const duplicate = judged(answered(400), { judge: () => ({ kind: 'duplicate', id: '7', reason: '' }) });
    expect(duplicate).toMatchObject({ kind: 'duplicate', more: { id: '7' } });
    const final = judged(answered(400), { judge: () => ({ kind: 'refused', reason: 'never', final: true }) });
    expect(final).toMatchObject({ more: { outcome: { class: 'refused', final: true } } });
  });

  it('does not give up a CRM for one record that is gone', () => {
    expect(judged(answered(410))).toMatchObject({ kind: 'gone', more: { outcome: { class: 'refused' } } });
  });

  it('answers or throws a fault, and nothing else, whatever comes', () => {
    const exchange = fc.record({
      kind: fc.constant('answered' as const),
      status: fc.integer({ min: 100, max: 599 }),
      headers: fc.dictionary(fc.constantFrom('retry-after', 'x'), fc.string()),
      body: fc.oneof(
        fc.jsonValue().map((value) => JSON.stringify(value)),
        fc.string(),
      ),
    });
    fc.assert(
      fc.property(exchange, (given) => {
        const result = judged(given);
        if ('kind' in result) expect(result.name).toBe('CrmFault');
        else expect(result.status).toBe(given.status);
      }),
    );
  });
});
