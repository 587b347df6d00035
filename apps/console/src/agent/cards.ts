import type { Popup, PopupContact, PopupState } from './popup';

/** A call on the screen, from ringing to noted. It stays until it is put away. */
export interface Card extends Popup {
  /** Whether this agent had the call, so that there is something to note. */
  wasAnswered: boolean;
  isAway: boolean;
  /** Whose call the agent said it is; null for nobody known, undefined while nothing was said. */
  chosen: PopupContact | null | undefined;
}

export type Cards = readonly Card[];

/** What happens to the cards. `begin` is everything that is now; `popup` became otherwise. */
export type CardNews =
  | { kind: 'begin'; popups: readonly Popup[] }
  | { kind: 'popup'; popups: readonly Popup[] }
  | { kind: 'choose'; call: string; contact: PopupContact | null }
  | { kind: 'putAway'; call: string };

const ORDER: Readonly<Record<PopupState, number>> = { ringing: 0, answered: 1, ended: 2, elsewhere: 2 };

/** The cards after some news. The same news twice is once. */
export function cardsAfter(cards: Cards, news: CardNews): Cards {
  switch (news.kind) {
    case 'begin': {
      const now = new Set(news.popups.map(({ call }) => call));
      const over = cards.map((card) => (now.has(card.call) ? card : moved(card, 'ended')));
      return inOrder(news.popups.reduce(withPopup, over));
    }
    case 'popup':
      return inOrder(news.popups.reduce(withPopup, cards));
    case 'choose':
      return changed(cards, news.call, (card) => ({ ...card, chosen: news.contact }));
    case 'putAway':
      return changed(cards, news.call, (card) => ({ ...card, isAway: true }));
  }
}

export function isOver({ state }: Pick<Card, 'state'>): boolean {
  return state === 'ended' || state === 'elsewhere';
}

function withPopup(cards: Cards, popup: Popup): Cards {
  const known = cards.find(({ call }) => call === popup.call);
  if (known === undefined) {
    // A call whose end is all that is heard of it was put away long ago, or never shown here.
    if (popup.state === 'ended') return cards;
    return [
      ...cards,
      { ...popup, wasAnswered: popup.state === 'answered', isAway: false, chosen: undefined },
    ];
  }
  // No other state comes after the end; what is told late is of before it.
  const next =
    known.state === 'ended' ? known : moved({ ...known, ...popup, state: known.state }, popup.state);
  return changed(cards, popup.call, () => next);
}

function moved(card: Card, state: PopupState): Card {
  if (card.state === state) return card;
  const isBack = state === 'ringing' || state === 'answered';
  return {
    ...card,
    state,
    wasAnswered: card.wasAnswered || state === 'answered',
    isAway: card.isAway && !isBack,
  };
}

function changed(cards: Cards, call: string, change: (card: Card) => Card): Cards {
  return cards.map((card) => (card.call === call ? change(card) : card));
}

function inOrder(cards: Cards): Cards {
  return [...cards].sort((a, b) => ORDER[a.state] - ORDER[b.state] || b.since.localeCompare(a.since));
}
