/**
 * `RecordingFinished`: of those that we order ourselves the name says which call they are of. It shows no channel. Others are made by
 * the dialplan, which sets `MIXMONITOR_FILENAME`.
 */
import type { LegReport } from '#domain';
import { leftOverOf, type AriEvent } from './ari-event.js';
import { objectOf, textOf } from './channel.js';
import { NOTHING_ELSE, type AriContext } from './leg-of.js';
import { isOrdered } from './who-it-is.js';

const OURS = /^switchhook-([\w.-]{1,64})$/;

export function readRecording(event: AriEvent, { aheadMs }: AriContext): LegReport[] {
  const recording = objectOf(event.fields['recording']);
  const [name, format] = [textOf(recording['name']), textOf(recording['format'])];
  const { raw, ...unreadableFields } = leftOverOf(event);
  const vendorCallId = OURS.exec(name)?.[1];
  if (vendorCallId === undefined) return [];
  const ordered = isOrdered({ callId: vendorCallId });
  return [
    {
      phase: 'noted',
      vendorCallId,
      leg: ordered ? 'agent' : vendorCallId,
      vendorType: '',
      vendorStatus: '',
      direction: ordered ? 'outbound' : 'inbound',
      result: 'unknown',
      startedEpochSeconds: null,
      ...(event.at !== null && { toldAt: Math.max(0, event.at - aheadMs) }),
      from: '',
      to: '',
      did: null,
      extension: null,
      queue: null,
      customData: {},
      ...NOTHING_ELSE,
      ...unreadableFields,
      raw: {
        ...raw,
        record: format === '' ? name : `${name}.${format}`,
      },
    },
  ];
}
