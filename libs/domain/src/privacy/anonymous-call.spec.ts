import { describe, expect, it } from '@jest/globals';
import { leg } from '../call/leg.fixture.js';
import { restoreCall, type StoredCall } from '../call/stored-call.js';
import { id, instant, type CallId, type ConnectionId } from '../ids.js';
import { anonymousCall, recordingsOf } from './anonymous-call.js';
import { traceOfNumber } from './number-trace.js';

const TRACE = traceOfNumber('+972502345678');
const IDS = { id: id<CallId>('c'), connectionId: id<ConnectionId>('n'), vendorCallId: 'v' };
const RECORDING = 'https://pbx.example/rec/0502345678.mp3';

const STORED: StoredCall = {
  legs: [
    leg({
      from: '"Dana Cohen" <0502345678>',
      to: '101',
      did: '0722776772',
      extension: '101',
      agent: { code: '7', name: 'Ruth' },
      queue: { id: '3', name: 'Sales' },
      recordings: [{ url: RECORDING }],
      ivrPath: [{ order: 1, layerId: '1', layerName: 'Main', layerNumber: 1, digits: '4580123412341234' }],
      customData: { name: 'Dana Cohen' },
      ai: { summary: 'Dana asks for a refund.' },
      raw: { callername: 'Dana Cohen' },
      transferOf: 'v-0',
    }),
    leg({ leg: 'x102', direction: 'outbound', from: '101', to: '+972502345678' }),
  ],
  closedAt: instant(5_000_000),
  told: ['call.ended'],
  context: { data: { name: 'Dana Cohen' }, seen: [] } as unknown as NonNullable<StoredCall['context']>,
};

describe('anonymousCall', () => {
  const anonymous = anonymousCall(STORED, TRACE);
  const call = restoreCall(IDS, anonymous);

  it('says nothing of whose call it was', () => {
    const text = JSON.stringify(anonymous);
    for (const known of ['502345678', 'Dana', 'refund', '4580123412341234', 'v-0', RECORDING]) {
      expect(text).not.toContain(known);
    }
    expect(call.from).toEqual({
      original: '',
      e164: null,
      country: 'IL',
      countryName: 'Israel',
      type: 'mobile',
    });
  });

  it('keeps what statistics are made of', () => {
    const before = restoreCall(IDS, STORED);
    for (const kept of [
      ...(['direction', 'result', 'missed', 'state', 'startedAt', 'answeredAt', 'endedAt'] as const),
      ...(['ringSeconds', 'queueSeconds', 'talkSeconds', 'extension', 'agent', 'queue', 'did'] as const),
    ]) {
      expect([kept, call[kept]]).toEqual([kept, before[kept]]);
    }
  });

  it('lists where the recordings are', () => {
    expect(recordingsOf(STORED)).toEqual([RECORDING]);
    expect(recordingsOf(anonymous)).toEqual([]);
  });
});
