import { nowMs } from '../page/now-ms';
import { JsSipLine } from './jssip-line';
import { browserMedia } from './phone-media';
import { WebPhone } from './web-phone';

/** A phone of this browser's. It brings the SIP library along: load it where there is a phone, and only there. */
export function openPhone(): WebPhone {
  return new WebPhone({
    openLine: (settings, ears) => new JsSipLine(settings, ears),
    media: browserMedia,
    now: nowMs,
  });
}
