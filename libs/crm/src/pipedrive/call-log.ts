/** A call as Pipedrive's call logs have it. */
import type { CallResult } from '#domain';
import type { CallEntry, CrmContact } from '../connector.js';
import { asHtml } from '../talk/as-html.js';
import { pipedriveTime } from './pipedrive-time.js';

export const OUTCOMES = [
  'connected',
  'no_answer',
  'left_message',
  'left_voicemail',
  'wrong_number',
  'busy',
] as const;

const OUTCOME_OF: Readonly<Partial<Record<CallResult, (typeof OUTCOMES)[number]>>> = {
  answered: 'connected',
  voicemail: 'left_voicemail',
  busy: 'busy',
};

export function callLogOf(entry: CallEntry, contact: CrmContact | null): Record<string, unknown> {
  const { direction, number, ourNumber, extension } = entry;
  const ours = ourNumber ?? extension;
  const [from, to] = direction === 'inbound' ? [number, ours] : [ours, number];
  const person = numberIn(contact?.id);
  return {
    subject: entry.subject,
    outcome: entry.outcome ?? OUTCOME_OF[entry.result] ?? 'no_answer',
    // It has to be there, also where the PBX does not say which number was called.
    to_phone_number: to ?? '-',
    ...(from !== null && { from_phone_number: from }),
    start_time: pipedriveTime(entry.startedAt),
    end_time: pipedriveTime(entry.endedAt),
    // Seconds, as text.
    duration: String(entry.talkSeconds),
    note: asHtml(entry.body),
    ...(person !== null && { person_id: person }),
    ...ownerOf('user_id', entry.ownerId),
  };
}

/** A user, by the name that they have there; nothing where there is none. */
export function ownerOf(name: 'user_id' | 'owner_id', id: string | null): Record<string, number> {
  const number = numberIn(id);
  return number === null ? {} : { [name]: number };
}

/** Ids are numbers. */
export function numberIn(id: string | null | undefined): number | null {
  return id !== null && id !== undefined && /^\d{1,15}$/.test(id) ? Number(id) : null;
}
