import type { Condition, Mapping, Shape, Source } from '../../mapping.js';

const variable = (name: string): Source => ({ at: `variables.${name}`, take: ['urlDecoded'] });
const profile = (name: string): string => `callflow.0.caller_profile.${name}`;
/** Values are URL-encoded unless the module is told otherwise. */
const begins = (name: string, startsWith: string): Condition[] =>
  [startsWith, encodeURIComponent(startsWith)].map((text) => ({ at: `variables.${name}`, startsWith: text }));
const each = (is: string, conditions: readonly Condition[]) => conditions.map((one) => ({ is, if: [one] }));

const cdr = {
  phase: 'ended',
  call: [variable('call_uuid'), variable('uuid')].flat(),
  direction: [
    { is: 'inbound', if: [{ at: profile('context'), is: ['public'] }] },
    ...each('inbound', begins('channel_name', 'sofia/external/')),
    ...each('outbound', begins('current_application_data', 'sofia/gateway/')),
    ...each('outbound', begins('bridge_channel', 'sofia/external/')),
    { is: 'internal', if: [{ at: 'variables.dialed_user', there: true }] },
    { is: 'outbound' },
  ],
  status: variable('hangup_cause'),
  type: profile('context'),
  result: [
    { is: 'voicemail', if: [{ at: 'variables.voicemail_message_len', above: 0 }] },
    { is: 'answered', if: [{ at: 'variables.billsec', above: 0 }] },
    {
      at: 'variables.hangup_cause',
      words: {
        USER_BUSY: 'busy',
        NO_ANSWER: 'missed',
        NO_USER_RESPONSE: 'missed',
        CALL_REJECTED: 'missed',
        ALLOTTED_TIMEOUT: 'missed',
        RECOVERY_ON_TIMER_EXPIRE: 'missed',
        ORIGINATOR_CANCEL: { inbound: 'missed', outbound: 'cancelled', internal: 'cancelled' },
        NORMAL_CLEARING: { inbound: 'missed', outbound: 'cancelled', internal: 'cancelled' },
      },
      otherwise: 'failed',
    },
  ],
  from: profile('caller_id_number'),
  to: profile('destination_number'),
  extension: [
    { at: 'variables.dialed_user', take: ['urlDecoded'], if: [{ at: profile('context'), is: ['public'] }] },
    profile('username'),
  ],
  startedAt: 'variables.start_uepoch',
  answeredAt: 'variables.answer_uepoch',
  endedAt: 'variables.end_uepoch',
  talkSeconds: 'variables.billsec',
  recordings: {
    at: ['variables.record_path', 'variables.recording_url'],
    take: ['urlDecoded', 'webAddress'],
  },
} satisfies Partial<Shape>;

/** `mod_json_cdr`. */
export const freeswitch: Mapping = {
  title: 'FreeSWITCH',
  about:
    'Checked on 2026-11-30 against mod_json_cdr and switch_ivr.c of github.com/signalwire/freeswitch, and the CDR in the tests of github.com/cgrates/cgrates. Calls are told when they are over. Inbound is what comes by the context “public” or by sofia/external, outbound what goes to a gateway or by sofia/external. The second leg of a call is kept and tells of no other call.',
  guide: [
    'Load mod_json_cdr: add <load module="mod_json_cdr"/> to autoload_configs/modules.conf.xml.',
    'In autoload_configs/json_cdr.conf.xml set the parameter “url” to the URL below, “log-b-leg” to false, “encode” to false, and “retries” to 2 with a “delay” of 5.',
    'Run “reload mod_json_cdr” in fs_cli. Whether values are URL-encoded (encode-values) does not matter.',
  ],
  routes: [{ name: 'events', what: 'Every call, once it is over' }],
  defaults: { timeZone: 'UTC', country: 'US', epochs: 'utc' },
  accounts: true,
  shapes: [
    {
      name: 'The second leg of a call',
      when: [{ at: 'variables.originator', there: true }],
      quiet: true,
    },
    {
      name: 'The second leg, in a form',
      when: [{ at: 'cdr.variables.originator', there: true }],
      quiet: true,
    },
    { name: 'A CDR', when: [{ at: 'variables.uuid', there: true }], ...cdr },
    { name: 'A CDR in a form', when: [{ at: 'cdr.variables.uuid', there: true }], each: 'cdr', ...cdr },
  ],
  trial: {
    route: 'events',
    contentType: 'application/json',
    body: '{"channel_data":{"direction":"inbound"},"variables":{"uuid":"{{ id }}","hangup_cause":"NORMAL_CLEARING","billsec":"{{ talkSeconds }}","start_uepoch":"{{ startedMs }}000","answer_uepoch":"{{ startedMs }}000","end_uepoch":"{{ endedMs }}000"},"callflow":[{"caller_profile":{"caller_id_number":"+12025550163","destination_number":"+12025550101","context":"public"}}]}',
  },
};
