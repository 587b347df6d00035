import type { Choice, Condition, Mapping, Shape } from '../../mapping.js';

const isChild: Condition = { at: 'ParentCallSid', there: true };
const isParent: Condition = { at: 'ParentCallSid', there: false };
const isOver: Condition = { at: 'CallStatus', is: ['completed'] };
/** A phone of ours: an app of Twilio's, or a SIP phone. */
const OWN_PHONES = ['client:', 'sip:'] as const;
const own = (end: 'From' | 'To', choice: Choice): Choice[] =>
  OWN_PHONES.map((startsWith) => ({ ...choice, if: [...(choice.if ?? []), { at: end, startsWith }] }));
const party = (at: string): Choice => ({ at, take: [{ withoutPrefix: 'client:' }, 'sipUser'] });

const common = {
  call: ['ParentCallSid', 'CallSid'],
  // The call itself is the customer's, what it dials the agent's; turned round where an agent's phone placed it.
  leg: [
    ...own('From', { is: 'agent', if: [isParent] }),
    { is: 'customer', if: [isParent] },
    ...own('From', { is: 'customer', if: [isChild] }),
    'CallSid',
  ],
  direction: [
    ...own('From', { is: 'outbound' }),
    {
      at: 'Direction',
      words: { inbound: 'inbound', 'outbound-api': 'outbound', 'outbound-dial': 'inbound' },
    },
  ],
  from: party('From'),
  to: party('To'),
  toldAt: 'Timestamp',
} satisfies Partial<Shape>;

/** Programmable Voice, and what speaks as it does (SignalWire's Compatibility API, TeXML). */
export const twilio: Mapping = {
  title: 'Twilio',
  about:
    'Checked on 2026-11-30 against "Voice Webhooks" and "Call resource" of twilio.com/docs, the signatures of github.com/twilio/twilio-node, and callbacks that public repositories quote. Status callbacks only: what the caller hears stays at Twilio. A call that comes in counts as answered when Twilio itself picks it up, also where nobody whom it dials answers: what became of each of these its legs say.',
  guide: [
    'In the Twilio Console, open Phone Numbers, then the number, and paste the URL below as “Call status changes” with HTTP POST: it tells every call to this number when it is over.',
    'For calls that ring phones, give <Number>, <Client> and <Sip> in your TwiML the same URL as statusCallback with statusCallbackEvent="initiated ringing answered completed": then it shows who was rung and who answered.',
    'For calls that you place over the API, pass the URL as StatusCallback, with the events initiated, ringing, answered and completed.',
    'Copy the Auth Token from the first page of the Console into the secret of this connection: every message is checked by it.',
  ],
  routes: [{ name: 'events', what: 'Status callbacks of calls' }],
  defaults: { timeZone: 'UTC', country: 'US', epochs: 'utc' },
  signature: { kind: 'twilio' },
  replies: { accepted: { contentType: 'text/xml', body: '<Response/>' } },
  shapes: [
    {
      name: 'A recording',
      when: [
        { at: 'RecordingUrl', there: true },
        { at: 'CallStatus', there: false },
      ],
      phase: 'noted',
      call: 'CallSid',
      leg: { is: 'customer' },
      recordings: 'RecordingUrl',
    },
    {
      name: 'A call begins, is answered or ends',
      when: [{ at: 'CallStatus', there: true }],
      ...common,
      phase: {
        at: 'CallStatus',
        words: {
          queued: 'ringing',
          initiated: 'ringing',
          ringing: 'ringing',
          answered: 'answered',
          'in-progress': 'answered',
          completed: 'ended',
          busy: 'ended',
          failed: 'ended',
          'no-answer': 'ended',
          canceled: 'ended',
        },
      },
      status: 'CallStatus',
      type: 'Direction',
      result: {
        at: 'CallStatus',
        words: {
          answered: 'answered',
          'in-progress': 'answered',
          completed: 'answered',
          busy: 'busy',
          failed: 'failed',
          'no-answer': 'missed',
          canceled: { inbound: 'missed', outbound: 'cancelled', internal: 'cancelled' },
        },
      },
      did: { at: 'To', if: [{ at: 'Direction', is: ['inbound'] }, isParent] },
      extension: [...own('To', { ...party('To'), if: [isChild] }), ...own('From', { ...party('From') })],
      endedAt: {
        at: 'Timestamp',
        if: [{ at: 'CallStatus', is: ['completed', 'busy', 'failed', 'no-answer', 'canceled'] }],
      },
      // Of the customer's side alone: the legs that it dials talk meanwhile.
      talkSeconds: [
        { at: 'CallDuration', if: [isOver, isParent] },
        ...OWN_PHONES.map((startsWith) => ({
          at: 'CallDuration',
          if: [isOver, { at: 'From', startsWith }],
        })),
      ],
      // Twilio itself takes what comes in, at once.
      totalSeconds: {
        at: 'CallDuration',
        if: [isOver, isParent, { at: 'Direction', is: ['inbound'] }],
      },
      recordings: 'RecordingUrl',
    },
  ],
  trial: {
    route: 'events',
    contentType: 'application/x-www-form-urlencoded',
    body: 'CallSid={{ id }}&CallStatus=completed&Direction=inbound&From=%2B12025550163&To=%2B12025550101&CallDuration={{ talkSeconds }}&Timestamp={{ endedIso }}',
  },
};
