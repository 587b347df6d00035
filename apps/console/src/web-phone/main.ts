// What a page loads as `voicenterWebPhone-min.js`.
import { nowMs } from '../page/now-ms';
import { fetchOwnSettings } from './fetch-own-settings';
import { JsSipLine } from './jssip-line';
import { browserMedia } from './phone-media';
import { VoicenterWebPhone } from './voicenter-web-phone';

const tag = document.currentScript instanceof HTMLScriptElement ? document.currentScript : null;
const origin = new URL(tag?.src ?? '/', location.href).origin;
const { wsUrl, domain, idHeader } = tag?.dataset ?? {};

class OfThisPage extends VoicenterWebPhone {
  constructor() {
    super({
      openLine: (settings, ears) => new JsSipLine(settings, ears),
      media: browserMedia,
      now: nowMs,
      ownSettings: () => fetchOwnSettings(origin),
      tagSettings: {
        ...(wsUrl !== undefined && { wsUrl }),
        ...(domain !== undefined && { domain }),
        ...(idHeader !== undefined && { idHeader }),
      },
    });
  }
}

Object.assign(globalThis, { voicenterWebPhone: OfThisPage });
