import { describe, expect, it } from '@jest/globals';
import { BenchOfCrm, callForCrm } from '../conformance/bench-of-crm.fixture.js';
import { CrmFault } from '../talk/crm-io.js';
import { tryton as of, type FakeTryton } from './tryton.fixture.js';
import { tryton } from './tryton.js';

const RECORDING = { url: 'https://hook.example/r/1', vendorUrl: null };

describe('Tryton', () => {
  it('adds a second note where notes cannot be changed, and only once', async () => {
    const at = new BenchOfCrm(of, { mode: 'incremental' });
    (at.fake as FakeTryton).notesStay = true;
    at.fake.addContact({ name: 'Noa', phones: ['054-555-1234'] });
    await at.tell(callForCrm());
    let lost = 0;
    at.mishap = (request) => (request.method === 'POST' && (lost += 1) === 1 ? 'lost answer' : undefined);
    await at.tellUntilDone(callForCrm({ recordings: [RECORDING] }), {
      type: 'call.updated',
      sequence: 3,
    });
    const [first, second, ...others] = at.fake.logs();
    expect(others).toEqual([]);
    expect(first?.text).not.toContain(RECORDING.url);
    expect(second?.text).toBe(`Recording: ${RECORDING.url}\n[sw:${callForCrm().id}]`);
  });

  it('keeps a number that Tryton takes for none as another way of contact', async () => {
    const at = new BenchOfCrm(of, { createContacts: 'answered' });
    at.mishap = (request) =>
      JSON.stringify(request.json ?? '').includes('"phone"')
        ? {
            status: 400,
            body: { status: 400, message: 'The phone number "+9725" for party "x" is not valid.' },
          }
        : undefined;
    await at.tell(callForCrm());
    expect(at.fake.contacts()[0]?.phones).toEqual(['+972545551234']);
    expect(at.fake.complaints).toEqual([]);
  });

  it('refuses a call of nobody where no party is named for them', async () => {
    const at = new BenchOfCrm({ ...of, settings: { database: 'crm' } });
    await expect(at.tell(callForCrm())).rejects.toThrow(CrmFault);
    expect((await at.crm.probe(at.io)).lacks).toHaveLength(1);
  });

  it('says whose key it is, and where a party is seen', async () => {
    const at = new BenchOfCrm(of);
    expect(await at.crm.probe(at.io)).toEqual({ account: 'Switchhook', lacks: [] });
    const id = at.fake.addContact({ name: 'Noa', phones: ['054-555-1234'] });
    const [found] = await at.crm.findContacts('+972545551234', at.io);
    expect(found?.url).toBe(`https://tryton.example/#crm/model/party.party/${id}`);
  });

  it('wants the name of a database', () => {
    expect(tryton.prepare({}).ok).toBe(false);
    expect(tryton.prepare({ database: 'a/../b' }).ok).toBe(false);
    expect(tryton.prepare({ database: 'crm', unknownParty: 'x' }).ok).toBe(false);
  });
});
