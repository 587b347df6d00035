/** Software that was written for Voicenter's click-to-call, served on every PBX: through the real api, to simulated PBXs. */
import pino from 'pino';
import type { Vendor } from '../../apps/simulator/index.js';
import { VendorDesk, type VendorOffice } from '../harness/vendor-desk.js';
import { Wire } from '../harness/wire.js';

const PATH = '/ForwardDialer/click2call.aspx';
const VENDORS: Vendor[] = ['voicenter', 'globalex', 'voipnow', 'asterisk'];
const TARGET = '0501234500';

interface Reply {
  ERRORCODE: number;
  ERRORMESSAGE: string;
  CALLID: string;
}

let desk: VendorDesk;
let lines = '';
beforeAll(async () => {
  desk = await VendorDesk.open(pino({ level: 'trace' }, { write: (line: string) => void (lines += line) }), {
    INGRESS_TRUST_PROXY: '1',
  });
});
afterAll(() => desk.close());

interface Client {
  office: VendorOffice;
  code: string;
  /** Asks by GET for an answer in JSON. */
  click(params?: Record<string, string>, headers?: Record<string, string>): Promise<Reply>;
  url(params?: Record<string, string>, path?: string): string;
}

async function client(vendor: Vendor = 'globalex', more: object = {}, traits: object = {}): Promise<Client> {
  const office = await desk.office(vendor, { tells: false, ...traits });
  const { code = '' } = await desk.credential(office, 'voicenter', more);
  const url = (params: Record<string, string> = {}, path = PATH) => {
    const all = { code, phone: office.short[0], target: TARGET, action: 'call', format: 'json', ...params };
    return `${desk.api.url}${path}?${new URLSearchParams(all).toString()}`;
  };
  const click = async (params?: Record<string, string>, headers: Record<string, string> = {}) => {
    const answer = await fetch(url(params), { headers });
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'no-store']);
    return (await answer.json()) as Reply;
  };
  return { office, code, click, url };
}

const orders = ({ office }: Client) =>
  desk.api.sql.rows<{ state: string; vendor_call_id: string | null }>(
    'SELECT state, vendor_call_id FROM dial_attempt WHERE connection_id = $1 ORDER BY id',
    [office.connection.id],
  );

describe.each(VENDORS)('a click on a PBX of %s', (vendor) => {
  it('dials as the PHP sample of the seed asks for it, which reads the CALLID in strings', async () => {
    const one = await client(vendor);
    const [phone] = one.office.short;
    const body = `code=${one.code}&phone=${phone}&phonecallerid=0500000000&target=${TARGET}&targetcallerid=${TARGET}&record=true`;
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const answer = await fetch(desk.api.url + PATH, { method: 'POST', body, headers });
    expect(answer.headers.get('content-type')).toMatch(/xml/);
    const text = await answer.text();
    expect(text).toContain('<name>ERRORCODE</name><value><string>0</string>');
    const callId = /<name>CALLID<\/name><value><string>([^<]{32})<\/string>/.exec(text)?.[1];
    expect(one.office.pbx.placedTo(TARGET)).toBe(1);
    const placed = one.office.pbx.desk.calls[0];
    expect(placed?.agent.extension).toBe(phone);
    // Its own id on its vendor's PBX, and one of that shape on every other.
    if (vendor === 'voicenter') expect(callId).toBe(placed?.id);
    else expect(callId).toMatch(/^20\d{12}[0-9a-f]{18}$/);
  });

  it('dials by GET, and answers in JSON where that is asked for', async () => {
    const one = await client(vendor);
    expect(await one.click()).toEqual({
      ERRORCODE: 0,
      ERRORMESSAGE: 'OK',
      CALLID: expect.stringMatching(/^.{32}$/) as string,
    });
    expect(await orders(one)).toMatchObject([{ state: 'accepted' }]);
  });

  // The id of a call on an Asterisk is ours, by which it is looked up.
  const lost = vendor === 'asterisk' ? [] : ['30', '33', '37'];
  const lookedUp = vendor === 'asterisk' ? ['30', '37'] : [];
  if (lookedUp.length > 0) {
    it.each(lookedUp)('whose answer is lost (%s at its end) is looked up, and dials once', async (digits) => {
      const one = await client(vendor);
      const target = `05012345${digits}`;
      const { CALLID } = await one.click({ target });
      expect(CALLID).toHaveLength(32);
      expect((await one.click({ target })).CALLID).toBe(CALLID);
      expect(one.office.pbx.placedTo(target)).toBe(1);
      expect(await orders(one)).toMatchObject([{ state: 'accepted' }]);
    });
  }

  (lost.length > 0 ? it.each(lost) : it.skip.each(['30']))(
    'whose answer is lost (%s at its end) is 2 without a CALLID, dials once, and is not sent again',
    async (digits) => {
      const one = await client(vendor);
      const target = `05012345${digits}`;
      expect(await one.click({ target })).toMatchObject({ ERRORCODE: 2, CALLID: '' });
      // A repeat of it, or another call to a number that may be ringing: neither is placed.
      expect((await one.click({ target })).CALLID).toBe('');
      expect(one.office.pbx.placedTo(target)).toBe(1);
      expect(await orders(one)).toMatchObject([{ state: 'unknown' }]);
    },
  );

  it('that comes ten times within a second is one call, and is answered alike', async () => {
    const one = await client(vendor);
    // The first of them takes a second.
    const target = '0501234536';
    const answers = await Promise.all(Array.from({ length: 10 }, () => one.click({ target })));
    expect(one.office.pbx.placedTo(target)).toBe(1);
    expect(answers[0]).toMatchObject({ ERRORCODE: 0, CALLID: expect.stringMatching(/^.{32}$/) as string });
    expect(new Set(answers.map(({ CALLID }) => CALLID)).size).toBe(1);
    expect(new Set(answers.map(({ ERRORCODE }) => ERRORCODE))).toEqual(new Set([0]));
  });

  it('that the PBX refuses is told so, and no call is placed', async () => {
    const one = await client(vendor);
    expect(await one.click({ target: '0501234520' })).toMatchObject({ ERRORCODE: 2, CALLID: '' });
    expect(one.office.pbx.desk.calls).toHaveLength(0);
  });
});

describe('a click that is not carried out', () => {
  it('is 3 where the phone is not there, also for whoever asks again', async () => {
    const one = await client('voicenter');
    const target = '0501234521';
    for (let again = 0; again < 2; again += 1) {
      expect(await one.click({ target })).toMatchObject({ ERRORCODE: 3, CALLID: '' });
    }
  });

  it.each([
    ['phone', 'Phone is missing'],
    ['target', 'Target is missing'],
  ])('is 1 without a %s', async (name, ERRORMESSAGE) => {
    const one = await client();
    expect(await one.click({ [name]: '' })).toEqual({ ERRORCODE: 1, ERRORMESSAGE, CALLID: '' });
    expect(await orders(one)).toEqual([]);
  });

  it.each(['wr0ng-c0de-of-nobody-at-all', ''])('is 1 with the code "%s"', async (code) => {
    const one = await client();
    const answer = await one.click({ code });
    expect(answer).toEqual({ ERRORCODE: 1, ERRORMESSAGE: 'Authorization failed.', CALLID: '' });
    expect(one.office.pbx.requests).toHaveLength(0);
  });

  it('is 4 for a number on the list, and dials it for whoever has the right to', async () => {
    const one = await client();
    const { tenant } = one.office;
    await tenant.client.post('/v1/do-not-call', { numbers: [{ number: '+972501234500' }] });
    expect(await one.click()).toMatchObject({ ERRORCODE: 4, CALLID: '' });
    expect(await one.click({ ignoredncstatus: '2' })).toMatchObject({ ERRORCODE: 4, CALLID: '' });
    expect(one.office.pbx.requests).toHaveLength(0);
    const rights = ['call', 'despite_do_not_call'];
    const { code = '' } = await desk.credential(one.office, 'voicenter', { rights });
    expect(await one.click({ code })).toMatchObject({ ERRORCODE: 4, CALLID: '' });
    expect(await one.click({ code, ignoredncstatus: '1' })).toMatchObject({ ERRORCODE: 4, CALLID: '' });
    expect(await one.click({ code, ignoredncstatus: '2' })).toMatchObject({ ERRORCODE: 0 });
  });

  it('is 4 while a call with the number goes on', async () => {
    const one = await client();
    await one.click();
    expect(await one.click({ phone: one.office.short[1] })).toMatchObject({ ERRORCODE: 4, CALLID: '' });
    expect(one.office.pbx.desk.calls).toHaveLength(1);
  });

  it('is 2 with a sentence where the PBX cannot do it, or has no account, or one that is off', async () => {
    const one = await client();
    expect(await one.click({ action: 'message', phone: TARGET })).toMatchObject({
      ERRORCODE: 2,
      ERRORMESSAGE: expect.stringMatching(/cannot/) as string,
    });
    const { tenant, connection } = one.office;
    await desk.api.sql.rows('UPDATE pbx_account SET enabled = false WHERE connection_id = $1', [
      connection.id,
    ]);
    expect(await one.click()).toMatchObject({ ERRORCODE: 2, CALLID: '' });
    await tenant.client.delete(`/v1/connections/${connection.id}/pbx-account`);
    expect(await one.click()).toMatchObject({ ERRORCODE: 2, CALLID: '' });
    expect(one.office.pbx.requests).toHaveLength(0);
  });

  it('is 1 without the right to call', async () => {
    const one = await client('globalex', { rights: ['read'] });
    expect(await one.click()).toMatchObject({ ERRORCODE: 1, CALLID: '' });
  });

  it('is 1 with a credential that is revoked, or for another vendor', async () => {
    const one = await client();
    const { password = '' } = await desk.credential(one.office, 'globalex');
    expect(await one.click({ code: password })).toMatchObject({ ERRORCODE: 1 });
    const { body } = await one.office.tenant.client.get('/v1/api-credentials');
    for (const { id } of body.data) {
      await one.office.tenant.client.delete(`/v1/api-credentials/${String(id)}`);
    }
    expect(await one.click()).toMatchObject({ ERRORCODE: 1 });
  });
});

describe('how a credential may be used', () => {
  it('is as often as it says, each by itself', async () => {
    const one = await client('globalex', { perMinute: 2 });
    const { code = '' } = await desk.credential(one.office, 'voicenter');
    const answers = [];
    for (let at = 0; at < 3; at += 1) answers.push(await one.click({ target: '' }));
    expect(answers.map(({ ERRORCODE }) => ERRORCODE)).toEqual([1, 1, 2]);
    expect(await one.click({ code })).toMatchObject({ ERRORCODE: 0 });
  });

  it('is from the addresses that it names, as our own proxy tells them', async () => {
    const one = await client('globalex', { allowFrom: ['203.0.113.0/24', '2001:db8::/32'] });
    const from = (address: string) => one.click({}, { 'x-forwarded-for': address });
    expect(await from('198.51.100.7')).toMatchObject({ ERRORCODE: 1 });
    expect(await from('203.0.113.9, 198.51.100.7')).toMatchObject({ ERRORCODE: 1 });
    expect(await one.click()).toMatchObject({ ERRORCODE: 1 });
    expect(one.office.pbx.requests).toHaveLength(0);
    expect(await from('198.51.100.7, 203.0.113.9')).toMatchObject({ ERRORCODE: 0 });
    expect(await from('2001:db8::7')).toMatchObject({ ERRORCODE: 0 });
  });

  it('is not by a page of another site, unless that is switched on', async () => {
    const one = await client();
    const crossSite = { 'sec-fetch-site': 'cross-site' };
    for (const headers of [
      crossSite,
      { 'sec-fetch-site': 'same-site' },
      { origin: 'https://evil.example' },
    ]) {
      expect(await one.click({}, headers)).toMatchObject({ ERRORCODE: 1, CALLID: '' });
    }
    expect(one.office.pbx.requests).toHaveLength(0);
    const { code = '' } = await desk.credential(one.office, 'voicenter', { settings: { crossSite: true } });
    expect(await one.click({ code }, crossSite)).toMatchObject({ ERRORCODE: 0 });
  });

  it('lets pages of its origins read the answer, and nobody else’s', async () => {
    const one = await client('globalex', { origins: ['https://crm.example'], settings: { crossSite: true } });
    const shown = async (origin: string) => {
      const { headers } = await fetch(one.url({ target: '' }), { headers: { origin } });
      return [headers.get('access-control-allow-origin'), headers.get('vary')];
    };
    expect(await shown('https://crm.example')).toEqual(['https://crm.example', 'origin']);
    expect(await shown('https://evil.example')).toEqual([null, 'origin']);
  });
});

describe('the path', () => {
  it.each([
    '/forwarddialer/CLICK2CALL.ASPX',
    '/ForwardDialer/click2call.aspx/',
    '/ForwardDialer/click2call%2Easpx',
  ])('may be %s', async (path) => {
    const one = await client();
    expect(await (await fetch(one.url({}, path))).json()).toMatchObject({ ERRORCODE: 0 });
  });

  it.each(['HEAD', 'OPTIONS', 'PUT', 'DELETE'])('dials nobody by %s', async (method) => {
    const one = await client();
    const answer = await fetch(one.url(), { method });
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([
      method === 'OPTIONS' ? 204 : 405,
      'no-store',
    ]);
    expect([await orders(one), one.office.pbx.requests]).toEqual([[], []]);
  });

  it('refuses what is longer than any list, with an answer', async () => {
    const one = await client();
    const wire = await Wire.open(Number(new URL(desk.api.url).port));
    const piece = 'x'.repeat(1024 * 1024);
    await wire.send(
      `POST ${PATH}?code=${one.code} HTTP/1.1\r\nhost: x\r\ncontent-length: ${5 * piece.length}\r\n\r\n`,
    );
    for (let at = 0; at < 5; at += 1) await wire.send(piece);
    expect(await wire.answers()).toEqual([413]);
    wire.close();
  });
});

it('writes no code and no whole number into its log, nor a code into what it answers', async () => {
  const one = await client('voicenter');
  const target = '0509876500';
  for (const params of [{}, { target: '' }, { action: 'x' }, { target: '0509876533' }]) {
    const answer = await fetch(one.url({ target, ...params }));
    expect(await answer.text()).not.toContain(one.code);
  }
  await fetch(one.url(), { method: 'PUT' });
  expect(lines).toContain('order.not_placed');
  expect(lines).not.toContain(one.code);
  expect(lines).not.toContain(one.office.pbx.account.secrets['code']);
  expect(lines).not.toMatch(/509876[05]/);
});
