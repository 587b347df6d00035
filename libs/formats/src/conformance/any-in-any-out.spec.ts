/** The promise at its core: what any PBX told comes out in any format, and whoever speaks the format reads the same call. */
import { DIALECTS, dialectNamed } from '#dialects';
import {
  fromEpoch,
  normaliseLeg,
  readParty,
  type CallResult,
  type CallView,
  type IvrInput,
  type LegReport,
} from '#domain';
import type { OutgoingMessage } from '../format.js';
import { FORMATS } from '../registry.js';
import { toldCases, type ToldCase } from './told-events.fixture.js';
import { OWN_URL, arrived, messagesOf, writerOf } from './written.fixture.js';

const EVERY_KIND = [0, 1, 2, 3, 4];
const READING = { epochs: 'local', timeZone: 'Asia/Jerusalem' } as const;
const SETTINGS: Readonly<Record<string, unknown>> = {
  voicenter: { popupUrl: 'https://crm.example/popup', ivrUrl: 'https://crm.example/ivr' },
  voipnow: { rows: EVERY_KIND.map((kind) => ({ kind, url: `https://crm.example/${kind}` })) },
  template: { body: '{"call": "{{ data.vendorCallId }}", "to": {{ data.to }}}' },
};
const all = toldCases();
const of = (dialect: string) => all.filter((one) => one.dialect === dialect);
const ends = all.filter(({ event }) => event.type === 'call.ended');
// Of a call of several legs some formats tell each by itself: `ring-group.spec.ts` reads those.
// A code that picks a call up is a call of its own for a moment, of which next to nothing is known.
const isOfOneLeg = ({ call, fixture }: ToldCase) => call.legs.length <= 1 && fixture !== 'pickup.jsonl';
const named = (cases: ToldCase[]) =>
  cases.map((one) => [`${one.dialect} ${one.fixture} ${one.event.type}`, one] as const);

function reportOf(format: string, message: OutgoingMessage, route: string): LegReport {
  const reading = dialectNamed(format)?.read(arrived(message, route), {});
  if (reading?.ok !== true) throw new Error(JSON.stringify(reading));
  const [report] = reading.reports;
  if (report === undefined) throw new Error('no report');
  return report;
}

function messageIn(
  format: string,
  { event }: ToldCase,
  settings: unknown = SETTINGS[format],
): OutgoingMessage {
  const [message] = messagesOf(writerOf(format, settings), event);
  if (message === undefined) throw new Error(`nothing for ${event.type}`);
  return message;
}

/** Both ends of every message; `now` is of no matter, as all of these tell times. */
function times(report: LegReport) {
  const leg = normaliseLeg(report, { ...READING, country: 'IL' }, 0 as never);
  return { startedAt: leg.startedAt, talkSeconds: leg.talkSeconds };
}

const closeTo = (text: string | null, ms: number | null) =>
  Math.abs(Date.parse(text ?? '') - (ms ?? Number.NaN)) < 1000;

function expectSameCall(report: LegReport, call: CallView): void {
  expect(report.vendorCallId).toBe(call.vendorCallId);
  expect(report.direction).toBe(call.direction);
  expect([report.from, report.to]).toEqual([call.from.original, call.to.original]);
  expect(readParty(report.from, 'IL').e164).toBe(call.from.e164);
}

describe.each(DIALECTS.map(({ name }) => name))('%s in', (dialect) => {
  // Mail is for people, and never about calls.
  const toMachines = FORMATS.filter(({ carrier }) => carrier === undefined);
  it.each(toMachines.map(({ name }) => name))('%s out: every end of a call is told', (format) => {
    const writer = writerOf(format, SETTINGS[format]);
    const cases = of(dialect).filter(({ event }) => event.type === 'call.ended');
    expect(cases.length).toBeGreaterThan(4);
    for (const { event, call } of cases) {
      const messages = messagesOf(writer, event);
      expect(messages.length).toBeGreaterThan(0);
      for (const { url, body } of messages) {
        expect(url.startsWith('https://crm.example/')).toBe(true);
        const id = format === 'zammad' ? call.id : call.vendorCallId;
        const told = decodeURIComponent((body ?? url).replaceAll('+', ' '));
        expect(told).toContain(id);
      }
    }
  });
});

/** XML-RPC has no word for a value that is none. */
function withoutNulls(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.filter((each) => each !== null).map(withoutNulls);
  const known = Object.entries(value).filter(([, member]) => member !== null);
  return Object.fromEntries(known.map(([name, member]) => [name, withoutNulls(member)]));
}

describe('voicenter, read back by its own reader', () => {
  it.each(named(ends))('%s', (_name, one) => {
    for (const encoding of ['json', 'form', 'xmlrpc'] as const) {
      const report = reportOf('voicenter', messageIn('voicenter', one, { encoding }), 'cdr');
      const { call } = one;
      expectSameCall(report, call);
      expect(report.result).toBe(call.result);
      expect(report.extension).toBe(call.extension);
      expect(report.did).toBe(call.did?.original ?? null);
      expect(report.queue).toEqual(call.queue);
      expect(report.price).toEqual(call.price);
      expect(report.recordings.slice(0, 1)).toEqual(call.recordings.slice(0, 1));
      expect(report.ivrPath).toEqual(call.ivrPath.map(({ at: _, ...step }) => step));
      expect(report.agent).toEqual(call.agent);
      expect(report.customData).toEqual(call.customData);
      expect(report.ai).toEqual(encoding === 'xmlrpc' ? withoutNulls(call.ai) : call.ai);
      expect(report.transferOf).toBe(call.transferOf);
      expect(report.department).toEqual(call.department);
      const { startedAt, talkSeconds } = times(report);
      if (call.startedAt !== null) expect(closeTo(call.startedAt, startedAt)).toBe(true);
      expect(talkSeconds).toBe(call.talkSeconds ?? 0);
      // A popup and a menu have no words for what a CDR calls its type and status.
      if (one.fixture.startsWith('cdr/')) {
        expect([report.vendorType, report.vendorStatus]).toEqual([call.vendorType, call.vendorStatus]);
        expect(Object.keys(report.raw)).toEqual(expect.arrayContaining(Object.keys(call.raw)));
      }
    }
  });
});

/** What a popup's reader takes for the outcome: it is told of one phone, which was answered or was not. */
function heardOf(call: CallView): CallResult {
  if (call.answeredAt !== null || call.result === 'answered') return 'answered';
  return call.direction === 'inbound' ? 'missed' : 'cancelled';
}

const PHASES: Readonly<Record<string, string>> = {
  'call.ringing': 'ringing',
  'call.answered': 'answered',
  'call.ended': 'ended',
};

describe('voicenter’s popup, read back by its own reader', () => {
  const popups = all.filter(({ event }) => event.type in PHASES).filter(isOfOneLeg);

  it.each(named(popups))('%s', (_name, one) => {
    for (const popupEncoding of ['json', 'form', 'query'] as const) {
      const settings = { cdr: false, popupUrl: 'https://crm.example/popup?mine=1', popupEncoding };
      const message = messageIn('voicenter', one, settings);
      expect(message.method).toBe(popupEncoding === 'query' ? 'GET' : 'POST');
      const report = reportOf('voicenter', message, 'popup');
      const { call } = one;
      expect([report.vendorCallId, report.phase]).toEqual([call.vendorCallId, PHASES[one.event.type]]);
      expect(report.direction).toBe(call.direction);
      const isInbound = call.direction === 'inbound';
      const [outside, told] = isInbound ? [call.from, report.from] : [call.to, report.to];
      expect(readParty(told, 'IL').e164).toBe(outside.e164);
      expect(report.extension).toBe(call.extension);
      expect(report.did).toBe(call.did?.original || null);
      expect(report.customData).toEqual(call.customData);
      const started = fromEpoch(report.startedEpochSeconds ?? 0, READING);
      if (call.startedAt !== null) expect(closeTo(call.startedAt, started)).toBe(true);
      if (report.phase === 'ended') expect(report.result).toBe(heardOf(call));
    }
  });
});

describe('voicenter’s IVR calls, read back by its own reader', () => {
  const settings = (ivrEncoding: string) => ({ cdr: false, ivrUrl: 'https://crm.example/ivr', ivrEncoding });
  const inputs = all.filter(({ event }) => event.type === 'ivr.input');
  const inMenus = ends
    .filter(isOfOneLeg)
    .filter(({ call }) => call.ivrPath.length > 0 || call.result === 'ivr_only');

  it('has keys and ends to tell', () => {
    expect(inputs.length).toBeGreaterThan(4);
    expect(inMenus.length).toBeGreaterThan(4);
  });

  it.each(named(inputs))('%s', (_name, one) => {
    for (const encoding of ['json', 'xmlrpc'] as const) {
      const message = messageIn('voicenter', one, settings(encoding));
      const reading = dialectNamed('voicenter')?.read(arrived(message, 'ivr'), {});
      if (reading?.ok !== true || reading.question?.kind !== 'ivr') throw new Error(JSON.stringify(reading));
      const { question } = reading;
      const { input } = JSON.parse(one.event.payload) as { input: IvrInput };
      expect(question).toMatchObject({
        asks: input.layerNumber === null ? 'menu' : 'layer',
        vendorCallId: one.call.vendorCallId,
        from: one.call.from.original,
        did: one.call.did?.original ?? '',
        digits: input.digits,
      });
      expect(question.menu ?? '-1').toBe(input.menu);
      expect(reading.reports[0]?.ivrPath.map(({ layerId, digits }) => [layerId, digits])).toEqual([
        [input.menu, input.digits],
      ]);
    }
  });

  it.each(named(inMenus))('%s', (_name, one) => {
    for (const encoding of ['json', 'xmlrpc'] as const) {
      const message = messageIn('voicenter', one, settings(encoding));
      const report = reportOf('voicenter', message, 'ivr');
      const { call } = one;
      expect([report.vendorCallId, report.phase]).toEqual([call.vendorCallId, 'ended']);
      expect([report.from, report.did ?? '']).toEqual([call.from.original, call.did?.original ?? '']);
      if (call.result !== 'ivr_only') expect(report.to).toBe(call.to.original || call.did?.original);
      expect(report.result).toBe(HEARD_AS['voicenterIvr']?.[call.result] ?? call.result);
    }
  });
});

/** Where the vendor has no word for an outcome, what its reader takes the nearest one for. */
const HEARD_AS: Readonly<Record<string, Partial<Record<CallResult, CallResult>>>> = {
  voicenterIvr: { voicemail: 'answered', abandoned: 'missed', cancelled: 'missed', unknown: 'ivr_only' },
  voipnow: { voicemail: 'answered', abandoned: 'missed', ivr_only: 'missed' },
  globalex: { voicemail: 'answered', abandoned: 'missed', ivr_only: 'missed', cancelled: 'missed' },
};

describe('voipnow, read back by its own reader', () => {
  const routes = ['dial-in', 'dial-out', 'hangup', 'answer-in', 'answer-out'];

  it.each(named(all.filter(isOfOneLeg)))('%s', (_name, one) => {
    for (const method of ['GET', 'POST']) {
      const rows = EVERY_KIND.map((kind) => ({ kind, method, url: `${OWN_URL}?mine=${kind}` }));
      for (const message of messagesOf(writerOf('voipnow', { rows }), one.event)) {
        const kind = Number(new URL(message.url).searchParams.get('mine'));
        const report = reportOf('voipnow', message, routes[kind] ?? '');
        expectSameCall(report, one.call);
        expect(report.extension).toBe(one.call.extension);
        if (kind === 2) {
          const { result } = one.call;
          expect([report.phase, report.result]).toEqual(['ended', HEARD_AS['voipnow']?.[result] ?? result]);
        }
      }
    }
  });
});

describe('globalex, read back by its own reader', () => {
  it.each(named(ends.filter(isOfOneLeg)))('%s', (_name, one) => {
    for (const encoding of ['query', 'form', 'json', 'xml'] as const) {
      const report = reportOf('globalex', messageIn('globalex', one, { encoding }), 'end');
      const { call } = one;
      expectSameCall(report, call);
      expect(report.result).toBe(HEARD_AS['globalex']?.[call.result] ?? call.result);
      expect(report.extension).toBe(call.extension);
      const { startedAt, talkSeconds } = times(report);
      if (call.startedAt !== null) expect(closeTo(call.startedAt, startedAt)).toBe(true);
      expect(talkSeconds).toBe(call.talkSeconds ?? 0);
      if (call.startedAt !== null && call.endedAt !== null && startedAt !== null) {
        const total = (report.ringSeconds ?? 0) + (report.talkSeconds ?? 0);
        expect(closeTo(call.endedAt, startedAt + total * 1000)).toBe(true);
      }
    }
  });
});
