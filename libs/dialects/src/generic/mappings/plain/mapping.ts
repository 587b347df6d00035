import type { Mapping } from '../../mapping.js';

/** For whatever can be told which fields to send. A connection that names no mapping has this one. */
export const plain: Mapping = {
  title: 'Any PBX that can fill in a template',
  about:
    'Checked on 2026-11-30 against the tests of this version. Names of fields are ours: call, phase, leg, direction, from, to, did, extension, agent, queue, status, started, answered, ended, ring, talk, recording.',
  guide: [
    'Let the PBX send a request to the URL below for each event of a call: JSON, a form or XML by POST, or everything in the URL by GET.',
    'It names the call in `call`, what happened in `phase` (ringing, answered, ended or noted), and who is concerned in `from`, `to`, `extension` and `direction` (inbound, outbound or internal).',
    'At the end it may tell `status`, `started`, `answered` and `ended` (times with their offset, or seconds since 1970), `ring` and `talk` (seconds), and `recording` (an address).',
    'Where your PBX has fixed names of its own, choose its mapping, or write one.',
  ],
  routes: [{ name: 'events', what: 'What happens to calls', method: 'POST' }],
  shapes: [
    {
      name: 'An event of a call',
      phase: [
        { at: 'phase', words: { ringing: 'ringing', answered: 'answered', ended: 'ended', noted: 'noted' } },
        { is: 'ended' },
      ],
      call: ['call', 'callid'],
      leg: 'leg',
      direction: {
        at: 'direction',
        words: {
          inbound: 'inbound',
          incoming: 'inbound',
          in: 'inbound',
          outbound: 'outbound',
          outgoing: 'outbound',
          out: 'outbound',
          internal: 'internal',
        },
      },
      status: 'status',
      type: 'type',
      from: ['from', 'caller'],
      to: ['to', 'called'],
      did: 'did',
      extension: 'extension',
      agent: { code: 'agent', name: 'agentname' },
      queue: { id: 'queue', name: 'queuename' },
      startedAt: 'started',
      answeredAt: 'answered',
      endedAt: 'ended',
      ringSeconds: 'ring',
      queueSeconds: 'wait',
      talkSeconds: 'talk',
      totalSeconds: 'duration',
      recordings: 'recording',
    },
  ],
  trial: {
    route: 'events',
    body: '{"call":"{{ id }}","phase":"ended","direction":"inbound","from":"0501234567","to":"0722776772","extension":"101","status":"ANSWER","started":{{ startedSeconds }},"ring":1,"talk":{{ talkSeconds }}}',
  },
};
