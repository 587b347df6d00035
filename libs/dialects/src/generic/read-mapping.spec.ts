import fc from 'fast-check';
import { readMapping } from './read-mapping.js';

const GOOD = {
  title: 'A PBX',
  guide: ['Paste the URL.'],
  routes: [{ name: 'event', what: 'Events' }],
  words: { ways: { In: 'inbound', Out: 'outbound' } },
  shapes: [{ name: 'ended', phase: 'ended', call: 'id', direction: { at: 'way', words: 'ways' } }],
};
const faultsOf = (change: object) => {
  const reading = readMapping({ ...GOOD, ...change });
  return reading.ok ? [] : reading.problems.map(({ path, message }) => `${path}: ${message}`);
};
const faultsOfShape = (change: object) => faultsOf({ shapes: [{ ...GOOD.shapes[0], ...change }] });

describe('a mapping', () => {
  it('is read', () => {
    expect(readMapping(GOOD)).toMatchObject({ ok: true, mapping: { title: 'A PBX' } });
  });

  it.each<[string, string[], string]>([
    ['lacks its shapes', faultsOf({ shapes: undefined }), 'shapes: This is missing: a list.'],
    ['has a name that is none', faultsOf({ shape: [] }), 'shape: Nothing is called "shape" here.'],
    ['has a shape without a call', faultsOfShape({ call: undefined }), 'shapes.0.call: This is missing'],
    ['has a shape without a phase', faultsOfShape({ phase: undefined }), 'shapes.0.phase: This is missing'],
    [
      'has a phase that is none',
      faultsOfShape({ phase: { is: 'over' } }),
      'shapes.0.phase.is: "over" is no word of ours here',
    ],
    [
      'names a table that is not there',
      faultsOfShape({ direction: { at: 'way', words: 'roads' } }),
      'There is no table "roads"',
    ],
    [
      'has a table with words of its own',
      faultsOf({ words: { ways: { In: 'into' } } }),
      '"into" is no word of ours here: inbound',
    ],
    [
      'has a path into nowhere',
      faultsOfShape({ from: 'a..b' }),
      'shapes.0.from: "a..b" has a name of no letters',
    ],
    [
      'has a place that there is not',
      faultsOfShape({ from: '@cookie.x' }),
      '"@cookie.x" is no place that there is',
    ],
    [
      'has a condition of nothing',
      faultsOfShape({ when: [{ at: 'x' }] }),
      'shapes.0.when.0: This says where to look',
    ],
    [
      'has a step that is none',
      faultsOfShape({ from: { at: 'x', take: ['upper'] } }),
      'shapes.0.from.take.0: This is no step',
    ],
    [
      'has a time that can be mistaken',
      faultsOfShape({ startedAt: { at: 't', format: 'DD/MM' } }),
      'does not tell a day and an hour',
    ],
    [
      'has two routes of one name',
      faultsOf({ routes: [...GOOD.routes, ...GOOD.routes] }),
      'routes: Two routes have the same name.',
    ],
    [
      'tries a route that is not there',
      faultsOf({ trial: { route: 'cdr' } }),
      'trial.route: There is no route "cdr"',
    ],
    [
      'answers with a page',
      faultsOf({ replies: { accepted: { contentType: 'text/html', body: '<script>' } } }),
      'replies.accepted.contentType: This has to be text/plain',
    ],
    [
      'sets a cookie',
      faultsOf({ replies: { accepted: { headers: { 'Set-Cookie': 'a=b' } } } }),
      '"Set-Cookie" is no header that a reply may set.',
    ],
    [
      'hashes without a secret',
      faultsOf({
        signature: { kind: 'hash', hash: 'md5', encoding: 'hex', at: '@header.x', of: '{{ body }}' },
      }),
      'signature.of: No secret is a part of this',
    ],
    [
      'shows a secret in a reply',
      // It is a path there, and stands nowhere in a message.
      faultsOf({ replies: { accepted: { body: '{{ @secret }}' } } }),
      'is no place that there is',
    ],
    [
      'answers everything as a handshake',
      faultsOf({ handshakes: [{ name: 'x', when: [], reply: {} }] }),
      'handshakes.0.when: Without a condition',
    ],
    [
      'is too long',
      faultsOf({ about: 'x', guide: Array.from({ length: 30 }, () => 'y'.repeat(3000)) }),
      'at most 64000 characters',
    ],
  ])('%s', (_what, faults, wanted) => {
    expect(faults.join('\n')).toContain(wanted);
  });

  it('tells all its faults at once', () => {
    expect(faultsOf({ title: 1, shapes: [{ name: 'x' }] })).toHaveLength(3);
  });

  it('is never a cause of an exception, whatever it is', () => {
    const names = fc.constantFrom(
      'title',
      'routes',
      'shapes',
      'signature',
      'words',
      'handshakes',
      'name',
      'at',
      'call',
      'kind',
      'when',
      'is',
      '__proto__',
    );
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        { depthSize: 'small' },
        fc.jsonValue(),
        fc.array(tie('tree')),
        fc.dictionary(names, tie('tree')),
      ),
    }));
    fc.assert(
      fc.property(tree, (document) => {
        const reading = readMapping(document);
        if (!reading.ok)
          for (const { message } of reading.problems) expect(message).toMatch(/^[A-Z"].*[.:]?/s);
      }),
      { numRuns: 500 },
    );
  });

  const patternOf = (format: string) => {
    const shapes = [{ ...GOOD.shapes[0], startedAt: { at: 't', format } }];
    const reading = readMapping({ ...GOOD, shapes });
    return reading.ok ? reading.mapping.shapes[0]?.startedAt[0]?.format?.like : null;
  };

  it.each([
    ['YYYY-MM-DD HH:mm:ss', '2026-11-30 09:05:00'],
    ['DD-MM-YYYY HH:mm', '30-11-2026 09:05'],
    ['[YYYY.MM.DD] (HH|mm|ss)', '[2026.11.30] (09|05|00)'],
  ])('has times with any marks between (%s)', (format, time) => {
    expect(patternOf(format)?.test(time)).toBe(true);
    expect(patternOf(format)?.test(time.replaceAll(/\D/g, '0'))).toBe(false);
  });

  it('has marks in its times that mean themselves, whatever they are', () => {
    const isFree = (mark: string) => !/Y|M|D|H|h|m|s|S|A|^auto$|^\s|\s$|\s\s/.test(mark);
    const mark = fc.oneof(fc.string({ maxLength: 20 }), fc.string({ maxLength: 10, unit: 'grapheme' }));
    fc.assert(
      fc.property(mark.filter(isFree), (between) => {
        const like = patternOf(`YYYY${between}MM/DD HH:mm`);
        expect(like === null || like?.test(`2026${between}11/30 09:05`)).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  it('reads its times in a moment, whatever is in the place of one', () => {
    const like = /^(\d{1,2})/;
    expect(like.test('1')).toBe(true);
    const reading = readMapping({
      ...GOOD,
      shapes: [{ ...GOOD.shapes[0], startedAt: { at: 't', format: 'DD MMM YYYY   HH:mm:ss.SSS' } }],
    });
    if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
    const pattern = reading.mapping.shapes[0]?.startedAt[0]?.format?.like ?? /x/;
    const before = process.hrtime.bigint();
    pattern.test(`01 Nov 2026${' '.repeat(200_000)}x`);
    expect(Number(process.hrtime.bigint() - before) / 1e6).toBeLessThan(200);
  });
});
