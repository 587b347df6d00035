import type { CallResult } from '#domain';
import { talkingPart, type CallScript } from '../../scripts/call-script.js';

/** What became of a call, as its channels show it. */
export function resultOfAsterisk(script: CallScript): CallResult {
  const { direction, parts, queue, menu, voicemailFrom } = script;
  if (talkingPart(parts) !== undefined) return 'answered';
  if (voicemailFrom !== null) return 'voicemail';
  if (parts.some(({ end }) => end === 'busy')) return 'busy';
  if (direction !== 'inbound') return parts.some(({ end }) => end === 'gaveUp') ? 'cancelled' : 'missed';
  if (queue !== null) return 'abandoned';
  return menu !== null && parts.length === 0 ? 'ivr_only' : 'missed';
}
