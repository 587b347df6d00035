import type { PopupContact } from './popup';

const KEPT = 'switchhook.callers';
/** Numbers that are remembered at most: the oldest are forgotten. */
const MOST = 200;
const NOBODY = 'nobody';

type Kept = readonly (readonly [number: string, who: string])[];

/** Where it is kept: of this browser, as far as that allows it. */
export interface Shelf {
  read(): string | null;
  write(text: string): void;
}

export const browserShelf: Shelf = {
  read: () => {
    try {
      return localStorage.getItem(KEPT);
    } catch {
      return null;
    }
  },
  write: (text) => {
    try {
      localStorage.setItem(KEPT, text);
    } catch {
      // It is asked for again with the next call.
    }
  },
};

/** Whom an agent chose for a number before, if that is one of those who have it; null for none of them, undefined where nothing is remembered. */
export function rememberedFor(
  shelf: Shelf,
  number: string,
  among: readonly PopupContact[],
): PopupContact | null | undefined {
  const who = kept(shelf).find(([one]) => one === number)?.[1];
  if (who === undefined) return undefined;
  return who === NOBODY ? null : among.find((contact) => nameOf(contact) === who);
}

export function remember(shelf: Shelf, number: string, contact: PopupContact | null): void {
  const others = kept(shelf).filter(([one]) => one !== number);
  shelf.write(
    JSON.stringify([...others, [number, contact === null ? NOBODY : nameOf(contact)]].slice(-MOST)),
  );
}

function nameOf({ source, id }: PopupContact): string {
  return `${source}/${id}`;
}

function kept(shelf: Shelf): Kept {
  try {
    const read: unknown = JSON.parse(shelf.read() ?? '[]');
    return Array.isArray(read) ? (read as Kept) : [];
  } catch {
    return [];
  }
}
