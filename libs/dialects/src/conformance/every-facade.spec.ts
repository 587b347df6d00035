/** What every vendor's request API that we serve promises, whoever the vendor is. Held against each facade in the table. */
import fc from 'fast-check';
import type { AskResult } from '#domain';
import type {
  AskedRequest,
  Facade,
  FacadeReading,
  FacadeReply,
  FacadeSettings,
  Presented,
} from '../facade.js';
import { FACADES, facadeNamed, routeOf } from '../facades.js';
import { readXml } from '../xmlrpc/read-xml.js';
import { askedExamples } from './asked.fixture.js';
import { EVERYTHING_TOLD, EVERY_FAILURE } from './told.fixture.js';

const SETTINGS: FacadeSettings = { timeZone: 'Asia/Jerusalem', country: 'IL', epochs: 'local' };
const RESULTS: readonly AskResult[] = [
  ...Object.values(EVERYTHING_TOLD).map((told): AskResult => ({ ok: true, told })),
  ...Object.values(EVERY_FAILURE).map((failure): AskResult => ({ ok: false, failure })),
];
const EXAMPLES = FACADES.flatMap((facade) => askedExamples(facade));
const ROUTES = FACADES.flatMap((facade) =>
  facade.routes.map((route): [string, string, Facade] => [facade.name, route.name, facade]),
);

function secretsOf(presented: Presented): string[] {
  switch (presented.kind) {
    case 'code':
      return [presented.code];
    case 'login':
      return [presented.password];
    case 'client':
      return [presented.secret];
    case 'bearer':
      return [presented.token];
    case 'campaign':
      return [presented.campaign, presented.code, ...presented.others].filter((secret) => secret !== null);
    case 'none':
      return [];
  }
}

/** A campaign's code is its name too: an ask says which one it is about. */
function withoutCampaign(name: string, value: unknown): unknown {
  return name === 'campaign' && typeof value === 'string' ? undefined : value;
}

/** Whether the body is what its content type says. */
function isWellFormed({ status, contentType, body }: FacadeReply): boolean {
  if (contentType.includes('json')) {
    JSON.parse(body);
    return true;
  }
  if (contentType.includes('html')) return body.trim() !== '';
  if (contentType.includes('xml')) return readXml(body).ok;
  return body !== '' || status === 204;
}

function repliesTo({ route, manner }: FacadeReading, facade: Facade, results = RESULTS): FacadeReply[] {
  return results.flatMap((result) =>
    [null, SETTINGS].map((settings) => facade.write(result, { route, manner }, settings)),
  );
}

describe('the table of facades', () => {
  it('finds each by its name, and none by another', () => {
    for (const facade of FACADES) expect(facadeNamed(facade.name)).toBe(facade);
    expect(facadeNamed('nobody')).toBeUndefined();
  });

  it.each(ROUTES)('%s has an example of %s', (facade, route) => {
    expect(EXAMPLES.some((one) => one.facade.name === facade && one.route === route)).toBe(true);
  });

  it.each(ROUTES)('%s finds %s in any case, with and without a slash at the end', (_name, route, facade) => {
    for (const path of facade.routes.find(({ name }) => name === route)?.paths ?? []) {
      const asked = path.replaceAll('*', 'x');
      for (const spelled of [asked, `${asked}/`, asked.toUpperCase(), `${asked.toUpperCase()}//`]) {
        expect(routeOf(spelled)?.route.name).toBe(route);
        expect(routeOf(spelled)?.facade.name).toBe(facade.name);
      }
      expect(path).toBe(path.toLowerCase());
    }
  });

  it('knows nobody’s path', () => {
    for (const path of ['/', '', '/nobody', '/forwarddialer', '/api', 'hub/cdr']) {
      expect(routeOf(path)).toBeUndefined();
    }
  });
});

describe.each(EXAMPLES.map((example) => ({ ...example, toString: () => example.name })))(
  '$name',
  ({ facade, route, request }) => {
    const reading = facade.read(request, route, SETTINGS);

    it('says who asks before it is known whose request it is', () => {
      const before = facade.read(request, route, null);
      expect(before.presented).toEqual(reading.presented);
      expect(before.route).toBe(route);
    });

    it('is read the same however it is spelled, and keeps nothing between requests', () => {
      expect(facade.read({ ...request, method: request.method.toLowerCase() }, route, SETTINGS)).toEqual(
        reading,
      );
      expect(facade.read(request, route, SETTINGS)).toEqual(reading);
    });

    it('is answered in the vendor’s shape whatever came of it', () => {
      for (const reply of repliesTo(reading, facade)) {
        expect(isWellFormed(reply)).toBe(true);
        expect(reply.status).toBeGreaterThanOrEqual(200);
        expect(reply.status).toBeLessThan(600);
      }
    });

    it('is answered with more than a failure where it was carried out', () => {
      if (!reading.ask.ok) return;
      const told = EVERYTHING_TOLD[reading.ask.ask.kind];
      const [good] = repliesTo(reading, facade, [{ ok: true, told }]);
      expect(good?.status).toBeLessThan(300);
      for (const failure of Object.values(EVERY_FAILURE)) {
        const [bad] = repliesTo(reading, facade, [{ ok: false, failure }]);
        expect(bad?.body).not.toBe(good?.body);
      }
    });

    it('never gives a secret away', () => {
      const marked = { ...request, ...withMarkedSecrets(request, reading.presented) };
      const read = facade.read(marked, route, SETTINGS);
      const secrets = secretsOf(read.presented);
      const shown = [
        JSON.stringify([read.manner, read.ask], withoutCampaign),
        ...repliesTo(read, facade).map((reply) => JSON.stringify(reply)),
      ];
      for (const secret of secrets) {
        expect(secret).toContain('s3cr3t');
        for (const text of shown) expect(text).not.toContain('s3cr3t');
      }
    });

    it('is read without a throw where every parameter comes twice, or is filled with rubbish', () => {
      const twice = { ...request, query: [request.query, request.query].join('&') };
      expect(facade.read(twice, route, SETTINGS).presented).toEqual(reading.presented);
      const text = Buffer.from(request.body).toString();
      for (const junk of [
        '[]',
        '{}',
        'null',
        '\u0000',
        '<a>',
        'x'.repeat(5000),
        '-1',
        '1e308',
        '%',
        '\ud800',
      ]) {
        const filled = {
          ...request,
          query: request.query.replace(/=[^&]*/g, `=${junk}`),
          body: Buffer.from(
            text.replace(/=[^&]*/g, `=${junk}`).replace(/"[^"]*"(?=\s*[,}\]])/g, JSON.stringify(junk)),
          ),
        };
        const read = facade.read(filled, route, SETTINGS);
        for (const reply of repliesTo(read, facade)) expect(isWellFormed(reply)).toBe(true);
      }
    });
  },
);

/** The same request with secrets that cannot be anything else. */
function withMarkedSecrets(
  { query, headers, body }: AskedRequest,
  presented: Presented,
): Pick<AskedRequest, 'query' | 'headers' | 'body'> {
  const marked = (text: string) =>
    secretsOf(presented).reduce(
      (all, secret) => (secret === '' ? all : all.replaceAll(secret, 's3cr3t-0f-0urs')),
      text,
    );
  return {
    query: marked(query),
    headers: Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name, value === undefined ? value : marked(value)]),
    ),
    body: Buffer.from(marked(Buffer.from(body).toString())),
  };
}

describe('any request', () => {
  const part = fc.oneof(
    fc.string(),
    fc.json(),
    fc.string({ unit: 'binary' }),
    fc.string({ unit: fc.constantFrom(...'a=&[]{}"<>/%?;:,0') }),
    fc.constantFrom(...EXAMPLES.map(({ request }) => request.query || Buffer.from(request.body).toString())),
  );
  const type = fc.constantFrom(
    undefined,
    'application/json',
    'text/xml',
    'multipart/form-data; boundary=x',
    'x',
  );

  it.each(ROUTES)('never makes %s throw at %s, and is answered', (_name, route, facade) => {
    fc.assert(
      fc.property(part, fc.oneof(part, fc.uint8Array()), type, (query, body, contentType) => {
        const request: AskedRequest = {
          method: 'POST',
          path: '/x',
          query,
          headers: { 'content-type': contentType, authorization: query },
          body: typeof body === 'string' ? Buffer.from(body) : body,
        };
        for (const settings of [null, SETTINGS]) {
          const reading = facade.read(request, route, settings);
          const result: AskResult = reading.ask.ok
            ? { ok: true, told: EVERYTHING_TOLD[reading.ask.ask.kind] }
            : reading.ask;
          expect(isWellFormed(facade.write(result, reading, settings))).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('of a route that a facade does not have is answered too', () => {
    for (const facade of FACADES) {
      const request: AskedRequest = {
        method: 'GET',
        path: '/x',
        query: '',
        headers: {},
        body: new Uint8Array(),
      };
      const reading = facade.read(request, 'nobody', SETTINGS);
      expect(reading.ask.ok).toBe(false);
      for (const reply of repliesTo(reading, facade)) expect(isWellFormed(reply)).toBe(true);
    }
  });
});
