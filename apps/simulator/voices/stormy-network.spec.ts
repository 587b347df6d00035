/**
 * Plausible calls of every vendor over a network that repeats, delays, loses and reorders, with the clock going on and calls
 * settling in between. What must come out is known from the script of the call, not from our fold.
 */
import fc from 'fast-check';
import { dialectNamed, type InboundRequest, type WrittenMessage } from '#dialects';
import {
  NOTHING_TOLD,
  callTiming,
  callView,
  closeCall,
  eventsOf,
  foldCall,
  id,
  instant,
  normaliseLeg,
  settleAt,
  toldAlso,
  whichCall,
  type Call,
  type CallId,
  type CallLeg,
  type CallNews,
  type CallResult,
  type CallView,
  type ConnectionId,
  type Instant,
} from '#domain';
import { customerNumber } from '../pbx/israeli-number.js';
import { localClock } from '../pbx/local-clock.js';
import { makeOffice } from '../pbx/office.js';
import { seededRandom } from '../pbx/random.js';
import { Cast } from '../scenarios/cast.js';
import { SCENARIO_NAMES, scenarioScript, type ScenarioName } from '../scenarios/registry.js';
import { VENDORS, planCall } from './registry.js';
import {
  NOTHING_HEARD,
  type ExpectedCall,
  type PlannedCall,
  type TimedMessage,
  type Vendor,
} from './voice.js';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const STARTED = instant(Date.parse('2026-11-24T09:00:00Z'));
const OFFICE = makeOffice(seededRandom(1), customerNumber);
const wall = localClock('Asia/Jerusalem');

interface Arrival {
  message: TimedMessage;
  at: Instant;
}

function planned(vendor: Vendor, scenario: ScenarioName, seed: number): PlannedCall {
  const script = scenarioScript(scenario, new Cast(OFFICE, seededRandom(seed)));
  const routes = dialectNamed(vendor)?.routes ?? [];
  return planCall(vendor, script, { startedAt: STARTED, wall, seed, routes });
}

function legsOf(vendor: Vendor, { message, at }: Arrival): [string, CallLeg][] {
  const dialect = dialectNamed(vendor);
  const written = message.write({ ...NOTHING_HEARD, menu: `after ${String(message.atMs)}` });
  if (!dialect || written === null) return [];
  const reading = dialect.read(requestOf(message.route, written), {});
  if (!reading.ok) throw new Error(`${message.label}: ${reading.reason}`);
  const { defaultEpochs: epochs, defaultTimeZone: timeZone, defaultCountry: country } = dialect;
  return reading.reports.map((report) => [
    report.vendorCallId,
    normaliseLeg(report, { epochs, timeZone, country }, at),
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

interface Told extends Pick<CallNews, 'type' | 'ringing'> {
  result: CallResult;
}

interface Kept {
  call: Call;
  vendorCallId: string;
  told: Told[];
  so: typeof NOTHING_TOLD;
}

/** An office that hears of calls, and closes them when they were waited for long enough. */
class Office {
  readonly kept: Kept[] = [];
  private readonly timing;

  constructor(private readonly vendor: Vendor) {
    this.timing = callTiming({}, dialectNamed(vendor)?.sendsNoCdr ?? false);
  }

  hear(arrival: Arrival): void {
    this.settle(arrival.at);
    for (const [vendorCallId, leg] of legsOf(this.vendor, arrival)) {
      const had = this.kept.filter((one) => one.vendorCallId === vendorCallId);
      const which = whichCall(
        had.map(({ call }) => call),
        [leg],
        { at: arrival.at, timing: this.timing },
      );
      const before = had.find(({ call }) => call === which);
      const ids = {
        id: id<CallId>(String(this.kept.length)),
        connectionId: id<ConnectionId>('k'),
        vendorCallId,
      };
      const { call, changed } = foldCall(before?.call ?? null, [leg], ids);
      if (changed) this.tell(before, call, arrival.at);
    }
  }

  settle(until: Instant): void {
    for (const one of this.kept) {
      const due = settleAt(one.call, this.timing, STARTED);
      if (due !== null && due <= until) this.tell(one, closeCall(one.call, due), due);
    }
  }

  private tell(before: Kept | undefined, after: Call, at: Instant): void {
    const so = before?.so ?? NOTHING_TOLD;
    const news = eventsOf(before?.call ?? null, after, so, at);
    const call = news.some(({ type }) => type === 'call.ended') ? closeCall(after, at) : after;
    const told = news.map(({ type, ringing }): Told => ({
      type,
      result: call.result,
      ...(ringing && { ringing }),
    }));
    const next = {
      call,
      vendorCallId: call.vendorCallId,
      told: [...(before?.told ?? []), ...told],
      so: toldAlso(so, news),
    };
    if (before) Object.assign(before, next);
    else this.kept.push(next);
  }
}

function heard(vendor: Vendor, arrivals: readonly Arrival[]): Kept[] {
  const office = new Office(vendor);
  for (const arrival of [...arrivals].sort((a, b) => a.at - b.at)) office.hear(arrival);
  office.settle(instant(STARTED + 48 * 60 * MINUTE));
  return office.kept;
}

const isMissed = ({ direction, result }: ExpectedCall) =>
  direction === 'inbound' && result !== 'answered' && result !== 'voicemail';

/** A CDR may correct why nobody took a call, but not that somebody did, nor that it is known. */
function says(result: CallResult): number {
  if (result === 'unknown') return 0;
  return result === 'answered' || result === 'voicemail' ? 2 : 1;
}

/** What is wrong with what was told and is kept, whatever the network did. */
function faultsOf(expected: readonly ExpectedCall[], kept: readonly Kept[]): string[] {
  const faults: string[] = [];
  if (kept.length !== expected.length) faults.push(`${String(kept.length)} calls`);
  for (const one of kept) {
    const wanted = expected.find(({ vendorCallId }) => vendorCallId === one.vendorCallId);
    const view = callView(one.call);
    const types = one.told.map(({ type }) => type);
    const milestones = types.filter((type) => /^call/.test(type)).join(' ');
    if (!/^(call.ringing )*(call.answered )?call.ended( call.missed)?( call.updated)*$/.test(milestones)) {
      faults.push(`told ${milestones}`);
    }
    if (view.state !== 'ended') faults.push(`is ${view.state}`);
    if (view.result !== wanted?.result) faults.push(`${view.result}, not ${String(wanted?.result)}`);
    const rang = one.told.flatMap(({ ringing }) => ringing?.extension ?? []);
    if (new Set(rang).size !== rang.length) faults.push('told of one phone twice');
    const results = one.told.slice(types.indexOf('call.ended')).map(({ result }) => says(result));
    if (results.some((says, index) => says < (results[index - 1] ?? 0)))
      faults.push('told of less than before');
    faults.push(...oddTimes(view));
  }
  return faults;
}

function oddTimes(view: CallView): string[] {
  return [view, ...view.legs].flatMap(({ startedAt, answeredAt, endedAt }) => {
    const times = [startedAt, answeredAt, endedAt]
      .filter((time) => time !== null)
      .map((time) => Date.parse(time));
    return times.every((time, index) => time >= (times[index - 1] ?? time)) ? [] : [`times ${times.join()}`];
  });
}

/** Told of the end once, as it was. */
function endFaults(expected: readonly ExpectedCall[], kept: readonly Kept[]): string[] {
  return expected.flatMap((one) => {
    const told = kept.find(({ vendorCallId }) => vendorCallId === one.vendorCallId)?.told ?? [];
    const ends = told.filter(({ type }) => type === 'call.ended' || type === 'call.missed');
    const wanted = [`call.ended ${one.result}`, ...(isMissed(one) ? [`call.missed ${one.result}`] : [])];
    const is = ends.map(({ type, result }) => `${type} ${result}`);
    return is.join() === wanted.join() ? [] : [`told ${is.join()}, not ${wanted.join()}`];
  });
}

/** A message without which nobody can know what became of the call, or of its phone. */
const isLastWord = ({ route, label }: TimedMessage) =>
  route === 'cdr' || route === 'end' || /hangup/i.test(label);

const onTime = (message: TimedMessage): Arrival => ({ message, at: instant(STARTED + message.atMs) });
const later = (message: TimedMessage, ms: number): Arrival => ({
  message,
  at: instant(STARTED + message.atMs + ms),
});

/** By a socket nothing is lost in between, overtaken or repeated. */
const POSTING = VENDORS.filter((vendor) => dialectNamed(vendor)?.socket === undefined);
const CASES = POSTING.flatMap((vendor) => SCENARIO_NAMES.map((scenario) => ({ vendor, scenario })));
const seeds = fc.integer({ min: 1, max: 1_000_000 });
const dice = fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }));
const draw = (stream: Iterator<number>) => stream.next().value as number;

describe.each(CASES)('$scenario at a $vendor', ({ vendor, scenario }) => {
  it('is told once and right, however often and how late its messages are repeated', () => {
    fc.assert(
      fc.property(seeds, dice, (seed, stream) => {
        const { messages, expected } = planned(vendor, scenario, seed);
        const originals = messages.map(onTime);
        const copies = messages.flatMap((message) => {
          if (draw(stream) < 0.4) return [];
          const within =
            [2 * SECOND, 20 * SECOND, 3 * MINUTE, 60 * MINUTE][Math.floor(draw(stream) * 4)] ?? 0;
          return [later(message, draw(stream) * within)];
        });
        const plain = heard(vendor, originals);
        const stormy = heard(vendor, [...originals, ...copies]);
        expect([...faultsOf(expected, stormy), ...endFaults(expected, stormy)]).toEqual([]);
        // The same key in the same menu may be pressed again: who repeats that after a while is taken at his word.
        const told = (kept: Kept[]) =>
          kept.map(({ told: each }) => each.map(({ type }) => type).filter((type) => type !== 'ivr.input'));
        expect(told(stormy)).toEqual(told(plain));
      }),
      { numRuns: 40 },
    );
  });

  it('comes out right in the end, when messages are held up for minutes, lost, and out of order', () => {
    fc.assert(
      fc.property(seeds, dice, (seed, stream) => {
        const { messages, expected } = planned(vendor, scenario, seed);
        const arrivals = messages.flatMap((message) => {
          if (!isLastWord(message) && draw(stream) < 0.2) return [];
          const within = [0, SECOND, 60 * SECOND, 10 * MINUTE][Math.floor(draw(stream) * 4)] ?? 0;
          const first = later(message, draw(stream) * within);
          return draw(stream) < 0.3 ? [first, later(message, draw(stream) * 20 * MINUTE)] : [first];
        });
        expect(faultsOf(expected, heard(vendor, arrivals))).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });
});
