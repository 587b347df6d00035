import fc from 'fast-check';
import { shareOut, type Sharer } from './share-out.js';
import { wholeShares, type ShareCredit } from './whole-shares.js';

const part = (id: string, wanted: number, more: Partial<Sharer> = {}): Sharer => ({
  id,
  guaranteed: 0,
  limit: null,
  wanted,
  ...more,
});
const account = (...parts: Sharer[]): Sharer => part('account', 0, { parts });

describe('a share', () => {
  it('is the guaranteed minimum however much another wants', () => {
    const shares = shareOut(10, account(part('quiet', 3, { guaranteed: 5 }), part('flood', 1_000)));
    expect(shares.get('quiet')).toBe(3);
    expect(shares.get('flood')).toBe(7);
  });

  it('of what nobody wants is lent evenly', () => {
    const shares = shareOut(12, account(part('a', 1, { guaranteed: 4 }), part('b', 99), part('c', 99)));
    expect([shares.get('a'), shares.get('b'), shares.get('c')]).toEqual([1, 5.5, 5.5]);
  });

  it('is cut in proportion when there is not enough for all minima', () => {
    const shares = shareOut(3, account(part('a', 9, { guaranteed: 4 }), part('b', 9, { guaranteed: 2 })));
    expect([shares.get('a'), shares.get('b')]).toEqual([2, 1]);
  });

  it('of a campaign is within what its tenant gets', () => {
    const tenant = part('tenant', 0, {
      limit: 4,
      parts: [part('one', 9, { guaranteed: 3 }), part('two', 9)],
    });
    const shares = shareOut(10, account(tenant, part('other', 2)));
    expect(['tenant', 'one', 'two', 'other'].map((id) => shares.get(id))).toEqual([4, 3.5, 0.5, 2]);
  });
});

const AMOUNT = fc.oneof(
  fc.nat(50),
  fc.double({ min: 0, max: 50, noNaN: true }),
  fc.constantFrom(NaN, -1, Infinity),
);
const WANTED = fc.nat(40);
const TREE: fc.Arbitrary<Sharer> = fc
  .array(
    fc.record({
      guaranteed: AMOUNT,
      limit: fc.option(fc.nat(20)),
      parts: fc.array(fc.record({ guaranteed: AMOUNT, limit: fc.option(fc.nat(20)), wanted: WANTED }), {
        maxLength: 4,
      }),
    }),
    { maxLength: 6 },
  )
  .map((tenants) =>
    account(
      ...tenants.map(({ guaranteed, limit, parts }, t) => ({
        id: `t${t}`,
        guaranteed,
        limit,
        wanted: 0,
        parts: parts.map((one, c) => ({ id: `t${t}c${c}`, ...one })),
      })),
    ),
  );

describe('whatever is wanted', () => {
  it('nobody gets more than wanted or allowed, and nothing is kept back while somebody wants it', () => {
    fc.assert(
      fc.property(AMOUNT, TREE, (amount, whole) => {
        const shares = shareOut(amount, whole);
        for (const tenant of whole.parts ?? []) {
          const parts = tenant.parts ?? [];
          const sum = parts.reduce((total, { id }) => total + (shares.get(id) ?? NaN), 0);
          expect(sum).toBeCloseTo(shares.get(tenant.id) ?? NaN, 6);
          if (tenant.limit !== null) expect(sum).toBeLessThanOrEqual(tenant.limit + 1e-9);
          for (const { id, wanted } of parts) expect(shares.get(id)).toBeLessThanOrEqual(wanted + 1e-9);
        }
        expect(shares.get('account')).toBeLessThanOrEqual(amount > 0 ? amount : 0);
      }),
    );
  });

  it('whole calls are never more than there are, nor than somebody wants, and follow the shares over time', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 12 }),
        fc.array(WANTED, { minLength: 1, maxLength: 8 }),
        (amount, wants) => {
          const whole = account(...wants.map((wanted, at) => part(`c${at}`, wanted)));
          const shares = shareOut(amount, whole);
          shares.delete('account');
          let credit: ShareCredit = {};
          const sums = new Map<string, number>();
          const ROUNDS = 40;
          for (let round = 0; round < ROUNDS; round += 1) {
            const given = wholeShares(shares, credit, amount);
            credit = given.credit;
            let sum = 0;
            for (const [id, calls] of given.calls) {
              expect(calls).toBeLessThanOrEqual(wants[Number(id.slice(1))] ?? 0);
              sum += calls;
              sums.set(id, (sums.get(id) ?? 0) + calls);
            }
            expect(sum).toBe(
              Math.min(
                amount,
                wants.reduce((a, b) => a + b, 0),
              ),
            );
          }
          for (const [id, share] of shares)
            expect(Math.abs((sums.get(id) ?? 0) - share * ROUNDS)).toBeLessThan(3);
        },
      ),
    );
  });
});
