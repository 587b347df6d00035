/** A call that people have to decide on, in a CRM that cannot put a record on another contact. */
import { describe, expect, it } from '@jest/globals';
import type { Crm } from '../connector.js';
import { BenchOfCrm, callForCrm } from './bench-of-crm.fixture.js';
import { CASES } from './cases.fixture.js';
import type { CrmCase } from './fake-crm.fixture.js';

const E164 = '+972545551234';
const CALL = callForCrm();

/** A CRM whose records have no place for our id, without what moves them. */
function bench(): BenchOfCrm {
  const whole = CASES.find(({ connector: { key, name } }) => key === 'none' && name === 'espocrm');
  if (whole === undefined) throw new Error('no case is of use here');
  const { connector } = whole;
  const without = ({ linkLog: _, ...crm }: Crm): Crm => crm;
  const of: CrmCase = {
    ...whole,
    connector: {
      ...connector,
      prepare: (given) => {
        const prepared = connector.prepare(given);
        return prepared.ok ? { ok: true, crm: without(prepared.crm) } : prepared;
      },
    },
  };
  return new BenchOfCrm(of, { choose: 'ask' });
}

async function undecided() {
  const at = bench();
  for (const name of ['Noa', 'Ben']) at.fake.addContact({ name, phones: [E164] });
  await at.tell(CALL);
  const [chosen = null] = at.kept.candidates.get(CALL.id) ?? [];
  return { at, chosen };
}

describe('a choice in a CRM that cannot move a record', () => {
  it('has the call logged anew on the contact, once, and says what stays', async () => {
    const { at, chosen } = await undecided();
    at.kept.choose(E164, chosen);
    const logged = await at.tell(CALL);
    const { title } = at.of.connector;
    expect(logged).toMatchObject({ kind: 'done' });
    expect('words' in logged && logged.words).toMatch(
      new RegExp(`^Logged anew as Call \\S+ on ${chosen?.name ?? ''}, who was chosen: ${title} cannot move`),
    );
    await at.tell(CALL);
    expect(at.fake.logs().map(({ contactId }) => contactId)).toEqual([null, chosen?.id]);
  });

  it('has later news in the record that is on the contact', async () => {
    const { at, chosen } = await undecided();
    at.kept.choose(E164, chosen);
    await at.tell(CALL);
    const recordings = [{ url: 'https://hook.example/r/1', vendorUrl: null }];
    await at.tell(callForCrm({ recordings }), { type: 'call.updated', sequence: 3 });
    const [first, second] = at.fake.logs().map(({ text }) => text.includes('https://hook.example/r/1'));
    expect([first, second]).toEqual([false, true]);
  });

  it('is not carried out by the CRM when it is taken back, and may be made again', async () => {
    const { at, chosen } = await undecided();
    at.kept.choose(E164, chosen);
    await at.tell(CALL);
    at.kept.choose(E164, null);
    const undone = await at.tell(CALL);
    expect('words' in undone && undone.words).toMatch(/^The choice was undone: .* stays where it is\.$/);
    expect(at.kept.logs.get(CALL.id)?.contact).toBeNull();
    expect(at.fake.logs()).toHaveLength(2);
    at.kept.choose(E164, chosen);
    await at.tell(CALL);
    expect(at.fake.logs().map(({ contactId }) => contactId)).toEqual([null, chosen?.id]);
  });

  it('is there once although the answer got lost', async () => {
    const { at, chosen } = await undecided();
    at.kept.choose(E164, chosen);
    let lost = 0;
    at.mishap = ({ makes }) => (makes === true && (lost += 1) === 1 ? 'lost answer' : undefined);
    await at.tellUntilDone(CALL);
    expect(lost).toBe(1);
    expect(at.fake.logs().map(({ contactId }) => contactId)).toEqual([null, chosen?.id]);
  });

  it('tries again where the CRM was away', async () => {
    const { at, chosen } = await undecided();
    at.kept.choose(E164, chosen);
    let asked = 0;
    at.mishap = () => ((asked += 1) < 3 ? { status: 503 } : undefined);
    await at.tellUntilDone(CALL);
    expect(at.fake.logs().map(({ contactId }) => contactId)).toEqual([null, chosen?.id]);
  });
});
