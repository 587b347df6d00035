import {
  instant,
  numberVariants,
  type CallId,
  type EndpointId,
  type EnrichedCall,
  type Instant,
  type TenantId,
} from '#domain';
import { Batcher } from '../pool/batcher.js';
import type { HotPool } from '../pool/hot-pool.js';
import {
  BEGIN_CRM_ANEW,
  BEGIN_CRM_CONTACT,
  BEGIN_CRM_LOG,
  CRM_CALL_NOW,
  CRM_LAST_SERVED,
  DOUBT_CRM_CONTACT,
  FORGET_CRM_CONTACT,
  FORGET_CRM_LOG,
  KEEP_CRM_CONTACT,
  KEEP_CRM_LOG,
  KEEP_CRM_TASK,
  READ_CRM,
} from './crm-sql.js';
import { storableJson } from './storable-json.js';

/** A call of an endpoint, and the lease under which it is carried into the CRM. */
export interface CrmOwner {
  tenantId: TenantId;
  endpointId: EndpointId;
  callId: CallId;
  fence: string;
}

/** What is kept of a call. `contact` and `wrote` are as they were given. */
export interface CrmLogRow {
  state: 'writing' | 'written';
  /** When the CRM was asked for it last. */
  askedAt: Instant;
  recordId: string | null;
  recordType: string | null;
  contact: unknown;
  wrote: unknown;
  sequence: number;
  taskId: string | null;
  /** People have to choose whose it is, or had to. */
  undecided: boolean;
  /** Where the record is, when that is elsewhere than on `contact`; as it was given. */
  stands: unknown;
  /** Second records of the call; as it was given. */
  anew: unknown;
}

export interface CrmContactRow {
  state: 'writing' | 'written';
  /** When the CRM was asked for it last. */
  askedAt: Instant;
  contact: unknown;
  chosen: boolean;
}

export interface CrmRows {
  log: CrmLogRow | null;
  contact: CrmContactRow | null;
}

/** What is changed; members that a statement does not know are not looked at. */
export interface CrmChange {
  e164?: string;
  contact?: unknown;
  recordId?: string;
  recordType?: string;
  wrote?: unknown;
  sequence?: number;
  taskId?: string | null;
  candidates?: unknown;
  stands?: unknown;
  anew?: unknown;
}

const WRITES = {
  beginLog: BEGIN_CRM_LOG,
  forgetLog: FORGET_CRM_LOG,
  keepLog: KEEP_CRM_LOG,
  beginAnew: BEGIN_CRM_ANEW,
  keepTask: KEEP_CRM_TASK,
  beginContact: BEGIN_CRM_CONTACT,
  keepContact: KEEP_CRM_CONTACT,
  forgetContact: FORGET_CRM_CONTACT,
  doubtContact: DOUBT_CRM_CONTACT,
} as const;

export type CrmWrite = keyof typeof WRITES;

interface KnownRow extends Record<string, unknown> {
  state: CrmLogRow['state'] | null;
  asked_at: number | null;
  record_id: string | null;
  record_type: string | null;
  contact: unknown;
  wrote: unknown;
  sequence: number | null;
  task_id: string | null;
  undecided: boolean;
  stands: unknown;
  anew: unknown;
  contact_state: CrmContactRow['state'] | null;
  contact_asked_at: number | null;
  known: unknown;
  chosen: boolean | null;
}

type Written = CrmOwner & CrmChange;
type Asked = Pick<CrmOwner, 'endpointId' | 'callId'> & { e164: string | null };

/** What is kept of our records in tenants' CRMs. What several calls need at once travels together. */
export class CrmStore {
  private readonly reads: Batcher<Asked, CrmRows>;
  private readonly writes: Readonly<Record<CrmWrite, Batcher<Written, boolean>>>;

  constructor(private readonly hot: HotPool) {
    this.reads = new Batcher({ maxItems: 200, maxInFlight: 2, run: (asked) => this.readAll(asked) });
    const batcher = (write: CrmWrite) =>
      new Batcher<Written, boolean>({
        maxItems: 200,
        maxInFlight: 1,
        run: (rows) => this.writeAll(write, rows),
      });
    const names = Object.keys(WRITES) as CrmWrite[];
    this.writes = Object.fromEntries(names.map((name) => [name, batcher(name)])) as typeof this.writes;
  }

  /** @throws AppError `database.unavailable` */
  read(asked: Asked): Promise<CrmRows> {
    return this.reads.add(asked);
  }

  /** Committed when it resolves. @returns false when the lease is somebody else's */
  write(what: CrmWrite, owner: CrmOwner, change: CrmChange = {}): Promise<boolean> {
    return this.writes[what].add({ ...owner, ...change });
  }

  /** The call as it was told last; null when its events are not kept any more. */
  async callNow({ tenantId, callId }: Pick<CrmOwner, 'tenantId' | 'callId'>): Promise<EnrichedCall | null> {
    const [row] = await this.hot.run<{ payload: EnrichedCall }>('crm.call_now', CRM_CALL_NOW, [
      tenantId,
      callId,
    ]);
    return row?.payload ?? null;
  }

  /** Of the calls of late: who spoke last with a number, and on which phone; null where none of them is known. */
  async lastServed(
    tenantId: TenantId,
    e164: string,
  ): Promise<Pick<EnrichedCall, 'agent' | 'extension'> | null> {
    const [row] = await this.hot.run<Pick<EnrichedCall, 'agent' | 'extension'>>(
      'crm.last_served',
      CRM_LAST_SERVED,
      [tenantId, numberVariants(e164)],
    );
    return row ?? null;
  }

  private async readAll(asked: Asked[]): Promise<CrmRows[]> {
    const rows = asked.map(({ endpointId, callId, e164 }, nr) => ({
      ...{ nr, endpoint_id: endpointId, call_id: callId },
      e164,
    }));
    const found = await this.hot.run<KnownRow>('crm.read', READ_CRM, [storableJson(rows)], asked.length);
    return found.map((row) => ({ log: logIn(row), contact: contactIn(row) }));
  }

  private async writeAll(what: CrmWrite, given: Written[]): Promise<boolean[]> {
    const rows = given.map(({ fence: _, ...of }, nr) => ({
      ...{ nr, endpoint_id: of.endpointId, tenant_id: of.tenantId, call_id: of.callId, e164: of.e164 },
      ...{ contact: of.contact, record_id: of.recordId, record_type: of.recordType, wrote: of.wrote },
      ...{
        sequence: of.sequence,
        task_id: of.taskId,
        candidates: of.candidates,
        stands: of.stands,
        anew: of.anew,
      },
    }));
    const held = await this.hot.run<{ held: boolean }>(
      `crm.${what}`,
      WRITES[what],
      [given.map(({ endpointId }) => endpointId), given.map(({ fence }) => fence), storableJson(rows)],
      given.length,
    );
    return held.map((row) => row.held);
  }
}

function logIn(row: KnownRow): CrmLogRow | null {
  if (row.state === null) return null;
  return {
    state: row.state,
    askedAt: instant(row.asked_at ?? 0),
    recordId: row.record_id,
    recordType: row.record_type,
    contact: row.contact,
    wrote: row.wrote,
    sequence: row.sequence ?? 0,
    taskId: row.task_id,
    undecided: row.undecided,
    stands: row.stands,
    anew: row.anew,
  };
}

function contactIn(row: KnownRow): CrmContactRow | null {
  if (row.contact_state === null) return null;
  return {
    state: row.contact_state,
    askedAt: instant(row.contact_asked_at ?? 0),
    contact: row.known,
    chosen: row.chosen === true,
  };
}
