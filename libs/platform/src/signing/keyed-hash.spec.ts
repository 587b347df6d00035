import { describe, expect, it } from '@jest/globals';
import { KeyedHash } from './keyed-hash.js';

const OLD = `k1:${Buffer.alloc(32, 1).toString('base64')}`;
const NEW = `k2:${Buffer.alloc(32, 2).toString('base64')},${OLD}`;

describe('a keyed hash', () => {
  it('is the same for the same text, under one key and for one purpose', () => {
    const hash = KeyedHash.fromKeys(OLD, 'numbers').of('+972502345678');
    expect(KeyedHash.fromKeys(OLD, 'numbers').of('+972502345678')).toEqual(hash);
    expect(KeyedHash.fromKeys(OLD, 'numbers').of('+972502345679')).not.toEqual(hash);
    expect(KeyedHash.fromKeys(OLD, 'letters').of('+972502345678')).not.toEqual(hash);
    expect(KeyedHash.fromKeys(NEW, 'numbers').of('+972502345678')).not.toEqual(hash);
  });

  it('is found after the keys were rotated', () => {
    const hash = KeyedHash.fromKeys(OLD, 'numbers').of('x');
    const all = KeyedHash.fromKeys(NEW, 'numbers').allOf('x');
    expect(all).toHaveLength(2);
    expect(all[1]).toEqual(hash);
  });
});
