import type { WebPhone } from '../web-phone/web-phone';

/** What somebody wants of the phone, in whichever tab it is. */
export type PhoneOrder =
  | { what: 'call'; number: string }
  | { what: 'answer' | 'hangUp' | 'mute' | 'unmute' | 'hold' | 'unhold'; id: string }
  | { what: 'dtmf'; id: string; tones: string }
  | { what: 'transfer'; id: string; number: string }
  | { what: 'devices'; microphone: string | null; speaker: string | null };

export function carryOut(phone: WebPhone, order: PhoneOrder): void {
  switch (order.what) {
    case 'call':
      void phone.call(order.number);
      return;
    case 'dtmf':
      phone.dtmf(order.tones, order.id);
      return;
    case 'transfer':
      void phone.transfer(order.number, order.id);
      return;
    case 'devices':
      void phone.useDevices(order);
      return;
    default:
      void phone[order.what](order.id);
  }
}
