import type { Mapping } from '../../mapping.js';

/** Call journalling by a CRM template, which is in `template.xml`: 3CX sends what the template says. */
export const threeCx: Mapping = {
  title: '3CX',
  about:
    'Checked on 2026-11-30 against CRM templates of public repositories (the scenario ReportCall and its variables). 3CX tells of a call when it is over; it has no id of a call, so its start, its number and its extension are taken for one. It signs nothing.',
  guide: [
    'Save the template of “Connect a PBX” in the documentation as switchhook.xml.',
    'In the 3CX admin console, open Integrations, then CRM, and add the template from the file.',
    'Choose Switchhook as the CRM solution, paste the URL below as its URL, tick “Enable Call Journaling”, and save. 3CX offers CRM integrations from the licence Pro on.',
  ],
  routes: [{ name: 'events', what: 'Every call, once it is over' }],
  defaults: { timeZone: 'UTC', country: 'AT', epochs: 'utc' },
  accounts: true,
  // The scenario has a rule that wants a member of the answer.
  replies: { accepted: { contentType: 'application/json', body: '{"ok":true}' } },
  shapes: [
    {
      name: 'A call is over',
      when: [{ at: 'type', is: ['inbound', 'outbound', 'missed', 'notanswered'] }],
      phase: 'ended',
      call: { join: ['start', 'number', 'agent'] },
      direction: {
        at: 'type',
        words: { inbound: 'inbound', missed: 'inbound', outbound: 'outbound', notanswered: 'outbound' },
      },
      status: 'type',
      type: 'direction',
      result: {
        at: 'type',
        words: { inbound: 'answered', outbound: 'answered', missed: 'missed', notanswered: 'missed' },
      },
      theirs: 'number',
      ours: 'agent',
      extension: 'agent',
      agent: { code: 'agentEmail', name: 'agentName' },
      queue: { id: 'queue' },
      startedAt: 'start',
      answeredAt: { at: 'answered', none: ['0001-01-01T00:00:00Z'] },
      endedAt: { at: 'end', none: ['0001-01-01T00:00:00Z'] },
      talkSeconds: 'duration',
    },
    { name: 'A chat', when: [{ at: 'type', there: true }], quiet: true },
  ],
  trial: {
    route: 'events',
    contentType: 'application/json',
    body: '{"type":"Inbound","direction":"Inbound","number":"+4319909300","name":"","agent":"101","agentName":"","agentEmail":"","queue":"","duration":"{{ talkSeconds }}","start":"{{ startedIso }}","answered":"{{ startedIso }}","end":"{{ endedIso }}"}',
  },
};
