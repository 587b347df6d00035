/** A call in the fields of Salesforce's Task. */
import type { CallEntry, WrittenEntry } from '../connector.js';
import { dateIn } from '../talk/date-in.js';

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
