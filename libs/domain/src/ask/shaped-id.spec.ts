import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { bornAt } from '../ids.js';
import { shapedId, shapedSpan, tailOf, uuidsIn } from './shaped-id.js';

const uuidAt = (at: number, tail: bigint): string => {
  const hex = at.toString(16).padStart(12, '0') + '7' + (tail % (1n << 76n)).toString(16).padStart(19, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
};
const uuids = fc
  .tuple(
    fc.integer({ min: Date.UTC(2020, 0), max: Date.UTC(2060, 0) }),
    fc.bigInt({ min: 0n, max: 1n << 76n }),
  )
  .map(([at, tail]) => uuidAt(at, tail));
const zones = fc.constantFrom(
  'Asia/Jerusalem',
  'America/New_York',
  'Pacific/Kiritimati',
  'Etc/GMT+12',
  'UTC',
);

describe('shapedId', () => {
  it('is the local time and the last of our own id, in 32 characters', () => {
    expect(shapedId('019aceb1-2345-7abc-9def-0123456789ab', 'Asia/Jerusalem')).toMatch(
      /^2025\d{10}bc9def0123456789ab$/,
    );
  });

  it('leads back to the id that it is of, whatever the zone', () => {
    fc.assert(
      fc.property(uuids, zones, (uuid, zone) => {
        const shaped = shapedId(uuid, zone);
        expect(shaped).toHaveLength(32);
        const span = shapedSpan(shaped.toUpperCase());
        expect(span?.tail).toBe(tailOf(uuid));
        expect(span && span.from <= bornAt(uuid) && bornAt(uuid) <= span.to).toBe(true);
        const { least, most } = uuidsIn(span ?? { from: bornAt(uuid), to: bornAt(uuid) });
        expect(least <= uuid && uuid <= most).toBe(true);
      }),
    );
  });

  it.each([
    '',
    'abc',
    '2025111111111zbc9def0123456789ab',
    '201809131615530APIAPI-APIAc40c3d53',
    'x'.repeat(32),
  ])('is not what %s is', (text) => {
    expect(shapedSpan(text)).toBeNull();
  });
});
