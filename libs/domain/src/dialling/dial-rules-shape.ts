/** A campaign's rules as they are written, each member with what stands for it when it is left out. */
import { fraction, flag, listOf, members, oneOf, or, orNull, text, whole } from '../document/shape.js';
import type { Shape } from '../document/shape.js';
import { date } from '../ivr/action-shapes.js';
import { weeklyHours } from '../ivr/hours-shape.js';
import { isTimeZone } from '../time/wall-clock.js';
import { dialPacks } from './dial-packs.js';
import { CONSENT_NEEDS, DEFAULT_DIAL_RULES as DEFAULT, type DialRules, type PhoneCap } from './dial-rules.js';

/** As many earlier calls as a question knows of, and as far back: see `DialQuestion.attempts`. */
const MOST_ATTEMPTS = 100;
const LONGEST_PERIOD_HOURS = 30 * 24;
const YEAR_DAYS = 366;

const count = whole({ min: 1, max: MOST_ATTEMPTS });
const quietHours = whole({ min: 1, max: YEAR_DAYS * 24 });

const packIds = dialPacks.map(({ id }) => id);
const [firstPack = '', ...otherPacks] = packIds;

const zone = text({
  max: 64,
  fits: isTimeZone,
  says: 'a time zone of the IANA database, such as "Europe/Paris"',
});
const numbers = text({
  max: 17,
  like: /^\+[1-9](?:\d{6,14}|\d{0,13}\*)$/,
  says: 'a number with its country, such as "+97250123456", or the beginning of numbers, such as "+97250*"',
});
const cap = members<PhoneCap>({ count, hours: whole({ min: 1, max: LONGEST_PERIOD_HOURS }) });

export const dialRules: Shape<DialRules> = members<DialRules>({
  packs: or(listOf(oneOf(firstPack, ...otherPacks), { max: packIds.length }), DEFAULT.packs),
  zone: orNull(zone, DEFAULT.zone),
  windows: or(weeklyHours, DEFAULT.windows),
  holidays: or(listOf(date, { max: 400 }), DEFAULT.holidays),
  neverDial: or(listOf(numbers, { max: 5000 }), DEFAULT.neverDial),
  maxAttempts: orNull(count, DEFAULT.maxAttempts),
  maxPhoneAttempts: orNull(count, DEFAULT.maxPhoneAttempts),
  maxPerPhone: or(listOf(cap, { max: 10 }), DEFAULT.maxPerPhone),
  minGapMinutes: or(whole({ min: 0, max: LONGEST_PERIOD_HOURS * 60 }), DEFAULT.minGapMinutes),
  requireConsent: or(oneOf(...CONSENT_NEEDS), DEFAULT.requireConsent),
  consentDays: orNull(whole({ min: 1, max: 10 * YEAR_DAYS }), DEFAULT.consentDays),
  registryDays: orNull(whole({ min: 1, max: YEAR_DAYS }), DEFAULT.registryDays),
  dropQuietHours: orNull(quietHours, DEFAULT.dropQuietHours),
  talkQuietHours: orNull(quietHours, DEFAULT.talkQuietHours),
  callerIdPerDay: orNull(whole({ min: 1, max: 1_000_000 }), DEFAULT.callerIdPerDay),
  abandonTarget: or(fraction({ min: 0, max: 0.1 }), DEFAULT.abandonTarget),
  answerWithinMs: or(whole({ min: 0, max: 60_000 }), DEFAULT.answerWithinMs),
  minRingSeconds: or(whole({ min: 5, max: 120 }), DEFAULT.minRingSeconds),
  agentFirst: or(flag, DEFAULT.agentFirst),
});
