/** A call in the words of Bitrix24's telephony (apidocs.bitrix24.com, "Telephony"). */
import type { CallResult } from '#domain';
import type { CallEntry, CrmContact } from '../connector.js';

/** Its status codes are SIP's, with two of its own: 304 for a missed call, 603-S for one that was cancelled. */
const CODES: Readonly<Record<CallResult, string>> = {
  answered: '200',
  missed: '304',
  abandoned: '304',
  voicemail: '304',
  ivr_only: '304',
  busy: '486',
  failed: '480',
  cancelled: '603-S',
  unknown: '480',
};

/**
 * `EXTERNAL_CALL_ID` is never left out: without it, a second call with the number within half an hour would be taken for the
 * first one.
 */
export function registration(entry: CallEntry, contact: CrmContact | null, userId: string) {
  return {
    USER_ID: Number(userId),
    PHONE_NUMBER: entry.number ?? '',
    TYPE: entry.direction === 'outbound' ? 1 : 2,
    CALL_START_DATE: new Date(entry.startedAt).toISOString(),
    EXTERNAL_CALL_ID: entry.callId,
    CRM_CREATE: 0,
    SHOW: 0,
    ...(entry.ourNumber === null ? {} : { LINE_NUMBER: entry.ourNumber }),
    ...(contact === null ? {} : { CRM_ENTITY_TYPE: contact.type, CRM_ENTITY_ID: Number(contact.id) }),
  };
}

export function ending(entry: CallEntry, callId: string, userId: string) {
  return {
    CALL_ID: callId,
    USER_ID: Number(userId),
    DURATION: entry.talkSeconds,
    STATUS_CODE: entry.outcome ?? CODES[entry.result],
    ADD_TO_CHAT: 0,
  };
}
