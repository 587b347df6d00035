import type { CallEntry, WrittenEntry } from '../connector.js';

/** What is compared with what is written next. */
export function writtenOf({
  subject,
  body,
  outcome,
  ownerId,
  recordingUrl,
  talkSeconds,
  result,
}: CallEntry): WrittenEntry {
  return { subject, body, outcome, ownerId, recordingUrl, talkSeconds, result };
}
