/** Every request and every answer that the seed's section 6 prints. */
import type { Ask, AskedLead, Told, ToldCampaign } from '#domain';
import { FACADES } from '../../../facades.js';
import { askOf, readAsked, replyTelling } from '../api.fixture.js';

const X36 = 'x'.repeat(36);
const LEAD: AskedLead = {
  campaign: 'xxxxxxxx',
  target: '0502454545',
  callerId: null,
  callerName: null,
  originateAt: null,
  customerName: 'John Doe',
  priority: 42,
  customData: { test1: '1', test2: 'some value' },
  problem: null,
};
const FROM_URL = {
  ...LEAD,
  campaign: 'xxxx',
  customerName: null,
  priority: null,
  customData: { test1: '1', test2: 'somevalue' },
};
const CHANGED = { ...LEAD, customData: { test1: '1', tesy2: 'some value' } };
const CAMPAIGN: ToldCampaign = {
  name: 'Morning messages',
  state: 'enabled',
  code: X36,
  pending: 1,
  maxPriority: 7,
  minPriority: 7,
};
const bulkLead = (number: number): AskedLead => ({
  ...LEAD,
  campaign: 'x'.repeat(23),
  callerId: '072776772',
  callerName: 'Dialer',
  customerName: `Customer ${number}`,
  priority: number,
  customData: { test1: '1', tesy2: 'some value' },
});
const one = (lead: AskedLead): Ask => ({ kind: 'add_leads', items: [lead], isBulk: false });

describe('seed 003 section 6, what is asked', () => {
  const asked: [section: string, route: string, file: string, ask: Ask][] = [
    ['6.1 JSON, whose comma is missing', 'addcall', 'seed-request.json', one(LEAD)],
    ['6.1 GET', 'addcall', 'seed-request.query', one(FROM_URL)],
    ['6.1 as PHP writes a form', 'addcall', 'php-sample.form', one(LEAD)],
    ['6.1 as PHP writes a list in a form', 'addcall', 'php-nested.form', one(LEAD)],
    [
      '6.2, with a comma too many',
      'removecall',
      'seed-request.json',
      { kind: 'remove_lead', campaign: 'xxxxxxxxx', target: '0502454545' },
    ],
    ['6.3', 'getcampaignlist', 'seed-request.json', { kind: 'list_campaigns' }],
    ['6.4', 'getmemberslist', 'seed-request.json', { kind: 'list_members', campaign: 'adsdasdasd' }],
    [
      '6.5, without a comma and with a brace too many',
      'removemember',
      'comma-missing.json',
      { kind: 'remove_member', campaign: 'adsdasdasd', member: 'adsdasdase' },
    ],
    [
      '6.6, without a comma',
      'addmember',
      'comma-missing.json',
      { kind: 'add_member', campaign: 'adsdasd', member: 'adsdase' },
    ],
    ['6.7', 'stopcampaign', 'seed-request.json', { kind: 'stop_campaign', campaign: 'xxxxxxxx' }],
    ['6.8', 'startcampaign', 'seed-request.json', { kind: 'start_campaign', campaign: 'xxxxxxxxx' }],
    [
      '6.9',
      'updatecampaignstrategy',
      'seed-request.json',
      {
        kind: 'set_campaign_strategy',
        campaign: 'x'.repeat(24),
        queueForMonitoring: '10000',
        maximumCallers: 0,
        coefficient: 1,
      },
    ],
    ['6.10', 'clearcampaigncalls', 'seed-request.json', { kind: 'clear_campaign', campaign: 'x'.repeat(23) }],
    [
      '6.11',
      'addcallsbulk',
      'seed-request.json',
      { kind: 'add_leads', items: [bulkLead(1), bulkLead(2)], isBulk: true },
    ],
    [
      '6.12',
      'getcampaignpendingcalls',
      'seed-request.json',
      { kind: 'list_pending', campaign: 'x'.repeat(24) },
    ],
    ['6.13 JSON', 'updatecall', 'seed-request.json', { kind: 'update_lead', lead: CHANGED }],
    [
      '6.13 GET',
      'updatecall',
      'seed-request.query',
      { kind: 'update_lead', lead: { ...FROM_URL, customData: { test1: '1', tesy2: 'somevalue' } } },
    ],
    [
      '6.14, with blanks around the code',
      'getcampaigndetails',
      'seed-request.json',
      { kind: 'campaign_details', campaign: X36 },
    ],
    [
      '6.15',
      'configureivrcampaign',
      'seed-request.json',
      { kind: 'configure_campaign', campaign: X36, maxCalls: 5, representatives: ['SIP1', 'SIP2', 'SIP3'] },
    ],
  ];

  it.each(asked)('%s is read', (_, route, file, ask) => {
    expect(askOf(`dialer-${route}`, file)).toEqual(ask);
  });

  it.each([
    ['removemember', 'remove_member', '{\n  "Campaign": "adsdasdasd"\n  "Member": "adsdasdasd"\n}\n}'],
    ['addmember', 'add_member', '{\n    "Campaign": "adsdasdasd"\n    "Member": "adsdasdasd"\n}'],
  ])('may print one word for a campaign and a member: %s', (route, kind, body) => {
    const ask = { kind, campaign: 'adsdasdasd', member: 'adsdasdasd' };
    expect(askOf(`dialer-${route}`, { body })).toEqual(ask);
  });

  it('is all there: fifteen methods', () => {
    const routes = FACADES.flatMap((facade) => facade.routes).filter(({ name }) =>
      name.startsWith('dialer-'),
    );
    expect(new Set(routes.flatMap(({ paths }) => paths))).toEqual(
      new Set(
        [
          'AddCall',
          'RemoveCall',
          'GetCampaignList',
          'GetMembersList',
          'RemoveMember',
          'AddMember',
          'StopCampaign',
          'StartCampaign',
          'UpdateCampaignStrategy',
          'ClearCampaignCalls',
          'AddCallsBulk',
          'GetCampaignPendingCalls',
          'UpdateCall',
          'GetCampaignDetails',
          'ConfigureIvrCampaign',
        ].map((method) => `/forwarddialer/dialer/${method.toLowerCase()}`),
      ),
    );
  });
});

describe('seed 003 section 6, what is answered', () => {
  const OK = { ErrorCode: 0, Description: 'OK' };
  const pending = (customerName: string, customData: Record<string, string>) => ({
    phone: '+972544444444',
    callerId: null,
    callerName: null,
    originateAt: null,
    priority: 0,
    customerName,
    status: { number: 1, words: 'Pending' },
    customData,
  });
  const printed = (customer: string, data: object) => ({
    Phone: '972544444444',
    CallerID: '',
    CallerName: '',
    OriginateTime: 0,
    Priority: 0,
    CustomerName: customer,
    CallStatus: { Status: 1, Description: 'Pending' },
    CustomData: data,
  });
  const answered: [section: string, route: string, told: Told, answer: object][] = [
    ['6.1', 'addcall', { kind: 'add_leads', results: [{ target: '0502454545', problem: null }] }, OK],
    ['6.2', 'removecall', { kind: 'remove_lead', removed: 1 }, OK],
    [
      '6.3',
      'getcampaignlist',
      {
        kind: 'list_campaigns',
        campaigns: [
          { ...CAMPAIGN, name: 'Campaign 1', code: 'skdfvnjsivbniviv' },
          { ...CAMPAIGN, name: 'Campaign leads', state: 'disabled', code: 'afmksvosvo' },
        ],
      },
      {
        Data: [
          { Name: 'Campaign 1', StatusName: 'Enabled', Code: 'skdfvnjsivbniviv' },
          { Name: 'Campaign leads', StatusName: 'Disabled', Code: 'afmksvosvo' },
        ],
        ...OK,
      },
    ],
    [
      '6.4',
      'getmemberslist',
      {
        kind: 'list_members',
        members: [
          { member: 'syhrhrhr', displayName: 'Support 1' },
          { member: 'sssssssss', displayName: 'Support 8' },
        ],
      },
      {
        Data: [
          { Member: 'syhrhrhr', DisplayName: 'Support 1' },
          { Member: 'sssssssss', DisplayName: 'Support 8' },
        ],
        ...OK,
      },
    ],
    ['6.5', 'removemember', { kind: 'remove_member', removed: 1 }, { Data: { TotalRemoved: 1 }, ...OK }],
    ['6.6', 'addmember', { kind: 'add_member', added: 1 }, { Data: { TotalAdded: 1 }, ...OK }],
    ['6.7', 'stopcampaign', { kind: 'stop_campaign' }, OK],
    ['6.8', 'startcampaign', { kind: 'start_campaign' }, OK],
    ['6.9', 'updatecampaignstrategy', { kind: 'set_campaign_strategy' }, OK],
    ['6.10', 'clearcampaigncalls', { kind: 'clear_campaign', removed: 9 }, OK],
    [
      '6.12',
      'getcampaignpendingcalls',
      {
        kind: 'list_pending',
        campaign: { ...CAMPAIGN, name: 'Test campaign', pending: 2, maxPriority: 0, minPriority: 0 },
        leads: [
          pending('Customer', { test1: '1', tesy2: 'some value' }),
          pending('Customer 1', { test1: '2', tesy2: 'some value 2' }),
        ],
      },
      {
        Data: {
          Calls: [
            printed('Customer', { var_test1: 1, var_tesy2: 'some value' }),
            printed('Customer 1', { var_test1: 2, var_tesy2: 'some value 2' }),
          ],
          Campaign: {
            Name: 'Test campaign',
            StatusName: 'Enabled',
            TotalPendingCalls: 2,
            MaxPriority: 0,
            MinPriority: 0,
            Code: X36,
          },
        },
        ...OK,
      },
    ],
    ['6.13', 'updatecall', { kind: 'update_lead' }, OK],
    [
      '6.14',
      'getcampaigndetails',
      { kind: 'campaign_details', campaign: CAMPAIGN },
      {
        Data: {
          Name: 'Morning messages',
          StatusName: 'Enabled',
          TotalPendingCalls: 1,
          MaxPriority: 7,
          MinPriority: 7,
          Code: X36,
        },
        ...OK,
      },
    ],
    ['6.15', 'configureivrcampaign', { kind: 'configure_campaign' }, OK],
  ];

  it.each(answered)('%s of %s, to the letter', (_, route, told, answer) => {
    const reply = replyTelling(readAsked(`dialer-${route}`, { body: '{"Campaign":"x"}' }), told);
    expect(reply).toMatchObject({ status: 200, contentType: 'application/json; charset=utf-8' });
    expect(reply.body).toBe(JSON.stringify(answer));
  });

  it('6.11 of a bulk begins as it does at the vendor', () => {
    const results = [1, 2].map(() => ({ target: '0502454545', problem: null }));
    const reading = readAsked('dialer-addcallsbulk', 'seed-request.json');
    const { body } = replyTelling(reading, { kind: 'add_leads', results });
    expect(body).toMatch(/^\{"ErrorCode":0,"Description":"OK",/);
    expect(JSON.parse(body)).toEqual({
      ...OK,
      AddResult: results.map(() => ({ Target: '0502454545', ...OK })),
    });
  });
});
