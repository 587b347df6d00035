/** A ledger for one call after another, as the database keeps it. For tests of what is decided by it; the real one has its own. */
import type { EnrichedCall, Instant } from '#domain';
import type { CrmContact } from '../connector.js';
import type { Served } from '../policy/entry-of.js';
import type { CrmLedger, KeptContact, KeptLog } from '../log-call/ledger.js';

export class KeptInMemory {
  readonly logs = new Map<string, KeptLog>();
  readonly contacts = new Map<string, KeptContact>();
  readonly candidates = new Map<string, readonly CrmContact[]>();
  lastServed: Served | null = null;

  constructor(private readonly now: () => Instant) {}

  /** A person says who the number is; null takes it back. */
  choose(e164: string, contact: CrmContact | null): void {
    if (contact === null) this.contacts.delete(e164);
    else this.contacts.set(e164, { state: 'written', askedAt: this.now(), contact, chosen: true });
  }

  of(call: EnrichedCall): CrmLedger {
    const { logs, contacts } = this;
    const done = Promise.resolve();
    return {
      read: (e164) =>
        Promise.resolve({
          log: logs.get(call.id) ?? null,
          contact: e164 === null ? null : (contacts.get(e164) ?? null),
        }),
      beginLog: (contact, candidates) => {
        if (candidates === null) this.candidates.delete(call.id);
        else this.candidates.set(call.id, candidates);
        const begun = { state: 'writing', askedAt: this.now(), record: null, contact, wrote: null } as const;
        logs.set(call.id, {
          ...begun,
          sequence: 0,
          taskId: logs.get(call.id)?.taskId ?? null,
          undecided: candidates !== null,
          ...{ stands: null, anew: {} },
        });
        return done;
      },
      forgetLog: () => {
        logs.delete(call.id);
        return done;
      },
      keepLog: (kept) => {
        const before = logs.get(call.id);
        const askedAt = before?.askedAt ?? this.now();
        const undecided = this.candidates.has(call.id);
        const { record, contact, wrote, sequence, stands, anew } = kept;
        const written = { state: 'written', record, contact, wrote, sequence, stands, anew } as const;
        logs.set(call.id, { ...written, askedAt, taskId: before?.taskId ?? null, undecided });
        return done;
      },
      beginAnew: (anew) => {
        const before = logs.get(call.id);
        if (before !== undefined) logs.set(call.id, { ...before, anew });
        return done;
      },
      beginTask: (contact) => this.setTask(call.id, '', contact),
      keepTask: (taskId) => this.setTask(call.id, taskId),
      forgetTask: () => this.setTask(call.id, null),
      beginContact: (e164) => {
        if (contacts.get(e164)?.state !== 'written') {
          contacts.set(e164, { state: 'writing', askedAt: this.now(), contact: null, chosen: false });
        }
        return done;
      },
      keepContact: (e164, contact) => {
        const before = contacts.get(e164);
        const askedAt = before?.askedAt ?? this.now();
        if (before?.chosen !== true)
          contacts.set(e164, { state: 'written', askedAt, contact, chosen: false });
        return done;
      },
      forgetContact: (e164) => {
        if (contacts.get(e164)?.state === 'writing') contacts.delete(e164);
        return done;
      },
      doubtContact: (e164) => {
        const before = contacts.get(e164);
        if (before?.chosen === false) contacts.set(e164, { ...before, state: 'writing', contact: null });
        return done;
      },
      callNow: () => Promise.resolve(call),
      lastServed: () => Promise.resolve(this.lastServed),
    };
  }

  private setTask(callId: string, taskId: string | null, contact: CrmContact | null = null): Promise<void> {
    const none = {
      state: 'writing',
      record: null,
      contact,
      wrote: null,
      sequence: 0,
      undecided: false,
      ...{ stands: null, anew: {} },
    } as const;
    const before = this.logs.get(callId) ?? { ...none, askedAt: this.now() };
    this.logs.set(callId, { ...before, taskId });
    return Promise.resolve();
  }
}
