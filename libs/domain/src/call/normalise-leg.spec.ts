import { instant } from '../ids.js';
import { People } from '../people/people.js';
import type { LegReport } from './leg-report.js';
import { normaliseLeg, type LegContext } from './normalise-leg.js';

const REPORT: LegReport = {
  phase: 'ringing',
  vendorCallId: 'v-1',
  leg: 'only',
  vendorType: '',
  vendorStatus: '',
  direction: 'inbound',
  result: 'unknown',
  startedEpochSeconds: null,
  ringSeconds: null,
  queueSeconds: null,
  talkSeconds: null,
  from: '',
  to: '',
  did: null,
  extension: null,
  agent: null,
  queue: null,
  department: null,
  price: null,
  recordings: [],
  ivrPath: [],
  customData: {},
  transferOf: null,
  ai: null,
  raw: {},
};
/** Iceland writes its numbers with seven digits and nothing in front. */
const ICELAND: LegContext = { epochs: 'utc', timeZone: 'Atlantic/Reykjavik', country: 'IS' };
const REYKJAVIK = '+3544561234';

const partyFrom = (given: Partial<LegReport>, context = ICELAND) =>
  normaliseLeg({ ...REPORT, from: '4561234', ...given }, context, instant(0)).from.e164;

describe('short digits that are a number of the country', () => {
  it('are that number where nothing says otherwise', () => {
    expect(partyFrom({})).toBe(REYKJAVIK);
    expect(partyFrom({ extension: '101' })).toBe(REYKJAVIK);
  });

  it.each<[string, Partial<LegReport>]>([
    ['a field of extensions holds them', { fromKind: 'extension' }],
    ['the call is inside the house', { direction: 'internal' }],
    ['they are the extension of the leg', { extension: '4561234' }],
  ])('are an extension, and no stranger, where %s', (_why, given) => {
    expect(partyFrom(given)).toBeNull();
  });

  it('are an extension where the tenant’s directory has one of that number', () => {
    const extensions = [{ number: '4561234', aliases: [], agentId: null, label: null }];
    const people = new People({ agents: [], extensions, queues: [], dids: [] }, 'IS');
    expect(partyFrom({}, { ...ICELAND, people })).toBeNull();
    expect(partyFrom({ from: '4561235' }, { ...ICELAND, people })).toBe('+3544561235');
  });
});

describe('an extension that has as many digits as a number', () => {
  const GERMANY: LegContext = { epochs: 'utc', timeZone: 'Europe/Berlin', country: 'DE' };
  const LONG = ['20456789', '30123456', '301234567', '0234567123', '+4920456789', '5551234567890'];

  it.each(['234567', '0234567', '20456789', '30123456', '301234567', '4920456789'])(
    'is no number in a call inside the house, whichever end it is: %s',
    (from) => {
      const { from: caller, to } = normaliseLeg(
        { ...REPORT, direction: 'internal', from, to: from },
        GERMANY,
        instant(0),
      );
      expect([caller.e164, to.e164, caller.original]).toEqual([null, null, from]);
    },
  );

  it.each(LONG)('is none as the extension of the leg or in the tenant’s directory: %s', (number) => {
    const extensions = [{ number, aliases: [], agentId: null, label: null }];
    const people = new People({ agents: [], extensions, queues: [], dids: [] }, 'DE');
    expect(partyFrom({ from: number }, { ...GERMANY, people })).toBeNull();
    expect(partyFrom({ from: number, extension: number }, GERMANY)).toBeNull();
  });

  it('is a number where nothing says otherwise', () => {
    expect(partyFrom({ from: '20456789' }, GERMANY)).toBe('+4920456789');
  });

  it.each(['+4920456789', '004920456789', '020456789', '(0204) 56789'])(
    'is a line of the house where it is marked as a number, also inside: %s',
    (from) => {
      expect(partyFrom({ from, direction: 'internal', extension: '0003*210' }, GERMANY)).toBe('+4920456789');
    },
  );
});

describe('digits of a field of extensions', () => {
  it('are never a number, however long they are, and keep their text', () => {
    const { from, to } = normaliseLeg(
      { ...REPORT, from: '+442079460958', fromKind: 'extension', to: '+442079460958' },
      ICELAND,
      instant(0),
    );
    expect(from).toMatchObject({ original: '+442079460958', e164: null });
    expect(to.e164).toBe('+442079460958');
  });
});

describe('a start that cannot be one', () => {
  const RECEIVED = Date.UTC(2026, 10, 1, 12);
  const DAY = 24 * 3600;
  const leg = (ahead: number, given: Partial<LegReport> = {}) =>
    normaliseLeg(
      { ...REPORT, phase: 'ended', talkSeconds: 5, startedEpochSeconds: RECEIVED / 1000 + ahead, ...given },
      ICELAND,
      instant(RECEIVED),
    );

  it.each<[number, Partial<LegReport>]>([
    [DAY + 1, {}],
    [2 * DAY, { startedBy: 'local' }],
    [2 * DAY, { startedBy: 'utc' }],
    [70 * 365 * DAY, { phase: 'ringing' }],
  ])('is one that lies %d s after the receipt: noted, kept, and not believed (%j)', (ahead, given) => {
    const { startedAt, unreadableFields, raw } = leg(ahead, given);
    expect({ startedAt, unreadableFields, raw }).toEqual({
      startedAt: null,
      unreadableFields: ['startedAt'],
      raw: { startedAt: RECEIVED / 1000 + ahead },
    });
  });

  it.each([-3 * DAY, 0, DAY])('is none that a clock of another zone may show: %d s', (ahead) => {
    expect(leg(ahead)).toMatchObject({ startedAt: RECEIVED + ahead * 1000, unreadableFields: [], raw: {} });
  });
});

describe('the time of a message', () => {
  const heardAt = (toldAt?: number) =>
    normaliseLeg({ ...REPORT, ...(toldAt !== undefined && { toldAt }) }, ICELAND, instant(5_000)).heard.rang;

  it('is its own, however much later it comes', () => {
    expect(heardAt(2_000)).toBe(2_000);
    expect(heardAt(2_000.7)).toBe(2_000);
    expect(heardAt()).toBe(5_000);
  });

  it.each([5_001, 9e15, Number.NaN, -1])('is that of its receipt where its own cannot be: %s', (toldAt) => {
    expect(heardAt(toldAt)).toBe(5_000);
  });

  it('is that of a key that the caller presses', () => {
    const step = { order: 0, layerId: '1', layerName: null, layerNumber: null, digits: '2' };
    const { ivrPath } = normaliseLeg({ ...REPORT, toldAt: 2_000, ivrPath: [step] }, ICELAND, instant(5_000));
    expect(ivrPath).toEqual([{ ...step, at: 2_000 }]);
  });
});
