import { describe, expect, it } from '@jest/globals';
import { BenchOfCrm, callForCrm } from '../conformance/bench-of-crm.fixture.js';
import { freshdesk } from './freshdesk.fixture.js';

const RECORDINGS = [{ url: 'https://hook.example/r/1', vendorUrl: null }] as never;

describe('freshdesk', () => {
  it('gives the ticket of an unknown caller to one requester for the number, who is no contact with it', async () => {
    const at = new BenchOfCrm(freshdesk);
    await at.tell(callForCrm({ id: 'a' }));
    await at.tell(callForCrm({ id: 'b' }));
    const keys = at.asked.filter(({ makes }) => makes).map(({ json }) => json as Record<string, unknown>);
    expect(keys.map((json) => json['unique_external_id'])).toEqual(
      Array.from({ length: 2 }, () => 'sw-call:+972545551234'),
    );
    expect(at.fake.contacts()).toEqual([]);
  });

  it('adds only what is new, and not twice though the answer was lost', async () => {
    const at = new BenchOfCrm(freshdesk, { mode: 'incremental' });
    await at.tell(callForCrm());
    let lost = 0;
    at.mishap = ({ path }) => (path.endsWith('/notes') && (lost += 1) === 1 ? 'lost answer' : undefined);
    await at.tellUntilDone(callForCrm({ recordings: RECORDINGS }), { type: 'call.updated', sequence: 3 });
    expect(lost).toBe(1);
    expect(at.fake.logs()[0]?.text.match(/https:\/\/hook\.example\/r\/1/g)).toHaveLength(1);
  });

  it('takes the id of the contact that is there already', async () => {
    const at = new BenchOfCrm(freshdesk, { createContacts: 'missed_too' });
    const additional_info = { user_id: 77 };
    const error = { field: 'unique_external_id', code: 'duplicate_value', message: 'taken', additional_info };
    at.mishap = ({ method, path }) =>
      method === 'POST' && path.endsWith('/contacts')
        ? { status: 409, body: { errors: [error] } }
        : undefined;
    await at.tell(callForCrm());
    const ticket = at.asked.find(({ path, makes }) => path === '/api/v2/tickets' && makes);
    expect(ticket?.json).toMatchObject({ requester_id: 77 });
  });

  it('says which field the tenant’s own rules want', async () => {
    const at = new BenchOfCrm(freshdesk);
    const errors = [{ field: 'cf_branch', message: 'It should be filled', code: 'missing_field' }];
    at.mishap = ({ makes }) => (makes === true ? { status: 400, body: { errors } } : undefined);
    await expect(at.tell(callForCrm())).rejects.toMatchObject({
      kind: 'refused',
      reason: 'The CRM answered 400: cf_branch: It should be filled',
    });
  });

  it('finds all who have the number: one’s phone, another’s mobile, and however a third one is written', async () => {
    const at = new BenchOfCrm(freshdesk, { choose: 'ask' });
    const phones = [['+972545551234'], ['036000000', '+972545551234'], ['054-555-1234']];
    for (const [place, of] of phones.entries()) at.fake.addContact({ name: `n${String(place)}`, phones: of });
    const call = callForCrm();
    await at.tell(call);
    expect(at.kept.candidates.get(call.id)?.map(({ name }) => name)).toEqual(['n0', 'n1', 'n2']);
  });

  it('leads to the page of a contact where it knows the address', async () => {
    const at = new BenchOfCrm({ ...freshdesk, settings: { page: 'https://help.acme.example/' } });
    const id = at.fake.addContact({ name: 'Noa Cohen', phones: ['0545551234'] });
    const [found] = await at.crm.findContacts('+972545551234', at.io);
    expect(found?.url).toBe(`https://help.acme.example/a/contacts/${id}`);
  });
});
