/**
 * The vendor's types of CDRs by their numbers, as the call log takes and tells them. Seen in the vendor's documents are all but
 * 2, 12, 16 and 20, which are the gaps that they leave, filled with the seed's other types in the seed's order.
 */
import { squeezed } from '../../../content/squeezed.js';

const TYPES: readonly (readonly [id: number, name: string])[] = [
  [1, 'Incoming Call'],
  [2, 'CC'],
  [4, 'Extension Outgoing'],
  [8, 'Queue'],
  [9, 'Click2Call leg1'],
  [10, 'Click2Call leg2'],
  [11, 'VoiceMail'],
  [12, 'Callference'],
  [13, 'XferCDR'],
  [14, 'ProductiveCall Leg1'],
  [15, 'ProductiveCall Leg2'],
  [16, 'Scrubber'],
  [17, 'Click 2 IVR'],
  [18, 'Click 2 IVR Incoming'],
  [19, 'Click 2 Queue Incoming'],
  [20, 'FaxCdr'],
  [21, 'Attended CDR leg1'],
  [22, 'Attended CDR leg2'],
  [23, 'Auto forward'],
];

const byName = new Map(TYPES.map(([id, name]) => [squeezed(name), id]));
const byId = new Map(TYPES);

/** 0 for none of the vendor's. */
export function cdrTypeId(name: string): number {
  return byName.get(squeezed(name)) ?? 0;
}

/** The vendor's name of a type that is asked for by its number or its name; null for none of them. */
export function cdrTypeNamed(asked: string): string | null {
  const id = /^\d{1,4}$/.test(asked) ? Number(asked) : cdrTypeId(asked);
  return byId.get(id) ?? null;
}
