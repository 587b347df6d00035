import { cutShort } from '../scripts/cut-short.js';
import type { CallScript } from '../scripts/call-script.js';
import { asteriskVoice } from './asterisk/asterisk-voice.js';
import { globalexVoice } from './globalex/globalex-voice.js';
import { voicenterVoice } from './voicenter/voicenter-voice.js';
import { SECOND_MS, type PlannedCall, type PlanSetting, type Vendor, type Voice } from './voice.js';
import { voipnowVoice } from './voipnow/voipnow-voice.js';

/** Every vendor that can be played, one line each. */
const VOICES: Readonly<Record<Vendor, Voice>> = {
  voicenter: voicenterVoice,
  voipnow: voipnowVoice,
  globalex: globalexVoice,
  asterisk: asteriskVoice,
};

/** What the menu says before it hangs up. */
const GOODBYE_SECONDS = 1;

export const VENDORS = Object.keys(VOICES) as Vendor[];

/** What this vendor's PBX sends of a call, and the truth that can be known from it. Pure. */
export function planCall(vendor: Vendor, script: CallScript, setting: PlanSetting): PlannedCall {
  const { messages, expected } = VOICES[vendor](script, setting);
  return {
    vendor,
    scenario: script.scenario,
    messages: messages
      .filter(({ route }) => setting.routes.includes(route.split('?', 1)[0] ?? ''))
      .sort((one, other) => one.atMs - other.atMs),
    expected,
    hungUpAt: (atMs) =>
      planCall(vendor, cutShort(script, Math.ceil(atMs / SECOND_MS) + GOODBYE_SECONDS), setting),
  };
}
