import { describe, expect, it } from '@jest/globals';
import { BenchOfCrm, callForCrm } from '../conformance/bench-of-crm.fixture.js';
import type { FakeAnswer } from '../conformance/fake-crm.fixture.js';
import { bitrix24 as connector } from './bitrix24.js';
import { bitrix24 } from './bitrix24.fixture.js';

describe('bitrix24', () => {
  it.each<[FakeAnswer, string]>([
    [{ status: 503, body: { error: 'QUERY_LIMIT_EXCEEDED' } }, 'throttled'],
    [{ status: 429, body: { error: 'OPERATION_TIME_LIMIT' } }, 'throttled'],
    [{ status: 401, body: { error: 'expired_token' } }, 'unauthorised'],
    [{ status: 403, body: { error: 'insufficient_scope' } }, 'refused'],
    [{ status: 400, body: { error: 'ERROR_CORE', error_description: 'Field is wrong' } }, 'refused'],
  ])('reads %j as %s', async (answer, kind) => {
    const at = new BenchOfCrm(bitrix24);
    at.mishap = () => answer;
    await expect(at.tell(callForCrm())).rejects.toMatchObject({ kind });
  });

  it('does not register a call again whose text could not be written at first', async () => {
    const at = new BenchOfCrm(bitrix24);
    at.fake.addContact({ name: 'Noa Cohen', phones: ['0545551234'] });
    let failures = 0;
    at.mishap = ({ path }) =>
      path.endsWith('crm.activity.update') && (failures += 1) === 1 ? 'no connection' : undefined;
    await at.tellUntilDone(callForCrm());
    expect(at.asked.filter(({ path }) => path.endsWith('register'))).toHaveLength(1);
    expect(at.fake.logs()[0]?.text).toContain('[sw:019a9e5c-7a00-7000-8000-000000000000]');
  });

  it('attaches a recording that comes late to the call, and asks for no user who is set', async () => {
    const at = new BenchOfCrm({ ...bitrix24, settings: { userId: '7' } }, { mode: 'incremental' });
    at.fake.addContact({ name: 'Noa Cohen', phones: ['0545551234'] });
    await at.tell(callForCrm());
    const recordings = [{ url: 'https://hook.example/r/1', vendorUrl: null }];
    await at.tell(callForCrm({ recordings }), { type: 'call.updated', sequence: 3 });
    expect(at.fake.logs()[0]?.recordingUrl).toBe('https://hook.example/r/1');
    expect(at.asked.some(({ path }) => path.endsWith('profile'))).toBe(false);
    expect(at.fake.complaints).toEqual([]);
  });

  it('looks for other spellings where the search of its telephony finds nobody', async () => {
    const at = new BenchOfCrm(bitrix24);
    const id = at.fake.addContact({ name: 'Noa Cohen', phones: ['054 555 1234'] });
    await at.tell(callForCrm());
    expect(at.asked.some(({ path }) => path.endsWith('findbycomm'))).toBe(true);
    expect(at.fake.logs()[0]?.contactId).toBe(id);
  });

  it('looks for them too where that search finds somebody with a similar number', async () => {
    const at = new BenchOfCrm(bitrix24);
    const id = at.fake.addContact({ name: 'Noa Cohen', phones: ['054 555 1234'] });
    const near = at.fake.addContact({ name: 'Jo', phones: ['+44 545 551 234'] });
    const result = [{ CRM_ENTITY_TYPE: 'CONTACT', CRM_ENTITY_ID: Number(near) }];
    at.mishap = ({ path }) =>
      path.endsWith('searchCrmEntities') ? { status: 200, body: { result } } : undefined;
    await at.tell(callForCrm());
    expect(at.fake.logs()[0]?.contactId).toBe(id);
  });

  it('wants the number of a user', () => {
    expect(connector.prepare({ userId: 'dana' }).ok).toBe(false);
  });

  it('says who is connected, and which scopes are missing', async () => {
    const at = new BenchOfCrm(bitrix24);
    expect(await at.crm.probe(at.io)).toEqual({ account: 'Dana Levi', lacks: [] });
    at.mishap = ({ path }) =>
      path.endsWith('scope') ? { status: 200, body: { result: ['crm'] } } : undefined;
    const { lacks } = await at.crm.probe(at.io);
    expect(lacks).toEqual(['The application lacks the scope telephony.']);
  });
});
