/** What every dialect owes, whatever its vendor: held against each one in the registry and its fixtures. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import {
  CALL_RESULTS,
  DIRECTIONS,
  LEG_PHASES,
  foldCall,
  id,
  instant,
  isTimeZone,
  normaliseLeg,
} from '#domain';
import type { CallId, ConnectionId, LegReport } from '#domain';
import type { Dialect, InboundRequest, Reading } from '../dialect.js';
import { DIALECTS, dialectNamed } from '../registry.js';
import { badBodies } from './bad-bodies.js';
import { CALL, badQueries, oddQueries } from './bad-queries.js';

/** Fuzzed inputs a dialect; the design asks for 10,000. */
const FUZZ_RUNS = 10_000;

interface Fixture {
  name: string;
  route: string;
  /** Whether the message is one of those that have to be told apart from calls. */
  unreadable: boolean;
  request: InboundRequest;
}

/** Files are `<dialect>/fixtures/<route>/<name>.<format>`; a name may end in `.unreadable`. A `.query` is sent by GET. */
function fixturesOf(dialect: Dialect): Fixture[] {
  const folder = fileURLToPath(new URL(`../${dialect.name}/fixtures/`, import.meta.url));
  return dialect.routes
    .filter((route) => existsSync(folder + route))
    .flatMap((route) =>
      readdirSync(folder + route).map((name) => ({
        name: `${route}/${name}`,
        route,
        unreadable: name.includes('.unreadable.'),
        request: inFormat(name, route, readFileSync(`${folder}${route}/${name}`)),
      })),
    );
}

/** Editors end a file with a line break, which a URL cannot hold. */
function inFormat(name: string, route: string, bytes: Buffer): InboundRequest {
  return name.endsWith('.query') ? get(route, bytes.toString().trimEnd()) : request(route, bytes);
}

const request = (route: string, body: Uint8Array, contentType?: string): InboundRequest => ({
  method: 'POST',
  route,
  query: '',
  headers: { 'content-type': contentType },
  body,
});

const get = (route: string, query: string): InboundRequest => ({
  method: 'GET',
  route,
  query,
  headers: {},
  body: new Uint8Array(),
});

/** A report that the rest of the system can rely on, whatever the input was. */
function expectSound(reading: Reading): void {
  if (!reading.ok) {
    expect(reading.reason).toMatch(/^[\x20-\x7e]{1,200}$/);
    return;
  }
  const ids = new Set(reading.reports.map(({ vendorCallId }) => vendorCallId));
  expect(reading.vendorCallIds).toEqual([...ids]);
  expect(reading.reports.flatMap(faultsOf)).toEqual([]);
  // Storable, and what was stored is what was read.
  expect(JSON.parse(JSON.stringify(reading.reports))).toEqual(reading.reports);
}

/** One list to expect nothing in: of some hundred thousand reports, a dozen expectations each would be most of the work. */
function faultsOf(report: LegReport): string[] {
  const lengths = [report.ringSeconds, report.queueSeconds, report.talkSeconds];
  const checks: [what: string, isSound: boolean][] = [
    [`vendorCallId ${report.vendorCallId}`, /\S/.test(report.vendorCallId)],
    [`phase ${report.phase}`, LEG_PHASES.includes(report.phase)],
    ['leg without a name', report.leg !== ''],
    [`direction ${report.direction}`, DIRECTIONS.includes(report.direction)],
    [`result ${report.result}`, CALL_RESULTS.includes(report.result)],
    [`lengths ${lengths.join()}`, lengths.every(isLength)],
  ];
  return checks.filter(([, isSound]) => !isSound).map(([what]) => what);
}

function isLength(seconds: number | null): boolean {
  return seconds === null || (Number.isFinite(seconds) && seconds >= 0);
}

describe('the registry', () => {
  it('finds a dialect by its name, and none by another', () => {
    for (const dialect of DIALECTS) expect(dialectNamed(dialect.name)).toBe(dialect);
    expect(dialectNamed('constructor')).toBeUndefined();
  });
});

describe.each(DIALECTS.map((dialect) => [dialect.name, dialect] as const))('%s', (_name, dialect) => {
  const all = fixturesOf(dialect);
  const fixtures = all.filter((fixture) => !fixture.unreadable);

  it('has routes, defaults that exist, and a fixture for every route', () => {
    expect(dialect.routes.length).toBeGreaterThan(0);
    expect(isTimeZone(dialect.defaultTimeZone)).toBe(true);
    expect(dialect.defaultCountry).toMatch(/^[A-Z]{2}$/);
    expect(new Set(fixtures.map((fixture) => fixture.route))).toEqual(new Set(dialect.routes));
  });

  it('has a guide that shows each of its routes once', () => {
    const { title, steps, routes } = dialect.guide;
    for (const text of [title, ...steps, ...routes.map(({ what }) => what)]) expect(text).toMatch(/\S/);
    expect(steps.length).toBeGreaterThan(0);
    expect(routes.map(({ route }) => route).sort()).toEqual([...dialect.routes].sort());
  });

  it('tells of a made-up call as its PBX would, and reads it again', () => {
    const call = { id: 'c0ffee', startedEpochSeconds: 1_795_251_600, talkSeconds: 42 };
    const { route, ...message } = dialect.guide.trial(call);
    const reading = dialect.read(
      message.method === 'GET' ? get(route, message.query) : request(route, Buffer.from(message.body)),
      {},
    );
    expect(dialect.routes).toContain(route);
    expect(reading).toMatchObject({ ok: true, reports: [{ vendorCallId: call.id, result: 'answered' }] });
  });

  it.each(all.map((fixture) => [fixture.name, fixture] as const))('reads %s', (_file, fixture) => {
    const reading = dialect.read(fixture.request, {});
    expect(reading.ok).toBe(!fixture.unreadable);
    expect(dialect.sniff(fixture.request)).toBe(reading.format);
    expectSound(reading);
  });

  it('reads the same from the same request, without changing it', () => {
    for (const { request: given } of all) {
      const before = Buffer.from(given.body);
      expect(dialect.read(given, {})).toEqual(dialect.read(Object.freeze({ ...given }), {}));
      expect(Buffer.from(given.body).equals(before)).toBe(true);
    }
  });

  it('gives reports that normalise and fold, and a replay that changes nothing', () => {
    const connection = {
      epochs: dialect.defaultEpochs,
      timeZone: dialect.defaultTimeZone,
      country: dialect.defaultCountry,
    };
    for (const fixture of fixtures) {
      const reading = dialect.read(fixture.request, {});
      for (const report of reading.ok ? reading.reports : []) {
        const ids = {
          id: id<CallId>('c'),
          connectionId: id<ConnectionId>('k'),
          vendorCallId: report.vendorCallId,
        };
        const leg = normaliseLeg(report, connection, instant(0));
        expect(foldCall(foldCall(null, [leg], ids).call, [leg], ids).changed).toBe(false);
      }
    }
  });

  it.each(badBodies())('answers %s with a reading, never with an exception', (_what, body) => {
    for (const route of dialect.routes) {
      for (const type of [undefined, 'application/json', 'text/xml', 'application/x-www-form-urlencoded']) {
        const reading = dialect.read(request(route, body, type), {});
        expectSound(reading);
        expect(dialect.sniff(request(route, body, type))).toBe(reading.format);
      }
    }
  });

  it.each(badQueries())('gives a reason for a query with %s', (_what, query) => {
    for (const route of dialect.routes) {
      const reading = dialect.read(get(route, query), {});
      expect(reading.ok).toBe(false);
      expectSound(reading);
      expect(dialect.sniff(get(route, query))).toBe(reading.format);
    }
  });

  it.each(oddQueries())('reads what it can of a query with %s', (_what, query) => {
    for (const route of dialect.routes) {
      const reading = dialect.read(get(route, query), {});
      expect(reading.ok).toBe(dialect.read(get(route, CALL), {}).ok);
      expectSound(reading);
      expect(dialect.sniff(get(route, query))).toBe(reading.format);
    }
  });

  it('does not take a fixture that was cut off for another message', () => {
    // Half a form or query is a shorter one; the others say where they end.
    for (const { name, request: whole } of fixtures.filter(({ name }) => !/\.(form|query)$/.test(name))) {
      const end = Buffer.from(whole.body).toString().trimEnd().length;
      for (let length = 1; length < Math.min(end, 3000); length += 7) {
        const reading = dialect.read({ ...whole, body: whole.body.subarray(0, length) }, {});
        expect([name, length, reading.ok]).toEqual([name, length, false]);
      }
    }
  });

  it('has a reply for every verdict in every format', () => {
    const formats = ['json', 'form', 'xmlrpc', 'query', 'xml'] as const;
    for (const [route, format] of dialect.routes.flatMap((one) =>
      formats.map((two) => [one, two] as const),
    )) {
      for (const kind of ['accepted', 'unreadable', 'refused', 'unavailable'] as const) {
        const reply = dialect.reply({ kind, reason: '<&"\0>' }, { route, format, settings: {} });
        expect(reply.contentType).toMatch(/^[a-z]+\/[a-z-]+/);
        expect(reply.body).not.toContain('\0');
      }
    }
  });

  it(`survives ${FUZZ_RUNS} mutations of its fixtures and as much noise`, () => {
    const mutated = fc
      .tuple(
        fc.constantFrom(...all),
        fc.array(fc.tuple(fc.nat(), fc.nat(6), fc.uint8Array({ maxLength: 4 })), {
          minLength: 1,
          maxLength: 4,
        }),
      )
      .map(([fixture, cuts]) => mutate(fixture.request, cuts));
    const noise = fc
      .oneof(
        fc.uint8Array({ maxLength: 200 }),
        fc.json({ maxDepth: 6 }).map((text) => Buffer.from(text)),
        fc.string({ unit: 'binary' }).map((text) => Buffer.from(text)),
      )
      .chain((bytes) => fc.constantFrom(request('', bytes), get('', Buffer.from(bytes).toString('latin1'))));
    fc.assert(
      fc.property(
        fc.oneof({ weight: 2, arbitrary: mutated }, noise),
        fc.constantFrom(...dialect.routes),
        (given, route) => {
          expectSound(dialect.read({ ...given, route }, {}));
        },
      ),
      { numRuns: FUZZ_RUNS },
    );
  });
});

type Cut = [where: number, removed: number, inserted: Uint8Array];

function mutate(given: InboundRequest, cuts: readonly Cut[]): InboundRequest {
  if (given.method !== 'GET') return { ...given, body: cuts.reduce(splice, given.body) };
  const query = cuts.reduce<Uint8Array>(splice, Buffer.from(given.query));
  return { ...given, query: Buffer.from(query).toString('latin1') };
}

function splice(body: Uint8Array, [where, removed, inserted]: Cut): Buffer {
  const at = where % (body.length + 1);
  return Buffer.concat([body.subarray(0, at), inserted, body.subarray(at + removed)]);
}
