/** A client that was written for Voicenter and dials on another vendor's PBX sees its calls as Voicenter would show them. */
import type { Vendor } from '../../apps/simulator/index.js';
import { VendorDesk, type VendorOffice } from '../harness/vendor-desk.js';
import { makeCall } from '../builders/history.js';
import { until } from '../harness/until.js';

const OTHERS: Vendor[] = ['globalex', 'voipnow', 'asterisk'];
const TARGET = '0501234500';
const START = Date.parse('2026-03-01T08:00:00Z');
const DAY = { fromdate: '2026-03-01T00:00', todate: '2026-03-02T00:00' };

interface Log {
  ERROR_NUMBER: number;
  STATUS_CODE: number;
  TOTAL_HITS: number;
  RETURN_HITS: number;
  CDR_LIST: Record<string, string>[];
}
interface Extension {
  username: string;
  extensionID: number;
  userID: number;
  calls: { ivrid: string; callstatus: string }[];
}

let desk: VendorDesk;
beforeAll(async () => {
  desk = await VendorDesk.open();
});
afterAll(() => desk.close());

function clientOf(code: string, url = desk.api.url) {
  const ask = async (path: string, params: [string, string][] | Record<string, string> = {}) => {
    const all = new URLSearchParams([
      ['code', code],
      ...(Array.isArray(params) ? params : Object.entries(params)),
    ]);
    return (await (await fetch(`${url}${path}?${all.toString()}`)).json()) as never;
  };
  return {
    click: async (params: Record<string, string>) =>
      (await ask('/ForwardDialer/click2call.aspx', { target: TARGET, format: 'json', ...params })) as {
        ERRORCODE: number;
        CALLID: string;
      },
    log: (params: [string, string][] | Record<string, string>): Promise<Log> => ask('/hub/cdr/', params),
    talking: async (params: Record<string, string> = {}) =>
      ((await ask('/comet/API/GetExtensionsCalls', params)) as { EXTENSIONS: Extension[] }).EXTENSIONS,
    list: async () =>
      ((await ask('/Comet/api/GetExtensions')) as { EXTENSIONS: Record<string, string | number>[] })
        .EXTENSIONS,
  };
}

async function clientOn(office: VendorOffice, more: object = {}) {
  const { code = '' } = await desk.credential(office, 'voicenter', more);
  return clientOf(code);
}

describe.each(OTHERS)('a call that Voicenter’s client orders on a PBX of %s', (vendor) => {
  it.each([
    ['', {}],
    [', also with a variable of the name that we give our own id', { var_order_id: '4711' }],
  ])('is in active calls and in the log under the CALLID that it was given%s', async (_, more) => {
    const office = await desk.office(vendor);
    const client = await clientOn(office);
    const [phone] = office.phones;
    const { CALLID } = await client.click({ phone: office.short[0], ...more });
    expect(CALLID).toHaveLength(32);
    // GlobalEx tells of a call only when it is over: until then it is what was ordered.
    if (vendor !== 'globalex') await desk.heard(office.connection);
    const [extension] = await client.talking({ extension: phone });
    expect(extension?.calls.map(({ ivrid }) => ivrid)).toEqual([CALLID]);
    expect(await client.click({ phone: office.short[0], action: 'terminate' })).toMatchObject({
      ERRORCODE: 0,
    });
    expect(office.pbx.desk.liveCalls()).toHaveLength(0);
    await office.pbx.told();
    await until('the call to be over', async () => {
      await desk.enricher.drain(office.connection);
      return (await client.talking()).every(({ calls }) => calls.length === 0);
    });
    const log = await client.log({ format: 'JSON', callID: CALLID });
    expect(log).toMatchObject({ ERROR_NUMBER: 0, TOTAL_HITS: 1 });
    expect(log.CDR_LIST[0]).toMatchObject({
      CallID: CALLID,
      TargetNumber: expect.stringMatching(/^(972|0)501234500$/) as string,
    });
    // Of a call that nobody took GlobalEx does not say whose phone it was. An Asterisk's is over in its first step, where the phone is what is called.
    if (vendor === 'voipnow') expect(log.CDR_LIST[0]).toMatchObject({ CallerExtension: phone });
    const first = { Type: 'Click2Call leg1', CallerExtension: '', TargetExtension: phone };
    if (vendor === 'asterisk') expect(log.CDR_LIST[0]).toMatchObject(first);
    expect((await client.log({ callID: CALLID.toUpperCase() })).RETURN_HITS).toBe(1);
    const other = await desk.office(vendor);
    expect((await (await clientOn(other)).log({ callID: CALLID })).TOTAL_HITS).toBe(0);
  });
});

describe('active calls', () => {
  it('are those of one extension, by any of its names, whichever of these the PBX printed', async () => {
    const office = await desk.office('voicenter', { tells: false });
    const client = await clientOn(office);
    const [sip] = office.phones;
    const [short] = office.short;
    const body = {
      phone: '972501234500',
      ivrid: 'v-1',
      extenUser: short,
      status: 'Talking',
      direction: 'Incoming',
    };
    const path = office.connection.basePath;
    await fetch(desk.ingressUrl(`${path}/popup`), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    await desk.heard(office.connection);
    for (const extension of [short, sip]) {
      const found = await client.talking({ extension });
      expect(found.map(({ username, calls }) => [username, calls.length])).toEqual([[sip, 1]]);
    }
    expect((await client.log({ callID: 'v-1' })).RETURN_HITS).toBe(1);
    // It names the one call that it ends.
    expect(await client.click({ phone: sip, action: 'terminate' })).toMatchObject({
      ERRORCODE: 0,
      CALLID: 'v-1',
    });
  });
});

describe('the log', () => {
  const number = '+972501234599';
  const phones = ['972501234599'] as const;

  it('tells what fits all that is asked for, and never more', async () => {
    const office = await desk.office('globalex', { tells: false });
    const [one, two] = office.phones;
    const client = await clientOn(office);
    const make = (more: object) => makeCall(desk.api.sql, office.connection, { startedAt: START, ...more });
    await make({ vendorCallId: 'a', customerNumber: number, extension: one, leg: { extension: one } });
    await make({ vendorCallId: 'b', queueId: '7', extension: two, leg: { extension: two } });
    await make({
      vendorCallId: 'c',
      startedAt: START + 7 * 86_400_000,
      extension: two,
      leg: { extension: two },
    });
    const found = async (more: [string, string][] = []) =>
      (await client.log([...Object.entries(DAY), ...more])).RETURN_HITS;
    expect(await found()).toBe(2);
    expect(await found([['phones', phones[0]]])).toBe(1);
    expect(
      await found([
        ['phones', '0501234599'],
        ['phones', '0509999999'],
      ]),
    ).toBe(1);
    expect(await found([['phones', '0509999999']])).toBe(0);
    expect(await found([['extension', one]])).toBe(1);
    expect(
      await found([
        ['extensions', one],
        ['extensions', two],
      ]),
    ).toBe(2);
    expect(await found([['queueID', '7']])).toBe(1);
    expect(await found([['campaignID', '1']])).toBe(0);
    expect(
      await found([
        ['cdrTypes', '8'],
        ['queueID', '7'],
        ['extension', one],
      ]),
    ).toBe(0);
    const wide = await client.log({ fromdate: '2026-03-01T00:00', todate: '2026-03-31T00:00' });
    expect(wide).toMatchObject({ ERROR_NUMBER: 0, RETURN_HITS: 3 });
    expect(new Set(wide.CDR_LIST.map(({ CallID }) => CallID)).size).toBe(3);
    for (const { CallID = '' } of wide.CDR_LIST) {
      expect((await client.log({ callID: CallID })).CDR_LIST).toMatchObject([{ CallID }]);
    }
  });

  it('is asked for a phone by any of its names', async () => {
    const office = await desk.office('voicenter', { tells: false });
    const client = await clientOn(office);
    const [sip] = office.phones;
    await makeCall(desk.api.sql, office.connection, {
      startedAt: START,
      extension: sip,
      leg: { extension: sip },
    });
    for (const extension of [sip, office.short[0]]) {
      expect((await client.log({ ...DAY, extension })).RETURN_HITS).toBe(1);
    }
    expect((await client.log({ ...DAY, extension: office.short[1] })).RETURN_HITS).toBe(0);
  });

  it('is an agent’s own alone for a credential of one, whatever is asked', async () => {
    const office = await desk.office('globalex', { tells: false });
    const [dana, omer] = office.agents;
    for (const [vendorCallId, agent] of [
      ['a', dana],
      ['b', omer],
    ] as const) {
      const callId = await makeCall(desk.api.sql, office.connection, { vendorCallId, startedAt: START });
      await desk.api.sql.rows('UPDATE call SET agents = $2::uuid[] WHERE id = $1', [callId, [agent]]);
    }
    const client = await clientOn(office, { scope: 'agent', agentId: dana });
    for (const scope of ['User', 'Account', 'Hierarchical']) {
      expect((await client.log({ ...DAY, IdentityCriteria: scope })).RETURN_HITS).toBe(1);
    }
    expect((await client.talking()).map(({ username }) => username)).toEqual([office.phones[0]]);
  });

  it('that would have more than ten thousand rows is error 3, and not cut', async () => {
    const office = await desk.office('globalex', { tells: false });
    const client = await clientOn(office);
    const callId = await makeCall(desk.api.sql, office.connection, { startedAt: START });
    const columns =
      'connection_id, started_at, direction, result, extension, customer_number, sequence, record, updated_at';
    const copies = (count: number) =>
      desk.api.sql.rows(
        `INSERT INTO call (id, vendor_call_id, tenant_id, ${columns})
         SELECT gen_random_uuid(), 'copy-' || gen_random_uuid(), tenant_id, ${columns} FROM call, generate_series(1, $2) WHERE id = $1`,
        [callId, count],
      );
    await copies(9_999);
    expect(await client.log(DAY)).toMatchObject({ ERROR_NUMBER: 0, TOTAL_HITS: 10_000, RETURN_HITS: 10_000 });
    await copies(1);
    expect(await client.log(DAY)).toMatchObject({ ERROR_NUMBER: 3, RETURN_HITS: 0, CDR_LIST: [] });
  });

  it.each([
    [{ code: 'wr0ng-code-of-nobody' }, 2, 403],
    [{ fromdate: 'yesterday' }, 5, 404],
  ])('of %j is error %i', async (more, error, status) => {
    const office = await desk.office('globalex', { tells: false });
    const { code = '' } = await desk.credential(office, 'voicenter');
    const query = new URLSearchParams({ code, ...DAY, ...more });
    const answer = await fetch(`${desk.api.url}/hub/cdr/?${query.toString()}`);
    expect(answer.status).toBe(status);
    expect(await answer.json()).toMatchObject({ ERROR_NUMBER: error, STATUS_CODE: status, CDR_LIST: [] });
  });
});

describe('the numbers of extensions', () => {
  it('are the same in every process, each its own, and of no other tenant', async () => {
    const [office, other] = [
      await desk.office('globalex', { tells: false }),
      await desk.office('globalex', { tells: false }),
    ];
    const { code = '' } = await desk.credential(office, 'voicenter');
    const elsewhere = await desk.another();
    const [here, there] = await Promise.all([clientOf(code).talking(), clientOf(code, elsewhere).talking()]);
    expect(here).toEqual(there);
    expect(here.map(({ username }) => username).sort()).toEqual([...office.phones].sort());
    for (const numbers of [here.map(({ extensionID }) => extensionID), here.map(({ userID }) => userID)]) {
      expect(new Set(numbers).size).toBe(2);
      for (const number of numbers) expect(number).toBeGreaterThan(0);
    }
    const listed = await clientOf(code, elsewhere).list();
    expect(listed.map(({ SIP, AccountName }) => [SIP, AccountName])).toEqual([
      [office.phones[0], 'Dana'],
      [office.phones[1], 'Omer'],
    ]);
    expect(await clientOf(code).list()).toEqual(listed);
    await (await clientOn(other)).talking();
    expect(await clientOf(code).talking()).toEqual(here);
  });
});
