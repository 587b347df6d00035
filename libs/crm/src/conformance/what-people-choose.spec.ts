/** Several contacts have a number, and people say whose it is: what holds for each connector. */
import { describe, expect, it } from '@jest/globals';
import { BenchOfCrm, callForCrm, type CallTraits } from './bench-of-crm.fixture.js';
import { CASES } from './cases.fixture.js';

const E164 = '+972545551234';

const named = CASES.map((of) => [[of.connector.name, of.variant].join(' ').trim(), of] as const);

describe.each(named)('%s', (_name, of) => {
  const bench = (logging: Record<string, unknown> = {}) => new BenchOfCrm(of, logging);
  const told = (traits: CallTraits = {}) => callForCrm(traits);

  it('asks whose a call is that several may have made, and puts it where people say', async () => {
    const at = bench({ choose: 'ask' });
    const [noa, ben] = ['Noa Cohen', 'Ben Cohen'].map((name) => at.fake.addContact({ name, phones: [E164] }));
    await at.tell(told());
    expect(at.fake.logs().map(({ contactId }) => contactId)).toEqual([null]);
    const canMove = at.crm.linkLog !== undefined;
    const candidates = at.kept.candidates.get(told().id) ?? [];
    expect(candidates.map(({ id }) => id).toSorted()).toEqual([noa, ben].toSorted());
    const chosen = candidates.find(({ id }) => id === ben) ?? null;
    at.kept.choose(E164, chosen);
    const moved = await at.tell(told());
    // Where our id stands on the record, a second one of the same call would be a duplicate.
    const stays = !canMove && of.connector.key !== 'none';
    expect(moved).toMatchObject({ kind: stays ? 'nothing' : 'done' });
    expect(await at.tell(told())).toMatchObject({ kind: stays ? 'nothing' : 'there' });
    const where = stays ? [null] : canMove ? [ben] : [null, ben];
    expect(at.fake.logs().map(({ contactId }) => contactId)).toEqual(where);
    await at.tell(told({ id: 'b' }));
    expect(at.fake.logs().at(-1)).toMatchObject({ contactId: ben });
    at.kept.choose(E164, null);
    await at.tell(told());
    if (canMove) expect(at.fake.logs()[0]).toMatchObject({ contactId: null });
    expect(at.fake.complaints).toEqual([]);
  });

  it('has one record for each contact that people choose, with later news where it stands', async () => {
    const at = bench({ choose: 'ask', mode: 'incremental' });
    for (const name of ['Noa Cohen', 'Ben Cohen']) at.fake.addContact({ name, phones: [E164] });
    await at.tell(told());
    const candidates = at.kept.candidates.get(told().id) ?? [];
    const [noa = null, ben = null] = candidates;
    at.searchBehind();
    const most = at.crm.linkLog === undefined && of.connector.key === 'none' ? 3 : 1;
    const updates = of.connector.update !== 'none';
    let lost = 0;
    at.mishap = ({ makes }) => (makes === true && (lost += 1) === 1 ? 'lost answer' : undefined);
    let sequence = 2;
    for (const chosen of [noa, null, noa, ben, noa, null]) {
      at.kept.choose(E164, chosen);
      await at.tellUntilDone(told(), { sequence, everyMs: 5_000 });
      sequence += 1;
      const recordings = [{ url: `https://hook.example/r/${String(sequence)}`, vendorUrl: null }];
      await at.tellUntilDone(told({ recordings }), { type: 'call.updated', sequence, everyMs: 5_000 });
      const text = at.fake.logs().map((log) => `${log.text} ${log.recordingUrl ?? ''}`);
      if (updates) expect(text.join(' ')).toContain(recordings[0]?.url);
      if (of.connector.update === 'patch') expect(at.fake.logs().length).toBeLessThanOrEqual(most);
    }
    expect(at.fake.complaints).toEqual([]);
  });

  it('still has people choose after an answer that was lost', async () => {
    const at = bench({ choose: 'ask' });
    const [noa] = ['Noa', 'Ben'].map((name) => at.fake.addContact({ name, phones: [E164] }));
    await at.loseLog(told());
    at.fake.removeContact(noa ?? '');
    await at.tellUntilDone(told());
    expect(at.fake.logs()).toHaveLength(1);
    expect(at.kept.logs.get(told().id)).toMatchObject({ contact: null, undecided: true });
  });
});
