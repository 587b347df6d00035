import type { Connector, Crm } from '../connector.js';
import type { LoggingPolicy } from '../policy/logging-policy.js';
import type { CrmIo } from '../talk/crm-io.js';
import type { CrmLedger } from './ledger.js';

export interface LogCallParts {
  crm: Crm;
  connector: Pick<Connector, 'title' | 'key' | 'limits' | 'lagSeconds'>;
  policy: LoggingPolicy;
  ledger: CrmLedger;
  io: CrmIo;
}

/** What became of an event. `words` is a sentence for the delivery log. */
export type Logged =
  | { kind: 'done'; words: string }
  /** It stands there already: whoever wrote it did not get to say so. */
  | { kind: 'there' }
  /** There is nothing to write. `reason` goes on from "It is not logged:". */
  | { kind: 'nothing'; reason: string }
  /** Not yet. */
  | { kind: 'later'; waitMs: number; reason: string };
