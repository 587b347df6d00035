import { describe, expect, it } from '@jest/globals';
import { BenchOfCrm, callForCrm } from '../conformance/bench-of-crm.fixture.js';
import { close, FakeClose } from './close.fixture.js';

const E164 = '+972545551234';

function bench(logging: Record<string, unknown> = {}) {
  const at = new BenchOfCrm(close, logging);
  if (!(at.fake instanceof FakeClose)) throw new Error('It has another stand-in.');
  return { at, tables: at.fake.tables };
}

describe('close', () => {
  it('logs a call on the lead of the contact, with the recording where it is behind TLS', async () => {
    const { at, tables } = bench({ owners: { '7': 'user_1' } });
    const id = at.fake.addContact({ name: 'Noa', phones: [E164] });
    await at.tell(callForCrm({ recordings: [{ url: 'http://hook.example/r/1', vendorUrl: null }] }));
    expect(tables['activity/call']).toMatchObject([
      {
        contact_id: id,
        lead_id: tables['lead']?.[0]?.id,
        user_id: 'user_1',
        duration: 60,
        status: 'completed',
      },
    ]);
    expect(at.fake.logs()[0]?.recordingUrl).toBeNull();
    expect(at.fake.logs()[0]?.text).toContain('http://hook.example/r/1');
    expect(at.fake.complaints).toEqual([]);
  });

  it('says how a call that nobody answered ended, and tells the tenant of no other words', async () => {
    for (const [result, status] of [
      ['missed', 'no-answer'],
      ['busy', 'busy'],
      ['cancelled', 'cancel'],
      ['voicemail', 'completed'],
    ]) {
      const { at, tables } = bench();
      await at.tell(callForCrm({ result, talkSeconds: 0 } as never));
      expect([result, tables['activity/call']?.[0]?.['status']]).toEqual([result, status]);
    }
  });

  it('makes a lead for a contact, and where it refuses the number puts that into the description', async () => {
    const { at, tables } = bench({ createContacts: 'answered' });
    at.mishap = ({ path, json }) =>
      path === '/lead/' && JSON.stringify(json).includes('phones')
        ? {
            status: 400,
            body: { 'field-errors': { contacts: { errors: { phones: 'invalid' } } }, errors: [] },
          }
        : undefined;
    await at.tell(callForCrm());
    expect(tables['lead']).toMatchObject([{ description: E164 }]);
    expect(at.fake.logs()).toHaveLength(1);
    expect(at.fake.complaints).toEqual([]);
  });

  it('does not make a task twice when its answer was lost, for it cannot look', async () => {
    const { at } = bench({ taskOnMissed: true });
    at.fake.addContact({ name: 'Noa', phones: [E164] });
    const missed = callForCrm({ result: 'missed', talkSeconds: null, answeredAt: null, agent: null });
    await at.tell(missed);
    let lost = false;
    at.mishap = ({ path }) => (path === '/task/' && !lost && (lost = true) ? 'lost answer' : undefined);
    const logged = await at.tellUntilDone(missed, { type: 'call.missed', sequence: 3 });
    expect(logged).toMatchObject({ kind: 'nothing', reason: expect.stringContaining('not made twice') });
    expect(at.fake.tasks?.()).toHaveLength(1);
    expect(at.fake.complaints).toEqual([]);
  });
});
