import fc from 'fast-check';
import { dialectNamed, type InboundRequest, type WrittenMessage } from '#dialects';
import {
  DEFAULT_TIMING,
  NOTHING_TOLD,
  callView,
  closeCall,
  eventsOf,
  foldCall,
  id,
  instant,
  normaliseLeg,
  settleAt,
  toldAlso,
  type Call,
  type CallNews,
  type CallId,
  type CallLeg,
  type ConnectionId,
} from '#domain';
import { customerNumber } from '../pbx/israeli-number.js';
import { localClock } from '../pbx/local-clock.js';
import { makeOffice } from '../pbx/office.js';
import { seededRandom } from '../pbx/random.js';
import { judgeRecord } from '../player/judge-record.js';
import { Cast } from '../scenarios/cast.js';
import { SCENARIO_NAMES, scenarioScript, type ScenarioName } from '../scenarios/registry.js';
import { VENDORS, planCall } from './registry.js';
import { NOTHING_HEARD, type PlannedCall, type TimedMessage, type Vendor } from './voice.js';

const STARTED = instant(Date.parse('2024-10-13T09:00:00Z'));
const wall = localClock('Asia/Jerusalem');
const OFFICE = makeOffice(seededRandom(1), customerNumber);
const seeds = fc.integer({ min: 1, max: 1_000_000 });

function planned(
  vendor: Vendor,
  scenario: ScenarioName,
  seed: number,
  routes = routesOf(vendor),
): PlannedCall {
  const cast = new Cast(OFFICE, seededRandom(seed));
  return planCall(vendor, scenarioScript(scenario, cast), { startedAt: STARTED, wall, seed, routes });
}

function routesOf(vendor: Vendor): readonly string[] {
  return dialectNamed(vendor)?.routes ?? [];
}

/** What our own dialect makes of it, received so many milliseconds after the call's start. */
function legsOf(vendor: Vendor, message: TimedMessage, afterMs: number): [string, CallLeg][] {
  const dialect = dialectNamed(vendor);
  // Each question in a menu of its own, as the answers would have it.
  const written = message.write({ ...NOTHING_HEARD, menu: `after ${String(message.atMs)}` });
  if (!dialect || written === null) throw new Error('unreachable');
  const reading = dialect.read(requestOf(message.route, written), {});
  if (!reading.ok) throw new Error(`${message.label}: ${reading.reason}`);
  const context = {
    epochs: dialect.defaultEpochs,
    timeZone: dialect.defaultTimeZone,
    country: dialect.defaultCountry,
  };
  return reading.reports.map((report) => [
    report.vendorCallId,
    normaliseLeg(report, context, instant(STARTED + afterMs)),
  ]);
}

function requestOf(path: string, written: WrittenMessage): InboundRequest {
  const [route = '', configured = ''] = path.split('?');
  if (written.method === 'GET') {
    const query = [configured, written.query].filter((part) => part !== '').join('&');
    return { method: 'GET', route, query, headers: {}, body: new Uint8Array() };
  }
  const headers = { 'content-type': written.contentType };
  return { method: 'POST', route, query: configured, headers, body: new TextEncoder().encode(written.body) };
}

/** The records of a call whose messages came at these times, and the events that they made. */
function folded(vendor: Vendor, came: readonly { message: TimedMessage; afterMs: number }[]) {
  const calls = new Map<string, { call: Call; told: CallNews[] }>();
  const tell = (vendorCallId: string, after: Call, at = STARTED) => {
    const before = calls.get(vendorCallId);
    const so = toldAlso(NOTHING_TOLD, before?.told ?? []);
    const news = eventsOf(before?.call ?? null, after, so, at);
    const call = news.some(({ type }) => type === 'call.ended') ? closeCall(after, at) : after;
    calls.set(vendorCallId, { call, told: [...(before?.told ?? []), ...news] });
  };
  for (const { message, afterMs } of came) {
    const now = instant(STARTED + afterMs);
    for (const [vendorCallId, { call }] of calls) {
      if ((settleAt(call, DEFAULT_TIMING, STARTED) ?? Infinity) <= now)
        tell(vendorCallId, closeCall(call, now));
    }
    for (const [vendorCallId, leg] of legsOf(vendor, message, afterMs)) {
      const ids = { id: id<CallId>('c'), connectionId: id<ConnectionId>('k'), vendorCallId };
      const { call, changed } = foldCall(calls.get(vendorCallId)?.call ?? null, [leg], ids);
      if (changed) tell(vendorCallId, call);
    }
  }
  // The hold-off is over, and nothing more came.
  for (const [vendorCallId, { call }] of calls) {
    if (call.closedAt === null) tell(vendorCallId, closeCall(call, STARTED));
  }
  return calls;
}

function faultsOf({ vendor, messages, expected }: PlannedCall, came: Parameters<typeof folded>[1]): string[] {
  const calls = folded(vendor, came);
  const strangers = [...calls.keys()].filter(
    (vendorCallId) => !expected.some((one) => one.vendorCallId === vendorCallId),
  );
  const faults = expected.flatMap((one) => {
    const known = calls.get(one.vendorCallId);
    if (known === undefined) return messages.length === 0 ? [] : ['no record'];
    const missed = one.direction === 'inbound' && !['answered', 'voicemail'].includes(one.result);
    const ends = known.told
      .map(({ type }) => type)
      .filter((type) => type === 'call.ended' || type === 'call.missed');
    const told = ends.join() === (missed ? 'call.ended,call.missed' : 'call.ended');
    return [...judgeRecord(one, callView(known.call)), ...(told ? [] : [`told ${ends.join()}`])];
  });
  return [...faults, ...strangers.map(() => 'a stranger')];
}

/** A PBX puts its next question when it has the answer to the one before: among themselves these keep their order. */
function inTurn(came: Parameters<typeof folded>[1]): Parameters<typeof folded>[1] {
  const asks = ({ message }: (typeof came)[number]) => message.asks === 'menu' || message.asks === 'layer';
  const turns = came.filter(asks).sort((one, other) => one.message.atMs - other.message.atMs);
  return came.map((one) => (asks(one) ? { ...one, message: turns.shift()?.message ?? one.message } : one));
}

const CASES = VENDORS.flatMap((vendor) => SCENARIO_NAMES.map((scenario) => ({ vendor, scenario })));

const isSocket = (vendor: Vendor) => dialectNamed(vendor)?.socket !== undefined;

/** In which order keys were pressed, and which call became another one, a socket tells by its own order alone. */
const needsOrder = (vendor: Vendor, scenario: ScenarioName) =>
  isSocket(vendor) && (scenario.startsWith('ivr') || scenario === 'attendedTransfer');

/**
 * What comes in any order comes at once; by a socket after the whole call, as each message says when it was. Then an end that is read
 * before its call's beginning is told early: what counts is the record.
 */
function faultsInAnyOrder(call: PlannedCall, shuffled: readonly TimedMessage[]): string[] {
  const late = isSocket(call.vendor);
  const from = late ? Math.max(...call.messages.map(({ atMs }) => atMs)) : 0;
  const came = shuffled.map((message, at) => ({ message, afterMs: from + at * 10 }));
  return faultsOf(call, inTurn(came)).filter((fault) => !(late && fault.startsWith('told ')));
}

describe.each(CASES)('$vendor tells of $scenario', ({ vendor, scenario }) => {
  it('so that its own messages in their own time make the record of what happened', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const call = planned(vendor, scenario, seed);
        const came = call.messages.map((message) => ({ message, afterMs: message.atMs }));
        expect(faultsOf(call, came)).toEqual([]);
      }),
      { numRuns: 30 },
    );
  });

  if (!needsOrder(vendor, scenario))
    it('so that they make the same record in any order, with some of them twice', () => {
      fc.assert(
        fc.property(seeds, fc.infiniteStream(fc.nat()), (seed, dice) => {
          const call = planned(vendor, scenario, seed);
          const draw = () => dice.next().value as number;
          const twice = call.messages.filter(() => draw() % 2 === 0);
          const shuffled = [...call.messages, ...twice]
            .map((message) => ({ message, place: draw() }))
            .sort((one, other) => one.place - other.place)
            .map(({ message }) => message);
          expect(faultsInAnyOrder(call, shuffled)).toEqual([]);
        }),
        { numRuns: 40 },
      );
    });

  it('in the same words for the same seed, and in others for another', () => {
    const words = (seed: number) =>
      planned(vendor, scenario, seed).messages.map(({ atMs, route, write }) => [
        atMs,
        route,
        write(NOTHING_HEARD),
      ]);
    expect(words(7)).toEqual(words(7));
    expect(words(7)).not.toEqual(words(8));
  });

  it('under ids that no other call has', () => {
    const ids = Array.from({ length: 200 }, (_, seed) =>
      planned(vendor, scenario, seed + 1).expected.map(({ vendorCallId }) => vendorCallId),
    ).flat();
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe('a call of a Voicenter that asks everything', () => {
  const ALL = ['cdr', 'popup', 'ivr', 'layer'];
  const routed = (scenario: ScenarioName) => planned('voicenter', scenario, 3, ALL).messages;
  const bodyOf = (message: TimedMessage | undefined, heard = NOTHING_HEARD) => {
    const written = message?.write(heard);
    return written?.method === 'POST' ? written.body : (written?.query ?? null);
  };

  it('pops up three times for whoever answered, and twice for the others of the group', () => {
    const popups = routed('answeredElsewhere').filter(({ route }) => route === 'popup');
    expect(popups.map(({ label }) => label.split(' ')[0]).sort()).toEqual(
      ['Ringing', 'Ringing', 'Ringing', 'Talking', 'Hangup', 'Hangup', 'Hangup'].sort(),
    );
  });

  it('asks what to do at the beginning and after each press, from the menu that it was told', () => {
    const asked = routed('ivrWalk').filter(({ asks }) => asks === 'menu');
    expect(asked).toHaveLength(3);
    expect(bodyOf(asked[0])).toMatch(/GET_IVR_ACTION[\s\S]*-1/);
    const heard = { ...NOTHING_HEARD, menu: 'sales', previousMenu: 'top' };
    expect(bodyOf(asked[1], heard)).toMatch(/sales[\s\S]*top/);
    expect(asked[1]?.write({ ...heard, inMenu: false })).toBeNull();
  });

  it('says what its own menu was told to remember, in the popup and in the CDR', () => {
    const heard = { ...NOTHING_HEARD, customData: { client: '77' } };
    const cdr = routed('ivrLayers').find(({ route }) => route === 'cdr');
    expect(bodyOf(cdr, heard)).toMatch(/CustomData[\s\S]*client[\s\S]*77/);
  });

  it('that its menu hung up is told as one that ended in the menu', () => {
    const call = planned('voicenter', 'ivrWalk', 3, ALL).hungUpAt(500);
    expect(call.expected).toMatchObject([{ result: 'ivr_only', ivrDigits: '' }]);
    expect(call.messages.filter(({ route }) => route === 'popup')).toEqual([]);
    const labels = call.messages.filter(({ atMs }) => atMs > 500).map(({ label }) => label);
    expect(labels).toEqual(['hangs up', 'CDR Incoming Call VOEND']);
  });
});
