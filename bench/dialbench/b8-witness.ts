/**
 * Looks at each call of B8 as somebody would who stands beside the telephone: by the clock on the wall, as `Intl` shows it, and by a
 * do-not-call book of its own. Knows nothing of the rules but what is written here.
 */
const OPENS = 9;
const CLOSES = 20;

export interface Witness {
  /** @param at  milliseconds since 1970 */
  sees: (call: { phone: string; livesIn: string; at: number }) => void;
  /** From now on nobody may call this number, or numbers that begin so where it ends in a star. */
  forbids: (entry: string, at: number) => void;
  counts: { dials: number; outOfWindow: number; doNotCall: number; firstHour: number; lastHour: number };
}

/** @param holiday  such as `2026-03-10` */
export function witness(holiday: string): Witness {
  const clocks = new Map<string, Intl.DateTimeFormat>();
  const book: { entry: string; since: number }[] = [];
  const counts = { dials: 0, outOfWindow: 0, doNotCall: 0, firstHour: 24, lastHour: 0 };
  return {
    counts,
    forbids: (entry, at) => {
      book.push({ entry, since: at });
    },
    sees: ({ phone, livesIn, at }) => {
      const clock = clocks.get(livesIn) ?? clockOf(livesIn);
      clocks.set(livesIn, clock);
      const [date = '', time = ''] = clock.format(at).split(', ');
      const hour = Number(time.slice(0, 2));
      counts.dials += 1;
      counts.firstHour = Math.min(counts.firstHour, hour);
      counts.lastHour = Math.max(counts.lastHour, hour);
      if (hour < OPENS || hour >= CLOSES || date === holiday) counts.outOfWindow += 1;
      const isForbidden = ({ entry, since }: { entry: string; since: number }) =>
        since <= at && (entry.endsWith('*') ? phone.startsWith(entry.slice(0, -1)) : phone === entry);
      if (book.some(isForbidden)) counts.doNotCall += 1;
    },
  };
}

/** `en-CA` writes dates as `2026-03-10`. */
function clockOf(timeZone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
}
