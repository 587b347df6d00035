/** Orders to dial by our own API, on simulated PBXs. */
import type { Vendor } from '../../apps/simulator/index.js';
import { makeOrder } from '../builders/dial-attempt.js';
import { makePerson, signedIn } from '../builders/person.js';
import type { Answer, ApiClient } from '../harness/api.js';
import { until } from '../harness/until.js';
import { VendorDesk, type OfficeTraits, type VendorOffice } from '../harness/vendor-desk.js';

const VENDORS: Vendor[] = ['voicenter', 'globalex', 'voipnow'];
const PATH = '/v1/orders';

let desk: VendorDesk;
beforeAll(async () => {
  desk = await VendorDesk.open();
});
afterAll(() => desk.close());

const quiet = (vendor: Vendor = 'globalex', traits: OfficeTraits = {}) =>
  desk.office(vendor, { tells: false, ...traits });
const codeOf = ({ status, body }: Answer) => [status, body['code']];
const numberOf = (digits: string) => `+9725012345${digits}`;

function draft({ connection, phones }: VendorOffice, digits = '00', more: object = {}): object {
  return {
    connectionId: connection.id,
    first: { kind: 'extension', value: phones[0] },
    second: { kind: 'number', value: numberOf(digits) },
    ...more,
  };
}

const place = (office: VendorOffice, digits = '00', more: object = {}) =>
  office.tenant.client.post(PATH, draft(office, digits, more));

describe.each(VENDORS)('an order on a PBX of %s', (vendor) => {
  it('that is taken is 201, and can be read and listed', async () => {
    const office = await quiet(vendor);
    const answer = await place(office, '00', { variables: { ticket: '4711' } });
    expect([answer.status, answer.body]).toMatchObject([
      201,
      {
        ...{
          connectionId: office.connection.id,
          source: 'api',
          kind: 'call',
          state: 'accepted',
          reason: null,
        },
        vendorCallId: office.pbx.desk.calls[0]?.id,
        first: { kind: 'extension', value: office.phones[0] },
        second: { kind: 'number', value: numberOf('00') },
        variables: { ticket: '4711' },
      },
    ]);
    const { client } = office.tenant;
    expect((await client.get(`${PATH}/${String(answer.body['id'])}`)).body).toEqual(answer.body);
    expect((await client.get(PATH)).body.data).toEqual([answer.body]);
  });

  it('that is refused is 422, with a sentence and the order', async () => {
    const office = await quiet(vendor);
    const answer = await place(office, '20');
    expect(codeOf(answer)).toEqual([422, 'order.refused']);
    const order = await office.tenant.client.get(`${PATH}/${String(answer.body['orderId'])}`);
    expect(order.body).toMatchObject({ state: 'refused', reason: answer.body['detail'] });
  });

  it.each(['30', '31', '33', '34', '37'])(
    'whose answer is lost (%s at its end) is 201 and unknown, and the number is not dialled again',
    async (digits) => {
      const office = await quiet(vendor);
      const answer = await place(office, digits);
      expect([answer.status, answer.body]).toMatchObject([201, { state: 'unknown', vendorCallId: null }]);
      expect(answer.body['reason']).toMatch(/^[A-Z].+\.$/);
      const other = { first: { kind: 'extension', value: office.phones[1] } };
      expect(codeOf(await place(office, digits, other))).toEqual([409, 'order.blocked']);
      expect(office.pbx.desk.calls.length).toBe(['31', '34'].includes(digits) ? 0 : 1);
    },
  );

  it('that comes twice within two seconds is one call', async () => {
    const office = await quiet(vendor);
    const [one, two] = await Promise.all([place(office, '36'), place(office, '36')]);
    expect(one.body).toEqual(two.body);
    expect(office.pbx.placedTo(numberOf('36'))).toBe(1);
  });
});

describe('an order', () => {
  it('with an Idempotency-Key is one, however often it is sent', async () => {
    const office = await quiet();
    const key = { 'idempotency-key': crypto.randomUUID() };
    const client = office.tenant.client.with(key);
    const answers = [
      await client.post(PATH, draft(office)),
      // Two seconds are over by then.
      await desk.api.sql
        .rows(`UPDATE dial_attempt SET sent_at = sent_at - interval '10 s'`)
        .then(() => client.post(PATH, draft(office))),
    ];
    expect(answers[0]?.body).toEqual(answers[1]?.body);
    expect(office.pbx.desk.calls).toHaveLength(1);
  });

  it('is blocked by the list, by a call that goes on and by a switched-off account, each by its name', async () => {
    const office = await quiet();
    const { client } = office.tenant;
    await client.post('/v1/do-not-call', { numbers: [{ number: numberOf('01') }] });
    const listed = await place(office, '01');
    expect([...codeOf(listed), listed.body['gate']]).toEqual([409, 'order.blocked', 'do_not_call']);
    await place(office);
    const other = { first: { kind: 'extension', value: office.phones[1] } };
    expect((await place(office, '00', other)).body['gate']).toBe('open_call');
    await desk.api.sql.rows('UPDATE pbx_account SET enabled = false WHERE connection_id = $1', [
      office.connection.id,
    ]);
    expect((await place(office, '02')).body['gate']).toBe('account_disabled');
    expect(office.pbx.desk.calls).toHaveLength(1);
    await client.delete(`/v1/connections/${office.connection.id}/pbx-account`);
    expect(codeOf(await place(office, '02'))).toEqual([409, 'pbx.no_account']);
  });

  it('beyond what the account allows at once is 429, and says when to come again', async () => {
    const office = await quiet('globalex', { account: { atOnce: 1 } });
    await makeOrder(desk.api.sql, office.connection, { state: 'sending' });
    const answer = await place(office);
    expect(codeOf(answer)).toEqual([429, 'order.too_many']);
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(office.pbx.requests).toEqual([]);
  });

  it('that the PBX cannot carry out is 501, and nothing is sent', async () => {
    const office = await quiet('globalex');
    const first = { kind: 'number', value: numberOf('00') };
    const answer = await place(office, '00', { kind: 'announce', second: undefined, first });
    expect([...codeOf(answer), answer.body['capability']]).toEqual([501, 'pbx.unsupported', 'announce']);
    expect(office.pbx.requests).toEqual([]);
  });

  it('whose phone is not there is refused as offline', async () => {
    const office = await quiet('voicenter');
    const answer = await place(office, '21', { checkDevice: true });
    expect([...codeOf(answer), answer.body['vendorCode']]).toEqual([422, 'order.refused', 'offline']);
  });

  it.each<[object, string]>([
    [{ second: undefined }, 'second'],
    [{ kind: 'conference' }, 'second'],
    [{ second: { kind: 'number', value: 'x' } }, 'second.value'],
    [{ variables: { 'a b': '1' } }, 'variables.a b'],
    [{ variables: Object.fromEntries(Array.from({ length: 11 }, (_, at) => [`v${at}`, ''])) }, 'variables'],
  ])('with %j is 400, and names the fault', async (more, field) => {
    const office = await quiet();
    const answer = await place(office, '00', more);
    expect([answer.status, (answer.body['errors'] as { field: string }[])[0]?.field]).toEqual([400, field]);
    expect(office.pbx.requests).toEqual([]);
  });

  it('is found by its connection, its state and its number, and by nobody else', async () => {
    const office = await quiet();
    const placed = [await place(office), await place(office, '30')].map(({ body }) => String(body['id']));
    const found = async (query: string, client: ApiClient = office.tenant.client) =>
      (await client.get(`${PATH}?${query}`)).body.data.map(({ id }) => id);
    expect(await found('')).toEqual([...placed].reverse());
    expect(await found('state=unknown')).toEqual([placed[1]]);
    expect(await found(`number=${encodeURIComponent(numberOf('00'))}`)).toEqual([placed[0]]);
    expect(await found('number=nobody')).toEqual([]);
    expect(await found(`connectionId=${office.connection.id.toUpperCase()}`)).toHaveLength(2);
    const { client } = await desk.api.tenant('Other');
    expect(await found(`connectionId=${office.connection.id}`, client)).toEqual([]);
    expect(codeOf(await client.get(`${PATH}/${String(placed[0])}`))).toEqual([404, 'resource.not_found']);
    expect(codeOf(await client.post(PATH, draft(office)))).toEqual([404, 'resource.not_found']);
  });
});

describe('an agent’s own order', () => {
  const agentOf = async ({ tenant, agents }: VendorOffice, which: 0 | 1 = 0) => {
    const person = await makePerson(desk.api.sql, [
      { tenant: tenant.id, role: 'agent', agentId: agents[which] },
    ]);
    return (await signedIn(desk.api.url, person)).with({ 'switchhook-tenant': tenant.id });
  };
  const OWN = '/v1/me/orders';

  it('rings the agent’s own phone first', async () => {
    const office = await quiet('voicenter');
    const dana = await agentOf(office);
    const answer = await dana.post(OWN, { to: '050-1234500' });
    expect([answer.status, answer.body]).toMatchObject([
      201,
      {
        ...{ agentId: office.agents[0], state: 'accepted' },
        first: { kind: 'extension', value: office.phones[0] },
        second: { kind: 'number', value: numberOf('00') },
      },
    ]);
    const inside = await dana.post(OWN, { to: office.short[1] });
    expect(inside.body['second']).toEqual({ kind: 'extension', value: office.phones[1] });
    expect((await dana.post(OWN, { to: 'nobody' })).status).toBe(400);
    // By the name that stands on the desk.
    expect((await dana.post(OWN, { to: '0501234501', extension: office.short[0] })).status).toBe(201);
  });

  it('of one with several phones must say which, and of one with none is refused', async () => {
    const office = await quiet();
    const { sql } = desk.api;
    const [dana, omer] = [await agentOf(office), await agentOf(office, 1)];
    await sql.rows('UPDATE extension SET agent_id = $2 WHERE connection_id = $1', [
      office.connection.id,
      office.agents[0],
    ]);
    expect(codeOf(await omer.post(OWN, { to: numberOf('00') }))).toEqual([409, 'me.no_phone']);
    const several = await dana.post(OWN, { to: numberOf('00') });
    expect([...codeOf(several), (several.body['phones'] as object[]).length]).toEqual([
      409,
      'me.several_phones',
      2,
    ]);
    const { data } = (await dana.get('/v1/me/phones')).body;
    expect(data).toMatchObject(
      office.phones.map((extension) => ({ extension, connectionId: office.connection.id })),
    );
    expect((await omer.get('/v1/me/phones')).body.data).toEqual([]);
    const chosen = await dana.post(OWN, { to: numberOf('00'), extension: office.phones[1] });
    expect(chosen.body['first']).toEqual({ kind: 'extension', value: office.phones[1] });
  });
});

describe('a call that goes on', () => {
  const callOf = (office: VendorOffice) =>
    until('the call to be told of', async () => {
      await desk.enricher.drain(office.connection);
      const rows = await desk.api.sql.rows<{ id: string }>('SELECT id FROM call WHERE connection_id = $1', [
        office.connection.id,
      ]);
      return rows[0]?.id;
    });

  it.each(['voicenter', 'voipnow'] as const)('is listed by a PBX of %s, and ended there', async (vendor) => {
    const office = await desk.office(vendor);
    const { client } = office.tenant;
    const { body } = await place(office);
    const listed = () =>
      client.get(
        `/v1/connections/${office.connection.id}/pbx-calls?extension=${encodeURIComponent(office.phones[0])}`,
      );
    expect((await listed()).body.data).toMatchObject([
      { vendorCallId: body['vendorCallId'], extension: office.phones[0] },
    ]);
    const id = await callOf(office);
    expect((await client.post(`/v1/calls/${id}/hang-up`)).status).toBe(204);
    expect(office.pbx.desk.liveCalls()).toEqual([]);
    expect((await listed()).body.data).toEqual([]);
    await office.pbx.told();
    await until('it to be over', async () => {
      await desk.enricher.drain(office.connection);
      return codeOf(await client.post(`/v1/calls/${id}/hang-up`))[1] === 'call.over';
    });
  });

  it('is not ended along with another one of the same phone', async () => {
    const office = await desk.office('voicenter');
    await place(office);
    const id = await callOf(office);
    await place(office, '01');
    const { client } = office.tenant;
    expect(codeOf(await client.post(`/v1/calls/${id}/hang-up`))).toEqual([409, 'call.shares_extension']);
    expect(office.pbx.desk.liveCalls()).toHaveLength(2);
  });

  it('is handed on and recorded where the PBX can, and else 501', async () => {
    const office = await desk.office('voicenter');
    const { client } = office.tenant;
    await place(office);
    const id = await callOf(office);
    const to = { kind: 'extension', value: office.phones[1] };
    expect(codeOf(await client.post(`/v1/calls/${id}/transfer`, to))).toEqual([501, 'pbx.unsupported']);
    expect((await client.post(`/v1/calls/${id}/recording`, { state: 'mute' })).status).toBe(204);
    const other = await desk.api.tenant('Other');
    expect(codeOf(await other.client.post(`/v1/calls/${id}/hang-up`))).toEqual([404, 'resource.not_found']);
  });

  it('is told of one phone at a time where the PBX lists no others', async () => {
    const office = await quiet('globalex');
    const path = `/v1/connections/${office.connection.id}/pbx-calls`;
    expect(codeOf(await office.tenant.client.get(path))).toEqual([501, 'pbx.unsupported']);
    await place(office);
    const one = await office.tenant.client.get(`${path}?extension=${office.phones[0]}`);
    expect(one.body.data).toMatchObject([{ extension: '101', state: 'ringing' }]);
  });
});
