import { Webhook } from 'standardwebhooks';
import { instant, type CallId, type TenantId } from '#domain';
import { newId } from '#platform';
import { sampleCall } from '../../apps/api/endpoints/sample-call.js';
import { oweDelivery } from '../builders/delivery.js';
import { Crm } from '../harness/crm.js';
import { ForwarderRig } from '../harness/forwarder-rig.js';
import { makeEndpoint, makeTenant, type EndpointTraits, type TestEndpoint } from '../harness/tenant.js';
import { openWorld, type World } from '../harness/world.js';

const MINUTE = 60_000;
const CALL = sampleCall(instant(Date.UTC(2026, 10, 21, 9, 30)), { call: newId(), connection: newId() });
const answer = (body: string) => ({ status: 200, body });

describe('the forwarder’s formats', () => {
  let world: World;
  let rig: ForwarderRig;
  let crm: Crm;
  let tenantId: TenantId;

  beforeAll(async () => {
    world = await openWorld();
  });
  afterAll(() => world.close());
  beforeEach(async () => {
    rig = new ForwarderRig(world);
    crm = await Crm.open();
    tenantId = await makeTenant(world.sql);
  });
  afterEach(async () => {
    rig.close();
    await crm.stop();
  });

  const endpointIn = (format: string, formatSettings = {}, more: Partial<EndpointTraits> = {}) =>
    makeEndpoint(world.sql, tenantId, { url: crm.url(), format, formatSettings, ...more });
  const owe = (endpoint: TestEndpoint, eventType = 'call.ended') =>
    oweDelivery(world.sql, endpoint, { eventType, payload: CALL });
  const paths = () => crm.requests.map(({ path }) => path.split('?')[0]);

  it('a CDR that is answered with err 2 and HTTP 200 is refused, tried again, and delivered with err 0', async () => {
    const endpoint = await endpointIn('voicenter', { encoding: 'form' });
    await owe(endpoint);
    crm.play({
      answers: [answer('{"err":2,"errdesc":"no such customer"}')],
      otherwise: answer('{"err":"0"}'),
    });
    await rig.drain(endpoint);
    expect(await rig.deliveries(endpoint)).toMatchObject([{ state: 'due', attempts: 1, refusals: 1 }]);
    const [first] = await rig.attempts(endpoint);
    expect(first).toMatchObject({
      outcome: 'refused',
      status: 200,
      body: '{"err":2,"errdesc":"no such customer"}',
    });
    await rig.pass(endpoint, 3 * MINUTE);
    await rig.drain(endpoint);
    expect(await rig.deliveries(endpoint)).toMatchObject([{ state: 'delivered', attempts: 2 }]);
    const [one, two] = crm.requests;
    // Its own `verify` wants JSON in every body.
    const sentAt = new Date(Number(one?.headers['webhook-timestamp']) * 1000);
    const signature = new Webhook(endpoint.secret).sign(
      one?.headers['webhook-id'] ?? '',
      sentAt,
      one?.body ?? '',
    );
    expect(one?.headers['webhook-signature']).toBe(signature);
    expect(one?.headers['content-type']).toBe('application/x-www-form-urlencoded');
    expect([one?.body, one?.headers['webhook-id']]).toEqual([two?.body, two?.headers['webhook-id']]);
    expect(new URLSearchParams(one?.body).get('ivruniqueid')).toBe('sample-call');
  });

  it('is told why when it has been refused for good', async () => {
    const endpoint = await endpointIn('voicenter', { encoding: 'xmlrpc' });
    await owe(endpoint);
    crm.play({ otherwise: answer('<html>Please log in</html>') });
    for (let tries = 0; tries < 3; tries += 1) {
      await rig.drain(endpoint);
      await rig.pass(endpoint, 15 * MINUTE);
    }
    expect(await rig.deliveries(endpoint)).toMatchObject([
      {
        state: 'dead',
        attempts: 3,
        reason: expect.stringContaining('its answer is no XML-RPC response') as string,
      },
    ]);
  });

  it('skips what a format has no message for, without a request and without holding up what follows', async () => {
    const endpoint = await endpointIn('voicenter');
    const { callId } = await owe(endpoint, 'call.answered');
    await oweDelivery(world.sql, endpoint, { callId, sequence: 2, payload: CALL });
    await rig.drain(endpoint);
    expect(await rig.deliveries(endpoint)).toMatchObject([
      { state: 'skipped', attempts: 0, reason: 'The format voicenter has no message for call.answered.' },
      { state: 'delivered', attempts: 1 },
    ]);
    expect(crm.requests).toHaveLength(1);
    expect(await rig.attempts(endpoint)).toHaveLength(1);
    const [seen] = await world.sql.rows<{ tried: unknown; finished: unknown }>(
      `SELECT first_tried_at AS tried, finished_at AS finished FROM delivery WHERE state = 'skipped' AND endpoint_id = $1`,
      [endpoint.id],
    );
    expect([seen?.tried, seen?.finished === null]).toEqual([null, false]);
  });

  it('a GET goes with its ids and without a signature, and a row of the table is one request', async () => {
    const rows = [
      { kind: 2, url: crm.url('/a?mine=1') },
      { kind: 2, url: crm.url('/b'), method: 'POST' },
      { kind: 0, url: crm.url('/never') },
    ];
    const endpoint = await endpointIn('voipnow', { rows });
    const { id } = await owe(endpoint);
    await rig.drain(endpoint);
    expect(await rig.deliveries(endpoint)).toMatchObject([{ state: 'delivered', attempts: 1 }]);
    const [get, post] = crm.requests;
    expect(get?.path).toMatch(/^\/a\?mine=1&CallID=sample-call&/);
    expect(get?.headers).toMatchObject({ 'webhook-id': `${id}.1` });
    expect(get?.headers).not.toHaveProperty('webhook-signature');
    expect(post?.headers).toMatchObject({
      'webhook-id': `${id}.2`,
      'webhook-signature': expect.stringContaining('v1,') as string,
    });
  });

  it('of several requests, those that were taken are not made again', async () => {
    const rows = ['/a', '/b', '/c'].map((path) => ({ kind: 2, url: crm.url(path) }));
    const endpoint = await endpointIn('voipnow', { rows });
    await owe(endpoint);
    crm.play({ answers: [200, 503, 200] });
    await rig.drain(endpoint);
    expect(paths()).toEqual(['/a', '/b', '/c']);
    expect(await rig.deliveries(endpoint)).toMatchObject([{ state: 'due', attempts: 1 }]);
    expect(await rig.attempts(endpoint)).toMatchObject([{ outcome: 'unreachable', status: 503 }]);
    await rig.pass(endpoint, MINUTE);
    await rig.drain(endpoint);
    expect(paths().slice(3)).toEqual(['/b']);
    expect(await rig.deliveries(endpoint)).toMatchObject([{ state: 'delivered', attempts: 2 }]);
  });

  it('one URL of several that is gone does not disable the endpoint', async () => {
    const rows = ['/a', '/b'].map((path) => ({ kind: 2, url: crm.url(path) }));
    const endpoint = await endpointIn('voipnow', { rows });
    await owe(endpoint);
    crm.play({ answers: [410, 200] });
    await rig.drain(endpoint);
    expect(await rig.deliveries(endpoint)).toMatchObject([{ state: 'due', refusals: 1 }]);
    expect(await world.sql.row(`SELECT state FROM endpoint WHERE id = $1`, [endpoint.id])).toEqual({
      state: 'enabled',
    });
  });

  it('messages that depend on each other stop at the first that is not taken, and go on from there', async () => {
    const endpoint = await endpointIn('zammad');
    await oweDelivery(world.sql, endpoint, { sequence: 1, payload: CALL });
    crm.play({ answers: [200, 500] });
    await rig.drain(endpoint);
    await rig.pass(endpoint, MINUTE);
    await rig.drain(endpoint);
    expect(crm.requests.map(({ body }) => (JSON.parse(body) as { event: string }).event)).toEqual([
      'newCall',
      'answer',
      'answer',
      'hangup',
    ]);
    expect(await rig.deliveries(endpoint)).toMatchObject([{ state: 'delivered' }]);
  });

  it('a phone that a colleague’s answer ended is not ended again, unless the endpoint was not told of the answer', async () => {
    const group = {
      ...CALL,
      extension: '101',
      rang: ['101', '102'],
      legs: [
        { ...CALL, key: 'a', extension: '101', state: 'ended' },
        { ...CALL, key: 'b', extension: '102', state: 'ended', result: 'cancelled', answeredAt: null },
      ],
    };
    const rows = [2, 3].map((kind) => ({ kind, url: crm.url(`/${kind}`) }));
    const endpoint = await endpointIn('voipnow', { rows });
    const told = async (...eventTypes: string[]) => {
      const callId = newId<CallId>();
      for (const [index, eventType] of eventTypes.entries()) {
        await oweDelivery(world.sql, endpoint, { callId, sequence: index + 1, eventType, payload: group });
      }
      await rig.drain(endpoint);
      return crm.requests.splice(0).map(({ path }) => {
        const { pathname, searchParams } = new URL(path, 'http://crm');
        return `${pathname} ${searchParams.get('CalledExtension') ?? ''}`;
      });
    };
    expect(await told('call.answered', 'call.ended')).toEqual(['/3 101', '/2 102', '/2 101']);
    expect(await told('call.ended')).toEqual(['/2 101', '/2 102']);
  });

  describe('in the delivery log', () => {
    const KIB = 1024;

    it('are kept as they were sent, where the body is not the event itself', async () => {
      const formats: [format: string, settings: object][] = [
        ['template', { body: '{"caller":"{{data.from.e164}}"}' }],
        ['voipnow', { rows: [{ kind: 2, url: crm.url('/post'), method: 'POST' }] }],
        ['voicenter', {}],
        ['zammad', {}],
        ['standard', {}],
      ];
      for (const [format, settings] of formats) {
        const endpoint = await endpointIn(format, settings);
        await owe(endpoint);
        await rig.drain(endpoint);
        const [attempt] = await rig.attempts(endpoint);
        const sent = crm.requests.splice(0).at(-1)?.body;
        expect(sent).toMatch(/./);
        expect([format, attempt?.requestBody]).toEqual([format, format === 'standard' ? null : sent]);
      }
    });

    it('end after 16 KiB, with a whole character', async () => {
      const endpoint = await endpointIn('template', {
        contentType: 'text/plain',
        body: `-${'ü'.repeat(9 * KIB)}`,
      });
      await owe(endpoint);
      await rig.drain(endpoint);
      expect(await rig.attempts(endpoint)).toMatchObject([{ requestBody: `-${'ü'.repeat(8 * KIB - 1)}` }]);
    });

    it('show nothing of the headers that a template sets, also where an answer repeats them', async () => {
      const headers = {
        'X-Tenant': 's3cret-of-theirs',
        Authorization: 'Bearer t0ken-of-theirs',
        'X-Route': 'r0ute-{{type}}-{{ data.none | default: "d3fault" }}',
        'X-Type': '{{type}}',
        Accept: 'text/plain',
      };
      const said = 's3cret-of-theirs, t0ken-of-theirs, r0ute-, d3fault';
      // It would be cut in its middle.
      const body = `${'x'.repeat(16 * KIB - 8)}s3cret-of-theirs`;
      const endpoint = await endpointIn('template', { headers, contentType: 'text/plain', body });
      await owe(endpoint);
      crm.play({
        otherwise: { status: 400, headers: { 'x-said': said, 'content-type': 'text/plain' }, body: said },
      });
      await rig.drain(endpoint);
      expect(crm.requests[0]?.headers).toMatchObject({
        'x-tenant': 's3cret-of-theirs',
        'x-route': 'r0ute-call.ended-d3fault',
      });
      expect(await rig.attempts(endpoint)).toMatchObject([
        {
          requestHeaders: {
            'x-tenant': '[redacted]',
            authorization: '[redacted]',
            'x-route': '[redacted]',
            'x-type': 'call.ended',
            accept: 'text/plain',
          },
          requestBody: `${'x'.repeat(16 * KIB - 8)}[redacte`,
          headers: {
            'x-said': '[redacted], [redacted], [redacted], [redacted]',
            'content-type': 'text/plain',
          },
          body: '[redacted], [redacted], [redacted], [redacted]',
        },
      ]);
      const kept = await world.sql.rows(
        `SELECT a.*, d.reason FROM attempt a JOIN delivery d ON d.id = a.delivery_id WHERE a.endpoint_id = $1`,
        [endpoint.id],
      );
      expect(JSON.stringify(kept)).not.toMatch(/s3cret|t0ken|r0ute|d3fault/);
    });
  });

  it('an endpoint whose settings cannot be read is disabled with the reason, and what it is owed is held', async () => {
    const endpoint = await endpointIn('voicenter', { encoding: 'telex' });
    await owe(endpoint);
    await rig.drain(endpoint);
    const reason = 'the settings of its format voicenter cannot be read';
    expect(await rig.deliveries(endpoint)).toMatchObject([{ state: 'held', reason }]);
    expect(
      await world.sql.row(`SELECT state, state_reason AS reason FROM endpoint WHERE id = $1`, [endpoint.id]),
    ).toEqual({
      state: 'disabled',
      reason,
    });
    expect(crm.requests).toEqual([]);
  });
});
