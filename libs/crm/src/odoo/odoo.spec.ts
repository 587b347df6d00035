import { describe, expect, it } from '@jest/globals';
import { BenchOfCrm, callForCrm, SECRET } from '../conformance/bench-of-crm.fixture.js';
import type { FakeAnswer } from '../conformance/fake-crm.fixture.js';
import { odoo, odooByRpc } from './odoo.fixture.js';

const raised = (status: number, name: string, message = 'Words'): FakeAnswer => ({
  status,
  body: { name: `odoo.exceptions.${name}`, message, debug: 'Traceback: secret path' },
});

describe('odoo', () => {
  it.each<[FakeAnswer, string]>([
    [raised(404, 'MissingError'), 'gone'],
    [raised(403, 'AccessDenied'), 'unauthorised'],
    [raised(403, 'AccessError'), 'refused'],
    [raised(422, 'ValidationError', 'The phone number is wrong'), 'bad number'],
    [raised(422, 'UserError', 'Fill in the branch'), 'refused'],
  ])('reads %j as %s, and keeps its traceback to itself', async (answer, kind) => {
    const at = new BenchOfCrm(odoo);
    at.mishap = () => answer;
    const fault = await at.crm.findContacts('+972545551234', at.io).catch((error: unknown) => error);
    expect(fault).toMatchObject({ kind });
    expect(String(fault)).not.toContain('Traceback');
  });

  it('searches for the digits without a plus', async () => {
    const at = new BenchOfCrm(odoo);
    await at.crm.findContacts('+972545551234', at.io);
    expect(at.asked[0]?.json).toMatchObject({ domain: [['phone_mobile_search', 'ilike', '545551234']] });
  });

  it('tells of a call with nobody on the contact that is set for it', async () => {
    const at = new BenchOfCrm({ ...odoo, settings: { database: 'acme', strangersPartnerId: 3 } });
    await at.tell(callForCrm());
    expect(at.asked.at(-1)?.json).toMatchObject({ ids: [3] });
    expect(at.asked.some(({ path }) => path.includes('res.users'))).toBe(false);
  });

  it('plans to call back on the day that it is where the tenant is', async () => {
    const settings = { ...odoo.settings, timeZone: 'Asia/Jerusalem' };
    const at = new BenchOfCrm({ ...odoo, settings }, { taskOnMissed: true, taskDueMinutes: 60 });
    const missed = callForCrm({ result: 'missed', talkSeconds: null, endedAt: '2026-11-21T22:30:00Z' });
    await at.tell(missed);
    await at.tell(missed, { type: 'call.missed', sequence: 3 });
    expect(at.asked.at(-1)?.json).toMatchObject({ date_deadline: '2026-11-22' });
  });

  it('adds a late recording once, though the answer was lost', async () => {
    const at = new BenchOfCrm(odoo, { mode: 'incremental' });
    const recordings = [{ url: 'https://hook.example/r/1?a=1&b="_"', vendorUrl: null }] as never;
    await at.tell(callForCrm());
    let lost = 0;
    at.mishap = ({ makes }) => (makes === true && (lost += 1) === 1 ? 'lost answer' : undefined);
    await at.tellUntilDone(callForCrm({ recordings }), { type: 'call.updated', sequence: 3 });
    expect(lost).toBe(1);
    expect(at.fake.logs()[0]?.text.match(/hook\.example/g)).toHaveLength(1);
  });

  it('makes an activity to call back', async () => {
    const at = new BenchOfCrm(odoo, { taskOnMissed: true });
    at.fake.addContact({ name: 'Noa Cohen', phones: ['0545551234'] });
    const call = callForCrm({ result: 'missed', talkSeconds: null, answeredAt: null });
    await at.tell(call);
    await at.tell(call, { type: 'call.missed', sequence: 3 });
    expect(at.fake.tasks?.()).toHaveLength(1);
    expect(at.fake.complaints).toEqual([]);
  });

  it.each<[string, string, string]>([
    ['odoo.exceptions.MissingError', 'gone', 'Record does not exist'],
    ['odoo.exceptions.AccessDenied', 'unauthorised', 'Access Denied'],
    ['psycopg2.errors.SerializationFailure', 'unreachable', 'could not serialize access'],
    ['builtins.ValueError', 'refused', "Invalid field 'mobile'"],
  ])('reads %s, which JSON-RPC answers with a 200, as %s', async (name, kind, message) => {
    const at = new BenchOfCrm(odooByRpc);
    const data = { name, message, debug: 'Traceback: secret path' };
    at.mishap = () => ({ status: 200, body: { jsonrpc: '2.0', id: 1, error: { code: 200, data } } });
    const fault = await at.crm.findContacts('+972545551234', at.io).catch((error: unknown) => error);
    expect(fault).toMatchObject({ kind, reason: `The CRM answered 200: ${message}` });
  });

  it('finds whoever has the number as a mobile before version 19', async () => {
    const at = new BenchOfCrm(odooByRpc);
    const id = at.fake.addContact({ name: 'Noa Cohen', phones: ['03-555-1234', '054-555-1234'] });
    await at.tell(callForCrm());
    expect(at.fake.logs()).toMatchObject([{ contactId: id }]);
  });

  it('has the key in the body where JSON-RPC wants it, and only there as it is sent', async () => {
    const at = new BenchOfCrm(odooByRpc);
    await at.tell(callForCrm());
    expect(at.fake.complaints).toEqual([]);
    expect(JSON.stringify(at.asked)).not.toContain(SECRET);
  });

  it.each([{ api: 'jsonrpc' }, { api: 'jsonrpc', database: 'acme' }, { api: 'jsonrpc', userId: 2 }])(
    'wants the database and the user for JSON-RPC: %j lacks one',
    (settings) => {
      expect(odoo.connector.prepare(settings).ok).toBe(false);
    },
  );

  it('takes a page for no answer', async () => {
    for (const server of [odoo, odooByRpc]) {
      const at = new BenchOfCrm(server);
      at.mishap = () => ({ status: 200, body: '<html>Login</html>' });
      await expect(at.crm.findContacts('+972545551234', at.io)).rejects.toMatchObject({
        kind: 'unreachable',
      });
    }
  });
});
