import type { CallResult } from '#domain';
import type { CallScript } from '../scripts/call-script.js';
import { talkingPart } from '../scripts/call-script.js';

/** What became of a call, for a vendor that knows of answers and of nothing behind them: no queue, no menu, no voicemail. */
export function resultOf({ direction, parts }: CallScript): CallResult {
  if (talkingPart(parts) !== undefined) return 'answered';
  if (direction === 'inbound') return 'missed';
  return parts.some(({ end }) => end === 'busy') ? 'busy' : 'missed';
}
