/** What somebody of a tenant should look after, each with what it is about. */
import { WARNING_CODES, type Warning } from '../connection/warnings-of.js';
import { MINUTE } from '../delivery/durations.js';
import type { Standing } from '../delivery/standing.js';
import { expiryWords, type ExpiryType } from '../endpoint/expiry.js';
import type { Instant } from '../ids.js';
import { NO_PARAMS, type WordParams } from '../words/word-params.js';

export const ENDPOINT_NEED_CODES = ['endpoint.disabled', 'endpoint.failing', 'endpoint.backlog'] as const;
export const EXPIRY_CODES = [
  'endpoint.secret_expiring',
  'endpoint.credentials_expiring',
  'endpoint.access_expiring',
  'connection.token_expiring',
  'api_key.expiring',
] as const satisfies readonly ExpiryType[];
export const NEED_CODES = [
  ...ENDPOINT_NEED_CODES,
  'deliveries.dead',
  ...WARNING_CODES,
  ...EXPIRY_CODES,
] as const;
export type NeedCode = (typeof NEED_CODES)[number];

export const NEED_SUBJECTS = ['endpoint', 'connection', 'api_key', 'tenant'] as const;

export interface Need {
  code: NeedCode;
  message: string;
  params: WordParams;
  /** `tenant` has neither id nor name. */
  subject: { type: (typeof NEED_SUBJECTS)[number]; id: string | null; name: string | null };
}

interface Named {
  id: string;
  name: string;
}

export interface EndpointToLookAfter extends Named {
  state: string;
  stateReason: string | null;
  standing: Standing;
  backlogAlertMinutes: number | null;
  firstDueAt: Instant | null;
}

export interface TenantCondition {
  endpoints: readonly EndpointToLookAfter[];
  connections: readonly (Named & { warnings: readonly Warning[] })[];
  expiring: readonly (Named & { type: ExpiryType; expiresAt: Instant })[];
  /** Deliveries of the last 24 hours that were given up. */
  dead: { count: number; atLeast: boolean };
}

/** The most urgent first: what is not delivered, what does not come in, what will end. */
export function needsOf({ endpoints, connections, expiring, dead }: TenantCondition, now: Instant): Need[] {
  return [
    ...endpoints.flatMap((endpoint) => endpointNeeds(endpoint, now)),
    ...deadNeed(dead),
    ...connections.flatMap(({ warnings, id, name }) =>
      warnings.map((warning) => ({ ...warning, subject: { type: 'connection' as const, id, name } })),
    ),
    ...expiring.map(({ type, expiresAt, id, name }) => ({
      code: type,
      message: expiryWords(type, expiresAt),
      params: { expiresAt: text(expiresAt) },
      subject: { type: subjectOf(type), id, name },
    })),
  ];
}

function endpointNeeds(endpoint: EndpointToLookAfter, now: Instant): Need[] {
  const { id, name, state, stateReason, standing, backlogAlertMinutes, firstDueAt } = endpoint;
  const subject = { type: 'endpoint' as const, id, name };
  if (state === 'paused') return [];
  if (state === 'disabled') {
    const message = `It is disabled, and what it is owed is held. ${stateReason ?? ''}`.trim();
    const params = stateReason === null ? NO_PARAMS : { reason: stateReason };
    return [{ code: 'endpoint.disabled', message, params, subject }];
  }
  if (standing.told) {
    const { failuresInARow, failingSince } = standing;
    const since = failingSince === null ? '' : ` since ${text(failingSince)}`;
    const message = `${String(failuresInARow)} tries in a row have failed${since}.`;
    const params = {
      failures: failuresInARow,
      ...(failingSince === null ? {} : { since: text(failingSince) }),
    };
    return [{ code: 'endpoint.failing', message, params, subject }];
  }
  const dueFor = firstDueAt === null ? 0 : now - firstDueAt;
  if (firstDueAt === null || backlogAlertMinutes === null || dueFor <= backlogAlertMinutes * MINUTE)
    return [];
  const minutes = Math.floor(dueFor / MINUTE);
  const message = `What it is owed has been due for ${String(minutes)} minutes.`;
  return [{ code: 'endpoint.backlog', message, params: { minutes, since: text(firstDueAt) }, subject }];
}

function deadNeed({ count, atLeast }: TenantCondition['dead']): Need[] {
  if (count === 0) return [];
  const many = `${String(count)}${atLeast ? ' or more' : ''} ${count === 1 && !atLeast ? 'delivery' : 'deliveries'}`;
  const message = `${many} of the last 24 hours were given up: retry them, or replay what failed.`;
  const subject = { type: 'tenant' as const, id: null, name: null };
  return [{ code: 'deliveries.dead', message, params: { count, atLeast }, subject }];
}

function subjectOf(type: ExpiryType): 'endpoint' | 'connection' | 'api_key' {
  if (type === 'api_key.expiring') return 'api_key';
  return type === 'connection.token_expiring' ? 'connection' : 'endpoint';
}

function text(at: Instant): string {
  return new Date(at).toISOString();
}
