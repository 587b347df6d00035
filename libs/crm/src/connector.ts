/**
 * What a CRM's folder must offer: a value, no state, no I/O but through `CrmIo`. When a call is logged, on whom, in which
 * words, and how often it is tried is not its business.
 */
import type { CallResult, Instant, Problem, RateLimit } from '#domain';
import type { CrmSignIn } from './sign-in.js';
import type { CrmIo, CrmReply, CrmRequest, CrmVerdict } from './talk/crm-io.js';

/** A contact, lead or company of a CRM. */
export interface CrmContact {
  id: string;
  /** The CRM's own word for the kind of record, such as `Contact` or `Lead`. */
  type: string;
  name: string;
  /** Its page, for people; null where the CRM has none that we know. */
  url: string | null;
  /** The user whose contact it is; null where nobody's, or the CRM does not say. */
  ownerId: string | null;
}

/** A contact as a search found it. The search may be fuzzy: its numbers are compared again by us. */
export interface FoundCrmContact extends CrmContact {
  company: string | null;
  /** All its numbers, as the CRM has them. */
  phones: readonly string[];
  /** Milliseconds since 1970; 0 where the CRM does not tell. */
  createdAt: number;
  updatedAt: number;
}

/** A contact that is to be made. */
export interface CrmContactDraft {
  name: string;
  e164: string;
  /** The CRM refused the number: it goes into the description. */
  withoutNumber: boolean;
  ownerId: string | null;
}

/** A call as it is to stand in the CRM: decided and worded, so that a connector only has to put it into its CRM's fields. */
export interface CallEntry {
  /** Ours: a UUID. */
  callId: string;
  /** Stands in every text that we write, so that people and searches find it: `[sw:<call id>]`. */
  marker: string;
  direction: 'inbound' | 'outbound';
  result: CallResult;
  /** Somebody called and was not served. */
  missed: boolean;
  startedAt: Instant;
  answeredAt: Instant | null;
  endedAt: Instant;
  /** Of talk, in seconds; 0 where nobody answered. */
  talkSeconds: number;
  /** The customer's number: E.164 where it is one, else as the PBX said it. Null where it was withheld. */
  number: string | null;
  e164: string | null;
  /** The number of the tenant's that was called or called from; null where the PBX does not say. */
  ourNumber: string | null;
  extension: string | null;
  agentName: string | null;
  /** The CRM's user whose call it is; null: whoever connected. */
  ownerId: string | null;
  subject: string;
  /** Plain text, lines parted by `\n`, the marker last. Within the connector's limit. */
  body: string;
  /** The tenant's word for what came of the call, of this CRM's own list; null: the connector's choice. */
  outcome: string | null;
  /** The tenant's choice of the CRM's kind of activity; null: the connector's. */
  activityType: string | null;
  /** Our own signed link; null where there is no recording. */
  recordingUrl: string | null;
}

export interface TaskDraft {
  subject: string;
  body: string;
  dueAt: Instant;
  ownerId: string | null;
  /** The call that it is about. */
  call: CallEntry;
}

/** A record that was written. */
export interface CrmRecord {
  id: string;
  /** The CRM's own word for the kind of record. */
  type: string;
}

/** What a look at the CRM with a tenant's credentials found. */
export interface Probe {
  /** Whose credentials they are, such as a name or an account; null where the CRM does not say. */
  account: string | null;
  /** What it lacks for what it shall do, in sentences. Empty: all is well. */
  lacks: readonly string[];
}

/** A connector with a tenant's settings in it. Methods throw `CrmFault` and nothing else for whatever the CRM does. */
export interface Crm {
  /** The settings with everything filled in that was left out: what is to be stored. No secrets: these are credentials. */
  settings: Record<string, unknown>;
  /** Where requests may go beside the endpoint's own URL. */
  urls?: readonly { path: string; url: string }[];
  probe(io: CrmIo): Promise<Probe>;
  /** Why nobody is ever found with these settings: a sentence. Left out: people are. */
  findsNobody?: string;
  /** Why no call is ever logged with these settings: goes on from "no record of this call:". Left out: they are. */
  logsNothing?: string;
  /** Whoever may have the number, by whatever search the CRM has: few are better than many, too many are better than none. */
  findContacts(e164: string, io: CrmIo): Promise<FoundCrmContact[]>;
  /** Left out: the CRM cannot have contacts made. */
  createContact?(draft: CrmContactDraft, io: CrmIo): Promise<CrmContact>;
  /**
   * The record of a call of ours that is there already: by our id where the CRM has a place for it, else by contact, start time
   * and marker. Asked after an answer that was lost.
   */
  findLog(entry: CallEntry, contact: CrmContact | null, io: CrmIo): Promise<CrmRecord | null>;
  /** @param contact  null: nobody is known, or people have to choose */
  logCall(entry: CallEntry, contact: CrmContact | null, io: CrmIo): Promise<CrmRecord>;
  /** Says more of a call that is logged. Left out: the CRM takes no changes. @param before  as it was written last */
  updateCallLog?(
    record: CrmRecord,
    change: { entry: CallEntry; before: WrittenEntry; contact: CrmContact | null },
    io: CrmIo,
  ): Promise<void>;
  /**
   * Puts a record on this contact alone, or on nobody: several had the number, and a person chose. Left out: the CRM cannot
   * move a record, and it is logged anew.
   */
  linkLog?(record: CrmRecord, contact: CrmContact | null, io: CrmIo): Promise<void>;
  createTask?(task: TaskDraft, contact: CrmContact | null, io: CrmIo): Promise<CrmRecord>;
  /**
   * The task about a call that is there already, by the marker in its text. Asked after an answer that was lost. Left out: the
   * CRM has no such search, and a task that may have been made is not made again.
   */
  findTask?(entry: CallEntry, contact: CrmContact | null, io: CrmIo): Promise<CrmRecord | null>;
  /** What an answer means where HTTP does not say it; undefined where it does. Asked for every answer. */
  judge?(reply: CrmReply, request: CrmRequest): CrmVerdict | undefined;
}

/** The part of an entry that may change after it was written, and that the agent may have changed since. */
export type WrittenEntry = Pick<
  CallEntry,
  'subject' | 'body' | 'outcome' | 'ownerId' | 'recordingUrl' | 'talkSeconds' | 'result'
>;

export type PreparedCrm = { ok: true; crm: Crm } | { ok: false; problems: readonly Problem[] };

/** How an endpoint may show who it is, by the endpoint's kinds of credentials; `header` for a key in a header of its own. */
export type CrmCredential = 'basic' | 'bearer' | 'oauth2' | 'header';

/** A setting of a connector's own, for whoever makes a form of it. */
export interface CrmSetting {
  /** Its name in `formatSettings`. */
  name: string;
  /** `texts` is a list of texts, `zone` an IANA time zone. */
  kind: 'text' | 'texts' | 'url' | 'choice' | 'count' | 'zone';
  about: string;
  /** Without it an endpoint is refused. */
  required?: true;
  /** Of a choice. */
  values?: readonly string[];
  /** What it is where it is left out; nothing, where this is. */
  byDefault?: string | number;
}

export interface Connector {
  /** Lower case, such as `hubspot`. */
  name: string;
  title: string;
  /** One sentence for whoever chooses among them. */
  about: string;
  /** Which credentials it takes, and in words where a tenant finds them. */
  credentials: readonly { kind: CrmCredential; how: string }[];
  /** Its own settings, for a form; left out: it has none, or they are no form's, as those of the generic one. */
  settings?: readonly CrmSetting[];
  /** The header that carries an access token where it is not `authorization: Bearer <token>`. */
  tokenHeader?: { name: string; prefix: string };
  /** Its page on which people agree; left out: it has none, or its addresses have to be looked up. */
  signIn?: CrmSignIn;
  /** Where the CRM is for every tenant; left out: each tenant has a URL of its own. */
  url?: string;
  /** How a record that was written can be changed. */
  update: 'patch' | 'append' | 'none';
  /** Where our id of a call goes. */
  key: 'chosen' | 'upsert' | 'external id' | 'none';
  /** Characters that its texts may have. */
  limits: { subject: number; body: number };
  /** For so long its searches may not show what was written: `findLog` and `findContacts`. 0: they show it at once. */
  lagSeconds: number;
  /** What the CRM takes of us: so many requests in so many seconds. */
  allows?: { requests: number; seconds: number };
  /** Deliveries go no faster than this. Each makes several requests, and all of them together have to be within `allows`. */
  rate?: RateLimit;
  /**
   * Where its ration is small for asking it while a phone rings: how fast it is asked then (left out: as calls are told), and
   * what whoever wants that should know, in sentences.
   */
  ringTime?: { rate?: RateLimit; advice: string };
  /** What its word for an outcome and for a kind of activity may be. Left out: anything; empty: it has no place for one. */
  outcomes?: readonly string[];
  activityTypes?: readonly string[];
  /** @param given  the connector's own settings, as they came */
  prepare(given: unknown): PreparedCrm;
}
