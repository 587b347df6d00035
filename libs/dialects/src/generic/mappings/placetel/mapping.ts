import type { Mapping } from '../../mapping.js';

export const placetel: Mapping = {
  title: 'Placetel',
  about:
    'Checked on 2026-11-30 against github.com/Placetel/call-control-notify-api, with its own example of a signature. Notifications only: calls are not steered. Placetel tells no times: calls have the times at which their messages came.',
  guide: [
    'In the Placetel web portal, open Settings, then External APIs. Paste the URL below, and set a shared secret.',
    'Tick the notification for each phone number.',
    'Copy the same shared secret into the secret of this connection: every message is checked by it.',
  ],
  routes: [{ name: 'events', what: 'New calls, answers and hang-ups' }],
  defaults: { timeZone: 'Europe/Berlin', country: 'DE', epochs: 'utc' },
  signature: { kind: 'hmac', hash: 'sha256', encoding: 'hex', at: '@header.x-placetel-signature' },
  shapes: [
    {
      name: 'A call begins, is answered or ends',
      when: [{ at: 'event', is: ['IncomingCall', 'OutgoingCall', 'CallAccepted', 'HungUp'] }],
      phase: {
        at: 'event',
        words: {
          IncomingCall: 'ringing',
          OutgoingCall: 'ringing',
          CallAccepted: 'answered',
          HungUp: 'ended',
        },
      },
      call: 'call_id',
      direction: [
        { at: 'direction', words: { in: 'inbound', out: 'outbound' } },
        {
          at: 'event',
          words: { IncomingCall: 'inbound', CallAccepted: 'inbound', OutgoingCall: 'outbound' },
        },
      ],
      status: 'type',
      type: 'direction',
      result: [
        { is: 'answered', if: [{ at: 'event', is: ['CallAccepted'] }] },
        {
          at: 'type',
          words: {
            voicemail: 'voicemail',
            missed: 'missed',
            accepted: 'answered',
            busy: 'busy',
            canceled: { inbound: 'missed', outbound: 'cancelled' },
            blocked: 'failed',
            unavailable: 'failed',
            congestion: 'failed',
          },
          otherwise: 'unknown',
        },
      ],
      from: 'from',
      to: 'to',
      did: { at: 'to', if: [{ at: 'direction', is: ['in'] }] },
      extension: { at: 'peer', take: ['sipUser'] },
      talkSeconds: 'duration',
    },
    { name: 'Any other event', when: [{ at: 'event', there: true }], quiet: true },
  ],
  trial: {
    route: 'events',
    contentType: 'application/x-www-form-urlencoded',
    body: 'event=HungUp&from=022129191999&to=022129191990&call_id={{ id }}&type=accepted&duration={{ talkSeconds }}&direction=in',
  },
};
