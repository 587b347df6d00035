import type { Ask, AskFailure, AskKind, AskResult, Instant, Told } from '#domain';
import type { CredentialInUse } from '#db';

/** Who asks: a credential with its connection. */
export interface Asker extends CredentialInUse {
  /** When the request came; absent: now. */
  askedAt?: Instant;
}

/** Of one kind. */
export type AskOf<K extends AskKind> = Extract<Ask, { kind: K }>;

/** How an ask of a kind is carried out. Never throws but for the database. */
export type CarryOut<K extends AskKind> = (ask: AskOf<K>, asker: Asker) => Promise<AskResult>;

export function told(what: Told): AskResult {
  return { ok: true, told: what };
}

export function failed(failure: AskFailure): AskResult {
  return { ok: false, failure };
}

/** As the audit and the log name a credential. */
export function actorOf({ credential }: Asker): string {
  return `credential:${credential.id}`;
}
