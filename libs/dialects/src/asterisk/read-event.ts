/** What an event of ARI says of calls. */
import type { LegReport } from '#domain';
import type { ToldCall } from '../content/read-elements.js';
import { readAriEvent, type AriEvent } from './ari-event.js';
import { CHANNEL_EVENTS } from './channel-events.js';
import { readChannel } from './channel.js';
import type { AriContext } from './leg-of.js';
import { readDial } from './read-dial.js';
import { readRecording } from './read-recording.js';
import { readTransfer } from './read-transfer.js';

export type EventReading =
  { ok: true; event: AriEvent; calls: readonly ToldCall[] } | { ok: false; reason: string };

/**
 * Unreadable is what is no event, and an event about a channel that does not say of which call. Kinds that nobody knows, and
 * those that tell nothing of a call, are read to no calls.
 */
export function readEvent(value: unknown, context: AriContext): EventReading {
  const event = readAriEvent(value);
  if (event === undefined) return { ok: false, reason: 'The message is no event: it has no type.' };
  if (event.type === 'Dial') return told(event, readDial(event, context));
  if (event.type === 'BridgeAttendedTransfer') return told(event, readTransfer(event, context));
  if (event.type === 'RecordingFinished') return told(event, readRecording(event, context));
  const read = CHANNEL_EVENTS.get(event.type);
  if (read === undefined) return { ok: true, event, calls: [] };
  const reading = readChannel(event.fields['channel']);
  if (!reading.ok) return reading;
  return told(event, read(event, reading.channel, context));
}

/** @param reports  or why there are none */
function told(event: AriEvent, reports: readonly LegReport[] | string): EventReading {
  if (typeof reports === 'string') return { ok: false, reason: reports };
  const calls = reports.map((report) => ({ vendorCallId: report.vendorCallId, report: () => report }));
  return { ok: true, event, calls };
}
