/** One tenant's calls on their way into a CRM, by the product's own sender, with what is kept of them in memory. */
import { connectorNamed, judgeExchange, logCall, readLoggingPolicy, requestOf } from '#crm';
import type { Connector, Crm, CrmIo, CrmLedger, KeptContact, KeptLog, Logged } from '#crm';
import { instant, type EnrichedCall } from '#domain';
import { HttpSender, systemClock, targetPolicy } from '#platform';

const TIMEOUT_MS = 20_000;
/** Lists of people are long. */
const KEPT_BYTES = 1_048_576;

export interface CrmOfficeParts {
  connector: string;
  settings: Record<string, unknown>;
  logging: Record<string, unknown>;
  url: string;
  /** A token. */
  key: string;
}

export class CrmOffice {
  readonly crm: Crm;
  private readonly connector: Connector;
  private readonly sender = new HttpSender({ policy: targetPolicy(['127.0.0.0/8']) });
  private readonly logs = new Map<string, KeptLog>();
  private contacts = new Map<string, KeptContact>();

  constructor(private readonly parts: CrmOfficeParts) {
    const connector = connectorNamed(parts.connector);
    const prepared = connector?.prepare(parts.settings);
    if (connector === undefined || prepared?.ok !== true) {
      throw new Error(`No such connector, or not with these settings: ${JSON.stringify(prepared)}`);
    }
    this.connector = connector;
    this.crm = prepared.crm;
  }

  get io(): CrmIo {
    return {
      country: 'IL',
      now: () => systemClock.now(),
      ask: async (request) => {
        const { headers, ...written } = requestOf(request, this.parts.url);
        const sent = await this.sender.send({
          ...written,
          headers: { ...headers, authorization: `Bearer ${this.parts.key}` },
          timeoutMs: TIMEOUT_MS,
          keepBodyBytes: KEPT_BYTES,
        });
        if (sent.kind === 'aborted') throw new Error('Nobody aborts.');
        const judge = this.crm.judge?.bind(this.crm);
        return judgeExchange(sent.exchange, request, { now: systemClock.now(), judge });
      },
    };
  }

  tell(call: EnrichedCall, { type = 'call.ended', sequence = 2 } = {}): Promise<Logged> {
    const { connector, crm, io } = this;
    const { policy, problems } = readLoggingPolicy(this.parts.logging, connector);
    if (problems.length > 0) throw new Error(JSON.stringify(problems));
    const occurredAt = instant(Date.parse(call.endedAt ?? ''));
    return logCall(
      { type, sequence, occurredAt, call },
      { crm, connector, policy, ledger: this.ledgerOf(call), io },
    );
  }

  /** As a tenant that sees the number for the first time: only the CRM knows who it is. */
  forgetPeople(): void {
    this.contacts = new Map();
  }

  /** As if our process had died after the CRM wrote the call and before we heard of it. */
  forgetAnswer({ id }: EnrichedCall): void {
    const log = this.logs.get(id);
    if (log !== undefined) this.logs.set(id, { ...log, state: 'writing', record: null, wrote: null });
  }

  /** The same with other credentials, and nothing kept. */
  withKey(key: string): CrmOffice {
    return new CrmOffice({ ...this.parts, key });
  }

  close(): void {
    this.sender.close();
  }

  private ledgerOf({ id }: EnrichedCall): CrmLedger {
    const { logs, contacts } = this;
    const askedAt = systemClock.now();
    const done = Promise.resolve();
    const begun = {
      state: 'writing',
      askedAt,
      record: null,
      wrote: null,
      sequence: 0,
      taskId: null,
      undecided: false,
      stands: null,
      anew: {},
    } as const;
    const keep = (kept: Partial<KeptLog>) => {
      logs.set(id, { ...begun, contact: null, ...logs.get(id), ...kept });
      return done;
    };
    const keepContact = (e164: string, kept: Pick<KeptContact, 'state' | 'contact'>) => {
      contacts.set(e164, { ...kept, askedAt, chosen: false });
      return done;
    };
    return {
      read: (e164) =>
        Promise.resolve({ log: logs.get(id) ?? null, contact: contacts.get(e164 ?? '') ?? null }),
      beginLog: (contact) => keep({ ...begun, contact }),
      forgetLog: () => (logs.delete(id), done),
      keepLog: (kept) => keep({ ...kept, state: 'written' }),
      beginAnew: () => done,
      beginTask: () => keep({ taskId: '' }),
      forgetTask: () => keep({ taskId: null }),
      keepTask: (taskId) => keep({ taskId }),
      beginContact: (e164) => keepContact(e164, { state: 'writing', contact: null }),
      keepContact: (e164, contact) => keepContact(e164, { state: 'written', contact }),
      forgetContact: (e164) => (contacts.delete(e164), done),
      doubtContact: (e164) => (contacts.delete(e164), done),
      callNow: () => Promise.resolve(null),
      lastServed: () => Promise.resolve(null),
    };
  }
}
