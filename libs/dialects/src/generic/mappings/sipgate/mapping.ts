import type { Condition, Mapping, Shape } from '../../mapping.js';

const event = (is: string): Condition => ({ at: 'event', is: [is] });

const common = {
  // A call that was transferred or forwarded gets an id of its own; the first one's stays the same.
  call: ['origCallId', 'callId'],
  leg: 'callId',
  direction: { at: 'direction', words: { in: 'inbound', out: 'outbound' } },
  type: 'direction',
  from: { at: 'from', take: ['plus'] },
  to: { at: 'to', take: ['plus'] },
  did: { at: 'to', take: ['plus'], if: [{ at: 'direction', is: ['in'] }] },
} satisfies Partial<Shape>;

/** The push API of sipgate.io. */
export const sipgate: Mapping = {
  title: 'sipgate',
  about:
    'Checked on 2026-11-30 against the push API of developer.sipgate.io, github.com/sipgate/sipgate.io, and the requests in the tests of github.com/zammad/zammad. Its signature (X-Sipgate-Signature, RSA, see github.com/sipgate-io/sipgateio-node) is not checked by this mapping; one of your own can, by “publicKey” and “rsa-sha256”. sipgate tells no times: calls have the times at which their messages came.',
  guide: [
    'In app.sipgate.com, book sipgate.io in the feature store, and open it.',
    'Under Webhooks, URLs, paste the URL below for incoming calls, and again for outgoing calls. Save.',
    'Nothing else is needed: in its answer Switchhook asks to be told of the answer and of the end of each call.',
  ],
  routes: [{ name: 'events', what: 'New calls, answers and hang-ups' }],
  defaults: { timeZone: 'Europe/Berlin', country: 'DE', epochs: 'utc' },
  shapes: [
    {
      name: 'A new call',
      when: [event('newCall')],
      phase: 'ringing',
      ...common,
      extension: { at: 'userId', if: [{ at: 'direction', is: ['out'] }] },
      agent: {
        code: { at: 'fullUserId', if: [{ at: 'direction', is: ['out'] }] },
        name: { at: 'user', if: [{ at: 'direction', is: ['out'] }] },
      },
      reply: {
        contentType: 'application/xml',
        body: '<?xml version="1.0" encoding="UTF-8"?><Response onAnswer="{{ url }}" onHangup="{{ url }}"/>',
      },
    },
    {
      name: 'Somebody answers',
      when: [event('answer')],
      phase: 'answered',
      ...common,
      result: [{ is: 'voicemail', if: [{ at: 'user', is: ['voicemail'] }] }, { is: 'answered' }],
      extension: 'userId',
      agent: { code: 'fullUserId', name: 'user' },
    },
    {
      name: 'A call is over',
      when: [event('hangup')],
      phase: 'ended',
      ...common,
      status: 'cause',
      result: {
        at: 'cause',
        words: {
          normalClearing: 'answered',
          busy: 'busy',
          noAnswer: 'missed',
          cancel: { inbound: 'missed', outbound: 'cancelled' },
          congestion: 'failed',
          notFound: 'failed',
        },
        otherwise: 'unknown',
      },
    },
    { name: 'Any other event', when: [{ at: 'event', there: true }], quiet: true },
  ],
  trial: {
    route: 'events',
    contentType: 'application/x-www-form-urlencoded',
    body: 'event=hangup&cause=normalClearing&direction=in&from=4930600000000&to=4915791234567&callId={{ id }}',
  },
};
