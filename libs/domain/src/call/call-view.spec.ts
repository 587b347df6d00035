import { describe, expect, it } from '@jest/globals';
import { id, instant } from '../ids.js';
import type { Call, CallLeg, Party } from './call.js';
import { callView } from './call-view.js';
import { NOTHING_HEARD } from './heard.js';

const PARTY: Party = { original: '1', e164: null, country: null, countryName: null, type: null };
const TIMES = { startedAt: instant(1_000), answeredAt: null, endedAt: instant(61_500) };
const HEARD = { ...NOTHING_HEARD, endedFirst: instant(62_000), ended: instant(62_000) };
const SHOWN = {
  startedAt: '1970-01-01T00:00:01.000Z',
  answeredAt: null,
  endedAt: '1970-01-01T00:01:01.500Z',
};
const COMMON = {
  direction: 'inbound' as const,
  result: 'missed' as const,
  vendorType: 't',
  vendorStatus: 's',
  ringSeconds: 60.5,
  queueSeconds: null,
  talkSeconds: null,
  from: PARTY,
  to: PARTY,
  did: null,
  extension: null,
  agent: null,
  queue: null,
  department: null,
  price: null,
  recordings: [],
  ivrPath: [],
  customData: { at: 1_000 },
  transferOf: null,
  ai: null,
  unreadableFields: ['dialtime'],
};
const LEG: CallLeg = { key: 'only', raw: { x: 1 }, ...COMMON, startedAt: TIMES.startedAt, heard: HEARD };
const SHOWN_LEG = { key: 'only', raw: { x: 1 }, state: 'ended', ...COMMON, ...SHOWN };
const CALL: Call = {
  id: id('c'),
  connectionId: id('p'),
  vendorCallId: 'v',
  state: 'ended',
  missed: true,
  closedAt: instant(62_000),
  context: { at: instant(1), data: { at: 1_000 } },
  match: null,
  notes: [],
  ...COMMON,
  ...TIMES,
  legs: [LEG],
};

describe('callView', () => {
  it('shows times as ISO text and leaves everything else alone', () => {
    const { closedAt: _, context: __, missed: ___, match: ____, ...told } = CALL;
    expect(callView(CALL)).toEqual({ ...told, ...SHOWN, raw: { x: 1 }, legs: [] });
  });

  it('tells the legs of a call that has several', () => {
    const second = { ...LEG, key: 'customer' };
    const view = callView({ ...CALL, legs: [LEG, second] });
    expect(view.legs).toEqual([SHOWN_LEG, { ...SHOWN_LEG, key: 'customer' }]);
    expect(view.raw).toEqual({});
  });
});
