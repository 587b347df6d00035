import { epochSeconds, text } from '../content/scalars.js';

const DATE_AND_TIME = /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d):(\d\d)$/;
const MILLISECONDS_PER_SECOND = 1000;

/**
 * The vendor documents `time` as "time of the call" and no more. Epoch seconds are likely, as the whole alert is modelled on
 * Voicenter's CDR; the other likely form is how Asterisk itself prints it (`2026-11-21 09:30:00`), a wall clock, which is
 * encoded as the connection expects of epochs: as if it were UTC.
 *
 * @returns epoch seconds; null where it is neither
 */
export function readTime(value: unknown): number | null {
  const parts = DATE_AND_TIME.exec(text(value) ?? '');
  if (parts === null) return epochSeconds(value);
  const iso = `${parts.slice(1, 4).join('-')}T${parts.slice(4).join(':')}Z`;
  const milliseconds = Date.parse(iso);
  return Number.isNaN(milliseconds) ? null : epochSeconds(milliseconds / MILLISECONDS_PER_SECOND);
}
