/** Software that feeds Voicenter's dialer, served by us: campaigns of our own, whatever PBX the tenant has. */
import type { CampaignId } from '#domain';
import { sealedFor } from '#db';
import { CAMPAIGN_CODE_PURPOSE, KeyedHash, SecretBox, newCode } from '#platform';
import { makeCampaign } from '../builders/campaign.js';
import { SECRET_KEYS } from '../harness/tenant.js';
import { VendorDesk, type VendorOffice } from '../harness/vendor-desk.js';

interface Answer {
  ErrorCode: number;
  Description: string;
  Data?: unknown;
  AddResult?: { Target: string; ErrorCode: number }[];
}

let desk: VendorDesk;
let office: VendorOffice;
let campaign: CampaignId;
let code: string;

beforeAll(async () => {
  desk = await VendorDesk.open();
});
afterAll(() => desk.close());
beforeEach(async () => {
  office = await desk.office('globalex', { tells: false });
  ({ campaign, code } = await campaignOf(office));
});

/** As it is made by our own API: the code is kept as a hash, and sealed. */
async function campaignOf({ connection }: VendorOffice) {
  const made = await makeCampaign(desk.api.sql, connection, { state: 'paused' });
  const secret = newCode();
  const hash = KeyedHash.fromKeys(SECRET_KEYS, CAMPAIGN_CODE_PURPOSE).of(secret);
  const sealed = SecretBox.fromKeys(SECRET_KEYS).seal(secret, sealedFor.campaignCode(made));
  await desk.api.sql.rows('UPDATE campaign SET code_hash = $2, sealed_code = $3 WHERE id = $1', [
    made,
    hash,
    sealed,
  ]);
  return { campaign: made, code: secret };
}

async function post(method: string, body: unknown): Promise<Answer> {
  const answer = await fetch(`${desk.api.url}/ForwardDialer/Dialer/${method}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  expect(answer.status).toBe(200);
  return (await answer.json()) as Answer;
}

async function get(method: string, params: Record<string, string>): Promise<Answer> {
  const query = new URLSearchParams(params).toString();
  return (await (await fetch(`${desk.api.url}/forwarddialer/dialer/${method}/?${query}`)).json()) as Answer;
}

const leads = () =>
  desk.api.sql.rows(
    'SELECT phone, name, priority, state, custom_data FROM campaign_lead WHERE campaign_id = $1 ORDER BY phone',
    [campaign],
  );
const OK = { ErrorCode: 0, Description: 'OK' };

describe('a call', () => {
  it('is added by the campaign’s code alone, by JSON and by GET, once however often it comes', async () => {
    const call = { Campaign: code, Target: '0502454545', CustomerName: 'John Doe', Priority: 42 };
    expect(await post('AddCall', { ...call, CustomData: { var_test1: 1, var_test2: 'some value' } })).toEqual(
      OK,
    );
    expect(await get('AddCall', { Campaign: code, Target: '0502454546', var_test1: '1' })).toEqual(OK);
    expect(await post('AddCall', call)).toEqual(OK);
    expect(await leads()).toEqual([
      {
        ...{ phone: '+972502454545', name: 'John Doe', priority: 42, state: 'waiting' },
        custom_data: { test1: '1', test2: 'some value' },
      },
      {
        ...{ phone: '+972502454546', name: null, priority: 0, state: 'waiting' },
        custom_data: { test1: '1' },
      },
    ]);
  });

  it('is refused in the vendor’s words: whose campaign, whom to call, whom it may not', async () => {
    const wrong = { ErrorCode: 1, Description: 'Invalid campaign code' };
    expect(await post('AddCall', { Campaign: newCode(), Target: '0502454545' })).toEqual(wrong);
    const target = { ErrorCode: 2, Description: 'The target is invalid' };
    expect(await post('AddCall', { Campaign: code, Target: 'abc' })).toEqual(target);
    await desk.api.sql.rows(`INSERT INTO do_not_call VALUES ($1, '+972502454547', NULL, 'test', now())`, [
      office.tenant.id,
    ]);
    expect(await post('AddCall', { Campaign: code, Target: '0502454547' })).toEqual(target);
    expect(await leads()).toEqual([]);
  });

  it('is refused with the reason where it asks to call a listed number all the same, and taken where none is listed', async () => {
    await desk.api.sql.rows(`INSERT INTO do_not_call VALUES ($1, '+972502454547', NULL, 'test', now())`, [
      office.tenant.id,
    ]);
    const [listed, other] = ['0502454547', '0502454548'].map((target) => ({
      ...{ Campaign: code, Target: target, IgnoreDncStatus: true },
    }));
    const refused = {
      ErrorCode: 3,
      Description: expect.stringMatching(
        /call nobody who is on a list .* whatever IgnoreDncStatus says/,
      ) as string,
    };
    expect(await post('AddCall', listed)).toEqual(refused);
    const bulk = await post('AddCallsBulk', [listed, other]);
    expect(bulk.AddResult).toEqual([
      { Target: '0502454547', ...refused },
      { Target: '0502454548', ...OK },
    ]);
    expect(await leads()).toMatchObject([{ phone: '+972502454548' }]);
  });

  it('is not another tenant’s to add, with that one’s own code beside it', async () => {
    const other = await desk.office('voicenter', { tells: false });
    const { code: theirs = '' } = await desk.credential(other, 'voicenter');
    const asked = await post('AddCall', { Campaign: code, Code: theirs, Target: '0502454545' });
    expect(asked.ErrorCode).toBe(1);
    const { code: own = '' } = await desk.credential(office, 'voicenter');
    expect(await post('AddCall', { Campaign: code, Code: own, Target: '0502454545' })).toEqual(OK);
    expect(await leads()).toHaveLength(1);
  });

  it('is changed and taken out while it waits', async () => {
    await post('AddCall', { Campaign: code, Target: '0502454545', CustomerName: 'John', Priority: 1 });
    expect(await post('UpdateCall', { Campaign: code, Target: '0502454545', Priority: 7 })).toEqual(OK);
    expect(await leads()).toMatchObject([{ name: 'John', priority: 7 }]);
    expect(await post('RemoveCall', { Campaign: code, Target: '0502454545' })).toEqual(OK);
    expect(await leads()).toMatchObject([{ state: 'removed' }]);
    expect((await post('UpdateCall', { Campaign: code, Target: '0502454545' })).ErrorCode).toBe(2);
  });
});

describe('many calls at once', () => {
  it('are each taken by itself, also of several campaigns, and what is wrong costs that one alone', async () => {
    const second = await campaignOf(office);
    const answer = await post('AddCallsBulk', [
      { Campaign: code, Target: '0502454545', CustomerName: 'Customer 1', Priority: 1 },
      { Campaign: second.code, Target: '0502454545' },
      { Campaign: code, Target: 'nobody' },
      'no call at all',
      { Campaign: newCode(), Target: '0502454548' },
    ]);
    expect(answer).toMatchObject(OK);
    expect(answer.AddResult?.map(({ ErrorCode }) => ErrorCode)).toEqual([0, 0, 2, 3, 1]);
    expect(await leads()).toHaveLength(1);
  });

  it('are written together, as many as a bulk may hold, in seconds', async () => {
    const calls = Array.from({ length: 100_000 }, (_, at) => ({
      Campaign: code,
      Target: `050${String(2_000_000 + at)}`,
    }));
    const begun = performance.now();
    expect(await post('AddCallsBulk', calls)).toMatchObject(OK);
    expect(performance.now() - begun).toBeLessThan(30_000);
    expect(
      await desk.api.sql.count('SELECT count(*) FROM campaign_lead WHERE campaign_id = $1', [campaign]),
    ).toBe(100_000);
  });
});

describe('a campaign', () => {
  it('is listed for the account, described, started and stopped', async () => {
    const { code: account = '' } = await desk.credential(office, 'voicenter');
    const listed = await post('GetCampaignList', { Code: account });
    expect(listed).toEqual({
      Data: [{ Name: 'Spring', StatusName: 'Disabled', Code: code }],
      ...OK,
    });
    await post('AddCall', { Campaign: code, Target: '0502454545', Priority: 7 });
    expect(await post('StartCampaign', { Campaign: code })).toEqual(OK);
    expect(await get('GetCampaignDetails', { Campaign: code })).toEqual({
      Data: {
        ...{ Name: 'Spring', StatusName: 'Enabled', TotalPendingCalls: 1, MaxPriority: 7, MinPriority: 7 },
        Code: code,
      },
      ...OK,
    });
    expect(await get('StopCampaign', { Campaign: code })).toEqual(OK);
    expect(
      await desk.api.sql.row('SELECT state, due_at IS NOT NULL AS due FROM campaign WHERE id = $1', [
        campaign,
      ]),
    ).toEqual({ state: 'paused', due: true });
  });

  it('shows who waits in the order in which they are called, and is cleared', async () => {
    await post('AddCall', { Campaign: code, Target: '0502454545', CustomData: { var_a: 'x' } });
    await post('AddCall', { Campaign: code, Target: '0502454546', Priority: 3, CustomerName: 'Second' });
    const { Data } = (await post('GetCampaignPendingCalls', { Campaign: code })) as unknown as {
      Data: { Calls: Record<string, unknown>[]; Campaign: object };
    };
    expect(Data.Calls.map(({ Phone }) => Phone)).toEqual(['972502454546', '972502454545']);
    expect(Data.Calls[1]).toEqual({
      ...{
        Phone: '972502454545',
        CallerID: '',
        CallerName: '',
        OriginateTime: 0,
        Priority: 0,
        CustomerName: '',
      },
      CallStatus: { Status: 1, Description: 'Pending' },
      CustomData: { var_a: 'x' },
    });
    expect(await post('ClearCampaignCalls', { Campaign: code })).toEqual(OK);
    expect(await leads()).toMatchObject([{ state: 'removed' }, { state: 'removed' }]);
  });

  it('has members, by the PBX’s words of their phones', async () => {
    const [phone] = office.phones;
    expect(await post('AddMember', { Campaign: code, Member: phone })).toEqual({
      Data: { TotalAdded: 1 },
      ...OK,
    });
    expect(await post('GetMembersList', { Campaign: code })).toEqual({
      Data: [{ Member: phone, DisplayName: 'Dana' }],
      ...OK,
    });
    expect(await post('RemoveMember', { Campaign: code, Member: phone })).toEqual({
      Data: { TotalRemoved: 1 },
      ...OK,
    });
  });

  it('is told how many lines and who answers, and how it is paced', async () => {
    expect(
      await post('ConfigureIvrCampaign', {
        Campaign: code,
        ConcurrentStrategy: { setMaxCalls: 5 },
        RepresentativeList: ['SIP1', 'SIP2'],
      }),
    ).toEqual(OK);
    const strategy = { setQueueForMonitoring: 10_000, setQueueMaximumCallers: 2, setCoefficient: 3 };
    expect(await post('UpdateCampaignStrategy', { Campaign: code, ...strategy })).toEqual(OK);
    const { settings } = await desk.api.sql.row<{ settings: { queue: string; pacing: object } }>(
      'SELECT settings FROM campaign WHERE id = $1',
      [campaign],
    );
    expect(settings.queue).toBe('10000');
    expect(settings.pacing).toMatchObject({ maxLines: 5, waitingCap: 2, startCoefficient: 3 });
  });

  it('takes the vendor’s example of a strategy, whose 0 is no cap, and what is out of range; settings can be changed after it', async () => {
    const strategy = { setQueueForMonitoring: 10_000, setQueueMaximumCallers: 0, setCoefficient: 0 };
    expect(await post('UpdateCampaignStrategy', { Campaign: code, ...strategy })).toEqual(OK);
    const many = { Campaign: code, ConcurrentStrategy: { setMaxCalls: 100_000 } };
    expect(await post('ConfigureIvrCampaign', many)).toEqual(OK);
    const { client } = office.tenant;
    const patched = await client.patch(`/v1/campaigns/${campaign}`, { settings: { wrapSeconds: 7 } });
    expect([patched.status, patched.body]).toMatchObject([
      200,
      { settings: { pacing: { maxLines: 10_000, waitingCap: null, startCoefficient: 1 }, wrapSeconds: 7 } },
    ]);
  });
});

describe('GlobalEx’s AddCB', () => {
  it('has a number called back by its queue, in a campaign that is made for that, once', async () => {
    const { code: token = '' } = await desk.credential(office, 'globalex', { kind: 'token' });
    const params = { org_token: token, action: 'AddCB', CBnum: '0502454545', CBQdest: '600', maxCBdial: '3' };
    const asked = await Promise.all(
      [1, 2].map(async () => {
        const answer = await fetch(
          `${desk.api.url}/api/PBXpostOut.php?${new URLSearchParams(params).toString()}`,
        );
        return answer.status;
      }),
    );
    expect(asked).toEqual([200, 200]);
    const rows = await desk.api.sql.rows(
      `SELECT c.mode, c.state, c.settings ->> 'queue' AS queue, l.phone, l.max_tries, l.state AS lead
       FROM campaign c JOIN campaign_lead l ON l.campaign_id = c.id WHERE c.tenant_id = $1`,
      [office.tenant.id],
    );
    expect(rows).toEqual([
      {
        mode: 'callback',
        state: 'running',
        queue: '600',
        phone: '+972502454545',
        max_tries: 3,
        lead: 'waiting',
      },
    ]);
  });
});
