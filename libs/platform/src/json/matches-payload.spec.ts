import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import library from 'simple-json-match';
import { readEndpointFilter } from '#domain';
import { matchesPayload } from './matches-payload.js';

type Vector = [data: unknown, conditions: Record<string, unknown>, isMet: boolean];

const { negatable, plain } = JSON.parse(
  readFileSync(new URL('./simple-json-match.vectors.json', import.meta.url), 'utf8'),
) as { negatable: Vector[]; plain: Vector[] };

const hasReference = ([, conditions]: Vector) => JSON.stringify(conditions).includes('"$ref"');
const byLibrary = (data: unknown, conditions: unknown) => library.default(data as never, conditions as never);

describe('conditions on a payload', () => {
  const data = { result: 'missed', talkSeconds: 0, from: { e164: '+972501234567' }, queue: null };

  it.each<[Record<string, unknown>, boolean]>([
    [{ result: 'missed' }, true],
    [{ result: 'answered' }, false],
    [{ from: { e164: { $startsWith: '+972' } } }, true],
    [{ talkSeconds: { $gte: 30 } }, false],
    [{ $or: [{ result: 'busy' }, { result: 'missed' }] }, true],
    [{ queue: { name: 'Sales' } }, false],
    [{ nothing: { $exist: false } }, true],
    [{ result: { $gt: 3 } }, false],
    // What every object inherits is nobody's data.
    [{ toString: { $exist: true } }, false],
    [{ toString: { $exist: false } }, true],
    [{ from: { constructor: { name: 'Object' } } }, false],
  ])('%j: %s', (conditions, expected) => {
    expect(matchesPayload(data, conditions)).toBe(expected);
  });

  it('are met as the language’s 121 public vectors say, and their negations are not', () => {
    expect(negatable).toHaveLength(121);
    for (const [given, conditions, isMet] of negatable.filter((vector) => !hasReference(vector))) {
      expect([given, conditions, matchesPayload(given, conditions)]).toEqual([given, conditions, isMet]);
      expect([given, conditions, matchesPayload(given, { $not: conditions })]).toEqual([
        given,
        conditions,
        !isMet,
      ]);
    }
    for (const [given, conditions, isMet] of plain) {
      expect([given, conditions, matchesPayload(given, conditions)]).toEqual([given, conditions, isMet]);
    }
  });

  it('with $ref, which would evaluate expressions, are refused where they are written', () => {
    const references = negatable.filter(hasReference);
    expect(references).toHaveLength(13);
    for (const [, payload] of references) expect(readEndpointFilter({ payload }).ok).toBe(false);
  });

  const scalar = fc.oneof(
    fc.constantFrom('a', 'b', '', '1', '01', 0, 1, 2, true, false, null),
    fc.integer(),
    fc.string(),
  );
  const name = fc.constantFrom('a', 'b', 'c');
  const json = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      scalar,
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(name, tie('value'), { maxKeys: 3 }),
    ),
  })).value;
  const operator = fc.constantFrom(
    '$eq',
    '$neq',
    '$in',
    '$nin',
    '$startsWith',
    '$endsWith',
    '$gte',
    '$gt',
    '$lte',
    '$lt',
    '$exist',
    '$not',
    '$or',
    '$and',
  );
  const conditions = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      scalar,
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(fc.oneof(name, operator), tie('value'), { maxKeys: 3 }),
    ),
  })).value;

  it('are met exactly when the library whose language it is says so', () => {
    fc.assert(
      fc.property(
        json,
        fc.dictionary(fc.oneof(name, operator), conditions, { maxKeys: 3 }),
        (given, asked) => {
          expect(matchesPayload(given, asked)).toBe(byLibrary(given, asked));
        },
      ),
      { numRuns: 5_000 },
    );
  });

  it('about what is not there are met as the library says, too', () => {
    const asked = { a: { $exist: false, $or: [{ $not: 1 }] } };
    for (const given of [{}, { a: 1 }, { a: 2 }])
      expect(matchesPayload(given, asked)).toBe(byLibrary(given, asked));
  });

  it('that do not fit the data are not met, whatever both are', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.dictionary(fc.string(), fc.jsonValue()), (given, asked) => {
        expect(typeof matchesPayload(given, asked)).toBe('boolean');
      }),
    );
  });
});
