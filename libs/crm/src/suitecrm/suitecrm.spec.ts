import { describe, expect, it } from '@jest/globals';
import { BenchOfCrm, callForCrm } from '../conformance/bench-of-crm.fixture.js';
import type { FakeAnswer } from '../conformance/fake-crm.fixture.js';
import { suitecrm } from './suitecrm.fixture.js';

const failed = (detail: string): FakeAnswer => ({ status: 400, body: { errors: { status: 400, detail } } });

describe('suitecrm', () => {
  it.each<[FakeAnswer, string]>([
    [failed('Call module with id 7 is not found'), 'gone'],
    [failed('Bean Calls with id 7 is already exist'), 'duplicate'],
    [failed('Filter operator like is invalid'), 'refused'],
    [{ status: 403, body: { errors: { detail: 'Access Denied' } } }, 'refused'],
    [{ status: 200, body: '<html>Login</html>' }, 'unreachable'],
  ])('reads %j as %s', async (answer, kind) => {
    const at = new BenchOfCrm(suitecrm);
    at.mishap = () => answer;
    await expect(at.crm.findContacts('+972545551234', at.io)).rejects.toMatchObject({ kind });
  });

  it('asks for one field at a time, for its "or" would find everybody', async () => {
    const at = new BenchOfCrm(suitecrm);
    await at.crm.findContacts('+972545551234', at.io);
    const filters = at.asked.map(({ query = {} }) =>
      Object.entries(query).filter(([name]) => name.startsWith('filter')),
    );
    expect(filters.map((list) => list.length)).toEqual(filters.map(() => 1));
    expect(filters[0]).toEqual([['filter[phone_mobile][like]', '%5%4%5%5%5%1%2%3%4']]);
  });

  it('is not kept from a lead by a contact with a similar number', async () => {
    const at = new BenchOfCrm(suitecrm);
    at.fake.addContact({ name: 'Jo', phones: ['+44 545 551 234'] });
    const lead = { id: 'l1', attributes: { last_name: 'Noa', phone_mobile: '054-555-1234' } };
    at.mishap = ({ path }) => (path.endsWith('/Leads') ? { status: 200, body: { data: [lead] } } : undefined);
    const found = await at.crm.findContacts('+972545551234', at.io);
    expect(found.map(({ name }) => name)).toContain('Noa');
  });

  it('finds our text again that is answered as it stands in a page', async () => {
    const at = new BenchOfCrm(suitecrm, { mode: 'incremental', body: 'Said "yes" & went' });
    await at.tell(callForCrm());
    const [log] = at.fake.logs();
    at.fake.editLog(log?.id ?? '', 'Mine');
    await at.tell(callForCrm({ talkSeconds: 3_700 }), { type: 'call.updated', sequence: 3 });
    expect(at.fake.logs()[0]).toMatchObject({ seconds: 62 * 60 });
    expect(at.fake.logs()[0]?.text).toContain('Said "yes" & went');
    expect(at.fake.complaints).toEqual([]);
  });
});
