/** Reads what the PBX was answered, as the vendor's PBX would, and says what it now knows or what is wrong with it. */
import { readResponse } from '#dialects';
import { ackOf } from '../pbx/ack-of.js';
import type { Asks, Heard, Vendor } from '../voices/voice.js';

export interface HeardReply {
  /** Why a PBX could not work with this answer; null when it can. */
  fault: string | null;
  /** What the menu was told to do, or how many contacts the popup knows: `MENU`, `known`, `unknown`; null for nothing. */
  action: string | null;
  heard: Heard;
}

const ACTIONS: Readonly<Record<'menu' | 'layer', ReadonlySet<string>>> = {
  menu: new Set(['MENU', 'CALL', 'HANGUP', 'SAYDIGITS', 'VO', 'SILENTRECORD']),
  layer: new Set(['GO_TO_LAYER', 'DIAL', 'SAY_DIGITS', 'HANGUP']),
};
/** After these the caller is in a menu of the tenant's. */
const STAYS = new Set(['MENU', 'SAYDIGITS', 'GO_TO_LAYER', 'SAY_DIGITS']);

/** @param route  that the message went to, without what was configured after it */
export function hearReply(
  body: string,
  { vendor, route, asks, heard }: { vendor: Vendor; route: string; asks: Asks | undefined; heard: Heard },
): HeardReply {
  const nothing = { fault: null, action: null, heard };
  if (asks === 'popup') return { ...nothing, ...hearPopup(body) };
  if (asks !== undefined) return hearMenu(body, asks, heard);
  if (vendor !== 'voicenter') return nothing;
  if (route === 'ivr') return { ...nothing, fault: statusOf(fieldsIn(body)) === '0' ? null : 'no STATUS 0' };
  const err = ackOf(body);
  return err === 0 ? nothing : { ...nothing, fault: `err ${String(err)}` };
}

function hearPopup(body: string): Pick<HeardReply, 'fault' | 'action'> {
  const { STATUS, TOTAL } = fieldsIn(body) ?? {};
  const total = typeof TOTAL === 'string' || typeof TOTAL === 'number' ? Number(TOTAL) : NaN;
  // A PBX that is told no total shows nothing at all.
  if (STATUS !== 'OK' || !Number.isInteger(total)) return { fault: 'no TOTAL', action: null };
  return { fault: null, action: total > 0 ? 'known' : 'unknown' };
}

/** STATUS 1 is an answer too: the PBX goes its own way. */
function hearMenu(body: string, asks: 'menu' | 'layer', heard: Heard): HeardReply {
  const fields = fieldsIn(body);
  const away = { ...heard, inMenu: false };
  if (fields === undefined) return { fault: 'unreadable', action: null, heard: away };
  if (statusOf(fields) === '1') return { fault: null, action: 'fallback', heard: away };
  const action = textOf(fields['ACTION']);
  if (statusOf(fields) !== '0' || !ACTIONS[asks].has(action)) {
    return { fault: `no ACTION for a ${asks}`, action: null, heard: away };
  }
  const data = isRecord(fields['DATA']) ? fields['DATA'] : {};
  const menu = textOf(data['MENU']);
  const given = isRecord(fields['CUSTOM_DATA']) ? fields['CUSTOM_DATA'] : {};
  const customData = Object.fromEntries(
    Object.entries(given).map(([name, value]): [string, string] => [name, textOf(value)]),
  );
  return {
    fault: null,
    action,
    heard: {
      menu: menu === '' ? heard.menu : menu,
      previousMenu: menu === '' ? heard.previousMenu : heard.menu,
      inMenu: STAYS.has(action),
      customData: { ...heard.customData, ...customData },
    },
  };
}

function statusOf(fields: Record<string, unknown> | undefined): string {
  return textOf(fields?.['STATUS']);
}

function fieldsIn(body: string): Record<string, unknown> | undefined {
  if (body.trimStart().startsWith('<')) {
    const reading = readResponse(body);
    return reading.ok && isRecord(reading.value) ? reading.value : undefined;
  }
  try {
    const value: unknown = JSON.parse(body);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value.trim() : typeof value === 'number' ? String(value) : '';
}
