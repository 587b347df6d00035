import type { DialPack } from './dial-pack.js';
import { ISRAEL } from './packs/israel.js';
import { UK } from './packs/uk.js';
import { US_DEBT } from './packs/us-debt.js';
import { US_FEDERAL } from './packs/us-federal.js';
import { US_FLORIDA } from './packs/us-florida.js';

/** The packs that a campaign can choose from; one line for each. None is ever taken out, since campaigns name them. */
export const dialPacks: readonly DialPack[] = [US_FEDERAL, US_FLORIDA, US_DEBT, UK, ISRAEL];

const byId = new Map(dialPacks.map((pack) => [pack.id, pack]));

/** @throws RangeError for an id that no pack has: rules are read with `readDialRules` where they enter */
export function dialPack(id: string): DialPack {
  const pack = byId.get(id);
  if (pack === undefined) throw new RangeError('There is no such pack of dialling rules.');
  return pack;
}
