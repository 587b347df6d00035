/** Deliveries are paced, and each makes several requests: together they stay within what the CRM takes. */
import { readParty } from '#domain';
import { describe, expect, it } from '@jest/globals';
import { BenchOfCrm, callForCrm } from './bench-of-crm.fixture.js';
import { CASES } from './cases.fixture.js';
import type { CrmCase } from './fake-crm.fixture.js';

/** The dearest call of every day: nobody knows the caller, and a contact is made. Whatever is done once for all is done before. */
async function requestsOfCall(of: CrmCase): Promise<number> {
  const at = new BenchOfCrm(of, { createContacts: 'missed_too' });
  await at.tell(callForCrm({ id: 'first', from: readParty('0545559876', 'IL') }));
  const before = at.asked.length;
  await at.tell(callForCrm({ id: 'second' }));
  return at.asked.length - before;
}

const PACED = CASES.filter(({ connector: { allows } }) => allows !== undefined);

describe('a CRM that counts requests', () => {
  it.each(PACED.map((of) => [of.connector.title, of] as const))(
    '%s is asked no more than it takes, however many calls wait',
    async (_title, of) => {
      const { allows, rate } = of.connector;
      if (allows === undefined || rate === undefined) throw new Error('It goes as fast as it can.');
      const deliveries = rate.burst + rate.perSecond * allows.seconds;
      expect(deliveries * (await requestsOfCall(of))).toBeLessThanOrEqual(allows.requests);
    },
  );

  it('says so in its connector, wherever there is a pace', () => {
    const paced = CASES.filter(({ connector: { rate } }) => rate !== undefined);
    expect(paced.filter((of) => !PACED.includes(of)).map(({ connector: { name } }) => name)).toEqual([
      // Another limit for each kind of request, which it does not publish.
      'close',
    ]);
  });
});
