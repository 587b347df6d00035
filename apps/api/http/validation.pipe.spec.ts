import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import type { ArgumentMetadata } from '@nestjs/common';
import type { FieldError } from './validation.pipe.js';
import { RequestPipe } from './validation.pipe.js';
import {
  ChoicesField,
  CountField,
  FlagField,
  IdField,
  ObjectField,
  TextField,
  TimeField,
} from './field.decorator.js';

class SampleDto {
  @TextField({ about: '', max: 3 })
  name!: string;
  @TextField({ about: '', max: 3, nullable: true, optional: true })
  note?: string | null;
  @CountField({ about: '', min: 1, max: 9, optional: true, fromQuery: true })
  count?: number;
  @FlagField({ about: '', optional: true, fromQuery: true })
  flag?: boolean;
  @ChoicesField({ about: '', of: ['a', 'b'], optional: true, fromQuery: true })
  words?: string[];
  @TimeField({ about: '', optional: true })
  at?: string;
  @IdField({ about: '', optional: true })
  id?: string;
  @ObjectField({ about: '', optional: true })
  own?: Record<string, unknown>;
}

const pipe = new RequestPipe();
const as = (type: 'body' | 'query'): ArgumentMetadata => ({ type, metatype: SampleDto });

/** The members at fault, in order; empty when the request is fine. */
async function faults(value: unknown, type: 'body' | 'query' = 'body'): Promise<string[]> {
  try {
    await pipe.transform(value, as(type));
    return [];
  } catch (error) {
    const { details } = error as { details: { errors: FieldError[] } };
    return details.errors.map(({ field }) => field);
  }
}

describe('RequestPipe', () => {
  it('takes what the DTO asks for', async () => {
    const own = { any: { thing: [1] } };
    expect(
      await faults({ name: 'abc', note: null, count: 9, flag: false, at: '2026-11-21T09:30:00+02:00', own }),
    ).toEqual([]);
  });

  it('names every member that is wrong, and those that it does not know', async () => {
    const wrong = {
      note: 'long',
      count: 10,
      flag: 'yes',
      words: ['c'],
      at: '2026-11-21',
      id: 'x',
      own: [],
      more: 1,
    };
    const fields = ['at', 'count', 'flag', 'id', 'more', 'name', 'note', 'own', 'words'];
    expect((await faults(wrong)).sort()).toEqual(fields);
  });

  it('refuses null where it means nothing', async () => {
    expect(await faults({ name: 'a', count: null })).toEqual(['count']);
    expect(await faults({ name: null })).toEqual(['name']);
  });

  it('reads numbers, flags and lists from a query, where everything is text', async () => {
    const read = await pipe.transform({ name: 'a', count: '7', flag: 'true', words: 'a' }, as('query'));
    expect(read).toMatchObject({ count: 7, flag: true, words: ['a'] });
    expect(await faults({ name: 'a', count: ['1', '2'] }, 'query')).toEqual(['count']);
  });

  it('refuses a body that is no object, and text that no database takes', async () => {
    for (const body of [[], 'text', 7, [{ name: 'a' }]]) expect(await faults(body)).toEqual(['body']);
    for (const text of ['a\0', '\ud800', '\udc00']) {
      expect(await faults({ name: text })).toEqual(['name']);
      expect(await faults({ [text]: 1 })).toEqual(['body']);
      expect(await faults({ name: 'a', own: { deep: [{ [text]: 1 }] } })).toEqual(['own.deep.0']);
    }
    expect(await faults({ name: '😀' })).toEqual([]);
  });

  it('refuses an object that is too large to be kept with a row', async () => {
    expect(await faults({ name: 'a', own: { text: 'x'.repeat(9_000) } })).toEqual(['own']);
  });

  it.each(['__proto__', 'constructor'])(
    'refuses members called %s with their path, wherever they are',
    async (name) => {
      const named = (json: string): unknown => JSON.parse(json.replace('NAME', name));
      expect(await faults(named('{"name": "a", "NAME": {"admin": true}}'))).toEqual([name]);
      expect(await faults(named('{"name": "a", "NAME": {"admin": true}}'), 'query')).toEqual([name]);
      expect(await faults(named('{"name": "a", "own": {"NAME": 1}}'))).toEqual([`own.${name}`]);
      expect(await faults(named('{"name": "a", "own": {"list": [{}, {"NAME": null}]}}'))).toEqual([
        `own.list.1.${name}`,
      ]);
      expect(({} as { admin?: boolean }).admin).toBeUndefined();
    },
  );

  it('keeps every other name that JavaScript knows exactly as it came', async () => {
    const names = [
      ...Object.getOwnPropertyNames(Object.prototype),
      'prototype',
      'then',
      'toJSON',
      'length',
      '',
    ];
    const kept = names.filter((name) => !['__proto__', 'constructor'].includes(name));
    const own = Object.fromEntries(kept.map((name) => [name, { [name]: ['x', { [name]: 1 }] }]));
    const read = (await pipe.transform({ name: 'a', own }, as('body'))) as SampleDto;
    expect(JSON.parse(JSON.stringify(read.own))).toEqual(own);
    expect(Object.keys(read.own ?? {}).sort()).toEqual([...kept].sort());
    // Where the DTO has a say they are unknown members like all others.
    for (const more of names.filter((name) => name !== '__proto__' && name !== 'constructor' && name !== ''))
      expect([more, await faults({ name: 'a', [more]: 1 })]).toEqual([more, [more]]);
  });

  it('refuses what is nested too deeply without getting lost in it', async () => {
    let own: Record<string, unknown> = {};
    for (let depth = 0; depth < 5_000; depth += 1) own = { own };
    expect(await faults({ name: 'a', own })).toEqual(['own']);
  });

  it('reads a number of a query only from digits', async () => {
    for (const count of [
      '',
      ' ',
      ' 1',
      '1e0',
      '0x1',
      '1.0',
      '01.',
      'abc',
      'NaN',
      'Infinity',
      '9'.repeat(400),
    ]) {
      expect([count, await faults({ name: 'a', count }, 'query')]).toEqual([count, ['count']]);
    }
  });

  it('refuses a text that shows nothing, where one is wanted', async () => {
    for (const name of [' ', '\u00a0', '\u200b\u200e', '\t'])
      expect(await faults({ name })).toEqual(['name']);
    expect(await faults({ name: 'a', note: ' ' })).toEqual(['note']);
  });
});
