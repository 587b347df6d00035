import { id, type CallId, type EndpointId, type Instant } from '#domain';
import type { CrmLog as Row } from '../generated/client.js';
import { instantOf } from './times.js';

/**
 * - `writing`: the CRM was asked to make the record, and how that ended is not known yet
 * - `written`: it is there
 * - `undecided`: it is there, on nobody: several contacts have the number, and a person has to choose
 */
export const CRM_LOG_STATES = ['writing', 'written', 'undecided'] as const;
export type CrmLogState = (typeof CRM_LOG_STATES)[number];

/** A contact of a CRM, as its connector found it. */
export interface CrmLogContact {
  id: string;
  /** The CRM's own word for the kind of record. */
  type: string;
  name: string;
  url: string | null;
  /** The CRM's user whose contact it is; null where nobody's, or the CRM does not say. */
  ownerId: string | null;
}

/** What stands of a call in a tenant's CRM. */
export interface CrmLogRecord {
  endpointId: EndpointId;
  endpointName: string;
  callId: CallId;
  state: CrmLogState;
  recordId: string | null;
  recordType: string | null;
  contact: CrmLogContact | null;
  taskId: string | null;
  /** Those among whom people choose; also when they have. Empty where nobody has to. */
  candidates: CrmLogContact[];
  begunAt: Instant;
  updatedAt: Instant;
}

export function crmLogOf(row: Row & { endpoint: { name: string } }): CrmLogRecord {
  const contact = contactIn(row.contact);
  const candidates = contactsIn(row.candidates);
  return {
    endpointId: id<EndpointId>(row.endpointId),
    endpointName: row.endpoint.name,
    callId: id<CallId>(row.callId),
    state: stateOf(row.state, contact === null && candidates.length > 0),
    recordId: row.recordId,
    recordType: row.recordType,
    contact,
    taskId: row.taskId,
    candidates,
    begunAt: instantOf(row.begunAt),
    updatedAt: instantOf(row.updatedAt),
  };
}

export function contactsIn(json: unknown): CrmLogContact[] {
  return Array.isArray(json) ? json.flatMap((one: unknown) => contactIn(one) ?? []) : [];
}

function stateOf(kept: string, isOpen: boolean): CrmLogState {
  if (kept !== 'written') return 'writing';
  return isOpen ? 'undecided' : 'written';
}

function contactIn(json: unknown): CrmLogContact | null {
  if (typeof json !== 'object' || json === null) return null;
  const { id: contactId, type, name, url, ownerId } = json as Record<string, unknown>;
  if (typeof contactId !== 'string') return null;
  const text = (value: unknown) => (typeof value === 'string' ? value : '');
  const orNull = (value: unknown) => (typeof value === 'string' ? value : null);
  return { id: contactId, type: text(type), name: text(name), url: orNull(url), ownerId: orNull(ownerId) };
}
