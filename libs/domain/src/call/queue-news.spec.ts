import { id, instant } from '../ids.js';
import type { CallId, ConnectionId } from '../ids.js';
import type { Call, CallLeg } from './call.js';
import { closeCall } from './close-call.js';
import { eventsOf } from './events-of.js';
import { foldCall } from './fold-call.js';
import { heard, leg } from './leg.fixture.js';
import { NOTHING_TOLD, toldAlso } from './told-so-far.js';

const ids = { id: id<CallId>('c-1'), connectionId: id<ConnectionId>('k-1'), vendorCallId: 'v-1' };
const AT = 5_000_000;
const S = 1_000;
const queue = { id: '7', name: 'Sales' };

type Step = CallLeg | 'close';

/** Type and time of what is told when these come in one after another. */
function news(...steps: Step[]): [string, number][] {
  let call: Call | null = null;
  let told = NOTHING_TOLD;
  const all: [string, number][] = [];
  for (const step of steps) {
    const after: Call =
      step === 'close' ? closeCall(call as Call, instant(AT)) : foldCall(call, [step], ids).call;
    const found = eventsOf(call, after, told, instant(AT));
    told = toldAlso(told, found);
    all.push(...found.map(({ type, occurredAt }): [string, number] => [type, occurredAt]));
    call = told.types.includes('call.ended') ? closeCall(after, instant(AT)) : after;
  }
  return all;
}

const waits = heard({ phase: 'ringing', queue }, 10 * S);
const answered = heard({ phase: 'answered', leg: 'x101' }, 40 * S);
const cdr = leg({ ringSeconds: 5, queueSeconds: 40, talkSeconds: 60, queue });

describe('a call in a queue', () => {
  it('that only its CDR tells of came in and went out right before it ended, at their true times', () => {
    expect(news(cdr)).toEqual([
      ['queue.joined', 1_005_000],
      ['queue.left', 1_045_000],
      ['call.ended', 1_105_000],
    ]);
  });

  it('is told step by step, each once, while it happens', () => {
    expect(news(waits, waits, answered, answered, cdr)).toEqual([
      ['call.ringing', 10 * S],
      ['queue.joined', AT],
      ['queue.left', 40 * S],
      ['call.answered', 40 * S],
      ['call.ended', 1_105_000],
    ]);
  });

  it('leaves it when the caller gives up', () => {
    const gaveUp = leg({ result: 'abandoned', ringSeconds: null, queueSeconds: 40, talkSeconds: 0, queue });
    expect(news(waits, gaveUp)).toEqual([
      ['call.ringing', 10 * S],
      ['queue.joined', AT],
      ['queue.left', 1_040_000],
      ['call.ended', 1_040_000],
      ['call.missed', 1_040_000],
    ]);
  });

  it('came in with the beginning of the call where the PBX does not count the wait', () => {
    expect(news(leg({ queue }))).toEqual([
      ['queue.joined', 1_000_000],
      ['queue.left', 1_005_000],
      ['call.ended', 1_065_000],
    ]);
  });

  it('never came in after it went out, however late the queue becomes known', () => {
    const known = heard({ phase: 'answered', leg: 'x101', queue }, 50 * S);
    expect(news(answered, known)).toEqual([
      ['call.answered', 40 * S],
      ['queue.joined', 40 * S],
      ['queue.left', 40 * S],
    ]);
  });

  it('is not told of after the end', () => {
    expect(news(leg(), leg({ queue })).map(([type]) => type)).toEqual(['call.ended', 'call.updated']);
  });

  it('went out when we gave up waiting for its end', () => {
    expect(news(waits, 'close').map(([type]) => type)).toEqual([
      'call.ringing',
      'queue.joined',
      'queue.left',
      'call.ended',
    ]);
  });

  it('came in when it was heard to, and went out when somebody took it', () => {
    const heardIn = { leg: '1.0', queue, queued: true } as const;
    const caller = heard({ phase: 'ringing', leg: '1.0' }, 10 * S);
    const joins = heard({ phase: 'noted', ...heardIn }, 20 * S);
    const machine = heard({ phase: 'answered', leg: '1.0', result: 'ivr_only' }, 12 * S);
    const taken = heard({ phase: 'answered', leg: '1.1' }, 50 * S);
    const call = foldCall(null, [caller, machine, joins, taken], ids).call;
    expect(call).toMatchObject({ state: 'answered', answeredAt: 50 * S, queueSeconds: 30 });
    expect(news(caller, machine, joins, taken).filter(([type]) => type.startsWith('queue'))).toEqual([
      ['queue.joined', 20 * S],
      ['queue.left', 50 * S],
    ]);
  });
});
