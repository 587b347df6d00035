import type { Reading } from '#dialects';
import { NO_PEOPLE, id, instant } from '#domain';
import type { DueReceipt } from '#db';
import { readReceipts } from './read-receipts.js';

const RECEIPT = {
  id: id('r'),
  receivedAt: instant(0),
  query: '',
  headers: {},
  body: new Uint8Array(),
} as unknown as DueReceipt;
const CONTEXT = {
  timeZone: 'UTC',
  country: 'IL',
  epochs: 'utc',
  settings: {},
  people: NO_PEOPLE,
} as const;

it('a message whose calls are known but whose reports cannot be made is ours to mend', () => {
  const read = (): Reading => ({
    ok: true,
    format: 'json',
    vendorCallIds: ['a'],
    get reports(): never {
      throw new Error('no such field');
    },
  });
  expect(readReceipts([RECEIPT], CONTEXT, { read })).toEqual([
    { receipt: RECEIPT, ok: 'threw', reason: 'our code failed on it: no such field' },
  ]);
});
