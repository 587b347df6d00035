import { setTimeout as sleep } from 'node:timers/promises';
import { instant, type EndpointId, type Instant, type OAuthCodeClient, type Outcome } from '#domain';
import type { SecretBox } from '../secrets/secret-box.js';
import { refreshGrant, type GivenGrant } from './ask-for-grant.js';
import { attention, noToken, type AskTokenParts, type TokenFailure } from './ask-token-endpoint.js';
import type { FetchedToken } from './fetch-token.js';
import type { GrantContexts, GrantKeeper, KeptGrant } from './grant-keeper.js';
import { LONGEST_USE_MS } from './read-tokens.js';
import { renewedGrant } from './renewed-grant.js';

/** Who needs a token of somebody who agreed. */
export interface GrantNeed {
  endpointId: EndpointId;
  client: OAuthCodeClient;
  /** Changes whenever people change the client or the grants: what is remembered under another one counts no more. */
  of: string;
  /** A token that the endpoint took no more: not this one again. */
  refused: string | null;
  timeoutMs: number;
  signal: AbortSignal;
}

export interface GrantTokensParts extends AskTokenParts {
  keeper: GrantKeeper;
  box: Pick<SecretBox, 'open' | 'seal'>;
  sealedFor: GrantContexts;
  /** Names this process among those that renew. */
  owner: string;
  /** How long a renewal is this process' alone. Left out: longer than it can take. */
  leaseMs?: number;
}

const REMEMBER = 10_000;
const LEASE_MS = 15_000;
/** Much less than the lease: what comes after it could have been overtaken. */
const LONGEST_FETCH_MS = 10_000;
const FIRST_WAIT_MS = 40;
const LONGEST_WAIT_MS = 500;
/** Nothing may be lost that the CRM has given: it is tried again for so long while the database is away. */
const KEEP_TRYING_MS = 60_000;
const NO_TIMINGS = { dnsMs: null, connectMs: null, tlsMs: null, firstByteMs: null, totalMs: 0 };

const NOBODY = attention(
  'Nobody is connected. Somebody has to agree on the CRM’s page: POST /v1/endpoints/{id}/grants, or reconnect one that was. ' +
    'What is owed is held until then.',
);
const BUSY = 'Another process renews the access token just now.';
const WORTHLESS = 'The CRM does not take its refresh token any more. Connect it again.';
const NO_REFRESH = 'Its access token has ended, and the CRM gave none to renew it with. Connect it again.';
const DISTRUSTED =
  'The CRM refused a new access token too: whoever connected may have left or lost rights. Connect it again.';

/** What is to be done next, or what came of it. */
type Step = TokenFailure | 'renewed' | 'again' | 'wait';

/**
 * Access tokens of endpoints to which people agreed. They are renewed by one process at a time, whoever needs them; in this
 * process' memory they are found without a question to the database.
 */
export class GrantTokens {
  private readonly known = new Map<
    EndpointId,
    { of: string; answer: Extract<FetchedToken, { kind: 'fetched' }> }
  >();
  private readonly underWay = new Map<EndpointId, { of: string; answer: Promise<FetchedToken> }>();
  private readonly renewals = new Set<Promise<unknown>>();

  constructor(private readonly parts: GrantTokensParts) {}

  /** Never rejects for anything that the token endpoint does. @throws AppError `database.unavailable` */
  async get(need: GrantNeed): Promise<FetchedToken> {
    for (;;) {
      if (need.signal.aborted) return { kind: 'aborted' };
      const known = this.known.get(need.endpointId);
      if (known?.of === need.of && this.isOfUse(known.answer, need)) return known.answer;
      const underWay = this.underWay.get(need.endpointId);
      if (underWay?.of !== need.of) return unlessAborted(this.begin(need), need.signal);
      const answer = await unlessAborted(underWay.answer, need.signal);
      // Whoever began it was not refused that token.
      if (answer.kind !== 'fetched' || answer.token !== need.refused) return answer;
    }
  }

  /** A token that was just made was refused: another grant is used, if there is one. */
  async distrust(endpointId: EndpointId, token: string): Promise<void> {
    const { keeper } = this.parts;
    const grant = (await keeper.good(endpointId)).find((one) => this.accessOf(one) === token);
    if (grant === undefined) return;
    this.known.delete(endpointId);
    // One that was kept for long may just be renewed, at the next try.
    if (!grant.isFresh) return;
    await keeper.giveUp(grant, DISTRUSTED);
  }

  /** Renews one that lies idle. What comes of it stands in its row. */
  async keepAlive(grant: KeptGrant, client: OAuthCodeClient): Promise<void> {
    await this.renew(grant, client, LONGEST_FETCH_MS);
  }

  /** Resolves when nothing is under way any more that must not be lost. */
  async settle(): Promise<void> {
    while (this.renewals.size > 0) await Promise.allSettled(this.renewals);
  }

  private begin(need: GrantNeed): Promise<FetchedToken> {
    const { endpointId, of } = need;
    const answer = this.obtain(need)
      .then((got) => {
        this.remember(need, got);
        return got;
      })
      .finally(() => {
        if (this.underWay.get(endpointId)?.answer === answer) this.underWay.delete(endpointId);
      });
    this.underWay.set(endpointId, { of, answer });
    return answer;
  }

  private async obtain(need: GrantNeed): Promise<FetchedToken> {
    const deadline = this.parts.clock.now() + Math.min(need.timeoutMs, LONGEST_FETCH_MS);
    let renewed = false;
    let failedOver = false;
    for (let waitMs = FIRST_WAIT_MS; ; waitMs = Math.min(2 * waitMs, LONGEST_WAIT_MS)) {
      const [grant] = await this.parts.keeper.good(need.endpointId);
      if (grant === undefined) return this.notAsked({ ...NOBODY, awaitsGrant: true });
      const kept = this.keptToken(grant);
      // One that was just made is the best there is: should the server give the same again, it is not asked for ever.
      if (kept !== null && (renewed || (!failedOver && this.isOfUse(kept, need)))) return kept;
      const step = await this.renew(grant, need.client, need.timeoutMs);
      renewed = step === 'renewed';
      // What one grant's token was refused for, the kept one of the next may be too: that is renewed first.
      failedOver ||= step === 'again' && need.refused !== null;
      if (typeof step !== 'string') return step;
      if (step !== 'wait') continue;
      const left = deadline - this.parts.clock.now();
      if (left <= 0) return this.notAsked({ class: 'throttled', note: BUSY, waitMs: 2_000 });
      await sleep(Math.min(waitMs, left));
    }
  }

  private renew(grant: KeptGrant, client: OAuthCodeClient, timeoutMs: number): Promise<Step> {
    const step = this.renewUnderLease(grant, client, timeoutMs);
    this.renewals.add(step);
    const done = () => void this.renewals.delete(step);
    step.then(done, done);
    return step;
  }

  /** Is not ended by whoever needs it: an answer that nobody hears may have been the only one. */
  private async renewUnderLease(grant: KeptGrant, client: OAuthCodeClient, timeoutMs: number): Promise<Step> {
    const { keeper, box, sealedFor, owner, leaseMs = LEASE_MS } = this.parts;
    const { id, sealedRefresh, sealedPrevious } = grant;
    if (sealedRefresh === null) {
      await keeper.giveUp(grant, NO_REFRESH);
      return 'again';
    }
    if (!(await keeper.lease(grant, { owner, forMs: leaseMs }))) return 'wait';
    const way = { timeoutMs: Math.min(timeoutMs, LONGEST_FETCH_MS), signal: new AbortController().signal };
    const tokens = [sealedRefresh, ...(sealedPrevious === null ? [] : [sealedPrevious])];
    let last: Exclude<GivenGrant, { kind: 'given' | 'aborted' }> | undefined;
    for (const sealed of tokens) {
      const used = box.open(sealed, sealedFor.refresh(id));
      const given = await refreshGrant(client, used, way, this.parts);
      if (given.kind === 'given') {
        const renewed = renewedGrant(id, given, { client, used }, { box, sealedFor });
        return (await this.keepAtLast(() => keeper.keep(grant, renewed))) ? 'renewed' : 'again';
      }
      if (given.kind === 'aborted') break;
      last = given;
      if (!given.worthless) break;
    }
    if (last?.worthless === true) {
      await keeper.giveUp(grant, WORTHLESS);
      return 'again';
    }
    await keeper.release(id, owner);
    return last === undefined ? 'wait' : holding(last);
  }

  private async keepAtLast(keep: () => Promise<boolean>): Promise<boolean> {
    const end = this.parts.clock.now() + KEEP_TRYING_MS;
    for (;;) {
      try {
        return await keep();
      } catch (error) {
        if (this.parts.clock.now() >= end) throw error;
        await sleep(LONGEST_WAIT_MS);
      }
    }
  }

  private accessOf({ id, sealedAccess }: KeptGrant): string | null {
    const { box, sealedFor } = this.parts;
    return sealedAccess === null ? null : box.open(sealedAccess, sealedFor.access(id));
  }

  private keptToken(grant: KeptGrant): Extract<FetchedToken, { kind: 'fetched' }> | null {
    const token = this.accessOf(grant);
    if (token === null) return null;
    const until = grant.usedUntil ?? instant(this.parts.clock.now() + LONGEST_USE_MS);
    return { kind: 'fetched', token, until, ...(grant.baseUrl !== null && { baseUrl: grant.baseUrl }) };
  }

  private isOfUse({ token, until }: { token: string; until: Instant }, { refused }: GrantNeed): boolean {
    return token !== refused && until > this.parts.clock.now();
  }

  private remember({ endpointId, of }: GrantNeed, answer: FetchedToken): void {
    if (answer.kind !== 'fetched') return;
    if (this.known.size >= REMEMBER) this.known.clear();
    this.known.set(endpointId, { of, answer });
  }

  /** Nothing was sent. */
  private notAsked(outcome: Outcome): TokenFailure {
    const at = instant(this.parts.clock.now());
    const exchange = { kind: 'failed', cause: 'unknown', message: outcome.note } as const;
    const nothing = { sentAt: at, durationMs: 0, resolvedIp: null, timings: NO_TIMINGS };
    return noToken({ request: null, sent: { kind: 'exchanged', exchange, ...nothing }, at }, outcome);
  }
}

/** What no waiting mends holds the endpoint: its settings, or the client at the CRM, have to be looked at. */
function holding(failure: TokenFailure): TokenFailure {
  const { outcome } = failure;
  return outcome.class === 'unauthorised'
    ? { ...failure, outcome: { ...outcome, awaitsGrant: true } }
    : failure;
}

/** Ends the waiting, not what is waited for. */
function unlessAborted<T>(answer: Promise<T>, signal: AbortSignal): Promise<T | { kind: 'aborted' }> {
  return new Promise((resolve, reject) => {
    const abort = () => {
      resolve({ kind: 'aborted' });
    };
    signal.addEventListener('abort', abort, { once: true });
    answer.then(resolve, reject).finally(() => {
      signal.removeEventListener('abort', abort);
    });
  });
}
