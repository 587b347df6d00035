import type { Choice, Condition, Mapping, Source } from '../../mapping.js';

const kind = (...is: string[]): Condition => ({ at: 'type', is });
/** Each member of a call stands under one of these names. */
const member = (name: string): string[] => ['extension', 'inbound', 'outbound'].map((of) => `${of}.${name}`);
const isTrunk = (of: 'inbound' | 'outbound'): Condition => ({ at: `${of}.channel_id`, there: true });
const passes = (of: 'inbound' | 'outbound'): Condition => ({
  at: `^.msg.members.${of}.channel_id`,
  there: true,
});
const STATUS = 'extension.member_status';
const phone = (...is: string[]): Choice => ({ at: 'extension.number', if: [{ at: STATUS, is }] });
const end = (name: 'from' | 'to', own: Choice): Source => [
  `inbound.${name}`,
  `outbound.${name}`,
  own,
  `^.msg.members.inbound.${name}`,
  `^.msg.members.outbound.${name}`,
];
const callType: Choice = {
  at: 'msg.type',
  words: { inbound: 'inbound', outbound: 'outbound', internal: 'internal' },
};

/** P-Series: appliance, software and cloud edition. */
export const yeastar: Mapping = {
  title: 'Yeastar P-Series',
  about:
    'Checked on 2026-11-30 against “Monitor Events via Webhook”, “(30011) Call Status Changed”, “(30012) New CDR” and “(30016) Inbound Call Invitation” of help.yeastar.com, and reports that public repositories quote. Every other event is kept and tells of no call. Webhooks want firmware 37/83/84.20.0.21 or later.',
  guide: [
    'In the PBX web portal, open Integrations, then API, and enable it. In its Advanced Settings let the status of the extensions and trunks be monitored that matter to you.',
    'Tick “Webhook Event Push” and add a webhook: paste the URL below, choose POST, and the events 30011 (Call Status Changed) and 30012 (Call End Details).',
    'Copy the Secret of that webhook into the secret of this connection: every message is checked by it.',
    'The time zone of this connection must be that of the PBX: it writes the time of a call without saying where.',
  ],
  routes: [{ name: 'events', what: 'Events of calls' }],
  accounts: true,
  signature: { kind: 'hmac', hash: 'sha256', encoding: 'base64', at: '@header.x-signature' },
  shapes: [
    {
      name: '30011 and 30016: a call rings, is answered or hung up',
      when: [kind('30011', '30016')],
      each: 'msg.members',
      call: '^.msg.call_id',
      leg: [
        { is: 'customer', if: [isTrunk('inbound')] },
        { is: 'customer', if: [isTrunk('outbound')] },
        'extension.channel_id',
      ],
      phase: {
        at: member('member_status'),
        words: {
          alert: 'ringing',
          ring: 'ringing',
          answered: 'answered',
          answer: 'answered',
          hold: 'answered',
          bye: 'ended',
        },
      },
      direction: [
        { is: 'inbound', if: [passes('inbound')] },
        { is: 'outbound', if: [passes('outbound')] },
        { is: 'internal' },
      ],
      status: member('member_status').map((at) => ({ at })),
      result: { at: member('member_status'), words: { answer: 'answered' }, otherwise: 'unknown' },
      from: end('from', phone('ALERT', 'ANSWERED')),
      to: end('to', phone('RING', 'ANSWER')),
      extension: 'extension.number',
    },
    {
      name: '30012: a call is over',
      when: [kind('30012')],
      phase: 'ended',
      call: 'msg.call_id',
      direction: callType,
      status: 'msg.status',
      type: 'msg.type',
      result: {
        at: 'msg.status',
        words: {
          answered: 'answered',
          answerd: 'answered',
          voicemail: 'voicemail',
          busy: 'busy',
          'no answer': 'missed',
          'no answered': 'missed',
          failed: 'failed',
        },
      },
      from: { at: 'msg.call_from', take: ['numberIn'] },
      to: { at: 'msg.call_to', take: ['numberIn'] },
      did: 'msg.did_number',
      extension: [
        { at: 'msg.call_to', take: ['numberIn'], if: [{ at: 'msg.type', is: ['inbound'] }] },
        { at: 'msg.call_from', take: ['numberIn'] },
      ],
      startedAt: 'msg.time_start',
      totalSeconds: 'msg.call_duration',
      talkSeconds: 'msg.talk_duration',
      recordings: 'msg.recording',
    },
    { name: 'Any other event', when: [{ at: 'sn', there: true }], quiet: true },
  ],
};
