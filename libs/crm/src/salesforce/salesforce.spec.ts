import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { BenchOfCrm, callForCrm } from '../conformance/bench-of-crm.fixture.js';
import type { FakeAnswer } from '../conformance/fake-crm.fixture.js';
import { inSoql, inSosl } from './query-text.js';
import { errorOf, salesforce, type FakeSalesforce } from './salesforce.fixture.js';

const E164 = '+972545551234';

function bench(settings: Record<string, unknown> = {}, logging: Record<string, unknown> = {}) {
  const at = new BenchOfCrm({ ...salesforce, settings }, logging);
  return { at, fake: at.fake as FakeSalesforce };
}

describe('Salesforce', () => {
  it('says which field is hidden from our user', async () => {
    const { at, fake } = bench();
    expect(await at.crm.probe(at.io)).toEqual({ account: 'Dana Levi', lacks: [] });
    fake.hiddenFields.add('CallDisposition');
    expect((await at.crm.probe(at.io)).lacks).toEqual([expect.stringContaining('CallDisposition')]);
  });

  it('logs on a lead as well, with its page', async () => {
    const { at, fake } = bench({ pagesUrl: 'https://acme.lightning.force.com/' });
    const id = fake.addPerson('Lead', { name: 'Noa', phones: ['054-555-1234'] });
    await at.tell(callForCrm());
    expect(fake.logs()).toMatchObject([{ contactId: id }]);
    const [found] = await at.crm.findContacts(E164, at.io);
    expect(found?.url).toBe(`https://acme.lightning.force.com/lightning/r/Lead/${id}/view`);
  });

  it('makes leads where the tenant wants leads', async () => {
    const { at, fake } = bench({ newContacts: 'Lead' }, { createContacts: 'answered' });
    await at.tell(callForCrm());
    expect(fake.tables.of('Lead')).toMatchObject([{ Company: '[not provided]', Phone: E164 }]);
    expect(fake.complaints).toEqual([]);
  });

  it('is not kept from somebody by a search that finds a similar number', async () => {
    const { at } = bench();
    const id = at.fake.addContact({ name: 'Noa', phones: [E164] });
    const near = {
      attributes: { type: 'Contact' },
      Id: '003000000000099',
      Name: 'Jo',
      Phone: '+44 545 551 234',
    };
    at.mishap = ({ path }) =>
      path.endsWith('/search/') ? { status: 200, body: { searchRecords: [near] } } : undefined;
    await at.tell(callForCrm());
    expect(at.fake.logs()).toMatchObject([{ contactId: id }]);
  });

  it('finds the contact that it made although the search lags', async () => {
    const { at, fake } = bench({}, { createContacts: 'answered' });
    fake.lag();
    await at.tell(callForCrm());
    expect(await at.crm.findContacts(E164, at.io)).toHaveLength(1);
  });

  it('is refused a second record by an external id of the tenant’s', async () => {
    const { at, fake } = bench({ callIdField: 'Switchhook__c' });
    await at.tell(callForCrm());
    at.kept.logs.clear();
    await expect(at.tell(callForCrm())).resolves.toMatchObject({ kind: 'done' });
    expect(fake.logs()).toHaveLength(1);
    expect(fake.complaints).toEqual([]);
  });

  it('has the day of the tenant’s time zone', async () => {
    const { at, fake } = bench({ timeZone: 'Asia/Jerusalem' });
    await at.tell(callForCrm({ startedAt: '2026-11-21T22:30:00.000Z' }));
    expect(fake.tables.of('Task')[0]?.['ActivityDate']).toBe('2026-11-22');
  });

  it('takes no field name that is a piece of a query', () => {
    expect(salesforce.connector.prepare({ callIdField: "Id = '' OR Id" }).ok).toBe(false);
  });

  it.each<[string, FakeAnswer, string]>([
    ['a rule of the tenant’s', errorOf(400, 'FIELD_CUSTOM_VALIDATION_EXCEPTION', 'Say why'), 'refused'],
    [
      'a limit that has the status of a refusal',
      errorOf(403, 'REQUEST_LIMIT_EXCEEDED', 'No more'),
      'throttled',
    ],
    ['a row that somebody else writes', errorOf(400, 'UNABLE_TO_LOCK_ROW', 'unable'), 'unreachable'],
    ['an owner that is none', errorOf(400, 'INVALID_CROSS_REFERENCE_KEY', 'invalid', ['OwnerId']), 'refused'],
    ['a user who may not', errorOf(403, 'INSUFFICIENT_ACCESS_OR_READONLY', 'insufficient'), 'refused'],
  ])('%s is told apart', async (_what, answer, kind) => {
    const { at } = bench();
    at.mishap = ({ makes }) => (makes === true ? answer : undefined);
    await expect(at.tell(callForCrm())).rejects.toMatchObject({ kind });
  });

  it('takes the contact that a duplicate rule found, and makes one without a number that is refused', async () => {
    const record = { Id: '003000000000000007' };
    const [error] = errorOf(400, 'DUPLICATES_DETECTED', 'Use one of these').body as object[];
    const twin = { ...error, duplicateResut: { matchResults: [{ matchRecords: [{ record }] }] } };
    const { at } = bench();
    at.mishap = () => ({ status: 400, body: [twin] });
    await expect(at.crm.findContacts(E164, at.io)).rejects.toMatchObject({
      kind: 'duplicate',
      more: { id: record.Id },
    });
    at.mishap = () => errorOf(400, 'FIELD_CUSTOM_VALIDATION_EXCEPTION', 'No number', ['Phone']);
    await expect(at.crm.findContacts(E164, at.io)).rejects.toMatchObject({ kind: 'bad number' });
  });

  it('writes nothing into a query but text', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(inSoql(text)).not.toMatch(/(?<!\\)(?:\\\\)*['"\n\r]/);
        expect(inSosl(text)).not.toMatch(/(?<!\\)(?:\\\\)*[&|!(){}[\]^"~*?:'+-]/);
      }),
    );
    expect(inSoql("O'Neil\\")).toBe("O\\'Neil\\\\");
  });
});
