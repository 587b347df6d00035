/** What every dialect owes, whatever its vendor: held against each one in the registry and its fixtures. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { CALL_RESULTS, DIRECTIONS, foldCall, id, isTimeZone, normaliseLeg } from '#domain';
import type { CallId, ConnectionId } from '#domain';
import type { Dialect, InboundRequest, Reading } from '../dialect.js';
import { DIALECTS, dialectNamed } from '../registry.js';
import { badBodies } from './bad-bodies.js';

/** Fuzzed inputs a dialect; the design asks for 10,000. */
const FUZZ_RUNS = 10_000;

interface Fixture {
  name: string;
  route: string;
  body: Buffer;
}

/** Files are `<dialect>/fixtures/<route>/<name>.<format>`. */
function fixturesOf(dialect: Dialect): Fixture[] {
  const folder = fileURLToPath(new URL(`../${dialect.name}/fixtures/`, import.meta.url));
  return dialect.routes
    .filter((route) => existsSync(folder + route))
    .flatMap((route) =>
      readdirSync(folder + route).map((name) => ({
        name,
        route,
        body: readFileSync(`${folder}${route}/${name}`),
      })),
    );
}

const request = (route: string, body: Uint8Array, contentType?: string): InboundRequest => ({
  method: 'POST',
  route,
  query: '',
  headers: { 'content-type': contentType },
  body,
});

/** A report that the rest of the system can rely on, whatever the input was. */
function expectSound(reading: Reading): void {
  if (!reading.ok) {
    expect(reading.reason).toMatch(/^[\x20-\x7e]{1,200}$/);
    return;
  }
  for (const report of reading.reports) {
    expect(report.vendorCallId).toMatch(/\S/);
    expect(report.leg).not.toBe('');
    expect(DIRECTIONS).toContain(report.direction);
    expect(CALL_RESULTS).toContain(report.result);
    for (const length of [report.ringSeconds, report.queueSeconds, report.talkSeconds]) {
      expect(length === null || (Number.isFinite(length) && length >= 0)).toBe(true);
    }
    // Storable, and what was stored is what was read.
    expect(JSON.parse(JSON.stringify(report))).toEqual(report);
  }
}

describe('the registry', () => {
  it('finds a dialect by its name, and none by another', () => {
    for (const dialect of DIALECTS) expect(dialectNamed(dialect.name)).toBe(dialect);
    expect(dialectNamed('constructor')).toBeUndefined();
  });
});

describe.each(DIALECTS.map((dialect) => [dialect.name, dialect] as const))('%s', (_name, dialect) => {
  const fixtures = fixturesOf(dialect);

  it('has routes, defaults that exist, and a fixture for every route', () => {
    expect(dialect.routes.length).toBeGreaterThan(0);
    expect(isTimeZone(dialect.defaultTimeZone)).toBe(true);
    expect(dialect.defaultCountry).toMatch(/^[A-Z]{2}$/);
    expect(new Set(fixtures.map((fixture) => fixture.route))).toEqual(new Set(dialect.routes));
  });

  it.each(fixtures.map((fixture) => [fixture.name, fixture] as const))(
    'reads %s',
    (_file, { route, body }) => {
      const reading = dialect.read(request(route, body), {});
      expect(reading).toMatchObject({ ok: true });
      expect(dialect.sniff({ headers: {}, body })).toBe(reading.format);
      expectSound(reading);
    },
  );

  it('reads the same from the same bytes, without changing them', () => {
    for (const { route, body } of fixtures) {
      const before = Buffer.from(body);
      expect(dialect.read(request(route, body), {})).toEqual(dialect.read(request(route, body), {}));
      expect(body.equals(before)).toBe(true);
    }
  });

  it('gives reports that normalise and fold, and a replay that changes nothing', () => {
    const connection = {
      epochs: dialect.defaultEpochs,
      timeZone: dialect.defaultTimeZone,
      country: dialect.defaultCountry,
    };
    for (const { route, body } of fixtures) {
      const reading = dialect.read(request(route, body), {});
      for (const report of reading.ok ? reading.reports : []) {
        const ids = {
          id: id<CallId>('c'),
          connectionId: id<ConnectionId>('k'),
          vendorCallId: report.vendorCallId,
        };
        const leg = normaliseLeg(report, connection);
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

  it('does not take a fixture that was cut off for another message', () => {
    for (const { name, route, body } of fixtures.filter((fixture) => !fixture.name.endsWith('.form'))) {
      const end = body.toString().trimEnd().length;
      for (let length = 1; length < Math.min(end, 3000); length += 7) {
        const reading = dialect.read(request(route, body.subarray(0, length)), {});
        expect([name, length, reading.ok]).toEqual([name, length, false]);
      }
    }
  });

  it('has a reply for every verdict in every format', () => {
    for (const format of ['json', 'form', 'xmlrpc'] as const) {
      for (const kind of ['accepted', 'unreadable', 'refused', 'unavailable'] as const) {
        const reply = dialect.reply({ kind, reason: '<&"\0>' }, format, {});
        expect(reply.contentType).toMatch(/^[a-z]+\/[a-z-]+/);
        expect(reply.body).not.toContain('\0');
      }
    }
  });

  it(`survives ${FUZZ_RUNS} mutations of its fixtures and as much noise`, () => {
    const bodies = fixtures.map((fixture) => fixture.body);
    const mutated = fc
      .tuple(
        fc.constantFrom(...bodies),
        fc.array(fc.tuple(fc.nat(), fc.nat(6), fc.uint8Array({ maxLength: 4 })), {
          minLength: 1,
          maxLength: 4,
        }),
      )
      .map(([body, cuts]) => cuts.reduce(splice, body));
    const noise = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc.json({ maxDepth: 6 }).map((text) => Buffer.from(text)),
      fc.string({ unit: 'binary' }).map((text) => Buffer.from(text)),
    );
    fc.assert(
      fc.property(
        fc.oneof({ weight: 2, arbitrary: mutated }, noise),
        fc.constantFrom(...dialect.routes),
        (body, route) => {
          expectSound(dialect.read(request(route, body), {}));
        },
      ),
      { numRuns: FUZZ_RUNS },
    );
  });
});

function splice(body: Uint8Array, [where, removed, inserted]: [number, number, Uint8Array]): Buffer {
  const at = where % (body.length + 1);
  return Buffer.concat([body.subarray(0, at), inserted, body.subarray(at + removed)]);
}
