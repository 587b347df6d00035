import type { EndpointAuthDto, EndpointDto, EndpointStatsDto, GrantDto } from '../api/operations';

/** What somebody has to do about an endpoint, the most urgent first. */
export type Need =
  | { code: 'disabled' | 'paused'; reason: string | null; held: number }
  | { code: 'enabling'; held: number }
  | { code: 'breaker'; until: string | null; failures: number }
  | { code: 'failing'; since: string; failures: number }
  | { code: 'backlog'; since: string; due: number }
  | { code: 'grant'; label: string; reason: string | null }
  | { code: 'ungranted' }
  | { code: 'certificate'; until: string; isOver: boolean }
  | { code: 'untried' };

const MINUTE_MS = 60_000;
/** A certificate takes its time to be had. */
const CERTIFICATE_MS = 30 * 86_400_000;

export interface Known {
  endpoint: EndpointDto;
  stats: EndpointStatsDto;
  /** Undefined for who may not see the access. */
  auth?: EndpointAuthDto | undefined;
  grants?: readonly GrantDto[] | undefined;
  now: number;
}

export function needsOf(known: Known): Need[] {
  const { stats } = known;
  const needs = [...stateNeeds(known), ...failureNeeds(known), ...backlogNeeds(known), ...accessNeeds(known)];
  const isUntried = stats.tries === 0 && stats.now.due.count === 0 && stats.now.state === 'enabled';
  return isUntried && needs.length === 0 ? [{ code: 'untried' }] : needs;
}

function stateNeeds({ endpoint, stats: { now } }: Known): Need[] {
  const { state, stateReason: reason } = endpoint;
  const held = now.held.count;
  if (state === 'enabled') return [];
  return state === 'enabling' ? [{ code: 'enabling', held }] : [{ code: state, reason, held }];
}

function failureNeeds({ stats: { now } }: Known): Need[] {
  const failures = now.failuresInARow;
  if (now.breaker !== 'closed') return [{ code: 'breaker', until: now.breakerUntil, failures }];
  return now.failingSince === null ? [] : [{ code: 'failing', since: now.failingSince, failures }];
}

function backlogNeeds({ endpoint: { backlogAlertMinutes }, stats, now }: Known): Need[] {
  const since = stats.now.oldestWaitingSince;
  if (since === null || backlogAlertMinutes === null) return [];
  const isLong = now - Date.parse(since) >= backlogAlertMinutes * MINUTE_MS;
  return isLong ? [{ code: 'backlog', since, due: stats.now.due.count }] : [];
}

function accessNeeds({ auth, grants, now }: Known): Need[] {
  const needs: Need[] = [];
  if (auth?.kind === 'oauth2_code' && grants !== undefined) {
    if (!grants.some(({ state }) => state === 'good')) needs.push({ code: 'ungranted' });
    for (const { state, label, reason } of grants) {
      if (state === 'needs_attention') needs.push({ code: 'grant', label, reason });
    }
  }
  const until = auth?.certificate?.validTo;
  if (until !== undefined && Date.parse(until) - now < CERTIFICATE_MS) {
    needs.push({ code: 'certificate', until, isOver: Date.parse(until) <= now });
  }
  return needs;
}
