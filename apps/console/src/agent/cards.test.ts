import { describe, expect, it } from 'vitest';
import { cardsAfter, isOver, type Cards } from './cards';
import type { Popup, PopupState } from './popup';

const popup = (call: string, state: PopupState, more: Partial<Popup> = {}): Popup => ({
  call,
  vendorCallId: 'theirs',
  agent: 'me',
  state,
  direction: 'inbound',
  number: '0502345678',
  e164: '+972502345678',
  did: null,
  extension: '101',
  queue: null,
  since: '2026-11-30T10:00:00Z',
  contacts: [],
  total: 0,
  newContactUrl: null,
  customData: {},
  ...more,
});

function after(...states: PopupState[]): Cards {
  return states.reduce<Cards>(
    (cards, state) => cardsAfter(cards, { kind: 'popup', popups: [popup('a', state)] }),
    [],
  );
}

describe('cardsAfter', () => {
  it('keeps a call on the screen when it is over, until it is put away', () => {
    const over = after('ringing', 'answered', 'ended');
    expect(over).toMatchObject([{ state: 'ended', wasAnswered: true, isAway: false }]);
    expect(cardsAfter(over, { kind: 'putAway', call: 'a' })).toMatchObject([{ isAway: true }]);
  });
  it('ends what somebody else has answered', () => {
    const [card] = after('ringing', 'elsewhere');
    expect(card && isOver(card)).toBe(true);
    expect(card).toMatchObject({ wasAnswered: false });
  });
  it('lets nothing follow the end, whatever is told late', () => {
    expect(after('ringing', 'ended', 'answered', 'ringing')).toMatchObject([{ state: 'ended' }]);
  });
  it('brings back what was put away when it rings here again', () => {
    const away = cardsAfter(after('ringing', 'elsewhere'), { kind: 'putAway', call: 'a' });
    expect(cardsAfter(away, { kind: 'popup', popups: [popup('a', 'ringing')] })).toMatchObject([
      { isAway: false, state: 'ringing' },
    ]);
  });
  it('ends all that is not there any more when everything begins anew', () => {
    const cards = cardsAfter(after('ringing'), { kind: 'begin', popups: [popup('b', 'ringing')] });
    expect(cards.map(({ call, state }) => [call, state])).toEqual([
      ['b', 'ringing'],
      ['a', 'ended'],
    ]);
  });
  it('shows nothing of a call whose end is all that was heard', () => {
    expect(after('ended')).toEqual([]);
  });
  it('is the same after the same news twice', () => {
    expect(after('ringing', 'ringing', 'answered', 'answered')).toEqual(after('ringing', 'answered'));
  });
  it('learns who it is without losing what was chosen', () => {
    const contact = { id: '1', source: 'directory', name: 'Dana', company: null, url: null };
    const chosen = cardsAfter(after('ringing'), { kind: 'choose', call: 'a', contact });
    const told = cardsAfter(chosen, {
      kind: 'popup',
      popups: [popup('a', 'answered', { contacts: [contact], total: 1 })],
    });
    expect(told).toMatchObject([{ chosen: contact, total: 1 }]);
  });
});
