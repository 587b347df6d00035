/** What a call is called where the tenant wrote no text of its own. */
import type { CallResult } from '#domain';
import type { Language } from './logging-policy.js';

export interface Words {
  inbound: string;
  outbound: string;
  /** In front of whoever it was with. */
  from: string;
  to: string;
  withheld: string;
  results: Readonly<Record<CallResult, string>>;
  labels: Readonly<
    Record<
      | 'number'
      | 'ourNumber'
      | 'agent'
      | 'queue'
      | 'result'
      | 'duration'
      | 'recording'
      | 'note'
      | 'summary'
      | 'candidates',
      string
    >
  >;
  /** A task about a missed call. */
  callBack: string;
}

export const WORDS: Readonly<Record<Language, Words>> = {
  en: {
    inbound: 'Incoming call',
    outbound: 'Outgoing call',
    from: 'from',
    to: 'to',
    withheld: 'withheld number',
    results: {
      answered: 'answered',
      missed: 'missed',
      abandoned: 'hung up while waiting',
      voicemail: 'left a voicemail',
      busy: 'busy',
      failed: 'failed',
      cancelled: 'cancelled',
      ivr_only: 'spoke with nobody',
      unknown: 'unknown',
    },
    labels: {
      number: 'Number',
      ourNumber: 'Our number',
      agent: 'Agent',
      queue: 'Queue',
      result: 'Result',
      duration: 'Talk',
      recording: 'Recording',
      note: 'Note',
      summary: 'Summary',
      candidates: 'Several contacts have this number',
    },
    callBack: 'Call back',
  },
  he: {
    inbound: 'שיחה נכנסת',
    outbound: 'שיחה יוצאת',
    from: 'מאת',
    to: 'אל',
    withheld: 'מספר חסוי',
    results: {
      answered: 'נענתה',
      missed: 'לא נענתה',
      abandoned: 'ננטשה בהמתנה',
      voicemail: 'הושארה הודעה קולית',
      busy: 'תפוס',
      failed: 'נכשלה',
      cancelled: 'בוטלה',
      ivr_only: 'לא שוחח עם נציג',
      unknown: 'לא ידוע',
    },
    labels: {
      number: 'מספר',
      ourNumber: 'המספר שלנו',
      agent: 'נציג',
      queue: 'תור',
      result: 'תוצאה',
      duration: 'משך השיחה',
      recording: 'הקלטה',
      note: 'הערה',
      summary: 'סיכום',
      candidates: 'כמה אנשי קשר עם מספר זה',
    },
    callBack: 'לחזור אל',
  },
};
