/** Formats cost more to make than to use, and a list shows a hundred times. */
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(language: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${language} ${JSON.stringify(options)}`;
  const known = formats.get(key);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat(localeOf(language), options);
  formats.set(key, made);
  return made;
}

/** How the reader writes dates in a language: as their browser says, and in English by days before months where it says nothing. */
function localeOf(language: string): string {
  const own = navigator.languages.find((locale) => locale.split('-')[0] === language);
  return own ?? (language === 'en' ? 'en-GB' : language);
}

/** Of this browser. */
export function ownZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** Day and time. @param at  ISO 8601, or milliseconds since 1970 @param exact  with seconds */
export function momentText(
  at: string | number,
  language: string,
  exact: boolean,
  timeZone = ownZone(),
): string {
  const timeStyle = exact ? 'medium' : 'short';
  return formatOf(language, { dateStyle: 'short', timeStyle, timeZone }).format(new Date(at));
}

/** The time of day with seconds. */
export function timeOfDay(at: number, language: string, timeZone: string): string {
  return formatOf(language, { timeStyle: 'medium', timeZone }).format(at);
}

/** All that is known of a moment: with milliseconds, its zone, and as the API says it. @param at  ISO 8601 */
export function wholeMomentText(at: string, language: string, timeZone: string): string {
  const whole = formatOf(language, {
    weekday: 'short',
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    fractionalSecondDigits: 3,
    timeZoneName: 'short',
    timeZone,
  }).format(new Date(at));
  return `${whole}\n${at}`;
}

const PARTS = {
  hourCycle: 'h23',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
} as const;

/** A moment as a field for times has it: `2026-11-30T09:05` in a zone. @param at  ISO 8601 @returns empty for what is no time */
export function fieldTextOf(at: string, timeZone: string): string {
  const moment = Date.parse(at);
  if (Number.isNaN(moment)) return '';
  const parts = formatOf('en', { ...PARTS, timeZone }).formatToParts(moment);
  const of = (type: string): string => parts.find((part) => part.type === type)?.value ?? '';
  return `${of('year').padStart(4, '0')}-${of('month')}-${of('day')}T${of('hour')}:${of('minute')}`;
}

/** What a field for times says, as the API reads it. Times that a zone skips or has twice are taken as the one after or before. @returns undefined for what is no time */
export function instantOfField(text: string, timeZone: string): string | undefined {
  const asUtc = Date.parse(`${text}Z`);
  // While somebody writes a year it is one of long ago.
  if (Number.isNaN(asUtc) || asUtc < 0) return undefined;
  // What the zone is away from UTC is known at a moment only: the second guess sees changes of the clock in between.
  const first = asUtc - offsetAt(asUtc, timeZone);
  return new Date(asUtc - offsetAt(first, timeZone)).toISOString();
}

function offsetAt(moment: number, timeZone: string): number {
  return (
    Date.parse(`${fieldTextOf(new Date(moment).toISOString(), timeZone)}Z`) -
    Math.floor(moment / 60_000) * 60_000
  );
}
