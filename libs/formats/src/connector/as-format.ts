/** A connector as a format: its endpoint is told of calls by a conversation with a CRM, not by messages. */
import { SettingsReader, isRecord, type EnrichedCall } from '#domain';
import { entryOf, isLogged, readLoggingPolicy, whyNotLogged, type Connector } from '#crm';
import { callIn } from '../content/told-call.js';
import type { Format, ToldEvent, Writer, Writing } from '../format.js';

export function asFormat(connector: Connector): Format {
  const { name, title, about, rate } = connector;
  return {
    name,
    title,
    about,
    carrier: 'crm',
    prepare: (given) => {
      const reader = new SettingsReader(given);
      if (reader.problems.length > 0) return { ok: false, problems: reader.problems };
      const { logging, ...own } = isRecord(given) ? given : {};
      const prepared = connector.prepare(own);
      const { policy, problems: ofPolicy } = readLoggingPolicy(logging, connector);
      const problems = [...(prepared.ok ? [] : prepared.problems), ...ofPolicy];
      if (!prepared.ok || problems.length > 0) return { ok: false, problems };
      const { crm } = prepared;
      const writer = {
        settings: { ...crm.settings, logging: policy },
        urls: crm.urls ?? [],
        ...(rate && { limit: rate }),
        write: (event: ToldEvent) => write(event, { connector, crm, policy }),
        readReply: () => ({ ok: true }) as const,
        crm: { connector, crm, policy },
      };
      return { ok: true, writer };
    },
  };
}

/** What is decided without asking the CRM. */
function write(event: ToldEvent, { connector, crm, policy }: NonNullable<Writer['crm']>): Writing {
  const call = callIn(event) as EnrichedCall | undefined;
  if (call === undefined || !isLogged(event.type)) {
    return { kind: 'nothing', reason: `no message for ${event.type}` };
  }
  const unwanted = crm.logsNothing ?? whyNotLogged(call, policy);
  if (unwanted !== null) return { kind: 'nothing', reason: `no record of this call: ${unwanted}` };
  const { occurredAt } = event;
  return {
    kind: 'entry',
    call,
    entry: entryOf(call, { policy, limits: connector.limits, contact: null, occurredAt }),
  };
}
