import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { closeCall } from '../call/close-call.js';
import type { Call, CallLeg } from '../call/call.js';
import { foldCall } from '../call/fold-call.js';
import { heard, leg } from '../call/leg.fixture.js';
import { id, instant, type AgentId, type CallId, type ConnectionId } from '../ids.js';
import { People } from '../people/people.js';
import { NO_POPUPS, changedPopups, popupsAfter, type PopupStates } from './popup-states.js';

const IDS = { id: id<CallId>('c-1'), connectionId: id<ConnectionId>('k-1'), vendorCallId: 'v-1' };
const [DANA, OMER] = [id<AgentId>('dana'), id<AgentId>('omer')];
const directory = (owners: Record<string, AgentId>) =>
  new People(
    {
      agents: [DANA, OMER].map((agent) => ({ id: agent, name: agent, email: null, code: null })),
      extensions: Object.entries(owners).map(([number, agentId]) => ({
        number,
        aliases: [],
        agentId,
        label: null,
      })),
      queues: [],
      dids: [],
    },
    'IL',
  );
const PEOPLE = directory({ '101': DANA, '102': OMER });
const on = (extension: string) => ({ leg: `x${extension}`, extension });
const ring = (extension: string, at: number) => heard({ phase: 'ringing', ...on(extension) }, at);
const answer = (extension: string, at: number) => heard({ phase: 'answered', ...on(extension) }, at);
const end = (extension: string, at: number) => heard({ phase: 'ended', ...on(extension) }, at);

/** The popups after each message, and at last after the end was told. */
function trace(messages: CallLeg[], people = PEOPLE): PopupStates[] {
  let call: Call | null = null;
  let popups = NO_POPUPS;
  const states: PopupStates[] = [];
  for (const message of messages) {
    ({ call } = foldCall(call, [message], IDS));
    popups = popupsAfter(popups, call, people);
    states.push(popups);
  }
  if (call) states.push(popupsAfter(popups, closeCall(call, instant(9_000_000)), people));
  return states;
}

describe('popupsAfter', () => {
  it('shows a call where it rings, where it was answered, and that it was elsewhere', () => {
    expect(trace([ring('101', 1_000), ring('102', 1_100), answer('102', 2_000), end('101', 2_050)])).toEqual([
      { dana: 'ringing' },
      { dana: 'ringing', omer: 'ringing' },
      { dana: 'ringing', omer: 'answered' },
      { dana: 'elsewhere', omer: 'answered' },
      { dana: 'ended', omer: 'ended' },
    ]);
  });

  it('rings again where a queue comes round again', () => {
    const turn = (phase: 'ringing' | 'ended', startedEpochSeconds: number, at: number) =>
      heard({ phase, ...on('101'), startedEpochSeconds }, at);
    const again = [
      turn('ringing', 1, 1_000),
      turn('ended', 1, 5_000),
      ring('102', 5_100),
      turn('ringing', 60, 60_000),
    ];
    const states = trace(again);
    expect(states.map((one) => one[DANA])).toEqual(['ringing', 'elsewhere', 'elsewhere', 'ringing', 'ended']);
  });

  it('shows nothing of a call that was over when it was first heard of, nor of phones that are nobody’s', () => {
    const cdr = foldCall(null, [leg({ extension: '101' })], IDS).call;
    expect(popupsAfter(NO_POPUPS, closeCall(cdr, instant(1)), PEOPLE)).toBe(NO_POPUPS);
    expect(trace([ring('999', 1_000)])).toEqual([{}, {}]);
  });

  it('stays with whom it was shown to when the phone becomes somebody else’s', () => {
    const ringing = foldCall(null, [ring('101', 1_000)], IDS).call;
    const before = popupsAfter(NO_POPUPS, ringing, PEOPLE);
    const after = popupsAfter(before, ringing, directory({ '101': OMER }));
    expect(after).toEqual({ dana: 'elsewhere', omer: 'ringing' });
    expect(popupsAfter(after, closeCall(ringing, instant(2_000)), PEOPLE)).toEqual({
      dana: 'ended',
      omer: 'ended',
    });
  });

  it('ends each popup exactly once and never brings one back, in whatever order messages come', () => {
    const message = fc
      .record({
        phase: fc.constantFrom('ringing' as const, 'answered' as const, 'ended' as const),
        extension: fc.constantFrom('101', '102', '999'),
        at: fc.integer({ min: 1, max: 100 }),
      })
      .map(({ phase, extension, at }) => heard({ phase, ...on(extension) }, at * 1_000));
    fc.assert(
      fc.property(
        fc.array(message, { minLength: 1, maxLength: 12 }),
        fc.array(message, { maxLength: 6 }),
        (first, late) => {
          const { call } = foldCall(null, first, IDS);
          let popups = trace(first).at(-1) ?? NO_POPUPS;
          for (const state of Object.values(popups)) expect(state).toBe('ended');
          let closed = closeCall(call, instant(9_000_000));
          for (const one of late) {
            closed = foldCall(closed, [one], IDS).call;
            const next = popupsAfter(popups, closed, PEOPLE);
            expect(changedPopups(popups, next)).toEqual([]);
            popups = next;
          }
        },
      ),
    );
  });

  it('ends no popup before the call does', () => {
    const states = trace([ring('101', 1_000), end('101', 2_000), ring('102', 2_500), end('102', 3_000)]);
    expect(states.slice(0, -1).flatMap((one) => Object.values(one))).not.toContain('ended');
  });
});
