import type { Instant, WeeklyHours } from '#domain';

/** Where the demo's leads are, but for one. */
export const HOME_ZONE = 'Asia/Jerusalem';
const FAR_ZONE = 'America/Los_Angeles';
const DAY_HOURS = 24;
/** Around the hour that it is in the far zone; home is ten hours ahead, so never within. */
const CLOSED_BEFORE = 1;
const CLOSED_AFTER = 4;

/** Asked not to be called. */
export const LISTED_NUMBER = '+972502340700';

/**
 * The last two digits are the call's fate at the simulated PBX. No more than two calls to each agent, who rests after each; who is
 * held back is looked at first, so that nobody waits for that.
 */
export const DEMO_LEADS: readonly { name: string; number: string; zone?: string; priority?: number }[] = [
  { name: 'Dana', number: '+972502340100' },
  { name: 'Omer', number: '+972502340200' },
  { name: 'Busy line', number: '+972502340511' },
  { name: 'Nobody home', number: '+972502340612' },
  { name: 'Asked not to', number: LISTED_NUMBER, priority: 1 },
  { name: 'Far away', number: '+12133734253', zone: FAR_ZONE, priority: 1 },
  { name: 'Mistyped', number: '+97250234' },
];

/** All day, but for the hours around what the clock says in the far zone: the demo shows the same at any time of day. */
export function demoWindows(now: Instant): WeeklyHours {
  const hour = Number(
    new Intl.DateTimeFormat('en-GB', { timeZone: FAR_ZONE, hour: '2-digit', hourCycle: 'h23' }).format(now),
  );
  const closes = (hour - CLOSED_BEFORE + DAY_HOURS) % DAY_HOURS;
  const opens = (hour + CLOSED_AFTER) % DAY_HOURS;
  const around: [string, string][] = [
    ['00:00', clock(closes)],
    [clock(opens), '24:00'],
  ];
  const ranges =
    closes > opens
      ? ([[clock(opens), clock(closes)]] as [string, string][])
      : around.filter(([from, to]) => from < to);
  return { mon: ranges, tue: ranges, wed: ranges, thu: ranges, fri: ranges, sat: ranges, sun: ranges };
}

function clock(hour: number): string {
  return `${String(hour).padStart(2, '0')}:00`;
}
