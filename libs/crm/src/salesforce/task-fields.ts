/** A call in the fields of Salesforce's Task. */
import type { Instant } from '#domain';
import type { CallEntry, WrittenEntry } from '../connector.js';

const LONGEST_DISPOSITION = 255;

/** What does not change after it was written. */
export function fixedOf(entry: CallEntry, timeZone: string): Record<string, string> {
  return {
    Status: 'Completed',
    TaskSubtype: 'Call',
    CallType: entry.direction === 'inbound' ? 'Inbound' : 'Outbound',
    ActivityDate: dateIn(timeZone, entry.startedAt),
    ...(entry.activityType !== null && { Type: entry.activityType }),
  };
}

/** What may change, but for the text: of what was written, or is to be. */
export function fieldsOf(written: WrittenEntry): Record<string, string | number> {
  const { subject, outcome, result, talkSeconds, ownerId } = written;
  return {
    Subject: subject,
    CallDurationInSeconds: talkSeconds,
    CallDisposition: (outcome ?? result).slice(0, LONGEST_DISPOSITION),
    ...(ownerId !== null && { OwnerId: ownerId }),
  };
}

/** `YYYY-MM-DD` of the day that it is there. */
export function dateIn(timeZone: string, at: Instant): string {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
  return parts.format(at);
}
