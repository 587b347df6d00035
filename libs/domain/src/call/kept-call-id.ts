/** The design allows 64 characters; some slack for what vendors do, but nothing that an index could not hold. */
export const LONGEST_CALL_ID = 255;

const SEED = 0x9e3779b9;
const LANES = [0x3c074a61, 0xcc9e2d51, 0xb492b66f, 0x9f2c3d1b] as const;
const HEX_OF_LANE = 8;
const MARK = '~';
const { imul } = Math;

/**
 * A vendor's id of a call as it is kept. One that is too long is cut, and ends in a digest of all of it: so it is one call
 * still, and another one's id is another. The digest only tells apart, it protects nothing.
 */
export function keptCallId(id: string): string {
  if (id.length <= LONGEST_CALL_ID) return id;
  const room = LONGEST_CALL_ID - MARK.length - LANES.length * HEX_OF_LANE;
  return `${id.slice(0, room).toWellFormed()}${MARK}${digest(id)}`;
}

/** Four lanes of 32 bits, each mixed as MurmurHash3 does; an id may be as long as a body, so this makes nothing on its way. */
function digest(text: string): string {
  return LANES.map((factor) => finished(laneOf(text, factor)).toString(16).padStart(HEX_OF_LANE, '0')).join(
    '',
  );
}

function laneOf(text: string, factor: number): number {
  const odd = factor | 1;
  let lane = factor ^ SEED;
  for (let at = 0; at < text.length; at += 1) {
    lane = imul(lane ^ text.charCodeAt(at), odd);
    lane ^= lane >>> 15;
  }
  return lane;
}

function finished(lane: number): number {
  const first = imul(lane ^ (lane >>> 16), 0x85ebca6b);
  const second = imul(first ^ (first >>> 13), 0xc2b2ae35);
  return (second ^ (second >>> 16)) >>> 0;
}
