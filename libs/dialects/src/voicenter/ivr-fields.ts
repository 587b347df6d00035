/**
 * The fields of Voicenter's questions about a caller in a menu, with every spelling that is known, squeezed.
 *
 * Source: seed sections 5.1 and 5.2 (External IVR) and 12 (External Layer IVR); `CALL_DAILTIME` is the seed's own spelling.
 */
import { spellingsOf } from '../content/known-fields.js';

const SPELLINGS = {
  callId: ['ivruniqueid', 'ivrid'],
  callerId: ['callerid', 'caller'],
  callerName: ['callername'],
  did: ['did'],
  digits: ['dtmf'],
  menu: ['menu'],
  previousMenu: ['previousmenu'],
  layer: ['layerid'],
  previousLayer: ['previouslayerid'],
  target: ['target'],
  status: ['callstatus'],
  started: ['callstartepoch'],
  dialed: ['calltimeepoch'],
  duration: ['callduration'],
  dialTime: ['calldailtime', 'calldialtime'],
} as const satisfies Record<string, readonly string[]>;

export type IvrFieldName = keyof typeof SPELLINGS;

export const IVR_SPELLINGS = spellingsOf<IvrFieldName>(SPELLINGS);

/** Where a caller is who is in no menu yet (seed 5.1). */
export const BEGINNING = '-1';
