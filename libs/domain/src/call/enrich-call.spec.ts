import { id, instant, type AgentId, type CallId, type ConnectionId } from '../ids.js';
import { People } from '../people/people.js';
import { callView } from './call-view.js';
import type { Call, CallLeg } from './call.js';
import { enrichCall, type EnrichWith } from './enrich-call.js';
import { eventsOf } from './events-of.js';
import { foldCall } from './fold-call.js';
import { leg } from './leg.fixture.js';
import { OPEN_RECORDINGS } from './recording-source.js';

const IDS = { id: id<CallId>('c-1'), connectionId: id<ConnectionId>('k-1'), vendorCallId: 'v-1' };
const AGENT = { id: id<AgentId>('dana'), name: 'Dana', email: 'dana@example.com', code: '7421' };
const PEOPLE = new People(
  {
    agents: [AGENT],
    extensions: [{ number: '101', aliases: ['SIPDANA'], agentId: AGENT.id, label: 'Desk 1' }],
    queues: [{ vendorId: '12', label: 'Support' }],
    dids: [{ number: '0722776772', label: 'Main' }],
  },
  'IL',
);
const BY: EnrichWith = {
  people: PEOPLE,
  recordings: OPEN_RECORDINGS,
  link: (told) => `https://ours.example/${encodeURIComponent(told)}`,
};
const GUARDED: EnrichWith = { ...BY, recordings: { guarded: true, byName: false } };
const BY_NAME: EnrichWith = { ...BY, recordings: { guarded: true, byName: true } };

const callOf = (...legs: CallLeg[]): Call => foldCall(null, legs, IDS).call;
const URL_1 = 'https://user:secret@pbx.example/1.mp3';

describe('enrichCall', () => {
  it('puts names to the people and numbers of a call', () => {
    const call = callOf(
      leg({
        extension: 'sipdana',
        did: '0722776772',
        queue: { id: '12', name: 'q' },
        agent: { code: null, name: 'D.' },
      }),
    );
    expect(enrichCall(call, BY)).toMatchObject({
      agent: AGENT,
      extension: 'sipdana',
      extensionLabel: 'Desk 1',
      queue: { id: '12', name: 'q', label: 'Support' },
      did: { e164: '+972722776772', label: 'Main' },
    });
  });

  it('leaves what the PBX told where the directory knows nothing', () => {
    const call = callOf(
      leg({ extension: '999', agent: { code: 'x', name: 'Whoever' }, queue: { id: '1', name: 'q' } }),
    );
    expect(enrichCall(call, BY)).toMatchObject({
      agent: { id: null, email: null, code: 'x', name: 'Whoever' },
      extensionLabel: null,
      queue: { id: '1', name: 'q', label: null },
      did: null,
    });
    expect(enrichCall(callOf(leg()), BY).agent).toBeNull();
  });

  it('changes nothing else of the record, and keeps the vendor’s AI and price', () => {
    const ai = { summary: 'wants a refund', transcript: [{ who: 'agent', text: 'hello' }] };
    const call = callOf(leg({ ai, price: { amount: 0.07, currency: 'ILS' }, raw: { odd: 1 } }));
    expect(enrichCall(call, BY)).toMatchObject({
      ...callView(call),
      ai,
      price: { amount: 0.07, currency: 'ILS' },
    });
    expect(enrichCall(call, BY).from).toMatchObject({ country: 'IL', countryName: 'Israel', type: 'voip' });
  });

  it('tells the agent of each leg of a call that has several', () => {
    const call = callOf(leg({ leg: 'agent', extension: '101' }), leg({ leg: 'customer', extension: '999' }));
    const [first, second] = enrichCall(call, BY).legs;
    expect([first?.agent?.name, second?.agent]).toEqual(['Dana', null]);
  });

  it('tells the time of the party outside, by its number’s country', () => {
    const startedEpochSeconds = Date.UTC(2026, 6, 1, 9) / 1000;
    const time = (said: Parameters<typeof leg>[0]) =>
      enrichCall(callOf(leg({ startedEpochSeconds, ...said })), BY).callerLocalTime;
    expect(time({ from: '+4915112345678' })).toBe('2026-07-01T11:00:00+02:00');
    expect(time({ direction: 'outbound', from: '0722776772', to: '+51987654321' })).toBe(
      '2026-07-01T04:00:00-05:00',
    );
    expect(time({ from: 'Anonymous' })).toBeNull();
    expect(time({ from: '+12125550123' })).toBeNull();
    expect(time({ startedEpochSeconds: null, ringSeconds: null, talkSeconds: null })).toBeNull();
  });

  it('gives our link beside the vendor’s address, and alone where that is guarded', () => {
    const call = callOf(
      leg({ recordings: [{ url: URL_1 }], raw: { record: URL_1, list: [`see ${URL_1}`] } }),
    );
    const url = BY.link(URL_1);
    expect(enrichCall(call, BY).recordings).toEqual([{ url, vendorUrl: URL_1 }]);
    const guarded = enrichCall(call, GUARDED);
    expect(guarded.recordings).toEqual([{ url, vendorUrl: null }]);
    expect(guarded.raw).toEqual({ record: url, list: [`see ${url}`] });
  });

  it('shows a guarded address nowhere, in no leg either', () => {
    const one = leg({
      leg: 'agent',
      recordings: [{ url: URL_1 }],
      raw: { Record: URL_1 },
      ai: { audio: URL_1 },
    });
    const call = callOf(one, leg({ leg: 'customer', raw: { x: { y: URL_1 } } }));
    for (const by of [GUARDED, BY_NAME]) {
      expect(JSON.stringify(enrichCall(call, by))).not.toContain('user:secret');
    }
  });

  it('makes a recording of a mere file name where the connection has a template', () => {
    const call = callOf(leg({ raw: { Record: 'rec 1.wav', domain: 'pbx.example' } }));
    expect(enrichCall(call, BY).recordings).toEqual([]);
    expect(enrichCall(call, BY_NAME).recordings).toEqual([{ url: BY.link('rec 1.wav'), vendorUrl: null }]);
  });

  it('makes no event when a label changes', () => {
    const before = callOf(leg({ extension: '101' }));
    expect(eventsOf(before, before, { types: ['call.ended'], rang: [] }, instant(1))).toEqual([]);
    expect(callView(before)).not.toHaveProperty('extensionLabel');
  });
});
