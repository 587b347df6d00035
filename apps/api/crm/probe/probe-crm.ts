import {
  AppError,
  readEndpointAccess,
  type EndpointAccess,
  type EndpointId,
  type Exchange,
  type TenantId,
} from '#domain';
import { CrmFault, LARGEST_CRM_ANSWER, openTalk, type Probe } from '#crm';
import { sealedFor, type EndpointAccessRepository, type EndpointRecord, type EndpointRepository } from '#db';
import { formatNamed, type Writer } from '#formats';
import {
  accessSecrets,
  authorise,
  certificateOf,
  hideSecrets,
  type Clock,
  type HttpSender,
  type SecretBox,
  type Sent,
  type TokenSources,
} from '#platform';
import { found } from '../../http/found.js';
import type { EndpointProbedDto } from './endpoint-probe.dto.js';

export interface ProbeCrmParts extends TokenSources {
  endpoints: Pick<EndpointRepository, 'get'>;
  access: Pick<EndpointAccessRepository, 'get'>;
  box: Pick<SecretBox, 'open'>;
  sender: Pick<HttpSender, 'send'>;
  clock: Pick<Clock, 'now'>;
  /** Aborted when we stop. */
  signal: AbortSignal;
}

type Exchanged = Extract<Sent, { kind: 'exchanged' }>;
type Answer = Omit<EndpointProbedDto, 'durationMs'>;

interface Visit {
  endpoint: EndpointRecord;
  crm: NonNullable<Writer['crm']>;
  access: EndpointAccess;
  sealedAccess: string | null;
  grantEpoch: number;
  /** Where the CRM is. */
  url: string;
}

/** Whoever waits for the answer does not wait for as long as a delivery may. */
const LONGEST_MS = 10_000;
/** Nothing that a probe asks has a number in it. */
const NO_COUNTRY = '';

/** Asks a CRM who we are there, with the endpoint's own credentials: the way that its deliveries go. Nothing is written. */
export class ProbeCrm {
  constructor(private readonly parts: ProbeCrmParts) {}

  /** @throws AppError `resource.not_found`, `endpoint.is_no_connector` */
  async run(tenant: TenantId, id: EndpointId): Promise<EndpointProbedDto> {
    const { endpoints, access: kept, box, clock } = this.parts;
    const endpoint = found(await endpoints.get(tenant, id), 'endpoint');
    const prepared = formatNamed(endpoint.format)?.prepare(endpoint.formatSettings);
    const crm = prepared?.ok === true ? prepared.writer.crm : undefined;
    if (crm === undefined) throw isNoConnector(endpoint.format);
    const { sealed: sealedAccess, grantEpoch } = await kept.get(tenant, id);
    const opened = sealedAccess === null ? null : box.open(sealedAccess, sealedFor.endpointAccess(id));
    const access = readEndpointAccess(opened);
    const visit = { endpoint, crm, access, sealedAccess, grantEpoch, url: endpoint.url };
    const begun = clock.now();
    const answer = await this.visit(visit, null);
    return { ...answer, durationMs: clock.now() - begun };
  }

  /** @param refused  the access token that the CRM took no more: another one is tried, once */
  private async visit(visit: Visit, refused: string | null): Promise<Answer> {
    const { endpoint, access, sealedAccess, grantEpoch } = visit;
    const { signal } = this.parts;
    const timeoutMs = Math.min(endpoint.timeoutMs, LONGEST_MS);
    const need = { endpointId: endpoint.id, access, sealedAccess, grantEpoch, timeoutMs, signal };
    const authorised = await authorise(need, refused, this.parts);
    if (authorised.kind === 'aborted') return failed('We are shutting down.', null);
    if (authorised.kind === 'failed') return failed(authorised.outcome.note, null);
    const { headers, token, baseUrl } = authorised;
    const there = { ...visit, url: baseUrl ?? endpoint.url };
    const { answer, isUnauthorised } = await this.ask(there, headers, timeoutMs);
    if (isUnauthorised && token !== null && refused === null) return this.visit(visit, token);
    return withoutSecrets(answer, accessSecrets(access, token));
  }

  private async ask(
    { endpoint, crm, access, url }: Visit,
    headers: Readonly<Record<string, string>>,
    timeoutMs: number,
  ): Promise<{ answer: Answer; isUnauthorised: boolean }> {
    const { sender, clock, signal } = this.parts;
    const certificate = certificateOf(access, endpoint.id);
    const way = { timeoutMs, signal, certificate, keepBodyBytes: LARGEST_CRM_ANSWER };
    const talk = openTalk<Exchanged>({
      ...{ connector: crm.connector, crm: crm.crm, url, country: NO_COUNTRY, headers },
      now: () => clock.now(),
      send: async (request) => {
        const sent = await sender.send({ ...request, ...way });
        return sent.kind === 'aborted' ? null : sent;
      },
    });
    try {
      const probe = await crm.crm.probe(talk.io);
      return { answer: passed(probe, statusOf(talk.last?.sent.exchange)), isUnauthorised: false };
    } catch (fault) {
      if (!(fault instanceof CrmFault)) throw fault;
      const answer = failed(fault.reason, statusOf(talk.last?.sent.exchange));
      return { answer, isUnauthorised: fault.kind === 'unauthorised' };
    }
  }
}

function passed({ account, lacks }: Probe, status: number | null): Answer {
  return { ok: true, account, lacks: [...lacks], problem: null, status };
}

function failed(problem: string, status: number | null): Answer {
  return { ok: false, account: null, lacks: [], problem, status };
}

function withoutSecrets({ account, lacks, problem, ...answer }: Answer, secrets: readonly string[]): Answer {
  const hidden = (text: string) => hideSecrets(text, secrets);
  return {
    ...answer,
    account: account && hidden(account),
    lacks: lacks.map(hidden),
    problem: problem && hidden(problem),
  };
}

function statusOf(exchange: Exchange | undefined): number | null {
  return exchange?.kind === 'answered' ? exchange.status : null;
}

function isNoConnector(format: string): AppError {
  return new AppError(
    'conflict',
    'endpoint.is_no_connector',
    `The format ${format} is no connector to a CRM: send a test event instead.`,
  );
}
