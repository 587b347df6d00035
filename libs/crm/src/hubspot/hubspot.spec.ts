import { describe, expect, it } from '@jest/globals';
import { BenchOfCrm, callForCrm } from '../conformance/bench-of-crm.fixture.js';
import type { FakeAnswer } from '../conformance/fake-crm.fixture.js';
import { hubspot, type FakeHubspot } from './hubspot.fixture.js';

const FIELD = 'switchhook_call_id';

function bench(settings: Record<string, unknown> = {}, logging: Record<string, unknown> = {}) {
  const at = new BenchOfCrm({ ...hubspot, settings }, logging);
  return { at, fake: at.fake as FakeHubspot };
}

/** What a try comes to whose first request that makes something is answered so. */
async function whenAnswered(answer: FakeAnswer) {
  const { at } = bench();
  at.mishap = ({ makes }) => (makes === true ? answer : undefined);
  return at.tell(callForCrm()).catch((fault: unknown) => fault);
}

describe('HubSpot', () => {
  it('gets its field of unique values from the test of the endpoint, once', async () => {
    const { at, fake } = bench();
    const probe = await at.crm.probe(at.io);
    await at.crm.probe(at.io);
    expect(probe).toEqual({ account: 'HubSpot account 4711', lacks: [] });
    expect(fake.tables.of('fields').filter(({ name }) => name === FIELD)).toHaveLength(1);
    expect(fake.complaints).toEqual([]);
  });

  it('says that the field is missing where it may not be made, and logs nothing then', async () => {
    const { at, fake } = bench();
    fake.mayMakeFields = false;
    const { lacks } = await at.crm.probe(at.io);
    expect(lacks).toEqual([expect.stringContaining(FIELD)]);
    await expect(at.tell(callForCrm())).rejects.toMatchObject({ kind: 'refused' });
    expect(fake.logs()).toEqual([]);
  });

  it('is refused a second record of a call by the CRM itself', async () => {
    const { at, fake } = bench();
    await at.tell(callForCrm());
    at.kept.logs.clear();
    await expect(at.tell(callForCrm())).resolves.toMatchObject({ kind: 'done' });
    expect(fake.logs()).toHaveLength(1);
  });

  it('has the outcome, the length in milliseconds and both numbers in fields of their own', async () => {
    const { at, fake } = bench({}, { owners: { '101': '77' } });
    await at.tell(callForCrm());
    expect(fake.tables.of('calls')[0]?.['properties']).toMatchObject({
      hs_call_status: 'COMPLETED',
      hs_call_duration: '60000',
      hs_call_disposition: 'f240bbac-87c9-4f6e-bf70-924b57d47db7',
      hs_call_from_number: '+972545551234',
      hs_call_to_number: '+972722776772',
      hubspot_owner_id: '77',
    });
  });

  it('knows the page of a contact when it knows the account', async () => {
    const { at, fake } = bench({ portalId: '4711' });
    const id = fake.addContact({ name: 'Noa', phones: ['+972545551234'] });
    const [found] = await at.crm.findContacts('+972545551234', at.io);
    expect(found?.url).toBe(`https://app.hubspot.com/contacts/4711/record/0-1/${id}`);
  });

  it('leaves a field that an agent changed, and a text in which ours is not to be found', async () => {
    const { at, fake } = bench();
    await at.tell(callForCrm());
    const [log] = fake.tables.of('calls');
    Object.assign(log?.['properties'] as object, { hs_call_title: 'Theirs', hs_call_body: 'All theirs' });
    await at.tell(callForCrm({ recordings: [{ url: 'https://hook.example/r/1', vendorUrl: null }] }), {
      type: 'call.updated',
      sequence: 3,
    });
    expect(log?.['properties']).toMatchObject({
      hs_call_title: 'Theirs',
      hs_call_body: 'All theirs',
      hs_call_recording_url: 'https://hook.example/r/1',
    });
  });

  it.each<[string, FakeAnswer, Record<string, unknown>]>([
    [
      'a day’s limit is waited for longer',
      { status: 429, body: { category: 'RATE_LIMITS', policyName: 'DAILY', message: 'Daily limit' } },
      { kind: 'throttled', more: { outcome: { class: 'throttled', waitMs: 900_000 } } },
    ],
    [
      'a rule of the tenant’s is told in HubSpot’s words',
      { status: 400, body: { category: 'VALIDATION_ERROR', message: 'Owner 12 is inactive' } },
      { kind: 'refused', reason: 'The CRM answered 400: Owner 12 is inactive' },
    ],
    [
      'a scope that is missing is a matter of credentials',
      { status: 403, body: { category: 'MISSING_SCOPES', message: 'This app lacks a scope' } },
      { kind: 'unauthorised' },
    ],
  ])('%s', async (_what, answer, expected) => {
    expect(await whenAnswered(answer)).toMatchObject(expected);
  });

  it('makes the contact without its number when the number is refused', async () => {
    const { at, fake } = bench({}, { createContacts: 'answered' });
    const wrong = 'Property values were not valid: [{"error":"INVALID_PHONE_NUMBER","name":"phone"}]';
    at.mishap = ({ path, json }) =>
      path.endsWith('/contacts') && JSON.stringify(json).includes('"phone"')
        ? { status: 400, body: { category: 'VALIDATION_ERROR', message: wrong } }
        : undefined;
    await at.tell(callForCrm());
    expect(fake.tables.of('contacts')[0]?.['properties']).toMatchObject({ message: '+972545551234' });
    expect(fake.logs()).toMatchObject([{ contactId: fake.contacts()[0]?.id }]);
  });
});
