/** One question to a CRM: a conversation of a few requests that carry an endpoint's credentials, within one deadline. */
import {
  CrmFault,
  LARGEST_CRM_ANSWER,
  openTalk,
  type Connector,
  type Crm,
  type CrmIo,
  type CrmTalk,
} from '#crm';
import type { Exchange } from '#domain';
import { accessSecrets, authorise, certificateOf, hideSecrets } from '#platform';
import type {
  ContactQuestion,
  Finding,
  SourceEndpoint,
  SourceExchange,
  SourceFailure,
  SourceIo,
} from '../contact-source.js';
import { contactsIn } from './contacts-in.js';

export interface CrmVisit {
  connector: Connector;
  crm: Crm;
  endpoint: SourceEndpoint;
  /** The deadline of all of it: milliseconds since 1970. */
  until: number;
}

interface Sent {
  exchange: Exchange;
}

interface Heard {
  finding: Finding;
  talk: CrmTalk<Sent>;
  isUnauthorised: boolean;
}

const NEVER = new AbortController().signal;
const STOPPING = { ok: false, cause: 'aborted', reason: 'We are shutting down.' } as const;
const TOO_LATE: Exchange = { kind: 'failed', cause: 'timeout', message: 'It took too long to answer.' };
/** As much of an answer as of any other source. */
const SHOWN_CHARACTERS = 16 * 1024;

/** @param refused  the access token that the CRM took no more: another one is tried, once */
export async function askCrm(
  question: ContactQuestion,
  visit: CrmVisit,
  io: SourceIo,
  refused: string | null = null,
): Promise<SourceExchange> {
  const { endpoint, until } = visit;
  const { id: endpointId, access, sealedAccess, grantEpoch } = endpoint;
  const timeoutMs = until - io.now();
  const need = { endpointId, access, sealedAccess, grantEpoch, timeoutMs, signal: io.signal ?? NEVER };
  const authorised = await authorise(need, refused, io);
  if (authorised.kind === 'aborted') return unsent(STOPPING);
  if (authorised.kind === 'failed') {
    const { note: reason, ...outcome } = authorised.outcome;
    return unsent({ ok: false, cause: 'status', reason, ...waitOf(outcome) });
  }
  const { headers, token, baseUrl } = authorised;
  const heard = await hear(question, visit, { io, headers, url: baseUrl ?? endpoint.url });
  if (heard.isUnauthorised && token !== null && refused === null && io.now() < until) {
    return askCrm(question, visit, io, token);
  }
  return shown(heard, visit, { headers, texts: accessSecrets(access, token) });
}

async function hear(
  question: ContactQuestion,
  visit: CrmVisit,
  { io, headers, url }: { io: SourceIo; headers: Readonly<Record<string, string>>; url: string },
): Promise<Heard> {
  const { connector, crm, endpoint, until } = visit;
  const certificate = certificateOf(endpoint.access, endpoint.id);
  const way = { certificate, keepBodyBytes: LARGEST_CRM_ANSWER, ...(io.signal && { signal: io.signal }) };
  const talk = openTalk<Sent>({
    ...{ connector, crm, url, country: question.country, headers, now: io.now },
    send: async (request) => {
      const timeoutMs = until - io.now();
      if (timeoutMs <= 0) return { exchange: TOO_LATE };
      const sent = await io.send({ ...request, ...way, timeoutMs });
      return sent.kind === 'aborted' ? null : sent;
    },
  });
  try {
    const found = await crm.findContacts(question.e164, readable(talk.io));
    return { finding: contactsIn(found, question), talk, isUnauthorised: false };
  } catch (fault) {
    if (!(fault instanceof CrmFault)) throw fault;
    const finding = failureOf(fault, talk.last?.sent.exchange);
    return { finding, talk, isUnauthorised: fault.kind === 'unauthorised' };
  }
}

/** A page that a proxy puts in between is no answer: who calls is not nobody because of it. */
function readable(io: CrmIo): CrmIo {
  return {
    ...io,
    ask: async (request) => {
      const reply = await io.ask(request);
      if (reply.json !== undefined || reply.body.trim() === '') return reply;
      const reason = `The CRM answered ${String(reply.status)} with something that is no JSON.`;
      throw new CrmFault('unreachable', reason, { unclear: false });
    },
  };
}

function failureOf({ kind, reason, more }: CrmFault, last: Exchange | undefined): Finding {
  if (kind === 'aborted') return STOPPING;
  return { ok: false, cause: causeOf(kind, last), reason, ...waitOf(more.outcome) };
}

function causeOf(kind: CrmFault['kind'], last: Exchange | undefined): SourceFailure {
  if (kind === 'throttled') return 'throttled';
  if (last?.kind === 'failed') return last.cause;
  return last !== undefined && Math.floor(last.status / 100) === 2 ? 'unreadable' : 'status';
}

function waitOf(outcome: { class: string; waitMs?: number } | undefined): { waitMs?: number } {
  const waitMs = outcome?.class === 'throttled' ? outcome.waitMs : undefined;
  return waitMs === undefined ? {} : { waitMs };
}

function unsent(finding: Finding): SourceExchange {
  return { finding, request: null, reply: null, hides: { headers: [], texts: [] } };
}

/** A CRM may repeat to us what we sent. */
function shown(
  { finding, talk }: Heard,
  { connector }: CrmVisit,
  secret: { headers: Readonly<Record<string, string>>; texts: readonly string[] },
): SourceExchange {
  const { last } = talk;
  const exchange = last?.sent.exchange;
  const { texts } = secret;
  const place = connector.tokenHeader?.name;
  const names = [...Object.keys(secret.headers), ...(place === undefined ? [] : [place])];
  return {
    finding: finding.ok ? finding : { ...finding, reason: hideSecrets(finding.reason, texts) },
    request: last?.request ?? null,
    reply:
      exchange?.kind === 'answered'
        ? { status: exchange.status, body: exchange.body.slice(0, SHOWN_CHARACTERS) }
        : null,
    hides: { headers: names, texts },
  };
}
