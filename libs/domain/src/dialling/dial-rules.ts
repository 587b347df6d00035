/**
 * The rules of a campaign: when, how often and whom it may dial. Kept as JSON, every member there; `readDialRules` makes it of a
 * document in which most may be left out. Source: design "Dialer", "May this number be dialed now?".
 */
import { everyDay, type WeeklyHours } from './weekly-hours.js';

/** At most `count` calls to a number within any `hours`, whatever campaign they are of. */
export interface PhoneCap {
  count: number;
  hours: number;
}

export const CONSENT_NEEDS = ['never', 'automated', 'always'] as const;
/** Who has to have agreed to be called; `automated`: whoever is dialled before an agent is on the line. From mild to strict. */
export type ConsentNeed = (typeof CONSENT_NEEDS)[number];

/** What a pack may say, and a campaign for itself. Null leaves it open. */
export interface DialLimits {
  windows: WeeklyHours;
  /** Calls to one lead, answered or not. */
  maxAttempts: number | null;
  /** Calls to one number within 30 days, whatever campaigns they are of. */
  maxPhoneAttempts: number | null;
  maxPerPhone: readonly PhoneCap[];
  /** Between two calls to the same number. */
  minGapMinutes: number;
  requireConsent: ConsentNeed;
  /** For how long it holds; null for ever. */
  consentDays: number | null;
  /** The public do-not-call registry has to have been asked about the number within so many days; null: need not be. */
  registryDays: number | null;
  /** How long no machine dials a number on which a call was dropped because no agent was free. */
  dropQuietHours: number | null;
  /** How long nobody is called again after a conversation. */
  talkQuietHours: number | null;
  /** Calls that show one caller id, within 24 hours. */
  callerIdPerDay: number | null;
  /** Share of live answers that may find no agent, 0 to 1; a promise to the pacing. */
  abandonTarget: number;
  /** How soon somebody has to speak after an answer, in milliseconds. */
  answerWithinMs: number;
  /** For how long a number rings at least before it is given up. */
  minRingSeconds: number;
  /** Dial an agent before the lead, so that no call finds nobody. */
  agentFirst: boolean;
}

export interface DialRules extends DialLimits {
  /** Ids of packs that hold as well; where rules differ the strictest does. */
  packs: readonly string[];
  /** IANA name: where a lead is taken to be whose number tells nothing. Null: such leads are not dialled. */
  zone: string | null;
  /** Dates, such as `2026-12-25`, on which nobody is called who has that date. */
  holidays: readonly string[];
  /** Numbers as E.164, and beginnings of numbers with a star, such as `+97250*`. */
  neverDial: readonly string[];
}

/** What holds where a campaign says nothing. */
export const DEFAULT_DIAL_RULES: DialRules = {
  packs: [],
  zone: null,
  windows: everyDay('09:00', '20:00'),
  holidays: [],
  neverDial: [],
  maxAttempts: 6,
  maxPhoneAttempts: 30,
  maxPerPhone: [{ count: 3, hours: 24 }],
  minGapMinutes: 30,
  requireConsent: 'never',
  consentDays: null,
  registryDays: null,
  dropQuietHours: null,
  talkQuietHours: null,
  callerIdPerDay: null,
  abandonTarget: 0.02,
  answerWithinMs: 2000,
  minRingSeconds: 15,
  agentFirst: false,
};
