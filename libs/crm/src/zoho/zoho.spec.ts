import { describe, expect, it } from '@jest/globals';
import { BenchOfCrm, callForCrm } from '../conformance/bench-of-crm.fixture.js';
import type { FakeAnswer } from '../conformance/fake-crm.fixture.js';
import { errorIn, zoho, type FakeZoho } from './zoho.fixture.js';

const E164 = '+972545551234';

function bench(settings: Record<string, unknown> = {}, logging: Record<string, unknown> = {}) {
  const at = new BenchOfCrm({ ...zoho, settings }, logging);
  return { at, fake: at.fake as FakeZoho };
}

describe('Zoho CRM', () => {
  it('says who it is, and what is wrong with the field for our id', async () => {
    const probed = (settings: Record<string, unknown>) => {
      const { at } = bench(settings);
      return at.crm.probe(at.io);
    };
    expect(await probed({})).toEqual({ account: 'Dana Levi', lacks: [] });
    expect(await probed({ callIdField: 'Switchhook' })).toMatchObject({ lacks: [] });
    expect((await probed({ callIdField: 'Subject' })).lacks).toEqual([expect.stringContaining('duplicates')]);
    expect((await probed({ callIdField: 'Other' })).lacks).toEqual(['Calls have no field Other.']);
  });

  it('writes a call once by a unique field of the tenant’s, whatever we remember', async () => {
    const { at, fake } = bench({ callIdField: 'Switchhook' });
    await at.tell(callForCrm());
    at.kept.logs.clear();
    await at.tell(callForCrm());
    expect(fake.logs()).toHaveLength(1);
    expect(fake.complaints).toEqual([]);
  });

  it('logs on a lead what it is about, with its page', async () => {
    const { at, fake } = bench({ pagesUrl: 'https://crm.zoho.eu/crm/org7/' }, { taskOnMissed: true });
    const id = fake.addPerson('Leads', { name: 'Noa', phones: ['054-555-1234'] });
    await at.tell(callForCrm());
    await at.tell(callForCrm(), { type: 'call.missed', sequence: 3 });
    expect(fake.tables.of('Calls')).toMatchObject([{ What_Id: { id }, $se_module: 'Leads' }]);
    expect(fake.tables.of('Tasks')).toMatchObject([{ What_Id: { id }, $se_module: 'Leads' }]);
    const [found] = await at.crm.findContacts(E164, at.io);
    expect(found?.url).toBe(`https://crm.zoho.eu/crm/org7/tab/Leads/${id}`);
    expect(fake.complaints).toEqual([]);
  });

  it('finds all who have the number, however each is written', async () => {
    const { at, fake } = bench({}, { choose: 'ask' });
    fake.addContact({ name: 'Noa', phones: [E164] });
    fake.addContact({ name: 'Ben', phones: ['054-555-1234'] });
    const call = callForCrm();
    await at.tell(call);
    expect(at.kept.candidates.get(call.id)?.map(({ name }) => name)).toEqual(['Noa', 'Ben']);
  });

  it('makes a task for the day that it is where the tenant is', async () => {
    const { at, fake } = bench({ timeZone: 'Asia/Jerusalem' }, { taskOnMissed: true, taskDueMinutes: 60 });
    const missed = callForCrm({ result: 'missed', talkSeconds: null, endedAt: '2026-11-21T22:30:00Z' });
    await at.tell(missed);
    await at.tell(missed, { type: 'call.missed', sequence: 3 });
    expect(fake.tables.of('Tasks')).toMatchObject([{ Due_Date: '2026-11-22' }]);
  });

  it('tells missed calls from others, and gives the length in minutes and seconds', async () => {
    const { at, fake } = bench({}, { owners: { '101': '554000000000999' } });
    await at.tell(callForCrm({ id: 'a', talkSeconds: 6_005 }));
    await at.tell(callForCrm({ id: 'b', result: 'missed', talkSeconds: null }));
    expect(fake.tables.of('Calls')).toMatchObject([
      { Call_Type: 'Inbound', Call_Duration: '100:05', Owner: { id: '554000000000999' } },
      { Call_Type: 'Missed', Call_Duration: '00:00' },
    ]);
  });

  it('leaves the owner of a call that is over, whom Zoho lets nobody change, and changes the rest', async () => {
    const { at, fake } = bench({}, { owners: { '101': '554000000000001', '102': '554000000000002' } });
    await at.tell(callForCrm());
    const recordings = [{ url: 'https://hook.example/r/1', vendorUrl: null }];
    await at.tell(callForCrm({ extension: '102', recordings }), { type: 'call.updated', sequence: 3 });
    expect(fake.tables.of('Calls')).toMatchObject([
      { Owner: { id: '554000000000001' }, Voice_Recording__s: 'https://hook.example/r/1' },
    ]);
    expect(fake.complaints).toEqual([]);
  });

  it.each<[string, FakeAnswer, Record<string, unknown>]>([
    ['a limit', { status: 429, body: { status: 'error', code: 'X' } }, { kind: 'throttled' }],
    [
      'a twin, whose id stands inside a 207',
      errorIn(207, 'DUPLICATE_DATA', { api_name: 'Switchhook', id: '554000000000007' }),
      { kind: 'duplicate', more: { id: '554000000000007' } },
    ],
    ['a failure inside a 201', errorIn(201, 'MANDATORY_NOT_FOUND', { api_name: 'X' }), { kind: 'refused' }],
    ['a failure of theirs inside a 207', errorIn(207, 'INTERNAL_ERROR', {}), { kind: 'unreachable' }],
    [
      'a scope that is missing',
      { status: 401, body: { status: 'error', code: 'OAUTH_SCOPE_MISMATCH' } },
      { kind: 'unauthorised' },
    ],
  ])('%s is told apart', async (_what, answer, expected) => {
    const { at } = bench();
    at.mishap = ({ makes }) => (makes === true ? answer : undefined);
    await expect(at.tell(callForCrm())).rejects.toMatchObject(expected);
  });

  it('makes a lead without its number when the number is refused', async () => {
    const { at, fake } = bench({ newContacts: 'Leads' }, { createContacts: 'answered' });
    at.mishap = ({ path, json }) =>
      path.endsWith('/Leads') && JSON.stringify(json).includes('"Phone"')
        ? errorIn(207, 'INVALID_DATA', { api_name: 'Phone' })
        : undefined;
    await at.tell(callForCrm());
    expect(fake.tables.of('Leads')).toMatchObject([{ Description: E164 }]);
    expect(fake.complaints).toEqual([]);
  });
});
