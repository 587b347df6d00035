/** What a real Asterisk told of whole calls, told by two lines: the same calls and the same news as by one. */
import fc from 'fast-check';
import {
  NOTHING_TOLD,
  callView,
  closeCall,
  eventsOf,
  foldCall,
  id,
  instant,
  normaliseLeg,
  toldAlso,
  type Call,
  type CallId,
  type CallLeg,
  type ConnectionId,
  type ToldSoFar,
} from '#domain';
import { asterisk } from './asterisk.js';
import { RECORDED, messagesOf, socketMessage } from './recorded-call.fixture.js';
import { socketProtocol } from './socket-protocol.js';

const CONNECTION = { epochs: 'utc', timeZone: 'Asia/Jerusalem', country: 'IL' } as const;
/** Two clocks of the same PBX, as two lines measure them, are no further apart. */
const MOST_APART_MS = 40;
/** When all of it was received. */
const LATER = instant(2_000_000_000_000);

interface Told {
  vendorCallId: string;
  leg: CallLeg;
}

const asSecond = (message: string) =>
  message.replace('"application":"switchhook"', '"application":"switchhook_2"');

/** @param aheadMs  of the PBX's clock, as the line measured it */
function toldBy(messages: readonly string[], aheadMs: number): Told[] {
  return messages.flatMap((message) => {
    const reading = asterisk.read(
      socketMessage(message, { 'x-switchhook-clock-ahead-ms': String(aheadMs) }),
      {},
    );
    if (!reading.ok) throw new Error(reading.reason);
    return reading.reports.map((report) => ({
      vendorCallId: report.vendorCallId,
      leg: normaliseLeg(report, CONNECTION, LATER),
    }));
  });
}

/** What a line writes of a channel whose end it was not told. */
function guessOf(destroyed: string, earlyMs: number): string {
  const sorted = socketProtocol.sort(destroyed);
  if (sorted.kind !== 'event' || sorted.part === null) return destroyed;
  return socketProtocol.writeGone(sorted.part, { at: (sorted.at ?? 0) - earlyMs, isGuess: true });
}

/** Folded one after the other, with what is told of each call meanwhile. */
function live(told: readonly Told[]): Map<string, { call: Call; so: ToldSoFar; news: string[] }> {
  const calls = new Map<string, { call: Call; so: ToldSoFar; news: string[] }>();
  for (const { vendorCallId, leg } of told) {
    const before = calls.get(vendorCallId);
    const ids = { id: id<CallId>('c'), connectionId: id<ConnectionId>('k'), vendorCallId };
    const { call: folded, changed } = foldCall(before?.call ?? null, [leg], ids);
    if (!changed) continue;
    const so = before?.so ?? NOTHING_TOLD;
    const news = eventsOf(before?.call ?? null, folded, so, LATER);
    const call = news.some(({ type }) => type === 'call.ended') ? closeCall(folded, LATER) : folded;
    const names = news.map(({ type, ringing, input }) => JSON.stringify([type, ringing, input]));
    calls.set(vendorCallId, { call, so: toldAlso(so, news), news: [...(before?.news ?? []), ...names] });
  }
  return calls;
}

describe.each(RECORDED)('%s, told by two lines', (name) => {
  const messages = messagesOf(name);

  it('is recognised message by message', () => {
    const { withoutLine = (text) => text } = socketProtocol;
    const texts = messages.map(withoutLine);
    expect(messages.map(asSecond).map(withoutLine)).toEqual(texts);
    expect(texts.filter((text) => text.includes('"application"'))).toEqual([]);
    expect(new Set(texts).size).toBe(new Set(messages).size);
  });

  it('comes to the same calls and the same news, however one is behind and however differently they read its clock', () => {
    const alone = live(toldBy(messages, 0));
    const apart = fc.integer({ min: -MOST_APART_MS, max: MOST_APART_MS });
    fc.assert(
      fc.property(apart, fc.infiniteStream(fc.boolean()), (aheadMs, turns) => {
        const [first, second] = [toldBy(messages, 0), toldBy(messages.map(asSecond), aheadMs)];
        const both: Told[] = [];
        for (const isFirst of turns) {
          both.push(...(isFirst ? first : second).splice(0, 1));
          if (first.length + second.length === 0) break;
        }
        const together = live(both);
        expect([...together.keys()].sort()).toEqual([...alone.keys()].sort());
        for (const [vendorCallId, one] of alone) {
          const other = together.get(vendorCallId);
          const said = ({ call }: { call: Call }) => [
            call.result,
            call.direction,
            call.state,
            call.extension,
          ];
          expect(other && said(other)).toEqual(said(one));
          expect([...(other?.news ?? [])].sort()).toEqual([...one.news].sort());
          for (const time of ['startedAt', 'answeredAt', 'endedAt'] as const) {
            const [mine, its] = [other?.call[time] ?? null, one.call[time]];
            expect(mine === null).toBe(its === null);
            expect(Math.abs((mine ?? 0) - (its ?? 0))).toBeLessThanOrEqual(MOST_APART_MS);
          }
        }
      }),
      { numRuns: 20 },
    );
  });

  it('ends when the one was told, whatever the other guessed of it', () => {
    const alone = live(toldBy(messages, 0));
    const ends = messages.filter((message) => message.includes('"ChannelDestroyed"'));
    const early = fc.record({ by: fc.integer({ min: 0, max: 5_000 }), after: fc.nat(messages.length) });
    fc.assert(
      fc.property(early, ({ by, after }) => {
        const guesses = ends.flatMap((message) => toldBy([guessOf(message, by)], 0));
        const both = messages.flatMap((message, index) => [
          ...(index === after ? guesses : []),
          ...toldBy([message], 0),
        ]);
        for (const [vendorCallId, { call }] of live(both)) {
          expect(call.endedAt).toBe(alone.get(vendorCallId)?.call.endedAt);
        }
      }),
      { numRuns: 20 },
    );
  });

  it('is no news any more when its end was told, however late the second line comes', () => {
    for (const { call, so } of live(toldBy(messages, 0)).values()) {
      const closed = closeCall(call, LATER);
      const ended: ToldSoFar = { ...so, types: [...so.types, 'call.ended'] };
      for (const { vendorCallId, leg } of toldBy(messages.map(asSecond), MOST_APART_MS)) {
        if (vendorCallId !== call.vendorCallId) continue;
        const { call: again } = foldCall(closed, [leg], closed);
        expect(callView(again)).toEqual(callView(closed));
        expect(eventsOf(closed, again, ended, LATER)).toEqual([]);
      }
    }
  });
});
