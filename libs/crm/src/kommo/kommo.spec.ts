import { describe, expect, it } from '@jest/globals';
import { BenchOfCrm, callForCrm } from '../conformance/bench-of-crm.fixture.js';
import { FakeKommo, kommo } from './kommo.fixture.js';

const E164 = '+972545551234';

function bench(logging: Record<string, unknown> = {}) {
  const at = new BenchOfCrm(kommo, logging);
  if (!(at.fake instanceof FakeKommo)) throw new Error('It has another stand-in.');
  return { at, tables: at.fake.tables };
}

describe('kommo', () => {
  it('writes a call as a note of whom we chose, with our id and how it ended', async () => {
    const { at, tables } = bench({ owners: { '7': '15' } });
    at.fake.addContact({ name: 'Noa', phones: [E164] });
    await at.tell(callForCrm({ recordings: [{ url: 'https://hook.example/r/1', vendorUrl: null }] }));
    expect(tables['notes']).toMatchObject([
      {
        note_type: 'call_in',
        responsible_user_id: 15,
        params: {
          uniq: '019a9e5c-7a00-7000-8000-000000000000',
          duration: 60,
          call_status: 4,
          phone: E164,
          link: 'https://hook.example/r/1',
        },
      },
    ]);
    expect(at.fake.complaints).toEqual([]);
  });

  it('writes a call of nobody as a finished task, once, and brings that up to date', async () => {
    const { at } = bench();
    let lost = false;
    at.mishap = ({ makes }) => (makes === true && !lost && (lost = true) ? 'lost answer' : undefined);
    await at.tellUntilDone(callForCrm());
    const recordings = [{ url: 'https://hook.example/r/1', vendorUrl: null }];
    await at.tell(callForCrm({ recordings }), { type: 'call.updated', sequence: 3 });
    expect(at.fake.logs()).toMatchObject([{ contactId: null }]);
    expect(at.fake.logs()[0]?.text).toContain('https://hook.example/r/1');
    expect(at.fake.complaints).toEqual([]);
  });

  it('finds companies too, and where people see them', async () => {
    const { at, tables } = bench();
    const values = [{ value: '(054) 555-1234', enum_code: 'WORK' }];
    tables['companies']?.push({
      ...{ id: 9, name: 'Cohen Ltd', created_at: 100, updated_at: 200 },
      custom_fields_values: [{ field_code: 'PHONE', values }],
      _links: { self: { href: 'https://tenant.kommo.example/api/v4/companies/9' } },
    });
    await expect(at.crm.findContacts(E164, at.io)).resolves.toMatchObject([
      {
        id: '9',
        type: 'companies',
        company: 'Cohen Ltd',
        url: 'https://tenant.kommo.example/companies/detail/9',
        createdAt: 100_000,
        updatedAt: 200_000,
      },
    ]);
    await at.tell(callForCrm());
    expect(at.asked.at(-1)?.path).toBe('/api/v4/companies/9/notes');
  });

  it('takes a refused number for that, and puts it into the name', async () => {
    const { at } = bench({ createContacts: 'answered', contactName: 'Caller' });
    const errors = [{ code: 'Invalid', path: 'custom_fields_values.0.values.0.value', detail: 'bad' }];
    at.mishap = ({ path, json }) =>
      path === '/api/v4/contacts' && JSON.stringify(json ?? '').includes('PHONE')
        ? { status: 400, body: { 'validation-errors': [{ request_id: '0', errors }], status: 400 } }
        : undefined;
    await at.tell(callForCrm());
    expect(at.fake.contacts()).toMatchObject([{ name: `Caller ${E164}`, phones: [] }]);
    expect(at.fake.logs()).toHaveLength(1);
  });

  it.each([
    ['a lock for too many requests, which has no words', '<html>403 Forbidden</html>', 'throttled'],
    ['a right that is missing', { title: 'Forbidden', detail: 'No rights', status: 403 }, 'refused'],
  ])('knows %s', async (_what, body, kind) => {
    const { at } = bench();
    at.mishap = () => ({ status: 403, body });
    await expect(at.tell(callForCrm())).rejects.toMatchObject({ kind });
  });

  it('makes a task about a missed call of whoever called', async () => {
    const { at, tables } = bench({ taskOnMissed: true });
    const id = at.fake.addContact({ name: 'Noa', phones: [E164] });
    const missed = callForCrm({ result: 'missed', talkSeconds: null, answeredAt: null, agent: null });
    await at.tell(missed);
    await at.tell(missed, { type: 'call.missed', sequence: 3 });
    expect(at.fake.tasks?.()).toHaveLength(1);
    expect(tables['tasks']).toMatchObject([{ entity_id: Number(id), entity_type: 'contacts' }]);
    expect(at.fake.complaints).toEqual([]);
  });
});
