/** A call as a ticket of Zendesk's channel phone. */
import type { CallEntry, CrmContact } from '../connector.js';

/** What a tenant may make of a result: the ticket's status. */
export const STATUSES = ['new', 'open', 'pending', 'hold', 'solved'] as const;
export const TICKET_TYPES = ['problem', 'incident', 'question', 'task'] as const;

/** Zendesk's numbers of where a ticket came from. */
const VOICEMAIL = 44;
const INBOUND = 45;
const OUTBOUND = 46;

export function ticketOf(entry: CallEntry, contact: CrmContact | null): Record<string, unknown> {
  const [requester, agent] = [numberIn(contact?.id), numberIn(entry.ownerId)];
  return {
    via_id: viaOf(entry),
    external_id: entry.callId,
    subject: entry.subject,
    // Internal: as a public comment it would be mailed to the caller.
    comment: { body: entry.body, public: false },
    ...(entry.outcome !== null && { status: entry.outcome }),
    ...(entry.activityType !== null && { type: entry.activityType }),
    ...(requester !== null && { requester_id: requester }),
    ...(agent !== null && { assignee_id: agent }),
  };
}

function viaOf({ direction, result }: CallEntry): number {
  if (direction === 'outbound') return OUTBOUND;
  return result === 'voicemail' ? VOICEMAIL : INBOUND;
}

/**
 * The comment with which agents play the recording. A ticket is made with a text or with this one, and the text has what
 * people search for; so this one comes after it.
 */
export function voiceOf(entry: CallEntry & { recordingUrl: string }): Record<string, unknown> {
  const { direction, number, ourNumber, extension, recordingUrl } = entry;
  const [theirs, ours] = [number ?? '', ourNumber ?? extension ?? ''];
  const [from, to] = direction === 'inbound' ? [theirs, ours] : [ours, theirs];
  const agent = numberIn(entry.ownerId);
  return {
    from,
    to,
    recording_url: recordingUrl,
    started_at: new Date(entry.startedAt).toISOString(),
    // Seconds.
    call_duration: entry.talkSeconds,
    ...(agent !== null && entry.answeredAt !== null && { answered_by_id: agent }),
  };
}

/** Ids are numbers. */
export function numberIn(id: string | null | undefined): number | null {
  return id !== null && id !== undefined && /^\d{1,15}$/.test(id) ? Number(id) : null;
}
