import { describe, expect, it } from '@jest/globals';
import { id, instant, type ApiKeyId, type Role, type TenantId } from '#domain';
import type { ApiKeyRecord } from '#db';
import { hashToken, sourceAddress, sourceKey } from '#platform';
import { judgeAccess, type RouteAccess } from './access.guard.js';
import type { Caller } from './caller.js';
import { judgeKey } from './judge-key.js';
import { KeyDirectory } from './key-directory.js';
import { allows } from './scopes.js';
import { MOST_WRONG } from './wrong-keys.js';

const NOW = instant(1_000_000);
const TENANT = id<TenantId>('t');

function key(traits: Partial<ApiKeyRecord> = {}): ApiKeyRecord {
  return {
    id: id<ApiKeyId>('k'),
    tenantId: TENANT,
    name: '',
    prefix: '',
    scopes: [],
    createdAt: NOW,
    expiresAt: null,
    revokedAt: null,
    lastUsedAt: null,
    ...traits,
  };
}

describe('allows', () => {
  it('gives each scope what the ones before it give', () => {
    expect(allows(['admin'], 'read')).toBe(true);
    expect(allows(['write'], 'read')).toBe(true);
    expect(allows(['write'], 'admin')).toBe(false);
    expect(allows(['read'], 'write')).toBe(false);
    expect(allows([], 'read')).toBe(false);
    expect(allows(['everything'], 'read')).toBe(false);
  });
});

describe('judgeKey', () => {
  it('opens for a key that is neither revoked nor expired', () => {
    expect(judgeKey(key({ expiresAt: instant(NOW + 1) }), NOW)).toBeUndefined();
    expect(judgeKey(undefined, NOW)?.code).toBe('key.invalid');
    expect(judgeKey(key({ revokedAt: NOW }), NOW)?.code).toBe('key.revoked');
    expect(judgeKey(key({ expiresAt: NOW }), NOW)?.code).toBe('key.expired');
  });
});

describe('judgeAccess', () => {
  const caller = (traits: Partial<Caller>): Caller => ({
    actor: { kind: 'key', id: 'k' },
    scopes: ['read'],
    operator: false,
    tenant: TENANT,
    person: null,
    ...traits,
  });

  const route = (traits: Partial<RouteAccess>): RouteAccess => ({
    scope: 'read',
    audience: 'tenant',
    right: 'see',
    ...traits,
  });
  const person = (role: Role | null, memberships: unknown[] = []) =>
    ({ role, signedIn: { person: { memberships } } }) as unknown as NonNullable<Caller['person']>;

  it('asks a key for the scope first, then for the operator, then for the tenant', () => {
    expect(judgeAccess(caller({}), route({}))).toBeUndefined();
    expect(judgeAccess(caller({}), route({ scope: 'write' }))?.code).toBe('scope.missing');
    expect(judgeAccess(caller({}), route({ audience: 'operator' }))?.code).toBe('operator.required');
    const operator = caller({ operator: true, tenant: null });
    expect(judgeAccess(operator, route({}))?.code).toBe('tenant.required');
    expect(judgeAccess(operator, route({ audience: 'either' }))).toBeUndefined();
  });

  it('asks people for the right that the route states, and lets nobody in where it states none', () => {
    const supervisor = caller({ scopes: [], person: person('supervisor') });
    expect(judgeAccess(supervisor, route({}))).toBeUndefined();
    expect(judgeAccess(supervisor, route({ right: 'manage' }))).toMatchObject({
      code: 'role.missing',
      details: { roles: ['operator', 'admin'] },
    });
    const operator = caller({ operator: true, person: person('operator') });
    expect(judgeAccess(operator, route({ right: undefined }))?.code).toBe('role.missing');
  });

  it('tells who belongs to several tenants to name one, and who belongs to none to be invited', () => {
    const several = caller({ tenant: null, person: person(null, [1, 2]) });
    expect(judgeAccess(several, route({ audience: 'either' }))?.code).toBe('tenant.required');
    expect(judgeAccess(several, route({ audience: 'either', right: 'own' }))).toBeUndefined();
    expect(judgeAccess(caller({ tenant: null, person: person(null) }), route({}))?.code).toBe('role.missing');
  });
});

describe('KeyDirectory', () => {
  const HOME = '192.0.2.1';
  const isRight = (token: string) => token.startsWith('sk_');

  function directory() {
    const asked = { byHash: 0, hashes: 0, touched: 0, now: NOW as number };
    const right = new Map<string, ApiKeyRecord>();
    const make = (token: string) => right.set(hashToken(token).toString('hex'), key());
    for (const token of ['sk_1', 'sk_2']) make(token);
    const keys = {
      byHash: (hash: Uint8Array) =>
        Promise.resolve(((asked.byHash += 1), right.get(Buffer.from(hash).toString('hex')))),
      hashes: () =>
        Promise.resolve(((asked.hashes += 1), [...right.keys()].map((hash) => Buffer.from(hash, 'hex')))),
      touch: () => Promise.resolve(void (asked.touched += 1)),
    };
    const tenants = { get: () => Promise.resolve(undefined) };
    const clock = { now: () => instant(asked.now) };
    const log = { warn: () => undefined };
    const found = new KeyDirectory({ keys, tenants, clock, log: log as never });
    const outcome = async (token: string, source = HOME) => {
      try {
        // As the guard tells sources apart.
        const one = await found.key(token, sourceKey(sourceAddress(undefined, source, 0)));
        expect(one !== undefined).toBe(isRight(token));
        return one === undefined ? 401 : 200;
      } catch (error) {
        return (error as { status: number }).status;
      }
    };
    const guess = async (count: number, source = HOME) => {
      const outcomes: number[] = [];
      for (let turn = 0; turn < count; turn += 1)
        outcomes.push(await outcome(`guess_${String(turn)}_${source}`, source));
      return outcomes;
    };
    return { asked, found, make, outcome, guess };
  }

  it('asks the database once in a few seconds, and at once after a key was revoked', async () => {
    const { asked, found } = directory();
    await found.key('sk_1', HOME);
    await found.key('sk_1', HOME);
    expect(asked.byHash).toBe(1);
    asked.now += 3_000;
    await found.key('sk_1', HOME);
    expect(asked.byHash).toBe(2);
    found.forget(id<ApiKeyId>('k'));
    await found.key('sk_1', HOME);
    expect(asked.byHash).toBe(3);
  });

  it('asks for a wrong key once, however often it comes', async () => {
    const { asked, outcome } = directory();
    for (let turn = 0; turn < 5; turn += 1) expect(await outcome('wrong')).toBe(401);
    expect(asked.byHash).toBe(1);
  });

  it('gives up looking for the keys of a source that guesses, and still knows its right ones', async () => {
    const { asked, make, outcome, guess } = directory();
    expect(await guess(1_000)).toEqual([
      ...Array<number>(MOST_WRONG).fill(401),
      ...Array<number>(970).fill(429),
    ]);
    expect(asked).toMatchObject({ byHash: MOST_WRONG + 1, hashes: 1 });
    expect(await outcome('sk_2')).toBe(200);
    expect(await outcome('guess')).toBe(429);
    expect(await outcome('other', '192.0.2.2')).toBe(401);
    // One made a moment ago is on the next list.
    make('sk_3');
    asked.now += 3_000;
    expect(await outcome('sk_3')).toBe(200);
  });

  it('believes a source again after a minute', async () => {
    const { asked, outcome, guess } = directory();
    await guess(MOST_WRONG + 1);
    expect(await outcome('guess')).toBe(429);
    asked.now += 60_000;
    expect(await outcome('guess')).toBe(401);
  });

  it('takes the addresses of one IPv6 site for one source, and mapped ones for what they are', async () => {
    const { outcome, guess } = directory();
    for (let host = 1; host <= MOST_WRONG + 1; host += 1) await guess(1, `2001:db8:0:1::${String(host)}`);
    expect(await outcome('more', '2001:db8:0:1:ffff::1')).toBe(429);
    expect(await outcome('more', '2001:db8:0:2::1')).toBe(401);
    await guess(MOST_WRONG + 1, '192.0.2.7');
    expect(await outcome('more', '::ffff:192.0.2.7')).toBe(429);
  });

  it('notes the use of a key once a minute', () => {
    const { asked, found } = directory();
    for (const lastUsedAt of [null, null, instant(NOW - 70_000)]) found.used(key({ lastUsedAt }));
    expect(asked.touched).toBe(1);
    asked.now += 60_000;
    found.used(key());
    expect(asked.touched).toBe(2);
  });
});
