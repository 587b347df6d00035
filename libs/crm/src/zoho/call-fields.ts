/** A call in the fields of Zoho's Calls. */
import type { Instant } from '#domain';
import type { CallEntry, CrmContact, WrittenEntry } from '../connector.js';

/** What does not change after it was written: of a call that is over, Zoho lets nobody change the kind, the start and the owner. */
export function fixedOf(entry: CallEntry): Record<string, unknown> {
  const { direction, missed, startedAt, activityType, ownerId } = entry;
  return {
    Call_Type: missed ? 'Missed' : direction === 'inbound' ? 'Inbound' : 'Outbound',
    Call_Start_Time: zohoTime(startedAt),
    // Else it is one that is planned.
    ...(direction === 'outbound' && { Outgoing_Call_Status: 'Completed' }),
    ...(activityType !== null && { Call_Purpose: activityType }),
    ...ownerOf(ownerId),
  };
}

/** What may change, but for the text: of what was written, or is to be. */
export function fieldsOf(written: WrittenEntry): Record<string, string> {
  const { subject, talkSeconds, outcome, recordingUrl } = written;
  return {
    Subject: subject,
    Call_Duration: minutesAndSeconds(talkSeconds),
    ...(outcome !== null && { Call_Result: outcome }),
    ...(recordingUrl !== null && { Voice_Recording__s: recordingUrl }),
  };
}

/** Contacts are whom it is with, leads what it is about. */
export function linkTo(contact: CrmContact | null): Record<string, unknown> {
  if (contact === null) return {};
  const of = { id: contact.id };
  return contact.type === 'Leads' ? { What_Id: of, $se_module: 'Leads' } : { Who_Id: of };
}

export function ownerOf(ownerId: string | null): Record<string, unknown> {
  return ownerId === null ? {} : { Owner: { id: ownerId } };
}

/** ISO 8601 without fractions, with an offset. */
export function zohoTime(at: Instant): string {
  return new Date(at).toISOString().replace(/\.\d+Z$/, '+00:00');
}

/** `mm:ss`, with more than two digits of minutes where it takes them. */
function minutesAndSeconds(seconds: number): string {
  const [minutes, rest] = [Math.floor(seconds / 60), seconds % 60];
  return `${String(minutes).padStart(2, '0')}:${String(rest).padStart(2, '0')}`;
}
