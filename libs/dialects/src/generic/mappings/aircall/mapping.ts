import type { Condition, Mapping, Shape } from '../../mapping.js';

const event = (...is: string[]): Condition => ({ at: 'event', is });
const isOutbound: Condition = { at: 'data.direction', is: ['outbound'] };

const common = {
  call: 'data.id',
  direction: { at: 'data.direction', words: { inbound: 'inbound', outbound: 'outbound' } },
  type: 'data.direction',
  theirs: 'data.raw_digits',
  ours: 'data.number.digits',
  did: { at: 'data.number.digits', if: [{ at: 'data.direction', is: ['inbound'] }] },
  agent: { code: 'data.user.id', name: 'data.user.name' },
  startedAt: 'data.started_at',
  answeredAt: 'data.answered_at',
  endedAt: 'data.ended_at',
  toldAt: 'timestamp',
  recordings: ['data.recording', 'data.voicemail', 'data.asset'],
} satisfies Partial<Shape>;

export const aircall: Mapping = {
  title: 'Aircall',
  about:
    'Checked on 2026-11-30 against payloads of the Aircall API reference as public repositories quote them in their tests. Aircall signs nothing; each message carries the token of its webhook. Messages that are of no call, and tags, comments and transfers, are kept and tell of no call.',
  guide: [
    'In the Aircall dashboard, open Integrations & API, then Webhooks, and add one.',
    'Paste the URL below, and choose the events call.created, call.ringing_on_agent, call.answered, call.hungup, call.ended and call.voicemail_left.',
    'Copy the token of the webhook into the secret of this connection: every message is checked by it.',
  ],
  routes: [{ name: 'events', what: 'Events of calls' }],
  defaults: { timeZone: 'UTC', country: 'FR', epochs: 'utc' },
  accounts: true,
  signature: { kind: 'token', at: 'token' },
  shapes: [
    {
      name: 'A call begins, is answered or ends',
      when: [event('call.created', 'call.ringing_on_agent', 'call.answered', 'call.hungup', 'call.ended')],
      ...common,
      phase: {
        at: 'event',
        words: {
          'call.created': 'ringing',
          'call.ringing_on_agent': 'ringing',
          'call.answered': 'answered',
          'call.hungup': 'ended',
          'call.ended': 'ended',
        },
      },
      status: ['data.missed_call_reason', 'data.status'],
      result: [
        { is: 'voicemail', if: [{ at: 'data.voicemail', there: true }] },
        { is: 'answered', if: [{ at: 'data.answered_at', there: true }] },
        {
          at: 'data.missed_call_reason',
          words: {
            abandoned_in_ivr: 'abandoned',
            abandoned_in_classic: 'abandoned',
            short_abandoned: 'abandoned',
          },
          otherwise: 'missed',
        },
        { is: 'missed', if: [event('call.ended'), isOutbound] },
        { is: 'unknown' },
      ],
    },
    {
      name: 'A voicemail was left',
      when: [event('call.voicemail_left')],
      ...common,
      phase: 'noted',
      result: { is: 'voicemail' },
    },
    { name: 'Anything else', when: [{ at: 'resource', there: true }], quiet: true },
  ],
};
