/** A call in the properties of HubSpot's calls, all of which are text. */
import type { CallResult } from '#domain';
import type { CallEntry, WrittenEntry } from '../connector.js';
import { asHtml } from '../talk/as-html.js';

const CONNECTED = 'f240bbac-87c9-4f6e-bf70-924b57d47db7';
const NO_ANSWER = '73a0d17f-1163-4015-bdd5-ec830791da20';
const BUSY = '9d9162e7-6cf3-4944-bf63-4dff82258764';
const VOICEMAIL = 'b2cf5968-551e-4856-9783-52b3da59a7d0';

const STATUSES: Readonly<Record<CallResult, string>> = {
  answered: 'COMPLETED',
  missed: 'NO_ANSWER',
  abandoned: 'CANCELED',
  voicemail: 'NO_ANSWER',
  busy: 'BUSY',
  failed: 'FAILED',
  cancelled: 'CANCELED',
  ivr_only: 'NO_ANSWER',
  unknown: 'NO_ANSWER',
};

/** The outcomes that every account has; its own ones are named in the policy by their ids. */
const DISPOSITIONS: Readonly<Partial<Record<CallResult, string>>> = {
  answered: CONNECTED,
  missed: NO_ANSWER,
  busy: BUSY,
  voicemail: VOICEMAIL,
};

/** What does not change after it was written. */
export function fixedOf(entry: CallEntry): Record<string, string> {
  const { direction, number, ourNumber, startedAt, activityType } = entry;
  const [from, to] = direction === 'inbound' ? [number, ourNumber] : [ourNumber, number];
  return {
    hs_timestamp: new Date(startedAt).toISOString(),
    hs_call_direction: direction === 'inbound' ? 'INBOUND' : 'OUTBOUND',
    ...(from !== null && { hs_call_from_number: from }),
    ...(to !== null && { hs_call_to_number: to }),
    ...(activityType !== null && { hs_activity_type: activityType }),
  };
}

/** What may change: of what was written, or is to be. */
export function propertiesOf(
  written: WrittenEntry,
  { direction }: Pick<CallEntry, 'direction'>,
): Record<string, string> {
  const { subject, body, outcome, ownerId, recordingUrl, talkSeconds, result } = written;
  const disposition = outcome ?? DISPOSITIONS[result];
  return {
    hs_call_title: subject,
    hs_call_body: asHtml(body),
    // Milliseconds.
    hs_call_duration: String(talkSeconds * 1000),
    hs_call_status: direction === 'inbound' && result !== 'answered' ? 'MISSED' : STATUSES[result],
    ...(disposition !== undefined && { hs_call_disposition: disposition }),
    ...(ownerId !== null && { hubspot_owner_id: ownerId }),
    ...(recordingUrl !== null && { hs_call_recording_url: recordingUrl }),
  };
}
