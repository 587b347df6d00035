/** One customer's call: added, changed, taken out (seed 6.1, 6.2, 6.13). */
import type { AskedLead, LeadProblem } from '#domain';
import type { AnyRequest } from '../../../content/any-request.js';
import type { FacadeSettings } from '../../../facade.js';
import { asks, invalid, missing, type Refusal } from '../api-route.js';
import { campaignOf, dialerRoute } from './dialer-route.js';
import { dialerReply, verdictOn } from './dialer-reply.js';
import { readLead } from './read-lead.js';

/** The parameter that is wrong, by the vendor's name in lower case. */
const FIELD_OF: Readonly<Partial<Record<LeadProblem, string>>> = {
  campaign: 'campaign',
  target: 'target',
  caller_id: 'callerid',
};

type OneLead = { ok: true; lead: AskedLead } | Refusal;

export const addCall = dialerRoute({
  method: 'AddCall',
  kind: 'add_leads',
  changes: true,
  ofCall: true,
  read: (asked, settings) => {
    const read = readOne(asked, settings);
    return read.ok ? asks({ kind: 'add_leads', items: [read.lead], isBulk: false }) : read;
  },
  write: (told) =>
    dialerReply(verdictOn(told.kind === 'add_leads' ? (told.results[0]?.problem ?? null) : 'failed')),
});

export const updateCall = dialerRoute({
  method: 'UpdateCall',
  kind: 'update_lead',
  changes: true,
  ofCall: true,
  read: (asked, settings) => {
    const read = readOne(asked, settings);
    return read.ok ? asks({ kind: 'update_lead', lead: read.lead }) : read;
  },
});

export const removeCall = dialerRoute({
  method: 'RemoveCall',
  kind: 'remove_lead',
  changes: true,
  ofCall: true,
  read: (asked) => {
    const of = campaignOf(asked);
    if (!of.ok) return of;
    const { target, problem } = readLead(asked.fields.entries, 'utc');
    if (problem === 'target')
      return target === '' ? missing('Target') : invalid('target', 'Target is invalid');
    return asks({ kind: 'remove_lead', campaign: of.campaign, target });
  },
});

function readOne({ fields }: AnyRequest, settings: FacadeSettings | null): OneLead {
  const lead = readLead(fields.entries, settings?.epochs ?? 'local');
  if (lead.problem === null) return { ok: true, lead };
  const field = FIELD_OF[lead.problem];
  if (field !== undefined) return invalid(field, `${field} is invalid`);
  return invalid(lead.problem, verdictOn(lead.problem).Description.replace(/^[^:]*: /, ''));
}
