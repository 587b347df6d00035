import { describe, expect, it } from '@jest/globals';
import { id, instant, type ApiKeyId, type TenantId } from '#domain';
import type { ApiKeyRecord } from '#db';
import { judgeAccess } from './access.guard.js';
import type { Caller } from './caller.js';
import { judgeKey } from './judge-key.js';
import { KeyDirectory } from './key-directory.js';
import { allows } from './scopes.js';

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
    keyId: id<ApiKeyId>('k'),
    scopes: ['read'],
    operator: false,
    tenant: TENANT,
    ...traits,
  });

  it('asks for the scope first, then for the operator, then for the tenant', () => {
    expect(judgeAccess(caller({}), 'read', 'tenant')).toBeUndefined();
    expect(judgeAccess(caller({}), 'write', 'tenant')?.code).toBe('scope.missing');
    expect(judgeAccess(caller({}), 'read', 'operator')?.code).toBe('operator.required');
    expect(judgeAccess(caller({ operator: true, tenant: null }), 'read', 'tenant')?.code).toBe(
      'tenant.required',
    );
    expect(judgeAccess(caller({ operator: true, tenant: null }), 'read', 'either')).toBeUndefined();
  });
});

describe('KeyDirectory', () => {
  function directory() {
    const asked = { byHash: 0, touched: 0, now: NOW as number };
    const keys = {
      byHash: () => Promise.resolve(((asked.byHash += 1), key())),
      touch: () => Promise.resolve(void (asked.touched += 1)),
    };
    const tenants = { get: () => Promise.resolve(undefined) };
    const clock = { now: () => instant(asked.now) };
    const log = { warn: () => undefined };
    return { asked, found: new KeyDirectory({ keys, tenants, clock, log: log as never }) };
  }

  it('asks the database once in a few seconds, and at once after a key was revoked', async () => {
    const { asked, found } = directory();
    await found.key('sk_1');
    await found.key('sk_1');
    expect(asked.byHash).toBe(1);
    asked.now += 3_000;
    await found.key('sk_1');
    expect(asked.byHash).toBe(2);
    found.forget(id<ApiKeyId>('k'));
    await found.key('sk_1');
    expect(asked.byHash).toBe(3);
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
