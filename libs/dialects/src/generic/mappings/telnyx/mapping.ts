import type { Condition, Mapping, Source } from '../../mapping.js';

const event = (...is: string[]): Condition => ({ at: 'data.event_type', is });
const party = (at: string): Source => ({ at: `data.payload.${at}`, take: ['sipUser'] });

/** Call Control (API v2). */
export const telnyx: Mapping = {
  title: 'Telnyx',
  about:
    'Checked on 2026-11-30 against the callbacks and “Receiving Webhooks” of developers.telnyx.com, and signatures made for the library telnyx 6 of npm. Events of Call Control (API v2). Only the first event of a leg says its direction.',
  guide: [
    'In the Mission Control Portal, open Voice, then Programmable Voice, and edit the application that your numbers belong to.',
    'Paste the URL below as “Send a webhook to the URL”, with API version 2.',
    'Under Keys & Credentials, copy the Public Key into the secret of this connection: every message is checked by it.',
  ],
  routes: [{ name: 'events', what: 'Events of calls' }],
  defaults: { timeZone: 'UTC', country: 'US', epochs: 'utc' },
  signature: {
    kind: 'publicKey',
    algorithm: 'ed25519',
    encoding: 'base64',
    at: '@header.telnyx-signature-ed25519',
    of: '{{ timestamp }}|{{ body }}',
    timestamp: { at: '@header.telnyx-timestamp' },
  },
  shapes: [
    {
      name: 'A call begins, is answered or ends',
      when: [event('call.initiated', 'call.answered', 'call.hangup')],
      phase: {
        at: 'data.event_type',
        words: { 'call.initiated': 'ringing', 'call.answered': 'answered', 'call.hangup': 'ended' },
      },
      call: ['data.payload.call_session_id', 'data.payload.call_leg_id'],
      leg: 'data.payload.call_leg_id',
      direction: { at: 'data.payload.direction', words: { incoming: 'inbound', outgoing: 'outbound' } },
      status: 'data.payload.hangup_cause',
      type: 'data.payload.direction',
      result: [
        { is: 'answered', if: [event('call.answered')] },
        {
          at: 'data.payload.hangup_cause',
          words: {
            time_limit: 'answered',
            user_busy: 'busy',
            no_answer: 'missed',
            timeout: 'missed',
            call_rejected: 'missed',
            originator_cancel: 'cancelled',
            not_found: 'failed',
          },
          otherwise: 'unknown',
        },
      ],
      from: party('from'),
      to: party('to'),
      did: {
        at: 'data.payload.to',
        take: ['sipUser'],
        if: [{ at: 'data.payload.direction', is: ['incoming'] }],
      },
      // What the end tells of lengths holds waiting and talking alike: the moments tell more.
      startedAt: { at: 'data.payload.start_time', if: [event('call.initiated', 'call.answered')] },
      answeredAt: { at: 'data.occurred_at', if: [event('call.answered')] },
      endedAt: { at: ['data.payload.end_time', 'data.occurred_at'], if: [event('call.hangup')] },
      toldAt: 'data.occurred_at',
      custom: { client_state: { at: 'data.payload.client_state', take: ['base64Decoded'] } },
    },
    {
      name: 'A recording',
      when: [event('call.recording.saved')],
      phase: 'noted',
      call: ['data.payload.call_session_id', 'data.payload.call_leg_id'],
      leg: 'data.payload.call_leg_id',
      recordings: ['data.payload.public_recording_urls.*', 'data.payload.recording_urls.*'],
      toldAt: 'data.occurred_at',
    },
    { name: 'Any other event', when: [{ at: 'data.event_type', there: true }], quiet: true },
  ],
  trial: {
    route: 'events',
    contentType: 'application/json',
    body: '{"data":{"record_type":"event","event_type":"call.hangup","id":"{{ id }}","occurred_at":"{{ endedIso }}","payload":{"call_leg_id":"{{ id }}","call_session_id":"{{ id }}","direction":"incoming","from":"+12025550133","to":"+12025550131","start_time":"{{ startedIso }}","end_time":"{{ endedIso }}","hangup_cause":"time_limit"}}}',
  },
};
