import { describe, expect, it } from '@jest/globals';
import { orderOf } from '#domain';
import type { DriverAccount } from '../driver.js';
import { answering, scriptedPbx } from '../scripted-pbx.fixture.js';
import { voicenterDriver as driver } from './voicenter.js';

const ACCOUNT: DriverAccount = {
  settings: {},
  secrets: { code: 'V0icenter-s3cret' },
  numbers: 'e164',
  country: 'IL',
  timeZone: 'Asia/Jerusalem',
  token: null,
};
const EXTENSION = { kind: 'extension', value: 'SipSip' } as const;
const NUMBER = { kind: 'number', value: '+972501234567' } as const;

async function placing(order: Parameters<typeof driver.place>[0], answer: string | object) {
  const { io, requests } = scriptedPbx(answer);
  const told = await driver.place(order, 'c0rrelator', ACCOUNT, io);
  const params = Object.fromEntries(new URLSearchParams(String(requests[0]?.body ?? '')));
  return { told, params, requests };
}

const CALL = orderOf('call', EXTENSION, NUMBER);

/** Seed 003, section 1.6, the XML example with other values. */
const xml = (code: string, message: string, callId: string) => `<methodResponse>
  <params><param><value><struct>
    <member><name>ERRORCODE</name><value><string>${code}</string></value></member>
    <member><name>ERRORMESSAGE</name><value><string>${message}</string></value></member>
    <member><name>CALLID</name><value><string>${callId}</string></value></member>
  </struct></value></param></params>
</methodResponse>`;

describe('an order to Voicenter', () => {
  it('keeps the code out of the URL and asks for JSON', async () => {
    const { requests, params } = await placing(CALL, { ERRORCODE: 0, CALLID: 'x' });
    expect(requests[0]).toMatchObject({
      method: 'POST',
      url: 'https://api.voicenter.co.il/ForwardDialer/click2call.aspx',
    });
    expect(params).toEqual({
      action: 'call',
      code: 'V0icenter-s3cret',
      phone: 'SipSip',
      target: '972501234567',
      var_att: 'c0rrelator',
      format: 'json',
    });
  });

  it('takes the JSON example of the seed for a success', async () => {
    const answer = { ERRORCODE: 0, ERRORMESSAGE: 'OK', CALLID: 'sdfsdfsdfsdfsdfsdfsdfsdfsdf0brp' };
    const { told } = await placing(CALL, answer);
    expect(told).toEqual({ kind: 'done', vendorCallId: 'sdfsdfsdfsdfsdfsdfsdfsdfsdf0brp' });
  });

  it('reads the XML example of the seed as the refusal that it is', async () => {
    const { told } = await placing(CALL, xml('1', 'Phone is missing', ''));
    expect(told).toMatchObject({ kind: 'refused', code: '1', text: 'Phone is missing' });
  });

  it('reads a success in XML too', async () => {
    const { told } = await placing(CALL, xml('0', 'OK', 'abc'));
    expect(told).toEqual({ kind: 'done', vendorCallId: 'abc' });
  });

  it.each([
    [{ ERRORCODE: 0, CALLID: '' }, { kind: 'unknown' }],
    [{ ERRORCODE: 2, ERRORMESSAGE: 'Application error', CALLID: '' }, { kind: 'unknown' }],
    [
      { ERRORCODE: 3, CALLID: '' },
      { kind: 'refused', offline: true },
    ],
    [
      { ERRORCODE: 4, CALLID: '' },
      { kind: 'refused', code: '4' },
    ],
    [{ ERRORCODE: 99, CALLID: 'x' }, { kind: 'unknown' }],
  ])('understands %j', async (answer, told) => {
    expect((await placing(CALL, answer)).told).toMatchObject(told);
  });

  it('always has room for the correlator among the variables', async () => {
    const variables = Object.fromEntries(Array.from({ length: 10 }, (_, at) => [`v${String(at)}`, '1']));
    const { params } = await placing(orderOf('call', EXTENSION, NUMBER, { variables }), '');
    expect(Object.keys(params).filter((name) => name.startsWith('var_'))).toHaveLength(10);
    expect(params['var_att']).toBe('c0rrelator');
  });

  it.each([
    [{ kind: 'trunk', value: '' }, { phone: 'SIPTRUNK' }],
    [
      { kind: 'login_code', value: '4711' },
      { phone: 'logincode', phonelogincode: '4711' },
    ],
  ] as const)('rings %j first', async (first, params) => {
    expect((await placing(orderOf('call', first, NUMBER), '')).params).toMatchObject(params);
  });
});

describe('what goes on at Voicenter', () => {
  /** Seed 003, section 7.1, with quotes around its names. */
  const SEED = {
    ERR: 0,
    DESC: 'OK',
    EXTENSIONS: [
      {
        name: 'Desk 1',
        peerstatus: 'Reachable',
        username: 'aaaaaaa',
        calls: [{ callerphone: '0547777777', callstarted: 1402233117, answered: 1, ivrid: 'xxxx' }],
      },
      { name: 'Desk 2', peerstatus: 'Unknown', username: 'ttttttt', calls: [] },
    ],
  };

  it('is read of the example of the seed, its epoch by the local clock', async () => {
    const told = await driver.listCalls?.(null, ACCOUNT, scriptedPbx(SEED).io);
    expect(told).toEqual({
      kind: 'done',
      calls: [
        {
          vendorCallId: 'xxxx',
          extension: 'aaaaaaa',
          number: '0547777777',
          state: 'answered',
          startedAt: (1402233117 - 3 * 3_600) * 1_000,
          correlator: null,
        },
      ],
    });
  });

  it.each([
    ['aaaaaaa', 'busy'],
    ['ttttttt', 'unavailable'],
    ['nobody', 'unavailable'],
  ])('says of %s that it is %s', async (extension, state) => {
    expect(await driver.extensionState?.(extension, ACCOUNT, scriptedPbx(SEED).io)).toMatchObject({ state });
  });

  it('is refused as the bad answer of the seed says', async () => {
    const { io } = scriptedPbx({ ERR: 1, DESC: 'Authorization failed.' });
    expect(await driver.listQueues?.(ACCOUNT, io)).toMatchObject({ kind: 'refused', code: '1' });
  });
});

it('never takes a call for the one that is looked for when it tells of another order', async () => {
  const row = { CallID: 'x', CallerExtension: 'SipSip', TargetNumber: '972501234567', DialStatus: 'ANSWER' };
  const log = (customData: object) => ({ ERROR_NUMBER: 0, CDR_LIST: [{ ...row, CustomData: customData }] });
  const at = scriptedPbx().io.now();
  const wanted = { order: CALL, correlator: 'mine', vendorCallId: null, from: at, to: at };
  const look = (customData: object) => driver.findCall?.(wanted, ACCOUNT, scriptedPbx(log(customData)).io);
  expect(await look({ var_att: 'other' })).toEqual({ kind: 'done', call: null });
  expect(await look({ att: 'mine' })).toMatchObject({ call: { vendorCallId: 'x', answered: true } });
  expect(await look({})).toMatchObject({ call: { vendorCallId: 'x' } });
});

it.each([
  [{ Status: 1, StatusError: '0' }, 'done'],
  [{ Status: 4, StatusError: '1' }, 'done'],
  [{ Status: 4, StatusError: '4', StatusErroMessage: 'Extension is already in use' }, 'refused'],
  [{ Status: 2 }, 'refused'],
  [{}, 'unknown'],
])('an agent whose status is answered with %j: %s', async (answer, kind) => {
  const agent = { code: '1234567', extension: 'SipSip', queue: null, standing: 'paused', status: 3 } as const;
  const { io, requests } = scriptedPbx(answering(JSON.stringify(answer)));
  expect(await driver.setAgentState?.(agent, ACCOUNT, io)).toMatchObject({ kind });
  expect(String(requests[0]?.body)).toContain('UserID=12345&');
});
