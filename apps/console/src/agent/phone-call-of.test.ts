import { describe, expect, test } from 'vitest';
import type { PhoneCall } from '../web-phone/phone-state';
import type { Card } from './cards';
import { phoneCallOf } from './phone-call-of';
import { whatRings } from './what-rings';

const call = (more: Partial<PhoneCall>): PhoneCall => ({
  ...{
    id: 'sip-1',
    callId: 'sip-1',
    direction: 'in',
    state: 'ringing',
    number: '0541112233',
    name: null,
    since: 1,
  },
  ...{ isMuted: false, isHeld: false, isHeldByThem: false, why: null },
  ...more,
});
const card = (more: Partial<Card> = {}): Card =>
  ({
    ...{ call: 'ours', vendorCallId: 'theirs', number: '972541112233', e164: '+972541112233' },
    ...{ state: 'ringing', isAway: false },
    ...more,
  }) as Card;

describe('the call of the phone that a card is about', () => {
  test('is the one with the PBX’s id, whatever its number', () => {
    const mine = call({ id: 'theirs', number: 'withheld' });
    expect(phoneCallOf(card(), [call({}), mine])).toBe(mine);
    expect(phoneCallOf(card({ vendorCallId: 'sip-1' }), [call({})])?.id).toBe('sip-1');
  });

  test('is the one with the same number where the PBX says no id, if there is only one', () => {
    expect(phoneCallOf(card(), [call({}), call({ number: '0509999999' })])?.number).toBe('0541112233');
    expect(phoneCallOf(card(), [call({}), call({ callId: 'sip-2', id: 'sip-2' })])).toBeUndefined();
    expect(phoneCallOf(card(), [call({ id: 'of another call' })])).toBeUndefined();
    expect(phoneCallOf(card({ state: 'ended' }), [call({})])).toBeUndefined();
  });

  test('is none for a short or withheld number', () => {
    expect(phoneCallOf(card({ number: '', e164: null }), [call({ number: '' })])).toBeUndefined();
  });
});

describe('what rings', () => {
  test('is each card that rings, and a call that no card tells of', () => {
    const bare = call({ callId: 'sip-2', id: 'sip-2', number: '0509999999' });
    const { ringing, bare: alone } = whatRings([card()], [call({}), bare]);
    expect([ringing.length, alone]).toEqual([1, [bare]]);
  });

  test('is nothing that was answered here, though the server does not know yet', () => {
    expect(whatRings([card()], [call({ id: 'theirs', state: 'answered' })])).toEqual({
      ringing: [],
      bare: [],
    });
    expect(whatRings([card({ isAway: true })], [])).toEqual({ ringing: [], bare: [] });
  });
});
