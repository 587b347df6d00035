import { describe, expect, it } from '@jest/globals';
import { BenchOfCrm, callForCrm } from '../conformance/bench-of-crm.fixture.js';
import { CrmFault } from '../talk/crm-io.js';
import { FakeHighLevel, gohighlevel } from './gohighlevel.fixture.js';

const E164 = '+972545551234';

function bench(logging: Record<string, unknown> = {}, settings = gohighlevel.settings) {
  const at = new BenchOfCrm({ ...gohighlevel, ...(settings && { settings }) }, logging);
  if (!(at.fake instanceof FakeHighLevel)) throw new Error('It has another stand-in.');
  return { at, tables: at.fake.tables };
}

describe('gohighlevel', () => {
  it('refuses calls of nobody where no contact is named for them, in words that say what to do', async () => {
    const { at } = bench({}, { locationId: 'loc1' });
    const fault = await at.tell(callForCrm()).catch((error: unknown) => error);
    expect(fault).toBeInstanceOf(CrmFault);
    expect(fault).toMatchObject({ kind: 'refused', more: { outcome: { final: true } } });
    expect((fault as CrmFault).reason).toContain('name one for calls of nobody');
    expect(at.asked.some(({ makes }) => makes)).toBe(false);
  });

  it('finds contacts by their additional numbers, which the exact search does not know', async () => {
    const { at } = bench();
    const id = at.fake.addContact({ name: 'Noa', phones: ['03-555-0000', '054-555-1234'] });
    await at.tell(callForCrm());
    expect(at.fake.logs()).toMatchObject([{ contactId: id }]);
  });

  it('takes the contact that is there when its search did not know it yet', async () => {
    const { at } = bench({ createContacts: 'answered' });
    at.fake.lag?.();
    const id = at.fake.addContact({ name: 'Noa', phones: [E164] });
    await at.tell(callForCrm());
    expect(at.fake.logs()).toMatchObject([{ contactId: id }]);
    expect(at.fake.contacts()).toHaveLength(1);
  });

  it('makes a contact whose number it does not take, with the number in the name', async () => {
    const { at } = bench({ createContacts: 'answered', contactName: 'Caller' });
    at.mishap = ({ method, json }) =>
      method === 'POST' && JSON.stringify(json).includes('"phone"')
        ? { status: 422, body: { statusCode: 422, message: ['phone must be a valid phone number'] } }
        : undefined;
    await at.tell(callForCrm());
    expect(at.fake.contacts()).toMatchObject([{ name: `Caller ${E164}` }]);
    expect(at.fake.logs()).toHaveLength(1);
  });

  it('makes one task about a missed call, although its answer was lost', async () => {
    const { at, tables } = bench({ taskOnMissed: true });
    at.fake.addContact({ name: 'Noa', phones: [E164] });
    const missed = callForCrm({ result: 'missed', talkSeconds: null, answeredAt: null, agent: null });
    await at.tell(missed);
    let lost = false;
    at.mishap = ({ path }) => (path.endsWith('/tasks') && !lost && (lost = true) ? 'lost answer' : undefined);
    await at.tellUntilDone(missed, { type: 'call.missed', sequence: 3 });
    expect(tables['tasks']).toMatchObject([{ completed: false, title: `Call back: ${E164}` }]);
    expect(at.fake.complaints).toEqual([]);
  });

  it('says that the contact for calls of nobody is not there', async () => {
    const { at } = bench({}, { locationId: 'loc1', nobodysContactId: 'lost' });
    await expect(at.crm.probe(at.io)).resolves.toEqual({
      account: null,
      lacks: ['The contact for calls of nobody is not there.'],
    });
  });
});
