/** A connector at work against its stand-in, with the answers in our hand. For tests only. */
import { instant, readParty, type EnrichedCall, type Exchange, type Instant } from '#domain';
import { judgeExchange } from '../talk/judge-exchange.js';
import { requestOf } from '../talk/request-of.js';
import { CrmFault, type CrmIo, type CrmRequest } from '../talk/crm-io.js';
import { logCall } from '../log-call/log-call.js';
import type { Logged } from '../log-call/logged.js';
import { readLoggingPolicy } from '../policy/logging-policy.js';
import type { Crm } from '../connector.js';
import type { CrmCase, FakeAnswer, FakeCrm } from './fake-crm.fixture.js';
import { KeptInMemory } from './kept-in-memory.fixture.js';

/** The endpoint's, where a CRM wants it in the body. */
export const SECRET = 'a key';
const STARTED = Date.UTC(2026, 10, 21, 9, 28, 52);

/** What goes wrong with one request: it is not sent, answered otherwise, or carried out with its answer lost. */
export type Mishap = 'lost answer' | 'no connection' | FakeAnswer | undefined;

export class BenchOfCrm {
  readonly fake: FakeCrm;
  readonly kept: KeptInMemory;
  readonly crm: Crm;
  readonly asked: CrmRequest[] = [];
  /** Says what happens to the request that is asked now; left out: nothing. */
  mishap: (request: CrmRequest) => Mishap = () => undefined;
  now = instant(STARTED + 100_000);
  /** When something was made last; undefined where searches show everything at once. */
  private madeAt: Instant | undefined;

  constructor(
    readonly of: CrmCase,
    readonly logging: Record<string, unknown> = {},
  ) {
    const prepared = of.connector.prepare(of.settings);
    if (!prepared.ok) throw new Error(`The case's settings are wrong: ${JSON.stringify(prepared.problems)}`);
    this.crm = prepared.crm;
    this.fake = of.newFake();
    this.kept = new KeptInMemory(() => this.now);
  }

  get io(): CrmIo {
    return {
      country: 'IL',
      now: () => this.now,
      ask: (request) => Promise.resolve().then(() => this.ask(request)),
    };
  }

  /** From now on a search shows what was made only after as long as the connector says. */
  searchBehind(): void {
    this.madeAt = this.now;
    this.fake.lag?.();
  }

  tell(call: EnrichedCall, { type = 'call.ended', sequence = 2 } = {}): Promise<Logged> {
    const { policy, problems } = readLoggingPolicy(this.logging, this.of.connector);
    if (problems.length > 0) throw new Error(JSON.stringify(problems));
    const event = { type, sequence, occurredAt: instant(STARTED + 68_000), call };
    const { connector } = this.of;
    return logCall(event, { crm: this.crm, connector, policy, ledger: this.kept.of(call), io: this.io });
  }

  /** Until it is done: as often as the delivery engine would try, with time passing in between. */
  async tellUntilDone(
    call: EnrichedCall,
    { everyMs = 60_000, ...more }: { type?: string; sequence?: number; everyMs?: number } = {},
  ): Promise<Logged> {
    for (let tries = 0; tries < 60; tries += 1) {
      let waitMs = everyMs;
      try {
        const logged = await this.tell(call, more);
        if (logged.kind !== 'later') return logged;
        waitMs = logged.waitMs;
      } catch (fault) {
        if (!(fault instanceof CrmFault)) throw fault;
      }
      this.now = instant(this.now + waitMs);
    }
    throw new Error('It was tried sixty times.');
  }

  /** Until its record is there, with the answer that would say so lost, as each is that makes something. */
  async loseLog(call: EnrichedCall): Promise<void> {
    const lost = new Set<string>();
    this.mishap = ({ method, path, makes }) => {
      const key = `${method} ${path}`;
      if (makes !== true || lost.has(key)) return undefined;
      lost.add(key);
      return 'lost answer';
    };
    for (let tries = 0; tries < 20 && this.fake.logs().length === 0; tries += 1) {
      await this.tell(call).catch(() => undefined);
      if (this.fake.logs().length === 0) this.now = instant(this.now + 60_000);
    }
  }

  /** What was made last is seen when the search may be behind no longer, and nothing before it is seen later. */
  private index({ makes }: CrmRequest): void {
    if (this.madeAt === undefined) return;
    if (this.now >= this.madeAt + this.of.connector.lagSeconds * 1000) {
      this.fake.catchUp?.();
      this.fake.lag?.();
    }
    if (makes === true) this.madeAt = this.now;
  }

  private ask(request: CrmRequest) {
    this.asked.push(request);
    this.index(request);
    const mishap = this.mishap(request);
    const { judge } = this.crm;
    const context = { now: this.now, judge: judge?.bind(this.crm) };
    if (mishap === 'no connection') return judgeExchange(failed('refused'), request, context);
    if (mishap !== undefined && mishap !== 'lost answer') {
      return judgeExchange(answered(mishap), request, context);
    }
    const { url, ...written } = requestOf(request, this.of.url, SECRET);
    const answer = this.fake.answer({ ...written, url: new URL(url) });
    const exchange = mishap === 'lost answer' ? failed('timeout') : answered(answer);
    return judgeExchange(exchange, request, context);
  }
}

function failed(cause: 'timeout' | 'refused'): Exchange {
  return { kind: 'failed', cause, message: 'The CRM gave no answer.' };
}

function answered({ status, headers = {}, body = '' }: FakeAnswer): Exchange {
  return {
    kind: 'answered',
    status,
    headers,
    body: typeof body === 'string' ? body : JSON.stringify(body),
  };
}

export type CallTraits = Partial<Omit<EnrichedCall, 'id'>> & { id?: string };

/** Extension 101 answered an incoming call of +972 54-555-1234 after 8 seconds and talked for a minute. */
export function callForCrm(traits: CallTraits = {}): EnrichedCall {
  return {
    id: '019a9e5c-7a00-7000-8000-000000000000',
    connectionId: '019a9e5c-7a00-7000-8000-000000000001',
    vendorCallId: 'v-1',
    state: 'ended',
    direction: 'inbound',
    result: 'answered',
    vendorType: '',
    vendorStatus: '',
    startedAt: new Date(STARTED).toISOString(),
    answeredAt: new Date(STARTED + 8_000).toISOString(),
    endedAt: new Date(STARTED + 68_000).toISOString(),
    ringSeconds: 8,
    queueSeconds: null,
    talkSeconds: 60,
    from: readParty('0545551234', 'IL'),
    to: readParty('0722776772', 'IL'),
    did: { ...readParty('0722776772', 'IL'), label: 'Sales' },
    extension: '101',
    extensionLabel: null,
    agent: { id: null, code: '7', name: 'Dana Levi', email: 'dana@example.com' },
    queue: null,
    department: null,
    price: null,
    recordings: [],
    ivrPath: [],
    customData: {},
    transferOf: null,
    ai: null,
    unreadableFields: [],
    raw: {},
    notes: [],
    legs: [],
    callerLocalTime: null,
    contact: null,
    match: null,
    ...traits,
  } as unknown as EnrichedCall;
}
