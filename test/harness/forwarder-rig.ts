import { instant, type AttemptId, type CallEventId, type DeliveryId, type Instant } from '#domain';
import {
  CrmStore,
  DeliveryStore,
  EndpointStatStore,
  Lateness,
  MailboxLeaseBook,
  OperationalEvents,
  TakenOfCalls,
  openGrantTokens,
} from '#db';
import {
  AccessTokens,
  type GrantTokens,
  HttpSender,
  Mailer,
  SecretBox,
  matchesPayload,
  newId,
  targetPolicy,
  type Clock,
} from '#platform';
import type { Leaving, Slice } from '#queues';
import { CarryEntry } from '../../apps/forwarder/crm/carry-entry.js';
import { DrainEndpoint, type DrainEndpointParts } from '../../apps/forwarder/drain-endpoint.js';
import { EndpointTallies } from '../../apps/forwarder/endpoint-tallies.js';
import { OpenedSecrets } from '../../apps/forwarder/opened-secrets.js';
import { OpenedWriters } from '../../apps/forwarder/opened-writers.js';
import { TellTenant } from '../../apps/forwarder/tell-tenant.js';
import { TryDelivery, type TryDeliveryParts } from '../../apps/forwarder/try-delivery.js';
import { drainOnce } from './drain-once.js';
import { SECRET_KEYS, type TestEndpoint } from './tenant.js';
import type { World } from './world.js';

/** A clock that the test moves. Chance is always the middle, so jitter adds nothing unless the test says so. */
export class TestClock implements Clock {
  chance = 0.5;
  private offsetMs = 0;

  now(): Instant {
    return instant(Date.now() + this.offsetMs);
  }

  random(): number {
    return this.chance;
  }

  advance(ms: number): void {
    this.offsetMs += ms;
  }
}

export interface RigParts {
  /** Subnets that deliveries may reach. */
  allow?: string[];
  store?: DrainEndpointParts['store'] & TryDeliveryParts['store'];
  /** How long one process may renew a grant. */
  leaseMs?: number;
  /** Left out: mail is not set up. */
  mailer?: Mailer;
}

/** The forwarder's drain on a real database and real HTTP, without its process and its queue. */
export class ForwarderRig {
  readonly clock = new TestClock();
  readonly tallies: EndpointTallies;
  private readonly book: MailboxLeaseBook;
  readonly grants: GrantTokens;
  private readonly sender: HttpSender;
  private readonly drainer: DrainEndpoint;

  constructor(
    private readonly world: World,
    {
      allow = ['127.0.0.0/8'],
      leaseMs = 15_000,
      store = new DeliveryStore(world.hot),
      mailer = new Mailer({ ok: false, missing: ['SMTP_URL'] }),
    }: RigParts = {},
  ) {
    this.book = new MailboxLeaseBook(world.hot, 60_000, () => this.clock.now());
    this.sender = new HttpSender({ policy: targetPolicy(allow) });
    this.grants = openGrantTokens(world.hot, {
      ...{ sender: this.sender, clock: this.clock, leaseMs },
      box: SecretBox.fromKeys(SECRET_KEYS),
    });
    this.tallies = new EndpointTallies({ store: new EndpointStatStore(world.hot), log: world.log });
    const tryDelivery = new TryDelivery({
      store,
      taken: new TakenOfCalls(world.hot),
      carry: new CarryEntry({ sender: this.sender, clock: this.clock, store: new CrmStore(world.hot) }),
      sender: this.sender,
      mailer,
      apiUrl: 'https://api.example',
      tokens: new AccessTokens({ sender: this.sender, clock: this.clock }),
      grants: this.grants,
      clock: this.clock,
      log: world.log,
      metrics: world.metrics,
      newAttemptId: newId<AttemptId>,
      tallies: this.tallies,
      liveBell: { ringDeliveries: () => undefined },
    });
    this.drainer = new DrainEndpoint({
      store,
      tryDelivery,
      secrets: new OpenedSecrets(SecretBox.fromKeys(SECRET_KEYS)),
      writers: new OpenedWriters(),
      tellTenant: new TellTenant({
        events: new OperationalEvents(world.hot),
        ringer: { ring: () => undefined },
        matches: matchesPayload,
        clock: this.clock,
        log: world.log,
        ids: { event: newId<CallEventId>, delivery: newId<DeliveryId> },
      }),
      clock: this.clock,
      lateness: new Lateness(),
    });
  }

  drain({ id }: TestEndpoint, onSlice?: (slice: Slice) => void): Promise<Leaving | 'not to be had'> {
    const drain = { book: this.book, clock: this.clock, drain: this.drainer.drain.bind(this.drainer) };
    return drainOnce(drain, 'endpoint', id, onSlice);
  }

  /** So much time goes by, for the clock and for everything in the database that waits for this endpoint. */
  async pass({ id }: TestEndpoint, ms: number): Promise<void> {
    this.clock.advance(ms);
    const back = `$2 * interval '1 ms'`;
    await this.world.sql.rows(
      `UPDATE delivery SET due_at = due_at - ${back}, first_tried_at = first_tried_at - ${back} WHERE endpoint_id = $1`,
      [id, ms],
    );
    await this.world.sql.rows(`UPDATE mailbox SET not_before = not_before - ${back} WHERE id = $1`, [id, ms]);
  }

  deliveries({ id }: TestEndpoint): Promise<SeenDelivery[]> {
    return this.world.sql.rows<SeenDelivery>(
      `SELECT id, state, reason, attempt_count AS "attempts", refusals, sequence,
              (extract(epoch FROM due_at - now()) * 1000)::float8 AS "dueInMs" FROM delivery
       WHERE endpoint_id = $1 ORDER BY id`,
      [id],
    );
  }

  attempts({ id }: TestEndpoint): Promise<SeenAttempt[]> {
    return this.world.sql.rows<SeenAttempt>(
      `SELECT number, outcome, decision, status, error, response_headers AS headers, response_body AS body,
              request_url AS "requestUrl", request_headers AS "requestHeaders", request_body AS "requestBody",
              resolved_ip AS ip, timings, duration_ms AS "durationMs" FROM attempt WHERE endpoint_id = $1 ORDER BY id`,
      [id],
    );
  }

  close(): void {
    this.sender.close();
  }
}

export interface SeenDelivery {
  id: string;
  state: string;
  reason: string | null;
  attempts: number;
  refusals: number;
  sequence: number;
  dueInMs: number;
}

export interface SeenAttempt {
  number: number;
  outcome: string;
  decision: string;
  status: number | null;
  error: string | null;
  headers: Record<string, string> | null;
  requestUrl: string | null;
  requestHeaders: Record<string, string> | null;
  requestBody: string | null;
  body: string | null;
  ip: string | null;
  timings: Record<string, number | null>;
  durationMs: number;
}
