import fc from 'fast-check';
import { maskQuery } from './mask-query.js';

/** Characters that a secret may have as they stand. One of its own that looks like `?name=` cannot be told from a parameter. */
const secrets = fc
  .string({ unit: fc.constantFrom(...'abcXYZ019-_.~!*+/:@,?;=%') })
  .map((text) => `S3cr3t${text.replace(/%(?![0-9a-f]{2})/gi, '')}T`)
  .filter((text) => !/[?;][\w.%[\]-]*=/.test(text) && !/%(26|3[bf])/i.test(text));
const values = fc
  .string({ minLength: 1, maxLength: 8 })
  .map((text) => `v${encodeURIComponent(text.toWellFormed())}`);
const secretNames = fc.constantFrom(
  'key',
  'token',
  'pin',
  'x_sig',
  'auth',
  'api_key',
  'PHPSESSID',
  'user_pass',
  'k%65y',
);
const plainNames = fc.constantFrom(
  'CallID',
  'kind',
  'ivruniqueid',
  'CallerIDNum',
  'representativecode',
  'customdata%5Bdeal%5D',
);
const borders = fc.constantFrom('&', '?', ';', '??', '&amp;', '%26', '%3F', '%3b');

describe('maskQuery', () => {
  it.each([
    ['key=1?CallID=7&CallerIDNum=0502345678', 'key=[redacted]?CallID=7&CallerIDNum=0502345678'],
    ['kind=0&token=a?CallID=7', 'kind=0&token=[redacted]?CallID=7'],
    ['auth=1;CallID=7', 'auth=[redacted];CallID=7'],
    ['token=?ivruniqueid=7&caller=1', 'token=?ivruniqueid=7&caller=1'],
    ['key=1%26CallID=7', 'key=[redacted]%26CallID=7'],
    ['key=1%3FCallID=7&b=2', 'key=[redacted]%3FCallID=7&b=2'],
    ['kind=0%26key=1', 'kind=0%26key=[redacted]'],
    ['CallID%3D7%26token%3Ds3cret%26b%3D2', 'CallID%3D7%26token%3D[redacted]%26b%3D2'],
    ['token=a?b;c?&x=1', 'token=[redacted]&x=1'],
    ['token=ab;cd==&x=1', 'token=[redacted]&x=1'],
    ['token=a%26b%3D1&x=1', 'token=[redacted]&x=1'],
    ['password=?abc', 'password=[redacted]'],
  ])('hides the secret alone: %s', (query, masked) => {
    expect(maskQuery(query)).toBe(masked);
  });

  it('hides every secret of a query and nothing else, however its parameters are joined', () => {
    const secret = fc.record({ name: secretNames, value: secrets, shown: fc.constant('[redacted]') });
    const plain = fc.tuple(plainNames, values).map(([name, value]) => ({ name, value, shown: value }));
    const pairs = fc.array(fc.record({ border: borders, pair: fc.oneof(secret, plain) }), { minLength: 1 });
    fc.assert(
      fc.property(pairs, (all) => {
        const written = (which: 'value' | 'shown') =>
          all.map(({ border, pair }, at) => `${at === 0 ? '' : border}${pair.name}=${pair[which]}`).join('');
        // Of two question marks the first is the secret's own.
        const once = (text: string) => text.replaceAll('??', '?');
        expect(once(maskQuery(written('value')))).toBe(once(written('shown')));
      }),
    );
  });

  it.each([
    '',
    'CallID=1&CallerIDName=pass&CallStatus=token',
    'a=%zz&%zz=1&x=100%',
    'password=&token',
    'a=1%3Fb%3D2&c=x%26y',
  ])('leaves everything else byte for byte: %s', (query) => {
    expect(maskQuery(query)).toBe(query);
  });

  it('changes nothing when it is done again, and never the number of parameters', () => {
    const parts = fc.constantFrom(
      'token',
      'a',
      '=',
      '&',
      '?',
      ';',
      '%',
      '%61',
      '%3D',
      '%3F',
      'key',
      '[redacted]',
      'ש',
    );
    fc.assert(
      fc.property(fc.array(parts), (pieces) => {
        const query = pieces.join('');
        const masked = maskQuery(query);
        expect(maskQuery(masked)).toBe(masked);
        expect(masked.split('&')).toHaveLength(query.split('&').length);
      }),
    );
  });

  it('takes no longer for what was made to take long', () => {
    const started = performance.now();
    for (const piece of ['%3Fa', '?token=', 'token%3D', '%', '?', ';a==', '%26key=%26']) {
      maskQuery(`key=${piece.repeat(20_000)}`);
    }
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});
