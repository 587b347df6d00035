import { readRecordings } from './read-recordings.js';

const [A, B] = ['https://a.example/1.mp3', 'https://a.example/2.mp3?x=a,b;c'];
const urls = (value: unknown): string[] => readRecordings(value).recordings.map(({ url }) => url);

describe('readRecordings', () => {
  it.each<[string, unknown]>([
    ['a list', [A, B]],
    ['a list of texts and objects', [A, { url: B }]],
    ['a list of objects', [{ url: A, seconds: 5 }, { file: { href: B } }]],
    ['an object', { in: A, out: B }],
    ['a list of lists', [[A], [B]]],
    ['the JSON of a list', JSON.stringify([A, B])],
    ['the JSON of objects', JSON.stringify([{ url: A }, { url: B }])],
    ['lists in JSON in a list', [JSON.stringify([A]), B]],
    ...[' ', '\n', '\r\n', ';', '; ', '|', ' | ', ',', ', '].map((between): [string, string] => [
      `texts parted by ${JSON.stringify(between)}`,
      `${A}${between}${B}${between}`,
    ]),
    ['one of them twice', [A, B, A]],
  ])('finds both in %s', (_what, value) => {
    expect(readRecordings(value)).toEqual({ recordings: [{ url: A }, { url: B }], whole: true });
  });

  it.each(['0', 'N/A', '', ' ', '-', 'null', undefined, null, [], {}, ['0']])('finds none in %j', (value) => {
    expect(readRecordings(value)).toEqual({ recordings: [], whole: true });
  });

  it.each([
    '//a.example/1.mp3',
    '1.mp3',
    'ftp://a.example/1.mp3',
    [A, '1.mp3'],
    { file: '1.mp3' },
    [[[[[['x']]]]]],
  ])('says that there is something else in %j', (value) => {
    expect(readRecordings(value).whole).toBe(false);
  });

  it('keeps an address in an address, and takes no long time', () => {
    expect(urls('https://a.example/?next=https://b.example/')).toEqual([
      'https://a.example/?next=https://b.example/',
    ]);
    const startedAt = performance.now();
    for (const piece of [' ', ';', 'https://', 'h ', '[']) readRecordings(`${A}${piece.repeat(200_000)}`);
    expect(performance.now() - startedAt).toBeLessThan(2000);
  });
});
