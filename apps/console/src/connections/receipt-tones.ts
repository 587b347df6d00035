import type { ReceiptDto } from '../api/operations';

export const RECEIPT_TONES: Readonly<Record<ReceiptDto['state'], string>> = {
  done: 'tone-good',
  due: 'tone-waiting',
  unparsed: 'tone-bad',
  set_aside: 'tone-bad',
};
