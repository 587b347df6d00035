/** Data never chooses a host: what is checked when an endpoint is saved is what requests go to. */
import fc from 'fast-check';
import { FORMATS } from '../registry.js';
import { toldCases } from './told-events.fixture.js';
import { OWN_URL, writerOf } from './written.fixture.js';

/** As many URLs as a format takes, with placeholders where it has them. */
const SETTINGS: Readonly<Record<string, Record<string, unknown>>> = {
  standard: {},
  zammad: {},
  voicenter: { popupUrl: 'https://popup.example/p' },
  voipnow: {
    rows: [0, 1, 2, 3, 4].map((kind) => ({ kind, url: `https://row${kind}.example/?a=1` })),
  },
  globalex: {
    incomingUrl: 'https://in.example/{caller}/x?c={callid}',
    endUrl: 'https://end.example:8443/{callid}#{caller}',
  },
  template: { url: 'https://t.example/{{ data.from.e164 }}/{{ type }}?d={{ data.did.e164 }}', body: '{}' },
};

const HOSTILE = [
  '@evil.example',
  '//evil.example/',
  '\\\\evil.example\\',
  '/../../x',
  '..',
  '.evil.example',
  ':80@evil.example/',
  '?x=1#y',
  '\r\nHost: evil.example',
  'http://169.254.169.254/',
  '\u2215evil.example',
  '%2f%2fevil.example',
];

/** Times are ours, not the caller's. */
const TIME = /^\d{4}-\d\d-\d\dT/;

/** Every text in it replaced where `choose` says so. */
function poisoned(value: unknown, choose: () => string | null): unknown {
  if (typeof value === 'string') return TIME.test(value) ? value : (choose() ?? value);
  if (Array.isArray(value)) return value.map((each) => poisoned(each, choose));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, poisoned(each, choose)]));
}

/** The stream has no end. */
function nextOf(stream: fc.Stream<string | null>): () => string | null {
  return () => (stream.next() as IteratorYieldResult<string | null>).value;
}

/** Mail goes to addresses and to no host of the data's; its own tests hold it to those of its URL. */
const REQUESTS = FORMATS.filter(({ carrier }) => carrier === undefined).map(({ name }) => name);

it('is asked of every format, with each of its settings that is a URL', () => {
  expect(Object.keys(SETTINGS).sort()).toEqual([...REQUESTS].sort());
});

describe.each(REQUESTS)('%s', (name) => {
  const writer = writerOf(name, SETTINGS[name]);
  const allowed = new Set([OWN_URL, ...writer.urls.map(({ url }) => url)].map((url) => new URL(url).origin));
  const cases = toldCases();

  it('sends to its own URL and to those that it names, whatever the data is', () => {
    let sent = 0;
    const choice = fc.option(fc.constantFrom(...HOSTILE), { freq: 2, nil: null });
    fc.assert(
      fc.property(fc.constantFrom(...cases), fc.infiniteStream(choice), ({ event }, choices) => {
        const payload = poisoned(JSON.parse(event.payload), nextOf(choices));
        for (const told of [event, { ...event, payload: JSON.stringify(payload) }]) {
          const writing = writer.write(told, OWN_URL);
          if (writing.kind !== 'messages') continue;
          for (const { url, headers } of writing.messages) {
            sent += 1;
            expect([...allowed]).toContain(new URL(url).origin);
            expect([new URL(url).username, headers['host']]).toEqual(['', undefined]);
          }
        }
      }),
      { numRuns: 300 },
    );
    expect(sent).toBeGreaterThan(100);
  });

  it('names every URL that it was given', () => {
    const given = JSON.stringify(SETTINGS[name]).match(/https:\/\/[a-z0-9.:]+/g) ?? [];
    expect(writer.urls.map(({ url }) => new URL(url).origin).sort()).toEqual([...given].sort());
  });
});
