/** A caller in a menu: External IVR (seed section 5), where every step is asked, and the external layer (section 12). */
import { writeCall, type WrittenMessage } from '#dialects';
import { talkingPart, type CallScript, type Part } from '../../scripts/call-script.js';
import { SECOND_MS, type Heard, type TimedMessage } from '../voice.js';
import { endingOf } from './cdrs.js';

export type IvrFormat = 'json' | 'xmlrpc';

interface MenuSetting {
  callId: string;
  format: IvrFormat;
  epoch: (at: number) => number;
}

/** The vendor's name for no menu yet. */
const NO_MENU = '-1';

export function menuMessages(
  script: CallScript,
  parts: readonly Part[],
  setting: MenuSetting,
): TimedMessage[] {
  if (script.menu === null) return [];
  return script.menu.steered ? steered(script, parts, setting) : layers(script, setting);
}

function steered(script: CallScript, parts: readonly Part[], setting: MenuSetting): TimedMessage[] {
  const { callId, format } = setting;
  const presses = [{ at: 0, digits: '' }, ...(script.menu?.presses ?? [])];
  const questions = presses.map(({ at, digits }): TimedMessage => {
    const common = callerIn(script, callId);
    return {
      callId,
      atMs: at * SECOND_MS,
      route: 'ivr',
      label: digits === '' ? 'enters the menu' : `presses ${digits}`,
      asks: 'menu',
      write: ({ inMenu, menu, previousMenu }) => {
        if (!inMenu) return null;
        const where = { MENU: menu ?? NO_MENU, PREVIOUS_MENU: previousMenu ?? NO_MENU };
        const data = { ...common, CALLER_NAME: common.CALLER_ID, DTMF: digits, ...where };
        return request('GET_IVR_ACTION', data, format);
      },
    };
  });
  return [...questions, hangup(script, parts, setting)];
}

function hangup(
  script: CallScript,
  parts: readonly Part[],
  { callId, format, epoch }: MenuSetting,
): TimedMessage {
  const talking = talkingPart(parts);
  const { status } = endingOf(script, parts);
  const message = request(
    'HANGUP_CALL',
    {
      ...callerIn(script, callId),
      TARGET: talking?.agent.sip ?? '',
      CALL_TIME_EPOCH: epoch(talking?.from ?? 0),
      CALL_START_EPOCH: epoch(0),
      CALL_DURATION: script.until,
      CALL_DAILTIME: talking?.answered == null ? 0 : talking.answered - talking.from,
      // The list of statuses says ANSWER, the example ANSWERED.
      CALL_STATUS: status === 'ANSWER' ? 'ANSWERED' : 'NOANSWER',
    },
    format,
  );
  const label = 'hangs up';
  return { callId, atMs: script.until * SECOND_MS, route: 'ivr', label, write: () => message };
}

function layers(script: CallScript, { callId }: MenuSetting): TimedMessage[] {
  const { presses = [], layerId = 0 } = script.menu ?? {};
  return presses.map(({ at, digits }, index): TimedMessage => {
    const data = {
      ...callerIn(script, callId),
      DTMF: digits,
      LAYER_ID: layerId + index,
      PREVIOUS_LAYER_ID: layerId + Math.max(0, index - 1),
    };
    const body = JSON.stringify({ METHOD: 'IVR_LAYER_INPUT', DATA: data });
    return {
      callId,
      atMs: at * SECOND_MS,
      route: 'layer',
      label: `presses ${digits}`,
      asks: 'layer',
      write: ({ inMenu }: Heard) =>
        inMenu ? { method: 'POST', contentType: 'application/json', body } : null,
    };
  });
}

function callerIn({ did, outside }: CallScript, callId: string) {
  return { DID: did, CALLER_ID: outside, IVR_UNIQUE_ID: callId };
}

function request(method: string, data: Record<string, string | number>, format: IvrFormat): WrittenMessage {
  return format === 'json'
    ? {
        method: 'POST',
        contentType: 'application/json',
        body: JSON.stringify({ METHOD: method, DATA: data }),
      }
    : { method: 'POST', contentType: 'text/xml', body: writeCall(method, [data]) };
}
