/** Software that was written for GlobalEx, served on its own PBX and on another vendor's. */
import type { Vendor } from '../../apps/simulator/index.js';
import { until } from '../harness/until.js';
import { VendorDesk, type VendorOffice } from '../harness/vendor-desk.js';

const VENDORS: Vendor[] = ['globalex', 'voicenter'];
const TARGET = '0501234500';

let desk: VendorDesk;
beforeAll(async () => {
  desk = await VendorDesk.open();
});
afterAll(() => desk.close());

type Params = Record<string, string>;

/** How a client of one office asks; everybody is shown by a user, a password and an organisation. */
async function clientOf(office: VendorOffice) {
  const {
    user = '',
    password: pass = '',
    organisation: org = '',
  } = await desk.credential(office, 'globalex');
  const { code: token = '' } = await desk.credential(office, 'globalex', { kind: 'token' });
  const ask = async (path: string, params: Params) => {
    const answer = await fetch(`${desk.api.url}${path}?${new URLSearchParams(params).toString()}`);
    expect(answer.status).toBe(200);
    return { text: await answer.text(), type: answer.headers.get('content-type') ?? '' };
  };
  const dialup = (params: Params) => ask('/API/dialup.php', { user, pass, org, Response: 'yes', ...params });
  return {
    org,
    login: { user, pass, org },
    dialup,
    inJson: async (params: Params) =>
      (JSON.parse((await dialup({ RFormat: 'json', ...params })).text) as { data: Params }).data,
    report: async (params: Params, path = '/api/cdr.php') =>
      JSON.parse((await ask(path, { org_token: token, ...params })).text) as {
        Response: string;
        data: Params[];
      },
    ask,
  };
}

describe.each(VENDORS)('GlobalEx’s client on a PBX of %s', (vendor) => {
  it('dials, sees its phone ring, hangs up, and finds the call in the report by its Uniqueid', async () => {
    const office = await desk.office(vendor);
    const client = await clientOf(office);
    const [exten] = office.short;
    expect(await client.inJson({ exten })).toMatchObject({
      exten,
      Status: expect.stringMatching(/free|unavailable/) as string,
    });
    const placed = await client.inJson({ dial1: exten, dial2: TARGET, showUID: 'yes' });
    expect(placed).toMatchObject({ dial1: exten, dial2: TARGET, Response: 'OK' });
    const { Uniqueid1 = '' } = placed;
    if (vendor === 'globalex') expect(Uniqueid1).toBe(office.pbx.desk.calls[0]?.id);
    else await desk.heard(office.connection);
    const state = await client.inJson({ exten });
    expect(state).toMatchObject({
      Status: expect.stringMatching(/ringing|busy/) as string,
      Uniqueid: Uniqueid1,
    });

    expect(await client.inJson({ exten, operation: 'hangup' })).toMatchObject({ Response: 'OK' });
    expect(office.pbx.desk.liveCalls()).toEqual([]);
    await office.pbx.told();
    await until('the call to be over', async () => {
      await desk.enricher.drain(office.connection);
      return (await client.inJson({ exten })).Status !== 'busy';
    });
    const { data } = await client.report({ call_uniqueid: Uniqueid1 });
    expect(data.map(({ uniqueid }) => uniqueid)).toEqual([Uniqueid1]);
    expect((await client.report({ call_destination: '0501234501' })).data).toEqual([]);
    expect((await client.report({ call_destination: TARGET }, '/API/Reports.php')).data).toHaveLength(1);
  });

  it.each([
    ['text', 'text/plain', /^Response: OK\n/m],
    ['html', 'text/html', /Response: OK<br>/],
    ['xml', 'text/xml', /<Response>OK<\/Response>/],
    ['json', 'application/json', /"Response":"OK"/],
  ])('is answered in %s where it asks for that', async (RFormat, type, words) => {
    const office = await desk.office(vendor, { tells: false });
    const { dialup } = await clientOf(office);
    const answer = await dialup({ dial1: office.short[0], dial2: TARGET, RFormat });
    expect(answer.type).toContain(type);
    expect(answer.text).toMatch(words);
    expect(office.pbx.placedTo(TARGET)).toBe(1);
  });

  it.each(['20', '33'])(
    'is told fail for what the PBX refuses or leaves open (%s at its end)',
    async (digits) => {
      const office = await desk.office(vendor, { tells: false });
      const { inJson } = await clientOf(office);
      const dial2 = `05012345${digits}`;
      const told = await inJson({ dial1: office.short[0], dial2, showUID: 'yes' });
      expect(told).toMatchObject({ Response: 'fail' });
      expect(told).not.toHaveProperty('Uniqueid1');
    },
  );
});

describe('GlobalEx’s client', () => {
  it('rings the customer first where that stands first, and the agent with Reverse', async () => {
    const office = await desk.office('globalex', { tells: false });
    const { inJson } = await clientOf(office);
    await inJson({ dial1: TARGET, dial2: office.short[0] });
    await inJson({ dial1: '0501234501', dial2: office.short[1], Reverse: 'yes' });
    const dialled = office.pbx.requests.map(({ query }) => [query.get('dial1'), query.get('dial2')]);
    expect(dialled).toEqual([
      [TARGET, office.short[0]],
      [office.short[1], '0501234501'],
    ]);
  });

  it('with a wrong password, and none, is told fail and dials nobody', async () => {
    const office = await desk.office('globalex', { tells: false });
    const { ask, login } = await clientOf(office);
    const call = { dial1: office.short[0], dial2: TARGET, RFormat: 'json', Response: 'yes' };
    for (const who of [{ ...login, pass: 'wrong-one' }, { ...login, org: 'other' }, {}]) {
      expect((await ask('/API/dialup.php', { ...who, ...call })).text).toContain('"Response":"fail"');
    }
    const report = await ask('/api/cdr.php', { org_token: 'wr0ng-token-of-nobody' });
    expect(JSON.parse(report.text)).toMatchObject({ Response: 'fail', data: [] });
    expect(office.pbx.requests).toEqual([]);
  });

  it('that hangs up a phone in no call is told fail', async () => {
    const office = await desk.office('globalex', { tells: false });
    const { inJson } = await clientOf(office);
    expect(await inJson({ exten: office.short[0], operation: 'hangup' })).toMatchObject({ Response: 'fail' });
    expect(await inJson({ exten: '999' })).toMatchObject({ Response: 'fail' });
  });

  it('has reports of its own organisation, and of no other', async () => {
    const office = await desk.office('voicenter');
    const client = await clientOf(office);
    await client.inJson({ dial1: office.short[0], dial2: TARGET });
    await desk.heard(office.connection);
    const report = async (org: string) =>
      JSON.parse((await client.ask('/api/cdr.php', { ...client.login, org })).text) as { data?: Params[] };
    expect((await report(client.org)).data).toHaveLength(1);
    const { data } = await client.report({ org: 'somebody-else' });
    expect(data).toEqual([]);
  });

  it('has a number called back by a queue, and is told in its own words', async () => {
    const office = await desk.office('globalex', { tells: false });
    const { ask, login } = await clientOf(office);
    const { text } = await ask('/api/PBXpostOut.php', {
      ...login,
      CBnum: TARGET,
      CBQdest: '7',
      action: 'AddCB',
    });
    expect(JSON.parse(text)).toMatchObject({ data: { CBnum: TARGET, CBQdest: '7', Response: 'OK' } });
    const wrong = await ask('/api/PBXpostOut.php', { ...login, CBnum: '7', CBQdest: '7', action: 'AddCB' });
    expect(wrong.text).toMatch(/fail/);
  });
});
