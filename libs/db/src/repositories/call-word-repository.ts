import {
  AppError,
  DIRECTORY,
  MOST_NOTES,
  id,
  notFound,
  type Actor,
  type AgentId,
  type CallId,
  type CallMatch,
  type CallNote,
  type CallWord,
  type ConnectionId,
  type Instant,
  type MatchedContact,
  type StoredCall,
  type TenantId,
} from '#domain';
import type { Clock } from '#platform';
import { ownReceipt } from '../hot/own-receipt.js';
import type { TenantScope, Tx } from '../tenancy/tenant-scope.js';
import { made, writeAudit, type Changes } from './audit-trail.js';
import { dateOf } from './times.js';

/** A contact as people name it: by its source, and its id there. */
export type ContactChoice = Pick<MatchedContact, 'source' | 'id'>;

/** Who says it, and of whose calls only: null for everybody's. */
export interface Speaker {
  by: Actor;
  agentId: AgentId | null;
}

/** The call that something is said of. */
interface Addressed {
  id: CallId;
  connectionId: ConnectionId;
  vendorCallId: string;
  record: StoredCall;
}

/**
 * What people say of calls. Only the enricher writes calls: here it is put into the mailbox of the call's connection.
 *
 * All throw AppError `resource.not_found` for a call that is not theirs, and `connection.deleted` where nobody reads the mailbox any more.
 */
export class CallWordRepository {
  constructor(
    private readonly scope: TenantScope,
    private readonly clock: Pick<Clock, 'now'>,
  ) {}

  /**
   * @returns the connection whose mailbox it lies in
   * @throws AppError `call.too_many_notes`
   */
  note(tenant: TenantId, callId: CallId, note: CallNote, speaker: Speaker): Promise<ConnectionId> {
    const at = this.clock.now();
    return this.scope.forTenant(tenant, async (tx) => {
      const call = await addressed(tx, tenant, callId, speaker);
      if ((call.record.notes?.length ?? 0) >= MOST_NOTES) throw tooManyNotes();
      const { text, outcome } = note;
      const changes = made({ outcome, length: text?.length ?? 0 });
      const word: CallWord = { kind: 'note', callId: call.id, note };
      await say(tx, { tenant, call, word, at, by: speaker.by }, { action: 'call.noted', changes });
      return call.connectionId;
    });
  }

  /**
   * @param choice  null for nobody whom we know
   * @throws AppError `resource.not_found` also where there is no such contact
   */
  choose(
    tenant: TenantId,
    callId: CallId,
    choice: ContactChoice | null,
    speaker: Speaker,
  ): Promise<{ connectionId: ConnectionId; contact: MatchedContact | null }> {
    const at = this.clock.now();
    return this.scope.forTenant(tenant, async (tx) => {
      const call = await addressed(tx, tenant, callId, speaker);
      const contact = choice && (await contactOf(tx, tenant, choice, call.record.match ?? null));
      if (contact === undefined) throw notFound('contact');
      const changes = made({ source: choice?.source ?? null, contactId: choice?.id ?? null });
      const word: CallWord = { kind: 'contact', callId: call.id, contact };
      await say(tx, { tenant, call, word, at, by: speaker.by }, { action: 'call.contact_chosen', changes });
      return { connectionId: call.connectionId, contact };
    });
  }
}

interface Saying {
  tenant: TenantId;
  call: Addressed;
  word: CallWord;
  at: Instant;
  by: Actor;
}

/** The word and the entry of the audit: neither is there without the other. */
async function say(
  tx: Tx,
  { tenant, call, word, at, by }: Saying,
  { action, changes }: { action: string; changes: Changes },
): Promise<void> {
  const { connectionId, vendorCallId } = call;
  const {
    id: receiptId,
    route,
    method,
    query,
    headers,
    body,
  } = ownReceipt({ tenantId: tenant, connectionId }, { vendorCallId, word }, at);
  await tx.receipt.create({
    select: { id: true },
    data: {
      ...{ id: receiptId, tenantId: tenant, connectionId, receivedAt: dateOf(at), route, method, query },
      ...{ headers: headers as Record<string, string>, body: new Uint8Array(body) },
      ...{ state: 'due', vendorCallIds: [vendorCallId] },
    },
  });
  await writeAudit(tx, { whose: tenant, actor: by, at, action, subjectId: call.id, changes });
}

async function addressed(tx: Tx, tenant: TenantId, callId: CallId, { agentId }: Speaker): Promise<Addressed> {
  const own = agentId === null ? {} : { agents: { has: agentId } };
  const call = await tx.call.findFirst({
    select: { id: true, connectionId: true, vendorCallId: true, record: true },
    where: { id: callId, tenantId: tenant, ...own },
  });
  if (call === null) throw notFound('call');
  if ((await tx.connection.count({ where: { id: call.connectionId, tenantId: tenant } })) === 0)
    throw nobodyReads();
  return {
    id: id<CallId>(call.id),
    connectionId: id<ConnectionId>(call.connectionId),
    vendorCallId: call.vendorCallId,
    record: call.record as unknown as StoredCall,
  };
}

/** Any contact of the directory; of other sources those that were found with the number. */
async function contactOf(
  tx: Tx,
  tenant: TenantId,
  { source, id: contactId }: ContactChoice,
  match: CallMatch | null,
): Promise<MatchedContact | undefined> {
  if (source !== DIRECTORY) {
    const found = [...(match?.contact ? [match.contact] : []), ...(match?.candidates ?? [])];
    return found.find((one) => one.source === source && one.id === contactId);
  }
  const row = await tx.contact.findFirst({
    select: { id: true, externalId: true, name: true, company: true, url: true },
    where: { id: contactId, tenantId: tenant },
  });
  return row === null ? undefined : { ...row, source };
}

function nobodyReads(): AppError {
  return new AppError(
    'rejected',
    'connection.deleted',
    'The connection that the call came by was deleted: nothing more is written about its calls.',
    { status: 409 },
  );
}

function tooManyNotes(): AppError {
  const message = `A call has ${String(MOST_NOTES)} notes at most. Write it where it is kept for the contact.`;
  return new AppError('rejected', 'call.too_many_notes', message, { status: 409 });
}
