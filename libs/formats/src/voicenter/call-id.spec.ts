import { describe, expect, it } from '@jest/globals';
import { shapedId } from '#domain';
import { vendorsCallId } from './call-id.js';

const ORDER = '019aceb1-2345-7abc-9def-0123456789ab';
const ZONE = 'Asia/Jerusalem';

describe('the id of a call for software of Voicenter', () => {
  it('is the PBX’s own, whatever it looks like', () => {
    expect(vendorsCallId({ vendorCallId: '1536855354.12', customData: {} }, ZONE)).toBe('1536855354.12');
  });

  it('is the one that was answered to its order, where the PBX is another vendor’s', () => {
    const call = { vendorCallId: '1536855354.12', customData: { order_id: ORDER } };
    expect(vendorsCallId(call, ZONE)).toBe(shapedId(ORDER, ZONE));
  });

  it('is the PBX’s own where that is a Voicenter, ordered or not', () => {
    const own = '202406101204550233243ghff3189e5c';
    expect(vendorsCallId({ vendorCallId: own, customData: { order_id: ORDER } }, ZONE)).toBe(own);
  });

  it('is no invention of whoever puts something else there', () => {
    const call = { vendorCallId: 'v1', customData: { order_id: 'mine' } };
    expect(vendorsCallId(call, ZONE)).toBe('v1');
  });
});
