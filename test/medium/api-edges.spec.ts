/** What comes to every operation alike: odd times, odd bodies, odd ids, no key. The operations are those of the OpenAPI document. */
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { openApi, ApiClient, type Answer, type TestApi, type TestTenant } from '../harness/api.js';
import { operationsOf, pathOfNobody, pathWith, sampleBody, type Operation } from '../harness/operations.js';

/** A hundred operations, each asked a hundred things. */
jest.setTimeout(120_000);

/** What people and portals do with their own sessions is tried where they begin; the others are for programs too. */
const OF_PEOPLE = /^(?:signIn|links|me|session|sessions|secondFactor|oidc|portalDoor|portalSession)\./;

let api: TestApi;
let acme: TestTenant;
let operations: Operation[];
beforeAll(async () => {
  api = await openApi({ API_RATE_PER_MINUTE: '1000000' });
  acme = await api.tenant();
  const all = operationsOf(await (await fetch(`${api.url}/docs/json`)).json());
  operations = all.filter(({ id }) => !OF_PEOPLE.test(id));
});
afterAll(() => api.close());

const clientOf = ({ path }: Operation): ApiClient =>
  /^\/v1\/(tenants|operator)\b/.test(path) ? api.operator : acme.client;

function ask(operation: Operation, body?: unknown, query = ''): Promise<Answer> {
  const path = pathOfNobody(operation.path) + query;
  const client = clientOf(operation);
  if (operation.method === 'get') return client.get(path);
  return client.ask(operation.method.toUpperCase(), path, body);
}

const fieldsOf = ({ body }: Answer) =>
  ((body['errors'] ?? []) as { field: string }[]).map(({ field }) => field);

describe('a path that no route can be found for', () => {
  it.each([
    ['/v1/calls/%FF', 400],
    ['/v1/contacts/by-external-id/%ED%A0%80', 400],
    [`/v1/contacts/${'a'.repeat(300)}`, 414],
    [`/v1/calls/${'a'.repeat(3_000)}`, 414],
  ])('is answered as a problem like any other: %s', async (path, status) => {
    const answer = await fetch(`${api.url}${path}`);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(await answer.json()).toMatchObject({ status, code: 'request.invalid', instance: path });
  });
});

describe("a connection's times", () => {
  it.each([
    ['holdOffSeconds', -1],
    ['holdOffSeconds', 'x'],
    ['holdOffSeconds', null],
    ['holdOffSeconds', 1e308],
    ['maxCallSeconds', -1],
    ['maxCallSeconds', 0],
    ['maxCallSeconds', 1e308],
  ])('are refused where they could not be used: %s %p', async (setting, value) => {
    const draft = { name: 'a', dialect: 'voicenter', country: 'IL', settings: { [setting]: value } };
    const answer = await acme.client.ask('POST', '/v1/connections', draft);
    expect([answer.status, fieldsOf(answer)]).toEqual([400, [`settings.${setting}`]]);
  });
});

const INSTANTS = [
  '2026-11-01T00:00:00Z',
  '2026-11-01T00:00:00+02:00',
  '20261101T000000Z',
  '1969-12-31T23:59:59Z',
  '1900-01-01T00:00:00Z',
  '0001-01-01T00:00:00Z',
  '9999-12-31T23:59:59.999Z',
  '2026-11-01T24:00:00Z',
  '2016-12-31T23:59:60Z',
  '2026-11-01 00:00:00Z',
  '2026-11-01t00:00:00.123456789z',
];
/** They read no more than so many days at once, and say so. */
const BOUNDED: ReadonlySet<string> = new Set(['calls.count']);
const NO_INSTANTS: unknown[] = [
  '',
  'x',
  '2026-11-01',
  '2026-11-01T00:00:00',
  '2026-02-30T00:00:00Z',
  '2026-W45-1T00:00:00Z',
  '2026-305T00:00:00Z',
  '0000-01-01T00:00:00Z',
  '-000001-01-01T00:00:00Z',
  '+275760-09-13T00:00:00Z',
  '+292278994-08-17T07:12:55Z',
  '2026-11-01T00:00:00+25:00',
  '1793491200',
  '1793491200000',
  '2026-11-01T00:00:00Z\u0000',
];

describe('a time', () => {
  it('is read or refused by name in every query that takes one', async () => {
    const taking = operations.flatMap((operation) => operation.times.map((name) => ({ operation, name })));
    expect(taking.length).toBeGreaterThan(5);
    for (const { operation, name } of taking) {
      const isBounded = BOUNDED.has(operation.id);
      for (const text of INSTANTS) {
        const answer = await ask(operation, undefined, `?${name}=${encodeURIComponent(text)}`);
        expect([operation.id, name, text, answer.status]).toEqual([
          operation.id,
          name,
          text,
          operation.hasPathId || isBounded ? expect.any(Number) : 200,
        ]);
        expect(answer.status).toBeLessThan(500);
        if (!isBounded) expect(fieldsOf(answer)).not.toContain(name);
      }
      for (const text of NO_INSTANTS) {
        const answer = await ask(operation, undefined, `?${name}=${encodeURIComponent(String(text))}`);
        expect([operation.id, text, answer.status, fieldsOf(answer)]).toEqual([
          operation.id,
          text,
          400,
          [name],
        ]);
      }
      const [one] = INSTANTS;
      for (const query of [
        `?${name}=${String(one)}&${name}=${String(one)}`,
        `?${name}[]=${String(one)}`,
        `?${name}`,
      ]) {
        expect([operation.id, query, (await ask(operation, undefined, query)).status]).toEqual([
          operation.id,
          query,
          400,
        ]);
      }
    }
  });

  it('may have its plus written as it is', async () => {
    const path = '/v1/calls?from=2026-11-01T00:00:00+02:00&to=2026-12-01T00:00:00+0200';
    expect((await acme.client.get(path)).status).toBe(200);
  });

  it('is read or refused by name in every body that takes one', async () => {
    const taking = operations.flatMap((operation) =>
      operation.bodyTimes.map((name) => ({ operation, name })),
    );
    expect(taking.length).toBeGreaterThan(4);
    for (const { operation, name } of taking) {
      const body = sampleBody(operation);
      for (const value of INSTANTS) {
        const answer = await ask(operation, { ...body, [name]: value });
        expect([operation.id, value, answer.status < 500]).toEqual([operation.id, value, true]);
      }
      const more = [1_793_491_200_000, -1, true, {}, [], ['2026-11-01T00:00:00Z'], { $date: 0 }];
      for (const value of [...NO_INSTANTS, ...more]) {
        const answer = await ask(operation, { ...body, [name]: value });
        expect([operation.id, value, answer.status, fieldsOf(answer)]).toEqual([
          operation.id,
          value,
          400,
          expect.arrayContaining([name]),
        ]);
      }
    }
  });
});

describe('every operation', () => {
  it('wants a key, whatever its path and its body are', async () => {
    const stranger = new ApiClient(api.url, '');
    for (const operation of operations) {
      const answer = await stranger.ask(operation.method.toUpperCase(), pathWith(operation.path, 'x'));
      expect([operation.id, answer.status]).toEqual([operation.id, 401]);
    }
  });

  it('is 404 for an operator who acts for a tenant that there is not', async () => {
    const odd = [crypto.randomUUID(), 'x', '', "'; DROP", '00000000-0000-0000-0000-000000000000'];
    for (const operation of operations) {
      for (const tenant of odd) {
        const client = api.operator.with({ 'switchhook-tenant': tenant });
        const answer = await client.ask(operation.method.toUpperCase(), pathOfNobody(operation.path));
        expect([operation.id, tenant, answer.status]).toEqual([operation.id, tenant, 404]);
      }
    }
  });

  it('says which methods its path has to who asks with another', async () => {
    const paths = new Set(operations.map(({ path }) => path));
    for (const path of paths) {
      const there = operations.filter((operation) => operation.path === path);
      const methods = there.map(({ method }) => method.toUpperCase());
      if (methods.includes('GET')) methods.push('HEAD');
      const target = pathOfNobody(path);
      const allow = [...methods, 'OPTIONS'].sort().join(', ');
      for (const method of ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'].filter(
        (one) => !methods.includes(one),
      )) {
        const answer = await acme.client.ask(method, target);
        expect([method, path, answer.status, answer.headers.get('allow')]).toEqual([
          method,
          path,
          405,
          allow,
        ]);
      }
      const options = await acme.client.ask('OPTIONS', target);
      expect([path, options.status, options.headers.get('allow')]).toEqual([path, 204, allow]);
    }
    expect((await acme.client.ask('OPTIONS', '/v1/nothing')).status).toBe(404);
  });

  it('is never at a loss for what stands in its path', async () => {
    const odd = [
      'x',
      '0',
      '-1',
      '1e9',
      '%00',
      'a%00b',
      '%ED%A0%80',
      '%25',
      '%2e%2e',
      '%20',
      "'",
      '%F0%9F%98%80',
      'a'.repeat(255),
      '__proto__',
    ];
    for (const operation of operations.filter(({ hasPathId }) => hasPathId)) {
      for (const id of odd) {
        const client = clientOf(operation);
        const answer = await client.ask(
          operation.method.toUpperCase(),
          pathWith(operation.path, id),
          operation.method === 'get' ? undefined : {},
        );
        expect([operation.id, id, answer.status < 500]).toEqual([operation.id, id, true]);
        expect(answer.status === 204 || answer.headers.get('content-type')).toBeTruthy();
      }
    }
  });

  it('is never at a loss for what stands in its query', async () => {
    const values = ['', '%00', '-1', '999999999999999999999', '%ED%A0%80', 'a'.repeat(3_000)];
    for (const operation of operations.filter(({ method }) => method === 'get')) {
      for (const name of [...operation.query, 'unheardOf', '__proto__', 'constructor', 'toString']) {
        const isOurs = operation.query.includes(name);
        for (const value of values) {
          const answer = await ask(operation, undefined, `?${name}=${value}`);
          expect([operation.id, name, value, answer.status < 500]).toEqual([operation.id, name, value, true]);
          if (!isOurs && operation.query.length > 0)
            expect([operation.id, name, answer.status]).toEqual([operation.id, name, 400]);
        }
        const twice = await ask(operation, undefined, `?${name}=1&${name}=2`);
        expect([operation.id, name, twice.status < 500]).toEqual([operation.id, name, true]);
      }
    }
  });
});

describe('a body', () => {
  const withBody = () => operations.filter(({ body }) => body !== undefined);

  it('that is no object, or no JSON in UTF-8, is refused by every operation that takes one', async () => {
    const large = `{"name":"${'x'.repeat(1024 * 1024)}"}`;
    const bodies: [string, string, number][] = [
      ['[]', 'application/json', 400],
      ['"text"', 'application/json', 400],
      ['7', 'application/json', 400],
      ['true', 'application/json', 400],
      ['{"a":', 'application/json', 400],
      [`${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`, 'application/json', 400],
      ['{}', 'text/plain', 415],
      ['{}', 'application/json; charset=windows-1255', 415],
      ['a=1', 'application/x-www-form-urlencoded', 415],
      [large, 'application/json', 413],
    ];
    for (const operation of withBody()) {
      for (const [body, type, expected] of bodies) {
        const client = clientOf(operation).with({
          'content-type': type,
          'idempotency-key': crypto.randomUUID(),
        });
        const path = pathOfNobody(operation.path);
        const { status } = await client.ask(operation.method.toUpperCase(), path, body);
        // What is named in the path may be looked for first.
        expect([
          operation.id,
          body.slice(0, 20),
          status === 404 && operation.hasPathId ? expected : status,
        ]).toEqual([operation.id, body.slice(0, 20), expected]);
      }
    }
  });

  it('with members that no object may have is refused with their path by every operation that takes one', async () => {
    for (const operation of withBody()) {
      for (const name of ['__proto__', 'constructor']) {
        for (const [member, field] of [
          ['', name],
          ...operation.objects.map((one) => [one, `${one}.${name}`]),
        ] as [string, string][]) {
          const odd = `{"${name}":{"a":1}}`;
          const body = member === '' ? odd : `{"${member}":${odd}}`;
          const answer = await clientOf(operation).ask(
            operation.method.toUpperCase(),
            pathOfNobody(operation.path),
            body,
          );
          expect([operation.id, field, answer.status, fieldsOf(answer)]).toEqual([
            operation.id,
            field,
            400,
            [field],
          ]);
        }
      }
    }
  });

  it('with null for a member that cannot be null is refused', async () => {
    for (const operation of withBody()) {
      for (const name of operation.notNull) {
        const answer = await ask(operation, { ...sampleBody(operation), [name]: null });
        expect([operation.id, name, answer.status, fieldsOf(answer)]).toEqual([
          operation.id,
          name,
          400,
          expect.arrayContaining([name]),
        ]);
      }
    }
  });

  it('with a text of blanks, or one that cannot be kept, is refused by name', async () => {
    for (const operation of withBody()) {
      for (const name of operation.texts) {
        for (const text of [' ', '\u200b', '\u00a0\t', 'a\u0000', '\ud800']) {
          const answer = await ask(operation, { ...sampleBody(operation), [name]: text });
          expect([operation.id, name, text, answer.status, fieldsOf(answer)]).toEqual([
            operation.id,
            name,
            text,
            400,
            expect.arrayContaining([name]),
          ]);
        }
      }
    }
  });
});

describe('a PATCH of nothing', () => {
  it('changes nothing, and is answered like a change', async () => {
    const made = await acme.client.post('/v1/contacts', { name: 'Dana', metadata: { a: 1 } });
    const path = `/v1/contacts/${String(made.body['id'])}`;
    for (const body of [undefined, {}, '', '\ufeff']) {
      const answer = await acme.client.with({ 'content-type': 'application/json' }).ask('PATCH', path, body);
      expect([answer.status, answer.body['name'], answer.body['metadata']]).toEqual([200, 'Dana', { a: 1 }]);
    }
  });
});

describe('what a tenant keeps with us', () => {
  it('stays exactly as it was given, whatever its members are called', async () => {
    const names = [
      'toString',
      'valueOf',
      'hasOwnProperty',
      'prototype',
      'then',
      'toJSON',
      '__defineGetter__',
      '',
      '$ref',
    ];
    const own = Object.fromEntries(
      names.map((name) => [name, { [name]: [name, 1, null, { [name]: true }] }]),
    );
    const contact = await acme.client.post('/v1/contacts', { name: 'Dana', metadata: own });
    expect(contact.body['metadata']).toEqual(own);
    const payload = { toString: { $exist: true }, hasOwnProperty: 'x', prototype: { valueOf: 1 } };
    const endpoint = await acme.client.post('/v1/endpoints', {
      name: 'CRM',
      url: 'https://crm.example/',
      eventTypes: ['*'],
      filter: { payload },
    });
    expect([endpoint.status, endpoint.body['filter']]).toEqual([201, { payload }]);
  });

  it('has a byte order mark in front of it skipped', async () => {
    const client = acme.client.with({ 'content-type': 'application/json' });
    const made = await client.ask('POST', '/v1/contacts', `\ufeff${JSON.stringify({ name: 'Dana' })}`);
    expect([made.status, made.body['name']]).toEqual([201, 'Dana']);
  });
});

describe('wrong keys', () => {
  it('are given up on, while the right one goes on working from the same address', async () => {
    const right = await api.client(acme.id, ['read']);
    const before = await api.sql.count(`SELECT count(*) FROM tenant`);
    const statuses: number[] = [];
    for (let turn = 0; turn < 60; turn += 1) {
      const wrong = new ApiClient(api.url, `sk_${String(turn)}`);
      const answer = await wrong.get('/v1/calls');
      statuses.push(answer.status);
      if (answer.status === 429) expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    }
    expect(statuses.slice(0, 20)).toEqual(Array(20).fill(401));
    expect(statuses.slice(-20)).toEqual(Array(20).fill(429));
    expect((await right.get('/v1/calls')).status).toBe(200);
    expect((await acme.client.get('/v1/calls')).status).toBe(200);
    expect(before).toBeGreaterThan(0);
  });
});
