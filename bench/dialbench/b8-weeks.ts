/** Weeks in which clocks change somewhere: in the six zones of B8 on five different nights of a year. */
export interface Week {
  name: string;
  /** Midnight UTC. */
  from: string;
  /** A date in the middle of it that the campaign keeps as a holiday. */
  holiday: string;
}

export const B8_WEEKS: readonly Week[] = [
  { name: 'United States, forward', from: '2026-03-05', holiday: '2026-03-10' },
  { name: 'Israel and Europe, forward', from: '2026-03-25', holiday: '2026-03-31' },
  { name: 'Europe and Israel, back', from: '2026-10-22', holiday: '2026-10-27' },
  { name: 'United States, back', from: '2026-10-29', holiday: '2026-11-03' },
];
